//! What Discord refuses and no schema tells: rules across fields, sums, uniqueness.

use std::collections::BTreeSet;

use discord::limits;
use discord::message::IS_COMPONENTS_V2;
use serde_json::{Value, json};

use crate::act::{File, text_of};
use crate::rest::{ApiError, Call};
use crate::state::Message;

type Judged = Result<(), ApiError>;

/// Judges the body of a REST call.
pub(crate) fn request(call: &Call) -> Judged {
    match (call.route.method, call.route.template) {
        ("POST", "/channels/{channel_id}/messages") => {
            nonce(&call.body)?;
            ephemeral(&call.body)?;
            message(&call.body, &call.files, "")
        }
        ("POST", "/webhooks/{webhook_id}/{webhook_token}") => {
            for field in ["thread_id", "avatar_url", "username", "thread_name", "applied_tags"] {
                if !call.body[field].is_null() {
                    return Err(invalid(field, "Not allowed in a follow-up."));
                }
            }
            message(&call.body, &call.files, "")
        }
        ("POST", "/channels/{channel_id}/threads") if call.body["message"].is_object() => {
            ephemeral(&call.body["message"])?;
            message(&call.body["message"], &call.files, "message")
        }
        ("POST", "/interactions/{interaction_id}/{interaction_token}/callback") => {
            answer(&call.body, &call.files)
        }
        ("POST" | "PUT", template) if template.ends_with("/commands") => {
            if let Some(list) = call.body.as_array() {
                for (index, body) in list.iter().enumerate() {
                    command(body, &index.to_string())?;
                }
                Ok(())
            } else {
                command(&call.body, "")
            }
        }
        _ => Ok(()),
    }
}

/// Judges a first answer, inline or through the callback.
pub(crate) fn answer(answer: &Value, files: &[File]) -> Judged {
    let data = &answer["data"];
    match answer["type"].as_u64() {
        Some(4) => message(data, files, "data"),
        Some(7) => parts(data, files, "data", data["flags"].as_u64().unwrap_or(0)),
        Some(5) => {
            let only_flags =
                data.as_object().is_none_or(|fields| fields.keys().all(|field| field == "flags"));
            let flags = data["flags"].as_u64().unwrap_or(0);
            if only_flags && flags & !discord::message::EPHEMERAL == 0 {
                Ok(())
            } else {
                Err(invalid("data", "A deferred answer takes the ephemeral flag and nothing else."))
            }
        }
        Some(8) => choices(data),
        Some(9) => modal(data),
        _ => Ok(()),
    }
}

/// Judges an edit: flags and fields that stay count too.
pub(crate) fn edit(message: &Message, body: &Value, files: &[File]) -> Judged {
    let flags = body["flags"].as_u64().unwrap_or(0) | message.flags;
    parts(body, files, "", flags)?;
    let mut after = body.clone();
    if let Some(after) = after.as_object_mut() {
        after.entry("content").or_insert_with(|| json!(message.content));
        after.entry("embeds").or_insert_with(|| json!(message.embeds));
        after.entry("components").or_insert_with(|| json!(message.components));
    }
    if flags & IS_COMPONENTS_V2 != 0 && (filled(&after["content"]) || filled(&after["embeds"])) {
        return Err(v2_conflict(""));
    }
    let keeps_files = body.get("attachments").is_none() && !message.attachments.is_empty();
    if is_empty(&after, files) && !keeps_files { Err(ApiError::new(50006)) } else { Ok(()) }
}

fn message(body: &Value, files: &[File], path: &str) -> Judged {
    parts(body, files, path, body["flags"].as_u64().unwrap_or(0))?;
    if is_empty(body, files) { Err(ApiError::new(50006)) } else { Ok(()) }
}

fn is_empty(body: &Value, files: &[File]) -> bool {
    files.is_empty()
        && !["content", "embeds", "components", "poll", "sticker_ids", "attachments"]
            .iter()
            .any(|f| filled(&body[f]))
}

fn filled(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !text.trim().is_empty(),
        Value::Array(list) => !list.is_empty(),
        _ => true,
    }
}

fn ephemeral(body: &Value) -> Judged {
    if body["flags"].as_u64().unwrap_or(0) & discord::message::EPHEMERAL == 0 {
        Ok(())
    } else {
        Err(invalid("flags", "Only answers to interactions can be ephemeral."))
    }
}

fn nonce(body: &Value) -> Judged {
    let length = crate::act::nonce(body).map_or(0, |nonce| nonce.chars().count());
    if length <= limits::NONCE_MAX_CHARS { Ok(()) } else { Err(too_long("nonce", limits::NONCE_MAX_CHARS)) }
}

fn parts(body: &Value, files: &[File], path: &str, flags: u64) -> Judged {
    let at = |field: &str| join(path, field);
    if chars(&body["content"]) > limits::CONTENT_MAX_CHARS {
        return Err(too_long(&at("content"), limits::CONTENT_MAX_CHARS));
    }
    let v2 = flags & IS_COMPONENTS_V2 != 0;
    if v2 && ["content", "embeds", "poll", "sticker_ids"].iter().any(|field| filled(&body[field])) {
        return Err(v2_conflict(path));
    }
    embeds(&body["embeds"], &at("embeds"))?;
    allowed_mentions(&body["allowed_mentions"], &at("allowed_mentions"))?;
    attachments(body, files, &at("attachments"))?;
    components(&body["components"], &at("components"), v2)
}

fn v2_conflict(path: &str) -> ApiError {
    ApiError::form(
        &join(path, "content"),
        "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
        "The 'content' and 'embeds' fields cannot be used when using MessageFlags.IS_COMPONENTS_V2",
    )
}

fn embeds(list: &Value, path: &str) -> Judged {
    let mut total = 0;
    for (index, embed) in list.as_array().into_iter().flatten().enumerate() {
        let at = format!("{path}.{index}");
        let mut length = |text: &Value, field: &str, max: usize| {
            let length = chars(text);
            total += length;
            if length > max { Err(too_long(&join(&at, field), max)) } else { Ok(()) }
        };
        length(&embed["title"], "title", limits::EMBED_TITLE_MAX_CHARS)?;
        length(&embed["description"], "description", limits::EMBED_DESCRIPTION_MAX_CHARS)?;
        length(&embed["footer"]["text"], "footer.text", limits::EMBED_FOOTER_MAX_CHARS)?;
        length(&embed["author"]["name"], "author.name", limits::EMBED_TITLE_MAX_CHARS)?;
        for (number, field) in embed["fields"].as_array().into_iter().flatten().enumerate() {
            length(&field["name"], &format!("fields.{number}.name"), limits::EMBED_FIELD_NAME_MAX_CHARS)?;
            length(&field["value"], &format!("fields.{number}.value"), limits::EMBED_FIELD_VALUE_MAX_CHARS)?;
            if !filled(&field["name"]) || !filled(&field["value"]) {
                return Err(required(&format!("{at}.fields.{number}")));
            }
        }
        if embed["fields"].as_array().map_or(0, Vec::len) > limits::EMBED_FIELDS_MAX {
            return Err(too_many(&join(&at, "fields"), limits::EMBED_FIELDS_MAX));
        }
    }
    if list.as_array().map_or(0, Vec::len) > limits::EMBEDS_MAX {
        return Err(too_many(path, limits::EMBEDS_MAX));
    }
    if total > limits::EMBEDS_TOTAL_MAX_CHARS {
        return Err(ApiError::form(
            path,
            "MAX_EMBED_SIZE_EXCEEDED",
            "Embed size exceeds maximum size of 6000",
        ));
    }
    Ok(())
}

/// Source: <https://docs.discord.com/developers/resources/message#allowed-mentions-object>
fn allowed_mentions(allowed: &Value, path: &str) -> Judged {
    for field in ["users", "roles"] {
        let named = allowed[field].as_array().map_or(0, Vec::len);
        let parsed = allowed["parse"].as_array().is_some_and(|parse| parse.iter().any(|kind| kind == field));
        if named > limits::ALLOWED_MENTIONS_MAX {
            return Err(too_many(&join(path, field), limits::ALLOWED_MENTIONS_MAX));
        }
        if parsed && named > 0 {
            return Err(ApiError::form(
                path,
                "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                &format!("parse:[\"{field}\"] and {field}: [ids...] are mutually exclusive."),
            ));
        }
    }
    Ok(())
}

/// Every new file is one of the parts, and the other way round it may stay unnamed.
fn attachments(body: &Value, files: &[File], path: &str) -> Judged {
    let parts: BTreeSet<&str> = files.iter().map(|file| file.index.as_str()).collect();
    if parts.len() != files.len() || files.len() > 10 {
        return Err(too_many(path, 10));
    }
    for (index, named) in body["attachments"].as_array().into_iter().flatten().enumerate() {
        let id = text_of(&named["id"]);
        // Small numbers are parts of this request, large ones files that are there already.
        let new = id.len() < 4;
        if new && !parts.contains(id.as_str()) {
            return Err(invalid(&format!("{path}.{index}.id"), "No file of this number was sent."));
        }
        if chars(&named["description"]) > limits::ALT_TEXT_MAX_CHARS {
            return Err(too_long(&format!("{path}.{index}.description"), limits::ALT_TEXT_MAX_CHARS));
        }
    }
    Ok(())
}

/// What was counted while walking through components.
#[derive(Default)]
struct Seen {
    components: usize,
    text: usize,
    custom_ids: BTreeSet<String>,
    ids: BTreeSet<u64>,
}

fn components(list: &Value, path: &str, v2: bool) -> Judged {
    let mut seen = Seen::default();
    let list = list.as_array().map(Vec::as_slice).unwrap_or_default();
    if !v2 && list.len() > limits::ROWS_MAX {
        return Err(too_many(path, limits::ROWS_MAX));
    }
    for (index, component) in list.iter().enumerate() {
        let at = format!("{path}.{index}");
        if !v2 && component["type"] != json!(1) {
            return Err(ApiError::form(
                &join(&at, "type"),
                "UNION_TYPE_CHOICES",
                "Value of field \"type\" must be one of (1,).",
            ));
        }
        walk(component, &at, &mut seen)?;
    }
    if seen.components > limits::COMPONENTS_MAX && v2 {
        return Err(ApiError::form(
            path,
            "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
            "The total number of components (incl. nested) cannot exceed 40",
        ));
    }
    if seen.text > limits::TEXT_DISPLAY_TOTAL_MAX_CHARS {
        return Err(ApiError::form(
            path,
            "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
            "The total text of a message cannot exceed 4000 characters",
        ));
    }
    Ok(())
}

fn walk(component: &Value, path: &str, seen: &mut Seen) -> Judged {
    seen.components += 1;
    if let Some(id) = component["id"].as_u64().filter(|id| *id != 0)
        && !seen.ids.insert(id)
    {
        return Err(invalid(&join(path, "id"), "Component id cannot be duplicated"));
    }
    if let Some(custom_id) = component["custom_id"].as_str()
        && !seen.custom_ids.insert(custom_id.to_owned())
    {
        return Err(ApiError::form(
            &join(path, "custom_id"),
            "COMPONENT_CUSTOM_ID_DUPLICATED",
            "Component custom id cannot be duplicated",
        ));
    }
    match component["type"].as_u64() {
        Some(1) => row(component, path)?,
        Some(2) => button(component, path)?,
        Some(3) => select(component, path)?,
        Some(10) => seen.text += chars(&component["content"]),
        _ => {}
    }
    for (index, child) in component["components"].as_array().into_iter().flatten().enumerate() {
        if component["type"] == json!(17) && child["type"] == json!(17) {
            return Err(invalid(
                &format!("{path}.components.{index}"),
                "A container cannot hold a container.",
            ));
        }
        walk(child, &format!("{path}.components.{index}"), seen)?;
    }
    if component["accessory"].is_object() {
        walk(&component["accessory"], &join(path, "accessory"), seen)?;
    }
    Ok(())
}

fn row(row: &Value, path: &str) -> Judged {
    let children = row["components"].as_array().map(Vec::as_slice).unwrap_or_default();
    let selects = children.iter().filter(|child| child["type"] != json!(2)).count();
    let fits = match selects {
        0 => (1..=limits::ROW_BUTTONS_MAX).contains(&children.len()),
        _ => children.len() == 1,
    };
    if fits {
        Ok(())
    } else {
        Err(ApiError::form(
            &join(path, "components"),
            "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
            "A row holds one to five buttons, or one select.",
        ))
    }
}

fn button(button: &Value, path: &str) -> Judged {
    let style = button["style"].as_u64().unwrap_or(0);
    let (custom_id, url) = (filled(&button["custom_id"]), filled(&button["url"]));
    match style {
        1..=4 if !custom_id || url => Err(ApiError::form(
            &join(path, "custom_id"),
            "BUTTON_COMPONENT_CUSTOM_ID_REQUIRED",
            "A custom id required, and no url, for this style",
        )),
        5 if custom_id || !url => Err(ApiError::form(
            &join(path, "url"),
            "BUTTON_COMPONENT_INVALID_URL",
            "A url, and no custom id, for a link",
        )),
        1..=5 if !filled(&button["label"]) && !button["emoji"].is_object() => {
            Err(required(&join(path, "label")))
        }
        _ => Ok(()),
    }
}

fn select(select: &Value, path: &str) -> Judged {
    let options = select["options"].as_array().map(Vec::as_slice).unwrap_or_default();
    let min = select["min_values"].as_u64().unwrap_or(1);
    let max = select["max_values"].as_u64().unwrap_or(1);
    if options.is_empty() || min > max || max > options.len() as u64 {
        return Err(invalid(&join(path, "max_values"), "More choices than options."));
    }
    let chosen = options.iter().filter(|option| option["default"] == json!(true)).count() as u64;
    if chosen > max {
        return Err(invalid(&join(path, "options"), "More defaults than max_values."));
    }
    unique_values(options, &join(path, "options"))
}

fn unique_values(options: &[Value], path: &str) -> Judged {
    let mut seen = BTreeSet::new();
    for (index, option) in options.iter().enumerate() {
        if !seen.insert(option["value"].as_str().unwrap_or_default()) {
            return Err(ApiError::form(
                &format!("{path}.{index}.value"),
                "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                "The specified option value is already used",
            ));
        }
    }
    Ok(())
}

fn modal(data: &Value) -> Judged {
    let list = data["components"].as_array().map(Vec::as_slice).unwrap_or_default();
    if list.is_empty() || list.len() > limits::MODAL_COMPONENTS_MAX {
        return Err(too_many("data.components", limits::MODAL_COMPONENTS_MAX));
    }
    let mut names = BTreeSet::new();
    for (index, part) in list.iter().enumerate() {
        let at = format!("data.components.{index}");
        let field = match part["type"].as_u64() {
            Some(18) => &part["component"],
            Some(1) => &part["components"][0],
            Some(10) => continue,
            _ => return Err(invalid(&join(&at, "type"), "A modal holds labels and texts.")),
        };
        let at = join(&at, "component");
        if !names.insert(field["custom_id"].as_str().unwrap_or_default()) {
            return Err(invalid(&join(&at, "custom_id"), "Component custom id cannot be duplicated"));
        }
        if !field["disabled"].is_null() {
            return Err(invalid(&join(&at, "disabled"), "Nothing is disabled in a modal."));
        }
        let required = field["required"].as_bool().unwrap_or(true);
        match field["type"].as_u64() {
            Some(4) => {
                let (min, max) =
                    (field["min_length"].as_u64().unwrap_or(0), field["max_length"].as_u64().unwrap_or(4000));
                if min > max || chars(&field["value"]) as u64 > max {
                    return Err(invalid(&join(&at, "value"), "Longer than the field."));
                }
                if part["type"] == json!(18) && !field["label"].is_null() {
                    return Err(invalid(&join(&at, "label"), "The label stands outside."));
                }
            }
            Some(3 | 5..=8 | 19 | 22) => {
                if required && field["min_values"] == json!(0) {
                    return Err(invalid(&join(&at, "min_values"), "A required field takes at least one."));
                }
                if field["type"] == json!(3) {
                    select(field, &at)?;
                } else if field["type"] == json!(22) {
                    unique_values(field["options"].as_array().map(Vec::as_slice).unwrap_or_default(), &at)?;
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn choices(data: &Value) -> Judged {
    let list = data["choices"].as_array().map(Vec::as_slice).unwrap_or_default();
    if list.len() > limits::OPTIONS_MAX {
        return Err(too_many("data.choices", limits::OPTIONS_MAX));
    }
    for (index, choice) in list.iter().enumerate() {
        for field in ["name", "value"] {
            let at = format!("data.choices.{index}.{field}");
            if choice[field].is_string()
                && !(1..=limits::OPTION_TEXT_MAX_CHARS).contains(&chars(&choice[field]))
            {
                return Err(too_long(&at, limits::OPTION_TEXT_MAX_CHARS));
            }
        }
    }
    Ok(())
}

/// Source: <https://docs.discord.com/developers/interactions/application-commands>
fn command(body: &Value, path: &str) -> Judged {
    let kind = body["type"].as_u64().unwrap_or(1);
    if kind == 1 {
        command_name(body, path)?;
        if !filled(&body["description"]) {
            return Err(required(&join(path, "description")));
        }
    } else if filled(&body["description"]) {
        return Err(invalid(&join(path, "description"), "Menu commands have no description."));
    }
    options(&body["options"], &join(path, "options"), 0)?;
    if command_chars(body) > limits::COMMAND_TOTAL_MAX_CHARS {
        return Err(ApiError::form(
            path,
            "APPLICATION_COMMAND_TOO_LARGE",
            "Command exceeds maximum size (8000)",
        ));
    }
    Ok(())
}

fn command_name(body: &Value, path: &str) -> Judged {
    let names = std::iter::once(("name".to_owned(), &body["name"])).chain(
        body["name_localizations"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(locale, name)| (format!("name_localizations.{locale}"), name)),
    );
    for (field, name) in names {
        let name = name.as_str().unwrap_or_default();
        let letters = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '\'');
        let length = name.chars().count();
        if length == 0
            || length > limits::COMMAND_NAME_MAX_CHARS
            || name.to_lowercase() != name
            || !name.chars().all(letters)
        {
            return Err(ApiError::form(
                &join(path, &field),
                "APPLICATION_COMMAND_INVALID_NAME",
                "Command name is invalid",
            ));
        }
    }
    Ok(())
}

fn options(list: &Value, path: &str, depth: usize) -> Judged {
    let list = list.as_array().map(Vec::as_slice).unwrap_or_default();
    if list.len() > limits::COMMAND_OPTIONS_MAX {
        return Err(too_many(path, limits::COMMAND_OPTIONS_MAX));
    }
    let (mut optional, mut names) = (false, BTreeSet::new());
    let nested = list.iter().filter(|option| matches!(option["type"].as_u64(), Some(1 | 2))).count();
    if nested != 0 && nested != list.len() {
        return Err(invalid(path, "Sub-command and option types cannot be mixed."));
    }
    for (index, option) in list.iter().enumerate() {
        let at = format!("{path}.{index}");
        command_name(option, &at)?;
        if !names.insert(option["name"].as_str().unwrap_or_default()) {
            return Err(ApiError::form(
                &at,
                "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS",
                "Option name already exists",
            ));
        }
        let is_required = option["required"].as_bool().unwrap_or(false);
        if is_required && optional {
            return Err(ApiError::form(
                &at,
                "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                "Required options must be placed before non-required options",
            ));
        }
        optional |= !is_required;
        let suggested = option["autocomplete"].as_bool().unwrap_or(false);
        if suggested && (filled(&option["choices"]) || !matches!(option["type"].as_u64(), Some(3 | 4 | 10))) {
            return Err(invalid(
                &join(&at, "autocomplete"),
                "Not with choices, and for text and numbers only.",
            ));
        }
        match option["type"].as_u64() {
            Some(2) if depth == 0 => options(&option["options"], &join(&at, "options"), 1)?,
            Some(1) if depth <= 1 => options(&option["options"], &join(&at, "options"), 2)?,
            Some(1 | 2) => return Err(invalid(&join(&at, "type"), "Nothing is deeper than a sub-command.")),
            _ => {}
        }
    }
    Ok(())
}

fn command_chars(body: &Value) -> usize {
    let longest = |field: &str| {
        let localized = body[format!("{field}_localizations")].as_object().into_iter().flatten();
        localized.map(|(_, text)| chars(text)).chain([chars(&body[field])]).max().unwrap_or(0)
    };
    let choices = body["choices"].as_array().into_iter().flatten();
    longest("name")
        + longest("description")
        + choices.map(|choice| chars(&choice["name"]) + chars(&choice["value"])).sum::<usize>()
        + body["options"].as_array().into_iter().flatten().map(command_chars).sum::<usize>()
}

fn chars(text: &Value) -> usize {
    text.as_str().map_or(0, |text| text.chars().count())
}

fn join(path: &str, field: &str) -> String {
    if path.is_empty() { field.to_owned() } else { format!("{path}.{field}") }
}

fn invalid(path: &str, message: &str) -> ApiError {
    ApiError::form(path, "BASE_TYPE_INVALID", message)
}

fn required(path: &str) -> ApiError {
    ApiError::form(path, "BASE_TYPE_REQUIRED", "This field is required")
}

fn too_long(path: &str, max: usize) -> ApiError {
    ApiError::form(path, "BASE_TYPE_BAD_LENGTH", &format!("Must be between 1 and {max} in length."))
}

fn too_many(path: &str, max: usize) -> ApiError {
    ApiError::form(path, "BASE_TYPE_MAX_LENGTH", &format!("Must be {max} or fewer in length."))
}
