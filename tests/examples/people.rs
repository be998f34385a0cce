//! A Discord with people in it, asked line by line: what the test of the deployed stack talks to.
//!
//! `people PORT` serves the simulated Discord on that port, prints who is there as one line of JSON,
//! then reads one request a line (`{"do":"share","person":"karim",…}`) and prints one answer each,
//! `{"ok":…}` or `{"error":"…"}`. It ends with its standard input. `tests/stack/run.py` starts it.

use std::io::{BufRead as _, Write as _};
use std::sync::Arc;

use directory::{ChannelKey, Guild, RoleKey};
use discord::permission::Permissions;
use discord::{ApplicationId, ChannelId, GuildId, MessageId, RoleId};
use serde_json::{Value, json};
use sim::{Endpoint, NewApplication, NewChannel, NewGuild, NewRole, Options, Seen, Sim};
use store::Store;
use tokio::net::TcpListener;

/// The applications, by the name of their route.
const APPLICATIONS: [&str; 3] = ["all", "hub", "newcomer"];

#[tokio::main]
async fn main() {
    app::aws::choose_tls();
    let port = std::env::args().nth(1).and_then(|text| text.parse::<u16>().ok()).expect("people PORT");
    let listener = TcpListener::bind(("127.0.0.1", port)).await.expect("the port is free");
    let place = Arc::new(Place::new());
    let served = place.sim.clone();
    tokio::spawn(async move { served.serve_on(listener).await });
    say(&place.facts());
    for line in std::io::stdin().lock().lines() {
        let line = line.expect("requests are text");
        let request: Value = serde_json::from_str(&line).expect("a request is JSON");
        let place = Arc::clone(&place);
        // People who do not find what they look for panic; that is an answer too.
        let answer = tokio::spawn(async move { place.answer(&request).await }).await;
        say(&match answer {
            Ok(answer) => json!({ "ok": answer }),
            Err(panicked) => json!({ "error": panicked.to_string() }),
        });
    }
}

fn say(line: &Value) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}").and_then(|()| out.flush()).expect("somebody listens");
}

struct Place {
    sim: Sim,
    guild: GuildId,
    forum: ChannelId,
    learners: RoleId,
    applications: [ApplicationId; APPLICATIONS.len()],
}

impl Place {
    fn new() -> Self {
        let clock = app::Clock::system();
        let openapi = tests::reference::openapi_of_a_stage();
        let sim = Sim::new(Options { now: Arc::new(move || clock.now().0), openapi });
        let people = [("sofia", "Sofia"), ("karim", "Karim"), ("lea", "Léa")];
        let [sofia, karim, lea] = people.map(|(name, shown)| sim.add_person(name, shown, "fr"));
        let guild = sim.add_guild(NewGuild {
            name: "École".into(),
            owner: sofia,
            locale: "fr".into(),
            community: true,
        });
        let learners = sim.add_role(guild, NewRole::named("Apprenants"));
        sim.join(guild, sofia, &[]);
        for person in [karim, lea] {
            sim.join(guild, person, &[learners]);
        }
        sim.add_channel(guild, NewChannel::text("general"));
        let forum = sim.add_channel(guild, NewChannel::forum("bibliotheque", ["rust", "web"]));
        let rights = [
            Permissions::VIEW_CHANNEL,
            Permissions::SEND_MESSAGES,
            Permissions::SEND_MESSAGES_IN_THREADS,
            Permissions::CREATE_PUBLIC_THREADS,
            Permissions::MANAGE_THREADS,
            Permissions::READ_MESSAGE_HISTORY,
            Permissions::EMBED_LINKS,
            Permissions::ATTACH_FILES,
        ];
        let applications = APPLICATIONS.map(|name| {
            let application = sim.add_application(NewApplication {
                name: format!("Passerelle {name}"),
                seed: seed(name),
                token: token(name),
                endpoint: Endpoint::Http("http://127.0.0.1:9/nobody".into()),
            });
            sim.install(application, guild, rights.into_iter().fold(Permissions::NONE, Permissions::or));
            application
        });
        Self { sim, guild, forum, learners, applications }
    }

    fn facts(&self) -> Value {
        let mut facts = json!({ "guild": self.guild, "forum": self.forum });
        for (name, id) in APPLICATIONS.into_iter().zip(self.applications) {
            facts[name] = json!({
                "application": id,
                "public_key": self.sim.public_key_hex(id),
                "token": token(name),
                "seed": seed(name),
            });
        }
        facts
    }

    fn application(&self, name: &Value) -> ApplicationId {
        let index = APPLICATIONS.iter().position(|known| name == known);
        self.applications[index.unwrap_or_else(|| panic!("no application is called {name}"))]
    }

    async fn answer(&self, request: &Value) -> Value {
        let text = |name: &str| {
            request[name].as_str().unwrap_or_else(|| panic!("{name} is missing in {request}")).to_owned()
        };
        self.sim.take_transcript();
        match text("do").as_str() {
            // The server's settings, where the directory keeps them.
            "seed" => {
                let settings = Guild::default()
                    .role(RoleKey::Learner, self.learners)
                    .channel(ChannelKey::Hub, self.forum);
                let store = store(&text("endpoint"), &text("prefix"));
                let write = directory::put_guild(self.guild, &settings);
                store.commit(vec![write]).await.expect("the directory can be written");
                json!(null)
            }
            // This application is the one that people use from now on, with the hub's commands or with others.
            "endpoint" => {
                let application = self.application(&request["application"]);
                self.sim.set_endpoint(application, Endpoint::Http(text("url")));
                let own = match &request["commands"] {
                    Value::Null => json!(<hub::Hub as app::Feature>::commands()),
                    commands => commands.clone(),
                };
                for id in self.applications {
                    let commands = if id == application { own.clone() } else { json!([]) };
                    self.sim.register(id, commands).unwrap_or_else(|refused| panic!("{refused:?}"));
                }
                json!(null)
            }
            "share" => {
                let person = self.sim.person(&text("person")).in_channel("general");
                let seen = person.types("/partager", &[("lien", &text("link"))]).await;
                assert!(matches!(seen, Seen::Modal(_)), "{seen:?}\n{}", self.sim.transcript());
                let form = person.fills("Titre", &text("title"));
                form.fills("Description", "Un exemple, pour voir si tout tient.").sends().await;
                json!(self.sim.take_transcript())
            }
            // As far as one gets: a refusal may come before the form, or after it.
            "try_to_share" => {
                let person = self.sim.person(&text("person")).in_channel("general");
                if let Seen::Modal(_) = person.types("/partager", &[("lien", &text("link"))]).await {
                    person.fills("Titre", "Un essai de plus").sends().await;
                }
                json!(self.sim.take_transcript())
            }
            "type" => {
                let person = self.sim.person(&text("person")).in_channel("general");
                person.types(&text("command"), &[]).await;
                json!(self.sim.take_transcript())
            }
            // In the post with this title, or else where commands are typed.
            "press" => {
                let person = self.sim.person(&text("person"));
                let person = match &request["title"] {
                    Value::Null => person.in_channel("general"),
                    _ => person.in_post(&text("title")),
                };
                person.presses(&text("label")).await;
                json!(self.sim.take_transcript())
            }
            "posts" => json!(self.posts().into_iter().map(|(_, name)| name).collect::<Vec<_>>()),
            "post" => {
                let wanted = text("title");
                let post = self.posts().into_iter().find(|(_, name)| *name == wanted);
                post.map_or(Value::Null, |(thread, name)| {
                    json!({ "name": name, "author": self.author(thread), "text": self.reads(thread) })
                })
            }
            "labels" => {
                let wanted = text("title");
                let post = self.posts().into_iter().find(|(_, name)| *name == wanted);
                post.map_or(Value::Null, |(thread, _)| json!(self.reads(thread)))
            }
            "last_delivery" => {
                let delivery = self.sim.deliveries().pop().expect("something was delivered");
                let headers: serde_json::Map<_, _> =
                    delivery.headers.into_iter().map(|(name, value)| (name, json!(value))).collect();
                json!({
                    "headers": headers,
                    "body": delivery.body,
                    "status": delivery.status,
                    "response": delivery.response,
                })
            }
            "calls" => json!(self.sim.rest_log()),
            "violations" => json!(self.sim.violations()),
            other => panic!("nobody knows how to {other}"),
        }
    }

    fn posts(&self) -> Vec<(ChannelId, String)> {
        self.sim.look(|world| {
            world.threads_under(self.forum).map(|thread| (thread.id, thread.name.clone())).collect()
        })
    }

    /// The bot that wrote the post.
    fn author(&self, thread: ChannelId) -> Value {
        self.sim.look(|world| {
            let first = world.message(thread, MessageId(thread.0));
            json!(first.map(|message| message.author))
        })
    }

    /// The post as a member reads it, with its buttons.
    fn reads(&self, thread: ChannelId) -> String {
        self.sim.person("lea").at(thread).reads()
    }
}

fn seed(application: &str) -> String {
    format!("stack {application}")
}

fn token(application: &str) -> String {
    format!("the-token-of-{application}")
}

/// The tables, as whoever deploys them reaches them.
fn store(endpoint: &str, prefix: &str) -> Store {
    let config = app::AwsConfig {
        region: "eu-west-3".into(),
        endpoint: Some(endpoint.into()),
        access_key: "test".into(),
        secret_key: "test".into(),
        session_token: None,
    };
    app::aws::store(&config, prefix)
}
