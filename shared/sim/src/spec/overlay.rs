//! Corrections to Discord's OpenAPI file, where the docs say otherwise.
//!
//! Objects in requests are closed, so that a misspelt field is found; what Discord accepts and the file
//! refuses is let in. Rules across fields are in [`super::rules`].

use std::collections::BTreeSet;

use serde_json::{Value, json};

/// Applies all corrections.
pub(super) fn correct(document: &mut Value) {
    let requests = request_schemas(document);
    let locales = locales(document);
    for name in &requests {
        if let Some(schema) = document["components"]["schemas"].get_mut(name) {
            request(schema, &locales, false);
        }
    }
    let paths = document["paths"].as_object_mut().into_iter().flatten();
    for (_, operations) in paths {
        for (_, operation) in operations.as_object_mut().into_iter().flatten() {
            if let Some(schema) = operation.pointer_mut("/requestBody/content/application~1json/schema") {
                request(schema, &locales, false);
            }
        }
    }
    let schemas = &mut document["components"]["schemas"];
    // The docs number attachments by the part that holds them.
    schemas["MessageAttachmentRequest"]["properties"]["id"] = json!({ "anyOf": [{ "$ref": "#/components/schemas/SnowflakeType" }, { "type": "integer", "minimum": 0 }] });
    // Inner errors carry words such as BASE_TYPE_REQUIRED, and a 429 may carry no code.
    schemas["Error"]["properties"]["code"] = json!({ "type": ["integer", "string"] });
    schemas["Error"]["required"] = json!(["message"]);
    // Fields that the docs have and the file has not.
    let flags = json!({ "type": ["integer", "null"] });
    for name in ["CreateGuildChannelRequest", "UpdateGuildChannelRequestPartial"] {
        allow(schemas, name, "flags", &flags);
    }
    for name in [
        "ApplicationCommandCreateRequest",
        "ApplicationCommandUpdateRequest",
        "ApplicationCommandPatchRequestPartial",
    ] {
        allow(schemas, name, "nsfw", &json!({ "type": ["boolean", "null"] }));
    }
    let endings = json!({ "type": ["array", "null"], "items": { "type": "string" }, "maxItems": 10 });
    for name in ["ApplicationCommandAttachmentOption", "FileUploadComponentForModalRequest"] {
        allow(schemas, name, "file_types", &endings);
    }
    // The file says 4000, which is for people who pay; bots have 2000.
    for name in ["MessageCreateRequest", "BaseCreateMessageCreateRequest", "MessageEditRequestPartial"] {
        if let Some(content) = schemas.pointer_mut(&format!("/{name}/properties/content")) {
            content["maxLength"] = json!(discord::limits::CONTENT_MAX_CHARS);
        }
    }
}

fn allow(schemas: &mut Value, name: &str, field: &str, schema: &Value) {
    if let Some(properties) = schemas.pointer_mut(&format!("/{name}/properties")) {
        properties[field] = schema.clone();
    }
}

/// Languages that Discord knows.
fn locales(document: &Value) -> Value {
    let all = &document["components"]["schemas"]["AvailableLocalesEnum"]["oneOf"];
    all.as_array().into_iter().flatten().map(|locale| locale["const"].clone()).collect()
}

/// Names of all schemas that requests reach.
fn request_schemas(document: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut queue = Vec::new();
    for (_, operations) in document["paths"].as_object().into_iter().flatten() {
        for (_, operation) in operations.as_object().into_iter().flatten() {
            references(&operation["requestBody"]["content"]["application/json"], &mut queue);
        }
    }
    while let Some(name) = queue.pop() {
        if found.insert(name.clone()) {
            references(&document["components"]["schemas"][&name], &mut queue);
        }
    }
    found
}

fn references(node: &Value, into: &mut Vec<String>) {
    match node {
        Value::Object(map) => {
            if let Some(path) = map.get("$ref").and_then(Value::as_str)
                && let Some(name) = path.strip_prefix("#/components/schemas/")
            {
                into.push(name.to_owned());
            }
            map.values().for_each(|child| references(child, into));
        }
        Value::Array(list) => list.iter().for_each(|child| references(child, into)),
        _ => {}
    }
}

/// Fields that hold permission bits: sent as decimal text by every library, as a number in the file.
const BITS: [&str; 4] = ["default_member_permissions", "allow", "deny", "permissions"];

fn request(node: &mut Value, locales: &Value, under_all_of: bool) {
    match node {
        Value::Object(map) => {
            let is_object = map.get("properties").is_some_and(Value::is_object);
            if is_object && !under_all_of && !map.contains_key("additionalProperties") {
                map.insert("additionalProperties".into(), json!(false));
            }
            if let Some(properties) = map.get_mut("properties").and_then(Value::as_object_mut) {
                for (name, schema) in properties.iter_mut() {
                    if BITS.contains(&name.as_str()) && holds_integer(schema) {
                        *schema =
                            json!({ "anyOf": [schema.clone(), { "type": "string", "pattern": "^[0-9]+$" }] });
                    }
                    if name.ends_with("_localizations") {
                        schema["propertyNames"] = json!({ "enum": locales });
                    }
                }
                // A tag of a forum: the docs allow 20 characters, the file 50.
                if properties.contains_key("moderated") && properties.contains_key("emoji_name") {
                    properties["name"]["maxLength"] = json!(discord::limits::TAG_NAME_MAX_CHARS);
                }
            }
            for (name, child) in map.iter_mut() {
                request(child, locales, name == "allOf");
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|child| request(child, locales, under_all_of)),
        _ => {}
    }
}

fn holds_integer(schema: &Value) -> bool {
    schema["type"] == "integer"
        || schema["type"].as_array().is_some_and(|types| types.iter().any(|kind| kind == "integer"))
        || schema["oneOf"].as_array().is_some_and(|kinds| kinds.iter().any(holds_integer))
}
