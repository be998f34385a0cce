//! `play` and its page without a browser: who may ask, what is kept, what is printed.

mod desk;

use std::time::{Duration, Instant};

use desk::{Play, folder, program};
use serde_json::{Value, json};

/// The page's own routes, as its script uses them.
struct Page {
    address: String,
    client: reqwest::Client,
}

impl Page {
    fn of(play: &Play) -> Self {
        app::aws::choose_tls();
        let client = reqwest::Client::builder().no_proxy().build().expect("a client without options");
        Self { address: play.address.clone(), client }
    }

    async fn get(&self, path: &str) -> Value {
        let response =
            self.client.get(format!("{}/page{path}", self.address)).send().await.expect("it is there");
        assert!(response.status().is_success(), "{path}: {}", response.status());
        response.json().await.expect("an answer in JSON")
    }

    async fn post(&self, path: &str, body: &Value) -> Value {
        let request = self.client.post(format!("{}/page{path}", self.address)).json(body);
        let response = request.send().await.expect("it is there");
        assert!(response.status().is_success(), "{path}: {}", response.status());
        response.json().await.expect("an answer in JSON")
    }

    async fn person(&self, name: &str) -> String {
        let boot = self.get("/boot").await;
        let people = boot["people"].as_array().expect("people");
        let person =
            people.iter().find(|person| person["name"] == name).unwrap_or_else(|| panic!("no {name}"));
        person["id"].as_str().expect("an id").to_owned()
    }

    async fn channel(&self, person: &str, name: &str) -> String {
        let guilds = self.get(&format!("/as/{person}/guilds")).await;
        let categories = guilds["guilds"][0]["categories"].as_array().expect("categories").clone();
        let mut channels =
            categories.iter().flat_map(|category| category["channels"].as_array().expect("channels"));
        let found = channels.find(|channel| channel["name"] == name).unwrap_or_else(|| panic!("no #{name}"));
        found["id"].as_str().expect("an id").to_owned()
    }

    /// Whether the first days of the server are still being played.
    async fn arriving(&self, person: &str) -> bool {
        self.get(&format!("/as/{person}/guilds")).await["arriving"] == true
    }

    /// The names of the posts of the library, once there are this many.
    async fn posts(&self, person: &str, at_least: usize) -> Vec<String> {
        let forum = self.channel(person, "ressources").await;
        let began = Instant::now();
        loop {
            let view = self.get(&format!("/as/{person}/channels/{forum}")).await;
            let posts = view["posts"].as_array().expect("a forum");
            if posts.len() >= at_least {
                return posts.iter().filter_map(|post| post["name"].as_str().map(str::to_owned)).collect();
            }
            assert!(began.elapsed() < Duration::from_mins(1), "only {} posts came", posts.len());
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }
}

#[tokio::test]
async fn a_foreign_host_or_origin_is_refused_on_every_route() {
    let play = Play::start(folder(), &["--bare"]);
    let page = Page::of(&play);
    let host = play.address.trim_start_matches("http://").to_owned();
    for path in ["/", "/page/boot", "/page/page.js", "/api/v10/gateway"] {
        for (header, value) in [
            ("host", "evil.example"),
            ("origin", "http://evil.example"),
            ("origin", "null"),
            ("origin", "http://127.0.0.1:1"),
        ] {
            let request = page.client.get(format!("{}{path}", play.address)).header(header, value);
            let status = request.send().await.expect("it is there").status();
            assert_eq!(status, 403, "{path} with {header}: {value}");
        }
    }
    let own = page.client.get(&play.address).header("origin", format!("http://{host}")).send().await;
    let own = own.expect("it is there");
    assert_eq!(own.status(), 200);
    let policy = own.headers()["content-security-policy"].to_str().expect("a policy is text");
    assert!(policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self';"), "{policy}");
    let shell = own.text().await.expect("a page is text");
    assert!(!shell.contains("[[") && !shell.contains("http:"), "the shell has a hole or asks elsewhere");
}

#[tokio::test]
async fn everything_survives_a_restart_and_a_person_sees_no_other_persons_answers() {
    let play = Play::start(folder(), &[]);
    let page = Page::of(&play);
    let (karim, amina) = (page.person("Karim").await, page.person("Amina").await);
    assert!(page.arriving(&karim).await, "the first days begin with the program");
    page.posts(&karim, 30).await;
    let began = Instant::now();
    while page.arriving(&karim).await {
        assert!(began.elapsed() < Duration::from_mins(1), "the first days do not end");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    let help = page.channel(&karim, "entraide").await;
    page.post(&format!("/as/{karim}/channels/{help}/messages"), &json!({ "content": "Je suis là." })).await;
    page.post("/clock", &json!({ "by": 3_600_000 })).await;
    let run = json!({ "channel": help, "path": ["chercher"], "options": { "texte": "closures" } });
    assert_eq!(page.post(&format!("/as/{karim}/run"), &run).await["kind"], "message");
    let now = page.get("/boot").await["now"].as_i64().expect("a moment");

    let play = Play::start(play.stop(), &[]);
    let page = Page::of(&play);
    assert!(page.get("/boot").await["now"].as_i64().expect("a moment") >= now, "time went back");
    let seen = page.get(&format!("/as/{karim}/channels/{help}")).await;
    assert!(seen.to_string().contains("Je suis là."), "{seen}");
    assert!(seen["messages"].to_string().contains("« closures »"), "{seen}");
    let other = page.get(&format!("/as/{amina}/channels/{help}")).await;
    assert!(other.to_string().contains("Je suis là."), "{other}");
    assert!(!other["messages"].to_string().contains("Comprendre les closures en Rust"), "{other}");
    assert_eq!(page.posts(&amina, 30).await.len(), 30, "a resource was published twice, or lost");

    page.post("/fresh", &json!({})).await;
    let seen = page.get(&format!("/as/{karim}/channels/{help}")).await;
    assert!(!seen.to_string().contains("Je suis là."), "{seen}");
    let again = page.get("/boot").await["now"].as_i64().expect("a moment");
    assert!(again < now, "the clock did not begin again: {again}, after {now}");
    assert_eq!(page.posts(&amina, 30).await.len(), 30);
}

#[tokio::test]
async fn no_worker_takes_a_job_from_another_when_the_clock_moves() {
    let play = Play::start(folder(), &[]);
    let page = Page::of(&play);
    let karim = page.person("Karim").await;
    page.posts(&karim, 30).await;
    let began = Instant::now();
    while page.arriving(&karim).await {
        assert!(began.elapsed() < Duration::from_mins(1), "the first days do not end");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    page.post("/clock", &json!({ "by": 3_600_000 })).await;
    let said = play.stop_and_tell();
    assert!(!said.contains("another worker has this job now"), "{said}");
}

#[tokio::test]
async fn what_the_page_refuses_is_said_by_a_key_and_people_have_the_form_they_use() {
    let play = Play::start(folder(), &["--bare"]);
    let page = Page::of(&play);
    let far = page.client.post(format!("{}/page/clock", play.address));
    let far = far.json(&json!({ "by": 3_i64 * 366 * 86_400_000 })).send().await.expect("it is there");
    assert_eq!(far.status(), 400);
    assert_eq!(far.json::<Value>().await.expect("JSON"), json!({ "word": "clock.far" }));
    let boot = page.get("/boot").await;
    let people = boot["people"].as_array().expect("people");
    let form =
        |name: &str| people.iter().find(|person| person["name"] == name).expect("somebody")["form"].clone();
    assert_eq!([form("Amina"), form("Karim")], [json!("f"), json!("m")]);
}

#[test]
fn a_taken_port_says_so_and_names_the_option() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("this machine has a loopback address");
    let port = taken.local_addr().expect("it is bound").port().to_string();
    let output = program().args(["play", "--port", &port, "--data"]).arg(folder()).output().expect("it ran");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(output.stdout, b"");
    let error = String::from_utf8_lossy(&output.stderr);
    assert_eq!(
        error,
        format!(
            "passerelle: port {port} is taken by another program. Choose another with --port; a second \
             Passerelle also needs a folder of its own, with --data\n"
        )
    );
}

#[test]
fn a_folder_that_a_running_play_holds_is_left_alone_also_with_fresh() {
    let play = Play::start(folder(), &["--bare"]);
    let (data, before) = (play.data.display().to_string(), std::fs::read(play.data.join("keys.json")).ok());
    assert!(before.is_some(), "keys are kept");
    for arguments in [&["--port", "0"][..], &["--port", "0", "--fresh"]] {
        let output = program().args(["play", "--data", &data]).args(arguments).output().expect("it ran");
        assert_eq!(output.status.code(), Some(1));
        assert_eq!(output.stdout, b"");
        assert_eq!(
            String::from_utf8_lossy(&output.stderr),
            format!(
                "passerelle: `{data}` is used by a running Passerelle ({}). Open that, or choose another folder \
                 with --data and another --port.\n",
                play.address
            )
        );
    }
    assert_eq!(std::fs::read(play.data.join("keys.json")).ok(), before, "the folder was changed");
    // However a run ends, the next one may have the folder.
    let data = play.data.clone();
    drop(play);
    Play::start(data, &["--bare", "--fresh"]).stop();
}

#[test]
fn an_empty_variable_is_not_set_and_a_wrong_one_is_named() {
    let start = |data: &std::path::Path, value: &str| {
        let mut command = program();
        command.args(["play", "--port", "0", "--bare", "--data"]).arg(data).env("DISCORD_OPENAPI", value);
        command
    };
    let data = folder();
    Play::of(start(&data, ""), data).stop();
    let not_it = folder().join("other.json");
    std::fs::write(&not_it, "{}").expect("the target folder can be written");
    for (value, why) in [
        ("/no/such/openapi.json".to_owned(), "cannot be read"),
        (not_it.display().to_string(), "is not Discord's OpenAPI file"),
    ] {
        let output = start(&folder(), &value).output().expect("it ran");
        assert_eq!(output.status.code(), Some(1));
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(error.starts_with("passerelle: DISCORD_OPENAPI is of no use."), "{error}");
        assert!(error.contains(&value) && error.contains(why) && !error.contains("panicked"), "{error}");
    }
}

#[test]
fn commands_are_registered_over_the_public_address_of_the_simulated_discord() {
    let play = Play::start(folder(), &["--bare", "--only-discord"]);
    let keys: Value =
        serde_json::from_slice(&std::fs::read(play.data.join("keys.json")).expect("keys are kept"))
            .expect("keys are JSON");
    let kept: Value =
        serde_json::from_slice(&std::fs::read(play.data.join("first.json")).expect("it is kept"))
            .expect("what is kept is JSON");
    let application =
        kept["applications"].as_object().expect("applications").keys().next().expect("one").clone();
    let register = |arguments: &[&str]| {
        let output = program()
            .arg("register")
            .args(arguments)
            .env("DISCORD_API", format!("{}/api/v10", play.address))
            .env("DISCORD_APPLICATION_ID", &application)
            .env("DISCORD_TOKEN", keys["token"].as_str().expect("a token"))
            .env_remove("TABLE_PREFIX")
            .output()
            .expect("it ran");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("results are text")
    };
    let first = register(&[]);
    assert!(first.contains("+ /partager\n") && first.contains("+ /chercher\n"), "{first}");
    assert!(first.ends_with("Run again with --apply to register this.\n"), "{first}");
    assert_eq!(register(&[]), first, "showing the difference changed something");
    let applied = register(&["--apply"]);
    assert!(applied.contains("= /partager "), "an id is shown: {applied}");
    assert!(
        applied.ends_with("TABLE_PREFIX is not set: no directory was told their ids.\n"),
        "what was left out is said: {applied}"
    );
    assert!(
        register(&[]).starts_with("Nothing to change"),
        "what was registered differs from what is declared"
    );
}

#[tokio::test]
async fn what_was_registered_is_kept_in_the_directory() {
    let play = Play::start(folder(), &["--bare", "--only-discord"]);
    let json = |file: &str| -> Value {
        let text = std::fs::read(play.data.join(file)).expect("it is kept");
        serde_json::from_slice(&text).expect("what is kept is JSON")
    };
    let kept = json("first.json");
    let application = kept["applications"].as_object().expect("applications").keys().next().expect("one");
    let aws = tests::aws::Aws::with_tables("stage", &["hub"]).await;
    let register = |arguments: &[&str]| {
        let mut command = program();
        command
            .arg("register")
            .args(arguments)
            .env("DISCORD_API", format!("{}/api/v10", play.address))
            .env("DISCORD_APPLICATION_ID", application)
            .env("DISCORD_TOKEN", json("keys.json")["token"].as_str().expect("a token"))
            .env("TABLE_PREFIX", "stage")
            .env("AWS_REGION", tests::aws::REGION)
            .env("AWS_ACCESS_KEY_ID", tests::aws::ACCESS_KEY_ID)
            .env("AWS_SECRET_ACCESS_KEY", tests::aws::SECRET_ACCESS_KEY)
            .env("AWS_ENDPOINT_URL", aws.url());
        tokio::task::spawn_blocking(move || {
            let output = command.output().expect("it ran");
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            String::from_utf8(output.stdout).expect("results are text")
        })
    };
    let known = async || {
        let application = application.parse().expect("an id");
        let item =
            aws.store("stage").get(&directory::application_key(discord::GuildId(0), application)).await;
        directory::Application::load(item.expect("the table is there")).expect("it loads").commands
    };
    register(&[]).await.expect("it ends");
    assert!(known().await.is_empty(), "showing the difference kept something");
    let applied = register(&["--apply"]).await.expect("it ends");
    assert!(applied.ends_with("The directory stage-directory knows their ids.\n"), "{applied}");
    let commands = known().await;
    let names: Vec<&str> = commands.keys().map(String::as_str).collect();
    assert!(names.contains(&"partager") && names.contains(&"hub"), "{names:?}");
    assert!(!names.contains(&"Signaler ce message"), "a menu is nothing to press in a text: {names:?}");
    assert!(applied.contains(&format!("= /partager {}\n", commands["partager"])), "{applied}");
    // Also when Discord has them already: a directory that lost them is told again.
    let again = register(&["--apply"]).await.expect("it ends");
    assert!(again.starts_with("Nothing to change"), "{again}");
    assert!(again.ends_with("knows their ids.\n"), "{again}");
}

#[test]
fn an_unusable_environment_is_named_whole() {
    let output =
        program().arg("register").env_remove("DISCORD_APPLICATION_ID").env_remove("DISCORD_TOKEN").output();
    let output = output.expect("it ran");
    assert_eq!(output.status.code(), Some(1));
    let error = String::from_utf8_lossy(&output.stderr);
    assert_eq!(
        error,
        "passerelle: cannot start:\nDISCORD_APPLICATION_ID is not set\nDISCORD_TOKEN is not set\n"
    );
}
