//! `register`: what is declared here against what Discord has. What was registered is kept in the
//! directory, so that texts can show a command as something to press.

use std::collections::BTreeMap;
use std::io::Write as _;

use app::TablesConfig;
use discord::check::{Checked, Problems};
use discord::rest::{BotToken, RegisteredCommand, Rest, RestConfig, RestError, Scope, budget, declared};
use discord::{ApplicationId, GuildId};
use serde_json::Value;
use store::{CommitError, Write};

use crate::Outcome;

/// What `register` takes. The application is named by the environment: `DISCORD_APPLICATION_ID`,
/// `DISCORD_TOKEN`, and `DISCORD_API` for a stand-in. Without `--feature` it is the application of all
/// features but those of `FEATURES_ELSEWHERE`, as its route serves them. With `TABLE_PREFIX`, and `AWS_…`
/// as whom, the ids of the commands are kept in the directory.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Registers in this server only: at once, for trials.
    #[arg(long, value_name = "ID")]
    guild: Option<u64>,
    /// Registers what is declared, in one call. Commands that are no longer declared are deleted.
    #[arg(long)]
    apply: bool,
    /// Only this feature's commands: it has an application of its own, and the environment names that.
    /// May be given several times. Without it: every feature but those that `FEATURES_ELSEWHERE` names.
    #[arg(long, value_name = "NAME")]
    feature: Vec<String>,
}

/// The kind of command that is typed.
///
/// Source: <https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-types>
const TYPED: u8 = 1;

/// Why it could not.
#[derive(Debug, thiserror::Error)]
enum RegisterError {
    /// The environment.
    #[error("cannot start:\n{}", .0.join("\n"))]
    Missing(Vec<String>),
    /// A name that no feature has.
    #[error("there is no feature {0}: the features are {1}")]
    NoFeature(String, String),
    /// A declared command that Discord would refuse.
    #[error("a declared command is not valid: {0}")]
    Command(Problems),
    /// Discord.
    #[error("Discord did not answer as hoped")]
    Discord(#[source] RestError),
    /// The directory.
    #[error("the commands are registered, but the directory was not told: run it again")]
    Directory(#[source] CommitError),
}

/// Shows the difference, then applies it if asked.
pub(crate) async fn register(args: Args) -> Outcome {
    let rest = client()?;
    // Before anything is changed: half of it would be done when this is missing.
    let tables = TablesConfig::read(app::environment)?;
    let wanted = commands(&args.feature, &app::features_elsewhere(app::environment))?;
    let scope = args.guild.map_or(Scope::Everywhere, |guild| Scope::Guild(GuildId(guild)));
    let present = rest.commands(scope).await.map_err(RegisterError::Discord)?;
    let difference = compare(&wanted, &present, scope);
    let mut output = std::io::stdout().lock();
    for line in &difference {
        writeln!(output, "{line}")?;
    }
    let now = if difference.is_empty() {
        writeln!(output, "Nothing to change: {} commands are as declared.", present.len())?;
        present
    } else if args.apply {
        let now = rest.overwrite_commands(scope, &wanted).await.map_err(RegisterError::Discord)?;
        for command in &now {
            writeln!(output, "= {} {}", shown(command.kind, &command.name), command.id)?;
        }
        now
    } else {
        writeln!(output, "Nothing was changed. Run again with --apply to register this.")?;
        return Ok(());
    };
    match tables {
        Some(tables) if args.apply => {
            let store = app::aws::store(&tables.aws, &tables.prefix);
            store
                .commit(vec![kept(scope, rest.application(), &now)])
                .await
                .map_err(RegisterError::Directory)?;
            writeln!(output, "The directory {}-directory knows their ids.", tables.prefix)?;
        }
        None if args.apply => {
            writeln!(output, "TABLE_PREFIX is not set: no directory was told their ids.")?;
        }
        _ => {}
    }
    Ok(())
}

/// The ids as the directory keeps them. What stands in a menu cannot be shown in a text.
pub(crate) fn kept(scope: Scope, application: ApplicationId, commands: &[RegisteredCommand]) -> Write {
    let guild = match scope {
        Scope::Everywhere => GuildId(0),
        Scope::Guild(guild) => guild,
    };
    let typed = commands.iter().filter(|command| command.kind == TYPED);
    let commands = typed.map(|command| (command.name.clone(), command.id)).collect();
    directory::put_application(guild, application, &directory::Application { commands })
}

fn client() -> Result<Rest, RegisterError> {
    let mut problems = Vec::new();
    let mut needed = |name: &str| {
        app::environment(name).filter(|value| !value.trim().is_empty()).unwrap_or_else(|| {
            problems.push(format!("{name} is not set"));
            String::new()
        })
    };
    let (application, token) = (needed("DISCORD_APPLICATION_ID"), needed("DISCORD_TOKEN"));
    let id: Option<ApplicationId> = application.trim().parse().ok();
    if !application.is_empty() && id.is_none() {
        problems.push("DISCORD_APPLICATION_ID is not a number".to_owned());
    }
    match id {
        Some(application) if problems.is_empty() => {
            app::aws::choose_tls();
            Ok(Rest::new(RestConfig {
                base: app::environment("DISCORD_API").unwrap_or_else(|| app::DISCORD_API.to_owned()),
                application,
                token: BotToken::new(token),
                budget: budget::local(),
            }))
        }
        _ => Err(RegisterError::Missing(problems)),
    }
}

/// The declared commands of one application: of these features, else of all that are not elsewhere.
fn commands(
    own: &[String],
    elsewhere: &[String],
) -> Result<Vec<Checked<discord::command::Command>>, RegisterError> {
    let features = all::features();
    let mut named = own.iter().chain(elsewhere);
    if let Some(unknown) = named.find(|name| !features.iter().any(|feature| feature.name == **name)) {
        let known: Vec<_> = features.iter().map(|feature| feature.name).collect();
        return Err(RegisterError::NoFeature(unknown.clone(), known.join(", ")));
    }
    let has = |names: &[String], feature: &str| names.iter().any(|name| name == feature);
    features
        .iter()
        .filter(|f| if own.is_empty() { !has(elsewhere, f.name) } else { has(own, f.name) })
        .flat_map(|feature| (feature.commands)())
        .map(|command| Checked::new(command).map_err(RegisterError::Command))
        .collect()
}

/// One line for each command that is new, changed or gone; what changed in it below.
fn compare(
    wanted: &[Checked<discord::command::Command>],
    present: &[RegisteredCommand],
    scope: Scope,
) -> Vec<String> {
    let mut there: BTreeMap<(u8, &str), &RegisteredCommand> =
        present.iter().map(|command| ((command.kind, command.name.as_str()), command)).collect();
    let mut lines = Vec::new();
    for command in wanted {
        let content = declared(command, scope);
        let kind = content["type"].as_u64().and_then(|kind| u8::try_from(kind).ok()).unwrap_or(1);
        let name = command.get().name();
        match there.remove(&(kind, name)) {
            None => lines.push(format!("+ {}", shown(kind, name))),
            Some(old) => {
                let mut changes = Vec::new();
                differences("", &old.content(scope), &content, &mut changes);
                if !changes.is_empty() {
                    lines.push(format!("~ {}", shown(kind, name)));
                    lines.extend(changes.into_iter().map(|change| format!("    {change}")));
                }
            }
        }
    }
    lines.extend(there.keys().map(|(kind, name)| format!("- {}", shown(*kind, name))));
    lines
}

fn shown(kind: u8, name: &str) -> String {
    if kind == TYPED { format!("/{name}") } else { format!("« {name} »") }
}

/// What differs between two values, one line each with its place.
fn differences(place: &str, old: &Value, new: &Value, lines: &mut Vec<String>) {
    match (old, new) {
        (Value::Object(a), Value::Object(b)) => {
            let mut keys: Vec<&String> = a.keys().chain(b.keys()).collect();
            keys.sort();
            keys.dedup();
            for key in keys {
                differences(&below(place, key), &old[key.as_str()], &new[key.as_str()], lines);
            }
        }
        (Value::Array(a), Value::Array(b)) => {
            for index in 0..a.len().max(b.len()) {
                let (a, b) = (a.get(index).unwrap_or(&Value::Null), b.get(index).unwrap_or(&Value::Null));
                let name = b["name"].as_str().or(a["name"].as_str()).map_or(index.to_string(), str::to_owned);
                differences(&below(place, &name), a, b, lines);
            }
        }
        _ if old == new => {}
        (Value::Null, _) => lines.push(format!("{place}: {new} is new")),
        (_, Value::Null) => lines.push(format!("{place}: {old} goes")),
        _ => lines.push(format!("{place}: {old} becomes {new}")),
    }
}

fn below(place: &str, name: &str) -> String {
    if place.is_empty() { name.to_owned() } else { format!("{place}.{name}") }
}

#[cfg(test)]
mod tests {
    use app::Feature as _;
    use serde_json::json;

    use super::*;

    fn present(commands: Value) -> Vec<RegisteredCommand> {
        serde_json::from_value(commands).expect("commands of a test")
    }

    #[test]
    fn a_difference_names_what_is_new_changed_and_gone() {
        let wanted = commands(&[], &[]).expect("all features exist");
        let everything = compare(&wanted, &[], Scope::Everywhere);
        assert!(everything.contains(&"+ /partager".to_owned()), "{everything:?}");

        let mut share = declared(&wanted[0], Scope::Everywhere);
        share["id"] = json!("1");
        assert_eq!(compare(&wanted[..1], &present(json!([share])), Scope::Everywhere), Vec::<String>::new());

        share["description"] = json!("autre chose");
        let old = json!({ "id": "2", "type": 3, "name": "Ancien menu" });
        let lines = compare(&wanted[..1], &present(json!([share, old])), Scope::Everywhere);
        assert_eq!(lines[0], "~ /partager");
        assert!(lines[1].starts_with("    description: \"autre chose\" becomes "), "{lines:?}");
        assert_eq!(lines[2], "- « Ancien menu »");
    }

    #[test]
    fn a_feature_that_does_not_exist_is_named_with_those_that_do() {
        let bub = ["bub".to_owned()];
        for commands in [commands(&bub, &[]), commands(&[], &bub)] {
            let error = commands.unwrap_err().to_string();
            assert_eq!(error, "there is no feature bub: the features are hub");
        }
    }

    #[test]
    fn each_application_gets_the_commands_that_its_route_serves() {
        let hub = ["hub".to_owned()];
        let count = |own, elsewhere| commands(own, elsewhere).expect("the hub exists").len();
        let (everything, of_hub) = (count(&[], &[]), count(&hub, &[]));
        assert_eq!(of_hub, hub::Hub::commands().len());
        assert_eq!(count(&hub, &hub), of_hub, "its own application");
        assert_eq!(count(&[], &hub), everything - of_hub, "the application of all others");
    }
}
