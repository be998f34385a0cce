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

#[cfg(test)]
mod tests {
    use ed25519_dalek::{Signer, SigningKey};
    use http::HeaderValue;
    use proptest::prelude::*;

    use super::*;

    const NOW: i64 = 1_790_000_000;
    const BODY: &[u8] = br#"{"type":1}"#;

    fn signer() -> SigningKey {
        SigningKey::from_bytes(&[7; 32])
    }

    fn key() -> PublicKey {
        PublicKey::from_bytes(signer().verifying_key().as_bytes()).unwrap()
    }

    fn sign(timestamp: &str, body: &[u8]) -> String {
        let message = [timestamp.as_bytes(), body].concat();
        hex::encode(signer().sign(&message).to_bytes())
    }

    fn headers(signature: &str, timestamp: &str) -> HeaderMap {
        HeaderMap::from_iter([
            (http::HeaderName::from_static(SIGNATURE_HEADER), HeaderValue::from_str(signature).unwrap()),
            (http::HeaderName::from_static(TIMESTAMP_HEADER), HeaderValue::from_str(timestamp).unwrap()),
        ])
    }

    fn judge(signature: &str, timestamp: &str) -> Result<(), Rejected> {
        verify(&key(), &headers(signature, timestamp), BODY, NOW)
            .map(|verified| assert_eq!(verified.body(), BODY))
    }

    /// Order of the curve's group: `s` and `s + L` are the same to a lax verifier.
    /// Source: RFC 8032, section 5.1.
    const GROUP_ORDER: [u8; 32] = [
        0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
    ];

    #[test]
    fn what_discord_signed_a_moment_ago_is_taken() {
        for at in [NOW - TIMESTAMP_WINDOW_SECS, NOW, NOW + TIMESTAMP_WINDOW_SECS] {
            assert_eq!(judge(&sign(&at.to_string(), BODY), &at.to_string()), Ok(()));
        }
        let upper = sign(&NOW.to_string(), BODY).to_uppercase();
        assert_eq!(judge(&upper, &NOW.to_string()), Ok(()));
    }

    #[test]
    fn a_timestamp_far_from_now_is_refused_though_it_is_signed() {
        for at in [NOW - TIMESTAMP_WINDOW_SECS - 1, NOW + TIMESTAMP_WINDOW_SECS + 1, 0, i64::MAX] {
            assert_eq!(judge(&sign(&at.to_string(), BODY), &at.to_string()), Err(Rejected::Timestamp));
        }
    }

    #[test]
    fn a_timestamp_that_is_no_number_is_refused_though_it_is_signed() {
        for text in
            ["", "now", "-1", "+1790000000", " 1790000000", "1790000000.0", "99999999999999999999", "0x6ab"]
        {
            assert_eq!(judge(&sign(text, BODY), text), Err(Rejected::Timestamp), "{text:?}");
        }
    }

    #[test]
    fn a_signature_in_another_form_is_refused() {
        let good = sign(&NOW.to_string(), BODY);
        let odd = &good[1..];
        let short = &good[2..];
        let long = format!("{good}00");
        let letters = format!("zz{}", &good[2..]);
        let spaced = format!("{} ", &good[..127]);
        for text in ["", "00", odd, short, &long, &letters, &spaced] {
            assert_eq!(judge(text, &NOW.to_string()), Err(Rejected::Format), "{text:?}");
        }
    }

    #[test]
    fn a_missing_doubled_or_unreadable_header_is_refused() {
        let good = headers(&sign(&NOW.to_string(), BODY), &NOW.to_string());
        for name in [SIGNATURE_HEADER, TIMESTAMP_HEADER] {
            let mut missing = good.clone();
            missing.remove(name);
            assert_eq!(verify(&key(), &missing, BODY, NOW).unwrap_err(), Rejected::Header(name));
            let mut doubled = good.clone();
            doubled.append(name, good[name].clone());
            assert_eq!(verify(&key(), &doubled, BODY, NOW).unwrap_err(), Rejected::Header(name));
            let mut unreadable = good.clone();
            unreadable.insert(name, HeaderValue::from_bytes(&[0xff; 128]).unwrap());
            assert!(verify(&key(), &unreadable, BODY, NOW).is_err());
        }
    }

    #[test]
    fn another_body_another_time_and_another_key_are_refused() {
        let timestamp = NOW.to_string();
        let good = headers(&sign(&timestamp, BODY), &timestamp);
        assert_eq!(verify(&key(), &good, br#"{"type":2}"#, NOW).unwrap_err(), Rejected::Signature);
        assert_eq!(verify(&key(), &good, b"", NOW).unwrap_err(), Rejected::Signature);
        assert_eq!(judge(&sign(&timestamp, BODY), &(NOW + 1).to_string()), Err(Rejected::Signature));
        let other = SigningKey::from_bytes(&[8; 32]);
        let other = PublicKey::from_bytes(other.verifying_key().as_bytes()).unwrap();
        assert_eq!(verify(&other, &good, BODY, NOW).unwrap_err(), Rejected::Signature);
    }

    #[test]
    fn a_malleable_signature_is_refused() {
        let message = [NOW.to_string().as_bytes(), BODY].concat();
        let mut signature = signer().sign(&message).to_bytes();
        assert!(key().signed(&message, &signature));
        let mut carry = 0;
        for (byte, order) in signature[32..].iter_mut().zip(GROUP_ORDER) {
            carry += u16::from(*byte) + u16::from(order);
            *byte = carry.to_le_bytes()[0];
            carry >>= 8;
        }
        assert!(!key().signed(&message, &signature));
        assert_eq!(judge(&hex::encode(signature), &NOW.to_string()), Err(Rejected::Signature));
    }

    /// Points of order 1, 2, 4 and 8: each of them "signs" anything for a lax verifier.
    const SMALL_ORDER: [&str; 8] = [
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    ];

    #[test]
    fn a_small_order_key_is_no_key() {
        for text in SMALL_ORDER {
            assert_eq!(PublicKey::from_hex(text), Err(NotAKey), "{text}");
        }
    }

    #[test]
    fn a_signature_by_a_small_order_point_is_refused() {
        for point in SMALL_ORDER {
            let mut signature = [0; 64];
            hex::decode_to_slice(point, &mut signature[..32]).unwrap();
            assert!(!key().signed(b"anything", &signature), "{point}");
        }
    }

    /// Made with the key itself: its point is the neutral one, its number is `k · a`, and the equation
    /// holds. A lax verifier takes it; RFC 8032 leaves it open.
    #[test]
    fn a_fitting_signature_with_a_small_order_point_is_refused() {
        let mut signature = [0; 64];
        signature[0] = 1;
        let number = "f03eb939fb899fa82cec5f87fc9a0a6d56444412bc07d7c7b98fe359a5022409";
        hex::decode_to_slice(number, &mut signature[32..]).unwrap();
        let lax = ed25519_dalek::Verifier::verify(
            &signer().verifying_key(),
            b"anything",
            &Signature::from_bytes(&signature),
        );
        assert!(lax.is_ok(), "the equation holds");
        assert!(!key().signed(b"anything", &signature));
    }

    #[test]
    fn a_key_is_read_as_the_portal_shows_it() {
        let text = hex::encode(signer().verifying_key().as_bytes());
        assert_eq!(PublicKey::from_hex(&format!(" {text}\n")), Ok(key()));
        for wrong in
            ["", "none", &text[2..], &format!("{text}00"), &text.replace(|c: char| c.is_ascii_digit(), "g")]
        {
            assert_eq!(PublicKey::from_hex(wrong), Err(NotAKey), "{wrong:?}");
        }
    }

    proptest! {
        #[test]
        fn no_header_makes_it_panic(signature in prop::collection::vec(any::<u8>(), 0..140), timestamp in "[ -~]{0,24}", body: Vec<u8>) {
            let mut map = HeaderMap::new();
            if let Ok(value) = HeaderValue::from_bytes(&signature) {
                map.insert(SIGNATURE_HEADER, value);
            }
            map.insert(TIMESTAMP_HEADER, HeaderValue::from_str(&timestamp).unwrap());
            prop_assert!(verify(&key(), &map, &body, NOW).is_err());
        }
    }
}
