//! What a rule decides: everything that will be written, asked for and said, as data.
//!
//! It prints as what will happen, in order, and compares: rules are tested by what they decide.

use std::fmt;

use discord::component::{Component, Control};
use discord::message::Message;
use discord::reply::Reply;
use serde::Serialize;
use serde::de::DeserializeOwned;
use store::{Key, Write};

use crate::clock::Timestamp;
use crate::request::Request;

/// Everything that will happen, or nothing of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// Written in one transaction.
    pub writes: Vec<Write>,
    /// Work for our own worker, written in the same transaction.
    pub jobs: Vec<Planned>,
    /// Work for another feature's worker, written in the same transaction.
    pub requests: Vec<(&'static str, Request)>,
    /// Said when all of it is written.
    pub reply: Reply,
    /// What makes a repeated delivery harmless.
    pub once: Once,
    /// Code of the refusal, when this is one that keeps something.
    pub refused: Option<&'static str>,
}

/// What makes a repeated delivery harmless.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Once {
    /// The mark of the interaction, with the answer given.
    Mark,
    /// A condition of the decision itself, on this item; no mark is kept.
    By(Key),
}

impl Decision {
    /// Says this, and does nothing else yet.
    pub fn reply(reply: Reply) -> Self {
        Self {
            writes: Vec::new(),
            jobs: Vec::new(),
            requests: Vec::new(),
            reply,
            once: Once::Mark,
            refused: None,
        }
    }

    /// And writes this.
    #[must_use]
    pub fn write(mut self, write: Write) -> Self {
        self.writes.push(write);
        self
    }

    /// And has this done by our worker.
    #[must_use]
    pub fn job(mut self, job: Planned) -> Self {
        self.jobs.push(job);
        self
    }

    /// And asks another feature.
    #[must_use]
    pub fn ask(mut self, feature: &'static str, request: Request) -> Self {
        self.requests.push((feature, request));
        self
    }

    /// Held once by its own condition on this item, in place of the mark (anonymous ballots).
    #[must_use]
    pub fn once_by(self, key: Key) -> Self {
        Self { once: Once::By(key), ..self }
    }

    /// Counted as a refusal with this code, although it keeps something.
    #[must_use]
    pub fn refused(self, code: &'static str) -> Self {
        Self { refused: Some(code), ..self }
    }

    /// Whether nothing is written: such a decision needs no mark.
    pub fn is_silent(&self) -> bool {
        self.writes.is_empty() && self.jobs.is_empty() && self.requests.is_empty()
    }
}

impl fmt::Display for Decision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for write in &self.writes {
            writeln!(f, "{write}")?;
        }
        for job in &self.jobs {
            writeln!(f, "> {job}")?;
        }
        for (feature, request) in &self.requests {
            writeln!(f, "> {feature}: {}", request.kind())?;
        }
        writeln!(f, "= {}", Shown(&self.reply))
    }
}

/// Work for a worker, as a feature names it.
pub trait Job: Serialize + DeserializeOwned + fmt::Debug + Send + Sync {
    /// An id by which asking twice is asking once (`refresh/<resource>`); none for a job of its own.
    fn natural_id(&self) -> Option<String> {
        None
    }

    /// To be done as soon as it is written.
    fn now(self) -> Planned {
        self.planned(None)
    }

    /// To be done at that moment, or at the first tick after it.
    fn at(self, when: Timestamp) -> Planned {
        self.planned(Some(when))
    }

    /// The job as data.
    fn planned(self, at: Option<Timestamp>) -> Planned {
        let natural_id = self.natural_id();
        let (kind, body) = to_parts(&self);
        Planned { kind, body, natural_id, at, answers: false }
    }
}

/// A job as `kind` and `body`: the two parts of serde's adjacent tagging.
fn to_parts<J: Serialize>(job: &J) -> (String, serde_json::Value) {
    let value = serde_json::to_value(job).expect("a job is plain data");
    let serde_json::Value::Object(mut parts) = value else {
        panic!("a job is an enum tagged with `kind` and `body`");
    };
    let Some(serde_json::Value::String(kind)) = parts.remove("kind") else {
        panic!("a job is an enum tagged with `kind` and `body`");
    };
    (kind, parts.remove("body").unwrap_or(serde_json::Value::Null))
}

/// The job of a kind and a body, or nothing when it is of another time.
pub(crate) fn from_parts<J: DeserializeOwned>(kind: &str, body: &serde_json::Value) -> Option<J> {
    serde_json::from_value(serde_json::json!({ "kind": kind, "body": body })).ok()
}

/// A job that will be written.
#[derive(Debug, Clone, PartialEq)]
pub struct Planned {
    /// What is to be done.
    pub kind: String,
    /// With what.
    pub body: serde_json::Value,
    /// Asking twice is asking once.
    pub natural_id: Option<String>,
    /// When; at once if absent.
    pub at: Option<Timestamp>,
    /// Whether the worker edits the answer to this interaction.
    pub answers: bool,
}

impl Planned {
    /// The worker edits the answer to this interaction when it is done.
    #[must_use]
    pub fn answers(self) -> Self {
        Self { answers: true, ..self }
    }
}

impl fmt::Display for Planned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.kind)?;
        match (&self.natural_id, &self.body) {
            (Some(id), _) => write!(f, " {id}")?,
            (None, serde_json::Value::Null) => {}
            (None, body) => write!(f, " {body}")?,
        }
        match self.at {
            None => f.write_str(" now"),
            Some(at) => write!(f, " at {at}"),
        }
    }
}

/// A reply as people see it, in text.
pub struct Shown<'a>(pub &'a Reply);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Reply::Pong => f.write_str("pong"),
            Reply::Say(message) => write!(f, "all: {}", ShownMessage(message)),
            Reply::Whisper(message) => write!(f, "alone: {}", ShownMessage(message)),
            Reply::Think => f.write_str("alone: thinking…"),
            Reply::Update(message) => write!(f, "in place: {}", ShownMessage(message)),
            Reply::Acknowledge => f.write_str("nothing to see"),
            Reply::Suggest(choices) => {
                f.write_str("suggests:")?;
                for choice in choices {
                    write!(f, "\n  {}", choice.name())?;
                }
                Ok(())
            }
            Reply::Ask(modal) => write!(f, "form: {}", modal.title()),
        }
    }
}

/// A message as people see it, in text.
pub struct ShownMessage<'a>(pub &'a Message);

impl fmt::Display for ShownMessage<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.content())?;
        for embed in self.0.embeds() {
            let value = serde_json::to_value(embed).expect("an embed is plain data");
            for name in ["title", "description"] {
                if let Some(text) = value[name].as_str() {
                    write!(f, "\n  | {}", text.replace('\n', "\n  | "))?;
                }
            }
            for field in value["fields"].as_array().into_iter().flatten() {
                let text = |name: &str| field[name].as_str().unwrap_or_default().replace('\n', " / ");
                write!(f, "\n  | {}: {}", text("name"), text("value"))?;
            }
            if let Some(text) = value["footer"]["text"].as_str() {
                write!(f, "\n  | {text}")?;
            }
        }
        show_components(self.0.components(), f)
    }
}

fn show_components(components: &[Component], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for component in components {
        match component {
            Component::Row(row) => {
                f.write_str("\n ")?;
                for control in row.controls() {
                    match control {
                        Control::Button(button) => write!(f, " [{}]", button.label())?,
                        Control::Select(_) | Control::Pick(_) => f.write_str(" [list]")?,
                    }
                }
            }
            other => {
                let value = serde_json::to_value(other).expect("a component is plain data");
                show_texts(&value, f)?;
            }
        }
    }
    Ok(())
}

/// The texts and button labels of a layout, one a line.
fn show_texts(value: &serde_json::Value, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if let Some(text) = value["content"].as_str() {
        write!(f, "\n  {}", text.replace('\n', "\n  "))?;
    }
    if let Some(label) = value["label"].as_str() {
        write!(f, "\n  [{label}]")?;
    }
    for child in value["components"].as_array().into_iter().flatten() {
        show_texts(child, f)?;
    }
    if value["accessory"].is_object() {
        show_texts(&value["accessory"], f)?;
    }
    Ok(())
}
