//! Reading what Discord sends although it sends more, less, or something else than documented.

use std::collections::BTreeMap;
use std::str::FromStr;

use serde::de::{DeserializeOwned, Deserializer};
use serde::{Deserialize, de};
use serde_json::Value;

/// Absent, null and empty are the same to us.
pub(crate) fn or_default<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(
    deserializer: D,
) -> Result<T, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// A value that we can read, or nothing.
pub(crate) fn maybe<'de, D: Deserializer<'de>, T: DeserializeOwned>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    Ok(T::deserialize(Value::deserialize(deserializer)?).ok())
}

/// A list of which we read what we can read: one entry of a new kind does not hide the others.
pub(crate) fn readable<'de, D: Deserializer<'de>, T: DeserializeOwned>(
    deserializer: D,
) -> Result<Vec<T>, D::Error> {
    match Value::deserialize(deserializer)? {
        Value::Array(entries) => {
            Ok(entries.into_iter().filter_map(|entry| T::deserialize(entry).ok()).collect())
        }
        Value::Null => Ok(Vec::new()),
        _ => Err(de::Error::custom("not a list")),
    }
}

/// As [`readable`], for a map by id.
pub(crate) fn readable_map<'de, D: Deserializer<'de>, K: FromStr + Ord, T: DeserializeOwned>(
    deserializer: D,
) -> Result<BTreeMap<K, T>, D::Error> {
    match Value::deserialize(deserializer)? {
        Value::Object(entries) => Ok(entries
            .into_iter()
            .filter_map(|(id, entry)| Some((id.parse().ok()?, T::deserialize(entry).ok()?)))
            .collect()),
        Value::Null => Ok(BTreeMap::new()),
        _ => Err(de::Error::custom("not a map")),
    }
}
