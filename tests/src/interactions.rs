//! Bodies as Discord posts them, for tests that need one without a whole Discord around it.
//!
//! Shapes: <https://docs.discord.com/developers/interactions/receiving-and-responding>. Everything that
//! Discord always sends is there, read or not.

use std::collections::BTreeMap;

use serde_json::{Value, json};

/// Who acts, where, in whose application. Ids are the same in every run.
#[derive(Debug, Clone)]
#[must_use]
pub struct Scene {
    /// The application that is addressed.
    pub application: u64,
    /// The server.
    pub guild: u64,
    /// The channel.
    pub channel: u64,
    /// Who acts.
    pub user: u64,
    /// The roles of who acts.
    pub roles: Vec<u64>,
    /// The language of who acts.
    pub locale: &'static str,
}

impl Scene {
    /// A French-speaking person without roles, in a server of their own.
    pub fn of(application: u64) -> Self {
        Self {
            application,
            guild: 900_000_000_000_000_001,
            channel: 900_000_000_000_000_002,
            user: 900_000_000_000_000_003,
            roles: Vec::new(),
            locale: "fr",
        }
    }

    /// What Discord sends to see whether an endpoint is there.
    pub fn ping(&self) -> Value {
        json!({
            "app_permissions": "0",
            "application_id": self.application.to_string(),
            "attachment_size_limit": 524_288,
            "authorizing_integration_owners": {},
            "entitlements": [],
            "id": "1286722323546112070",
            "token": "a-token-of-a-ping",
            "type": 1,
            "user": self.person(),
            "version": 1,
        })
    }

    /// `/name` with these options, each a name and a text.
    pub fn command(&self, id: u64, name: &str, options: &[(&str, &str)]) -> Value {
        self.delivery(id, 2, &json!({ "id": "7", "name": name, "type": 1, "options": typed(options) }))
    }

    /// The suggestions asked for while `option` of `/name` is being typed.
    pub fn autocomplete(&self, id: u64, name: &str, option: (&str, &str)) -> Value {
        let mut options = typed(&[option]);
        options[0]["focused"] = true.into();
        self.delivery(id, 4, &json!({ "id": "7", "name": name, "type": 1, "options": options }))
    }

    /// A press of the button with this id.
    pub fn press(&self, id: u64, custom_id: &str) -> Value {
        let mut delivery = self.delivery(id, 3, &json!({ "custom_id": custom_id, "component_type": 2 }));
        delivery["message"] = json!({
            "id": "900000000000000004",
            "channel_id": self.channel.to_string(),
            "content": "",
            "type": 0,
        });
        delivery
    }

    /// A form that was sent, each field with its text.
    pub fn submit(&self, id: u64, custom_id: &str, fields: &[(&str, &str)]) -> Value {
        let fields: Vec<Value> = fields
            .iter()
            .enumerate()
            .map(|(index, (name, text))| {
                json!({ "type": 18, "id": 2 * index + 1, "component": {
                    "type": 4, "id": 2 * index + 2, "custom_id": name, "value": text,
                }})
            })
            .collect();
        self.delivery(id, 5, &json!({ "custom_id": custom_id, "components": fields }))
    }

    fn delivery(&self, id: u64, kind: u8, data: &Value) -> Value {
        json!({
            "app_permissions": "2248473465835073",
            "application_id": self.application.to_string(),
            "attachment_size_limit": 10_485_760,
            "authorizing_integration_owners": { "0": self.guild.to_string() },
            "channel": { "id": self.channel.to_string(), "type": 0, "name": "ressources" },
            "channel_id": self.channel.to_string(),
            "context": 0,
            "data": data,
            "entitlements": [],
            "guild": { "id": self.guild.to_string(), "locale": "fr", "features": [] },
            "guild_id": self.guild.to_string(),
            "guild_locale": "fr",
            "id": id.to_string(),
            "locale": self.locale,
            "member": {
                "user": self.person(),
                "roles": self.roles.iter().map(u64::to_string).collect::<Vec<_>>(),
                "permissions": "2248473465835073",
                "joined_at": "2026-01-05T08:00:00.000000+00:00",
                "deaf": false,
                "mute": false,
                "flags": 0,
                "nick": null,
                "avatar": null,
            },
            "token": format!("a-token-of-{id}"),
            "type": kind,
            "version": 1,
        })
    }

    fn person(&self) -> Value {
        json!({
            "id": self.user.to_string(),
            "username": "ada",
            "global_name": "Ada",
            "discriminator": "0",
            "avatar": null,
            "public_flags": 0,
        })
    }
}

fn typed(options: &[(&str, &str)]) -> Value {
    options.iter().map(|(name, text)| json!({ "name": name, "type": 3, "value": text })).collect()
}

/// A form that a person was shown, to be filled in by its labels.
#[derive(Debug, Clone)]
pub struct Form {
    custom_id: String,
    /// Name of each field, by its label.
    names: BTreeMap<String, String>,
}

impl Form {
    /// The form of an answer.
    ///
    /// # Panics
    /// When the answer shows none.
    #[track_caller]
    pub fn of(answer: &Value) -> Self {
        assert_eq!(answer["type"], 9, "a form was expected, not {answer}");
        let fields = answer["data"]["components"].as_array().into_iter().flatten();
        let names = fields.filter_map(|field| {
            let name = field["component"]["custom_id"].as_str()?;
            Some((field["label"].as_str()?.to_owned(), name.to_owned()))
        });
        let custom_id = answer["data"]["custom_id"].as_str().expect("a form has a custom_id");
        Self { custom_id: custom_id.to_owned(), names: names.collect() }
    }

    /// The form sent as interaction `id` with these texts, each under the label that is shown.
    ///
    /// # Panics
    /// When a label is not on the form.
    #[track_caller]
    pub fn sent(&self, scene: &Scene, id: u64, texts: &[(&str, &str)]) -> Value {
        let named: Vec<(&str, &str)> = texts
            .iter()
            .map(|(label, text)| {
                let name =
                    self.names.get(*label).unwrap_or_else(|| panic!("no {label} among {:?}", self.names));
                (name.as_str(), *text)
            })
            .collect();
        scene.submit(id, &self.custom_id, &named)
    }
}
