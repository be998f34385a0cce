//! Writes as data: what shall change, and on which condition.
//!
//! A write prints as one line, for snapshots of decisions:
//! `+` create, `*` put, `~` update, `-` delete, `?` check.

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use aws_sdk_dynamodb::error::BuildError;
use aws_sdk_dynamodb::types::{
    AttributeValue, ConditionCheck, Delete, Put, ReturnValuesOnConditionCheckFailure, TransactWriteItem,
    Update as SdkUpdate,
};
use serde::Serialize;

use crate::{Item, Key};

/// Format version of an item that says nothing else, kept in its attribute `v`.
pub const FORMAT: i64 = 1;

/// A value of an attribute.
#[derive(Debug, Clone, PartialEq)]
pub struct Value(pub AttributeValue);

impl Value {
    /// Any plain data: structs become maps, vectors lists.
    ///
    /// # Errors
    /// When the data cannot be kept, such as a map whose keys are no text.
    pub fn of(data: &impl Serialize) -> Result<Self, serde_dynamo::Error> {
        serde_dynamo::to_attribute_value(data).map(Self)
    }
}

macro_rules! values {
    ($($from:ty => $value:ident $make:expr;)*) => {$(
        impl From<$from> for Value {
            fn from($value: $from) -> Self {
                Self($make)
            }
        }
    )*};
}

values! {
    &str => text AttributeValue::S(text.to_owned());
    String => text AttributeValue::S(text);
    &String => text AttributeValue::S(text.clone());
    i32 => number AttributeValue::N(number.to_string());
    i64 => number AttributeValue::N(number.to_string());
    u32 => number AttributeValue::N(number.to_string());
    u64 => number AttributeValue::N(number.to_string());
    bool => yes AttributeValue::Bool(yes);
    Vec<String> => texts AttributeValue::L(texts.into_iter().map(AttributeValue::S).collect());
    AttributeValue => value value;
}

/// Changes to attributes of one item. One attribute has one change: the last one said.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Update {
    changes: BTreeMap<String, Change>,
}

#[derive(Debug, Clone, PartialEq)]
enum Change {
    Set(Value),
    SetIfAbsent(Value),
    Add(i64),
    Remove,
}

impl Update {
    /// No change yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Gives an attribute this value.
    #[must_use]
    pub fn set(self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.change(name, Change::Set(value.into()))
    }

    /// Gives an attribute this value unless it has one.
    #[must_use]
    pub fn set_if_absent(self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.change(name, Change::SetIfAbsent(value.into()))
    }

    /// Adds to a number; an absent one counts as zero.
    #[must_use]
    pub fn add(self, name: impl Into<String>, amount: i64) -> Self {
        self.change(name, Change::Add(amount))
    }

    /// Takes an attribute away.
    #[must_use]
    pub fn remove(self, name: impl Into<String>) -> Self {
        self.change(name, Change::Remove)
    }

    fn change(mut self, name: impl Into<String>, change: Change) -> Self {
        self.changes.insert(name.into(), change);
        self
    }
}

/// What must hold for a write to happen.
///
/// A comparison with an absent attribute is false, but for [`Condition::differs`].
#[derive(Debug, Clone, PartialEq)]
pub struct Condition(Test);

#[derive(Debug, Clone, PartialEq)]
enum Test {
    Exists,
    Absent,
    Compare(String, &'static str, Value),
    Differs(String, Value),
    Has(String),
    Lacks(String),
    Any(Vec<Test>),
    All(Vec<Test>),
}

impl Condition {
    /// The item is there.
    pub fn exists() -> Self {
        Self(Test::Exists)
    }

    /// The item is not there.
    pub fn absent() -> Self {
        Self(Test::Absent)
    }

    /// The item is not there any more: it is absent, or its `exp` has passed and DynamoDB is late to take it
    /// away. `now` is Unix seconds.
    pub fn gone(now: i64) -> Self {
        Self::any([Self::absent(), Self::at_most("exp", now)])
    }

    /// The attribute has this value.
    pub fn equals(name: impl Into<String>, value: impl Into<Value>) -> Self {
        Self(Test::Compare(name.into(), "=", value.into()))
    }

    /// The attribute has another value, or none.
    pub fn differs(name: impl Into<String>, value: impl Into<Value>) -> Self {
        Self(Test::Differs(name.into(), value.into()))
    }

    /// The attribute is below this value.
    pub fn less(name: impl Into<String>, value: impl Into<Value>) -> Self {
        Self(Test::Compare(name.into(), "<", value.into()))
    }

    /// The attribute is this value or below.
    pub fn at_most(name: impl Into<String>, value: impl Into<Value>) -> Self {
        Self(Test::Compare(name.into(), "<=", value.into()))
    }

    /// The attribute is above this value.
    pub fn greater(name: impl Into<String>, value: impl Into<Value>) -> Self {
        Self(Test::Compare(name.into(), ">", value.into()))
    }

    /// The attribute is this value or above.
    pub fn at_least(name: impl Into<String>, value: impl Into<Value>) -> Self {
        Self(Test::Compare(name.into(), ">=", value.into()))
    }

    /// The attribute is there.
    pub fn has(name: impl Into<String>) -> Self {
        Self(Test::Has(name.into()))
    }

    /// The attribute is not there.
    pub fn lacks(name: impl Into<String>) -> Self {
        Self(Test::Lacks(name.into()))
    }

    /// One of these holds. Of none, none holds.
    pub fn any(conditions: impl IntoIterator<Item = Self>) -> Self {
        Self(Test::Any(conditions.into_iter().map(|condition| condition.0).collect()))
    }

    /// All of these hold.
    pub fn all(conditions: impl IntoIterator<Item = Self>) -> Self {
        Self(Test::All(conditions.into_iter().map(|condition| condition.0).collect()))
    }

    fn and(self, other: Self) -> Self {
        let mut all = match self.0 {
            Test::All(tests) => tests,
            test => vec![test],
        };
        all.push(other.0);
        Self(Test::All(all))
    }
}

/// One change to one item.
#[derive(Debug, Clone, PartialEq)]
pub struct Write {
    key: Key,
    effect: Effect,
    condition: Option<Condition>,
    /// Why this can never be sent: said by [`crate::Store::commit`], so that building a write has no error to handle.
    defect: Option<String>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Effect {
    Create(Item),
    Put(Item),
    Update(Update),
    Delete,
    Check,
}

impl Write {
    /// Makes an item that is not there yet; fails when it is. Attributes that are `None` are left out.
    pub fn create(key: Key, data: &impl Serialize) -> Self {
        Self::from_data(key, data, Effect::Create).when(Condition::absent())
    }

    /// As [`Write::create`], from attributes.
    pub fn create_item(key: Key, item: Item) -> Self {
        Self::new(key, Effect::Create(item)).when(Condition::absent())
    }

    /// Makes an item, or replaces the one that is there. Attributes that are `None` are left out.
    pub fn put(key: Key, data: &impl Serialize) -> Self {
        Self::from_data(key, data, Effect::Put)
    }

    /// As [`Write::put`], from attributes.
    pub fn put_item(key: Key, item: Item) -> Self {
        Self::new(key, Effect::Put(item))
    }

    /// Changes attributes; makes the item when it is not there, unless [`Write::when`] says otherwise.
    pub fn update(key: Key, update: Update) -> Self {
        let defect = ["pk", "sk"]
            .into_iter()
            .find(|name| update.changes.contains_key(*name))
            .map(|name| format!("{key}: {name} never changes"));
        Self { defect, ..Self::new(key, Effect::Update(update)) }
    }

    /// Takes an item away; one that is not there is no failure.
    pub fn delete(key: Key) -> Self {
        Self::new(key, Effect::Delete)
    }

    /// Changes nothing, but fails everything unless what [`Write::when`] says holds.
    pub fn check(key: Key) -> Self {
        Self::new(key, Effect::Check)
    }

    /// Happens only if this holds; said twice, both must.
    #[must_use]
    pub fn when(mut self, condition: Condition) -> Self {
        self.condition = Some(match self.condition {
            Some(before) => before.and(condition),
            None => condition,
        });
        self
    }

    /// A create also wins over an item whose `exp` has passed: `DynamoDB` may be days late to take it away.
    #[must_use]
    pub fn or_expired(mut self, now_ms: i64) -> Self {
        self.condition =
            Some(Condition::any([Condition::absent(), Condition::at_most("exp", now_ms.div_euclid(1000))]));
        self
    }

    /// The item ends at this moment, in Unix seconds.
    #[must_use]
    pub fn expires(mut self, unix_secs: i64) -> Self {
        match &mut self.effect {
            Effect::Create(item) | Effect::Put(item) => {
                item.insert("exp".into(), Value::from(unix_secs).0);
            }
            Effect::Update(update) => {
                update.changes.insert("exp".into(), Change::Set(unix_secs.into()));
            }
            Effect::Delete | Effect::Check => {
                self.defect = Some(format!("{}: only what is stored can expire", self.key));
            }
        }
        self
    }

    /// The item it is about.
    pub fn key(&self) -> &Key {
        &self.key
    }

    /// The whole item that a create or a put stores, with its key and `v`.
    pub fn item(&self) -> Option<Item> {
        match &self.effect {
            Effect::Create(item) | Effect::Put(item) => Some(self.complete(item)),
            Effect::Update(_) | Effect::Delete | Effect::Check => None,
        }
    }

    pub(crate) fn refused(key: Key, why: String) -> Self {
        Self { defect: Some(why), ..Self::new(key, Effect::Check) }
    }

    fn new(key: Key, effect: Effect) -> Self {
        Self { key, effect, condition: None, defect: None }
    }

    fn from_data(key: Key, data: &impl Serialize, effect: impl FnOnce(Item) -> Effect) -> Self {
        match serde_dynamo::to_item::<_, Item>(data) {
            Ok(mut item) => {
                // NULL and absent read alike, and an index refuses NULL.
                item.retain(|_, value| !matches!(value, AttributeValue::Null(_)));
                Self::new(key, effect(item))
            }
            Err(error) => {
                let why = format!("{key}: this cannot be stored: {error}");
                Self { defect: Some(why), ..Self::new(key, effect(Item::new())) }
            }
        }
    }

    fn complete(&self, item: &Item) -> Item {
        let mut item = item.clone();
        item.entry("v".into()).or_insert_with(|| Value::from(FORMAT).0);
        item.insert("pk".into(), AttributeValue::S(self.key.pk.clone()));
        item.insert("sk".into(), AttributeValue::S(self.key.sk.clone()));
        item
    }

    /// What would make `DynamoDB` refuse it whatever the data.
    pub(crate) fn defect(&self) -> Option<String> {
        if self.defect.is_none() && self.effect == Effect::Check && self.condition.is_none() {
            return Some(format!("{}: a check without a condition", self.key));
        }
        self.defect.clone()
    }

    /// Bytes that count towards the limits, by `DynamoDB`'s rules for sizes.
    ///
    /// Source: <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html>
    pub(crate) fn bytes(&self) -> usize {
        let key = self.key.pk.len() + self.key.sk.len() + 4;
        key + match &self.effect {
            Effect::Create(item) | Effect::Put(item) => {
                // `v`, a name of one letter and a number of one digit, is added when stored.
                bytes(item) + if item.contains_key("v") { 0 } else { 3 }
            }
            Effect::Update(update) => update
                .changes
                .iter()
                .map(|(name, change)| {
                    name.len()
                        + match change {
                            Change::Set(value) | Change::SetIfAbsent(value) => value_bytes(&value.0),
                            Change::Add(_) => 11,
                            Change::Remove => 0,
                        }
                })
                .sum(),
            Effect::Delete | Effect::Check => 0,
        }
    }

    /// The action of a transaction; the item that fails a condition comes back with the failure.
    pub(crate) fn transact(&self, prefix: &str) -> Result<TransactWriteItem, BuildError> {
        let table = self.key.table.name(prefix);
        let mut words = Words::default();
        let old = ReturnValuesOnConditionCheckFailure::AllOld;
        let condition = self.condition.as_ref().and_then(|condition| words.when(condition));
        let action = TransactWriteItem::builder();
        Ok(match &self.effect {
            Effect::Create(item) | Effect::Put(item) => action.put(
                Put::builder()
                    .table_name(table)
                    .set_item(Some(self.complete(item)))
                    .set_condition_expression(condition)
                    .set_expression_attribute_names(words.names())
                    .set_expression_attribute_values(words.values())
                    .return_values_on_condition_check_failure(old)
                    .build()?,
            ),
            Effect::Update(update) => action.update({
                let expression = words.update(update);
                SdkUpdate::builder()
                    .table_name(table)
                    .set_key(Some(key_item(&self.key)))
                    .update_expression(expression)
                    .set_condition_expression(condition)
                    .set_expression_attribute_names(words.names())
                    .set_expression_attribute_values(words.values())
                    .return_values_on_condition_check_failure(old)
                    .build()?
            }),
            Effect::Delete => action.delete(
                Delete::builder()
                    .table_name(table)
                    .set_key(Some(key_item(&self.key)))
                    .set_condition_expression(condition)
                    .set_expression_attribute_names(words.names())
                    .set_expression_attribute_values(words.values())
                    .return_values_on_condition_check_failure(old)
                    .build()?,
            ),
            Effect::Check => action.condition_check(
                ConditionCheck::builder()
                    .table_name(table)
                    .set_key(Some(key_item(&self.key)))
                    // A check must say something, also when it always holds.
                    .set_condition_expression(condition.or_else(|| words.always()))
                    .set_expression_attribute_names(words.names())
                    .set_expression_attribute_values(words.values())
                    .return_values_on_condition_check_failure(old)
                    .build()?,
            ),
        }
        .build())
    }
}

/// The two attributes that name an item.
pub(crate) fn key_item(key: &Key) -> Item {
    Item::from([
        ("pk".to_owned(), AttributeValue::S(key.pk.clone())),
        ("sk".to_owned(), AttributeValue::S(key.sk.clone())),
    ])
}

/// Expressions with placeholders for every name and value: no reserved word, no quoting.
#[derive(Default)]
pub(crate) struct Words {
    names: Vec<String>,
    values: Vec<AttributeValue>,
}

/// What remains of a test when its empty groups are resolved: `DynamoDB` has no word for them.
enum Truth {
    Always,
    Never,
    Depends(Test),
}

impl Test {
    fn simplified(&self) -> Truth {
        match self {
            Self::Any(tests) => {
                let mut left = Vec::new();
                for test in tests {
                    match test.simplified() {
                        Truth::Always => return Truth::Always,
                        Truth::Never => {}
                        Truth::Depends(test) => left.push(test),
                    }
                }
                if left.is_empty() { Truth::Never } else { Truth::Depends(Self::Any(left)) }
            }
            Self::All(tests) => {
                let mut left = Vec::new();
                for test in tests {
                    match test.simplified() {
                        Truth::Always => {}
                        Truth::Never => return Truth::Never,
                        Truth::Depends(test) => left.push(test),
                    }
                }
                if left.is_empty() { Truth::Always } else { Truth::Depends(Self::All(left)) }
            }
            test => Truth::Depends(test.clone()),
        }
    }
}

/// A piece of a condition, and the word that joins it. `DynamoDB` refuses parentheses that are not needed.
struct Part {
    text: String,
    word: Option<&'static str>,
}

impl Part {
    fn single(text: String) -> Self {
        Self { text, word: None }
    }

    fn joined(word: &'static str, mut parts: Vec<Self>) -> Self {
        if parts.len() == 1 {
            return parts.remove(0);
        }
        let texts: Vec<String> = parts
            .into_iter()
            .map(|part| match part.word {
                Some(other) if other != word => format!("({})", part.text),
                _ => part.text,
            })
            .collect();
        Self { text: texts.join(word), word: Some(word) }
    }
}

impl Words {
    pub(crate) fn name(&mut self, name: &str) -> String {
        let index = self.names.iter().position(|known| known == name).unwrap_or_else(|| {
            self.names.push(name.to_owned());
            self.names.len() - 1
        });
        format!("#{index}")
    }

    pub(crate) fn value(&mut self, value: &Value) -> String {
        self.values.push(value.0.clone());
        format!(":{}", self.values.len() - 1)
    }

    /// The expression of a condition; `None` when it always holds.
    pub(crate) fn when(&mut self, condition: &Condition) -> Option<String> {
        match condition.0.simplified() {
            Truth::Always => None,
            Truth::Never => Some(self.test(&Test::All(vec![Test::Exists, Test::Absent])).text),
            Truth::Depends(test) => Some(self.test(&test).text),
        }
    }

    fn always(&mut self) -> Option<String> {
        self.when(&Condition::any([Condition::exists(), Condition::absent()]))
    }

    fn test(&mut self, test: &Test) -> Part {
        match test {
            Test::Exists => Part::single(format!("attribute_exists({})", self.name("pk"))),
            Test::Absent => Part::single(format!("attribute_not_exists({})", self.name("pk"))),
            Test::Compare(name, operator, value) => {
                Part::single(format!("{} {operator} {}", self.name(name), self.value(value)))
            }
            // Said in full: what `<>` means on an absent attribute is not written down anywhere.
            Test::Differs(name, value) => {
                let name = self.name(name);
                let other = format!("{name} <> {}", self.value(value));
                let parts = [format!("attribute_not_exists({name})"), other];
                Part::joined(" OR ", parts.map(Part::single).into())
            }
            Test::Has(name) => Part::single(format!("attribute_exists({})", self.name(name))),
            Test::Lacks(name) => Part::single(format!("attribute_not_exists({})", self.name(name))),
            Test::Any(tests) => Part::joined(" OR ", tests.iter().map(|test| self.test(test)).collect()),
            Test::All(tests) => Part::joined(" AND ", tests.iter().map(|test| self.test(test)).collect()),
        }
    }

    /// Every update also gives a new item its version.
    pub(crate) fn update(&mut self, update: &Update) -> String {
        let mut set = Vec::new();
        let mut add = Vec::new();
        let mut remove = Vec::new();
        if !update.changes.contains_key("v") {
            let name = self.name("v");
            set.push(format!("{name} = if_not_exists({name}, {})", self.value(&FORMAT.into())));
        }
        for (name, change) in &update.changes {
            let name = self.name(name);
            match change {
                Change::Set(value) => set.push(format!("{name} = {}", self.value(value))),
                Change::SetIfAbsent(value) => {
                    set.push(format!("{name} = if_not_exists({name}, {})", self.value(value)));
                }
                Change::Add(amount) => add.push(format!("{name} {}", self.value(&(*amount).into()))),
                Change::Remove => remove.push(name),
            }
        }
        [("SET", set), ("ADD", add), ("REMOVE", remove)]
            .into_iter()
            .filter(|(_, parts)| !parts.is_empty())
            .map(|(verb, parts)| format!("{verb} {}", parts.join(", ")))
            .collect::<Vec<_>>()
            .join(" ")
    }

    pub(crate) fn names(&self) -> Option<HashMap<String, String>> {
        (!self.names.is_empty()).then(|| {
            self.names.iter().enumerate().map(|(index, name)| (format!("#{index}"), name.clone())).collect()
        })
    }

    pub(crate) fn values(&self) -> Option<Item> {
        (!self.values.is_empty()).then(|| {
            self.values
                .iter()
                .enumerate()
                .map(|(index, value)| (format!(":{index}"), value.clone()))
                .collect()
        })
    }
}

/// Bytes of an item, names included, by `DynamoDB`'s rules for sizes.
///
/// Source: <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html>
pub fn bytes(item: &Item) -> usize {
    item.iter().map(|(name, value)| name.len() + value_bytes(value)).sum()
}

fn value_bytes(value: &AttributeValue) -> usize {
    match value {
        AttributeValue::S(text) => text.len(),
        AttributeValue::N(number) => number.len().div_ceil(2) + 1,
        AttributeValue::B(bytes) => bytes.as_ref().len(),
        AttributeValue::Ss(texts) => texts.iter().map(String::len).sum(),
        AttributeValue::Ns(numbers) => numbers.iter().map(|number| number.len().div_ceil(2) + 1).sum(),
        AttributeValue::Bs(blobs) => blobs.iter().map(|bytes| bytes.as_ref().len()).sum(),
        AttributeValue::L(list) => 3 + list.iter().map(|value| 1 + value_bytes(value)).sum::<usize>(),
        AttributeValue::M(map) => {
            3 + map.iter().map(|(name, value)| 1 + name.len() + value_bytes(value)).sum::<usize>()
        }
        // Booleans and NULL, and types that do not exist yet.
        _ => 1,
    }
}

impl fmt::Display for Write {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = match &self.effect {
            Effect::Create(_) => '+',
            Effect::Put(_) => '*',
            Effect::Update(_) => '~',
            Effect::Delete => '-',
            Effect::Check => '?',
        };
        write!(f, "{sign} {}", self.key)?;
        match &self.effect {
            Effect::Create(item) | Effect::Put(item) => {
                for (name, value) in item.iter().collect::<BTreeMap<_, _>>() {
                    if !["pk", "sk", "v"].contains(&name.as_str()) {
                        write!(f, " {name}={}", Printed(value))?;
                    }
                }
            }
            Effect::Update(update) => {
                for (name, change) in &update.changes {
                    match change {
                        Change::Set(value) => write!(f, " {name}={}", Printed(&value.0))?,
                        Change::SetIfAbsent(value) => write!(f, " {name}?={}", Printed(&value.0))?,
                        Change::Add(amount) if *amount < 0 => {
                            write!(f, " {name}-={}", amount.unsigned_abs())?;
                        }
                        Change::Add(amount) => write!(f, " {name}+={amount}")?,
                        Change::Remove => write!(f, " -{name}")?,
                    }
                }
            }
            Effect::Delete | Effect::Check => {}
        }
        match (&self.effect, &self.condition) {
            // The sign says it.
            (Effect::Create(_), Some(condition)) if *condition == Condition::absent() => Ok(()),
            (_, Some(condition)) => write!(f, " if {condition}"),
            (_, None) => Ok(()),
        }
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Test::All(tests) => join(f, tests, " and "),
            Test::Any(tests) => join(f, tests, " or "),
            test => test.fmt(f),
        }
    }
}

impl fmt::Display for Test {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exists => f.write_str("exists"),
            Self::Absent => f.write_str("absent"),
            Self::Compare(name, operator, value) => write!(f, "{name}{operator}{}", Printed(&value.0)),
            Self::Differs(name, value) => write!(f, "{name}!={}", Printed(&value.0)),
            Self::Has(name) => write!(f, "has {name}"),
            Self::Lacks(name) => write!(f, "lacks {name}"),
            Self::Any(tests) => {
                f.write_str("(")?;
                join(f, tests, " or ")?;
                f.write_str(")")
            }
            Self::All(tests) => {
                f.write_str("(")?;
                join(f, tests, " and ")?;
                f.write_str(")")
            }
        }
    }
}

fn join(f: &mut fmt::Formatter<'_>, tests: &[Test], word: &str) -> fmt::Result {
    for (index, test) in tests.iter().enumerate() {
        if index > 0 {
            f.write_str(word)?;
        }
        write!(f, "{test}")?;
    }
    Ok(())
}

/// A value as a person reads it: text bare when it is one word, quoted otherwise; bytes by their number.
struct Printed<'a>(&'a AttributeValue);

impl fmt::Display for Printed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            AttributeValue::S(text) => {
                if text.is_empty() || text.contains(|c: char| c.is_whitespace() || c.is_control() || c == '"')
                {
                    write!(f, "{text:?}")
                } else {
                    f.write_str(text)
                }
            }
            AttributeValue::N(number) => f.write_str(number),
            AttributeValue::Bool(yes) => write!(f, "{yes}"),
            AttributeValue::Null(_) => f.write_str("null"),
            AttributeValue::B(bytes) => write!(f, "<{} bytes>", bytes.as_ref().len()),
            AttributeValue::L(list) => {
                f.write_str("[")?;
                for (index, value) in list.iter().enumerate() {
                    write!(f, "{}{}", if index > 0 { ", " } else { "" }, Printed(value))?;
                }
                f.write_str("]")
            }
            AttributeValue::M(map) => {
                f.write_str("{")?;
                for (index, (name, value)) in map.iter().collect::<BTreeMap<_, _>>().into_iter().enumerate() {
                    write!(f, "{}{name}={}", if index > 0 { ", " } else { "" }, Printed(value))?;
                }
                f.write_str("}")
            }
            AttributeValue::Ss(texts) | AttributeValue::Ns(texts) => write!(f, "{{{}}}", texts.join(", ")),
            _ => f.write_str("?"),
        }
    }
}
