//! The rules of the blacklist: what is refused, and who says so.

use app::{Ctx, Decision, Timestamp};
use directory::Group;
use discord::reply::Reply;
use discord::{GuildId, UserId};
use url::Host;

use super::fold::words;
use super::model::{Blacklist, Entry, Kind};
use super::{items, view};
use crate::history::{self, Event, Line, Target};
use crate::link::key::canonical;
use crate::model::Card;
use crate::refusal::Refusal;
use crate::share::decide::is_on;

/// Most entries of a server: all of them are read with each publication, at about 60 bytes each.
pub const ENTRIES_MAX: usize = 200;

/// What the rules must know.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// What is refused so far.
    pub blacklist: Option<Blacklist>,
    /// Everything that can be found.
    pub cards: Vec<Card>,
}

/// What somebody is about to publish.
#[derive(Debug, Clone, Copy)]
pub struct Checked<'a> {
    /// Title, description, name of the file.
    pub texts: &'a [&'a str],
    /// The link as it opens, and its key.
    pub link: Option<(&'a str, &'a str)>,
}

/// The first entry that refuses this.
pub fn refuses<'b>(blacklist: &'b Blacklist, checked: Checked<'_>) -> Option<&'b Entry> {
    if blacklist.entries.is_empty() {
        return None;
    }
    let texts: Vec<Vec<String>> = checked.texts.iter().map(|text| words(text)).collect();
    let host = checked.link.and_then(|(open, _)| host(open));
    blacklist.entries.iter().find(|entry| match entry.kind {
        Kind::Word => {
            let word = words(&entry.value).concat();
            texts.iter().flatten().any(|other| *other == word)
        }
        Kind::Phrase => {
            let phrase = words(&entry.value).join(" ");
            texts.iter().any(|text| text.join(" ").contains(&phrase))
        }
        Kind::Domain => host.as_deref().is_some_and(|host| within(host, &entry.value)),
        Kind::Link => checked.link.is_some_and(|(_, key)| key == entry.value),
    })
}

fn host(link: &str) -> Option<String> {
    match url::Url::parse(link).ok()?.host()? {
        Host::Domain(domain) => Some(domain.trim_end_matches('.').to_owned()),
        Host::Ipv4(_) | Host::Ipv6(_) => None,
    }
}

/// Whether a host is this domain or stands under it.
fn within(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// What is kept of an entry as typed; none when it cannot refuse anything.
fn entry(kind: Kind, value: &str) -> Option<Entry> {
    let value = match kind {
        Kind::Word | Kind::Phrase => (!words(value).is_empty()).then(|| value.to_owned())?,
        Kind::Domain => {
            let link = if value.contains("://") { value.to_owned() } else { format!("https://{value}") };
            let host = host(&link).filter(|host| host.contains('.'))?;
            host.strip_prefix("www.").unwrap_or(&host).to_owned()
        }
        Kind::Link => canonical(value).ok()?.key,
    };
    Some(Entry { kind, value })
}

/// `/moderation liste-noire ajouter`: what already holds it is named, and stays.
///
/// # Errors
/// When the person is no admin.
pub fn add(kind: Kind, value: &str, ctx: &Ctx, known: &Known) -> Result<Decision, Refusal> {
    allowed(ctx)?;
    let mut next = known.blacklist.clone().unwrap_or_default();
    let Some(entry) = entry(kind, value) else { return Ok(say(view::unreadable(ctx.lang))) };
    if next.entries.contains(&entry) {
        return Ok(say(view::known(&entry, ctx.lang)));
    }
    if next.entries.len() >= ENTRIES_MAX {
        return Ok(say(view::full(ctx.lang)));
    }
    let only = Blacklist { entries: vec![entry.clone()] };
    let holds = |card: &&Card| {
        let checked = Checked { texts: &[&card.title], link: None };
        refuses(&only, checked).is_some()
    };
    let matches: Vec<&Card> = known.cards.iter().filter(holds).collect();
    next.entries.push(entry.clone());
    Ok(changed(say(view::added(&entry, &matches, ctx.guild, ctx.lang)), Event::Listed, &entry, ctx)
        .write(items::put(ctx.guild, known.blacklist.as_ref(), &next)))
}

/// `/moderation liste-noire retirer`.
///
/// # Errors
/// When the person is no admin.
pub fn remove(kind: Kind, value: &str, ctx: &Ctx, known: &Known) -> Result<Decision, Refusal> {
    allowed(ctx)?;
    let mut next = known.blacklist.clone().unwrap_or_default();
    let found = entry(kind, value).filter(|entry| next.entries.contains(entry));
    let Some(entry) = found else { return Ok(say(view::unknown(ctx.lang))) };
    next.entries.retain(|other| *other != entry);
    Ok(changed(say(view::removed(&entry, ctx.lang)), Event::Unlisted, &entry, ctx).write(items::put(
        ctx.guild,
        known.blacklist.as_ref(),
        &next,
    )))
}

/// `/moderation liste-noire voir`.
///
/// # Errors
/// When the person is no admin.
pub fn show(ctx: &Ctx, known: &Known) -> Result<Decision, Refusal> {
    allowed(ctx)?;
    let blacklist = known.blacklist.clone().unwrap_or_default();
    Ok(say(view::list(&blacklist, ctx.lang)))
}

/// The line that tells moderators who was refused by what.
pub fn refused(entry: &Entry, guild: GuildId, author: UserId, now: Timestamp) -> store::Write {
    let line = Line::new(author, Event::Refused).because(entry.value.as_str());
    history::line(guild, Target::Person(author), line, now)
}

fn changed(decision: Decision, event: Event, entry: &Entry, ctx: &Ctx) -> Decision {
    let line = Line::new(ctx.user, event).because(entry.value.as_str());
    decision.write(history::line(ctx.guild, Target::Library, line, ctx.now))
}

fn say(message: discord::message::Message) -> Decision {
    Decision::reply(Reply::Whisper(message))
}

fn allowed(ctx: &Ctx) -> Result<(), Refusal> {
    is_on(ctx)?;
    if ctx.held.is(Group::Admin) { Ok(()) } else { Err(Refusal::NotAnAdmin) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(kind: Kind, value: &str) -> Blacklist {
        Blacklist { entries: vec![entry(kind, value).unwrap()] }
    }

    fn refuses_text(blacklist: &Blacklist, text: &str) -> bool {
        refuses(blacklist, Checked { texts: &[text], link: None }).is_some()
    }

    fn refuses_link(blacklist: &Blacklist, link: &str) -> bool {
        let canonical = canonical(link).unwrap();
        refuses(blacklist, Checked { texts: &[], link: Some((&canonical.open, &canonical.key)) }).is_some()
    }

    #[test]
    fn a_word_is_refused_as_a_whole_and_a_phrase_wherever_it_stands() {
        let word = of(Kind::Word, "viagra");
        assert!(refuses_text(&word, "Achetez du V1AGR4 ici"));
        assert!(!refuses_text(&word, "Les chutes du viagrasson"));
        let phrase = of(Kind::Phrase, "argent facile");
        assert!(refuses_text(&phrase, "De l’@rgent   FACILE, vite"));
        assert!(!refuses_text(&phrase, "Facile : de l’argent"));
    }

    #[test]
    fn a_domain_is_refused_with_everything_under_it_and_a_link_alone() {
        let domain = of(Kind::Domain, "https://www.Exemple.org/page");
        assert!(refuses_link(&domain, "https://exemple.org/a"));
        assert!(refuses_link(&domain, "https://sous.exemple.org"));
        assert!(!refuses_link(&domain, "https://contre-exemple.org"));
        let link = of(Kind::Link, "https://youtu.be/dQw4w9WgXcQ");
        assert!(refuses_link(&link, "https://m.youtube.com/watch?v=dQw4w9WgXcQ&t=3"));
        assert!(!refuses_link(&link, "https://youtu.be/aaaaaaaaaaa"));
    }

    #[test]
    fn what_refuses_nothing_is_no_entry() {
        for (kind, value) in [(Kind::Word, "…"), (Kind::Domain, "localhost"), (Kind::Link, "")] {
            assert_eq!(entry(kind, value), None, "{value}");
        }
    }
}
