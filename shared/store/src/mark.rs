//! The once-only mark: an interaction has one effect and one answer, however often it is delivered.
//!
//! The mark is created in the transaction of the decision and holds the answer given. A second
//! delivery finds it, when loading or as the item that made its own transaction fail, and gives
//! that answer again.

use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;

use crate::personal::{Basis, PersonalField};
use crate::{Item, Key, Table, Write, expired};

/// How long a mark holds, in seconds: 24 h.
pub const HOLDS_SECS: i64 = 24 * 60 * 60;
/// Answers above this many bytes are kept deflated.
pub const DEFLATED_ABOVE_BYTES: usize = 512;
/// Most bytes of an answer; a longer one is an error in our own code.
pub const ANSWER_MAX_BYTES: usize = 64 * 1024;

/// What a mark says about somebody.
pub const PERSONAL: &[PersonalField] = &[PersonalField {
    field: "answer",
    purpose: "give a repeated delivery the first answer",
    basis: Basis::Service,
    retention: "24 hours",
}];

/// Deflate's usual trade of time for size, 0 to 10.
const DEFLATE_LEVEL: u8 = 6;

/// Where the mark of an interaction is; `guild` is 0 in private messages.
pub fn key(feature: &'static str, guild: u64, interaction: u64) -> Key {
    Key::new(Table::State(feature), format!("G#{guild}#I#{interaction}"), "ONCE")
}

/// Marks an interaction with the answer given: fails when a mark is there that still holds.
pub fn write(key: Key, answer: &[u8], now_ms: i64) -> Write {
    if answer.len() > ANSWER_MAX_BYTES {
        return Write::refused(
            key,
            format!("an answer of {} bytes, at most {ANSWER_MAX_BYTES}", answer.len()),
        );
    }
    // Text is kept as text, bytes are deflated: the type says which.
    let kept = match std::str::from_utf8(answer) {
        Ok(text) if answer.len() <= DEFLATED_ABOVE_BYTES => AttributeValue::S(text.to_owned()),
        _ => AttributeValue::B(Blob::new(miniz_oxide::deflate::compress_to_vec(answer, DEFLATE_LEVEL))),
    };
    Write::create_item(key, Item::from([("answer".to_owned(), kept)]))
        .or_expired(now_ms)
        .expires(now_ms.div_euclid(1000) + HOLDS_SECS)
}

/// The answer that was given; none when the mark no longer holds.
pub fn answer(item: &Item, now_ms: i64) -> Option<Vec<u8>> {
    if expired(item, now_ms) {
        return None;
    }
    match item.get("answer")? {
        AttributeValue::S(text) => Some(text.clone().into_bytes()),
        AttributeValue::B(deflated) => {
            miniz_oxide::inflate::decompress_to_vec_with_limit(deflated.as_ref(), ANSWER_MAX_BYTES).ok()
        }
        _ => None,
    }
}
