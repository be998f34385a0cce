//! `docs/data.md` lists what the code of `store` and `directory` keeps.

use directory::{ChannelKey, Function, RoleKey};
use discord::{GuildId, UserId};
use store::{Key, Table, mark, outbox};
use tests::data::{assert_keys, assert_personal};

const GUILD: u64 = 101;
const USER: u64 = 102;
const INTERACTION: u64 = 103;
const PLACEHOLDERS: [(&str, &str); 3] = [("101", "<guild>"), ("102", "<user>"), ("103", "<interaction>")];

#[test]
fn every_key_of_the_mark_the_outbox_and_the_directory_is_listed_and_no_other() {
    let job = outbox::key("hub", GUILD, "<job>");
    let dead = Key::new(Table::Jobs("hub"), job.pk.clone(), "DEAD#<time>");
    assert_keys(
        "State table of every feature",
        &PLACEHOLDERS,
        &[("mark", mark::key("hub", GUILD, INTERACTION))],
    );
    assert_keys("Jobs table of every feature", &PLACEHOLDERS, &[("job", job), ("dead job", dead)]);
    assert_keys(
        "Directory",
        &PLACEHOLDERS,
        &[
            ("guild", directory::guild_key(GuildId(GUILD))),
            ("person", directory::person_key(GuildId(GUILD), UserId(USER))),
            ("promotion", directory::promotion_key(GuildId(GUILD), "<pid>")),
        ],
    );
}

#[test]
fn every_key_within_the_guild_item_is_listed() {
    let page = tests::tree::read("docs/data.md");
    let keys = RoleKey::ALL.iter().map(|key| key.key());
    let keys = keys.chain(ChannelKey::ALL.iter().map(|key| key.key()));
    for key in keys.chain(Function::ALL.iter().map(|key| key.key())) {
        assert!(page.contains(&format!("`{key}`")), "docs/data.md has no `{key}`");
    }
}

#[test]
fn every_personal_field_is_listed_as_it_is_declared() {
    assert_personal(&[("mark", mark::PERSONAL), ("job", outbox::PERSONAL), ("person", directory::PERSONAL)]);
}
