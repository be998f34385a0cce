//! Keys, reads and writes. Every pattern is listed in `docs/data.md`.

use app::Timestamp;
use discord::{ChannelId, GuildId, UserId};
use sha2::{Digest, Sha256};
use store::{Condition, Key, Query, Store, StoreError, Table, Update, Write};

use crate::case::{self, model::CaseId};
use crate::model::{
    Card, Draft, Listed, Rate, Resource, ResourceId, SharedLink, State, Themes, Upload, Vote,
};
use crate::obsolete::items::said_as;
use crate::share::Reservation;
use crate::share::post::Posted;
use crate::tally;

/// The state table of the hub.
pub const STATE: Table = Table::State("hub");

/// How long a draft is kept, in seconds: 14 days.
///
/// Source: product README §6.
const DRAFT_SECS: i64 = 14 * 24 * 3600;

/// How long a vote names its voter, in seconds: 24 months. The counters keep it.
///
/// Source: HUB §15.4.
pub(crate) const VOTE_SECS: i64 = 730 * 24 * 3600;

/// How often one person may vote in an hour, withdrawing included.
///
/// Source: HUB §9.
pub const VOTES_AN_HOUR: u32 = 60;

/// Most of one's own resources that a list looks at. One a day for three years, at 80 bytes each.
const OWN_MAX: u32 = 1_000;

/// Most cards that one search reads: one page of about 250 bytes each stays under DynamoDB's 1 MB.
pub const CARDS_MAX: u32 = 3_000;

/// Everything that belongs to one resource has this partition.
pub(crate) fn resource_pk(guild: GuildId, id: ResourceId) -> String {
    format!("G#{guild}#R#{id}")
}

/// Everything that belongs to one person has this partition.
pub(crate) fn person_pk(guild: GuildId, user: UserId) -> String {
    format!("G#{guild}#U#{user}")
}

/// A resource.
pub fn resource(guild: GuildId, id: ResourceId) -> Key {
    Key::new(STATE, resource_pk(guild, id), "META")
}

/// A resource as it is stored; its counters stand beside it, see [`tally`].
///
/// # Errors
/// When the table cannot be read, or the item does not load: our mistake.
pub async fn read(store: &Store, guild: GuildId, id: ResourceId) -> Result<Option<Resource>, StoreError> {
    store.get(&resource(guild, id)).await?.map(store::read).transpose()
}

/// Who has a link or the content of a file. The key is hashed, so that no typed text is in it.
pub fn reservation(guild: GuildId, key: &str) -> Key {
    Key::new(STATE, format!("G#{guild}#K#{}", hex::encode(Sha256::digest(key))), "KEY")
}

/// The opinion of one person on one resource.
pub fn vote(guild: GuildId, id: ResourceId, user: UserId) -> Key {
    Key::new(STATE, resource_pk(guild, id), format!("VOTE#{user}"))
}

/// On what a person voted in one hour, and how often: to be found from the person.
pub fn voted(guild: GuildId, user: UserId, at: Timestamp) -> Key {
    Key::new(STATE, person_pk(guild, user), format!("VOTED#{:07}", hour(at)))
}

/// Votes are limited by the hour, as clocks show it.
pub fn hour(at: Timestamp) -> i64 {
    at.secs().div_euclid(3600)
}

/// A resource, to be found from its author.
pub fn own_resource(guild: GuildId, id: ResourceId, user: UserId) -> Key {
    Key::new(STATE, person_pk(guild, user), format!("MINE#{id}"))
}

/// What one person has shared, as far as a list shows it.
pub fn own_resources(guild: GuildId, user: UserId) -> Query {
    Query::of(STATE, person_pk(guild, user)).prefix("MINE#").limit(OWN_MAX)
}

/// A draft, named by the interaction that kept it.
pub fn draft(guild: GuildId, user: UserId, draft: u64) -> Key {
    Key::new(STATE, person_pk(guild, user), format!("DRAFT#{draft}"))
}

/// How often a person has shared lately.
pub fn rate(guild: GuildId, user: UserId) -> Key {
    Key::new(STATE, person_pk(guild, user), "RATE")
}

/// The themes of a server.
pub fn themes(guild: GuildId) -> Key {
    Key::new(STATE, format!("G#{guild}"), "THEMES")
}

/// Figures of a server.
pub fn figures(guild: GuildId) -> Key {
    Key::new(STATE, format!("G#{guild}"), "FIGURES")
}

fn card(guild: GuildId, id: ResourceId) -> Key {
    Key::new(STATE, format!("G#{guild}#INDEX"), format!("CARD#{id}"))
}

/// Everything that can be found, at most [`CARDS_MAX`].
pub fn cards(guild: GuildId) -> Query {
    Query::of(STATE, format!("G#{guild}#INDEX")).prefix("CARD#").limit(CARDS_MAX)
}

/// One of the items that are kept with a person, by its sort key.
pub(crate) fn kept_with(guild: GuildId, user: UserId, sk: &str) -> Key {
    Key::new(STATE, person_pk(guild, user), sk)
}

/// Everything that is kept with one person: drafts, own resources, own votes, rate.
pub fn of_person(guild: GuildId, user: UserId) -> Query {
    Query::of(STATE, person_pk(guild, user)).consistent()
}

/// Where a resource stands in the list of all that are published.
pub(crate) fn listed(guild: GuildId, id: ResourceId) -> Key {
    Key::new(STATE, format!("G#{guild}#ALL"), format!("R#{id}"))
}

/// What is published, in the order of ids, with the themes of each.
pub fn all(guild: GuildId, after: Option<ResourceId>, limit: u32) -> Query {
    // `!` sorts before every letter of an id, so this is just behind the one that was read last.
    let from = after.map_or_else(|| "R#".to_owned(), |id| format!("R#{id}!"));
    Query::of(STATE, format!("G#{guild}#ALL")).between(from.as_str(), "R#~").limit(limit)
}

/// Searches and the list of all know the resource as it is now: whoever changes title, description or
/// themes of what is published writes this with it. Searches leave out what has a dead link.
pub fn found_again(guild: GuildId, resource: &Resource) -> Vec<Write> {
    let Some(thread) = resource.thread else { return Vec::new() };
    if resource.health.is_dead() {
        return vec![leave_lists(guild, resource.id), list(guild, resource)];
    }
    let found = found(resource, thread, resource.published_at.unwrap_or(resource.sent_at));
    vec![Write::put(card(guild, resource.id), &found), list(guild, resource)]
}

/// What searches know of a resource.
fn found(resource: &Resource, thread: ChannelId, published_at: i64) -> Card {
    Card {
        id: resource.id,
        title: resource.title.clone(),
        themes: resource.theme_names(),
        thread,
        published_at,
    }
}

/// The list of all knows its themes as they are now.
pub(crate) fn list(guild: GuildId, resource: &Resource) -> Write {
    let themes = resource.themes.iter().map(|theme| theme.id.clone()).collect();
    Write::put(listed(guild, resource.id), &Listed { id: resource.id, themes })
}

fn reserve(guild: GuildId, key: &str, id: ResourceId) -> Write {
    Write::create(reservation(guild, key), &Reservation { resource: id })
}

/// A new resource, with its keys and its place among the author's.
pub fn create_resource(guild: GuildId, resource: &Resource) -> Vec<Write> {
    #[derive(serde::Serialize)]
    struct Mine {
        sent_at: i64,
    }
    let id = resource.id;
    let mut writes = vec![
        Write::create(self::resource(guild, id), resource),
        Write::create(own_resource(guild, id, resource.author), &Mine { sent_at: resource.sent_at }),
    ];
    writes.extend(resource.keys().map(|key| reserve(guild, key, id)));
    writes
}

/// The content of its file is known, and nobody else has it.
pub fn reserve_file(guild: GuildId, id: ResourceId, key: &str) -> [Write; 2] {
    [
        reserve(guild, key, id),
        Write::update(resource(guild, id), Update::new().set("file_key", key))
            .when(Condition::equals("state", State::EnVerification.word())),
    ]
}

/// The link behind a short one is known, and nobody else has it. The short one stays reserved.
pub fn follow_short(guild: GuildId, resource: &Resource, short: &str, link: &SharedLink) -> [Write; 2] {
    let update =
        Update::new().set("link", store::Value::of(link).expect("plain data")).set("short_key", short);
    [
        reserve(guild, &link.key, resource.id),
        Write::update(self::resource(guild, resource.id), update).when(Condition::all([
            Condition::equals("state", State::EnVerification.word()),
            Condition::lacks("short_key"),
        ])),
    ]
}

/// The worker is about to open the post of a resource.
pub fn posting(guild: GuildId, id: ResourceId, now: Timestamp) -> Write {
    Write::update(resource(guild, id), Update::new().set("posting_since", now.0))
        .when(Condition::equals("state", State::EnVerification.word()))
}

/// The resource is published: it has its post, and can be found.
pub fn published(guild: GuildId, resource: &Resource, posted: Posted, now: Timestamp) -> [Write; 3] {
    let Posted { thread, message_in } = posted;
    let mut update = Update::new()
        .set("state", State::Publiee.word())
        .set("thread", thread.to_string())
        .set("published_at", now.0)
        .set("hot", Resource { published_at: Some(now.0), ..resource.clone() }.hot_now());
    if let Some(channel) = message_in {
        update = update.set("message_in", channel.to_string());
    }
    [
        Write::update(self::resource(guild, resource.id), update)
            .when(Condition::equals("state", State::EnVerification.word())),
        Write::create(card(guild, resource.id), &found(resource, thread, now.0)),
        list(guild, resource),
    ]
}

/// A resource that could not be published becomes a draft again, and its keys are free.
pub fn back_to_draft(
    guild: GuildId,
    resource: &Resource,
    file: Option<Upload>,
    draft_id: u64,
    now: Timestamp,
) -> Vec<Write> {
    let kept = as_draft(resource, file);
    let mut writes = vec![
        Write::delete(self::resource(guild, resource.id))
            .when(Condition::equals("state", State::EnVerification.word())),
        Write::delete(own_resource(guild, resource.id, resource.author)),
        keep_draft(guild, resource.author, draft_id, &kept, now),
    ];
    writes.extend(resource.keys().map(|key| Write::delete(reservation(guild, key))));
    writes
}

/// What was typed of a resource.
fn as_draft(resource: &Resource, file: Option<Upload>) -> Draft {
    Draft {
        link: resource.original.clone().unwrap_or_default(),
        title: resource.title.clone(),
        description: resource.description.clone(),
        themes: resource.themes.iter().map(|theme| theme.id.clone()).collect(),
        file,
    }
}

/// Keeps what was typed, for 14 days.
pub fn keep_draft(guild: GuildId, user: UserId, id: u64, kept: &Draft, now: Timestamp) -> Write {
    Write::put(draft(guild, user, id), kept).expires(now.secs() + DRAFT_SECS)
}

/// A draft becomes a resource: only once, however often the form is sent.
pub fn consume_draft(guild: GuildId, user: UserId, id: u64) -> Write {
    Write::delete(draft(guild, user, id)).when(Condition::exists())
}

/// Counts one more share of a person, if nobody counted meanwhile.
pub fn count_share(guild: GuildId, user: UserId, seen: Option<&Rate>, next: &Rate, now: Timestamp) -> Write {
    let unchanged = match seen {
        Some(rate) => Condition::any([
            Condition::equals("shares", store::Value::of(&rate.shares).expect("a list of numbers")),
            Condition::absent(),
        ]),
        None => Condition::gone(now.secs()),
    };
    Write::put(rate(guild, user), next).when(unchanged).expires(now.secs() + 24 * 3600)
}

/// One link that did not have to be published twice.
pub fn count_duplicate(guild: GuildId) -> Write {
    Write::update(figures(guild), Update::new().add("duplicates", 1))
}

/// The opinion of a person goes from `seen` to `next`, and the counters with it. Three small items that
/// nobody else writes, but for those who share the counter.
pub fn cast_vote(
    guild: GuildId,
    id: ResourceId,
    user: UserId,
    seen: Option<Vote>,
    next: Option<Vote>,
    now: Timestamp,
) -> [Write; 3] {
    let ends = now.secs() + VOTE_SECS;
    let key = vote(guild, id, user);
    let unchanged = match seen {
        Some(vote) => Condition::equals("useful", vote.useful),
        None => Condition::gone(now.secs()),
    };
    let vote = match next {
        Some(next) => Write::put(key, &next).expires(ends),
        None => Write::delete(key),
    };
    let mut change = tally::Change::default();
    for (vote, amount) in [(seen, -1), (next, 1)] {
        match vote {
            Some(Vote { useful: true, .. }) => change.up += amount,
            Some(Vote { useful: false, .. }) => change.down += amount,
            None => {}
        }
    }
    [
        vote.when(unchanged),
        pressed(guild, user, now, id.to_string(), next.map(|next| next.useful)),
        tally::count(guild, id, user, change),
    ]
}

/// One press more of a person in this hour, if there are not too many, and what came of it under its
/// name: by that it is found again from the person.
pub(crate) fn pressed(
    guild: GuildId,
    user: UserId,
    now: Timestamp,
    name: String,
    choice: Option<bool>,
) -> Write {
    let presses = Update::new().add("presses", 1);
    let presses = match choice {
        Some(choice) => presses.set(name, choice),
        None => presses.remove(name),
    };
    let below = Condition::any([Condition::lacks("presses"), Condition::less("presses", VOTES_AN_HOUR)]);
    Write::update(voted(guild, user, now), presses).when(below).expires(now.secs() + VOTE_SECS)
}

/// A resource has a case from now on, is hidden, or both: one of the two is true.
pub fn reported(guild: GuildId, resource: &Resource, case: Option<CaseId>, hides: bool) -> Write {
    let mut write = Update::new();
    let mut unchanged = vec![Condition::equals("state", resource.state.word())];
    if let Some(case) = case {
        write = write.set("case", case.to_string());
        unchanged.push(Condition::lacks("case"));
    }
    if hides {
        write = write.set("state", State::Masquee.word());
    }
    Write::update(self::resource(guild, resource.id), write).when(Condition::all(unchanged))
}

/// The case of a resource is decided: it is shown, hidden or gone as decided, and can be reported again.
pub fn ruled(guild: GuildId, seen: &Resource, next: State, case: CaseId) -> Vec<Write> {
    let mut update = Update::new();
    if seen.case == Some(case) {
        update = update.remove("case");
    }
    if next != seen.state {
        update = update.set("state", next.word());
    }
    if next == State::Retiree {
        update = update.set("removed_by", case.to_string());
    } else if seen.removed_by.is_some() {
        update = update.remove("removed_by");
    }
    let ruled =
        Write::update(resource(guild, seen.id), update).when(Condition::equals("state", seen.state.word()));
    let lists = match next {
        _ if next == seen.state => Vec::new(),
        State::Publiee => found_again(guild, seen),
        _ => vec![leave_lists(guild, seen.id)],
    };
    [ruled].into_iter().chain(lists).collect()
}

/// A resource is found no longer.
pub fn leave_lists(guild: GuildId, id: ResourceId) -> Write {
    Write::delete(card(guild, id))
}

/// The resources of an item of votes by the hour.
pub(crate) fn voted_on(item: &store::Item) -> impl Iterator<Item = ResourceId> {
    item.keys().filter_map(|name| name.parse().ok())
}

/// The post shows what was counted and whether its thread is closed, and the resource knows it, with its
/// place among what is trending.
/// Whoever votes meanwhile has it refreshed once more, so the last one is right.
pub fn refreshed(
    guild: GuildId,
    counted: &Resource,
    now: Timestamp,
    shut: bool,
    file_kept: Option<case::model::Posted>,
) -> Write {
    let update = sums(counted).set("refreshed_at", now.0).set("shut", shut);
    let update = match file_kept {
        Some(kept) => update.set("file_kept", store::Value::of(&kept).expect("two ids")),
        None => update.remove("file_kept"),
    };
    Write::update(resource(guild, counted.id), update).when(as_counted(counted))
}

/// The file of a resource waits here while nobody is to see it.
pub fn file_kept(guild: GuildId, id: ResourceId, kept: case::model::Posted) -> Write {
    let kept = store::Value::of(&kept).expect("two ids");
    Write::update(resource(guild, id), Update::new().set("file_kept", kept)).when(Condition::exists())
}

/// The resource knows what was counted, although no post shows it.
pub fn counted(guild: GuildId, counted: &Resource) -> Write {
    Write::update(resource(guild, counted.id), sums(counted)).when(as_counted(counted))
}

/// Nobody has hidden or shown it meanwhile, nor said alone that it is out of date: else the post shows what
/// was, and is planned anew.
fn as_counted(counted: &Resource) -> Condition {
    Condition::all([Condition::equals("state", counted.state.word()), said_as(counted.said_obsolete)])
}

fn sums(counted: &Resource) -> Update {
    let update = Update::new()
        .set("up", counted.up)
        .set("down", counted.down)
        .set("old", counted.old)
        .set("valid", counted.valid)
        .set("obsolete", counted.obsolete)
        .set("hot", counted.hot_now());
    match counted.told_obsolete_at {
        Some(at) => update.set("told_obsolete_at", at),
        None => update,
    }
}

/// The resource stays, without the name of who shared it.
pub fn forget_author(guild: GuildId, id: ResourceId) -> Write {
    Write::update(resource(guild, id), Update::new().set("author", "0").remove("original"))
        .when(Condition::exists())
}

/// The themes of a server are these.
pub fn put_themes(guild: GuildId, all: &Themes) -> Write {
    Write::put(themes(guild), all)
}
