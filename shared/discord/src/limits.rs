//! Discord's caps, each with its source. Text is counted in Unicode code points unless said.

macro_rules! limits {
    ($($(#[$doc:meta])* $name:ident = $value:expr, $source:literal;)*) => {$(
        $(#[$doc])*
        #[doc = ""]
        #[doc = concat!("Source: <https://docs.discord.com/developers/", $source, ">")]
        pub const $name: usize = $value;
    )*};
}

limits! {
    /// Longest `custom_id`.
    CUSTOM_ID_MAX_CHARS = 100, "components/reference#anatomy-of-a-component";
    /// Longest `content` of a message.
    CONTENT_MAX_CHARS = 2000, "resources/message#create-message-jsonform-params";
    /// Longest text of all text displays of one message together.
    TEXT_DISPLAY_TOTAL_MAX_CHARS = 4000, "components/reference#text-display";
    /// Longest text of all text displays of one message together, in bytes of UTF-8. Longer ones
    /// made Discord answer 500.
    TEXT_DISPLAY_TOTAL_MAX_BYTES = 9000, "components/reference#text-display";
    /// Most pictures of one gallery.
    GALLERY_ITEMS_MAX = 10, "components/reference#media-gallery";
    /// Longest address of a picture or file.
    MEDIA_URL_MAX_CHARS = 2048, "components/reference#unfurled-media-item";
    /// Fewest options of a radio group.
    RADIO_OPTIONS_MIN = 2, "components/reference#radio-group";
    /// Most options of a radio group or a checkbox group.
    GROUP_OPTIONS_MAX = 10, "components/reference#checkbox-group";
    /// Most file endings of one upload field or option.
    FILE_TYPES_MAX = 10, "components/reference#file-upload";
    /// Most components in a message, nested ones counted.
    COMPONENTS_MAX = 40, "components/reference#component-reference";
    /// Most action rows in a message without Components V2.
    ROWS_MAX = 5, "components/reference#action-row";
    /// Most buttons in one action row.
    ROW_BUTTONS_MAX = 5, "components/reference#action-row";
    /// Longest label of a button.
    BUTTON_LABEL_MAX_CHARS = 80, "components/reference#button";
    /// Longest address of a link button.
    BUTTON_URL_MAX_CHARS = 512, "components/reference#button";
    /// Most options of a string select, and most choices of an autocompletion.
    OPTIONS_MAX = 25, "components/reference#string-select";
    /// Longest label, value or description of an option.
    OPTION_TEXT_MAX_CHARS = 100, "components/reference#string-select";
    /// Longest placeholder of a select.
    SELECT_PLACEHOLDER_MAX_CHARS = 150, "components/reference#string-select";
    /// Most text displays in one section.
    SECTION_TEXTS_MAX = 3, "components/reference#section";
    /// Longest title of a modal.
    MODAL_TITLE_MAX_CHARS = 45, "interactions/receiving-and-responding#interaction-response-object-modal";
    /// Most components at the top of a modal.
    MODAL_COMPONENTS_MAX = 5, "interactions/receiving-and-responding#interaction-response-object-modal";
    /// Longest label of a field of a modal.
    FIELD_LABEL_MAX_CHARS = 45, "components/reference#label";
    /// Longest description of a field of a modal.
    FIELD_DESCRIPTION_MAX_CHARS = 100, "components/reference#label";
    /// Longest text that a text input takes or is given.
    TEXT_INPUT_MAX_CHARS = 4000, "components/reference#text-input";
    /// Longest placeholder of a text input.
    TEXT_INPUT_PLACEHOLDER_MAX_CHARS = 100, "components/reference#text-input";
    /// Most files that one upload field takes.
    UPLOAD_FILES_MAX = 10, "components/reference#file-upload";
    /// Most embeds of a message.
    EMBEDS_MAX = 10, "resources/message#create-message-jsonform-params";
    /// Longest title of an embed.
    EMBED_TITLE_MAX_CHARS = 256, "resources/message#embed-object-embed-limits";
    /// Longest description of an embed.
    EMBED_DESCRIPTION_MAX_CHARS = 4096, "resources/message#embed-object-embed-limits";
    /// Longest address that an embed's title opens: `RichEmbed.url` of Discord's OpenAPI file.
    EMBED_URL_MAX_CHARS = 2048, "resources/message#embed-object-embed-structure";
    /// Most fields of an embed.
    EMBED_FIELDS_MAX = 25, "resources/message#embed-object-embed-limits";
    /// Longest name of a field of an embed.
    EMBED_FIELD_NAME_MAX_CHARS = 256, "resources/message#embed-object-embed-limits";
    /// Longest value of a field of an embed.
    EMBED_FIELD_VALUE_MAX_CHARS = 1024, "resources/message#embed-object-embed-limits";
    /// Longest footer of an embed.
    EMBED_FOOTER_MAX_CHARS = 2048, "resources/message#embed-object-embed-limits";
    /// Longest text of all embeds of a message together.
    EMBEDS_TOTAL_MAX_CHARS = 6000, "resources/message#embed-object-embed-limits";
    /// Most users, or roles, that one message may be allowed to mention.
    ALLOWED_MENTIONS_MAX = 100, "resources/message#allowed-mentions-object";
    /// Longest nonce of a message.
    NONCE_MAX_CHARS = 25, "resources/message#create-message-jsonform-params";
    /// Most files of a message.
    FILES_MAX = 10, "resources/message#create-message-jsonform-params";
    /// Largest file, in bytes; a server may allow more.
    FILE_MAX_BYTES = 10 * 1024 * 1024, "reference#uploading-files";
    /// Longest name of a file. Ours: Discord documents none.
    FILE_NAME_MAX_CHARS = 100, "reference#uploading-files";
    /// Longest alternative text of an attachment.
    ALT_TEXT_MAX_CHARS = 1024, "resources/message#attachment-object";
    /// Longest name of a channel, thread or forum post.
    CHANNEL_NAME_MAX_CHARS = 100, "resources/channel#channel-object-channel-structure";
    /// Most tags on one forum post.
    POST_TAGS_MAX = 5, "resources/channel#start-thread-in-forum-or-media-channel";
    /// Most tags of a forum.
    FORUM_TAGS_MAX = 20, "resources/channel#modify-channel-json-params-guild-channel";
    /// Longest name of a tag of a forum.
    TAG_NAME_MAX_CHARS = 20, "resources/channel#forum-tag-object-forum-tag-structure";
    /// Most channels of a guild, categories counted, threads not.
    GUILD_CHANNELS_MAX = 500, "topics/opcodes-and-status-codes#json";
    /// Most channels of a category.
    CATEGORY_CHANNELS_MAX = 50, "resources/channel#modify-channel-json-params-guild-channel";
    /// Most roles of a guild, `@everyone` counted.
    GUILD_ROLES_MAX = 250, "topics/opcodes-and-status-codes#json";
    /// Longest name of a command or an option.
    COMMAND_NAME_MAX_CHARS = 32, "interactions/application-commands#application-command-object-application-command-naming";
    /// Longest description of a command or an option.
    COMMAND_DESCRIPTION_MAX_CHARS = 100, "interactions/application-commands#application-command-object-application-command-structure";
    /// Most options of a command.
    COMMAND_OPTIONS_MAX = 25, "interactions/application-commands#application-command-object-application-command-structure";
    /// Longest names, descriptions and values of one command together.
    COMMAND_TOTAL_MAX_CHARS = 8000, "interactions/application-commands#application-command-object";
    /// Most chat commands of an application in one scope.
    CHAT_COMMANDS_MAX = 100, "interactions/application-commands#registering-a-command";
    /// Most commands of an application in the menus of people, and of messages, in one scope.
    MENU_COMMANDS_MAX = 15, "interactions/application-commands#registering-a-command";
    /// Longest text that a string option takes.
    STRING_OPTION_MAX_CHARS = 6000, "interactions/application-commands#application-command-object-application-command-option-structure";
    /// Longest audit log reason, in URL-encoded characters.
    AUDIT_REASON_MAX_CHARS = 512, "resources/audit-log";
}

/// Seconds in which the first answer must reach Discord.
///
/// Source: <https://docs.discord.com/developers/interactions/receiving-and-responding#responding-to-an-interaction>
pub const FIRST_ANSWER_SECS: i64 = 3;

/// Seconds for which an interaction token can be used.
///
/// Source: <https://docs.discord.com/developers/interactions/receiving-and-responding#responding-to-an-interaction>
pub const TOKEN_LIFE_SECS: i64 = 15 * 60;

/// Requests per second that all workers of one bot may send together.
///
/// Source: <https://docs.discord.com/developers/topics/rate-limits#global-rate-limit>
pub const GLOBAL_REQUESTS_PER_SEC: u32 = 50;
