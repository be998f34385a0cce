//! What happened, as people would tell it: who typed, pressed and read what.
//!
//! A place is named when it is not where people last acted.

use std::fmt::Write as _;

use discord::{ChannelId, MessageId, UserId};
use serde_json::Value;

use crate::act::Change;
use crate::state::{Message, Modal, Opened, World};

/// Longest story that is kept, in bytes. No test comes near it.
const KEPT_BYTES: usize = 2 * 1024 * 1024;

/// The story so far.
#[derive(Debug, Default)]
pub struct Transcript {
    lines: String,
    here: Option<ChannelId>,
}

impl Transcript {
    /// Cut at the front when it grows too long: on a laptop nobody takes it away.
    fn bound(&mut self) {
        if self.lines.len() > KEPT_BYTES {
            let half = self.lines.len() / 2;
            let cut =
                self.lines.bytes().skip(half).position(|byte| byte == b'\n').map_or(half, |at| half + at + 1);
            self.lines.drain(..cut);
        }
    }

    /// All of it.
    pub(crate) fn text(&self) -> String {
        self.lines.clone()
    }

    /// All of it, which is then forgotten.
    pub(crate) fn take(&mut self) -> String {
        std::mem::take(&mut self.lines)
    }

    /// A line of its own, with others below.
    pub(crate) fn note(&mut self, line: &str, below: &[&str]) {
        self.line(line);
        for entry in below {
            self.line(&format!("    {entry}"));
        }
    }

    /// Somebody acted.
    pub(crate) fn act(&mut self, world: &World, opened: &Opened, what: &str, below: &[String]) {
        let place = if self.here == Some(opened.channel) {
            String::new()
        } else {
            format!(", in {},", place(world, opened.channel))
        };
        self.here = Some(opened.channel);
        let verb = match (opened.kind, what.starts_with('/')) {
            (2, true) => "types",
            (2, false) => "chooses the menu",
            (5, _) => "sends",
            _ => "presses",
        };
        self.line(&format!("{}{place} {verb} {}", name(world, opened.user), readable(world, what)));
        for line in below {
            self.line(&format!("    {}", readable(world, line)));
        }
    }

    /// An act ended without an answer.
    pub(crate) fn failure(&mut self, world: &World, opened: &Opened, shown: &str) {
        self.line(&format!("{} sees: {shown}", name(world, opened.user)));
    }

    /// Something changed.
    pub(crate) fn observe(&mut self, world: &World, change: &Change) {
        self.bound();
        match change {
            Change::MessageCreated { channel, message, .. } => self.message(world, *channel, *message, ""),
            Change::MessageEdited { channel, message, .. } => {
                self.message(world, *channel, *message, " edits");
            }
            Change::MessageDeleted { author, only_for, channel, .. } => {
                let author = name(world, *author);
                if let Some(user) = only_for {
                    self.line(&format!("what {} alone saw is gone", name(world, *user)));
                } else {
                    let place = self.elsewhere(world, *channel);
                    self.line(&format!("a message of {author}{place} is gone"));
                }
            }
            Change::Modal { modal, .. } => {
                if let Some(modal) = world.modals.get(modal) {
                    self.modal(world, modal);
                }
            }
            Change::Channel { .. }
            | Change::Guild { .. }
            | Change::Commands { .. }
            | Change::Delivery { .. }
            | Change::Rest { .. }
            | Change::Reloaded => {}
        }
    }

    fn message(&mut self, world: &World, channel: ChannelId, id: MessageId, verb: &str) {
        let Some(message) = world.message(channel, id) else { return };
        let mut text = String::new();
        write_head(world, message, verb, &self.elsewhere(world, channel), &mut text);
        write_body(world, message, &mut text);
        self.lines.push_str(&text);
    }

    fn modal(&mut self, world: &World, modal: &Modal) {
        let user = name(world, modal.user);
        let application =
            world.applications.get(&modal.application).map_or("an application", |a| a.name.as_str());
        self.line(&format!("{application} asks {user} « {} »", modal.title));
        for part in &modal.components {
            match part["type"].as_u64() {
                Some(10) => self.line(&format!("    {}", readable(world, text(&part["content"])))),
                Some(18) => {
                    let line = field(text(&part["label"]), &part["component"]);
                    self.line(&format!("    {line}"));
                    if let Some(description) = part["description"].as_str() {
                        self.line(&format!("        {description}"));
                    }
                }
                Some(1) => {
                    let inner = &part["components"][0];
                    self.line(&format!("    {}", field(text(&inner["label"]), inner)));
                }
                _ => {}
            }
        }
    }

    fn elsewhere(&self, world: &World, channel: ChannelId) -> String {
        if self.here == Some(channel) { String::new() } else { format!(" in {}", place(world, channel)) }
    }

    fn line(&mut self, line: &str) {
        self.lines.push_str(line);
        self.lines.push('\n');
    }
}

/// A message with who wrote it.
pub(crate) fn write_message(world: &World, message: &Message, into: &mut String) {
    write_head(world, message, "", "", into);
    write_body(world, message, into);
}

fn write_head(world: &World, message: &Message, verb: &str, place: &str, into: &mut String) {
    let author = name(world, message.author);
    let post = world.channels.get(&message.channel).filter(|_| message.channel.0 == message.id.0);
    if let Some(post) = post.filter(|_| !place.is_empty() || verb.is_empty()) {
        let forum =
            post.parent.map_or_else(String::new, |parent| format!(" in {}", self::place(world, parent)));
        let verb = if verb.is_empty() { " posts" } else { verb };
        let _ = write!(into, "{author}{verb} « {} »{forum}{}", post.name, tags(world, post));
    } else {
        let _ = write!(into, "{author}{verb}{place}");
    }
    if let Some(only) = message.only_for {
        let _ = write!(into, ", to {} alone", name(world, only));
    }
    into.push(':');
}

fn tags(world: &World, post: &crate::state::Channel) -> String {
    let forum = post.parent.and_then(|parent| world.channels.get(&parent));
    let applied = post.thread.as_ref().map(|thread| thread.tags.as_slice()).unwrap_or_default();
    let names: Vec<&str> = forum
        .into_iter()
        .flat_map(|forum| &forum.tags)
        .filter(|tag| applied.contains(&tag.id))
        .map(|tag| tag.name.as_str())
        .collect();
    if names.is_empty() { String::new() } else { format!(" ({})", names.join(", ")) }
}

fn write_body(world: &World, message: &Message, into: &mut String) {
    if message.is_loading() {
        into.push_str(" thinking…\n");
        return;
    }
    let content = readable(world, &message.content);
    let mut lines = content.lines();
    match lines.next() {
        Some(first) if !first.is_empty() => {
            let _ = writeln!(into, " {first}");
        }
        _ => into.push('\n'),
    }
    for line in lines {
        let _ = writeln!(into, "    {line}");
    }
    for embed in &message.embeds {
        write_embed(world, embed, into);
    }
    for component in &message.components {
        write_component(world, component, "    ", into);
    }
    for file in &message.attachments {
        let _ = write!(into, "    file {}", file.filename);
        if let Some(description) = &file.description {
            let _ = write!(into, ": {description}");
        }
        into.push('\n');
    }
}

fn write_embed(world: &World, embed: &Value, into: &mut String) {
    let mut line = |value: &str| {
        for line in readable(world, value).lines() {
            let _ = writeln!(into, "    | {line}");
        }
    };
    match (embed["title"].as_str(), embed["url"].as_str()) {
        (Some(title), Some(url)) => line(&format!("{title} ({url})")),
        (Some(title), None) => line(title),
        _ => {}
    }
    line(text(&embed["description"]));
    for field in embed["fields"].as_array().into_iter().flatten() {
        line(&format!("{}: {}", text(&field["name"]), text(&field["value"])));
    }
    line(text(&embed["footer"]["text"]));
}

fn write_component(world: &World, component: &Value, indent: &str, into: &mut String) {
    let children = component["components"].as_array().map(Vec::as_slice).unwrap_or_default();
    match component["type"].as_u64() {
        Some(1) => {
            let controls: Vec<String> = children.iter().map(control).collect();
            let _ = writeln!(into, "{indent}{}", controls.join(" "));
        }
        Some(9) => {
            for child in children {
                write_component(world, child, indent, into);
            }
            let _ = writeln!(into, "{indent}{}", control(&component["accessory"]));
        }
        Some(10) => {
            for line in readable(world, text(&component["content"])).lines() {
                let _ = writeln!(into, "{indent}{line}");
            }
        }
        Some(14) => {
            let _ = writeln!(into, "{indent}----");
        }
        Some(17) => {
            for child in children {
                write_component(world, child, &format!("{indent}| "), into);
            }
        }
        Some(number) => {
            let _ = writeln!(into, "{indent}(component {number})");
        }
        None => {}
    }
}

fn control(control: &Value) -> String {
    let off = if control["disabled"] == true { ", off" } else { "" };
    match control["type"].as_u64() {
        Some(2) => {
            let label =
                control["label"].as_str().or_else(|| control["emoji"]["name"].as_str()).unwrap_or_default();
            match control["url"].as_str() {
                Some(url) => format!("[{label} → {url}{off}]"),
                None => format!("[{label}{off}]"),
            }
        }
        Some(3) => format!("({}{}{off})", placeholder(control), options(control)),
        Some(11) => format!("(picture: {})", text(&control["description"])),
        _ => format!("({}{off})", placeholder(control).trim_end_matches(": ")),
    }
}

fn placeholder(control: &Value) -> String {
    control["placeholder"].as_str().map_or_else(String::new, |text| format!("{text}: "))
}

fn options(control: &Value) -> String {
    let options = control["options"].as_array().into_iter().flatten();
    let label = |option: &Value| {
        let chosen = if option["default"] == true { "*" } else { "" };
        format!("{}{chosen}", text(&option["label"]))
    };
    options.map(label).collect::<Vec<_>>().join(" · ")
}

/// One field of a form: `Titre*` must be filled.
fn field(label: &str, field: &Value) -> String {
    let kind = field["type"].as_u64().unwrap_or(0);
    let star = if field["required"].as_bool().unwrap_or(kind != 23) { "*" } else { "" };
    let inside = match kind {
        4 => field["value"].as_str().map(|value| format!(" = {value}")),
        3 | 21 | 22 => Some(format!(" ({})", options(field))),
        19 => Some(" (files)".to_owned()),
        23 => Some(if field["default"] == true { " [x]".to_owned() } else { " [ ]".to_owned() }),
        _ => None,
    };
    format!("{label}{star}{}", inside.unwrap_or_default())
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn name(world: &World, user: UserId) -> String {
    world.users.get(&user).map_or_else(|| user.to_string(), |user| user.username.clone())
}

fn place(world: &World, channel: ChannelId) -> String {
    match world.channels.get(&channel) {
        Some(channel) if channel.is_thread() => format!("« {} »", channel.name),
        Some(channel) if channel.guild.is_none() => "private".to_owned(),
        Some(channel) => format!("#{}", channel.name),
        None => "a channel that is gone".to_owned(),
    }
}

/// Mentions as one reads them: `@karim`, `#ressources`.
pub(crate) fn readable(world: &World, text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        out.push_str(&rest[..start]);
        let tail = &rest[start..];
        let shown = tail.find('>').and_then(|end| Some((mention(world, &tail[1..end])?, end)));
        if let Some((shown, end)) = shown {
            out.push_str(&shown);
            rest = &tail[end + 1..];
        } else {
            out.push('<');
            rest = &tail[1..];
        }
    }
    out.push_str(rest);
    out
}

fn mention(world: &World, inside: &str) -> Option<String> {
    if let Some(role) = inside.strip_prefix("@&") {
        let role = discord::RoleId(role.parse().ok()?);
        let name =
            world.guilds.values().find_map(|guild| guild.roles.get(&role)).map(|role| role.name.clone())?;
        return Some(format!("@{name}"));
    }
    if let Some(user) = inside.strip_prefix('@') {
        return Some(format!("@{}", name(world, UserId(user.trim_start_matches('!').parse().ok()?))));
    }
    if let Some(channel) = inside.strip_prefix('#') {
        return Some(place(world, ChannelId(channel.parse().ok()?)));
    }
    // </name:id> is read as the command it is.
    let command = inside.strip_prefix('/')?;
    command.split_once(':').map(|(name, _)| format!("/{name}"))
}
