//! `docs/data.md` lists what the hub keeps: every key, and every personal field as it is declared.

use app::Timestamp;
use discord::{ChannelId, GuildId, MessageId, UserId};
use hub::case::model::{About, CASE_PERSONAL, Case, CaseId, QUEUED_PERSONAL};
use hub::history::{Event, LINE_PERSONAL, Line, NOBODY, Target};
use hub::inbox::model::{NOTICE_PERSONAL, Notice, SEEN_PERSONAL};
use hub::model::{
    DRAFT_PERSONAL, RATE_PERSONAL, RESOURCE_PERSONAL, Resource, ResourceId, VOTE_PERSONAL, VOTED_PERSONAL,
};
use hub::obsolete::model::OPINION_PERSONAL;
use hub::report::model::{EVIDENCE_PERSONAL, REPORT_PERSONAL, REPORTER_PERSONAL};
use hub::sanction::model::{Measure, PROPOSAL_PERSONAL, SANCTION_PERSONAL, SUSPENSION_PERSONAL, Sanction};
use hub::save::model::{COUNT_PERSONAL, SAVED_PERSONAL};
use hub::share::post::Posted;
use hub::theme::items::VOICES_PERSONAL;
use hub::{blacklist, case, check, history, inbox, items, obsolete, report, sanction, save, tally, theme};
use sha2::{Digest as _, Sha256};
use store::{Key, Write};
use tests::data::{assert_keys, assert_personal};

const GUILD: GuildId = GuildId(101);
const USER: UserId = UserId(102);
const MESSAGE: MessageId = MessageId(103);
const INTERACTION: u64 = 104;
/// In hour 490 000 since 1970.
const NOW: Timestamp = Timestamp(1_764_000_000_105);
const RESOURCE: ResourceId = ResourceId::new(106);
const CASE: CaseId = CaseId::new(107);
const LINK: &str = "example.org/cours";
const HOST: &str = "example.org";
const THEME: &str = "Rust avancé";

/// The keys of these writes.
fn keys<const N: usize>(writes: [Write; N]) -> [Key; N] {
    writes.map(|write| write.key().clone())
}

/// What stands behind the last `mark` of a sort key.
fn behind(key: &Key, mark: char) -> &str {
    key.sk.rsplit(mark).next().unwrap_or_default()
}

#[test]
fn every_key_of_the_hub_is_listed_and_no_other() {
    let resource = Resource::new(RESOURCE, "Le livre", "Pour bien commencer.", USER, NOW.0);
    let posted = Posted { thread: ChannelId(1), message_in: None };
    let [_, card, published] = keys(items::published(GUILD, &resource, posted, NOW));
    let [voices, own_voice] = keys(theme::items::suggest(GUILD, RESOURCE, "<theme>", USER, None, NOW));
    let [wanted, own_wish] = keys(theme::items::want(GUILD, THEME, USER, None, NOW));
    let counter = tally::count(GUILD, RESOURCE, USER, tally::Change::default()).key().clone();
    let notice = inbox::tell(GUILD, USER, Notice::Level { level: 2 }, NOW).key().clone();
    let told = [Target::Resource(RESOURCE), Target::Person(USER), Target::Library]
        .map(|target| history::line(GUILD, target, Line::new(NOBODY, Event::Created), NOW).key().clone());
    let [of_resource, of_person, of_library] = told.clone();

    let opened = Case::new(CASE, About::Resource(RESOURCE), "Le livre", USER, NOW.0);
    let opened = case::items::create(GUILD, &opened);
    let measure = Sanction {
        measure: Measure::Warning,
        by: NOBODY,
        at: NOW.0,
        until: None,
        reason: String::new(),
        case: None,
        lifted_at: None,
    };

    let (resource_name, case_name) = (RESOURCE.to_string(), CASE.to_string());
    let (shard, hour) = (format!("{:02}", tally::shard_of(USER)), format!("{:07}", items::hour(NOW)));
    let (hash, wish) = (hex::encode(Sha256::digest(LINK)), theme::items::wish_id(THEME));
    let host = hex::encode(Sha256::digest(HOST));
    // Longer ones first: `101` may stand within a hash.
    let placeholders = [
        (hash.as_str(), "<sha256 of the key>"),
        (host.as_str(), "<sha256 of the host>"),
        (wish.as_str(), "<hash of the name>"),
        (behind(&told[0], '#'), "<hash of the line>"),
        (behind(&notice, '-'), "<mark>"),
        ("1764000000105", "<moment>"),
        (resource_name.as_str(), "<resource>"),
        (case_name.as_str(), "<case>"),
        ("G#101", "G#<guild>"),
        ("102", "<user>"),
        ("103", "<message>"),
        ("104", "<interaction>"),
        (hour.as_str(), "<hour>"),
    ];
    let numbered = |key: Key, name: &str| Key::new(key.table, key.pk, key.sk.replace(&shard, name));
    assert_keys(
        "Hub",
        &placeholders,
        &[
            ("resource", items::resource(GUILD, RESOURCE)),
            ("vote", items::vote(GUILD, RESOURCE, USER)),
            ("reservation", items::reservation(GUILD, LINK)),
            ("host", check::items::slot(HOST)),
            ("what a member says of its age", obsolete::items::opinion(GUILD, RESOURCE, USER)),
            ("saved", save::items::saved(GUILD, USER, RESOURCE)),
            ("number of saved", save::items::count(GUILD, USER)),
            ("own resource", items::own_resource(GUILD, RESOURCE, USER)),
            ("counter", numbered(counter, "<nn>")),
            ("votes of an hour", items::voted(GUILD, USER, NOW)),
            ("draft", items::draft(GUILD, USER, INTERACTION)),
            ("rate", items::rate(GUILD, USER)),
            ("notice", notice.clone()),
            ("seen news", inbox::items::seen(GUILD, USER)),
            ("themes", items::themes(GUILD)),
            ("voices for a theme", voices),
            ("own voice", own_voice),
            ("wanted theme", wanted),
            ("own wish", own_wish),
            ("published", published),
            ("figures", items::figures(GUILD)),
            ("card", card),
            ("history line", of_resource),
            ("history line", of_person),
            ("history line", of_library),
            ("case", case::items::case(GUILD, CASE)),
            ("report", report::items::report(GUILD, CASE, USER)),
            ("queue", case::items::place(GUILD, &format!("<rank>#<opened>#{CASE}"))),
            ("own report", report::items::own_report(GUILD, CASE, USER)),
            ("case about oneself", opened[1].key().clone()),
            ("sanction", sanction::items::take(GUILD, USER, &measure).key().clone()),
            ("suspension", sanction::items::suspension(GUILD, USER)),
            ("proposed exclusion", sanction::items::proposal(GUILD, USER)),
            ("blacklist", blacklist::items::blacklist(GUILD)),
            ("reporter", report::items::reporter(GUILD, USER)),
            ("evidence", report::items::evidence(GUILD, USER, MESSAGE)),
            ("case of a person, of a message", report::items::of_target(GUILD, USER)),
            ("case of a person, of a message", report::items::of_message(GUILD, MESSAGE)),
            ("thresholds", report::items::thresholds(GUILD)),
        ],
    );
}

#[test]
fn every_personal_field_of_the_hub_is_listed_as_it_is_declared() {
    assert_personal(&[
        ("resource", RESOURCE_PERSONAL),
        ("vote", VOTE_PERSONAL),
        ("what a member says of its age", OPINION_PERSONAL),
        ("saved", SAVED_PERSONAL),
        ("number of saved", COUNT_PERSONAL),
        ("votes of an hour", VOTED_PERSONAL),
        ("draft", DRAFT_PERSONAL),
        ("rate", RATE_PERSONAL),
        ("notice", NOTICE_PERSONAL),
        ("seen news", SEEN_PERSONAL),
        ("voices for a theme, wanted theme", VOICES_PERSONAL),
        ("history line", LINE_PERSONAL),
        ("sanction", SANCTION_PERSONAL),
        ("suspension", SUSPENSION_PERSONAL),
        ("proposed exclusion", PROPOSAL_PERSONAL),
        ("case", CASE_PERSONAL),
        ("queue", QUEUED_PERSONAL),
        ("report", REPORT_PERSONAL),
        ("reporter", REPORTER_PERSONAL),
        ("evidence", EVIDENCE_PERSONAL),
    ]);
}
