//! The rules of sharing. Checks stand in the order of HUB §5.2; the first that fails answers, and
//! what was typed is kept.

use app::{Ctx, Decision, Job as _, Timestamp};
use directory::{ChannelKey, Function, Group};
use discord::reply::Reply;
use discord::{address, limits};

use super::action::{Form, Link};
use super::file;
use super::view;
use crate::blacklist::decide::Checked;
use crate::blacklist::model::{Blacklist, Entry};
use crate::jobs::Job;
use crate::link::key::Canonical;
use crate::link::safe;
use crate::model::{Draft, Rate, Resource, ResourceId, SharedFile, SharedLink, Theme, Themes, Upload};
use crate::refusal::Refusal;
use crate::{blacklist, items};

/// Title, in characters. Source: HUB §2 S8.
pub const TITLE_CHARS: std::ops::RangeInclusive<usize> = 5..=100;
/// Description, in characters. Source: HUB §4.3 M1.
pub const DESCRIPTION_CHARS: std::ops::RangeInclusive<usize> = 20..=1500;
/// Themes of one resource. Source: HUB §4.3 M1.
pub const THEMES_MAX: usize = 5;

/// How often one person may share: so many times in so many milliseconds. Source: HUB §5.2.
const RATES: [(usize, i64); 2] = [(3, 5 * 60 * 1000), (10, 24 * 3600 * 1000)];

/// What the rules of sharing must know.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// The resource that has this link already.
    pub existing: Option<Resource>,
    /// Themes of the server.
    pub themes: Themes,
    /// How often the person has shared lately.
    pub rate: Option<Rate>,
    /// What was kept of an earlier try.
    pub draft: Option<Draft>,
    /// What nobody may publish here.
    pub blacklist: Option<Blacklist>,
}

/// `/partager`: the form, unless the link is there already.
///
/// # Errors
/// When the person may not share, or the hub is not usable here.
pub fn open(link: Option<&Link>, ctx: &Ctx, known: Known) -> Result<Decision, Refusal> {
    may_share(ctx)?;
    let mut draft = Draft::default();
    if let Some(link) = link {
        draft.link.clone_from(&link.typed);
        if let Err(refusal) = installed(ctx).and_then(|()| public(link).map(drop)) {
            return Ok(keep(&refusal, draft, ctx));
        }
        if let Some(existing) = known.existing {
            return Ok(match allowed(&existing, ctx) {
                Ok(()) => duplicate(&existing, ctx),
                Err(refusal) => keep(&refusal, draft, ctx),
            });
        }
    }
    installed(ctx)?;
    Ok(Decision::reply(Reply::Ask(view::form(&draft, None, &known.themes, ctx.lang))))
}

/// « Corriger »: the form again, with everything that was typed.
///
/// # Errors
/// When the draft is no longer kept, or the person may not share.
pub fn fix(draft: u64, ctx: &Ctx, known: Known) -> Result<Decision, Refusal> {
    may_share(ctx)?;
    let kept = known.draft.ok_or(Refusal::Outdated)?;
    Ok(Decision::reply(Reply::Ask(view::form(&kept, Some(draft), &known.themes, ctx.lang))))
}

/// The form was sent.
///
/// # Errors
/// Never: every no keeps what was typed.
pub fn publish(form: &Form, ctx: &Ctx, known: Known) -> Result<Decision, Refusal> {
    // A form cannot show a file again: the one that was sent with the first try still counts.
    let file = form.file.clone().or_else(|| known.draft.as_ref()?.file.clone());
    let typed = Draft {
        link: form.link.as_ref().map(|link| link.typed.clone()).unwrap_or_default(),
        title: form.title.clone(),
        description: form.description.clone(),
        themes: form.themes.clone(),
        // One that is refused is not kept: it could not be taken out of the form again.
        file: file.clone().filter(|file| file::fits(file).is_ok()),
    };
    let refused = known.blacklist.as_ref().and_then(|blacklist| refused(form, file.as_ref(), blacklist));
    let refused = refused.map(|entry| blacklist::decide::refused(entry, ctx.guild, ctx.user, ctx.now));
    match accept(form, file, refused.is_some(), ctx, known) {
        Ok(Accepted::New(decision)) => Ok(*decision),
        Ok(Accepted::Duplicate(existing)) => Ok(duplicate(&existing, ctx)),
        Err(Refusal::Blacklisted) => {
            Ok(refused.into_iter().fold(keep(&Refusal::Blacklisted, typed, ctx), Decision::write))
        }
        Err(refusal) => Ok(keep(&refusal, typed, ctx)),
    }
}

/// The entry of the blacklist that refuses what was typed.
fn refused<'b>(form: &Form, file: Option<&Upload>, blacklist: &'b Blacklist) -> Option<&'b Entry> {
    let name = file.map_or("", |file| file.name.as_str());
    let link = form.link.as_ref().and_then(|link| link.canonical.as_ref().ok());
    let link = link.map(|link| (link.open.as_str(), link.key.as_str()));
    let checked = Checked { texts: &[&form.title, &form.description, name], link };
    blacklist::decide::refuses(blacklist, checked)
}

enum Accepted {
    New(Box<Decision>),
    Duplicate(Box<Resource>),
}

fn accept(
    form: &Form,
    file: Option<Upload>,
    blacklisted: bool,
    ctx: &Ctx,
    known: Known,
) -> Result<Accepted, Refusal> {
    may_share(ctx)?;
    installed(ctx)?;
    let next_rate = within_rate(known.rate.as_ref(), ctx.now)?;
    let length = form.title.chars().count();
    if !TITLE_CHARS.contains(&length) {
        return Err(Refusal::TitleLength);
    }
    if !DESCRIPTION_CHARS.contains(&form.description.chars().count()) {
        return Err(Refusal::DescriptionLength);
    }
    let themes = chosen(&form.themes, &known.themes)?;
    if form.link.is_none() && file.is_none() {
        return Err(Refusal::Nothing);
    }
    if blacklisted {
        return Err(Refusal::Blacklisted);
    }
    let link = form.link.as_ref().map(public).transpose()?;
    file.as_ref().map(file::fits).transpose()?;
    if let Some(existing) = known.existing {
        allowed(&existing, ctx)?;
        return Ok(Accepted::Duplicate(Box::new(existing)));
    }
    if form.draft.is_some() && known.draft.is_none() {
        // The same form was sent twice, or two weeks late.
        return Err(Refusal::Outdated);
    }

    let id = ResourceId::drawn(ctx.seed.bytes("resource"));
    let resource = Resource {
        themes,
        link,
        original: form.link.as_ref().map(|link| link.typed.clone()),
        file: file.as_ref().map(|file| SharedFile { name: file.name.clone(), size: file.size }),
        ..Resource::new(id, &form.title, &form.description, ctx.user, ctx.now.0)
    };
    let mut decision = Decision::reply(Reply::Whisper(view::saved(ctx.lang)));
    for write in items::create_resource(ctx.guild, &resource) {
        decision = decision.write(write);
    }
    if let Some(draft) = form.draft {
        decision = decision.write(items::consume_draft(ctx.guild, ctx.user, draft));
    }
    decision = decision
        .write(items::count_share(ctx.guild, ctx.user, known.rate.as_ref(), &next_rate, ctx.now))
        .job(Job::Publish { resource: id, lang: ctx.lang, channel: ctx.channel, file }.now().answers());
    Ok(Accepted::New(Box::new(decision)))
}

/// Members, staff, moderators and administrators. Source: HUB §3.
pub(crate) fn may_share(ctx: &Ctx) -> Result<(), Refusal> {
    if ctx.held.is_any(&[Group::Member, Group::Staff, Group::Moderator, Group::Admin]) {
        Ok(())
    } else if ctx.held.is_any(&[Group::Partner]) {
        Err(Refusal::NotForPartners)
    } else {
        Err(Refusal::NotAMember)
    }
}

/// Nothing of the hub is to be had in a server that has switched it off.
pub(crate) fn is_on(ctx: &Ctx) -> Result<(), Refusal> {
    if ctx.settings.is_on(Function::Hub) { Ok(()) } else { Err(Refusal::SwitchedOff) }
}

fn installed(ctx: &Ctx) -> Result<(), Refusal> {
    is_on(ctx)?;
    ctx.settings.channel_for(ChannelKey::Hub).map(|_| ()).ok_or(Refusal::NotInstalled)
}

/// A link that everyone can open from the post, as far as it can be judged without asking anybody.
fn public(link: &Link) -> Result<SharedLink, Refusal> {
    let canonical = link.canonical.clone().map_err(|_| Refusal::UnreadableLink)?;
    // Written as Discord takes it, an accent is six characters: what was typed may have been short enough.
    let sent = address::web(&canonical.open, usize::MAX).ok_or(Refusal::UnreadableLink)?;
    if sent.len() > limits::EMBED_URL_MAX_CHARS {
        return Err(Refusal::LinkLength);
    }
    if !safe::judge(&canonical.open, None, &[]).allow {
        return Err(Refusal::PrivateLink);
    }
    let Canonical { open, clean, key, rules_version, .. } = canonical;
    Ok(SharedLink { open, clean, key, rules_version })
}

/// The rate after this share, or when the next one is possible.
fn within_rate(rate: Option<&Rate>, now: Timestamp) -> Result<Rate, Refusal> {
    let day = RATES[1].1;
    let mut shares: Vec<i64> =
        rate.into_iter().flat_map(|rate| &rate.shares).copied().filter(|at| now.0 - at < day).collect();
    for (most, within) in RATES {
        let recent: Vec<i64> = shares.iter().copied().filter(|at| now.0 - at < within).collect();
        if recent.len() >= most {
            let oldest = recent[recent.len() - most];
            return Err(Refusal::TooOften { again: Timestamp(oldest + within) });
        }
    }
    shares.push(now.0);
    Ok(Rate { shares })
}

/// The chosen themes. A server without themes has none to choose.
fn chosen(ids: &[String], themes: &Themes) -> Result<Vec<Theme>, Refusal> {
    let find = |id: &String| themes.themes.iter().find(|theme| theme.id == *id).cloned();
    let chosen: Vec<_> = ids.iter().filter_map(find).take(THEMES_MAX).collect();
    if chosen.is_empty() && !themes.themes.is_empty() {
        return Err(Refusal::UnknownTheme);
    }
    Ok(chosen)
}

/// A no that keeps what was typed, with « Corriger ».
fn keep(refusal: &Refusal, typed: Draft, ctx: &Ctx) -> Decision {
    let draft = ctx.interaction.0;
    Decision::reply(Reply::Whisper(refusal.with_draft(draft, ctx.lang)))
        .write(items::keep_draft(ctx.guild, ctx.user, draft, &typed, ctx.now))
        .refused(app::Refusal::code(refusal))
}

/// What moderation removed is not shared again. Its author may contest.
fn allowed(existing: &Resource, ctx: &Ctx) -> Result<(), Refusal> {
    match existing.removed_by {
        Some(case) => Err(Refusal::Removed { case: (existing.author == ctx.user).then_some(case) }),
        None => Ok(()),
    }
}

/// The resource that is there already, and one more duplicate that was avoided.
fn duplicate(existing: &Resource, ctx: &Ctx) -> Decision {
    Decision::reply(Reply::Whisper(view::duplicate(existing, ctx.guild, ctx.lang)))
        .write(items::count_duplicate(ctx.guild))
}
