//! Proof that a request comes from Discord.
//!
//! Discord signs the timestamp followed by the raw body with Ed25519. The body is verified before
//! anything in it is parsed: [`Verified`] can be made here only, and only it can be parsed.
//! Source: <https://docs.discord.com/developers/interactions/overview#validating-security-request-headers>

use std::fmt;

use ed25519_dalek::{Signature, VerifyingKey};
use http::HeaderMap;

/// Header with the signature: 64 bytes in hexadecimal.
pub const SIGNATURE_HEADER: &str = "x-signature-ed25519";
/// Header with the time of sending: Unix seconds in practice, signed as the text that it is.
pub const TIMESTAMP_HEADER: &str = "x-signature-timestamp";
/// How far the timestamp may be from our clock, in seconds, either way.
///
/// Discord documents no window. This is our own rule against replays, see `DESIGN` rule 1.
pub const TIMESTAMP_WINDOW_SECS: i64 = 5 * 60;

/// The public key of an application.
#[derive(Clone, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

/// Text that is not the public key of an application.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a public key is 64 hexadecimal digits, copied from the application's page")]
pub struct NotAKey;

impl PublicKey {
    /// Reads the key as the developer portal shows it: 32 bytes in hexadecimal.
    ///
    /// # Errors
    /// When the text is not a point of the curve, or is one of the weak points that verify anything.
    pub fn from_hex(text: &str) -> Result<Self, NotAKey> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text.trim(), &mut bytes).map_err(|_| NotAKey)?;
        Self::from_bytes(&bytes)
    }

    /// The key as its 32 bytes.
    ///
    /// # Errors
    /// As [`PublicKey::from_hex`].
    pub fn from_bytes(bytes: &[u8; 32]) -> Result<Self, NotAKey> {
        let key = VerifyingKey::from_bytes(bytes).map_err(|_| NotAKey)?;
        if key.is_weak() { Err(NotAKey) } else { Ok(Self(key)) }
    }

    /// Whether `signature` is this key's for `message`. Strict: neither small-order points nor a
    /// malleable `s` pass.
    pub fn signed(&self, message: &[u8], signature: &[u8]) -> bool {
        Signature::from_slice(signature)
            .is_ok_and(|signature| self.0.verify_strict(message, &signature).is_ok())
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({})", hex::encode(self.0.as_bytes()))
    }
}

/// A body that Discord signed, a moment ago.
#[derive(Debug, Clone, Copy)]
pub struct Verified<'a> {
    body: &'a [u8],
}

impl<'a> Verified<'a> {
    /// The bytes that were signed.
    pub fn body(self) -> &'a [u8] {
        self.body
    }
}

/// Why a request is refused. All are answered alike: 401 with an empty body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Rejected {
    /// A header is missing, twice there, or not text.
    #[error("the {0} header is missing or unreadable")]
    Header(&'static str),
    /// The signature is not 128 hexadecimal digits.
    #[error("the signature is not 64 bytes in hexadecimal")]
    Format,
    /// The timestamp is not a number, or too far from now.
    #[error("the timestamp is outside the window")]
    Timestamp,
    /// The signature is not the application's for this body.
    #[error("the signature does not fit")]
    Signature,
}

/// Checks that `body` was signed by the application whose key this is, close to `now_secs` (Unix seconds).
///
/// # Errors
/// Every defect; the caller answers 401 to all of them.
pub fn verify<'a>(
    key: &PublicKey,
    headers: &HeaderMap,
    body: &'a [u8],
    now_secs: i64,
) -> Result<Verified<'a>, Rejected> {
    let signature_hex = one(headers, SIGNATURE_HEADER)?;
    let timestamp = one(headers, TIMESTAMP_HEADER)?;

    let mut signature = [0; 64];
    hex::decode_to_slice(signature_hex, &mut signature).map_err(|_| Rejected::Format)?;

    // Digits only: `parse` would take a sign.
    if timestamp.is_empty() || !timestamp.iter().all(u8::is_ascii_digit) {
        return Err(Rejected::Timestamp);
    }
    let sent: i64 =
        std::str::from_utf8(timestamp).ok().and_then(|text| text.parse().ok()).ok_or(Rejected::Timestamp)?;
    if now_secs.abs_diff(sent) > TIMESTAMP_WINDOW_SECS.unsigned_abs() {
        return Err(Rejected::Timestamp);
    }

    let mut message = Vec::with_capacity(timestamp.len() + body.len());
    message.extend_from_slice(timestamp);
    message.extend_from_slice(body);
    if key.signed(&message, &signature) { Ok(Verified { body }) } else { Err(Rejected::Signature) }
}

fn one<'h>(headers: &'h HeaderMap, name: &'static str) -> Result<&'h [u8], Rejected> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (Some(value), None) => Ok(value.as_bytes()),
        _ => Err(Rejected::Header(name)),
    }
}
