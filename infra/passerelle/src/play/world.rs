//! The ready server: a school with two promotions on two campuses, and people of every role.

use directory::{ChannelKey, Membership, MembershipStatus, Person, Promotion, PromotionStatus, RoleKey};
use discord::permission::Permissions;
use discord::{ApplicationId, ChannelId, GuildId, RoleId, UserId};
use hub::model::{Theme, Themes};
use sim::page::Form;
use sim::{Endpoint, NewApplication, NewChannel, NewGuild, NewRole, Sim};
use store::Store;

use super::snapshot::Keys;

/// Name of the application and its bot.
const APPLICATION: &str = "Passerelle";
/// Name of the ready server.
const GUILD: &str = "École Passerelle";

/// The two promotions: identity, name, formation, campus, first and last day.
const PROMOTIONS: [Cohort; 2] = [
    Cohort {
        pid: "montreuil26",
        name: "DWWM Montreuil 2026",
        formation: "DWWM",
        campus: "MTL",
        starts: "2026-09-07",
        ends: "2027-06-25",
    },
    Cohort {
        pid: "lyon26",
        name: "Data Lyon 2026",
        formation: "DATA",
        campus: "LYO",
        starts: "2026-10-05",
        ends: "2027-07-30",
    },
];

struct Cohort {
    pid: &'static str,
    name: &'static str,
    formation: &'static str,
    campus: &'static str,
    starts: &'static str,
    ends: &'static str,
}

/// Somebody one can be: user name, shown name, the form of words they use for themself, language, roles,
/// and the promotion as an index of [`PROMOTIONS`].
struct Cast {
    username: &'static str,
    name: &'static str,
    form: Form,
    locale: &'static str,
    roles: &'static [RoleKey],
    promotion: Option<usize>,
}

/// People of every role. The first one is who a visitor is at first.
const CAST: [Cast; 12] = [
    who("karim", "Karim", Form::Masculine, "fr", &[RoleKey::Learner], Some(0)),
    who("chloe", "Chloé", Form::Feminine, "fr", &[RoleKey::Learner, RoleKey::Delegate], Some(0)),
    who("amina", "Amina", Form::Feminine, "en-GB", &[RoleKey::Learner], Some(1)),
    who("nadia", "Nadia", Form::Feminine, "fr", &[RoleKey::Newcomer], None),
    who("lea", "Léa", Form::Feminine, "fr", &[RoleKey::Alumni], None),
    who("ines", "Inès", Form::Feminine, "fr", &[RoleKey::Mentor, RoleKey::MentoringLead], None),
    who("marc", "Marc", Form::Masculine, "fr", &[RoleKey::Trainer], Some(0)),
    who("sophie", "Sophie", Form::Feminine, "fr", &[RoleKey::ProjectManager], Some(1)),
    who("guillaume", "Guillaume", Form::Masculine, "fr", &[RoleKey::Director], None),
    who("idris", "Idris", Form::Masculine, "fr", &[RoleKey::Moderator], None),
    who("hugo", "Hugo", Form::Masculine, "en-GB", &[RoleKey::Partner], None),
    who("aicha", "Aïcha", Form::Feminine, "fr", &[RoleKey::Admin], None),
];

const fn who(
    username: &'static str,
    name: &'static str,
    form: Form,
    locale: &'static str,
    roles: &'static [RoleKey],
    promotion: Option<usize>,
) -> Cast {
    Cast { username, name, form, locale, roles, promotion }
}

/// Who made the server.
const OWNER: &str = "aicha";

/// Themes of the library, as tags of its forum.
const THEMES: [&str; 8] =
    ["Accessibilité", "Conception", "Données", "Emploi", "JavaScript", "Python", "Rust", "Divers"];

/// Channels by what they are for, in the ready server.
const CHANNELS: [(ChannelKey, &str); 6] = [
    (ChannelKey::Welcome, "bienvenue"),
    (ChannelKey::Announcements, "annonces"),
    (ChannelKey::Help, "entraide"),
    (ChannelKey::Hub, "ressources"),
    (ChannelKey::Journal, "journal"),
    (ChannelKey::Moderation, "moderation"),
];

/// Makes people and server. With `bare`, the server is empty, as Discord makes it.
pub(super) fn build(sim: &Sim, keys: &Keys, bare: bool) {
    for cast in &CAST {
        sim.add_person(cast.username, cast.name, cast.locale);
    }
    let owner = user(sim, OWNER);
    let guild =
        sim.add_guild(NewGuild { name: GUILD.to_owned(), owner, locale: "fr".to_owned(), community: !bare });
    if bare {
        let category = sim.add_channel(guild, NewChannel::category("Salons textuels"));
        sim.add_channel(guild, NewChannel::text("général").under(category));
        for cast in &CAST {
            sim.join(guild, user(sim, cast.username), &[]);
        }
        sim.install(application(sim, keys), guild, bot_permissions());
        return;
    }
    let cohorts: Vec<RoleId> =
        PROMOTIONS.iter().map(|cohort| sim.add_role(guild, NewRole::named(cohort.name))).collect();
    let roles: Vec<(RoleKey, RoleId)> =
        RoleKey::ALL.iter().map(|key| (*key, sim.add_role(guild, new_role(*key)))).collect();
    let role = |key: RoleKey| roles.iter().find(|(each, _)| *each == key).map(|(_, id)| *id);
    for cast in &CAST {
        let mut held: Vec<RoleId> = cast.roles.iter().filter_map(|key| role(*key)).collect();
        held.extend(cast.promotion.map(|index| cohorts[index]));
        sim.join(guild, user(sim, cast.username), &held);
    }
    // Its role stands above those that are there, and channels closed to people stay open to it.
    let bot = sim.install(application(sim, keys), guild, bot_permissions());
    channels(sim, guild, &cohorts, &roles, bot);
}

/// A role as staff would make it: moderators may moderate, nobody else may more than everyone.
fn new_role(key: RoleKey) -> NewRole {
    let mut name = key.french().to_owned();
    if let Some(first) = name.get(..1) {
        name = format!("{}{}", first.to_uppercase(), &name[1..]);
    }
    let role = NewRole::named(name);
    match key {
        RoleKey::Admin => role.may(Permissions::ADMINISTRATOR),
        RoleKey::Moderator => role.may(Permissions::MANAGE_MESSAGES.or(Permissions::MANAGE_THREADS)),
        RoleKey::Director | RoleKey::ProjectManager | RoleKey::Trainer => {
            role.may(Permissions::MANAGE_EVENTS)
        }
        _ => role,
    }
}

fn channels(sim: &Sim, guild: GuildId, cohorts: &[RoleId], roles: &[(RoleKey, RoleId)], bot: RoleId) {
    let everyone = RoleId(guild.0);
    let (see, write) = (Permissions::VIEW_CHANNEL, Permissions::SEND_MESSAGES);
    let read_only = |channel: NewChannel| {
        channel.role(everyone, Permissions::NONE, write).role(bot, write, Permissions::NONE)
    };
    let home = sim.add_channel(guild, NewChannel::category("Accueil"));
    sim.add_channel(
        guild,
        read_only(NewChannel::text("bienvenue").under(home).topic("Premiers pas et charte.")),
    );
    sim.add_channel(
        guild,
        read_only(
            NewChannel::announcement("annonces").under(home).topic("Ce que tout le monde doit savoir."),
        ),
    );

    let together = sim.add_channel(guild, NewChannel::category("Ensemble"));
    sim.add_channel(
        guild,
        NewChannel::text("entraide")
            .under(together)
            .topic("Posez vos questions. Aucune question n’est bête."),
    );
    let forum = NewChannel::forum("ressources", THEMES).under(together);
    sim.add_channel(
        guild,
        read_only(forum.topic(
            "Les ressources de la communauté. Pour en ajouter une : /partager, dans n’importe quel salon.",
        )),
    );
    sim.add_channel(guild, NewChannel::text("pause-café").under(together).topic("Tout le reste."));

    let team =
        [RoleKey::Trainer, RoleKey::ProjectManager, RoleKey::Director, RoleKey::Moderator, RoleKey::Admin];
    let staff: Vec<RoleId> = roles.iter().filter(|(key, _)| team.contains(key)).map(|(_, id)| *id).collect();
    let hidden = |channel: NewChannel, shown: &[RoleId]| {
        let channel = channel.role(everyone, Permissions::NONE, see).role(bot, see, Permissions::NONE);
        shown.iter().fold(channel, |channel, role| channel.role(*role, see, Permissions::NONE))
    };
    for (cohort, role) in PROMOTIONS.iter().zip(cohorts) {
        let shown: Vec<RoleId> = staff.iter().copied().chain([*role]).collect();
        let category = sim.add_channel(guild, hidden(NewChannel::category(cohort.name), &shown));
        let place = cohort.name.split(' ').nth(1).unwrap_or_default().to_lowercase();
        sim.add_channel(
            guild,
            hidden(NewChannel::text(format!("{place}-discussion")).under(category), &shown),
        );
    }
    let category = sim.add_channel(guild, hidden(NewChannel::category("Équipe"), &staff));
    sim.add_channel(guild, hidden(NewChannel::text("journal").under(category), &staff));
    sim.add_channel(guild, hidden(NewChannel::text("moderation").under(category), &staff));
}

/// The application: made at first, given its keys at each start. Nobody answers for it yet.
pub(super) fn application(sim: &Sim, keys: &Keys) -> ApplicationId {
    sim.add_application(NewApplication {
        name: APPLICATION.to_owned(),
        seed: keys.seed.clone(),
        token: keys.token.clone(),
        endpoint: Endpoint::local(|_| async {
            let mut response = http::Response::new(bytes::Bytes::new());
            *response.status_mut() = http::StatusCode::SERVICE_UNAVAILABLE;
            response
        }),
    })
}

/// What the template of the invitation asks for (HUB §8).
fn bot_permissions() -> Permissions {
    [
        Permissions::VIEW_CHANNEL,
        Permissions::SEND_MESSAGES,
        Permissions::SEND_MESSAGES_IN_THREADS,
        Permissions::CREATE_PUBLIC_THREADS,
        Permissions::EMBED_LINKS,
        Permissions::ATTACH_FILES,
        Permissions::READ_MESSAGE_HISTORY,
        Permissions::MANAGE_THREADS,
    ]
    .into_iter()
    .fold(Permissions::NONE, Permissions::or)
}

/// Writes into the directory what `/passerelle configurer` would: roles, channels, people, promotions.
pub(super) async fn directory(sim: &Sim, store: &Store) -> Result<(), Box<dyn std::error::Error>> {
    let guild = guild(sim);
    if store.get(&directory::guild_key(guild)).await?.is_some() {
        return Ok(());
    }
    let mut settings = directory::Guild::default();
    for key in RoleKey::ALL {
        if let Some(role) = role_named(sim, guild, &new_role(*key).name) {
            settings = settings.role(*key, role);
        }
    }
    for (key, name) in CHANNELS {
        if let Some(channel) = channel_named(sim, guild, name) {
            settings = settings.channel(key, channel);
        }
    }
    let mut writes = vec![directory::put_guild(guild, &settings)];
    writes.push(hub::items::put_themes(guild, &themes(sim, guild)));
    for cohort in &PROMOTIONS {
        let promotion = Promotion {
            name: cohort.name.to_owned(),
            formation: cohort.formation.to_owned(),
            campus: cohort.campus.to_owned(),
            status: PromotionStatus::Ouverte,
            starts: cohort.starts.to_owned(),
            ends: cohort.ends.to_owned(),
            role: role_named(sim, guild, cohort.name),
            forum: None,
            team_thread: None,
        };
        writes.push(directory::put_promotion(guild, cohort.pid, &promotion));
    }
    for cast in &CAST {
        let memberships =
            cast.promotion.map(|index| &PROMOTIONS[index]).into_iter().map(|cohort| Membership {
                promotion: cohort.pid.to_owned(),
                name: cohort.name.to_owned(),
                formation: cohort.formation.to_owned(),
                campus: cohort.campus.to_owned(),
                role: cast.roles[0].key().to_owned(),
                status: MembershipStatus::Actif,
            });
        let mut person = Person::default();
        person.memberships.extend(memberships);
        writes.push(directory::put_person(guild, user(sim, cast.username), &person));
    }
    store.commit(writes).await?;
    Ok(())
}

fn guild(sim: &Sim) -> GuildId {
    sim.look(|world| world.guilds.keys().next().copied()).expect("a server is made at first start")
}

/// Somebody of the cast.
pub(super) fn user(sim: &Sim, username: &str) -> UserId {
    sim.user(username).expect("everybody of the cast is made at first start")
}

/// The form of words that somebody of the cast uses for themself.
pub(super) fn form(sim: &Sim, person: UserId) -> Option<Form> {
    let username = sim.look(|world| Some(world.users.get(&person)?.username.clone()))?;
    CAST.iter().find(|cast| cast.username == username).map(|cast| cast.form)
}

fn role_named(sim: &Sim, guild: GuildId, name: &str) -> Option<RoleId> {
    sim.look(|world| {
        world.guilds.get(&guild)?.roles.values().find(|role| role.name == name).map(|role| role.id)
    })
}

fn channel_named(sim: &Sim, guild: GuildId, name: &str) -> Option<ChannelId> {
    sim.look(|world| world.channels_in(guild).find(|channel| channel.name == name).map(|channel| channel.id))
}

/// The themes of the library, each bound to its tag of the forum.
fn themes(sim: &Sim, guild: GuildId) -> Themes {
    let forum = channel_named(sim, guild, "ressources");
    let themes = THEMES.iter().enumerate().map(|(place, name)| Theme {
        id: format!("t{}", place + 1),
        name: (*name).to_owned(),
        tag: forum.and_then(|forum| sim.tag(forum, name)),
        aliases: if *name == "JavaScript" { vec!["js".to_owned()] } else { Vec::new() },
    });
    Themes { themes: themes.collect() }
}

/// A channel of the ready server by its name.
pub(super) fn channel(sim: &Sim, name: &str) -> Option<ChannelId> {
    channel_named(sim, guild(sim), name)
}
