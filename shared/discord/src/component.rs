//! What people press and choose from, and the layout of a message in Components V2.
//!
//! Source: <https://docs.discord.com/developers/components/reference>

use serde::{Serialize, Serializer};

use crate::check::{Check, Problems};
use crate::custom_id::CustomId;
use crate::limits;
use crate::markdown::cut;

/// The number by which Discord knows a kind of component.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Type<const NUMBER: u8>;

impl<const NUMBER: u8> Serialize for Type<NUMBER> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(NUMBER)
    }
}

/// Anything that can stand in a message.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Component {
    /// Buttons side by side, or one select.
    Row(Row),
    /// Text beside a button. Components V2.
    Section(Section),
    /// Text. Components V2.
    Text(TextDisplay),
    /// A line or a space. Components V2.
    Separator(Separator),
    /// A box around others. Components V2.
    Container(Container),
}

/// Buttons side by side, or one select.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    #[serde(rename = "type")]
    kind: Type<1>,
    components: Vec<Control>,
}

/// What a row holds.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Control {
    /// A button.
    Button(Button),
    /// A list to choose from.
    Select(Select),
}

impl Row {
    /// Up to five buttons.
    pub fn buttons(buttons: impl IntoIterator<Item = Button>) -> Self {
        Self { kind: Type, components: buttons.into_iter().map(Control::Button).collect() }
    }

    /// One select.
    pub fn select(select: Select) -> Self {
        Self { kind: Type, components: vec![Control::Select(select)] }
    }

    /// What it holds, in order.
    pub fn controls(&self) -> &[Control] {
        &self.components
    }
}

/// How a button looks. Never its only meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// The main act of the message.
    Primary = 1,
    /// Any other act.
    Secondary = 2,
    /// An act that accepts.
    Success = 3,
    /// An act that destroys.
    Danger = 4,
    /// Opens an address, without telling us.
    Link = 5,
}

impl Serialize for Style {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(*self as u8)
    }
}

/// A button.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Button {
    #[serde(rename = "type")]
    kind: Type<2>,
    style: Style,
    label: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    custom_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "is_false")]
    disabled: bool,
}

impl Button {
    /// A button that does `action`.
    pub fn new(label: impl AsRef<str>, action: &impl CustomId) -> Self {
        Self {
            kind: Type,
            style: Style::Secondary,
            label: cut(label.as_ref(), limits::BUTTON_LABEL_MAX_CHARS),
            custom_id: Some(action.encode()),
            url: None,
            disabled: false,
        }
    }

    /// A button that opens an address; nothing when the address is longer than Discord takes.
    pub fn link(label: impl AsRef<str>, url: impl Into<String>) -> Option<Self> {
        let url = url.into();
        (url.chars().count() <= limits::BUTTON_URL_MAX_CHARS).then(|| Self {
            kind: Type,
            style: Style::Link,
            label: cut(label.as_ref(), limits::BUTTON_LABEL_MAX_CHARS),
            custom_id: None,
            url: Some(url),
            disabled: false,
        })
    }

    /// The same button as the main act of its message.
    #[must_use]
    pub fn primary(self) -> Self {
        Self { style: Style::Primary, ..self }
    }

    /// The same button as an act that destroys.
    #[must_use]
    pub fn danger(self) -> Self {
        Self { style: Style::Danger, ..self }
    }

    /// The same button, not to be pressed now.
    #[must_use]
    pub fn disabled(self) -> Self {
        Self { disabled: true, ..self }
    }

    /// The text on it.
    pub fn label(&self) -> &str {
        &self.label
    }

    fn custom_id(&self) -> Option<&str> {
        self.custom_id.as_deref()
    }
}

/// One line of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Choice {
    label: String,
    value: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(skip_serializing_if = "is_false")]
    default: bool,
}

impl Choice {
    /// A line with what it stands for: an id, never a text.
    pub fn new(label: impl AsRef<str>, value: impl Into<String>) -> Self {
        Self {
            label: cut(label.as_ref(), limits::OPTION_TEXT_MAX_CHARS),
            value: value.into(),
            description: None,
            default: false,
        }
    }

    /// With a second line that explains.
    #[must_use]
    pub fn describe(self, description: impl AsRef<str>) -> Self {
        Self { description: Some(cut(description.as_ref(), limits::OPTION_TEXT_MAX_CHARS)), ..self }
    }

    /// Chosen from the start, or not.
    #[must_use]
    pub fn chosen(self, default: bool) -> Self {
        Self { default, ..self }
    }

    /// What it stands for.
    pub fn value(&self) -> &str {
        &self.value
    }

    /// The text of the line.
    pub fn label(&self) -> &str {
        &self.label
    }
}

/// A list to choose from, in a message.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Select {
    #[serde(rename = "type")]
    kind: Type<3>,
    custom_id: String,
    options: Vec<Choice>,
    #[serde(skip_serializing_if = "Option::is_none")]
    placeholder: Option<String>,
    min_values: usize,
    max_values: usize,
}

impl Select {
    /// One choice among these.
    pub fn new(action: &impl CustomId, options: impl IntoIterator<Item = Choice>) -> Self {
        Self {
            kind: Type,
            custom_id: action.encode(),
            options: options.into_iter().collect(),
            placeholder: None,
            min_values: 1,
            max_values: 1,
        }
    }

    /// With a text shown while nothing is chosen.
    #[must_use]
    pub fn placeholder(self, text: impl AsRef<str>) -> Self {
        Self { placeholder: Some(cut(text.as_ref(), limits::SELECT_PLACEHOLDER_MAX_CHARS)), ..self }
    }

    /// From `min` to `max` choices.
    #[must_use]
    pub fn between(self, min: usize, max: usize) -> Self {
        Self { min_values: min, max_values: max, ..self }
    }
}

/// Text beside a button.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Section {
    #[serde(rename = "type")]
    kind: Type<9>,
    components: Vec<TextDisplay>,
    accessory: Button,
}

/// Text in markdown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TextDisplay {
    #[serde(rename = "type")]
    kind: Type<10>,
    content: String,
}

/// A line or a space.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Separator {
    #[serde(rename = "type")]
    kind: Type<14>,
    divider: bool,
}

/// A box around others.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Container {
    #[serde(rename = "type")]
    kind: Type<17>,
    components: Vec<Component>,
}

impl TextDisplay {
    /// Text, cut to what one message may hold.
    pub fn new(content: impl AsRef<str>) -> Self {
        Self { kind: Type, content: cut(content.as_ref(), limits::TEXT_DISPLAY_TOTAL_MAX_CHARS) }
    }

    /// The text.
    pub fn content(&self) -> &str {
        &self.content
    }
}

impl Component {
    /// Text in markdown.
    pub fn text(content: impl AsRef<str>) -> Self {
        Self::Text(TextDisplay::new(content))
    }

    /// Text beside a button.
    pub fn section(content: impl AsRef<str>, accessory: Button) -> Self {
        Self::Section(Section { kind: Type, components: vec![TextDisplay::new(content)], accessory })
    }

    /// A line.
    pub fn separator() -> Self {
        Self::Separator(Separator { kind: Type, divider: true })
    }

    /// A box around others.
    pub fn container(components: impl IntoIterator<Item = Component>) -> Self {
        Self::Container(Container { kind: Type, components: components.into_iter().collect() })
    }

    /// Whether this needs Components V2: everything but a row does.
    pub fn is_v2(&self) -> bool {
        !matches!(self, Self::Row(_))
    }

    /// Components, this one and those inside it.
    pub fn count(&self) -> usize {
        1 + match self {
            Self::Row(row) => row.components.len(),
            Self::Section(section) => section.components.len() + 1,
            Self::Text(_) | Self::Separator(_) => 0,
            Self::Container(container) => container.components.iter().map(Self::count).sum(),
        }
    }

    /// Characters of all text displays inside.
    pub fn text_chars(&self) -> usize {
        match self {
            Self::Row(_) | Self::Separator(_) => 0,
            Self::Section(section) => {
                section.components.iter().map(|text| text.content.chars().count()).sum()
            }
            Self::Text(text) => text.content.chars().count(),
            Self::Container(container) => container.components.iter().map(Self::text_chars).sum(),
        }
    }

    /// Every `custom_id` inside.
    pub fn custom_ids(&self) -> Vec<&str> {
        match self {
            Self::Row(row) => row
                .components
                .iter()
                .filter_map(|control| match control {
                    Control::Button(button) => button.custom_id(),
                    Control::Select(select) => Some(select.custom_id.as_str()),
                })
                .collect(),
            Self::Section(section) => section.accessory.custom_id().into_iter().collect(),
            Self::Text(_) | Self::Separator(_) => Vec::new(),
            Self::Container(container) => container.components.iter().flat_map(Self::custom_ids).collect(),
        }
    }
}

impl Check for Component {
    fn check(&self, problems: &mut Problems) {
        match self {
            Self::Row(row) => row.check(problems),
            Self::Section(section) => {
                problems.count("texts in a section", section.components.len(), 1, limits::SECTION_TEXTS_MAX);
                for text in &section.components {
                    text.check(problems);
                }
                section.accessory.check(problems);
            }
            Self::Text(text) => text.check(problems),
            Self::Separator(_) => {}
            Self::Container(container) => {
                problems.count("components in a box", container.components.len(), 1, limits::COMPONENTS_MAX);
                for component in &container.components {
                    if matches!(component, Self::Container(_)) {
                        problems.add("a box inside a box");
                    }
                    component.check(problems);
                }
            }
        }
    }
}

impl Check for Row {
    fn check(&self, problems: &mut Problems) {
        problems.count("controls in a row", self.components.len(), 1, limits::ROW_BUTTONS_MAX);
        let selects = self.components.iter().filter(|control| matches!(control, Control::Select(_))).count();
        if selects > 0 && self.components.len() > 1 {
            problems.add("a select shares its row");
        }
        for control in &self.components {
            match control {
                Control::Button(button) => button.check(problems),
                Control::Select(select) => select.check(problems),
            }
        }
    }
}

impl Check for Button {
    fn check(&self, problems: &mut Problems) {
        problems.length("a button's label", &self.label, 1, limits::BUTTON_LABEL_MAX_CHARS);
    }
}

impl Check for TextDisplay {
    fn check(&self, problems: &mut Problems) {
        problems.length("a text", &self.content, 1, limits::TEXT_DISPLAY_TOTAL_MAX_CHARS);
    }
}

impl Check for Select {
    fn check(&self, problems: &mut Problems) {
        check_choices(&self.options, self.min_values, self.max_values, problems);
    }
}

/// What holds for every list of choices, in messages and modals.
pub(crate) fn check_choices(options: &[Choice], min: usize, max: usize, problems: &mut Problems) {
    problems.count("options", options.len(), 1, limits::OPTIONS_MAX);
    if max == 0 || max > options.len() || min > max {
        problems.add(format!("{min} to {max} choices among {}", options.len()));
    }
    let mut values: Vec<&str> = options.iter().map(|option| option.value.as_str()).collect();
    values.sort_unstable();
    values.dedup();
    if values.len() != options.len() {
        problems.add("two options with one value");
    }
    for option in options {
        problems.length("an option's label", &option.label, 1, limits::OPTION_TEXT_MAX_CHARS);
        problems.length("an option's value", &option.value, 1, limits::OPTION_TEXT_MAX_CHARS);
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde calls")]
pub(crate) fn is_false(value: &bool) -> bool {
    !*value
}
