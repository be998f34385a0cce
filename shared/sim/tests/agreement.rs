//! The rights this Discord computes are those that `discord::permission` computes: two people read one page of
//! Discord's docs, apart from each other.

use std::collections::BTreeMap;

use discord::permission::{self, Permissions, Place, Standing};
use discord::{ChannelId, GuildId, RoleId, UserId};
use proptest::prelude::*;
use sim::World;
use sim::state::{Channel, ChannelKind, Guild, Member, Overwrite, Role, Thread};

const GUILD: GuildId = GuildId(1);
const PARENT: ChannelId = ChannelId(50);
const THREAD: ChannelId = ChannelId(51);
const PERSON: UserId = UserId(100);
const NOW: i64 = 1_000;

/// Bits that matter for text: rights to see, write, moderate, and all.
fn bits() -> impl Strategy<Value = Permissions> {
    let some = [0, 3, 4, 10, 10, 11, 11, 12, 14, 15, 16, 17, 28, 31, 34, 35, 38, 38, 49];
    prop::sample::subsequence(some.to_vec(), 0..some.len()).prop_map(|bits| {
        Permissions(bits.into_iter().filter(|bit| *bit != 3).fold(0, |sum, bit| sum | 1 << bit))
    })
}

/// Administrators are rare, or nothing else would be tried.
fn role_bits() -> impl Strategy<Value = Permissions> {
    (bits(), prop::bool::weighted(0.1))
        .prop_map(|(bits, admin)| if admin { bits.or(Permissions::ADMINISTRATOR) } else { bits })
}

#[derive(Debug, Clone)]
struct Case {
    owner: bool,
    timed_out: bool,
    /// Rights of everyone and of three roles, and whether the person has each.
    roles: Vec<(Permissions, bool)>,
    /// What the channel gives and takes: to everyone, the three roles, and the person.
    overwrites: Vec<Option<(Permissions, Permissions)>>,
}

fn case() -> impl Strategy<Value = Case> {
    let roles = prop::collection::vec((role_bits(), any::<bool>()), 4);
    let overwrites = prop::collection::vec(prop::option::of((bits(), bits())), 5);
    (prop::bool::weighted(0.1), prop::bool::weighted(0.2), roles, overwrites)
        .prop_map(|(owner, timed_out, roles, overwrites)| Case { owner, timed_out, roles, overwrites })
}

fn channel(id: ChannelId, kind: ChannelKind, parent: Option<ChannelId>) -> Channel {
    Channel {
        id,
        kind,
        guild: Some(GUILD),
        name: "a".into(),
        parent,
        position: 0,
        topic: None,
        overwrites: Vec::new(),
        tags: Vec::new(),
        flags: 0,
        slow_mode: 0,
        nsfw: false,
        default_auto_archive_minutes: 60,
        thread: None,
        recipients: Vec::new(),
        last_message: None,
    }
}

/// The roles' ids: everyone's is the server's.
fn role(index: usize) -> RoleId {
    RoleId(1 + index as u64)
}

fn world(case: &Case) -> World {
    let mut world = World::default();
    let roles: BTreeMap<RoleId, Role> = case
        .roles
        .iter()
        .enumerate()
        .map(|(index, (permissions, _))| {
            let (id, position) = (role(index), i64::try_from(index).unwrap());
            let name = index.to_string();
            let permissions = *permissions;
            (
                id,
                Role {
                    id,
                    name,
                    permissions,
                    position,
                    color: 0,
                    hoist: false,
                    mentionable: false,
                    bot: None,
                },
            )
        })
        .collect();
    let held = held(case);
    let member = Member {
        user: PERSON,
        nick: None,
        roles: held.into_iter().collect(),
        joined_at: 0,
        timed_out_until: case.timed_out.then_some(NOW + 1),
    };
    let owner = if case.owner { PERSON } else { UserId(101) };
    let guild = Guild {
        id: GUILD,
        name: "a".into(),
        owner,
        locale: "fr".into(),
        features: std::collections::BTreeSet::default(),
        roles,
        members: BTreeMap::from([(PERSON, member)]),
        system_channel: None,
    };
    world.guilds.insert(GUILD, guild);
    let mut parent = channel(PARENT, ChannelKind::Text, None);
    parent.overwrites =
        overwrites(case).map(|(id, person, allow, deny)| Overwrite { id, person, allow, deny }).collect();
    world.channels.insert(PARENT, parent);
    let mut thread = channel(THREAD, ChannelKind::PublicThread, Some(PARENT));
    thread.thread = Some(Thread {
        owner: UserId(101),
        archived: false,
        locked: false,
        invitable: true,
        auto_archive_minutes: 60,
        archive_changed_at: 0,
        created_at: 0,
        tags: Vec::new(),
        members: std::collections::BTreeSet::default(),
        total_messages: 0,
    });
    world.channels.insert(THREAD, thread);
    world
}

fn held(case: &Case) -> Vec<RoleId> {
    case.roles
        .iter()
        .enumerate()
        .skip(1)
        .filter(|(_, (_, held))| *held)
        .map(|(index, _)| role(index))
        .collect()
}

/// Id, whether it is a person's, given, taken.
fn overwrites(case: &Case) -> impl Iterator<Item = (u64, bool, Permissions, Permissions)> {
    case.overwrites.iter().enumerate().filter_map(|(index, both)| {
        let (allow, deny) = (*both)?;
        // What is given is not taken by the same overwrite: Discord keeps one of the two.
        let deny = deny.without(allow);
        Some(if index == 4 { (PERSON.0, true, allow, deny) } else { (role(index).0, false, allow, deny) })
    })
}

proptest! {
    #[test]
    fn both_readings_of_the_docs_agree(case in case()) {
        let world = world(&case);
        let held = held(&case);
        let standing =
            Standing { guild: GUILD, user: PERSON, owner: case.owner, roles: &held, timed_out: case.timed_out };
        let roles = || case.roles.iter().enumerate().map(|(index, (bits, _))| (role(index), *bits));
        let given: Vec<permission::Overwrite> = overwrites(&case)
            .map(|(id, person, allow, deny)| permission::Overwrite {
                target: if person {
                    permission::Target::Member(UserId(id))
                } else {
                    permission::Target::Role(RoleId(id))
                },
                allow,
                deny,
            })
            .collect();
        for (id, place) in [(PARENT, Place::Text), (THREAD, Place::Thread)] {
            let theirs = standing.in_channel(roles(), &given, place);
            let ours = world.permissions(PERSON, id, NOW);
            // Bits that Discord has not defined yet are of no account.
            let known = Permissions((1 << 53) - 1);
            prop_assert_eq!(ours.and(known), theirs.and(known), "in {:?}", place);
            prop_assert_eq!(world.may_write(PERSON, id, NOW), theirs.may_write(place));
        }
    }
}
