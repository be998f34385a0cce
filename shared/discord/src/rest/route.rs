//! The address of a call, and what is known about it before it is sent.

use std::fmt;

use http::Method;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::interaction::Token;
use crate::permission::Permissions;

/// Kept as they are inside one segment of an address.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~').remove(b'=');

/// Who is calling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Auth {
    /// The bot, by its token: within the global limit.
    Bot,
    /// An interaction, by the token in the address: outside of it.
    Interaction,
}

/// What a bucket counts for.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Major {
    pub(super) id: u64,
    /// Fingerprint of the token of an interaction: each answer has buckets of its own.
    token: u64,
}

/// The address of a call.
#[derive(Clone)]
pub(super) struct Route {
    pub(super) method: Method,
    /// The address without ids: what buckets are learnt by and what is written in logs.
    pub(super) template: &'static str,
    path: String,
    query: Vec<(&'static str, String)>,
    pub(super) major: Major,
    pub(super) auth: Auth,
    /// What the bot needs there, to say it when it is missing.
    pub(super) needs: Permissions,
    /// Whether a second call has no second effect.
    pub(super) repeatable: bool,
}

impl Route {
    /// The call of a bot. Every `{}` of the template is one of `ids`; the first is what buckets count for.
    pub(super) fn bot(method: Method, template: &'static str, ids: &[u64]) -> Self {
        let mut path = String::with_capacity(template.len() + ids.len() * 20);
        let mut ids_left = ids.iter();
        for (index, part) in template.split("{}").enumerate() {
            if index > 0 {
                let id = ids_left.next().expect("each {} of a template has its id: a test calls every route");
                path.push_str(&id.to_string());
            }
            path.push_str(part);
        }
        let repeatable = method != Method::POST;
        Self {
            method,
            template,
            path,
            query: Vec::new(),
            major: Major { id: ids.first().copied().unwrap_or(0), token: 0 },
            auth: Auth::Bot,
            needs: Permissions::NONE,
            repeatable,
        }
    }

    /// The call of an interaction: `/webhooks/<application>/<token><rest>`.
    pub(super) fn interaction(
        method: Method,
        template: &'static str,
        application: u64,
        token: &Token,
        rest: &str,
    ) -> Self {
        use std::hash::{DefaultHasher, Hash, Hasher};
        let mut fingerprint = DefaultHasher::new();
        token.reveal().hash(&mut fingerprint);
        let secret = utf8_percent_encode(token.reveal(), SEGMENT);
        let repeatable = method != Method::POST;
        Self {
            method,
            template,
            path: format!("/webhooks/{application}/{secret}{rest}"),
            query: Vec::new(),
            major: Major { id: application, token: fingerprint.finish() },
            auth: Auth::Interaction,
            needs: Permissions::NONE,
            repeatable,
        }
    }

    /// With a parameter behind `?`.
    pub(super) fn query(mut self, name: &'static str, value: impl ToString) -> Self {
        self.query.push((name, value.to_string()));
        self
    }

    /// What the bot needs there.
    pub(super) fn needs(self, needs: Permissions) -> Self {
        Self { needs, ..self }
    }

    /// A POST that says itself, by a nonce, that it is a repetition.
    pub(super) fn repeatable(self) -> Self {
        Self { repeatable: true, ..self }
    }

    /// Behind the base address.
    pub(super) fn path(&self) -> String {
        let mut path = self.path.clone();
        for (index, (name, value)) in self.query.iter().enumerate() {
            path.push(if index == 0 { '?' } else { '&' });
            path.push_str(name);
            path.push('=');
            path.extend(utf8_percent_encode(value, SEGMENT));
        }
        path
    }
}

impl fmt::Debug for Route {
    /// Without the address: it may hold the token of an interaction.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.template)
    }
}

impl fmt::Debug for Major {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.id)
    }
}
