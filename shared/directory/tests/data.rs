//! `docs/data.md` lists what the code of `store` and `directory` keeps.

use directory::{ChannelKey, Function, RoleKey};
use discord::{GuildId, UserId};
use store::personal::{Basis, PersonalField};
use store::{Key, mark, outbox};

const PAGE: &str = include_str!("../../../docs/data.md");

/// Keys made with these ids become patterns.
const GUILD: u64 = 101;
const USER: u64 = 102;
const INTERACTION: u64 = 103;

fn pattern(key: &Key) -> String {
    format!("`{}` · `{}`", key.pk, key.sk)
        .replace("101", "<guild>")
        .replace("102", "<user>")
        .replace("103", "<interaction>")
}

#[test]
fn every_key_of_store_and_directory_is_listed() {
    let keys = [
        mark::key("hub", GUILD, INTERACTION),
        outbox::key("hub", GUILD, "<job>"),
        directory::guild_key(GuildId(GUILD)),
        directory::person_key(GuildId(GUILD), UserId(USER)),
        directory::promotion_key(GuildId(GUILD), "<pid>"),
    ];
    for key in keys {
        let row = format!("| {} |", pattern(&key));
        assert!(PAGE.contains(&row), "docs/data.md has no {row}");
    }
}

#[test]
fn every_key_within_the_guild_item_is_listed() {
    let keys = RoleKey::ALL.iter().map(|key| key.key());
    let keys = keys.chain(ChannelKey::ALL.iter().map(|key| key.key()));
    for key in keys.chain(Function::ALL.iter().map(|key| key.key())) {
        assert!(PAGE.contains(&format!("`{key}`")), "docs/data.md has no `{key}`");
    }
}

#[test]
fn every_personal_field_is_listed_as_it_is_declared() {
    let items: [(&str, &[PersonalField]); 3] =
        [("mark", mark::PERSONAL), ("job", outbox::PERSONAL), ("person", directory::PERSONAL)];
    for (item, fields) in items {
        for PersonalField { field, purpose, basis, retention } in fields {
            let basis = match basis {
                Basis::Service => "service",
                Basis::LegitimateInterest => "legitimate interest",
                Basis::Consent => "consent",
                Basis::LegalObligation => "legal obligation",
            };
            let row = format!("| {item} | `{field}` | {purpose} | {basis} | {retention} |");
            assert!(PAGE.contains(&row), "docs/data.md has no {row}");
        }
    }
}
