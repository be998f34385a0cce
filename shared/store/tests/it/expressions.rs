//! Any update under any condition does in the table what it says here in plain Rust.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use store::{CommitError, Condition, Item, Store, Update, Value, Write};

use crate::{key, patient};

/// Names that need placeholders (`size` and `name` are reserved, `a-b` and `é` are no identifiers).
const NUMBERS: [&str; 3] = ["size", "a-b", "n"];
const TEXTS: [&str; 2] = ["name", "é"];

/// The item as a model: numbers and texts by name.
#[derive(Debug, Clone, PartialEq)]
enum Plain {
    Number(i64),
    Text(String),
}

type Model = BTreeMap<&'static str, Plain>;

#[derive(Debug, Clone)]
enum Change {
    Set(&'static str, Plain),
    SetIfAbsent(&'static str, Plain),
    Add(&'static str, i64),
    Remove(&'static str),
}

#[derive(Debug, Clone)]
enum Test {
    Exists,
    Absent,
    Compare(&'static str, u8, Plain),
    Has(&'static str),
    Lacks(&'static str),
    Any(Vec<Test>),
    All(Vec<Test>),
}

#[derive(Debug, Clone)]
enum Step {
    Update(Vec<Change>, Option<Test>),
    Create(i64),
    Put(i64, Option<Test>),
    Delete(Option<Test>),
    Check(Test),
}

fn pair() -> impl Strategy<Value = (&'static str, Plain)> {
    prop_oneof![
        (prop::sample::select(&NUMBERS[..]), -3_i64..4)
            .prop_map(|(name, number)| (name, Plain::Number(number))),
        (prop::sample::select(&TEXTS[..]), "[a-c]{0,2}").prop_map(|(name, text)| (name, Plain::Text(text))),
    ]
}

fn name() -> impl Strategy<Value = &'static str> {
    pair().prop_map(|(name, _)| name)
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        pair().prop_map(|(name, value)| Change::Set(name, value)),
        pair().prop_map(|(name, value)| Change::SetIfAbsent(name, value)),
        (prop::sample::select(&NUMBERS[..]), -3_i64..4).prop_map(|(name, amount)| Change::Add(name, amount)),
        name().prop_map(Change::Remove),
    ]
}

fn test() -> impl Strategy<Value = Test> {
    let leaf = prop_oneof![
        Just(Test::Exists),
        Just(Test::Absent),
        (pair(), 0..6_u8).prop_map(|((name, value), operator)| Test::Compare(name, operator, value)),
        name().prop_map(Test::Has),
        name().prop_map(Test::Lacks),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Test::Any),
            prop::collection::vec(inner, 0..3).prop_map(Test::All),
        ]
    })
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        5 => (prop::collection::vec(change(), 1..5), prop::option::of(test()))
            .prop_map(|(changes, when)| Step::Update(changes, when)),
        1 => (-3_i64..4).prop_map(Step::Create),
        1 => ((-3_i64..4), prop::option::of(test())).prop_map(|(number, when)| Step::Put(number, when)),
        1 => prop::option::of(test()).prop_map(Step::Delete),
        2 => test().prop_map(Step::Check),
    ]
}

impl Plain {
    fn value(&self) -> Value {
        match self {
            Self::Number(number) => (*number).into(),
            Self::Text(text) => text.into(),
        }
    }
}

impl Test {
    fn condition(&self) -> Condition {
        match self {
            Self::Exists => Condition::exists(),
            Self::Absent => Condition::absent(),
            Self::Compare(name, operator, value) => match operator {
                0 => Condition::equals(*name, value.value()),
                1 => Condition::differs(*name, value.value()),
                2 => Condition::less(*name, value.value()),
                3 => Condition::at_most(*name, value.value()),
                4 => Condition::greater(*name, value.value()),
                _ => Condition::at_least(*name, value.value()),
            },
            Self::Has(name) => Condition::has(*name),
            Self::Lacks(name) => Condition::lacks(*name),
            Self::Any(tests) => Condition::any(tests.iter().map(Self::condition)),
            Self::All(tests) => Condition::all(tests.iter().map(Self::condition)),
        }
    }

    fn holds(&self, item: Option<&Model>) -> bool {
        let found = |name: &str| item.and_then(|item| item.get(name));
        match self {
            Self::Exists => item.is_some(),
            Self::Absent => item.is_none(),
            Self::Compare(name, operator, value) => {
                let Some(found) = found(name) else { return *operator == 1 };
                let order = match (found, value) {
                    (Plain::Number(left), Plain::Number(right)) => left.cmp(right),
                    (Plain::Text(left), Plain::Text(right)) => left.cmp(right),
                    _ => unreachable!("a name has one kind"),
                };
                [order.is_eq(), order.is_ne(), order.is_lt(), order.is_le(), order.is_gt(), order.is_ge()]
                    [usize::from(*operator)]
            }
            Self::Has(name) => found(name).is_some(),
            Self::Lacks(name) => found(name).is_none(),
            Self::Any(tests) => tests.iter().any(|test| test.holds(item)),
            Self::All(tests) => tests.iter().all(|test| test.holds(item)),
        }
    }
}

impl Step {
    fn write(&self) -> Write {
        let (write, when) = match self {
            Self::Update(changes, when) => {
                let update = changes.iter().fold(Update::new(), |update, change| match change {
                    Change::Set(name, value) => update.set(*name, value.value()),
                    Change::SetIfAbsent(name, value) => update.set_if_absent(*name, value.value()),
                    Change::Add(name, amount) => update.add(*name, *amount),
                    Change::Remove(name) => update.remove(*name),
                });
                (Write::update(key("X"), update), when.as_ref())
            }
            Self::Create(number) => (Write::create(key("X"), &BTreeMap::from([("n", number)])), None),
            Self::Put(number, when) => {
                (Write::put(key("X"), &BTreeMap::from([("n", number)])), when.as_ref())
            }
            Self::Delete(when) => (Write::delete(key("X")), when.as_ref()),
            Self::Check(when) => (Write::check(key("X")), Some(when)),
        };
        match when {
            Some(when) => write.when(when.condition()),
            None => write,
        }
    }

    /// What the step makes of the item; `Err` when its condition fails.
    fn apply(&self, item: Option<Model>) -> Result<Option<Model>, ()> {
        let when = match self {
            Self::Update(_, when) | Self::Put(_, when) | Self::Delete(when) => when.clone(),
            Self::Create(_) => Some(Test::Absent),
            Self::Check(when) => Some(when.clone()),
        };
        if when.is_some_and(|when| !when.holds(item.as_ref())) {
            return Err(());
        }
        Ok(match self {
            Self::Update(changes, _) => {
                let before = item.unwrap_or_default();
                let mut after = before.clone();
                // One attribute has one change, the last; all look at the item as it was.
                let last: BTreeMap<_, _> = changes.iter().map(|change| (change.name(), change)).collect();
                for (name, change) in last {
                    match change {
                        Change::Set(_, value) => {
                            after.insert(name, value.clone());
                        }
                        Change::SetIfAbsent(_, value) => {
                            after.entry(name).or_insert_with(|| value.clone());
                        }
                        Change::Add(_, amount) => {
                            let Plain::Number(number) = before.get(name).cloned().unwrap_or(Plain::Number(0))
                            else {
                                unreachable!("a name has one kind")
                            };
                            after.insert(name, Plain::Number(number + amount));
                        }
                        Change::Remove(_) => {
                            after.remove(name);
                        }
                    }
                }
                Some(after)
            }
            Self::Create(number) | Self::Put(number, _) => Some(Model::from([("n", Plain::Number(*number))])),
            Self::Delete(_) => None,
            Self::Check(_) => item,
        })
    }
}

impl Change {
    fn name(&self) -> &'static str {
        match self {
            Self::Set(name, _) | Self::SetIfAbsent(name, _) | Self::Add(name, _) | Self::Remove(name) => name,
        }
    }
}

fn expected(item: Option<&Model>) -> Option<Item> {
    let mut whole = crate::item(&[("pk", "G#1".into()), ("sk", "X".into()), ("v", 1.into())]);
    whole.extend(item?.iter().map(|(name, value)| ((*name).to_owned(), value.value().0)));
    Some(whole)
}

async fn run(store: &Store, steps: &[Step]) -> Result<(), TestCaseError> {
    let mut model: Option<Model> = None;
    store.commit(vec![Write::delete(key("X"))]).await.unwrap();
    for step in steps {
        let write = step.write();
        let before = expected(model.as_ref());
        match (store.commit(vec![write.clone()]).await, step.apply(model.clone())) {
            (Ok(()), Ok(after)) => model = after,
            (Err(CommitError::Stale(failed)), Err(())) => {
                prop_assert_eq!(&failed[0].item, &before, "{}", write);
            }
            (got, wanted) => {
                return Err(TestCaseError::fail(format!("{write}: got {got:?}, expected {wanted:?}")));
            }
        }
        prop_assert_eq!(store.get(&key("X")).await.unwrap(), expected(model.as_ref()), "after {}", write);
    }
    Ok(())
}

#[test]
fn every_write_does_in_the_table_what_it_says() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let store = runtime.block_on(crate::store()).with_patience(patient());
    let mut runner = TestRunner::new(Config { cases: 150, failure_persistence: None, ..Config::default() });
    runner
        .run(&prop::collection::vec(step(), 1..8), |steps| runtime.block_on(run(&store, &steps)))
        .unwrap_or_else(|failure| panic!("{failure}"));
}
