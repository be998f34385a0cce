//! Embeds, components and mentions: what Discord adds to what it was sent.

use std::collections::BTreeSet;

use serde_json::{Value, json};

/// Embeds as Discord gives them back.
pub(crate) fn embeds(sent: &Value) -> Vec<Value> {
    sent.as_array().into_iter().flatten().map(embed).collect()
}

fn embed(sent: &Value) -> Value {
    let mut embed = sent.clone();
    let Some(map) = embed.as_object_mut() else { return embed };
    map.retain(|_, value| !value.is_null());
    map.insert("type".into(), json!("rich"));
    for field in map.get_mut("fields").and_then(Value::as_array_mut).into_iter().flatten() {
        if let Some(field) = field.as_object_mut() {
            field.entry("inline").or_insert(json!(false));
        }
    }
    embed
}

/// Components as Discord gives them back: each with a number, and with its defaults.
pub(crate) fn components(sent: &Value) -> Vec<Value> {
    let mut list: Vec<Value> = sent.as_array().cloned().unwrap_or_default();
    let mut next = 1;
    for component in &mut list {
        complete(component, &mut next);
    }
    list
}

fn complete(component: &mut Value, next: &mut u64) {
    let Some(map) = component.as_object_mut() else { return };
    map.retain(|_, value| !value.is_null());
    if map.get("id").and_then(Value::as_u64).unwrap_or(0) == 0 {
        map.insert("id".into(), json!(*next));
    }
    *next += 1;
    match map.get("type").and_then(Value::as_u64) {
        Some(3 | 5..=8) => {
            map.entry("min_values").or_insert(json!(1));
            map.entry("max_values").or_insert(json!(1));
        }
        Some(14) => {
            map.entry("divider").or_insert(json!(true));
            map.entry("spacing").or_insert(json!(1));
        }
        Some(17) => {
            map.entry("accent_color").or_insert(Value::Null);
            map.entry("spoiler").or_insert(json!(false));
        }
        _ => {}
    }
    for name in ["components", "accessory", "component"] {
        match map.get_mut(name) {
            Some(Value::Array(children)) => children.iter_mut().for_each(|child| complete(child, next)),
            Some(child @ Value::Object(_)) => complete(child, next),
            _ => {}
        }
    }
}

/// All text displays inside, each on its own line.
pub(crate) fn all_text(components: &[Value], into: &mut String) {
    for component in components {
        if component["type"].as_u64() == Some(10) {
            into.push('\n');
            into.push_str(component["content"].as_str().unwrap_or_default());
        }
        if let Some(children) = component["components"].as_array() {
            all_text(children, into);
        }
    }
}

/// Whom a text calls.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Mentions {
    pub(crate) users: BTreeSet<u64>,
    pub(crate) roles: BTreeSet<u64>,
    pub(crate) everyone: bool,
}

pub(crate) fn mentions(text: &str) -> Mentions {
    let mut found =
        Mentions { everyone: text.contains("@everyone") || text.contains("@here"), ..Mentions::default() };
    for piece in text.split("<@").skip(1) {
        let Some((inside, _)) = piece.split_once('>') else { continue };
        if let Some(role) = inside.strip_prefix('&') {
            found.roles.extend(role.parse::<u64>());
        } else {
            found.users.extend(inside.strip_prefix('!').unwrap_or(inside).parse::<u64>());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mentions_are_found_in_text() {
        let found = mentions("<@1> and <@!2>, <@&3> <@x> <@4 @everyone");
        assert_eq!(found.users, BTreeSet::from([1, 2]));
        assert_eq!(found.roles, BTreeSet::from([3]));
        assert!(found.everyone);
    }

    #[test]
    fn every_component_gets_a_number() {
        let list = components(
            &json!([{"type": 1, "components": [{"type": 2, "style": 1, "label": "A", "custom_id": "a"},
            {"type": 2, "id": 9, "style": 1, "label": "B", "custom_id": "b"}]}]),
        );
        assert_eq!(list[0]["id"], 1);
        assert_eq!(list[0]["components"][0]["id"], 2);
        assert_eq!(list[0]["components"][1]["id"], 9);
    }
}
