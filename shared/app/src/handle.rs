//! The five steps of an interaction: read, load, decide, commit, reply.

use std::fmt;
use std::time::{Duration, Instant};

use discord::check::Checked;
use discord::interaction::Interaction;
use discord::message::Message;
use discord::reply::Reply;
use discord::{GuildId, interaction};
use futures_util::future::{join, join_all};
use store::outbox::{AnswerTo, NewJob};
use store::{CommitError, Key, Reads, Store, StoreError, Write, mark};

use crate::clock::Timestamp;
use crate::ctx::{At, Ctx};
use crate::decision::{Decision, Once, Planned};
use crate::feature::{Feature, Loaded, Refusal, Wanted};
use crate::observe::Click;
use crate::own::{Foreign, Own};
use crate::request::Request;
use crate::texts::Lang;
use crate::world::World;

/// How often a decision is taken again because somebody else was faster. Then it is a fault.
pub const ROUNDS_MAX: u32 = 3;

/// How long reading, deciding and writing may take. Discord waits 3 s; the rest is for the way.
pub const ANSWER_WITHIN: Duration = Duration::from_millis(2_400);

/// What goes back to Discord.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) body: Vec<u8>,
    pub(crate) outcome: Outcome,
}

/// How it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Answered.
    Answered,
    /// A repeated delivery was given the first answer again.
    Repeated,
    /// Refused, with its code.
    Refused(&'static str),
    /// Our fault.
    Fault,
}

/// Why no answer came out of the five steps.
#[derive(Debug, thiserror::Error)]
enum Fault {
    #[error("the table cannot be used")]
    Store(#[from] StoreError),
    #[error("the transaction cannot be written: {0}")]
    Refused(String),
    #[error(transparent)]
    Foreign(#[from] Foreign),
    #[error("an answer that Discord refuses: {0}")]
    Answer(#[from] discord::check::Problems),
    #[error("somebody else was faster, {ROUNDS_MAX} times")]
    Stale,
    #[error("no answer within {} ms", .0.as_millis())]
    Late(Duration),
}

/// Answers one interaction of one feature. Whatever happens, the person is answered.
pub(crate) async fn handle<F: Feature>(
    world: &World,
    interaction: &Interaction,
    click: &mut Click,
) -> Answer {
    // Without the server's settings the person's own language is all we know.
    let lang = interaction.locale.as_deref().and_then(Lang::of_locale).unwrap_or_default();
    let Some(action) = F::read(interaction) else {
        return refuse(&F::outdated(), lang, interaction);
    };
    tracing::Span::current().record("action", name_of(&action));
    if world.observer.is_some() {
        click.action = format!("{action:?}");
    }
    let answered = tokio::time::timeout(world.answer_within, rounds::<F>(world, interaction, &action, click));
    match answered.await.unwrap_or(Err(Fault::Late(world.answer_within))) {
        Ok(answer) => answer,
        Err(fault) => {
            tracing::error!(error = crate::desk::chain(&fault), "the interaction failed");
            // The interaction id is the reference: it is in the span of the line above.
            let mut answer = if F::suggests(&action) {
                said(Reply::Suggest(Vec::new()), Outcome::Fault)
            } else {
                refuse(&F::fault(interaction.id.to_string()), lang, interaction)
            };
            answer.outcome = Outcome::Fault;
            answer
        }
    }
}

/// Said to a button of a feature that another application answers for now.
pub(crate) fn outdated<F: Feature>(interaction: &Interaction) -> Answer {
    let lang = interaction.locale.as_deref().and_then(Lang::of_locale).unwrap_or_default();
    refuse(&F::outdated(), lang, interaction)
}

async fn rounds<F: Feature>(
    world: &World,
    interaction: &Interaction,
    action: &F::Action,
    click: &mut Click,
) -> Result<Answer, Fault> {
    for round in 1..=ROUNDS_MAX {
        click.rounds = round;
        if let Some(answer) = once::<F>(world, interaction, action, click).await? {
            return Ok(answer);
        }
    }
    Err(Fault::Stale)
}

/// One round. Nothing when somebody else was faster and it must be decided again.
async fn once<F: Feature>(
    world: &World,
    interaction: &Interaction,
    action: &F::Action,
    click: &mut Click,
) -> Result<Option<Answer>, Fault> {
    let now = world.clock.now();
    let guild = interaction.guild_id.unwrap_or(GuildId(0));
    let at = At { now, guild, user: interaction.user.id, interaction: interaction.id };
    let mark_key = mark::key(F::NAME, guild.0, interaction.id.0);

    // Names are made for whoever looks over the shoulder: on Lambda that is nobody.
    let reads = world.observer.is_some().then(Reads::default);
    let noting = reads.as_ref().map(|reads| world.store.clone().noting(reads));
    let store = noting.as_ref().unwrap_or(&world.store);
    let read_so_far = |click: &mut Click| {
        click.reads.extend(reads.iter().flat_map(Reads::take));
    };
    click.reads.clear();

    // Load: one round trip for everything that the interaction names.
    let started = Instant::now();
    let guild_key = directory::guild_key(guild);
    let person_key = directory::person_key(guild, interaction.user.id);
    let mut keys = vec![mark_key.clone(), guild_key.clone(), person_key.clone()];
    let mut queries = Vec::new();
    for wanted in F::wants(action, &at) {
        match wanted {
            Wanted::Item(key) => keys.push(key),
            Wanted::List(query) => queries.push(query),
        }
    }
    let (items, lists) =
        join(store.batch_get(&keys), join_all(queries.iter().map(|query| store.query(query)))).await;
    read_so_far(click);
    let items = items?;
    let lists = lists.into_iter().map(|page| page.map(|page| page.items)).collect::<Result<Vec<_>, _>>()?;
    if let Some(body) = items.get(&mark_key).and_then(|item| mark::answer(item, now.0)) {
        return Ok(Some(Answer { body, outcome: Outcome::Repeated }));
    }
    let mut loaded = Loaded::new(items, lists, now);
    let settings = loaded.item(&guild_key)?.unwrap_or_default();
    let person = loaded.item(&person_key)?.unwrap_or_default();
    let ctx = Ctx::new(interaction, now, settings, person, world.seeds.next());
    let state = F::load(action, &ctx, loaded, store).await?;
    read_so_far(click);
    click.load_us = micros(started);

    // Decide: no clock, no table, no network.
    let started = Instant::now();
    let decided = F::decide(action, &ctx, state);
    click.decide_us = micros(started);
    let decision = match decided {
        Ok(decision) => decision,
        Err(refusal) => {
            if world.observer.is_some() {
                click.decision = format!("= refused: {}\n", refusal.with_code(ctx.lang));
            }
            return Ok(Some(refuse(&refusal, ctx.lang, interaction)));
        }
    };
    if world.observer.is_some() {
        click.decision = decision.to_string();
    }

    // Commit, then reply: nobody reads "saved" before it is saved.
    let started = Instant::now();
    let outcome = decision.refused.map_or(Outcome::Answered, Outcome::Refused);
    let silent = decision.is_silent();
    let body = body(&Checked::new(decision.reply.clone())?);
    if silent {
        return Ok(Some(Answer { body, outcome }));
    }
    let marked = decision.once == Once::Mark;
    let writes = transaction::<F>(&ctx, decision, &mark_key, &body)?;
    let committed = world.store.commit(writes).await;
    click.commit_us = micros(started);
    match committed {
        Ok(()) => Ok(Some(Answer { body, outcome })),
        Err(CommitError::Stale(failed)) => {
            // The mark's reason wins over all others: the first copy has been answered.
            let first = failed.iter().find(|write| marked && write.key == mark_key);
            let answer = first.and_then(|write| mark::answer(write.item.as_ref()?, now.0));
            Ok(answer.map(|body| Answer { body, outcome: Outcome::Repeated }))
        }
        Err(CommitError::Refused(why)) => Err(Fault::Refused(why)),
        Err(CommitError::Fault(error)) => Err(error.into()),
    }
}

/// Everything of a decision as the writes of one transaction.
fn transaction<F: Feature>(
    ctx: &Ctx,
    decision: Decision,
    mark_key: &Key,
    body: &[u8],
) -> Result<Vec<Write>, Foreign> {
    let own = Own::of::<F>();
    own.writes(&decision.writes)?;
    let mut writes = decision.writes;
    for (number, job) in decision.jobs.into_iter().enumerate() {
        writes.push(job_write(F::NAME, ctx, number, job));
    }
    for (number, (feature, request)) in decision.requests.into_iter().enumerate() {
        own.may_ask(feature)?;
        writes.push(request_write(F::NAME, feature, ctx.guild, ctx.interaction.0, number, &request, ctx.now));
    }
    if decision.once == Once::Mark {
        writes.push(mark::write(mark_key.clone(), body, ctx.now.0));
    }
    Ok(writes)
}

fn job_write(feature: &'static str, ctx: &Ctx, number: usize, job: Planned) -> Write {
    let answer_to = job.answers.then(|| AnswerTo {
        application: ctx.application.0,
        token: ctx.token.reveal().to_owned(),
        until: ctx.now.plus_secs(discord::limits::TOKEN_LIFE_SECS).0,
    });
    let cause = Some(ctx.interaction.0);
    new_job(feature, ctx.guild, job, format!("{}-{number}", ctx.interaction), cause, answer_to)
        .write(feature, ctx.now.0)
}

/// A planned job as it is stored.
pub(crate) fn new_job(
    from: &'static str,
    guild: GuildId,
    job: Planned,
    id: String,
    cause: Option<u64>,
    answer_to: Option<AnswerTo>,
) -> NewJob {
    NewJob {
        guild: guild.0,
        natural: job.natural_id.is_some(),
        id: job.natural_id.unwrap_or(id),
        kind: job.kind,
        body: job.body,
        at: job.at.map(|at| at.0),
        answer_to,
        cause,
        from,
    }
}

/// A request as a job in the other feature's table: a plain create, the only thing our role may do there.
pub(crate) fn request_write(
    from: &'static str,
    to: &'static str,
    guild: GuildId,
    cause: u64,
    number: usize,
    request: &Request,
    now: Timestamp,
) -> Write {
    NewJob {
        guild: guild.0,
        id: format!("{from}-{cause}-{number}"),
        kind: request.kind().to_owned(),
        body: request.body(),
        at: None,
        answer_to: None,
        cause: Some(cause),
        from,
        natural: false,
    }
    .write(to, now.0)
}

/// The name of what is asked, without its content: what somebody typed is never in a log.
fn name_of(action: &impl fmt::Debug) -> String {
    struct Name(String);
    impl fmt::Write for Name {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            let end = text.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(text.len());
            self.0.push_str(&text[..end]);
            // The content follows: an error ends the writing here.
            if end < text.len() { Err(fmt::Error) } else { Ok(()) }
        }
    }
    let mut name = Name(String::new());
    let _ = fmt::write(&mut name, format_args!("{action:?}"));
    name.0
}

fn refuse(refusal: &impl Refusal, lang: Lang, interaction: &Interaction) -> Answer {
    let outcome = Outcome::Refused(refusal.code());
    if matches!(interaction.kind, interaction::Kind::Autocomplete(_)) {
        // An autocompletion accepts suggestions only.
        return said(Reply::Suggest(Vec::new()), outcome);
    }
    said(Reply::Whisper(refusal.message(lang)), outcome)
}

/// An answer that is ours to the letter; should Discord refuse it, its bare text is said instead.
fn said(reply: Reply, outcome: Outcome) -> Answer {
    let checked = Checked::new(reply.clone()).unwrap_or_else(|problems| {
        tracing::error!(%problems, "an answer that Discord refuses");
        let text = match reply {
            Reply::Whisper(message) if !message.content().is_empty() => message.content().to_owned(),
            _ => "…".to_owned(),
        };
        Checked::new(Reply::Whisper(Message::text(text))).expect("a short text is a message")
    });
    Answer { body: body(&checked), outcome }
}

pub(crate) fn body(reply: &Checked<Reply>) -> Vec<u8> {
    serde_json::to_vec(reply).expect("a reply is plain data")
}

fn micros(since: Instant) -> u64 {
    u64::try_from(since.elapsed().as_micros()).unwrap_or(u64::MAX)
}

/// Reads the settings of a guild and what it says of a person, for workers.
pub(crate) async fn settings(store: &Store, guild: GuildId) -> Result<directory::Guild, StoreError> {
    match store.get(&directory::guild_key(guild)).await? {
        Some(item) => store::read(item),
        None => Ok(directory::Guild::default()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_action_is_named_without_its_content() {
        #[derive(Debug)]
        #[expect(dead_code, reason = "only their names matter")]
        enum Action {
            Leave,
            Search { text: &'static str },
            Say(&'static str),
        }
        let named = [Action::Leave, Action::Search { text: "Secret" }, Action::Say("Secret")];
        assert_eq!(named.map(|action| name_of(&action)), ["Leave", "Search", "Say"]);
    }
}
