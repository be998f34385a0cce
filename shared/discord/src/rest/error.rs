//! Why a call had no effect, and what to do next.
//!
//! Source: <https://docs.discord.com/developers/topics/opcodes-and-status-codes#json>

use std::fmt;
use std::time::Duration;

use serde::Deserialize;

use super::budget::BudgetError;
use crate::permission::Permissions;

/// Why a call had no effect.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RestError {
    /// It is no longer there: deleted by hand, most often.
    #[error("the {0} is gone")]
    Gone(Gone),
    /// The answer of an interaction can no longer be reached: its token has ended, or Discord does
    /// not know it.
    #[error("the answer of the interaction is out of reach ({code})")]
    AnswerGone {
        /// Discord's number.
        code: u64,
    },
    /// The interaction was answered before.
    #[error("the interaction is answered already")]
    AlreadyAnswered,
    /// The bot misses a right.
    #[error("Discord refuses the bot: {kind}{}", needed(*needs))]
    Missing {
        /// What Discord said.
        kind: Missing,
        /// What the call needs; the missing right is among them.
        needs: Permissions,
    },
    /// There is no room for one more.
    #[error("Discord has no room for one more {0}")]
    Cap(Cap),
    /// What is sent is too large.
    #[error("what is sent is too large")]
    TooLarge,
    /// The channel is not of a kind that takes this.
    #[error("the channel is of another kind ({code})")]
    WrongChannel {
        /// Discord's number.
        code: u64,
    },
    /// The forum wants a tag on each post.
    #[error("the forum wants a tag")]
    NeedsTag,
    /// The thread does not take this now.
    #[error("the thread {0}")]
    Thread(ThreadState),
    /// The person takes no private message from the bot, or shares no server with it.
    #[error("the person takes no private message")]
    PrivateMessagesClosed,
    /// A filter of the server, or Discord's, stopped the text.
    #[error("a filter stopped the text ({code})")]
    Filtered {
        /// Discord's number.
        code: u64,
    },
    /// The server does not meet a condition of what was asked (onboarding, polls).
    #[error("a condition is not met ({code}): {message}")]
    Condition {
        /// Discord's number.
        code: u64,
        /// Discord's words.
        message: String,
    },
    /// We sent what Discord cannot read. Our mistake: sending it again is useless.
    #[error("Discord cannot read what was sent ({code}): {problems}")]
    Invalid {
        /// Discord's number.
        code: u64,
        /// Where, and what: `embeds.0.title: BASE_TYPE_REQUIRED`.
        problems: String,
    },
    /// A limit is reached for longer than we may wait.
    #[error("a rate limit holds for {} s", after.as_secs_f32())]
    RateLimited {
        /// From now until it may be tried again.
        after: Duration,
    },
    /// The bot's token is not Discord's: every call is stopped until [`super::Rest::renew_token`].
    #[error("Discord does not take the bot's token")]
    Unauthorized,
    /// Too many calls were refused lately: none is sent for a while, before Discord bans the address.
    #[error("too many calls were refused lately")]
    BreakerOpen {
        /// From now until the next look.
        after: Duration,
    },
    /// Discord is in trouble.
    #[error("Discord is in trouble ({0})")]
    Server(u16),
    /// Discord could not be reached, or the line broke.
    #[error("Discord could not be reached")]
    Network(#[source] reqwest::Error),
    /// There was no answer in the time given.
    #[error("no answer in the time given")]
    Deadline,
    /// The call is one that may not be made twice, and it may have had its effect: look first.
    #[error("the call may have had its effect")]
    Uncertain(#[source] Box<RestError>),
    /// The shared budget could not be asked.
    #[error(transparent)]
    Budget(#[from] BudgetError),
    /// Discord said yes in words that we cannot read.
    #[error("the answer of {route} cannot be read")]
    Unreadable {
        /// Method and address, without ids.
        route: String,
        /// What is wrong with it.
        #[source]
        source: serde_json::Error,
    },
    /// Any other no.
    #[error("Discord refuses ({status}, {code}): {message}")]
    Refused {
        /// HTTP status.
        status: u16,
        /// Discord's number.
        code: u64,
        /// Discord's words.
        message: String,
    },
}

/// What is no longer there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gone {
    /// 10003.
    Channel,
    /// 10004.
    Guild,
    /// 10007: the person left the server.
    Member,
    /// 10008.
    Message,
    /// 10011.
    Role,
    /// 10013.
    User,
    /// Any other "unknown …".
    Other(u64),
}

/// What kind of right is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// 50001: the channel is not visible, or the bot is not in the server.
    Access,
    /// 50013: a permission, or the role stands too high.
    Permission,
    /// 60003: the bot's owner needs two-factor authentication.
    OwnerTwoFactor,
}

/// What there is no room for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cap {
    /// 30003.
    Pins,
    /// 30005.
    Roles,
    /// 30007 and 30058.
    Webhooks,
    /// 30013.
    Channels,
    /// 30016.
    Invites,
    /// 30030.
    Categories,
    /// 30032.
    Commands,
    /// 30033.
    ThreadMembers,
    /// 30034: creations of commands in one day.
    DailyCommands,
    /// 30038.
    Events,
    /// 30046: edits of messages older than one hour.
    OldEdits,
    /// 30048.
    Tags,
    /// 30060.
    Overwrites,
    /// 160006.
    ActiveThreads,
    /// Channels of one category: 50035 with `CHANNEL_PARENT_MAX_CHANNELS` inside.
    CategoryChannels,
    /// Any other 30xxx.
    Other(u64),
}

/// Why a thread does not take something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ThreadState {
    /// 50083.
    Archived,
    /// 160004: the message has one already.
    Exists,
    /// 160005.
    Locked,
}

/// What to do after an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retry {
    /// It will never work as it is: tell somebody.
    Never,
    /// The same call again, not before this long from now.
    After(Duration),
    /// The same call again, when the job is tried again.
    Later,
    /// Look at Discord whether the effect is there; if not, the same call again.
    LookFirst,
}

impl RestError {
    /// What to do next.
    pub fn retry(&self) -> Retry {
        match self {
            Self::RateLimited { after } | Self::BreakerOpen { after } => Retry::After(*after),
            Self::Unauthorized
            | Self::Server(_)
            | Self::Network(_)
            | Self::Deadline
            | Self::Budget(_)
            | Self::Cap(Cap::OldEdits | Cap::DailyCommands) => Retry::Later,
            // The call went through: only its answer is unknown.
            Self::Uncertain(_) | Self::Unreadable { .. } => Retry::LookFirst,
            Self::Gone(_)
            | Self::AnswerGone { .. }
            | Self::AlreadyAnswered
            | Self::Missing { .. }
            | Self::Cap(_)
            | Self::TooLarge
            | Self::WrongChannel { .. }
            | Self::NeedsTag
            | Self::Thread(_)
            | Self::PrivateMessagesClosed
            | Self::Filtered { .. }
            | Self::Condition { .. }
            | Self::Invalid { .. }
            | Self::Refused { .. } => Retry::Never,
        }
    }
}

fn needed(needs: Permissions) -> String {
    if needs == Permissions::NONE {
        return String::new();
    }
    format!(" (the call needs {})", needs.names().collect::<Vec<_>>().join(", "))
}

impl fmt::Display for Gone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Channel => f.write_str("channel"),
            Self::Guild => f.write_str("server"),
            Self::Member => f.write_str("member"),
            Self::Message => f.write_str("message"),
            Self::Role => f.write_str("role"),
            Self::User => f.write_str("user"),
            Self::Other(code) => write!(f, "object ({code})"),
        }
    }
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Access => "it does not see the place",
            Self::Permission => "it misses a permission, or its role stands too low",
            Self::OwnerTwoFactor => "its owner needs two-factor authentication",
        })
    }
}

impl fmt::Display for Cap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Pins => "pinned message",
            Self::Roles => "role",
            Self::Webhooks => "webhook",
            Self::Channels => "channel",
            Self::Invites => "invite",
            Self::Categories => "category",
            Self::Commands => "command",
            Self::ThreadMembers => "member of a thread",
            Self::DailyCommands => "new command today",
            Self::Events => "event",
            Self::OldEdits => "edit of an old message now",
            Self::Tags => "tag of a forum",
            Self::Overwrites => "permission overwrite",
            Self::ActiveThreads => "active thread",
            Self::CategoryChannels => "channel of a category",
            Self::Other(code) => return write!(f, "of its kind ({code})"),
        })
    }
}

impl fmt::Display for ThreadState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Archived => "is archived",
            Self::Exists => "exists already",
            Self::Locked => "is locked",
        })
    }
}

/// What Discord writes beside a status of 400 and more.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Body {
    pub(super) code: u64,
    pub(super) message: String,
    pub(super) errors: serde_json::Value,
    pub(super) retry_after: Option<f64>,
    pub(super) global: bool,
}

impl Body {
    /// Also when there is no JSON, or another one.
    pub(super) fn read(bytes: &[u8]) -> Self {
        serde_json::from_slice(bytes).unwrap_or_default()
    }
}

/// The meaning of an error that is neither a limit nor trouble on the way.
pub(super) fn classify(status: u16, body: Body, needs: Permissions) -> RestError {
    let code = body.code;
    match code {
        10003 => RestError::Gone(Gone::Channel),
        10004 => RestError::Gone(Gone::Guild),
        10007 => RestError::Gone(Gone::Member),
        10008 => RestError::Gone(Gone::Message),
        10011 => RestError::Gone(Gone::Role),
        10013 => RestError::Gone(Gone::User),
        10015 | 50027 | 10062 => RestError::AnswerGone { code },
        10000..=10999 => RestError::Gone(Gone::Other(code)),
        40060 => RestError::AlreadyAnswered,
        // Limits that come as a plain error tell no time: Discord counts them in minutes.
        20028 | 20029 | 40003 | 40062 => RestError::RateLimited {
            after: body
                .retry_after
                .and_then(|secs| Duration::try_from_secs_f64(secs).ok())
                .unwrap_or(Duration::from_mins(1)),
        },
        30003 => RestError::Cap(Cap::Pins),
        30005 => RestError::Cap(Cap::Roles),
        30007 | 30058 => RestError::Cap(Cap::Webhooks),
        30013 => RestError::Cap(Cap::Channels),
        30016 => RestError::Cap(Cap::Invites),
        30030 => RestError::Cap(Cap::Categories),
        30032 => RestError::Cap(Cap::Commands),
        30033 => RestError::Cap(Cap::ThreadMembers),
        30034 => RestError::Cap(Cap::DailyCommands),
        30038 => RestError::Cap(Cap::Events),
        30046 => RestError::Cap(Cap::OldEdits),
        30048 => RestError::Cap(Cap::Tags),
        30060 => RestError::Cap(Cap::Overwrites),
        160_006 => RestError::Cap(Cap::ActiveThreads),
        30000..=30999 => RestError::Cap(Cap::Other(code)),
        40005 | 50045 => RestError::TooLarge,
        40058 | 50024 | 50008 => RestError::WrongChannel { code },
        40067 => RestError::NeedsTag,
        50001 => RestError::Missing { kind: Missing::Access, needs },
        50013 => RestError::Missing { kind: Missing::Permission, needs },
        60003 => RestError::Missing { kind: Missing::OwnerTwoFactor, needs },
        50007 | 50278 => RestError::PrivateMessagesClosed,
        50035 if names_inner_code(&body.errors, "CHANNEL_PARENT_MAX_CHANNELS") => {
            RestError::Cap(Cap::CategoryChannels)
        }
        50006 | 50035 | 50109 => RestError::Invalid { code, problems: problems(&body) },
        50083 => RestError::Thread(ThreadState::Archived),
        160_004 => RestError::Thread(ThreadState::Exists),
        160_005 => RestError::Thread(ThreadState::Locked),
        200_000 | 200_001 | 240_000 => RestError::Filtered { code },
        350_000 | 350_001 | 520_000..=520_006 => RestError::Condition { code, message: body.message },
        _ if status == 413 => RestError::TooLarge,
        _ => RestError::Refused { status, code, message: body.message },
    }
}

/// Levels of an error tree that are followed: ours are never deeper, a hostile one is not read further.
const ERROR_DEPTH_MAX: usize = 16;

/// Where and what, without the words: they may quote what a person wrote.
fn problems(body: &Body) -> String {
    fn walk(value: &serde_json::Value, path: &str, depth: usize, found: &mut Vec<String>) {
        let Some(map) = value.as_object() else { return };
        if depth == ERROR_DEPTH_MAX {
            return;
        }
        for (key, inner) in map {
            if key == "_errors" {
                for error in inner.as_array().into_iter().flatten() {
                    let code = error.get("code").and_then(serde_json::Value::as_str).unwrap_or("?");
                    found.push(if path.is_empty() { code.to_owned() } else { format!("{path}: {code}") });
                }
            } else {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                walk(inner, &path, depth + 1, found);
            }
        }
    }
    let mut found = Vec::new();
    walk(&body.errors, "", 0, &mut found);
    if found.is_empty() { body.message.clone() } else { found.join("; ") }
}

fn names_inner_code(errors: &serde_json::Value, code: &str) -> bool {
    match errors {
        serde_json::Value::String(text) => text == code,
        serde_json::Value::Array(items) => items.iter().any(|item| names_inner_code(item, code)),
        serde_json::Value::Object(map) => map.values().any(|item| names_inner_code(item, code)),
        _ => false,
    }
}
