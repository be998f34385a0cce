//! What people read.

use bytes::Bytes;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::check::{Check, Problems};
use crate::component::{Component, Row};
use crate::markdown::cut;
use crate::{RoleId, UserId, address, limits};

/// Only the person who acted sees it.
///
/// Source: <https://docs.discord.com/developers/resources/message#message-object-message-flags>
pub const EPHEMERAL: u64 = 1 << 6;
/// The message is laid out by its components alone.
pub const IS_COMPONENTS_V2: u64 = 1 << 15;
/// Arrives without a sound.
pub const SUPPRESS_NOTIFICATIONS: u64 = 1 << 12;

/// A message, classic (text, embeds, rows) or laid out in Components V2.
///
/// Nobody is mentioned unless said with [`Message::mention_users`] or [`Message::mention_roles`].
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Message {
    content: String,
    embeds: Vec<Embed>,
    components: Vec<Component>,
    files: Vec<File>,
    users: Vec<UserId>,
    roles: Vec<RoleId>,
    flags: u64,
    without_files: bool,
}

/// A file that is sent with a message. A component or an embed shows it as `attachment://<name>`.
#[derive(Clone, PartialEq, Eq)]
pub struct File {
    name: String,
    bytes: Bytes,
    description: String,
}

impl File {
    /// A file with its alternative text, which says what a picture shows, numbers included.
    pub fn new(name: impl Into<String>, bytes: impl Into<Bytes>, description: impl AsRef<str>) -> Self {
        let description = cut(description.as_ref(), limits::ALT_TEXT_MAX_CHARS);
        Self { name: name.into(), bytes: bytes.into(), description }
    }

    /// Name, with its ending.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Content.
    pub fn bytes(&self) -> Bytes {
        self.bytes.clone()
    }

    /// Address within its message.
    pub fn url(&self) -> String {
        format!("attachment://{}", self.name)
    }
}

impl std::fmt::Debug for File {
    /// Without the content.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "File({:?}, {} bytes)", self.name, self.bytes.len())
    }
}

impl Message {
    /// A message that says this, cut to what Discord takes.
    pub fn text(content: impl AsRef<str>) -> Self {
        Self { content: cut(content.as_ref(), limits::CONTENT_MAX_CHARS), ..Self::default() }
    }

    /// A message with an embed.
    pub fn embed(embed: Embed) -> Self {
        Self { embeds: vec![embed], ..Self::default() }
    }

    /// A message laid out in Components V2.
    pub fn layout(components: impl IntoIterator<Item = Component>) -> Self {
        Self { components: components.into_iter().collect(), flags: IS_COMPONENTS_V2, ..Self::default() }
    }

    /// With one more embed.
    #[must_use]
    pub fn with_embed(mut self, embed: Embed) -> Self {
        self.embeds.push(embed);
        self
    }

    /// With this said below what is there already.
    #[must_use]
    pub fn also(mut self, text: impl AsRef<str>) -> Self {
        let text = text.as_ref();
        if self.flags & IS_COMPONENTS_V2 != 0 {
            self.components.push(Component::text(text));
        } else if self.content.is_empty() {
            self.content = cut(text, limits::CONTENT_MAX_CHARS);
        } else {
            self.content = cut(&format!("{}\n{text}", self.content), limits::CONTENT_MAX_CHARS);
        }
        self
    }

    /// With one more row; an empty one is left out.
    #[must_use]
    pub fn row(mut self, row: Row) -> Self {
        if !row.controls().is_empty() {
            self.components.push(Component::Row(row));
        }
        self
    }

    /// With one more file. Only the REST API takes files: an inline answer cannot carry any.
    ///
    /// An edit with files replaces those that were there; an edit without keeps them.
    #[must_use]
    pub fn file(mut self, file: File) -> Self {
        self.files.push(file);
        self
    }

    /// As an edit, it takes away the files that the message had. Without it they stay.
    ///
    /// Source: <https://docs.discord.com/developers/resources/message#edit-message>
    #[must_use]
    pub fn without_files(self) -> Self {
        Self { files: Vec::new(), without_files: true, ..self }
    }

    /// Tells these people.
    #[must_use]
    pub fn mention_users(mut self, users: impl IntoIterator<Item = UserId>) -> Self {
        self.users.extend(users);
        self
    }

    /// Tells everyone who has one of these roles.
    #[must_use]
    pub fn mention_roles(mut self, roles: impl IntoIterator<Item = RoleId>) -> Self {
        self.roles.extend(roles);
        self
    }

    /// Arrives without a sound.
    #[must_use]
    pub fn silent(mut self) -> Self {
        self.flags |= SUPPRESS_NOTIFICATIONS;
        self
    }

    /// Only the person who acted sees it. Possible in answers to interactions only.
    #[must_use]
    pub(crate) fn ephemeral(mut self) -> Self {
        self.flags |= EPHEMERAL;
        self
    }

    /// The message as an edit of one that was sent: what is only said when sending is left out.
    ///
    /// Source: <https://docs.discord.com/developers/resources/message#edit-message>
    pub(crate) fn as_edit(&self) -> Self {
        Self { flags: self.flags & IS_COMPONENTS_V2, ..self.clone() }
    }

    /// The text of a classic message.
    pub fn content(&self) -> &str {
        &self.content
    }

    /// The embeds of a classic message.
    pub fn embeds(&self) -> &[Embed] {
        &self.embeds
    }

    /// Files sent with it.
    pub fn files(&self) -> &[File] {
        &self.files
    }

    /// Rows, or the whole layout.
    pub fn components(&self) -> &[Component] {
        &self.components
    }
}

impl Serialize for Message {
    /// Every field is written, also the empty ones: an edit then shows exactly this message.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Mentions<'a> {
            parse: [&'a str; 0],
            #[serde(skip_serializing_if = "<[_]>::is_empty")]
            users: &'a [UserId],
            #[serde(skip_serializing_if = "<[_]>::is_empty")]
            roles: &'a [RoleId],
        }
        #[derive(Serialize)]
        struct Attached<'a> {
            id: usize,
            filename: &'a str,
            #[serde(skip_serializing_if = "str::is_empty")]
            description: &'a str,
        }
        let mut map = serializer.serialize_map(None)?;
        if self.flags & IS_COMPONENTS_V2 == 0 {
            map.serialize_entry("content", &self.content)?;
            map.serialize_entry("embeds", &self.embeds)?;
        }
        map.serialize_entry("components", &self.components)?;
        if !self.files.is_empty() {
            let attached: Vec<_> = self
                .files
                .iter()
                .enumerate()
                .map(|(id, file)| Attached { id, filename: &file.name, description: &file.description })
                .collect();
            map.serialize_entry("attachments", &attached)?;
        } else if self.without_files {
            map.serialize_entry("attachments", &[(); 0])?;
        }
        map.serialize_entry(
            "allowed_mentions",
            &Mentions { parse: [], users: &self.users, roles: &self.roles },
        )?;
        if self.flags != 0 {
            map.serialize_entry("flags", &self.flags)?;
        }
        map.end()
    }
}

impl Check for Message {
    fn check(&self, problems: &mut Problems) {
        let v2 = self.flags & IS_COMPONENTS_V2 != 0;
        if v2 {
            problems.count(
                "components",
                self.components.iter().map(Component::count).sum(),
                1,
                limits::COMPONENTS_MAX,
            );
            let texts: Vec<&str> = self.components.iter().flat_map(Component::texts).collect();
            let chars = texts.iter().map(|text| text.chars().count()).sum();
            problems.count("characters of text", chars, 0, limits::TEXT_DISPLAY_TOTAL_MAX_CHARS);
            let bytes = texts.iter().map(|text| text.len()).sum();
            problems.count("bytes of text", bytes, 0, limits::TEXT_DISPLAY_TOTAL_MAX_BYTES);
            let media: Vec<&str> = self.components.iter().flat_map(Component::media).collect();
            if self.files.iter().any(|file| !media.contains(&file.url().as_str())) {
                problems.add("a file that no component shows");
            }
            if !self.content.is_empty() || !self.embeds.is_empty() {
                problems.add("content or embeds beside a layout");
            }
        } else {
            if self.content.is_empty()
                && self.embeds.is_empty()
                && self.components.is_empty()
                && self.files.is_empty()
            {
                problems.add("an empty message");
            }
            problems.length("the content", &self.content, 0, limits::CONTENT_MAX_CHARS);
            problems.count("rows", self.components.len(), 0, limits::ROWS_MAX);
            if self.components.iter().any(Component::is_v2) {
                problems.add("a Components V2 component in a classic message");
            }
        }
        problems.count("embeds", self.embeds.len(), 0, limits::EMBEDS_MAX);
        let total = self.embeds.iter().map(Embed::chars).sum();
        problems.count("characters in embeds", total, 0, limits::EMBEDS_TOTAL_MAX_CHARS);
        problems.count("files", self.files.len(), 0, limits::FILES_MAX);
        for file in &self.files {
            problems.length("a file's name", &file.name, 1, limits::FILE_NAME_MAX_CHARS);
            problems.count("bytes in a file", file.bytes.len(), 0, limits::FILE_MAX_BYTES);
        }
        let mut names: Vec<&str> = self.files.iter().map(File::name).collect();
        names.sort_unstable();
        if names.windows(2).any(|pair| pair[0] == pair[1]) {
            problems.add("two files with one name");
        }
        problems.count("mentioned users", self.users.len(), 0, limits::ALLOWED_MENTIONS_MAX);
        problems.count("mentioned roles", self.roles.len(), 0, limits::ALLOWED_MENTIONS_MAX);
        for embed in &self.embeds {
            embed.check(problems);
        }
        for component in &self.components {
            component.check(problems);
        }
        let mut ids: Vec<&str> = self.components.iter().flat_map(Component::custom_ids).collect();
        ids.sort_unstable();
        if ids.windows(2).any(|pair| pair[0] == pair[1]) {
            problems.add("two components with one custom_id");
        }
    }
}

/// A card inside a classic message.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Embed {
    #[serde(skip_serializing_if = "String::is_empty")]
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    description: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    color: Option<u32>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fields: Vec<EmbedField>,
    #[serde(skip_serializing_if = "Option::is_none")]
    footer: Option<EmbedFooter>,
}

/// A named value of an embed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EmbedField {
    name: String,
    value: String,
    inline: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct EmbedFooter {
    text: String,
}

impl Embed {
    /// A card with this title, cut to what Discord takes.
    pub fn new(title: impl AsRef<str>) -> Self {
        Self { title: cut(title.as_ref(), limits::EMBED_TITLE_MAX_CHARS), ..Self::default() }
    }

    /// The title opens this address, sent as [`crate::address`] writes it. One that is longer than
    /// Discord takes is left out: the title then opens nothing.
    #[must_use]
    pub fn url(self, url: impl AsRef<str>) -> Self {
        Self { url: address::fitting(url.as_ref(), limits::EMBED_URL_MAX_CHARS), ..self }
    }

    /// With this text.
    #[must_use]
    pub fn description(self, text: impl AsRef<str>) -> Self {
        Self { description: cut(text.as_ref(), limits::EMBED_DESCRIPTION_MAX_CHARS), ..self }
    }

    /// With this colour, `0xRRGGBB`. Never a meaning by itself.
    #[must_use]
    pub fn color(self, color: u32) -> Self {
        Self { color: Some(color), ..self }
    }

    /// With a named value beside others; an empty one is left out.
    #[must_use]
    pub fn field(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        if !value.as_ref().is_empty() {
            self.fields.push(EmbedField {
                name: cut(name.as_ref(), limits::EMBED_FIELD_NAME_MAX_CHARS),
                value: cut(value.as_ref(), limits::EMBED_FIELD_VALUE_MAX_CHARS),
                inline: true,
            });
        }
        self
    }

    /// With a small line below.
    #[must_use]
    pub fn footer(self, text: impl AsRef<str>) -> Self {
        let text = cut(text.as_ref(), limits::EMBED_FOOTER_MAX_CHARS);
        Self { footer: Some(EmbedFooter { text }), ..self }
    }

    fn chars(&self) -> usize {
        let fields = self.fields.iter().map(|field| field.name.chars().count() + field.value.chars().count());
        self.title.chars().count()
            + self.description.chars().count()
            + fields.sum::<usize>()
            + self.footer.as_ref().map_or(0, |footer| footer.text.chars().count())
    }
}

impl Check for Embed {
    fn check(&self, problems: &mut Problems) {
        if self.title.is_empty() && self.description.is_empty() && self.fields.is_empty() {
            problems.add("an empty embed");
        }
        if let Some(url) = &self.url {
            address::check("a title", url, limits::EMBED_URL_MAX_CHARS, problems);
        }
        problems.count("fields in an embed", self.fields.len(), 0, limits::EMBED_FIELDS_MAX);
        for field in &self.fields {
            problems.length("a field's name", &field.name, 1, limits::EMBED_FIELD_NAME_MAX_CHARS);
        }
    }
}
