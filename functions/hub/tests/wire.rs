//! Everything the hub sends, at full length and in both languages, is what Discord takes; and what it
//! keeps of people is declared.

use app::{Clock, Feature as _, Lang, Refusal as _, Timestamp};
use discord::check::Checked;
use discord::message::Message;
use discord::reply::Reply;
use discord::rest::{BotToken, NewPost, Nonce, Rest, RestConfig, budget};
use discord::{ChannelId, GuildId, MessageId, RoleId, TagId, UserId};
use hub::blacklist::model::{Blacklist, Entry, Kind as EntryKind};
use hub::case::model::{About, Appeal, Case, CaseId, Lock, Posted, Queued, Ruling, Stage as Step, Verdict};
use hub::check::model::{Health, LinkState, Preview};
use hub::inbox::model::{Inbox, Kept, Notice, Seen};
use hub::link::key::canonical;
use hub::model::{self, Card, Draft, Rate, Resource, ResourceId, SharedFile, SharedLink, State};
use hub::model::{Theme, Themes, Upload, Vote, Voted};
use hub::nature::{Kind, Level, Tongue};
use hub::obsolete::model::{OPINION_PERSONAL, Opinion, Said};
use hub::refusal::Refusal;
use hub::report::action::Target;
use hub::report::model::{Category, Evidence, Report, Reporter};
use hub::sanction::model::{
    Measure, PROPOSAL_PERSONAL, Proposal, SANCTION_PERSONAL, SUSPENSION_PERSONAL, Sanction, Suspension,
};
use hub::save::model::{Ask, Count, Saved};
use hub::theme::items::{Suggestion, VOICES_PERSONAL, Wish};
use hub::{
    Hub, blacklist, card, case, check, home, inbox, items, obsolete, report, sanction, save, search, share,
    theme, vote,
};
use sim::NewChannel;
use store::personal::{PersonalField, undeclared};
use tests::stage::{Stage, TOKEN};

/// A link that has been dead since the end of the century.
fn dead() -> Health {
    let at = 4_102_444_800_000;
    Health {
        state: LinkState::Mort,
        checked_at: at,
        next_at: at,
        gone: u32::MAX,
        gone_since: at,
        dead_since: at,
    }
}

/// A resource that is as long as it may be, and full of signs that mean something to Discord.
fn longest() -> Resource {
    let link = format!("https://example.org/{}", "a/".repeat(1000));
    let canonical = canonical(&link).unwrap();
    let title = "**[é](x)@everyone** ".repeat(5);
    let description: String = "> *`é`* @here <@1> ".repeat(79).chars().take(1500).collect();
    Resource {
        state: State::Publiee,
        themes: (0..5)
            .map(|number| Theme {
                id: number.to_string(),
                name: "**intelligence** art".into(),
                tag: Some(TagId(number)),
                ..Theme::default()
            })
            .collect(),
        original: Some(link),
        link: Some(SharedLink {
            open: canonical.open,
            clean: canonical.clean,
            key: canonical.key,
            rules_version: canonical.rules_version,
        }),
        file: Some(SharedFile { name: "é".repeat(300), size: u64::MAX }),
        file_key: Some(share::file::key(b"")),
        published_at: Some(4_102_444_800_000),
        posting_since: Some(4_102_444_800_000),
        thread: Some(ChannelId(u64::MAX)),
        case: Some(CaseId::new(u64::MAX)),
        removed_by: Some(CaseId::new(u64::MAX)),
        file_kept: Some(Posted { channel: ChannelId(u64::MAX), message: MessageId(u64::MAX) }),
        up: u32::MAX,
        down: u32::MAX,
        kind: Some(Kind::Documentation),
        level: Some(Level::Intermediate),
        tongue: Some(Tongue::French),
        obsolete: true,
        health: dead(),
        preview: Some(Preview {
            site: format!("{}example.org", "é".repeat(240)),
            title: Some("**[é](x)** ".repeat(18)),
            description: None,
            lang: Some("fr".into()),
        }),
        short_key: Some("short:bit.ly/3Abc".into()),
        said_obsolete: Some(Said::Staff),
        old: u32::MAX,
        valid: u32::MAX,
        told_obsolete_at: Some(4_102_444_800_000),
        hot: i64::MIN,
        refreshed_at: 4_102_444_800_000,
        completions: (0..3).map(|_| "> *`é`* @here <@1> ".repeat(27).chars().take(500).collect()).collect(),
        renames: vec![4_102_444_800_000; 2],
        ..Resource::new(ResourceId::new(u64::MAX), &title, &description, UserId(u64::MAX), 4_102_444_800_000)
    }
}

fn themes() -> Themes {
    let theme = |number: u64| Theme {
        id: format!("t{number}"),
        name: format!("Thème numéro {number:07}"),
        tag: Some(TagId(number)),
        ..Theme::default()
    };
    Themes { themes: (0..60).map(theme).collect() }
}

fn refusals() -> Vec<Refusal> {
    vec![
        Refusal::NotAMember,
        Refusal::NotForPartners,
        Refusal::NotStaff,
        Refusal::NotInCharge,
        Refusal::UnreadableLink,
        Refusal::LinkLength,
        Refusal::Nothing,
        Refusal::NotInstalled,
        Refusal::TooOften { again: Timestamp(4_102_444_800_000) },
        Refusal::TitleLength,
        Refusal::DescriptionLength,
        Refusal::PrivateLink,
        Refusal::Blacklisted,
        Refusal::NotAnAdmin,
        Refusal::SecondAdmin,
        Refusal::Suspended { until: Some(4_102_444_800_000) },
        Refusal::Suspended { until: None },
        Refusal::Removed { case: None },
        Refusal::Removed { case: Some(CaseId::new(u64::MAX)) },
        Refusal::File,
        Refusal::OwnResource,
        Refusal::AlreadyReported,
        Refusal::OwnCase,
        Refusal::Taken { by: UserId(u64::MAX), until: 4_102_444_800_000 },
        Refusal::NotAModerator,
        Refusal::ReasonLength,
        Refusal::UnknownCase,
        Refusal::UnknownTheme,
        Refusal::SwitchedOff,
        Refusal::Outdated,
        Refusal::UnknownResource,
        Refusal::Fault { reference: u64::MAX.to_string() },
    ]
}

/// Each kind of notice, at full length.
fn notices() -> Vec<Notice> {
    let (resource, title) = (longest().id, longest().title);
    vec![
        Notice::Published { resource, title: title.clone() },
        Notice::NotPublished { title: title.clone(), draft: Some(u64::MAX) },
        Notice::Duplicate {
            title: title.clone(),
            resource,
            thread: Some(ChannelId(u64::MAX)),
            draft: u64::MAX,
        },
        Notice::Completion { resource, title: title.clone() },
        Notice::Obsolete { resource, title: title.clone(), people: u32::MAX },
        Notice::ObsoleteForStaff { resource, title: title.clone() },
        Notice::Hidden { resource, title: title.clone() },
        Notice::Merged { resource, title: title.clone(), reason: "*é* @here".repeat(33) },
        decided(u64::MAX, About::Resource(resource), &title),
        Notice::ReportHandled,
        Notice::Sanctioned {
            measure: Measure::Week,
            until: Some(4_102_444_800_000),
            reason: "*é* @here".repeat(33),
        },
        Notice::Sanctioned { measure: Measure::Exclusion, until: None, reason: "*é* @here".repeat(33) },
        Notice::Lifted { reason: "*é* @here".repeat(33) },
        Notice::DeadLink { resource, title },
        Notice::Level { level: 60 },
        Notice::Badge { name: "Ambassadeur de l’Appréciation".into() },
    ]
}

/// The longest notice there is: a decision that can be contested, about a message.
fn decided(case: u64, about: About, title: &str) -> Notice {
    let (case, verdict) = (CaseId::new(case), Verdict::Abuse);
    Notice::Decided { case, verdict, about, title: title.into(), reason: "*".repeat(300), last: false }
}

/// Fifty notices, the longest kind last.
fn full_inbox() -> Inbox {
    let kinds = notices();
    let words = "**[é](x)@everyone** ".repeat(25);
    let longest = |number: usize| decided(number as u64, About::Person(UserId(u64::MAX)), &words);
    let notices = (0..50).map(|number| Kept {
        at: 4_102_444_800_000,
        notice: kinds.get(number).cloned().unwrap_or_else(|| longest(number)),
    });
    Inbox { seen: Seen::default(), notices: notices.collect() }
}

/// A page of five resources, as long as they may be.
fn full_page() -> home::model::Page {
    let resources = (0..5).map(|number| Resource { id: ResourceId::new(number), ..longest() });
    home::model::Page { number: 1, pages: 3, total: 15, shown: Vec::new(), resources: resources.collect() }
}

/// The same with an address that fits into a button.
fn at_a_short_address(resource: &Resource) -> Resource {
    let mut resource = resource.clone();
    resource.link.as_mut().unwrap().open = "https://example.org/".into();
    resource
}

/// A resource with this link and nothing else that is long.
fn linked(link: &str) -> Resource {
    let canonical = canonical(link).unwrap_or_else(|error| panic!("{link}: {error}"));
    Resource {
        link: Some(SharedLink {
            open: canonical.open,
            clean: canonical.clean,
            key: canonical.key,
            rules_version: canonical.rules_version,
        }),
        thread: Some(ChannelId(1)),
        state: State::Publiee,
        ..Resource::new(ResourceId::new(2), "Le livre", "Pour bien commencer.", UserId(3), 0)
    }
}

/// Links that people share, and what Discord is to be sent for the title and for « Ouvrir ».
fn addresses() -> Vec<(String, Option<String>, Option<String>)> {
    let long = |letters: usize| format!("https://example.org/{}", "a".repeat(letters - 20));
    let both = |typed: &str, sent: &str| (typed.to_owned(), Some(sent.to_owned()), Some(sent.to_owned()));
    vec![
        both("https://fr.wikipedia.org/wiki/Éducation", "https://fr.wikipedia.org/wiki/%C3%89ducation"),
        both("<https://example.org/un deux>", "https://example.org/un%20deux"),
        both("https://école.example/été", "https://xn--cole-9oa.example/%C3%A9t%C3%A9"),
        (long(512), Some(long(512)), Some(long(512))),
        // A button opens 512 characters at most: the title still has the link.
        (long(513), Some(long(513)), None),
        // Refused at the intake; the card of one that is there all the same is still taken.
        (long(2056), None, None),
    ]
}

#[test]
fn a_link_is_sent_as_discord_takes_it_and_left_out_where_it_is_too_long() {
    for (typed, title, button) in addresses() {
        let post = share::view::post(&linked(&typed), Lang::Fr);
        let json = serde_json::to_value(&post).unwrap();
        assert_eq!(json["embeds"][0]["url"].as_str(), title.as_deref(), "{typed}");
        let buttons = json["components"][0]["components"].as_array().unwrap();
        let opens: Vec<&str> = buttons.iter().filter_map(|button| button["url"].as_str()).collect();
        assert_eq!(opens, button.as_deref().into_iter().collect::<Vec<_>>(), "{typed}");
        assert!(Checked::new(post).is_ok(), "{typed}");
    }
}

/// Every message of the hub in one language.
fn messages(lang: Lang) -> Vec<Message> {
    let resource = longest();
    let guild = GuildId(u64::MAX);
    let card = Card {
        id: resource.id,
        title: resource.title.clone(),
        themes: resource.theme_names(),
        thread: ChannelId(u64::MAX),
        published_at: 4_102_444_800_000,
    };
    let cards = [&card, &card, &card, &card, &card, &card];
    let mut messages = vec![
        share::view::saved(lang),
        share::view::kept_file(&resource, lang),
        share::view::published(ChannelId(u64::MAX), lang),
        share::view::not_published(u64::MAX, lang),
        share::view::file_gone(u64::MAX, lang),
        share::view::not_published_in_channel(UserId(u64::MAX), u64::MAX, lang),
        share::view::duplicate(&resource, guild, lang),
        share::view::duplicate(&Resource { thread: None, ..resource.clone() }, guild, lang),
        share::view::post(&resource, lang),
        share::view::post(&at_a_short_address(&resource), lang),
        check::view::will_check(lang),
        check::view::cannot_check(lang),
        check::view::just_checked(&dead(), lang),
        check::view::just_checked(&Health { state: LinkState::Ok, ..dead() }, lang),
        check::view::just_checked(&Health::default(), lang),
        vote::view::saved(Some(Vote { useful: true, at: 0 }), u32::MAX, u32::MAX, lang),
        vote::view::saved(Some(Vote { useful: false, at: 0 }), 1, 1, lang),
        vote::view::saved(None, 0, 0, lang),
        search::view::results(&"é".repeat(100), &[], guild, lang),
        search::view::results(&"é".repeat(100), &cards, guild, lang),
        card::view::card(&resource, guild, lang),
        home::view::home(lang),
        home::view::what(lang),
        home::view::mine(&home::model::Page::default(), lang),
        home::view::mine(&full_page(), lang),
        home::view::panel_posted(ChannelId(u64::MAX), lang),
        home::view::panel_refused(ChannelId(u64::MAX), lang),
    ];
    for (typed, ..) in addresses() {
        messages.extend([
            share::view::post(&linked(&typed), lang),
            share::view::duplicate(&linked(&typed), guild, lang),
            card::view::card(&linked(&typed), guild, lang),
        ]);
    }
    messages.extend([0, 1, 9].map(|page| inbox::view::page(&full_inbox(), page, lang)));
    messages.push(inbox::view::page(&Inbox::default(), 0, lang));
    messages.extend(moderation(lang));
    messages.extend(measures(lang));
    messages.extend(blacklist_messages(lang));
    messages.extend(theme_messages(lang));
    messages.extend(saved_messages(lang));
    messages.extend(aged_messages(lang));
    messages.extend(refusals().iter().map(|refusal| refusal.message(lang)));
    messages.extend(refusals().iter().map(|refusal| refusal.with_draft(u64::MAX, lang)));
    messages
}

/// A case that is as full as it may be.
fn fullest() -> (Case, Vec<Report>) {
    let id = ResourceId::new(u64::MAX);
    let words = "**[é](x)@everyone** ".repeat(25);
    let ruling = Ruling {
        verdict: Verdict::Abuse,
        by: UserId(u64::MAX),
        at: 4_102_444_800_000,
        reason: "*é* @here".repeat(33),
        note: Some("*é* @here".repeat(33)),
        told: true,
    };
    let case = Case {
        rulings: vec![ruling; 2],
        told_of: Some(1),
        appeal: Some(Appeal { text: "*é* @here\n".repeat(100), at: 4_102_444_800_000 }),
        reached_at: Some(4_102_444_800_000),
        lock: Some(Lock { by: UserId(u64::MAX), until: i64::MAX }),
        queued: Some("1".repeat(40)),
        posting_since: Some(4_102_444_800_000),
        card: Some(Posted { channel: ChannelId(u64::MAX), message: MessageId(u64::MAX) }),
        ..Case::new(CaseId::new(u64::MAX), About::Resource(id), &words, UserId(u64::MAX), 4_102_444_800_000)
    };
    let categories = Category::ALL.into_iter().cycle().take(100);
    let report = |(by, category)| Report {
        by: UserId(u64::MAX - by),
        category,
        details: Some(words.clone()),
        at: 4_102_444_800_000,
        counts: by % 2 == 0,
        trust: Some(100),
        settled: Some(2),
    };
    (case, (0..).zip(categories).map(report).collect())
}

/// Every message of moderation.
fn moderation(lang: Lang) -> Vec<Message> {
    let (case, reports) = fullest();
    let (guild, now, resource) = (GuildId(u64::MAX), Timestamp(4_102_444_800_000), longest());
    let roles = [RoleId(1), RoleId(u64::MAX)];
    let message = About::Message { channel: ChannelId(u64::MAX), message: MessageId(u64::MAX) };
    let mut messages = vec![case::view::queue(&[], guild, now, lang)];
    for about in [case.about, message, About::Person(UserId(u64::MAX))] {
        let resource = about.resource().map(|_| &resource);
        for stage in [Step::Ouvert, Step::Decide, Step::Conteste, Step::Clos] {
            let case = Case { about, stage, ..case.clone() };
            let shown = case::view::Shown { case: &case, reports: &reports, resource, guild, now };
            messages.extend([case::view::call(shown, &roles, lang), case::view::file(shown, lang)]);
        }
        let queued = Queued::of(&Case { about, ..case.clone() }, &reports);
        let below = Queued { reached_at: None, ..queued.clone() };
        let queue: Vec<Queued> =
            (0..50).map(|number| if number < 25 { &queued } else { &below }).cloned().collect();
        messages.push(case::view::queue(&queue, guild, now, lang));
    }
    messages.extend([
        case::view::claimed(4_102_444_800_000, lang),
        case::view::released(lang),
        case::view::confirm(case.id, lang),
        case::view::contested(lang),
        case::view::told(&decided(0, case.about, &case.title), lang),
        report::view::thanks(false, false, lang),
        report::view::thanks(false, true, lang),
        report::view::thanks(true, false, lang),
        report::view::already(Target::Message(MessageId(u64::MAX)), lang),
    ]);
    messages.extend(Verdict::ALL.map(|verdict| case::view::decided(verdict, lang)));
    messages.extend(
        [State::Masquee, State::Retiree, State::Fusionnee]
            .map(|state| share::view::post(&Resource { state, ..longest() }, lang)),
    );
    messages
}

/// Something saved, with a note that is as long as it may be.
fn noted(number: u64) -> Saved {
    Saved {
        id: ResourceId::new(number),
        at: 4_102_444_800_000,
        title: longest().title,
        note: Some("*".repeat(200)),
    }
}

/// What is said about what is saved.
fn saved_messages(lang: Lang) -> Vec<Message> {
    let resource = |state| Some(Resource { state, ..longest() });
    let states = [State::Publiee, State::Masquee, State::Retiree, State::Fusionnee]
        .map(resource)
        .into_iter()
        .chain([None]);
    let shown: Vec<_> = (0..).map(noted).zip(states).collect();
    let ask = Ask::typed(&"é*".repeat(50)).at(98);
    let full = save::model::Page { ask, pages: 100, total: 500, found: 500, shown };
    let all = save::model::Page { ask: Ask::default(), pages: 1, found: 5, ..full.clone() };
    vec![
        save::view::saved(longest().id, lang),
        save::view::removed(false, lang),
        save::view::removed(true, lang),
        save::view::full(lang),
        save::view::noted("", lang),
        save::view::noted("Bien", lang),
        save::view::list(&save::model::Page::default(), lang),
        save::view::list(&save::model::Page { shown: Vec::new(), found: 0, ..full.clone() }, lang),
        save::view::list(&full, lang),
        save::view::list(&all, lang),
        save::view::not_exported(lang),
    ]
}

/// What only the worker says: it carries a file.
fn carrying(lang: Lang) -> Message {
    let lines: Vec<_> = (0..5).map(|number| (noted(number), Some(longest()))).collect();
    save::view::exported(&lines, GuildId(u64::MAX), Timestamp(4_102_444_800_000), lang)
}

/// What is said about what has aged.
fn aged_messages(lang: Lang) -> Vec<Message> {
    let said = |said_obsolete| share::view::post(&Resource { said_obsolete, valid: 0, ..longest() }, lang);
    let opinion = |outdated| Some(Opinion { outdated, at: 0 });
    let mut messages: Vec<Message> = [Some(Said::Author), Some(Said::Staff), None].map(said).into();
    messages.extend(
        [opinion(true), opinion(false), None]
            .map(|opinion| obsolete::view::noted(opinion, u32::MAX, 0, lang)),
    );
    messages.extend([
        obsolete::view::marked(lang),
        obsolete::view::already(lang),
        obsolete::view::lifted(&longest(), lang),
        obsolete::view::lifted(&Resource { said_obsolete: None, ..longest() }, lang),
    ]);
    messages
}

/// What is said about measures.
fn measures(lang: Lang) -> Vec<Message> {
    let user = UserId(u64::MAX);
    let reason = "*é* @here".repeat(33);
    let mut messages = vec![
        sanction::view::proposed(user, lang),
        sanction::view::call(user, &Proposal { by: user, at: 0, reason: reason.clone() }, lang),
        sanction::view::lifted(user, true, lang),
        sanction::view::lifted(user, false, lang),
    ];
    messages.extend(Measure::ALL.map(|measure| {
        let until = measure.until(4_102_444_800_000);
        let sanction =
            Sanction { measure, by: user, at: 0, until, reason: reason.clone(), case: None, lifted_at: None };
        sanction::view::taken(user, &sanction, measure, lang)
    }));
    messages
}

/// What is said about the blacklist.
fn blacklist_messages(lang: Lang) -> Vec<Message> {
    let entry = Entry { kind: EntryKind::Phrase, value: "*é* @here".repeat(22) };
    let card = Card {
        id: longest().id,
        title: longest().title,
        themes: Vec::new(),
        thread: ChannelId(u64::MAX),
        published_at: 0,
    };
    vec![
        blacklist::view::added(&entry, &[&card; 9], GuildId(u64::MAX), lang),
        blacklist::view::removed(&entry, lang),
        blacklist::view::known(&entry, lang),
        blacklist::view::unknown(lang),
        blacklist::view::unreadable(lang),
        blacklist::view::full(lang),
        blacklist::view::list(&Blacklist::default(), lang),
        blacklist::view::list(&Blacklist { entries: vec![entry.clone(); 200] }, lang),
    ]
}

/// What is said about themes.
fn theme_messages(lang: Lang) -> Vec<Message> {
    let name = "**intelligence** art";
    let theme = Theme { name: name.into(), aliases: vec![name.into(); 9], ..Theme::default() };
    let wish =
        |number: u8| Wish { name: format!("**intelligence** {number:03}"), by: vec![UserId(u64::MAX); 2] };
    let wishes: Vec<Wish> = (0..9).map(wish).collect();
    let many = Themes { themes: vec![theme.clone(); 60] };
    vec![
        theme::view::list(&many, &wishes, lang),
        theme::view::list(&Themes::default(), &[], lang),
        theme::view::suggested(name, lang),
        theme::view::applied(name, lang),
        theme::view::no_more(lang),
        theme::view::wished(name, 1, lang),
        theme::view::wished(name, 2, lang),
        theme::view::created(name, lang),
        theme::view::refused(name, lang),
        theme::view::exists(&theme, lang),
        theme::view::name_length(lang),
        theme::view::full(lang),
        theme::view::renamed(name, name, lang),
        theme::view::merged(name, name, lang),
        theme::view::same(lang),
        theme::view::archived(name, lang),
        theme::view::needs_replacement(name, 0, lang),
        theme::view::needs_replacement(name, 1, lang),
        theme::view::needs_replacement(name, usize::MAX, lang),
    ]
}

#[test]
fn every_message_and_form_is_one_that_discord_takes() {
    for lang in [Lang::Fr, Lang::En] {
        for message in messages(lang) {
            let checked = Checked::new(Reply::Whisper(message.clone()));
            assert!(checked.is_ok(), "{lang:?} {message:?}: {}", checked.unwrap_err());
        }
        let draft = Draft {
            link: "é".repeat(3000),
            title: "é".repeat(3000),
            description: "é".repeat(3000),
            themes: vec!["t1".into()],
            file: Some(Upload { name: "é".repeat(300), size: 1, url: String::new() }),
        };
        let form = share::view::form(&draft, Some(u64::MAX), &themes(), lang);
        let checked = Checked::new(Reply::Ask(form));
        assert!(checked.is_ok(), "{lang:?}: {}", checked.unwrap_err());
        let checked = Checked::new(Reply::Ask(save::view::form(longest().id, &"*".repeat(200), lang)));
        assert!(checked.is_ok(), "{lang:?}: {}", checked.unwrap_err());
        let (case, _) = fullest();
        let forms = Verdict::ALL.map(|verdict| case::view::form(&case, verdict, lang));
        for form in forms.into_iter().chain([case::view::appeal(case.id, lang)]) {
            let checked = Checked::new(Reply::Ask(form));
            assert!(checked.is_ok(), "{lang:?}: {}", checked.unwrap_err());
        }
        let all = themes();
        for free in [1, 25, 26, 60] {
            let free: Vec<&Theme> = all.themes.iter().take(free).collect();
            let checked = Checked::new(Reply::Ask(theme::view::form(longest().id, &free, lang)));
            assert!(checked.is_ok(), "{lang:?}: {}", checked.unwrap_err());
        }
    }
}

/// Posted for real in the simulated Discord, which holds each to Discord's own file where
/// `DISCORD_OPENAPI` names it: always in CI.
#[tokio::test]
async fn every_message_and_command_passes_discords_own_description() {
    // A clock that moves: rate limits are of the simulated Discord, too.
    let stage = Stage::new(Clock::system(), &["hub"]).await;
    stage.register(&Hub::commands());
    let rest = Rest::new(RestConfig {
        base: stage.discord_api().into(),
        application: stage.application,
        token: BotToken::new(TOKEN),
        budget: budget::local(),
    });
    for lang in [Lang::Fr, Lang::En] {
        for (number, message) in messages(lang).into_iter().chain([carrying(lang)]).enumerate() {
            let message = Checked::new(message).unwrap();
            // Each in a channel of its own: five messages in five seconds are the limit of one.
            let channel = NewChannel::text(format!("{}-{number}", lang.code()));
            let channel = stage.sim.add_channel(stage.guild, channel);
            let nonce = Nonce::of(format!("{lang:?} {number}"));
            let sent = rest.send_message(channel, &message, nonce).await;
            assert!(sent.is_ok(), "{lang:?} {number}: {}", sent.unwrap_err());
        }
    }
    let post = NewPost {
        name: longest().title,
        tags: Vec::new(),
        message: Checked::new(share::view::post(&longest(), Lang::Fr)).unwrap(),
        auto_archive_minutes: 10_080,
    };
    rest.create_post(stage.forum, post, "Hub").await.unwrap();
    stage.sim.assert_clean();
}

#[test]
fn every_command_is_one_that_discord_takes() {
    for command in Hub::commands() {
        let name = command.name().to_owned();
        let checked = Checked::new(command);
        assert!(checked.is_ok(), "{name}: {}", checked.unwrap_err());
    }
}

#[test]
fn nobody_is_called_by_what_somebody_typed() {
    for lang in [Lang::Fr, Lang::En] {
        for message in messages(lang) {
            let json = serde_json::to_value(&message).unwrap();
            assert_eq!(json["allowed_mentions"]["parse"], serde_json::json!([]));
        }
    }
}

#[test]
fn a_refusal_ends_with_its_code_and_says_what_to_do() {
    for lang in [Lang::Fr, Lang::En] {
        for refusal in refusals() {
            let text = refusal.with_code(lang);
            assert!(text.ends_with(&format!("({})", refusal.code())), "{text}");
            assert!(refusal.text(lang).contains('.'), "{text}");
        }
    }
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table: a line for each item")]
fn everything_that_is_kept_of_people_is_declared() {
    let resource = longest();
    let (case, reports) = fullest();
    let evidence = Evidence { author: UserId(1), channel: ChannelId(2), text: String::new() };
    let sanction = Sanction {
        measure: Measure::Week,
        by: UserId(1),
        at: 0,
        until: Some(0),
        reason: String::new(),
        case: Some(case.id),
        lifted_at: Some(0),
    };
    let proposal = Proposal { by: UserId(1), at: 0, reason: String::new() };
    let held: [(store::Item, &[PersonalField], &[&str]); 20] = [
        (
            serde_dynamo::to_item(&resource).unwrap(),
            model::RESOURCE_PERSONAL,
            &[
                "id",
                "state",
                "title",
                "description",
                "themes",
                "link",
                "short_key",
                "file",
                "file_key",
                "health",
                "preview",
                "sent_at",
                "published_at",
                "posting_since",
                "thread",
                "message_in",
                "case",
                "removed_by",
                "file_kept",
                "shut",
                "up",
                "down",
                "kind",
                "level",
                "tongue",
                "obsolete",
                "said_obsolete",
                "old",
                "valid",
                "told_obsolete_at",
                "hot",
                "refreshed_at",
                "completions",
                "renames",
            ],
        ),
        (serde_dynamo::to_item(Suggestion::default()).unwrap(), VOICES_PERSONAL, &[]),
        (serde_dynamo::to_item(Wish::default()).unwrap(), VOICES_PERSONAL, &["name"]),
        (
            serde_dynamo::to_item(Vote { useful: true, at: 0 }).unwrap(),
            model::VOTE_PERSONAL,
            &["useful", "at"],
        ),
        (serde_dynamo::to_item(Voted::default()).unwrap(), model::VOTED_PERSONAL, &[]),
        (serde_dynamo::to_item(Draft::default()).unwrap(), model::DRAFT_PERSONAL, &[]),
        (serde_dynamo::to_item(Rate::default()).unwrap(), model::RATE_PERSONAL, &[]),
        (
            serde_dynamo::to_item(Kept { at: 0, notice: Notice::Level { level: 2 } }).unwrap(),
            inbox::model::NOTICE_PERSONAL,
            &["at"],
        ),
        (serde_dynamo::to_item(noted(1)).unwrap(), save::model::SAVED_PERSONAL, &["title"]),
        (serde_dynamo::to_item(Count { count: 1 }).unwrap(), save::model::COUNT_PERSONAL, &[]),
        (
            serde_dynamo::to_item(Opinion { outdated: true, at: 0 }).unwrap(),
            OPINION_PERSONAL,
            &["outdated", "at"],
        ),
        (serde_dynamo::to_item(Seen::default()).unwrap(), inbox::model::SEEN_PERSONAL, &[]),
        (
            serde_dynamo::to_item(&case).unwrap(),
            case::model::CASE_PERSONAL,
            &["id", "stage", "opened_at", "reached_at", "queued", "told_of", "posting_since", "card"],
        ),
        (
            serde_dynamo::to_item(Queued::of(&case, &reports)).unwrap(),
            case::model::QUEUED_PERSONAL,
            &["case", "opened_at", "reached_at", "counts", "trust", "card"],
        ),
        (
            serde_dynamo::to_item(&reports[0]).unwrap(),
            report::model::REPORT_PERSONAL,
            &["category", "at", "counts", "settled"],
        ),
        (serde_dynamo::to_item(Reporter::default()).unwrap(), report::model::REPORTER_PERSONAL, &[]),
        (serde_dynamo::to_item(&sanction).unwrap(), SANCTION_PERSONAL, &["at", "until", "case", "lifted_at"]),
        (serde_dynamo::to_item(Suspension { at: 0, until: Some(0) }).unwrap(), SUSPENSION_PERSONAL, &["at"]),
        (serde_dynamo::to_item(&proposal).unwrap(), PROPOSAL_PERSONAL, &["at"]),
        (serde_dynamo::to_item(&evidence).unwrap(), report::model::EVIDENCE_PERSONAL, &["channel"]),
    ];
    for (item, declared, plain) in held {
        assert_eq!(undeclared(&item, declared, plain), Vec::<String>::new());
    }
}

#[test]
fn yesterdays_resource_loads() {
    let mut item: store::Item = serde_dynamo::to_item(longest()).unwrap();
    for later in [
        "themes",
        "link",
        "short_key",
        "file",
        "file_key",
        "health",
        "preview",
        "published_at",
        "posting_since",
        "thread",
        "message_in",
        "case",
        "removed_by",
        "file_kept",
        "shut",
        "up",
        "down",
        "kind",
        "level",
        "tongue",
        "obsolete",
        "said_obsolete",
        "old",
        "valid",
        "told_obsolete_at",
        "hot",
        "refreshed_at",
        "completions",
        "renames",
    ] {
        item.remove(later);
    }
    let resource: Resource = store::read(item).unwrap();
    assert_eq!((resource.up, resource.thread), (0, None));
}

#[test]
fn no_key_holds_typed_text() {
    let key = items::reservation(GuildId(1), "example.org/secret");
    assert!(!key.to_string().contains("secret"), "{key}");
}

#[test]
fn every_kind_of_notice_is_kept_and_read_again_and_one_of_tomorrow_is_left_out() {
    for notice in notices() {
        let item: store::Item = serde_dynamo::to_item(Kept { at: 1, notice: notice.clone() }).unwrap();
        assert_eq!(store::read::<Kept>(item).unwrap().notice, notice);
    }
    let tomorrow = serde_json::json!({ "at": 1, "notice": { "kind": "parade", "where": "here" } });
    let item: store::Item = serde_dynamo::to_item(tomorrow).unwrap();
    let entry: inbox::model::Entry = store::read(item).unwrap();
    assert_eq!(Inbox::from(vec![entry]).notices, []);
}
