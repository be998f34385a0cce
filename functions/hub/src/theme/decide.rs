//! The rules of themes: members suggest, staff decide.

use app::{Ctx, Decision, Job as _};
use directory::Group;
use discord::reply::Reply;

use super::action::Action;
use super::items::{self, Suggestion, Wish, same};
use super::view;
use crate::history::{Event, Line, Target, line};
use crate::jobs::Job;
use crate::model::{Listed, Resource, ResourceId, State, Theme, Themes};
use crate::refusal::Refusal;
use crate::share::decide::{THEMES_MAX, is_on, may_share};

/// Active themes of a server. Source: HUB §5.5.
pub const ACTIVE_MAX: usize = 60;
/// Name of a theme, in characters: that of a forum's tag. Source: HUB §5.5.
pub const NAME_CHARS: std::ops::RangeInclusive<usize> = 2..=20;
/// Voices of members for a theme of a resource, or for a new theme. Source: HUB §2 S5.
pub const QUORUM: usize = 2;
/// Resources that are looked at to see whether archiving a theme leaves one without any: one page.
pub const LOOKED_AT_MAX: u32 = 3_000;

/// What the rules of themes must know.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Themes of the server.
    pub themes: Themes,
    /// The resource that it is about.
    pub resource: Option<Resource>,
    /// Voices for a theme of that resource.
    pub suggestion: Option<Suggestion>,
    /// Themes that members want.
    pub wishes: Vec<Wish>,
    /// The one that it is about.
    pub wish: Option<Wish>,
    /// What is published, one page of it.
    pub published: Vec<Listed>,
}

/// What was asked about themes.
///
/// # Errors
/// When the person may not do this, or it is about something that is gone.
pub fn decide(action: &Action, ctx: &Ctx, known: Known) -> Result<Decision, Refusal> {
    is_on(ctx)?;
    match action {
        Action::Typing { typed } => Ok(reply(Reply::Suggest(view::suggestions(typed, &known.themes)))),
        Action::List => {
            let wishes = if decides(ctx) { known.wishes } else { Vec::new() };
            Ok(whisper(view::list(&known.themes, &wishes, ctx.lang)))
        }
        Action::Propose { name } => propose(name, ctx, &known),
        Action::Create { name } => create(name, ctx, &known),
        Action::Rename { theme, name } => rename(theme, name, ctx, &known),
        Action::Merge { theme, into } => merge(theme, into, ctx, &known),
        Action::Archive { theme, into } => archive(theme, into.as_deref(), ctx, &known),
        Action::Tags { resource } => tags(*resource, ctx, &known),
        Action::Suggest { theme, .. } => suggest(theme, ctx, &known),
        Action::Decide { accept, .. } => decide_wish(*accept, ctx, &known),
    }
}

/// Staff, moderators and administrators manage themes, and one of them is enough to apply a suggestion.
///
/// Source: HUB §3.
pub(crate) fn decides(ctx: &Ctx) -> bool {
    ctx.held.is_any(&[Group::Staff, Group::Moderator, Group::Admin])
}

fn may_manage(ctx: &Ctx) -> Result<(), Refusal> {
    if decides(ctx) { Ok(()) } else { Err(Refusal::NotStaff) }
}

fn reply(reply: Reply) -> Decision {
    Decision::reply(reply)
}

fn whisper(message: discord::message::Message) -> Decision {
    reply(Reply::Whisper(message))
}

/// The theme that was typed: its id, its name, or another word for it.
pub fn find<'t>(typed: &str, themes: &'t Themes) -> Option<&'t Theme> {
    themes.get(typed).or_else(|| named(typed, themes))
}

/// The theme with this name, or with this other word for it.
fn named<'t>(name: &str, themes: &'t Themes) -> Option<&'t Theme> {
    let name = same(name);
    let called = |theme: &&Theme| same(&theme.name) == name;
    let alias = |theme: &&Theme| theme.aliases.iter().any(|alias| same(alias) == name);
    themes.themes.iter().find(called).or_else(|| themes.themes.iter().find(alias))
}

fn known_theme<'t>(typed: &str, themes: &'t Themes) -> Result<&'t Theme, Refusal> {
    find(typed, themes).ok_or(Refusal::UnknownTheme)
}

/// Why a name cannot be that of a new theme.
fn unusable(name: &str, themes: &Themes, itself: Option<&Theme>, ctx: &Ctx) -> Option<Decision> {
    if !NAME_CHARS.contains(&name.chars().count()) {
        return Some(whisper(view::name_length(ctx.lang)));
    }
    match named(name, themes) {
        Some(theme) if itself.is_none_or(|itself| itself.id != theme.id) => {
            Some(whisper(view::exists(theme, ctx.lang)))
        }
        _ => None,
    }
}

/// A member wants a theme that is not there. One voice creates nothing.
fn propose(name: &str, ctx: &Ctx, known: &Known) -> Result<Decision, Refusal> {
    may_share(ctx)?;
    if let Some(no) = unusable(name, &known.themes, None, ctx) {
        return Ok(no);
    }
    let voices = known.wish.as_ref().map_or(0, |wish| wish.by.len());
    let mine = known.wish.as_ref().is_some_and(|wish| wish.by.contains(&ctx.user));
    if mine || voices >= QUORUM {
        return Ok(whisper(view::wished(name, voices, ctx.lang)));
    }
    let decision = whisper(view::wished(name, voices + 1, ctx.lang));
    let writes = items::want(ctx.guild, name, ctx.user, known.wish.as_ref(), ctx.now);
    Ok(writes.into_iter().fold(decision, Decision::write))
}

fn create(name: &str, ctx: &Ctx, known: &Known) -> Result<Decision, Refusal> {
    may_manage(ctx)?;
    if let Some(no) = unusable(name, &known.themes, None, ctx) {
        return Ok(no);
    }
    if known.themes.themes.len() >= ACTIVE_MAX {
        return Ok(whisper(view::full(ctx.lang)));
    }
    let mut next = known.themes.clone();
    let id = format!("t{}", hex::encode(&ctx.seed.bytes("theme")[..6]));
    next.themes.push(Theme { id: id.clone(), name: name.to_owned(), ..Theme::default() });
    let decision = whisper(view::created(name, ctx.lang))
        .write(items::change(ctx.guild, &known.themes, &next))
        .write(told(ctx, format!("+ {name}")))
        .job(Job::BindTheme { theme: id }.now());
    let wish = known.wish.iter().flat_map(|wish| items::decided(ctx.guild, wish, ctx.now));
    Ok(wish.fold(decision, Decision::write))
}

fn rename(theme: &str, name: &str, ctx: &Ctx, known: &Known) -> Result<Decision, Refusal> {
    may_manage(ctx)?;
    let theme = known_theme(theme, &known.themes)?;
    if let Some(no) = unusable(name, &known.themes, Some(theme), ctx) {
        return Ok(no);
    }
    let next = changed(&known.themes, &theme.id, |theme| {
        let old = std::mem::replace(&mut theme.name, name.to_owned());
        theme.aliases.retain(|alias| same(alias) != same(name));
        if same(&old) != same(name) {
            theme.aliases.push(old);
        }
    });
    Ok(whisper(view::renamed(&theme.name, name, ctx.lang))
        .write(items::change(ctx.guild, &known.themes, &next))
        .write(told(ctx, format!("{} → {name}", theme.name)))
        .job(
            Job::Retheme { theme: theme.id.clone(), into: Some(theme.id.clone()), always: true, after: None }
                .now(),
        ))
}

fn merge(theme: &str, into: &str, ctx: &Ctx, known: &Known) -> Result<Decision, Refusal> {
    may_manage(ctx)?;
    let theme = known_theme(theme, &known.themes)?;
    let into = known_theme(into, &known.themes)?;
    if theme.id == into.id {
        return Ok(whisper(view::same(ctx.lang)));
    }
    let mut next = changed(&known.themes, &into.id, |into| {
        into.aliases.push(theme.name.clone());
        into.aliases.extend(theme.aliases.iter().cloned());
    });
    next.themes.retain(|one| one.id != theme.id);
    Ok(whisper(view::merged(&theme.name, &into.name, ctx.lang))
        .write(items::change(ctx.guild, &known.themes, &next))
        .write(told(ctx, format!("{} → {}", theme.name, into.name)))
        .job(
            Job::Retheme { theme: theme.id.clone(), into: Some(into.id.clone()), always: true, after: None }
                .now(),
        ))
}

/// An archived theme leaves its resources; those that would have none get the replacement.
fn archive(theme: &str, into: Option<&str>, ctx: &Ctx, known: &Known) -> Result<Decision, Refusal> {
    may_manage(ctx)?;
    let theme = known_theme(theme, &known.themes)?;
    let into = into.map(|into| known_theme(into, &known.themes)).transpose()?;
    if into.is_some_and(|into| into.id == theme.id) {
        return Ok(whisper(view::same(ctx.lang)));
    }
    // More than one page: whether one is left without a theme cannot be seen, so it is asked.
    let unseen = known.published.len() >= usize::try_from(LOOKED_AT_MAX).expect("a small number");
    let alone = known.published.iter().filter(|one| one.themes == [theme.id.clone()]).count();
    if into.is_none() && (alone > 0 || unseen) {
        return Ok(whisper(view::needs_replacement(&theme.name, alone, ctx.lang)));
    }
    let mut next = known.themes.clone();
    next.themes.retain(|one| one.id != theme.id);
    let into = into.map(|into| into.id.clone());
    let job = Job::Retheme { theme: theme.id.clone(), into, always: false, after: None };
    Ok(whisper(view::archived(&theme.name, ctx.lang))
        .write(items::change(ctx.guild, &known.themes, &next))
        .write(told(ctx, format!("- {}", theme.name)))
        .job(job.now()))
}

/// « Proposer un thème »: the form with those that the resource has not.
fn tags(id: ResourceId, ctx: &Ctx, known: &Known) -> Result<Decision, Refusal> {
    may_share(ctx)?;
    let resource = published(known)?;
    let free: Vec<&Theme> = known.themes.themes.iter().filter(|theme| !has(resource, &theme.id)).collect();
    if free.is_empty() || resource.themes.len() >= THEMES_MAX {
        return Ok(whisper(view::no_more(ctx.lang)));
    }
    Ok(reply(Reply::Ask(view::form(id, &free, ctx.lang))))
}

/// The form was sent. Two members, or one of the staff, and the resource has the theme.
fn suggest(theme: &str, ctx: &Ctx, known: &Known) -> Result<Decision, Refusal> {
    may_share(ctx)?;
    let resource = published(known)?;
    let theme = known.themes.get(theme).ok_or(Refusal::UnknownTheme)?;
    if has(resource, &theme.id) || resource.themes.len() >= THEMES_MAX {
        return Ok(whisper(view::no_more(ctx.lang)));
    }
    let seen = known.suggestion.as_ref();
    let voices = seen.map_or(&[][..], |seen| &seen.by);
    let new = !voices.contains(&ctx.user);
    let heard = voices.len() + usize::from(new);
    if heard < QUORUM && !decides(ctx) {
        let decision = whisper(view::suggested(&theme.name, ctx.lang));
        if !new {
            return Ok(decision);
        }
        let writes = items::suggest(ctx.guild, resource.id, &theme.id, ctx.user, seen, ctx.now);
        return Ok(writes.into_iter().fold(decision, Decision::write));
    }
    let mut themes = resource.themes.clone();
    themes.push(copy(theme));
    let decision = whisper(view::applied(&theme.name, ctx.lang));
    let edited = Line::new(ctx.user, Event::Edited).because(format!("+ {}", theme.name));
    let writes = items::themed(ctx.guild, resource, themes)
        .into_iter()
        .chain(items::settle(ctx.guild, resource.id, &theme.id, seen, ctx.now))
        .chain([line(ctx.guild, Target::Resource(resource.id), edited, ctx.now)]);
    Ok(writes.fold(decision, Decision::write).job(Job::Dress { resource: resource.id }.now()))
}

fn decide_wish(accept: bool, ctx: &Ctx, known: &Known) -> Result<Decision, Refusal> {
    may_manage(ctx)?;
    let wish = known.wish.as_ref().ok_or(Refusal::Outdated)?;
    if accept {
        return create(&wish.name, ctx, known);
    }
    let decision = whisper(view::refused(&wish.name, ctx.lang));
    Ok(items::decided(ctx.guild, wish, ctx.now).into_iter().fold(decision, Decision::write))
}

fn published(known: &Known) -> Result<&Resource, Refusal> {
    let resource = known.resource.as_ref().filter(|resource| resource.state == State::Publiee);
    resource.ok_or(Refusal::Outdated)
}

fn has(resource: &Resource, theme: &str) -> bool {
    resource.themes.iter().any(|one| one.id == theme)
}

/// A theme as resources keep it: without its other words.
pub(crate) fn copy(theme: &Theme) -> Theme {
    Theme { aliases: Vec::new(), ..theme.clone() }
}

fn changed(themes: &Themes, id: &str, change: impl FnOnce(&mut Theme)) -> Themes {
    let mut next = themes.clone();
    if let Some(theme) = next.themes.iter_mut().find(|theme| theme.id == id) {
        change(theme);
    }
    next
}

fn told(ctx: &Ctx, what: String) -> store::Write {
    let set = Line::new(ctx.user, Event::Set("themes".into())).because(what);
    line(ctx.guild, Target::Library, set, ctx.now)
}

/// The themes of a resource once one of them is gone: in its place stands the other one, if that was
/// asked for or nothing else would be left. None when nothing changes.
pub fn rewritten(resource: &Resource, gone: &str, into: Option<&Theme>, always: bool) -> Option<Vec<Theme>> {
    if !has(resource, gone) {
        return None;
    }
    let alone = resource.themes.len() == 1;
    let into = into.filter(|_| always || alone);
    let mut themes: Vec<Theme> = Vec::new();
    for theme in &resource.themes {
        let next = if theme.id == gone { into.map(copy) } else { Some(theme.clone()) };
        if let Some(next) = next.filter(|next| themes.iter().all(|one| one.id != next.id)) {
            themes.push(next);
        }
    }
    (themes != resource.themes).then_some(themes)
}

#[cfg(test)]
mod tests {
    use discord::UserId;

    use super::*;

    fn theme(id: &str) -> Theme {
        Theme { id: id.into(), name: id.to_uppercase(), aliases: vec![format!("{id}-alias")], tag: None }
    }

    fn resource(themes: &[&str]) -> Resource {
        let themes = themes.iter().map(|id| copy(&theme(id))).collect();
        Resource { themes, ..Resource::new(ResourceId::new(1), "Titre", "Description", UserId(1), 0) }
    }

    fn ids(themes: Option<Vec<Theme>>) -> Option<Vec<String>> {
        themes.map(|themes| themes.into_iter().map(|theme| theme.id).collect())
    }

    #[test]
    fn a_theme_that_went_into_another_is_replaced_once() {
        let b = theme("b");
        assert_eq!(
            ids(rewritten(&resource(&["a", "c"]), "a", Some(&b), true)),
            Some(vec!["b".into(), "c".into()])
        );
        assert_eq!(ids(rewritten(&resource(&["b", "a"]), "a", Some(&b), true)), Some(vec!["b".into()]));
        assert_eq!(ids(rewritten(&resource(&["c"]), "a", Some(&b), true)), None);
    }

    #[test]
    fn an_archived_theme_is_replaced_only_where_nothing_else_is_left() {
        let b = theme("b");
        assert_eq!(ids(rewritten(&resource(&["a", "c"]), "a", Some(&b), false)), Some(vec!["c".into()]));
        assert_eq!(ids(rewritten(&resource(&["a"]), "a", Some(&b), false)), Some(vec!["b".into()]));
    }

    #[test]
    fn a_theme_is_found_by_its_id_its_name_and_its_other_words() {
        let themes = Themes { themes: vec![theme("a"), theme("b")] };
        for typed in ["a", "A", "a-ALIAS"] {
            assert_eq!(find(typed, &themes).map(|theme| theme.id.as_str()), Some("a"), "{typed}");
        }
        assert_eq!(find("c", &themes), None);
    }
}
