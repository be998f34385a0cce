//! What can be typed. Commands are data: registering reads this list, nothing else declares one.
//!
//! Source: <https://docs.discord.com/developers/interactions/application-commands>

use std::collections::BTreeMap;

use serde::Serialize;

use crate::check::{Check, Problems};
use crate::component::is_false;
use crate::limits;
use crate::permission::Permissions;
use crate::rest::ChannelKind;

/// A word or sentence in both languages. The French one is Discord's default.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Localized {
    /// French.
    pub fr: String,
    /// English.
    pub en: String,
}

impl From<(&str, &str)> for Localized {
    fn from((fr, en): (&str, &str)) -> Self {
        Self { fr: fr.into(), en: en.into() }
    }
}

impl Localized {
    /// The default's own locale is included: without it Discord's fallbacks surprise.
    fn all(&self) -> BTreeMap<&'static str, String> {
        BTreeMap::from([("fr", self.fr.clone()), ("en-GB", self.en.clone()), ("en-US", self.en.clone())])
    }
}

/// Kind of a command.
///
/// Source: <https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-types>
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommandKind {
    /// Typed after `/`.
    Chat = 1,
    /// In the menu of a person.
    User = 2,
    /// In the menu of a message.
    Message = 3,
}

/// A command of an application.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Command {
    #[serde(rename = "type")]
    kind: u8,
    name: String,
    name_localizations: BTreeMap<&'static str, String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    description: String,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    description_localizations: BTreeMap<&'static str, String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    options: Vec<CommandOption>,
    #[serde(skip_serializing_if = "Option::is_none")]
    default_member_permissions: Option<Permissions>,
    contexts: Vec<u8>,
    integration_types: Vec<u8>,
}

impl Command {
    /// A slash command, in servers only.
    pub fn chat(name: impl Into<Localized>, description: impl Into<Localized>) -> Self {
        let description = description.into();
        Self {
            description: description.fr.clone(),
            description_localizations: description.all(),
            ..Self::menu(CommandKind::Chat, name)
        }
    }

    /// A command in the menu of a person or of a message, in servers only.
    pub fn menu(kind: CommandKind, name: impl Into<Localized>) -> Self {
        let name = name.into();
        Self {
            kind: kind as u8,
            name: name.fr.clone(),
            name_localizations: name.all(),
            description: String::new(),
            description_localizations: BTreeMap::new(),
            options: Vec::new(),
            default_member_permissions: None,
            contexts: vec![0],
            integration_types: vec![0],
        }
    }

    /// With one more option or sub-command.
    #[must_use]
    pub fn option(mut self, option: CommandOption) -> Self {
        self.options.push(option);
        self
    }

    /// Hidden from members without these rights. Decoration: rights are checked in code.
    #[must_use]
    pub fn needs(self, permissions: Permissions) -> Self {
        Self { default_member_permissions: Some(permissions), ..self }
    }

    /// Also in private messages with the bot.
    #[must_use]
    pub fn also_private(self) -> Self {
        Self { contexts: vec![0, 1], ..self }
    }

    /// The name by which Discord sends it, whatever the person's language.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Options and sub-commands.
    pub fn options(&self) -> &[CommandOption] {
        &self.options
    }
}

/// What an option takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum OptionKind {
    SubCommand = 1,
    Group = 2,
    Text = 3,
    Integer = 4,
    Boolean = 5,
    User = 6,
    Channel = 7,
    Role = 8,
    Attachment = 11,
}

/// An option, a sub-command or a group of them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CommandOption {
    #[serde(rename = "type")]
    kind: u8,
    name: String,
    name_localizations: BTreeMap<&'static str, String>,
    description: String,
    description_localizations: BTreeMap<&'static str, String>,
    #[serde(skip_serializing_if = "is_false")]
    required: bool,
    #[serde(skip_serializing_if = "is_false")]
    autocomplete: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_length: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    min_value: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_value: Option<i64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    channel_types: Vec<ChannelKind>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    choices: Vec<OptionChoice>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    options: Vec<CommandOption>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct OptionChoice {
    name: String,
    name_localizations: BTreeMap<&'static str, String>,
    value: String,
}

impl CommandOption {
    /// Text.
    pub fn text(name: impl Into<Localized>, description: impl Into<Localized>) -> Self {
        Self::new(OptionKind::Text, name.into(), description.into())
    }

    /// A whole number.
    pub fn integer(name: impl Into<Localized>, description: impl Into<Localized>) -> Self {
        Self::new(OptionKind::Integer, name.into(), description.into())
    }

    /// Yes or no.
    pub fn boolean(name: impl Into<Localized>, description: impl Into<Localized>) -> Self {
        Self::new(OptionKind::Boolean, name.into(), description.into())
    }

    /// A role.
    pub fn role(name: impl Into<Localized>, description: impl Into<Localized>) -> Self {
        Self::new(OptionKind::Role, name.into(), description.into())
    }

    /// A file.
    pub fn attachment(name: impl Into<Localized>, description: impl Into<Localized>) -> Self {
        Self::new(OptionKind::Attachment, name.into(), description.into())
    }

    /// A person.
    pub fn user(name: impl Into<Localized>, description: impl Into<Localized>) -> Self {
        Self::new(OptionKind::User, name.into(), description.into())
    }

    /// A channel.
    pub fn channel(name: impl Into<Localized>, description: impl Into<Localized>) -> Self {
        Self::new(OptionKind::Channel, name.into(), description.into())
    }

    /// A sub-command with its options.
    pub fn sub_command(
        name: impl Into<Localized>,
        description: impl Into<Localized>,
        options: impl IntoIterator<Item = CommandOption>,
    ) -> Self {
        Self {
            options: options.into_iter().collect(),
            ..Self::new(OptionKind::SubCommand, name.into(), description.into())
        }
    }

    /// A group of sub-commands.
    pub fn group(
        name: impl Into<Localized>,
        description: impl Into<Localized>,
        sub_commands: impl IntoIterator<Item = CommandOption>,
    ) -> Self {
        Self {
            options: sub_commands.into_iter().collect(),
            ..Self::new(OptionKind::Group, name.into(), description.into())
        }
    }

    fn new(kind: OptionKind, name: Localized, description: Localized) -> Self {
        Self {
            kind: kind as u8,
            name: name.fr.clone(),
            name_localizations: name.all(),
            description: description.fr.clone(),
            description_localizations: description.all(),
            required: false,
            autocomplete: false,
            max_length: None,
            min_value: None,
            max_value: None,
            channel_types: Vec::new(),
            choices: Vec::new(),
            options: Vec::new(),
        }
    }

    /// Must be given.
    #[must_use]
    pub fn required(self) -> Self {
        Self { required: true, ..self }
    }

    /// Suggestions are asked of us while it is typed. What comes may be anything all the same.
    #[must_use]
    pub fn suggested(self) -> Self {
        Self { autocomplete: true, ..self }
    }

    /// Of at most this many characters.
    #[must_use]
    pub fn max(self, max_length: usize) -> Self {
        Self { max_length: Some(max_length), ..self }
    }

    /// A number from `min` to `max`.
    #[must_use]
    pub fn between(self, min: i64, max: i64) -> Self {
        Self { min_value: Some(min), max_value: Some(max), ..self }
    }

    /// A channel of these kinds.
    #[must_use]
    pub fn of(mut self, kinds: impl IntoIterator<Item = ChannelKind>) -> Self {
        self.channel_types.extend(kinds);
        self
    }

    /// One of these, each with the value it stands for.
    #[must_use]
    pub fn choices(mut self, choices: impl IntoIterator<Item = (Localized, &'static str)>) -> Self {
        self.choices.extend(choices.into_iter().map(|(name, value)| OptionChoice {
            name: name.fr.clone(),
            name_localizations: name.all(),
            value: value.to_owned(),
        }));
        self
    }

    /// The name by which Discord sends it.
    pub fn name(&self) -> &str {
        &self.name
    }

    fn chars(&self) -> usize {
        longest(&self.name_localizations)
            + longest(&self.description_localizations)
            + self
                .choices
                .iter()
                .map(|choice| longest(&choice.name_localizations) + choice.value.chars().count())
                .sum::<usize>()
            + self.options.iter().map(Self::chars).sum::<usize>()
    }
}

/// The longest localisation is what counts towards the total of a command.
fn longest(texts: &BTreeMap<&'static str, String>) -> usize {
    texts.values().map(|text| text.chars().count()).max().unwrap_or(0)
}

impl Check for Command {
    fn check(&self, problems: &mut Problems) {
        if self.kind == CommandKind::Chat as u8 {
            check_names(&self.name_localizations, problems);
            check_descriptions(&self.description_localizations, problems);
        } else {
            for name in self.name_localizations.values() {
                problems.length("a command's name", name, 1, limits::COMMAND_NAME_MAX_CHARS);
            }
            if !self.options.is_empty() {
                problems.add("options of a command in a menu");
            }
        }
        check_options(&self.options, 0, problems);
        let total = longest(&self.name_localizations)
            + longest(&self.description_localizations)
            + self.options.iter().map(CommandOption::chars).sum::<usize>();
        problems.count("characters in a command", total, 1, limits::COMMAND_TOTAL_MAX_CHARS);
    }
}

/// All commands of one application in one scope.
impl Check for [Command] {
    fn check(&self, problems: &mut Problems) {
        for (kind, max) in [
            (CommandKind::Chat, limits::CHAT_COMMANDS_MAX),
            (CommandKind::User, limits::MENU_COMMANDS_MAX),
            (CommandKind::Message, limits::MENU_COMMANDS_MAX),
        ] {
            let mut names: Vec<&str> =
                self.iter().filter(|command| command.kind == kind as u8).map(Command::name).collect();
            problems.count("commands of one kind", names.len(), 0, max);
            check_unique("commands", &mut names, problems);
        }
        for command in self {
            command.check(problems);
        }
    }
}

/// Command, group, sub-command: options are nowhere deeper.
const DEPTH_MAX: usize = 2;

fn check_options(options: &[CommandOption], depth: usize, problems: &mut Problems) {
    problems.count("options", options.len(), 0, limits::COMMAND_OPTIONS_MAX);
    if options.windows(2).any(|pair| pair[1].required && !pair[0].required) {
        problems.add("a required option after an optional one");
    }
    let mut names: Vec<&str> = options.iter().map(CommandOption::name).collect();
    check_unique("options", &mut names, problems);
    let group = OptionKind::Group as u8;
    let nested = |option: &CommandOption| option.kind == OptionKind::SubCommand as u8 || option.kind == group;
    if options.iter().any(nested) && !options.iter().all(nested) {
        problems.add("options beside sub-commands");
    }
    for option in options {
        check_names(&option.name_localizations, problems);
        check_descriptions(&option.description_localizations, problems);
        if nested(option) {
            if depth >= DEPTH_MAX || (option.kind == group && depth > 0) {
                problems.add("sub-commands deeper than Discord takes them");
            }
            if option.kind == group && option.options.is_empty() {
                problems.add("a group without sub-commands");
            }
            if option.kind == group && option.options.iter().any(|sub| !nested(sub)) {
                problems.add("an option right inside a group");
            }
        }
        check_values(option, problems);
        check_options(&option.options, depth + 1, problems);
    }
}

fn check_values(option: &CommandOption, problems: &mut Problems) {
    problems.count("choices", option.choices.len(), 0, limits::OPTIONS_MAX);
    if option.autocomplete && !option.choices.is_empty() {
        problems.add("choices and suggestions on one option");
    }
    if option.max_length.is_some_and(|max| max == 0 || max > limits::STRING_OPTION_MAX_CHARS) {
        problems.add("an option of impossible length");
    }
    let text = option.kind == OptionKind::Text as u8;
    let number = option.kind == OptionKind::Integer as u8;
    if (option.max_length.is_some() || !option.choices.is_empty()) && !text {
        problems.add("a length or text choices on an option that is no text");
    }
    if option.autocomplete && !text && !number {
        problems.add("suggestions on an option that is not typed");
    }
    if option.min_value.or(option.max_value).is_some() && !number {
        problems.add("a range on an option that is no number");
    }
    if option.min_value > option.max_value {
        problems.add("an option whose least number is above its greatest");
    }
    if !option.channel_types.is_empty() && option.kind != OptionKind::Channel as u8 {
        problems.add("kinds of channels on an option that is no channel");
    }
    let mut names: Vec<&str> = option.choices.iter().map(|choice| choice.name.as_str()).collect();
    check_unique("choices", &mut names, problems);
    for choice in &option.choices {
        for name in choice.name_localizations.values() {
            problems.length("a choice", name, 1, limits::OPTION_TEXT_MAX_CHARS);
        }
        problems.length("the value of a choice", &choice.value, 1, limits::OPTION_TEXT_MAX_CHARS);
    }
}

fn check_unique(what: &str, names: &mut [&str], problems: &mut Problems) {
    names.sort_unstable();
    if names.windows(2).any(|pair| pair[0] == pair[1]) {
        problems.add(format!("two {what} with one name"));
    }
}

/// Lower case where there is one, letters, digits, `-`, `_` and `'`.
fn check_names(names: &BTreeMap<&'static str, String>, problems: &mut Problems) {
    for name in names.values() {
        problems.length("a command's name", name, 1, limits::COMMAND_NAME_MAX_CHARS);
        if name.to_lowercase() != *name
            || !name.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '\''))
        {
            problems.add(format!("a command's name with other letters: {name:?}"));
        }
    }
}

fn check_descriptions(descriptions: &BTreeMap<&'static str, String>, problems: &mut Problems) {
    for description in descriptions.values() {
        problems.length("a command's description", description, 1, limits::COMMAND_DESCRIPTION_MAX_CHARS);
    }
}
