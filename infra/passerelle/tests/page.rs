//! The page in real Chromium: the whole slice by visible labels, in French, then in English.
//!
//! Needs `chromedriver` on the path, and `AXE_CORE`, the path of axe-core's `axe.min.js`; without them it says
//! so and is not run, but with `CI=true` it fails. `PAGE_SCREENSHOTS` names a folder for pictures of each state.

mod desk;

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::panic::AssertUnwindSafe;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use desk::{Play, folder};
use fantoccini::elements::{Element, ElementRef};
use fantoccini::key::Key;
use fantoccini::{Client, ClientBuilder};
use futures_util::FutureExt as _;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

/// How long anything on the page may take before the test gives up: this machine may be busy.
const PATIENCE: Duration = Duration::from_secs(40);

/// A running chromedriver. It ends with this, and so does every Chromium that it started.
struct Driver {
    child: Child,
    url: String,
    /// A folder for each window.
    profiles: Mutex<Vec<PathBuf>>,
}

impl Driver {
    fn start() -> Option<Self> {
        let mut child = Command::new("chromedriver").arg("--port=0").stdout(Stdio::piped()).spawn().ok()?;
        let lines = BufReader::new(child.stdout.take().expect("it is piped")).lines();
        for line in lines.map_while(Result::ok) {
            if let Some(port) = line.strip_prefix("ChromeDriver was started successfully on port ") {
                let url = format!("http://127.0.0.1:{}", port.trim_end_matches('.'));
                return Some(Self { child, url, profiles: Mutex::default() });
            }
        }
        None
    }
}

impl Driver {
    /// A folder for one more window.
    fn profile(&self) -> PathBuf {
        let profile = folder();
        self.profiles.lock().expect("nobody panics here").push(profile.clone());
        profile
    }

    /// Asks it to close its windows and to end. One that is killed leaves them open.
    fn shut_down(&self) -> std::io::Result<()> {
        let host = self.url.trim_start_matches("http://");
        let mut stream = TcpStream::connect(host)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        write!(stream, "GET /shutdown HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")?;
        stream.read_to_end(&mut Vec::new()).map(drop)
    }
}

impl Drop for Driver {
    /// Also when an assertion failed, so nothing here may panic.
    fn drop(&mut self) {
        if self.shut_down().is_err() {
            let _ = self.child.kill();
        }
        let _ = self.child.wait();
        for profile in self.profiles.get_mut().into_iter().flatten() {
            let _ = std::fs::remove_dir_all(profile);
        }
    }
}

/// One window, used by what can be read in it.
struct Window {
    client: Client,
    axe: String,
    states: std::cell::Cell<u32>,
}

/// Finds what can be pressed by its label: the whole of it, else its beginning; inside the open form, if any.
const FIND: &str = r#"
    const root = [...document.querySelectorAll("dialog[open]")].at(-1) ?? document;
    const wanted = arguments[0];
    const words = (node) => node.nodeType === Node.TEXT_NODE ? node.data
        : node.getAttribute("aria-hidden") === "true" ? "" : [...node.childNodes].map(words).join(" ");
    const name = (node) => (node.getAttribute("aria-label") ?? words(node)).replace(/\s+/g, " ").trim();
    const nodes = [...root.querySelectorAll("button, a, summary, [role=option], label.choice")]
        .filter((node) => node.getClientRects().length && !node.disabled);
    const found = nodes.find((node) => name(node) === wanted) ?? nodes.find((node) => name(node).startsWith(wanted));
    found?.scrollIntoView({ block: "center" });
    return found ?? null;
"#;

/// Keeps every error of the page's script.
const WATCH: &str = r#"
    window.problems = [];
    addEventListener("error", (event) => problems.push(event.message));
    addEventListener("unhandledrejection", (event) => problems.push(String(event.reason)));
"#;

/// Finds a box by its label.
const FIELD: &str = r#"
    const root = [...document.querySelectorAll("dialog[open]")].at(-1) ?? document;
    const labels = [...root.querySelectorAll("label")].filter((label) => label.innerText.trim().startsWith(arguments[0]));
    const field = labels.map((label) => label.control).find((field) => field)
        ?? [...root.querySelectorAll("input, textarea")].find((field) => (field.getAttribute("aria-label") ?? "").startsWith(arguments[0]));
    field?.scrollIntoView({ block: "center" });
    return field ?? null;
"#;

impl Window {
    async fn open(driver: &Driver, axe: &str, address: &str) -> Self {
        let profile = driver.profile();
        let arguments = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--window-size=1280,720",
            &format!("--user-data-dir={}", profile.display()),
        ];
        let Value::Object(capabilities) = json!({ "goog:chromeOptions": { "args": arguments } }) else {
            unreachable!("written above as an object")
        };
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&driver.url)
            .await
            .expect("chromedriver starts Chromium");
        client.goto(address).await.expect("the page opens");
        let window = Self { client, axe: axe.to_owned(), states: std::cell::Cell::new(0) };
        window.until("the page is ready", "return document.body.dataset.ready === 'true'", &[]).await;
        window.run(WATCH, &[]).await;
        window
    }

    async fn run(&self, script: &str, arguments: &[&str]) -> Value {
        let arguments = arguments.iter().map(|argument| json!(argument)).collect();
        self.client.execute(script, arguments).await.unwrap_or_else(|error| panic!("{script}: {error}"))
    }

    async fn until(&self, what: &str, script: &str, arguments: &[&str]) -> Value {
        let began = Instant::now();
        loop {
            let got = self.run(script, arguments).await;
            if !got.is_null() && got != false {
                return got;
            }
            if began.elapsed() > PATIENCE {
                self.picture("failed").await;
                let text = self.run("return document.body.innerText", &[]).await;
                panic!("waited in vain: {what}\n{}", text.as_str().unwrap_or_default());
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    async fn element(&self, what: &str, script: &str, label: &str) -> Element {
        let found = self.until(&format!("{what} « {label} »"), script, &[label]).await;
        let id = found.as_object().and_then(|object| object.values().next()).and_then(Value::as_str);
        let id = id.unwrap_or_else(|| panic!("not an element: {found}"));
        Element::from_element_id(self.client.clone(), ElementRef::from(id.to_owned()))
    }

    /// Presses what has this label. What is redrawn meanwhile is looked for again.
    async fn press(&self, label: &str) {
        let began = Instant::now();
        loop {
            let element = self.element("to press", FIND, label).await;
            match element.click().await {
                Ok(()) => return,
                Err(error) if began.elapsed() > PATIENCE => panic!("« {label} » cannot be pressed: {error}"),
                Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
            }
        }
    }

    /// Types into the box with this label.
    async fn fill(&self, label: &str, text: &str) {
        let field = self.element("box", FIELD, label).await;
        field.send_keys(text).await.unwrap_or_else(|error| panic!("« {label} » takes no text: {error}"));
    }

    /// Presses keys where the focus is.
    async fn keys(&self, keys: &str) {
        let focus = self.client.active_element().await.expect("something has the focus");
        focus.send_keys(keys).await.expect("it takes keys");
    }

    /// Waits until this can be read.
    async fn sees(&self, text: &str) {
        let script = "return document.body.innerText.replace(/\\s+/g, ' ').includes(arguments[0])";
        self.until(&format!("to read « {text} »"), script, &[text]).await;
    }

    /// axe-core finds nothing in this state, and nothing sticks out of the window.
    async fn is_accessible(&self, state: &str) {
        self.states.set(self.states.get() + 1);
        self.picture(state).await;
        self.client.execute(&self.axe, vec![]).await.expect("axe-core loads");
        let script = "const done = arguments[arguments.length - 1]; axe.run().then((result) => done(result.violations.map((violation) =>
            `${violation.id} (${violation.impact}): ${violation.nodes.map((node) => node.html).slice(0, 3).join(' ')}`)))";
        let found = self.client.execute_async(script, vec![]).await.expect("axe-core runs");
        assert_eq!(found, json!([]), "accessibility of {state}");
        let wide = self.run("return document.scrollingElement.scrollWidth > innerWidth", &[]).await;
        assert_eq!(wide, false, "{state} is wider than its window");
    }

    /// The bubble that shows where to click covers nothing of this.
    async fn is_beside(&self, what: &str) {
        let apart = "const [a, b] = ['.bubble', arguments[0]].map((each) => document.querySelector(each).getBoundingClientRect());
            return a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top";
        self.until(&format!("the bubble beside {what}"), apart, &[what]).await;
    }

    async fn picture(&self, state: &str) {
        if let Some(folder) = app::environment("PAGE_SCREENSHOTS") {
            let png = self.client.screenshot().await.expect("Chromium takes pictures");
            let path = std::path::Path::new(&folder).join(format!("{:02}-{state}.png", self.states.get()));
            std::fs::write(path, png).expect("PAGE_SCREENSHOTS can be written");
        }
    }
}

/// Tools of this test, or why it is not run.
fn tools() -> Result<(Driver, String), String> {
    let axe = app::environment("AXE_CORE").ok_or("AXE_CORE is not set: the path of axe-core's axe.min.js")?;
    let axe = std::fs::read_to_string(&axe).map_err(|error| format!("AXE_CORE names {axe}: {error}"))?;
    let driver = Driver::start().ok_or("chromedriver does not start: install chromium-driver")?;
    Ok((driver, axe))
}

/// Tools of this test, unless it is said that it is not run.
fn tools_or_say() -> Option<(Driver, String)> {
    match tools() {
        Ok(tools) => Some(tools),
        Err(why) => {
            assert!(app::environment("CI").as_deref() != Some("true"), "CI runs the page: {why}");
            tests::reference::not_run(&why);
            None
        }
    }
}

/// Programs whose command line names this folder. Linux tells by files; elsewhere none is found.
fn programs_of(folder: &Path) -> usize {
    let wanted = folder.display().to_string();
    let all = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    all.filter_map(|entry| std::fs::read(entry.path().join("cmdline")).ok())
        .filter(|line| String::from_utf8_lossy(line).contains(&wanted))
        .count()
}

#[tokio::test]
async fn a_window_is_closed_also_when_an_assertion_fails() {
    let Some((driver, axe)) = tools_or_say() else { return };
    let play = Play::start(folder(), &["--bare"]);
    let mut profile = PathBuf::new();
    let failed = AssertUnwindSafe(async {
        let driver = driver;
        let window = Window::open(&driver, &axe, &play.address).await;
        profile.clone_from(&driver.profiles.lock().expect("nobody panicked yet")[0]);
        if cfg!(target_os = "linux") {
            assert_ne!(programs_of(&profile), 0, "the window is open");
        }
        assert_eq!(window.run("return 1", &[]).await, 2, "this fails on purpose");
    })
    .catch_unwind()
    .await;
    assert!(failed.is_err());
    let began = Instant::now();
    while programs_of(&profile) > 0 {
        assert!(began.elapsed() < PATIENCE, "Chromium still runs");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(!profile.exists(), "its folder is left");
}

#[tokio::test]
async fn the_slice_is_done_by_labels_alone_in_both_languages_without_an_accessibility_violation() {
    let Some((driver, axe)) = tools_or_say() else { return };
    let play = Play::start(folder(), &[]);
    let karim = Window::open(&driver, &axe, &play.address).await;
    in_french(&karim).await;
    let amina = two_people_at_once(&driver, &axe, &play, &karim).await;
    in_english(&amina).await;
    on_a_phone(&karim).await;
    for window in [&karim, &amina] {
        assert_eq!(window.run("return problems", &[]).await, json!([]), "errors of the page's script");
    }
}

/// Guillaume's three cards, as Karim and Chloé.
async fn in_french(page: &Window) {
    page.sees("Bienvenue dans Passerelle").await;
    page.sees("Seuls Discord et l’horloge sont simulés ici").await;
    page.is_accessible("home").await;
    // A busy machine may not answer a click in three seconds while thirty resources are being shared.
    let arrived = "return fetch('/page/boot').then((answer) => answer.json())
        .then((boot) => fetch(`/page/as/${boot.people[0].id}/guilds`)).then((answer) => answer.json())
        .then((guilds) => guilds.arriving === false)";
    page.until("the first days are over", arrived, &[]).await;

    // Share, as the card shows.
    page.press("Montrez-moi – Partager une ressource").await;
    page.sees("Étape 1 sur 3.").await;
    page.is_accessible("shown").await;
    page.press("Commandes").await;
    page.sees("Étape 2 sur 3.").await;
    page.is_beside("#suggestions").await;
    page.is_accessible("commands").await;
    page.press("/partager").await;
    page.sees("Étape 2 sur 3, suite.").await;
    page.is_beside("#composer form").await;
    page.is_accessible("command").await;
    page.press("Envoyer").await;
    page.sees("Ce formulaire sera envoyé à Passerelle.").await;
    page.press("Envoyer").await;
    page.sees("Remplissez ce champ.").await;
    page.is_accessible("form-refused").await;
    page.fill("Lien", "https://localhost/guide-des-tests").await;
    page.fill("Titre", "Guide des tests de bout en bout").await;
    page.fill("Description", "Un guide court pour écrire des tests que tout le monde comprend.").await;
    page.press("Conception").await;
    page.is_accessible("form").await;

    // What was written is not thrown away by one key.
    page.keys(&Key::Escape.to_string()).await;
    page.sees("Fermer sans envoyer ?").await;
    page.is_accessible("form-left").await;
    page.keys(&Key::Escape.to_string()).await;
    page.sees("Ce formulaire sera envoyé à Passerelle.").await;

    // A refusal is no success.
    page.press("Envoyer").await;
    page.sees("Cette adresse n’est pas publique.").await;
    page.sees("Étape 3 sur 3, suite. Pas encore : lisez la réponse, puis « Corriger ».").await;
    page.is_accessible("refused").await;
    page.press("Corriger").await;
    let all = format!("{}a{}", Key::Control, Key::Null);
    page.fill("Lien", &format!("{all}https://example.com/guide-des-tests")).await;
    page.press("Envoyer").await;
    page.sees("La ressource est publiée : tout le monde la trouve dans le forum.").await;
    page.sees("C’est publié : #Guide des tests de bout en bout").await;
    page.sees("Vous seul voyez ce message").await;
    page.is_accessible("shared").await;

    // Where nobody writes, the box says so and keeps the text.
    page.press("annonces").await;
    page.fill("Écrivez / pour voir les commandes", "Bonjour").await;
    page.keys(&Key::Enter.to_string()).await;
    page.sees("Ici, on lit sans écrire. Tapez / pour lancer une commande.").await;
    page.press("entraide").await;

    // Find it again, by keyboard alone.
    page.fill("Envoyer un message dans", "/cherch").await;
    page.keys(&Key::Enter.to_string()).await;
    page.keys("bout en").await;
    page.until("the suggestion", FIND, &["Guide des tests de bout en bout — Conception"]).await;
    page.is_accessible("suggestions").await;
    page.keys(&Key::Enter.to_string()).await;
    page.keys(&Key::Enter.to_string()).await;
    page.sees("Un guide court pour écrire des tests").await;
    page.is_accessible("found").await;

    // Somebody else's opinion.
    page.press("Commencer").await;
    page.press("Montrez-moi – Donner son avis").await;
    page.sees("Étape 1 sur 3.").await;
    page.press("Vous êtes : Karim (apprenant)").await;
    page.sees("Étape 1 sur 3, suite.").await;
    page.is_beside(".menu").await;
    page.is_accessible("people").await;
    page.press("Chloé").await;
    page.sees("Vous êtes : Chloé (déléguée)").await;
    page.press("ressources").await;
    page.is_accessible("forum").await;
    page.until("the post", FIND, &["Conception Guide des tests de bout en bout"]).await;
    page.press("Conception Guide des tests de bout en bout").await;
    page.sees("Étape 3 sur 3.").await;
    let top = page.run("return document.getElementById('scroll').scrollTop", &[]).await;
    assert_eq!(top, 0, "a post opens at its title");
    page.press("Utile").await;
    page.sees("Avis enregistré : utile. Total : 1 utile, 0 inutile.").await;
    page.sees("C’est compté. Une personne n’a qu’une voix").await;
    page.is_accessible("opinion").await;

    // Time passes: the counter on the post follows.
    page.press("Horloge").await;
    page.is_accessible("clock").await;
    page.press("+1 h").await;
    page.sees("Il est maintenant").await;
    page.until("the counter", FIND, &["Utile (1)"]).await;

    // What really happened.
    page.press("Sous le capot").await;
    page.press("[Utile]").await;
    page.sees("Éléments lus").await;
    page.sees("Une seule transaction").await;
    page.is_accessible("hood").await;
    page.press("Rejouer").await;
    page.sees("200 : la même réponse que la première fois, et aucun second effet.").await;
    page.press("Contrefaire").await;
    page.sees("401 : un octet du corps a changé").await;
    page.press("Envoyer avec une heure de retard").await;
    page.sees("401 : la signature est bonne mais datée de plus de 5 minutes").await;
    page.is_accessible("hood-again").await;
    page.press("Sous le capot").await;
}

/// A second window is somebody else; each sees what the other does.
async fn two_people_at_once(driver: &Driver, axe: &str, play: &Play, chloe: &Window) -> Window {
    let people = "return fetch('/page/boot').then((answer) => answer.json())
        .then((boot) => boot.people.find((person) => person.name === arguments[0]).id)";
    let id = chloe.run(people, &["Amina"]).await;
    let address = format!("{}/?as={}", play.address, id.as_str().expect("an id"));
    let amina = Window::open(driver, axe, &address).await;
    amina.sees("You are: Amina").await;
    amina.press("entraide").await;
    chloe.press("entraide").await;
    chloe.fill("Envoyer un message dans entraide", "Quelqu’un a essayé ce guide ?").await;
    chloe.keys(&Key::Enter.to_string()).await;
    amina.sees("Quelqu’un a essayé ce guide ?").await;
    amina.fill("Send a message in entraide", "Yes, it is good.").await;
    let sent = Instant::now();
    amina.keys(&Key::Enter.to_string()).await;
    chloe.sees("Yes, it is good.").await;
    assert!(
        sent.elapsed() < Duration::from_secs(3),
        "it took {:?} to reach the other window",
        sent.elapsed()
    );
    // What Karim and Chloé were told alone is theirs.
    let hers = amina.run("return document.body.innerText", &[]).await.to_string();
    assert!(!hers.contains("Only you can see this message"), "{hers}");
    amina
}

/// The same slice as Amina, in English; the link is there already.
async fn in_english(page: &Window) {
    page.press("Start here").await;
    page.sees("Welcome to Passerelle").await;
    page.sees("Only Discord and the clock are simulated here").await;
    page.is_accessible("home-en").await;
    page.press("entraide").await;
    page.press("Commands").await;
    page.press("/share").await;
    page.press("+ link").await;
    page.keys("https://www.example.com/guide-des-tests?utm_source=mail").await;
    page.keys(&Key::Enter.to_string()).await;
    page.sees("This resource is already in the Hub.").await;
    page.sees("Amina used /share").await;
    page.press("See the resource").await;
    page.press("Utile").await;
    page.sees("Opinion saved: useful. Total: 2 useful, 0 not useful.").await;
    page.is_accessible("opinion-en").await;
    page.press("Commands").await;
    page.press("/search").await;
    page.keys("guide des tests").await;
    page.until("the suggestion", FIND, &["Guide des tests de bout en bout — Conception"]).await;
    page.keys(&Key::Escape.to_string()).await;
    page.press("Send").await;
    page.sees("resource found for").await;
    page.press("Language").await;
    page.is_accessible("language-en").await;
    page.press("Français").await;
    page.sees("Vous êtes : Amina (apprenante)").await;
    page.press("Repartir de zéro").await;
    page.sees("Tout ce que vous avez fait ici sera effacé").await;
    page.is_accessible("fresh").await;
    page.press("Annuler").await;
}

/// 390 pixels wide.
async fn on_a_phone(page: &Window) {
    page.client.set_window_size(390, 800).await.expect("the window can be made narrow");
    let width = page.run("return innerWidth", &[]).await;
    assert!(width.as_i64().is_some_and(|width| width <= 500), "the window stayed {width} wide");
    page.is_accessible("phone").await;
    page.press("Salons").await;
    page.is_accessible("phone-channels").await;
    page.press("Commencer").await;
    page.is_accessible("phone-home").await;
    page.press("Montrez-moi – Donner son avis").await;
    page.press("Vous êtes").await;
    page.sees("Étape 1 sur 3, suite.").await;
    page.is_beside(".menu").await;
    page.is_accessible("phone-people").await;
    page.keys(&Key::Escape.to_string()).await;
    page.press("Arrêter de montrer").await;
    page.press("Sous le capot").await;
    page.is_accessible("phone-hood").await;
}
