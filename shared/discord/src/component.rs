//! What people press and choose from, and the layout of a message in Components V2.
//!
//! Source: <https://docs.discord.com/developers/components/reference>

use serde::{Serialize, Serializer};

use crate::check::{Check, Problems};
use crate::custom_id::CustomId;
use crate::markdown::cut;
use crate::rest::ChannelKind;
use crate::{ChannelId, RoleId, UserId, address, limits};

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
    /// Text beside a button or a picture. Components V2.
    Section(Section),
    /// Text. Components V2.
    Text(TextDisplay),
    /// Pictures. Components V2.
    Gallery(Gallery),
    /// A file to download. Components V2.
    File(FileDisplay),
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
    /// People, roles or channels of the server to choose from.
    Pick(Pick),
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

    /// People, roles or channels of the server to choose from.
    pub fn pick(pick: Pick) -> Self {
        Self { kind: Type, components: vec![Control::Pick(pick)] }
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

    /// A button that opens an address, sent as [`crate::address`] writes it; nothing when that is
    /// longer than Discord takes.
    pub fn link(label: impl AsRef<str>, url: impl AsRef<str>) -> Option<Self> {
        let url = address::fitting(url.as_ref(), limits::BUTTON_URL_MAX_CHARS)?;
        Some(Self {
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

/// What can be picked: Discord makes the list, so it has no options of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pickable {
    /// People and bots.
    User = 5,
    /// Roles.
    Role = 6,
    /// People, bots and roles.
    Mentionable = 7,
    /// Channels.
    Channel = 8,
}

impl Serialize for Pickable {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(*self as u8)
    }
}

/// What is picked from the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "type", content = "id", rename_all = "lowercase")]
pub enum Picked {
    /// A person or a bot.
    User(UserId),
    /// A role.
    Role(RoleId),
    /// A channel.
    Channel(ChannelId),
}

impl Picked {
    fn fits(self, kind: Pickable) -> bool {
        match self {
            Self::User(_) => matches!(kind, Pickable::User | Pickable::Mentionable),
            Self::Role(_) => matches!(kind, Pickable::Role | Pickable::Mentionable),
            Self::Channel(_) => kind == Pickable::Channel,
        }
    }
}

/// People, roles or channels of the server to choose from.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pick {
    #[serde(rename = "type")]
    kind: Pickable,
    custom_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    placeholder: Option<String>,
    min_values: usize,
    max_values: usize,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    default_values: Vec<Picked>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    channel_types: Vec<ChannelKind>,
    /// In forms only.
    #[serde(skip_serializing_if = "Option::is_none")]
    required: Option<bool>,
}

impl Pick {
    /// One of these, in a message.
    pub fn new(kind: Pickable, action: &impl CustomId) -> Self {
        Self::named(kind, action.encode(), None)
    }

    /// One of these, in a form; it must be chosen.
    pub fn field(kind: Pickable, name: impl Into<String>) -> Self {
        Self::named(kind, name.into(), Some(true))
    }

    fn named(kind: Pickable, custom_id: String, required: Option<bool>) -> Self {
        Self {
            kind,
            custom_id,
            placeholder: None,
            min_values: 1,
            max_values: 1,
            default_values: Vec::new(),
            channel_types: Vec::new(),
            required,
        }
    }

    /// May be left empty.
    #[must_use]
    pub fn optional(self) -> Self {
        Self { min_values: 0, required: self.required.map(|_| false), ..self }
    }

    /// Up to this many.
    #[must_use]
    pub fn up_to(self, max: usize) -> Self {
        Self { max_values: max, ..self }
    }

    /// With a text shown while nothing is chosen.
    #[must_use]
    pub fn placeholder(self, text: impl AsRef<str>) -> Self {
        Self { placeholder: Some(cut(text.as_ref(), limits::SELECT_PLACEHOLDER_MAX_CHARS)), ..self }
    }

    /// Chosen from the start.
    #[must_use]
    pub fn chosen(mut self, picked: impl IntoIterator<Item = Picked>) -> Self {
        self.default_values.extend(picked);
        self
    }

    /// Channels of these kinds only.
    #[must_use]
    pub fn of(mut self, kinds: impl IntoIterator<Item = ChannelKind>) -> Self {
        self.channel_types.extend(kinds);
        self
    }

    /// Name within a form, or what it does in a message.
    pub(crate) fn custom_id(&self) -> &str {
        &self.custom_id
    }

    /// Whether it was made for a form.
    pub(crate) fn is_field(&self) -> bool {
        self.required.is_some()
    }
}

impl Check for Pick {
    fn check(&self, problems: &mut Problems) {
        problems.count("picks", self.max_values, self.min_values.max(1), limits::OPTIONS_MAX);
        problems.count("picks from the start", self.default_values.len(), 0, self.max_values);
        if self.required == Some(true) && self.min_values == 0 {
            problems.add("a required pick with no least choice");
        }
        if self.default_values.iter().any(|picked| !picked.fits(self.kind)) {
            problems.add("a pick of another kind from the start");
        }
        if !self.channel_types.is_empty() && self.kind != Pickable::Channel {
            problems.add("kinds of channels in a list of something else");
        }
    }
}

/// Where a picture or a file is: `https://…`, or [`crate::message::File::url`] of the same message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Media {
    url: String,
}

impl Check for Media {
    fn check(&self, problems: &mut Problems) {
        problems.length("a media address", &self.url, 1, limits::MEDIA_URL_MAX_CHARS);
        let page = address::web(&self.url, limits::MEDIA_URL_MAX_CHARS)
            .is_some_and(|url| url == self.url && url.starts_with("https://"));
        if !page && !self.url.starts_with("attachment://") {
            problems.add("a media address that Discord does not fetch");
        }
    }
}

/// A picture with its alternative text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Picture {
    media: Media,
    description: String,
}

impl Picture {
    /// A picture. The description says what it shows, numbers included: some people hear it only.
    pub fn new(url: impl Into<String>, description: impl AsRef<str>) -> Self {
        let description = cut(description.as_ref(), limits::ALT_TEXT_MAX_CHARS);
        Self { media: Media { url: address::as_sent(&url.into()) }, description }
    }
}

impl Check for Picture {
    fn check(&self, problems: &mut Problems) {
        self.media.check(problems);
        problems.length("a picture's description", &self.description, 1, limits::ALT_TEXT_MAX_CHARS);
    }
}

/// A small picture beside a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Thumbnail {
    #[serde(rename = "type")]
    kind: Type<11>,
    #[serde(flatten)]
    picture: Picture,
}

/// Pictures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Gallery {
    #[serde(rename = "type")]
    kind: Type<12>,
    items: Vec<Picture>,
}

/// A file to download.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileDisplay {
    #[serde(rename = "type")]
    kind: Type<13>,
    file: Media,
}

/// Text beside a button or a picture.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Section {
    #[serde(rename = "type")]
    kind: Type<9>,
    components: Vec<TextDisplay>,
    accessory: Accessory,
}

/// What stands beside a text.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Accessory {
    /// A button.
    Button(Button),
    /// A small picture.
    Thumbnail(Thumbnail),
}

impl From<Button> for Accessory {
    fn from(button: Button) -> Self {
        Self::Button(button)
    }
}

impl From<Picture> for Accessory {
    fn from(picture: Picture) -> Self {
        Self::Thumbnail(Thumbnail { kind: Type, picture })
    }
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
    #[serde(skip_serializing_if = "Option::is_none")]
    accent_color: Option<u32>,
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

    /// Text beside a button or a [`Picture`].
    pub fn section(content: impl AsRef<str>, accessory: impl Into<Accessory>) -> Self {
        let accessory = accessory.into();
        Self::Section(Section { kind: Type, components: vec![TextDisplay::new(content)], accessory })
    }

    /// Pictures.
    pub fn gallery(pictures: impl IntoIterator<Item = Picture>) -> Self {
        Self::Gallery(Gallery { kind: Type, items: pictures.into_iter().collect() })
    }

    /// A file of the same message, to download; see [`crate::message::File::url`].
    pub fn file(url: impl Into<String>) -> Self {
        Self::File(FileDisplay { kind: Type, file: Media { url: url.into() } })
    }

    /// A line.
    pub fn separator() -> Self {
        Self::Separator(Separator { kind: Type, divider: true })
    }

    /// A box around others.
    pub fn container(components: impl IntoIterator<Item = Component>) -> Self {
        Self::Container(Container {
            kind: Type,
            components: components.into_iter().collect(),
            accent_color: None,
        })
    }

    /// A box around others with a coloured edge, `0xRRGGBB`. Never a meaning by itself.
    pub fn coloured_container(color: u32, components: impl IntoIterator<Item = Component>) -> Self {
        Self::Container(Container {
            kind: Type,
            components: components.into_iter().collect(),
            accent_color: Some(color),
        })
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
            Self::Text(_) | Self::Separator(_) | Self::Gallery(_) | Self::File(_) => 0,
            Self::Container(container) => container.components.iter().map(Self::count).sum(),
        }
    }

    /// All text displays inside, in order.
    pub fn texts(&self) -> Vec<&str> {
        match self {
            Self::Row(_) | Self::Separator(_) | Self::Gallery(_) | Self::File(_) => Vec::new(),
            Self::Section(section) => section.components.iter().map(TextDisplay::content).collect(),
            Self::Text(text) => vec![&text.content],
            Self::Container(container) => container.components.iter().flat_map(Self::texts).collect(),
        }
    }

    /// Addresses of all pictures and files inside.
    pub fn media(&self) -> Vec<&str> {
        match self {
            Self::Row(_) | Self::Separator(_) | Self::Text(_) => Vec::new(),
            Self::Section(section) => match &section.accessory {
                Accessory::Button(_) => Vec::new(),
                Accessory::Thumbnail(thumbnail) => vec![&thumbnail.picture.media.url],
            },
            Self::Gallery(gallery) => gallery.items.iter().map(|item| item.media.url.as_str()).collect(),
            Self::File(file) => vec![&file.file.url],
            Self::Container(container) => container.components.iter().flat_map(Self::media).collect(),
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
                    Control::Pick(pick) => Some(pick.custom_id.as_str()),
                })
                .collect(),
            Self::Section(section) => match &section.accessory {
                Accessory::Button(button) => button.custom_id().into_iter().collect(),
                Accessory::Thumbnail(_) => Vec::new(),
            },
            Self::Text(_) | Self::Separator(_) | Self::Gallery(_) | Self::File(_) => Vec::new(),
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
                match &section.accessory {
                    Accessory::Button(button) => button.check(problems),
                    Accessory::Thumbnail(thumbnail) => thumbnail.picture.check(problems),
                }
            }
            Self::Text(text) => text.check(problems),
            Self::Gallery(gallery) => {
                problems.count("pictures in a gallery", gallery.items.len(), 1, limits::GALLERY_ITEMS_MAX);
                for picture in &gallery.items {
                    picture.check(problems);
                }
            }
            Self::File(file) => {
                file.file.check(problems);
                if !file.file.url.starts_with("attachment://") {
                    problems.add("a file that is not of this message");
                }
            }
            Self::Separator(_) => {}
            Self::Container(container) => {
                problems.count("components in a box", container.components.len(), 1, limits::COMPONENTS_MAX);
                if container.accent_color.is_some_and(|color| color > 0x00FF_FFFF) {
                    problems.add("a colour beyond 0xFFFFFF");
                }
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
        let selects = self.components.iter().filter(|control| !matches!(control, Control::Button(_))).count();
        if selects > 0 && self.components.len() > 1 {
            problems.add("a select shares its row");
        }
        for control in &self.components {
            match control {
                Control::Button(button) => button.check(problems),
                Control::Select(select) => select.check(problems),
                Control::Pick(pick) => {
                    pick.check(problems);
                    if pick.is_field() {
                        problems.add("a field of a form in a message");
                    }
                }
            }
        }
    }
}

impl Check for Button {
    fn check(&self, problems: &mut Problems) {
        problems.length("a button's label", &self.label, 1, limits::BUTTON_LABEL_MAX_CHARS);
        if let Some(url) = &self.url {
            address::check("a button", url, limits::BUTTON_URL_MAX_CHARS, problems);
        }
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
    let chosen = options.iter().filter(|option| option.default).count();
    if chosen > max {
        problems.add(format!("{chosen} options chosen from the start, of at most {max}"));
    }
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
        if let Some(description) = &option.description {
            problems.length("an option's description", description, 1, limits::OPTION_TEXT_MAX_CHARS);
        }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde calls")]
pub(crate) fn is_false(value: &bool) -> bool {
    !*value
}
