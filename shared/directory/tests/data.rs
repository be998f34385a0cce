//! `docs/data.md` lists what the code of `store` and `directory` keeps.

use aws_sdk_dynamodb::types::AttributeValue;
use directory::{ChannelKey, Function, Guild, RoleKey};
use discord::{ApplicationId, ChannelId, GuildId, RoleId, UserId};
use store::{Key, Table, mark, outbox};
use tests::data::{assert_keys, assert_personal};

const GUILD: u64 = 101;
const USER: u64 = 102;
const INTERACTION: u64 = 103;
const APPLICATION: u64 = 104;
const PLACEHOLDERS: [(&str, &str); 4] =
    [("101", "<guild>"), ("102", "<user>"), ("103", "<interaction>"), ("104", "<application>")];

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
            ("application", directory::application_key(GuildId(GUILD), ApplicationId(APPLICATION))),
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
fn the_server_that_the_runbook_sets_up_is_the_one_it_describes() {
    let page = tests::tree::read("docs/runbook.md");
    let item = page.split("--item '").nth(1).and_then(|rest| rest.split('\'').next()).expect("an item");
    let item: serde_json::Value = serde_json::from_str(item).expect("it is JSON");
    let guild = Guild::load(Some(attributes(&item))).expect("it loads");
    let described = Guild::default()
        .role(RoleKey::Learner, RoleId(2))
        .role(RoleKey::Trainer, RoleId(3))
        .role(RoleKey::Moderator, RoleId(4))
        .channel(ChannelKey::Hub, ChannelId(5))
        .channel(ChannelKey::Moderation, ChannelId(6));
    assert_eq!(guild, described);
    let key = directory::guild_key(GuildId(1));
    assert_eq!((item["pk"]["S"].as_str(), item["sk"]["S"].as_str()), (Some(&*key.pk), Some(&*key.sk)));
    // What `put_guild` writes has each of these as the same kind of attribute.
    let written = directory::put_guild(GuildId(1), &described).item().expect("a put has an item");
    for (name, value) in attributes(&item) {
        assert_eq!(written.get(&name), Some(&value), "{name}");
    }
}

/// An item as the command line of AWS takes it.
fn attributes(json: &serde_json::Value) -> store::Item {
    let map = json.as_object().expect("an item");
    map.iter().map(|(name, value)| (name.clone(), attribute(value))).collect()
}

fn attribute(json: &serde_json::Value) -> AttributeValue {
    let (kind, value) = json.as_object().and_then(|map| map.iter().next()).expect("a typed value");
    let text = || value.as_str().expect("a text").to_owned();
    match kind.as_str() {
        "S" => AttributeValue::S(text()),
        "N" => AttributeValue::N(text()),
        "L" => AttributeValue::L(value.as_array().expect("a list").iter().map(attribute).collect()),
        "M" => AttributeValue::M(attributes(value)),
        kind => panic!("no attribute of the runbook is a {kind}"),
    }
}

#[test]
fn every_personal_field_is_listed_as_it_is_declared() {
    assert_personal(&[("mark", mark::PERSONAL), ("job", outbox::PERSONAL), ("person", directory::PERSONAL)]);
}
