//! Making servers, people and applications, as their owners would by hand.

use std::collections::{BTreeMap, BTreeSet};

use discord::permission::Permissions;
use discord::{ApplicationId, ChannelId, GuildId, MessageId, RoleId, TagId, UserId};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::act::{Act, Change, Draft, Opening};
use crate::rest::ApiError;
use crate::state::{Application, Channel, ChannelKind, Guild, Member, Overwrite, Role, Tag, User, World};
use crate::{Endpoint, Sim, lock};

/// What `@everyone` may do in a new server.
///
/// Discord documents no list; this is what a new community server grants today, voice left out.
const EVERYONE: Permissions = Permissions::CREATE_INSTANT_INVITE
    .or(Permissions::VIEW_CHANNEL)
    .or(Permissions::SEND_MESSAGES)
    .or(Permissions::SEND_MESSAGES_IN_THREADS)
    .or(Permissions::CREATE_PUBLIC_THREADS)
    .or(Permissions::CREATE_PRIVATE_THREADS)
    .or(Permissions::EMBED_LINKS)
    .or(Permissions::ATTACH_FILES)
    .or(Permissions::READ_MESSAGE_HISTORY)
    .or(Permissions::ADD_REACTIONS)
    .or(Permissions::USE_APPLICATION_COMMANDS)
    .or(Permissions::CONNECT)
    .or(Permissions::SPEAK)
    .or(Permissions::USE_VAD)
    .or(Permissions::SEND_POLLS);

/// A server to be made.
#[derive(Debug, Clone)]
pub struct NewGuild {
    /// Name.
    pub name: String,
    /// Who made it.
    pub owner: UserId,
    /// Its language.
    pub locale: String,
    /// Whether it is a community server, which forums need.
    pub community: bool,
}

/// A role to be made. New roles stand above the older ones.
#[derive(Debug, Clone, Default)]
pub struct NewRole {
    /// Name.
    pub name: String,
    /// What it allows.
    pub permissions: Permissions,
    /// Colour, `0xRRGGBB`; 0 is none.
    pub color: u32,
    /// Whether anybody may mention it.
    pub mentionable: bool,
}

impl NewRole {
    /// A role that allows nothing by itself.
    pub fn named(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    /// With these rights.
    #[must_use]
    pub fn may(self, permissions: Permissions) -> Self {
        Self { permissions, ..self }
    }
}

/// A channel to be made.
#[derive(Debug, Clone)]
pub struct NewChannel {
    kind: ChannelKind,
    name: String,
    parent: Option<ChannelId>,
    topic: Option<String>,
    overwrites: Vec<Overwrite>,
    tags: Vec<String>,
    require_tag: bool,
}

impl NewChannel {
    fn of(kind: ChannelKind, name: impl Into<String>) -> Self {
        Self {
            kind,
            name: name.into(),
            parent: None,
            topic: None,
            overwrites: Vec::new(),
            tags: Vec::new(),
            require_tag: false,
        }
    }

    /// A heading.
    pub fn category(name: impl Into<String>) -> Self {
        Self::of(ChannelKind::Category, name)
    }

    /// A text channel.
    pub fn text(name: impl Into<String>) -> Self {
        Self::of(ChannelKind::Text, name)
    }

    /// A channel of announcements.
    pub fn announcement(name: impl Into<String>) -> Self {
        Self::of(ChannelKind::Announcement, name)
    }

    /// A forum with these tags.
    pub fn forum<'t>(name: impl Into<String>, tags: impl IntoIterator<Item = &'t str>) -> Self {
        Self { tags: tags.into_iter().map(str::to_owned).collect(), ..Self::of(ChannelKind::Forum, name) }
    }

    /// Under this category.
    #[must_use]
    pub fn under(self, category: ChannelId) -> Self {
        Self { parent: Some(category), ..self }
    }

    /// With this subject.
    #[must_use]
    pub fn topic(self, topic: impl Into<String>) -> Self {
        Self { topic: Some(topic.into()), ..self }
    }

    /// Each post needs a tag.
    #[must_use]
    pub fn require_tag(self) -> Self {
        Self { require_tag: true, ..self }
    }

    /// This role is given and denied something here.
    #[must_use]
    pub fn role(mut self, role: RoleId, allow: Permissions, deny: Permissions) -> Self {
        self.overwrites.push(Overwrite { id: role.0, person: false, allow, deny });
        self
    }

    /// This person is given and denied something here.
    #[must_use]
    pub fn member(mut self, user: UserId, allow: Permissions, deny: Permissions) -> Self {
        self.overwrites.push(Overwrite { id: user.0, person: true, allow, deny });
        self
    }
}

/// An application to be made.
pub struct NewApplication {
    /// Name, also the bot's.
    pub name: String,
    /// Its signing key is derived from this; the same seed gives the same public key.
    pub seed: String,
    /// The bot's token; a name is enough here.
    pub token: String,
    /// Where interactions go.
    pub endpoint: Endpoint,
}

impl Sim {
    /// Somebody with a Discord account.
    pub fn add_person(
        &self,
        username: impl Into<String>,
        display_name: impl Into<String>,
        locale: impl Into<String>,
    ) -> UserId {
        self.act(|act| {
            let id = UserId(act.id());
            act.world.users.insert(
                id,
                User {
                    id,
                    username: username.into(),
                    global_name: Some(display_name.into()),
                    bot: false,
                    locale: locale.into(),
                    refuses_dms: false,
                },
            );
            id
        })
    }

    /// A person chooses the language of their Discord.
    pub fn set_locale(&self, user: UserId, locale: impl Into<String>) {
        self.act(|act| {
            if let Some(user) = act.world.users.get_mut(&user) {
                user.locale = locale.into();
            }
        });
    }

    /// A person refuses or accepts private messages.
    pub fn set_refuses_dms(&self, user: UserId, refuses: bool) {
        self.act(|act| {
            if let Some(user) = act.world.users.get_mut(&user) {
                user.refuses_dms = refuses;
            }
        });
    }

    /// A server, with its owner in it.
    pub fn add_guild(&self, new: NewGuild) -> GuildId {
        self.act(|act| {
            let id = GuildId(act.id());
            let everyone = Role {
                id: id.everyone(),
                name: "@everyone".into(),
                permissions: EVERYONE,
                position: 0,
                color: 0,
                hoist: false,
                mentionable: false,
                bot: None,
            };
            let features =
                if new.community { BTreeSet::from(["COMMUNITY".to_owned()]) } else { BTreeSet::new() };
            act.world.guilds.insert(
                id,
                Guild {
                    id,
                    name: new.name,
                    owner: new.owner,
                    locale: new.locale,
                    features,
                    roles: BTreeMap::from([(everyone.id, everyone)]),
                    members: BTreeMap::new(),
                    system_channel: None,
                },
            );
            join(act.world, id, new.owner, [], act.now);
            act.changes.push(Change::Guild { guild: id });
            id
        })
    }

    /// A role above those that are there.
    ///
    /// # Panics
    /// When there is no such server.
    pub fn add_role(&self, guild: GuildId, new: NewRole) -> RoleId {
        self.act(|act| {
            let id = RoleId(act.id());
            let guild = act.world.guilds.get_mut(&guild).expect("the server was made before");
            let position = guild.roles.values().map(|role| role.position).max().unwrap_or(0) + 1;
            guild.roles.insert(
                id,
                Role {
                    id,
                    name: new.name,
                    permissions: new.permissions,
                    position,
                    color: new.color,
                    hoist: false,
                    mentionable: new.mentionable,
                    bot: None,
                },
            );
            act.changes.push(Change::Guild { guild: guild.id });
            id
        })
    }

    /// A role loses or gains rights.
    pub fn set_role_permissions(&self, guild: GuildId, role: RoleId, permissions: Permissions) {
        self.act(|act| {
            if let Some(role) = act.world.guilds.get_mut(&guild).and_then(|guild| guild.roles.get_mut(&role))
            {
                role.permissions = permissions;
                act.changes.push(Change::Guild { guild });
            }
        });
    }

    /// Somebody enters a server with these roles, or has exactly these from now on.
    pub fn join(&self, guild: GuildId, user: UserId, roles: &[RoleId]) {
        self.act(|act| {
            join(act.world, guild, user, roles.iter().copied(), act.now);
            act.changes.push(Change::Guild { guild });
        });
    }

    /// Somebody leaves a server.
    pub fn leave(&self, guild: GuildId, user: UserId) {
        self.act(|act| {
            if let Some(there) = act.world.guilds.get_mut(&guild) {
                there.members.remove(&user);
                act.changes.push(Change::Guild { guild });
            }
        });
    }

    /// A channel at the end of the list.
    pub fn add_channel(&self, guild: GuildId, new: NewChannel) -> ChannelId {
        self.act(|act| {
            let id = ChannelId(act.id());
            let position = i64::try_from(act.world.channels_in(guild).count()).unwrap_or(i64::MAX);
            let tags = new
                .tags
                .into_iter()
                .map(|name| Tag { id: TagId(act.world.new_id(act.now)), name, moderated: false, emoji: None })
                .collect();
            // A new channel is in step with its category.
            let mut overwrites = new.overwrites;
            if overwrites.is_empty()
                && let Some(parent) = new.parent.and_then(|parent| act.world.channels.get(&parent))
            {
                overwrites.clone_from(&parent.overwrites);
            }
            let channel = Channel {
                id,
                kind: new.kind,
                guild: Some(guild),
                name: Channel::normal_name(new.kind, &new.name),
                parent: new.parent,
                position,
                topic: new.topic,
                overwrites,
                tags,
                flags: if new.require_tag { REQUIRE_TAG } else { 0 },
                slow_mode: 0,
                nsfw: false,
                default_auto_archive_minutes: 4320,
                thread: None,
                recipients: Vec::new(),
                last_message: None,
            };
            act.world.channels.insert(id, channel);
            act.changes.push(Change::Channel { guild: Some(guild), channel: id, deleted: false });
            id
        })
    }

    /// Staff deletes a channel or thread by hand.
    pub fn delete_channel(&self, channel: ChannelId) {
        self.act(|act| act.delete_channel(channel));
    }

    /// The tag of a forum with this name.
    pub fn tag(&self, forum: ChannelId, name: &str) -> Option<TagId> {
        self.look(|world| {
            world.channels.get(&forum)?.tags.iter().find(|tag| tag.name == name).map(|tag| tag.id)
        })
    }

    /// An application with its bot, in no server yet. One that is there already, by its name, keeps its id,
    /// commands and servers.
    pub fn add_application(&self, new: NewApplication) -> ApplicationId {
        let seed = hex::encode(Sha256::digest(new.seed.as_bytes()));
        let id = self.act(|act| {
            if let Some(there) = act.world.applications.values_mut().find(|there| there.name == new.name) {
                there.seed = seed;
                there.token = new.token;
                return there.id;
            }
            // A bot's user has the id of its application, as for every application made today.
            let id = act.id();
            let bot = UserId(id);
            act.world.users.insert(
                bot,
                User {
                    id: bot,
                    username: new.name.clone(),
                    global_name: None,
                    bot: true,
                    locale: "en-US".into(),
                    refuses_dms: true,
                },
            );
            act.world.applications.insert(
                ApplicationId(id),
                Application {
                    id: ApplicationId(id),
                    name: new.name,
                    bot,
                    seed,
                    token: new.token,
                    commands: BTreeMap::new(),
                    guild_commands: BTreeMap::new(),
                    endpoint_url: None,
                    guilds: BTreeSet::new(),
                    creates: BTreeMap::new(),
                },
            );
            ApplicationId(id)
        });
        self.set_endpoint(id, new.endpoint);
        id
    }

    /// Where the interactions of an application go from now on.
    pub fn set_endpoint(&self, application: ApplicationId, endpoint: Endpoint) {
        let url = match &endpoint {
            Endpoint::Http(url) => Some(url.clone()),
            Endpoint::Local(_) => None,
        };
        self.act(|act| {
            if let Some(there) = act.world.applications.get_mut(&application) {
                there.endpoint_url = url;
            }
        });
        lock(&self.0.endpoints).insert(application, endpoint);
    }

    /// Installs an application: its bot joins with a role of its own, above those that are there.
    ///
    /// # Panics
    /// When application or server do not exist.
    pub fn install(&self, application: ApplicationId, guild: GuildId, permissions: Permissions) -> RoleId {
        self.act(|act| {
            let role_id = RoleId(act.id());
            let there =
                act.world.applications.get_mut(&application).expect("the application was made before");
            there.guilds.insert(guild);
            let (bot, name) = (there.bot, there.name.clone());
            let place = act.world.guilds.get_mut(&guild).expect("the server was made before");
            let position = place.roles.values().map(|role| role.position).max().unwrap_or(0) + 1;
            place.roles.insert(
                role_id,
                Role {
                    id: role_id,
                    name,
                    permissions,
                    position,
                    color: 0,
                    hoist: false,
                    mentionable: false,
                    bot: Some(bot),
                },
            );
            join(act.world, guild, bot, [role_id], act.now);
            act.changes.push(Change::Guild { guild });
            role_id
        })
    }

    /// Registers commands as `PUT /applications/{app}/commands` would, without a token.
    ///
    /// # Errors
    /// When Discord would refuse them.
    pub fn register(&self, application: ApplicationId, commands: Value) -> Result<Value, ApiError> {
        self.act(|act| crate::rest::overwrite_commands(act, application, None, &commands))
    }

    /// A person opens a post in a forum.
    ///
    /// # Errors
    /// When they may not, a tag is missing, or title or text is too long or empty.
    pub fn open_post(
        &self,
        user: UserId,
        forum: ChannelId,
        title: &str,
        text: &str,
        tags: &[TagId],
    ) -> Result<ChannelId, ApiError> {
        self.act(|act| {
            let there = act.world.channels.get(&forum).ok_or_else(|| ApiError::new(10003))?;
            if !there.kind.is_forum() {
                return Err(ApiError::new(50024));
            }
            if !act.world.may_see(user, forum, act.now) {
                return Err(ApiError::new(50001));
            }
            if !act.world.may_write(user, forum, act.now) {
                return Err(ApiError::new(50013));
            }
            if there.flags & REQUIRE_TAG != 0 && tags.is_empty() {
                return Err(ApiError::new(40067));
            }
            let known = tags.iter().all(|tag| there.tags.iter().any(|there| there.id == *tag));
            if !known || tags.len() > discord::limits::POST_TAGS_MAX {
                return Err(ApiError::form("applied_tags", "FORUM_TAG_NOT_FOUND", "Unknown tag"));
            }
            if !(1..=discord::limits::CHANNEL_NAME_MAX_CHARS).contains(&title.chars().count()) {
                return Err(ApiError::form(
                    "name",
                    "BASE_TYPE_BAD_LENGTH",
                    "Must be between 1 and 100 in length.",
                ));
            }
            text_fits(text)?;
            let id = act.open_thread(Opening {
                parent: forum,
                kind: ChannelKind::PublicThread,
                owner: user,
                name: title,
                tags,
                auto_archive_minutes: None,
                slow_mode: None,
                invitable: true,
                id: None,
            });
            write(act, user, id, text, Some(id.first_message()));
            Ok(id)
        })
    }

    /// A person writes a message.
    ///
    /// # Errors
    /// When they may not, or it is too long.
    pub fn say(&self, user: UserId, channel: ChannelId, text: &str) -> Result<MessageId, ApiError> {
        self.act(|act| {
            let there = act.world.channels.get(&channel).ok_or_else(|| ApiError::new(10003))?;
            if !there.kind.holds_messages() {
                return Err(ApiError::new(if there.kind.is_forum() { 40058 } else { 50008 }));
            }
            if !act.world.may_see(user, channel, act.now) {
                return Err(ApiError::new(50001));
            }
            if !act.world.may_write(user, channel, act.now) {
                return Err(ApiError::new(50013));
            }
            text_fits(text)?;
            Ok(write(act, user, channel, text, None))
        })
    }
}

fn text_fits(text: &str) -> Result<(), ApiError> {
    match text.chars().count() {
        0 => Err(ApiError::new(50006)),
        letters if letters > discord::limits::CONTENT_MAX_CHARS => {
            Err(ApiError::form("content", "BASE_TYPE_MAX_LENGTH", "Must be 2000 or fewer in length."))
        }
        _ => Ok(()),
    }
}

fn write(
    act: &mut Act<'_>,
    author: UserId,
    channel: ChannelId,
    text: &str,
    id: Option<MessageId>,
) -> MessageId {
    act.post(Draft {
        channel,
        author,
        application: None,
        kind: 0,
        body: &json!({ "content": text }),
        files: &[],
        only_for: None,
        cause: None,
        flags: 0,
        default_mentions: &["users", "roles", "everyone"],
        id,
    })
}

/// `flags` of a forum whose posts need a tag.
///
/// Source: <https://docs.discord.com/developers/resources/channel#channel-object-channel-flags>
pub(crate) const REQUIRE_TAG: u64 = 1 << 4;

fn join(world: &mut World, guild: GuildId, user: UserId, roles: impl IntoIterator<Item = RoleId>, now: i64) {
    let Some(guild) = world.guilds.get_mut(&guild) else { return };
    let roles: BTreeSet<RoleId> = roles.into_iter().collect();
    guild.members.entry(user).and_modify(|member| member.roles.clone_from(&roles)).or_insert_with(|| {
        Member { user, nick: None, roles: roles.clone(), joined_at: now, timed_out_until: None }
    });
}
