//! What a Discord client, or Discord before delivery, lets a person do.

use std::collections::BTreeMap;

use discord::permission::Permissions;
use discord::{ApplicationId, ChannelId, GuildId, MessageId, RoleId, UserId};
use serde_json::{Value, json};

use super::payload::{ATTACHMENT_MAX_BYTES, Resolved};
use super::why::Why;
use super::{Filled, Typed, TypedValue, Upload};
use crate::act::Act;
use crate::state::{ChannelKind, Modal, RegisteredCommand, localized, wire};

type Refused<T> = Result<T, Why>;

/// The server of a channel in which a person may use commands.
pub(super) fn may_type(act: &Act<'_>, person: UserId, channel: ChannelId) -> Refused<Option<GuildId>> {
    let there = act.world.channels.get(&channel).ok_or(Why::NoChannel)?;
    let may = act.world.permissions(person, channel, act.now);
    if !may.has(Permissions::VIEW_CHANNEL) {
        return Err(Why::UnseenChannel);
    }
    if !there.kind.holds_messages() {
        return Err(Why::NoMessages);
    }
    if !may.has(Permissions::USE_APPLICATION_COMMANDS) {
        return Err(Why::NoCommands);
    }
    if there.thread.as_ref().is_some_and(|thread| thread.archived && thread.locked) {
        return Err(Why::ThreadClosed);
    }
    Ok(there.guild)
}

/// The registered command that was typed, among those the person sees.
pub(super) fn find_command(
    act: &Act<'_>,
    person: UserId,
    guild: Option<GuildId>,
    typed: &Typed,
) -> Refused<(ApplicationId, RegisteredCommand)> {
    let locale = &act.world.users.get(&person).ok_or(Why::Nobody)?.locale;
    let name = typed.path.first().map(String::as_str).unwrap_or_default();
    let wanted_kinds: &[u8] = if typed.target.is_some() { &[2, 3] } else { &[1] };
    let (application, command) = act
        .world
        .applications
        .values()
        .filter(|application| typed.application.is_none_or(|wanted| wanted == application.id))
        .filter(|application| guild.is_none_or(|guild| application.guilds.contains(&guild)))
        .flat_map(|application| application.commands_in(guild).map(move |command| (application.id, command)))
        .filter(|(_, command)| wanted_kinds.contains(&command.kind))
        .find(|(_, command)| command.name == name || localized(&command.body, "name", locale) == name)
        .ok_or_else(|| Why::NoCommand(name.to_owned()))?;
    let shown = match guild {
        Some(guild) => act.world.may_use(person, guild, command),
        None => command.body["contexts"]
            .as_array()
            .is_none_or(|contexts| contexts.iter().any(|context| context.as_u64() == Some(1))),
    };
    if shown { Ok((application, command.clone())) } else { Err(Why::CommandOfOthers(name.to_owned())) }
}

/// The options of a delivery, nested as the command is, and what their ids stand for.
pub(super) fn options(
    act: &mut Act<'_>,
    person: UserId,
    channel: ChannelId,
    (application, command): (ApplicationId, &RegisteredCommand),
    typed: &Typed,
    focused: Option<&str>,
) -> Refused<(Vec<Value>, Value)> {
    let bot = act.world.applications[&application].bot;
    let locale = act.world.users[&person].locale.clone();
    let mut level = command.body["options"].as_array().cloned().unwrap_or_default();
    let mut path = Vec::new();
    for word in typed.path.iter().skip(1) {
        let inner = level
            .iter()
            .find(|option| option["name"] == json!(word) || localized(option, "name", &locale) == word)
            .filter(|option| matches!(option["type"].as_u64(), Some(1 | 2)))
            .cloned()
            .ok_or_else(|| Why::NoSubCommand(word.clone()))?;
        level = inner["options"].as_array().cloned().unwrap_or_default();
        path.push((inner["name"].clone(), inner["type"].clone()));
    }
    if level.iter().any(|option| matches!(option["type"].as_u64(), Some(1 | 2))) {
        return Err(Why::SubCommandWanted);
    }
    let mut resolved = Resolved::of(person, bot);
    let mut sent = Vec::new();
    for (name, value) in &typed.options {
        let option = level
            .iter()
            .find(|option| option["name"] == json!(name) || localized(option, "name", &locale) == name)
            .ok_or_else(|| Why::NoOption(name.clone()))?
            .clone();
        let is_focused = focused.is_some_and(|focused| option["name"] == json!(focused) || focused == name);
        let mut entry = json!({ "name": option["name"], "type": option["type"] });
        if is_focused {
            if option["autocomplete"] != json!(true) {
                return Err(Why::NothingSuggested(name.clone()));
            }
            // What is half typed is sent as it is.
            entry["value"] = match value {
                TypedValue::Text(text) => json!(text),
                TypedValue::Integer(number) => json!(number.to_string()),
                _ => json!(""),
            };
            entry["focused"] = json!(true);
        } else {
            match value_of(act, channel, &option, value, &locale, &mut resolved) {
                Ok(value) => entry["value"] = value,
                // While typing, what does not hold yet is left out.
                Err(_) if focused.is_some() => continue,
                Err(why) => return Err(why.of(name)),
            }
        }
        sent.push(entry);
    }
    if focused.is_none() {
        let missing = level.iter().find(|option| {
            option["required"] == json!(true) && !sent.iter().any(|entry| entry["name"] == option["name"])
        });
        if let Some(option) = missing {
            return Err(Why::OptionMissing(localized(option, "name", &locale).to_owned()));
        }
    }
    for (name, kind) in path.into_iter().rev() {
        sent = vec![json!({ "name": name, "type": kind, "options": sent })];
    }
    Ok((sent, resolved.done()))
}

fn value_of(
    act: &mut Act<'_>,
    channel: ChannelId,
    option: &Value,
    value: &TypedValue,
    locale: &str,
    resolved: &mut Resolved,
) -> Refused<Value> {
    let kind = option["type"].as_u64().unwrap_or(0);
    let value = match value {
        TypedValue::Text(text) => chosen(option, text, locale).map_or_else(|| json!(text), Clone::clone),
        TypedValue::Id(id) => json!(id.to_string()),
        TypedValue::Integer(number) => json!(number),
        TypedValue::Number(number) => json!(number),
        TypedValue::Boolean(yes) => json!(yes),
        TypedValue::File(upload) if kind == 11 => {
            let (id, body) = keep(act, channel, upload)?;
            resolved.attachment(id, body);
            return Ok(json!(id.to_string()));
        }
        TypedValue::File(_) => return Err(Why::NoFileHere),
    };
    let text = value.as_str().unwrap_or_default();
    match kind {
        3 => text_value(option, text),
        4 => {
            let number = value.as_i64().or_else(|| text.parse().ok()).ok_or(Why::NoWholeNumber)?;
            within(option, number)?;
            Ok(json!(number))
        }
        5 => match (value.as_bool(), text) {
            (Some(yes), _) => Ok(json!(yes)),
            (None, "true") => Ok(json!(true)),
            (None, "false") => Ok(json!(false)),
            _ => Err(Why::NeitherTrueNorFalse),
        },
        10 => Ok(json!(value.as_f64().or_else(|| text.parse().ok()).ok_or(Why::NoNumber)?)),
        6..=9 => {
            let id = named(act, channel, kind, text).ok_or_else(|| Why::Unknown(text.to_owned()))?;
            let there = match kind {
                6 => resolved.user(act, channel, UserId(id)),
                7 => resolved.channel(act, ChannelId(id)),
                8 => resolved.role(act, channel, RoleId(id)),
                _ => resolved.user(act, channel, UserId(id)) || resolved.role(act, channel, RoleId(id)),
            };
            if kind == 7 && !channel_type_fits(act, option, ChannelId(id)) {
                return Err(Why::OtherKindOfChannel);
            }
            if there { Ok(json!(id.to_string())) } else { Err(Why::NotHere(text.to_owned())) }
        }
        _ => Err(Why::CannotBeTyped),
    }
}

/// A choice, by what is shown or by what it stands for.
fn chosen<'v>(option: &'v Value, text: &str, locale: &str) -> Option<&'v Value> {
    option["choices"]
        .as_array()?
        .iter()
        .find(|choice| {
            localized(choice, "name", locale) == text
                || choice["name"] == json!(text)
                || choice["value"] == json!(text)
        })
        .map(|choice| &choice["value"])
}

fn text_value(option: &Value, text: &str) -> Refused<Value> {
    if let Some(choices) = option["choices"].as_array().filter(|choices| !choices.is_empty())
        && !choices.iter().any(|choice| choice["value"] == json!(text))
    {
        return Err(Why::NoChoice);
    }
    let length = text.chars().count() as u64;
    let min = option["min_length"].as_u64().unwrap_or(0);
    let max = option["max_length"].as_u64().unwrap_or(discord::limits::STRING_OPTION_MAX_CHARS as u64);
    if (min..=max).contains(&length) { Ok(json!(text)) } else { Err(Why::Length { min, max }) }
}

fn within(option: &Value, number: i64) -> Refused<()> {
    if let Some(choices) = option["choices"].as_array().filter(|choices| !choices.is_empty())
        && !choices.iter().any(|choice| choice["value"].as_i64() == Some(number))
    {
        return Err(Why::NoChoice);
    }
    let min = option["min_value"].as_i64().unwrap_or(-(1 << 53));
    let max = option["max_value"].as_i64().unwrap_or(1 << 53);
    if (min..=max).contains(&number) { Ok(()) } else { Err(Why::Between { min, max }) }
}

fn channel_type_fits(act: &Act<'_>, option: &Value, channel: ChannelId) -> bool {
    let Some(kinds) = option["channel_types"].as_array().filter(|kinds| !kinds.is_empty()) else {
        return true;
    };
    let kind = act.world.channels.get(&channel).map(|channel| u64::from(channel.kind.number()));
    kinds.iter().any(|wanted| wanted.as_u64() == kind)
}

/// An id from what was typed: a number, `@name` or `#name`.
fn named(act: &Act<'_>, place: ChannelId, kind: u64, text: &str) -> Option<u64> {
    if let Ok(id) = text.parse() {
        return Some(id);
    }
    let guild = act.world.guild_of(place)?;
    let name = text.trim_start_matches(['@', '#']);
    let user = || {
        guild.members.keys().find(|user| {
            act.world.users.get(user).is_some_and(|there| there.username == name)
                || act.world.name_in(Some(guild.id), **user) == name
        })
    };
    let role = || guild.roles.values().find(|role| role.name == name).map(|role| role.id.0);
    match kind {
        6 => user().map(|user| user.0),
        7 => act.world.channels_in(guild.id).find(|channel| channel.name == name).map(|channel| channel.id.0),
        8 => role(),
        _ => user().map(|user| user.0).or_else(role),
    }
}

fn keep(act: &mut Act<'_>, channel: ChannelId, upload: &Upload) -> Refused<(u64, Value)> {
    if upload.bytes.len() as u64 > ATTACHMENT_MAX_BYTES {
        return Err(Why::FileTooLarge);
    }
    let kept =
        act.keep_file(channel, upload.filename.clone(), None, upload.content_type.clone(), &upload.bytes);
    let body = wire::attachment(&kept, true);
    Ok((kept.id, body))
}

/// The component that is used, with its server and application.
pub(super) fn component(
    act: &Act<'_>,
    person: UserId,
    channel: ChannelId,
    message: MessageId,
    custom_id: &str,
    values: &[String],
) -> Refused<(Option<GuildId>, ApplicationId, Value)> {
    if !act.world.may_see(person, channel, act.now) {
        return Err(Why::UnseenChannel);
    }
    let there = act
        .world
        .message(channel, message)
        .filter(|message| message.only_for.is_none_or(|only| only == person))
        .ok_or(Why::MessageGone)?;
    let application = there.application.ok_or(Why::NotOfAnApplication)?;
    let component = there
        .controls()
        .into_iter()
        .find(|control| control["custom_id"] == json!(custom_id))
        .ok_or(Why::NoButton)?;
    if component["disabled"] == json!(true) {
        return Err(Why::Disabled);
    }
    if component["type"] != json!(2) {
        let min = component["min_values"].as_u64().unwrap_or(1);
        let max = component["max_values"].as_u64().unwrap_or(1);
        choice_fits(component, values, min, max)?;
    }
    let place = &act.world.channels[&channel];
    if place.kind.number() == ChannelKind::PublicThread.number()
        && place.thread.as_ref().is_some_and(|thread| thread.archived && thread.locked)
    {
        return Err(Why::ThreadClosed);
    }
    Ok((place.guild, application, component.clone()))
}

fn choice_fits(select: &Value, values: &[String], min: u64, max: u64) -> Refused<()> {
    if !(min..=max).contains(&(values.len() as u64)) {
        return Err(Why::ChooseBetween { min, max });
    }
    let options = select["options"].as_array();
    let unknown = values.iter().find(|value| {
        options.is_some_and(|options| !options.iter().any(|option| option["value"] == json!(value)))
    });
    match unknown {
        Some(value) => Err(Why::NotInTheList(value.clone())),
        None => Ok(()),
    }
}

/// What is written on a button, or the chosen lines of a select.
pub(super) fn label_of(component: &Value, values: &[String]) -> String {
    if component["type"] == json!(2) {
        let label = component["label"].as_str().or_else(|| component["emoji"]["name"].as_str());
        return label.unwrap_or_default().to_owned();
    }
    let label = |value: &String| {
        let options = component["options"].as_array();
        let found = options.and_then(|options| options.iter().find(|option| option["value"] == json!(value)));
        found.and_then(|option| option["label"].as_str()).unwrap_or(value).to_owned()
    };
    values.iter().map(label).collect::<Vec<_>>().join(", ")
}

/// What a form sends: each part in its place, texts by number alone.
pub(super) fn fields(
    act: &mut Act<'_>,
    modal: &Modal,
    filled: &BTreeMap<String, Filled>,
) -> Refused<(Vec<Value>, Value)> {
    let mut resolved = Resolved::of(modal.user, act.world.applications[&modal.application].bot);
    let mut sent = Vec::new();
    let mut known = Vec::new();
    for part in &modal.components {
        match part["type"].as_u64() {
            Some(18) => {
                let label = part["label"].as_str().unwrap_or_default();
                let field = field(act, modal, &part["component"], filled, &mut resolved)
                    .map_err(|why| why.of(label))?;
                known.push(part["component"]["custom_id"].as_str().unwrap_or_default());
                sent.push(json!({ "type": 18, "id": part["id"], "component": field }));
            }
            Some(1) => {
                let inner = &part["components"][0];
                let label = inner["label"].as_str().unwrap_or_default();
                let field = field(act, modal, inner, filled, &mut resolved).map_err(|why| why.of(label))?;
                known.push(inner["custom_id"].as_str().unwrap_or_default());
                sent.push(json!({ "type": 1, "id": part["id"], "components": [field] }));
            }
            _ => sent.push(json!({ "type": part["type"], "id": part["id"] })),
        }
    }
    if let Some(name) = filled.keys().find(|name| !known.contains(&name.as_str())) {
        return Err(Why::NoField(name.clone()));
    }
    Ok((sent, resolved.done()))
}

/// What was filled in, as one reads it.
pub(super) fn told(modal: &Modal, filled: &BTreeMap<String, Filled>) -> Vec<String> {
    let mut lines = Vec::new();
    for part in &modal.components {
        let (label, field) = match part["type"].as_u64() {
            Some(18) => (&part["label"], &part["component"]),
            Some(1) => (&part["components"][0]["label"], &part["components"][0]),
            _ => continue,
        };
        let label = label.as_str().unwrap_or_default();
        let value = match filled.get(field["custom_id"].as_str().unwrap_or_default()) {
            Some(Filled::Text(text)) => text.replace('\n', " / "),
            Some(Filled::Values(values)) => label_of(field, values),
            Some(Filled::Checked(true)) => "yes".to_owned(),
            Some(Filled::Checked(false)) => "no".to_owned(),
            Some(Filled::Files(files)) => {
                files.iter().map(|file| file.filename.as_str()).collect::<Vec<_>>().join(", ")
            }
            None => continue,
        };
        lines.push(format!("{label}: {value}"));
    }
    lines
}

fn field(
    act: &mut Act<'_>,
    modal: &Modal,
    field: &Value,
    filled: &BTreeMap<String, Filled>,
    resolved: &mut Resolved,
) -> Refused<Value> {
    let kind = field["type"].as_u64().unwrap_or(0);
    let name = field["custom_id"].as_str().unwrap_or_default();
    let required = field["required"].as_bool().unwrap_or(kind != 23);
    let given = filled.get(name);
    let mut body = json!({ "type": kind, "id": field["id"], "custom_id": name });
    match kind {
        4 => {
            let text = match given {
                Some(Filled::Text(text)) => text.clone(),
                Some(_) => return Err(Why::TextWanted),
                None => field["value"].as_str().unwrap_or_default().to_owned(),
            };
            let length = text.chars().count() as u64;
            let (min, max) =
                (field["min_length"].as_u64().unwrap_or(0), field["max_length"].as_u64().unwrap_or(4000));
            if text.trim().is_empty() && required {
                return Err(Why::Required);
            }
            if length != 0 && !(min..=max).contains(&length) {
                return Err(Why::LengthNow { min, max, now: length });
            }
            body["value"] = json!(text);
        }
        3 | 5..=8 | 22 => {
            let values = values(field, given)?;
            let max = field["max_values"].as_u64().unwrap_or(if kind == 22 {
                field["options"].as_array().map_or(1, |options| options.len() as u64)
            } else {
                1
            });
            let min = field["min_values"].as_u64().unwrap_or(u64::from(required)).max(u64::from(required));
            if required || !values.is_empty() {
                choice_fits(field, &values, min, max)?;
            }
            resolved.chosen(act, modal.channel, kind, &values);
            body["values"] = json!(values);
        }
        19 => {
            let uploads = match given {
                Some(Filled::Files(uploads)) => uploads.clone(),
                Some(_) => return Err(Why::FilesWanted),
                None => Vec::new(),
            };
            let max = field["max_values"].as_u64().unwrap_or(1);
            let min = field["min_values"].as_u64().unwrap_or(u64::from(required));
            if !(min..=max).contains(&(uploads.len() as u64)) {
                return Err(Why::Files { min, max });
            }
            let mut ids = Vec::new();
            for upload in &uploads {
                ending_fits(field, &upload.filename)?;
                let (id, entry) = keep(act, modal.channel, upload)?;
                resolved.attachment(id, entry);
                ids.push(id.to_string());
            }
            body["values"] = json!(ids);
        }
        21 => {
            let chosen = values(field, given)?;
            if required && chosen.is_empty() {
                return Err(Why::Required);
            }
            choice_fits(field, &chosen, 0, 1)?;
            body["value"] = chosen.first().map_or(Value::Null, |value| json!(value));
        }
        23 => {
            body["value"] = match given {
                Some(Filled::Checked(checked)) => json!(checked),
                Some(_) => return Err(Why::YesOrNoWanted),
                None => json!(field["default"].as_bool().unwrap_or(false)),
            };
        }
        _ => return Err(Why::UnknownField(kind)),
    }
    Ok(body)
}

/// What was chosen, else what is chosen from the start.
fn values(field: &Value, given: Option<&Filled>) -> Refused<Vec<String>> {
    match given {
        Some(Filled::Values(values)) => Ok(values.clone()),
        Some(Filled::Text(value)) => Ok(vec![value.clone()]),
        Some(_) => Err(Why::ChoiceWanted),
        None => Ok(field["options"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|option| option["default"] == json!(true))
            .filter_map(|option| option["value"].as_str().map(str::to_owned))
            .collect()),
    }
}

/// Only the ending is looked at, as the docs say.
fn ending_fits(field: &Value, filename: &str) -> Refused<()> {
    let endings = field["file_types"].as_array().map(Vec::as_slice).unwrap_or_default();
    let name = filename.to_lowercase();
    let fits = endings.is_empty()
        || endings.iter().filter_map(Value::as_str).any(|ending| name.ends_with(&ending.to_lowercase()));
    if fits { Ok(()) } else { Err(Why::OtherKindOfFile(filename.to_owned())) }
}
