//! Who acts, where, when: what every rule may know.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use directory::{Guild, Held, Person};
use discord::interaction::{Interaction, Token};
use discord::{ApplicationId, ChannelId, GuildId, InteractionId, UserId};
use sha2::{Digest, Sha256};

use crate::clock::Timestamp;
use crate::texts::Lang;

/// What is known before anything is read: it is enough to name the keys to read.
#[derive(Debug, Clone)]
pub struct At {
    /// The moment of this delivery.
    pub now: Timestamp,
    /// The server; `GuildId(0)` in private messages.
    pub guild: GuildId,
    /// Who acts.
    pub user: UserId,
    /// This delivery.
    pub interaction: InteractionId,
}

/// What a rule may know of a delivery.
#[derive(Debug, Clone)]
pub struct Ctx {
    /// The moment of this delivery.
    pub now: Timestamp,
    /// The server; `GuildId(0)` in private messages.
    pub guild: GuildId,
    /// The channel or thread.
    pub channel: Option<ChannelId>,
    /// Who acts.
    pub user: UserId,
    /// The name that others see, as typed: escape it before showing it.
    pub name: String,
    /// What the person reads.
    pub lang: Lang,
    /// What the server reads: posts in channels.
    pub guild_lang: Lang,
    /// Roles held, from the signed member and the directory.
    pub held: Held,
    /// The server's settings; the default one when nobody has set it up.
    pub settings: Guild,
    /// What the directory says of the person.
    pub person: Person,
    /// Randomness of this decision.
    pub seed: Seed,
    /// This delivery.
    pub interaction: InteractionId,
    /// The application that was addressed.
    pub application: ApplicationId,
    /// The secret with which a worker can edit the answer.
    pub token: Token,
}

impl Ctx {
    /// Built from what Discord signed and what the directory says.
    pub(crate) fn new(
        interaction: &Interaction,
        now: Timestamp,
        settings: Guild,
        person: Person,
        seed: Seed,
    ) -> Self {
        let guild_lang = settings.language;
        let lang = interaction.locale.as_deref().and_then(Lang::of_locale).unwrap_or(guild_lang);
        let nick = interaction.member.as_ref().and_then(|member| member.nick.clone());
        Self {
            now,
            guild: interaction.guild_id.unwrap_or(GuildId(0)),
            channel: interaction.channel_id,
            user: interaction.user.id,
            name: nick
                .or_else(|| interaction.user.global_name.clone())
                .unwrap_or_else(|| interaction.user.username.clone()),
            lang,
            guild_lang,
            held: directory::held(&settings, interaction.member.as_ref()),
            settings,
            person,
            seed,
            interaction: interaction.id,
            application: interaction.application_id,
            token: interaction.token.clone(),
        }
    }
}

/// Randomness as an argument: one seed for each decision, from which everything random in it follows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Seed([u8; 32]);

impl Seed {
    /// A fresh one, from the system.
    pub fn fresh() -> Self {
        let mut bytes = [0; 32];
        // The system's source is always there on Linux; without it nothing secret could be made.
        getrandom::fill(&mut bytes).expect("the system gives random bytes");
        Self(bytes)
    }

    /// A known one, for tests.
    pub const fn known(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Random bytes for one purpose: the same purpose gives the same bytes.
    pub fn bytes(&self, purpose: &str) -> [u8; 32] {
        Sha256::new().chain_update(self.0).chain_update(purpose).finalize().into()
    }
}

/// Where randomness comes from. Read in `serve` and `work` only, as the clock is.
#[derive(Debug, Clone, Default)]
pub struct Seeds(Option<Arc<AtomicU64>>);

impl Seeds {
    /// The system.
    pub const fn system() -> Self {
        Self(None)
    }

    /// One after the other, the same in every run, for tests.
    pub fn counted() -> Self {
        Self(Some(Arc::default()))
    }

    pub(crate) fn next(&self) -> Seed {
        let Some(counter) = &self.0 else { return Seed::fresh() };
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&counter.fetch_add(1, Ordering::SeqCst).to_be_bytes());
        Seed(bytes)
    }
}

impl fmt::Debug for Seed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Seed(hidden)")
    }
}
