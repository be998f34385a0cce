//! Reading: one item, many by name, or a range of one partition.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::{AttributeValue, KeysAndAttributes};
use serde::de::DeserializeOwned;
use tokio::time::{Instant, sleep};

use crate::patience::{Patience, passes, patiently, pause};
use crate::write::{Value, Words, key_item};
use crate::{Item, Key, StoreError, Table, tables};

/// Most items of one `BatchGetItem`.
///
/// Source: <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html>
const BATCH_MAX_KEYS: usize = 100;

/// The tables of one deployment. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Store {
    client: Client,
    prefix: Arc<str>,
    patience: Patience,
    reads: Option<Reads>,
}

/// Names of what is read, in order, for whoever looks over the shoulder.
#[derive(Debug, Clone, Default)]
pub struct Reads(Arc<Mutex<Vec<String>>>);

impl Reads {
    /// What was read since the last time.
    pub fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn note(&self, what: &dyn fmt::Display) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(what.to_string());
    }
}

impl Store {
    /// The tables whose names begin with `prefix`. The client's own retries must be off.
    pub fn new(client: Client, prefix: impl Into<String>) -> Self {
        Self { client, prefix: prefix.into().into(), patience: Patience::default(), reads: None }
    }

    /// The same tables, with another patience.
    #[must_use]
    pub fn with_patience(self, patience: Patience) -> Self {
        Self { patience, ..self }
    }

    /// The same tables, noting what is read. Nothing is noted, nor any name made, without this.
    #[must_use]
    pub fn noting(self, reads: &Reads) -> Self {
        Self { reads: Some(reads.clone()), ..self }
    }

    /// The client underneath.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// What every table's name begins with.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    pub(crate) fn patience(&self) -> Patience {
        self.patience
    }

    /// The item of this name, as it is now.
    ///
    /// # Errors
    /// When `DynamoDB` cannot answer.
    pub async fn get(&self, key: &Key) -> Result<Option<Item>, StoreError> {
        if let Some(reads) = &self.reads {
            reads.note(key);
        }
        let answer = patiently(self.patience, passes, || {
            self.client
                .get_item()
                .table_name(key.table.name(&self.prefix))
                .set_key(Some(key_item(key)))
                .consistent_read(true)
                .send()
        })
        .await
        .map_err(|failure| StoreError::from_failure("GetItem", failure))?;
        Ok(answer.item)
    }

    /// All items of these names that are there, as they are now: one call per 100, over all tables.
    /// Keys that `DynamoDB` did not get to are asked again.
    ///
    /// # Errors
    /// When `DynamoDB` cannot answer, or still leaves keys aside after the patience is over.
    pub async fn batch_get(&self, keys: &[Key]) -> Result<Found, StoreError> {
        let mut keys: Vec<&Key> = keys.iter().collect();
        keys.sort_unstable();
        // DynamoDB refuses a key named twice.
        keys.dedup();
        if let Some(reads) = &self.reads {
            for key in &keys {
                reads.note(key);
            }
        }
        let mut found = Found::default();
        for chunk in keys.chunks(BATCH_MAX_KEYS) {
            self.batch(chunk, &mut found).await?;
        }
        Ok(found)
    }

    async fn batch(&self, keys: &[&Key], found: &mut Found) -> Result<(), StoreError> {
        let tables: BTreeMap<String, Table> =
            keys.iter().map(|key| (key.table.name(&self.prefix), key.table)).collect();
        let mut wanted = std::collections::HashMap::new();
        for (name, table) in &tables {
            let keys: Vec<Item> =
                keys.iter().filter(|key| key.table == *table).map(|key| key_item(key)).collect();
            let keys = KeysAndAttributes::builder()
                .set_keys(Some(keys))
                .consistent_read(true)
                .build()
                .map_err(|error| StoreError::Malformed(error.to_string()))?;
            wanted.insert(name.clone(), keys);
        }
        let start = Instant::now();
        for tries in 0.. {
            let answer = patiently(self.patience, passes, || {
                self.client.batch_get_item().set_request_items(Some(wanted.clone())).send()
            })
            .await
            .map_err(|failure| StoreError::from_failure("BatchGetItem", failure))?;
            for (name, items) in answer.responses.unwrap_or_default() {
                let Some(table) = tables.get(&name) else { continue };
                for item in items {
                    found.items.insert(key_of(*table, &item)?, item);
                }
            }
            wanted = answer.unprocessed_keys.unwrap_or_default();
            if wanted.is_empty() {
                break;
            }
            let wait = pause(tries);
            if start.elapsed() + wait >= self.patience.total {
                return Err(StoreError::Unavailable {
                    operation: "BatchGetItem",
                    code: "UnprocessedKeys".into(),
                    source: None,
                });
            }
            sleep(wait).await;
        }
        Ok(())
    }

    /// One page of a partition.
    ///
    /// # Errors
    /// When `DynamoDB` cannot answer.
    pub async fn query(&self, query: &Query) -> Result<Page, StoreError> {
        if let Some(reads) = &self.reads {
            reads.note(query);
        }
        let (hash, range) = match query.index {
            Some(_) => (tables::DUE_HASH, tables::DUE_RANGE),
            None => ("pk", "sk"),
        };
        let mut words = Words::default();
        let mut expression = format!("{} = {}", words.name(hash), words.value(&query.pk.as_str().into()));
        let part = match &query.range {
            Range::All => None,
            Range::Prefix(text) => {
                Some(format!("begins_with({}, {})", words.name(range), words.value(&text.as_str().into())))
            }
            Range::Between(from, to) => {
                Some(format!("{} BETWEEN {} AND {}", words.name(range), words.value(from), words.value(to)))
            }
            Range::Compare(operator, value) => {
                Some(format!("{} {operator} {}", words.name(range), words.value(value)))
            }
        };
        if let Some(part) = part {
            expression.push_str(" AND ");
            expression.push_str(&part);
        }
        let answer = patiently(self.patience, passes, || {
            self.client
                .query()
                .table_name(query.table.name(&self.prefix))
                .set_index_name(query.index.map(str::to_owned))
                .key_condition_expression(expression.clone())
                .set_expression_attribute_names(words.names())
                .set_expression_attribute_values(words.values())
                .set_limit(query.limit)
                .scan_index_forward(!query.reverse)
                .consistent_read(query.consistent)
                .set_exclusive_start_key(query.after.clone().map(|cursor| cursor.0))
                .send()
        })
        .await
        .map_err(|failure| StoreError::from_failure("Query", failure))?;
        Ok(Page {
            items: answer.items.unwrap_or_default(),
            next: answer.last_evaluated_key.filter(|key| !key.is_empty()).map(Cursor),
        })
    }
}

/// What a batch found, by key.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Found {
    items: BTreeMap<Key, Item>,
}

impl Found {
    /// The item of this name, if it was asked and is there.
    pub fn get(&self, key: &Key) -> Option<&Item> {
        self.items.get(key)
    }

    /// The same, taken out.
    pub fn take(&mut self, key: &Key) -> Option<Item> {
        self.items.remove(key)
    }

    /// All items, by key.
    pub fn iter(&self) -> impl Iterator<Item = (&Key, &Item)> {
        self.items.iter()
    }
}

/// Which items of one partition, and in which order.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    table: Table,
    pk: String,
    range: Range,
    index: Option<&'static str>,
    limit: Option<i32>,
    reverse: bool,
    consistent: bool,
    after: Option<Cursor>,
}

#[derive(Debug, Clone, PartialEq)]
enum Range {
    All,
    Prefix(String),
    Between(Value, Value),
    Compare(&'static str, Value),
}

impl Query {
    /// The whole partition, by `sk`.
    pub fn of(table: Table, pk: impl Into<String>) -> Self {
        Self {
            table,
            pk: pk.into(),
            range: Range::All,
            index: None,
            limit: None,
            reverse: false,
            consistent: false,
            after: None,
        }
    }

    /// Only what begins so.
    #[must_use]
    pub fn prefix(self, text: impl Into<String>) -> Self {
        Self { range: Range::Prefix(text.into()), ..self }
    }

    /// Only from here to there, both included.
    #[must_use]
    pub fn between(self, from: impl Into<Value>, to: impl Into<Value>) -> Self {
        Self { range: Range::Between(from.into(), to.into()), ..self }
    }

    /// Only up to here, included.
    #[must_use]
    pub fn at_most(self, to: impl Into<Value>) -> Self {
        Self { range: Range::Compare("<=", to.into()), ..self }
    }

    /// Only from here on, included.
    #[must_use]
    pub fn at_least(self, from: impl Into<Value>) -> Self {
        Self { range: Range::Compare(">=", from.into()), ..self }
    }

    /// Through an index ([`tables::DUE`] is the only one): the partition is then its `lane`, the range
    /// its `wake_at`. Indexes lag behind by a moment and never read consistently.
    #[must_use]
    pub fn index(self, name: &'static str) -> Self {
        Self { index: Some(name), ..self }
    }

    /// At most so many items in one page; at least one.
    #[must_use]
    pub fn limit(self, items: u32) -> Self {
        Self { limit: Some(i32::try_from(items.max(1)).unwrap_or(i32::MAX)), ..self }
    }

    /// The last first.
    #[must_use]
    pub fn reverse(self) -> Self {
        Self { reverse: true, ..self }
    }

    /// As it is now, at twice the price.
    #[must_use]
    pub fn consistent(self) -> Self {
        Self { consistent: true, ..self }
    }

    /// What follows the page that ended here.
    #[must_use]
    pub fn after(self, cursor: Cursor) -> Self {
        Self { after: Some(cursor), ..self }
    }
}

/// `pk sk…`: a range shows as the star that stands for what is not said.
impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.range {
            Range::Prefix(text) => write!(f, "{} {text}*", self.pk),
            Range::All | Range::Between(..) | Range::Compare(..) => write!(f, "{} *", self.pk),
        }
    }
}

/// Some items of a partition.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// The items.
    pub items: Vec<Item>,
    /// Where the next page begins; none when this was the last.
    pub next: Option<Cursor>,
}

/// The end of a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Cursor(Item);

impl Cursor {
    /// Just behind this item, of a table (not of an index): for pages whose last item is known by its key.
    pub fn behind(key: &Key) -> Self {
        Self(key_item(key))
    }
}

/// An item as the struct its feature knows.
///
/// # Errors
/// When an attribute is missing or of another type.
pub fn read<T: DeserializeOwned>(item: Item) -> Result<T, StoreError> {
    Ok(serde_dynamo::from_item(item)?)
}

/// Whether an item has ended, though `DynamoDB` has not taken it away yet.
pub fn expired(item: &Item, now_ms: i64) -> bool {
    number(item, "exp").is_some_and(|exp| exp <= now_ms.div_euclid(1000))
}

/// A whole number of an item.
pub(crate) fn number(item: &Item, name: &str) -> Option<i64> {
    item.get(name)?.as_n().ok()?.parse().ok()
}

/// A text of an item.
pub(crate) fn text<'a>(item: &'a Item, name: &str) -> Option<&'a str> {
    item.get(name)?.as_s().ok().map(String::as_str)
}

pub(crate) fn key_of(table: Table, item: &Item) -> Result<Key, StoreError> {
    match (item.get("pk"), item.get("sk")) {
        (Some(AttributeValue::S(pk)), Some(AttributeValue::S(sk))) => Ok(Key::new(table, pk, sk)),
        _ => Err(StoreError::Malformed("an item without its key".into())),
    }
}
