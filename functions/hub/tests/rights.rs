//! Who may do what: a table of roles and actions, from the rules themselves.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use app::{Ctx, Decision, Feature as _, Lang, Seed, Timestamp};
use directory::{ChannelKey, Guild, Held, Person, RoleKey};
use discord::interaction::Token;
use discord::{ApplicationId, ChannelId, GuildId, InteractionId, UserId};
use expect_test::expect;
use hub::blacklist::action::Action as Blacklist;
use hub::card::action::Action as Card;
use hub::case::action::{Action as Moderate, Button as Press, Judgement};
use hub::case::model::{About, Case, CaseId, Ruling, Stage, Verdict};
use hub::check::action::Button as Broken;
use hub::home::action::Action as Home;
use hub::inbox::action::Button as News;
use hub::model::{self, Draft, Resource, ResourceId, SharedLink, State};
use hub::obsolete::action::Button as Aged;
use hub::refusal::Refusal;
use hub::report::action::{Action as Report, Form as Reported, Target};
use hub::report::model::Category;
use hub::sanction::action::{Action as Sanction, Button as Exclude};
use hub::sanction::model::{Measure, Proposal};
use hub::save::action::Action as Save;
use hub::save::model::{Ask, Saved};
use hub::search::action::Action as Search;
use hub::share::action::{Action as Share, Form, Link};
use hub::theme::action::Action as Theme;
use hub::theme::items::Wish;
use hub::vote::action::Button;
use hub::{
    Action, Hub, Known, case, obsolete, report, sanction as sanctions, save, search, share, theme as themes,
    vote,
};

const NOW: Timestamp = Timestamp(1_795_510_800_000);

fn ctx(held: Held) -> Ctx {
    Ctx {
        now: NOW,
        guild: GuildId(1),
        channel: Some(ChannelId(2)),
        user: UserId(3),
        name: "Karim".into(),
        lang: Lang::Fr,
        guild_lang: Lang::Fr,
        held,
        settings: Guild::default().channel(ChannelKey::Hub, ChannelId(4)),
        person: Person::default(),
        seed: Seed::known([7; 32]),
        interaction: InteractionId(5),
        application: ApplicationId(6),
        token: Token::new("secret"),
    }
}

fn resource() -> Resource {
    let (title, description) = ("Le livre de Rust", "Pour bien commencer avec Rust.");
    Resource {
        state: State::Publiee,
        themes: vec![model::Theme { id: "t1".into(), name: "Rust".into(), ..model::Theme::default() }],
        link: Some(SharedLink {
            open: "https://doc.rust-lang.org/book/".into(),
            clean: "https://doc.rust-lang.org/book".into(),
            key: "doc.rust-lang.org/book".into(),
            rules_version: 1,
        }),
        published_at: Some(NOW.0),
        thread: Some(ChannelId(8)),
        up: 1,
        ..Resource::new(ResourceId::new(42), title, description, UserId(9), NOW.0)
    }
}

fn form() -> Form {
    Form {
        draft: None,
        link: Link::new("https://doc.rust-lang.org/book/"),
        title: "Le livre de Rust".into(),
        description: "Pour bien commencer avec Rust.".into(),
        themes: Vec::new(),
        file: None,
    }
}

fn share(action: Share) -> Action {
    Action::Share(Box::new(action))
}

fn search(action: Search) -> Action {
    Action::Search(Box::new(action))
}

fn theme(action: Theme) -> Action {
    Action::Theme(Box::new(action))
}

fn theming() -> Known {
    let named = |id: &str| model::Theme { id: id.into(), name: id.into(), ..model::Theme::default() };
    Known::Theme(Box::new(themes::decide::Known {
        themes: model::Themes { themes: vec![named("t1"), named("t2")] },
        resource: Some(resource()),
        wish: Some(Wish { name: "Java".into(), by: vec![UserId(9)] }),
        ..Default::default()
    }))
}

fn vote(useful: bool) -> Action {
    Action::Vote(Box::new(Button { resource: ResourceId::new(42), useful }))
}

fn report(action: Report) -> Action {
    Action::Report(Box::new(action))
}

fn moderate(action: Moderate) -> Action {
    Action::Moderate(Box::new(action))
}

fn card(action: Card) -> Action {
    Action::Card(Box::new(action))
}

fn home(action: Home) -> Action {
    Action::Home(Box::new(action))
}

fn save(action: Save) -> Action {
    Action::Save(Box::new(action))
}

fn saving() -> Known {
    let saved = Saved { id: ResourceId::new(42), at: 0, title: "Le livre de Rust".into(), note: None };
    Known::Save(Box::new(save::decide::Known {
        resource: Some(resource()),
        saved: Some(saved),
        ..Default::default()
    }))
}

fn aged(outdated: bool) -> Action {
    Action::Obsolete(Box::new(Aged { resource: ResourceId::new(42), outdated }))
}

fn sanction(action: Sanction) -> Action {
    Action::Sanction(Box::new(action))
}

/// One action of each kind, with what its rule must know.
#[expect(clippy::too_many_lines, reason = "a table: a line for each action")]
fn actions() -> Vec<(&'static str, Action, Known)> {
    let sharing = || Known::Share(Box::default());
    let voting =
        || Known::Vote(Box::new(vote::decide::Known { resource: Some(resource()), ..Default::default() }));
    let aging = || {
        Known::Obsolete(Box::new(obsolete::decide::Known {
            resource: Some(resource()),
            ..Default::default()
        }))
    };
    let searching =
        || Known::Search(Box::new(search::decide::Known { cards: Vec::new(), chosen: Some(resource()) }));
    let known_draft =
        Known::Share(Box::new(share::decide::Known { draft: Some(Draft::default()), ..Default::default() }));
    let broken = Broken::Broken { resource: ResourceId::new(42) };
    let target = Target::Resource(ResourceId::new(42));
    let reported = Reported { target, amend: false, category: Category::Spam, details: String::new() };
    let reporting = || {
        Known::Report(Box::new(report::decide::Known { resource: Some(resource()), ..Default::default() }))
    };
    let open = Case::new(CaseId::new(1), About::Resource(ResourceId::new(42)), "Titre", UserId(9), NOW.0);
    let moderating = || {
        let case = Some(open.clone());
        Known::Moderate(Box::new(case::decide::Known { case, ..Default::default() }))
    };
    let id = CaseId::new(1);
    let judgement = Judgement {
        case: id,
        verdict: Verdict::Hide,
        reason: "À vérifier avec l’équipe.".into(),
        note: String::new(),
        told: true,
    };
    // One's own case, decided: everybody may contest.
    let ruling = Ruling {
        verdict: Verdict::Hide,
        by: UserId(9),
        at: 0,
        reason: judgement.reason.clone(),
        note: None,
        told: true,
    };
    let own = Case { author: UserId(3), stage: Stage::Decide, rulings: vec![ruling], ..open.clone() };
    let take =
        |measure| sanction(Sanction::Take { user: UserId(9), measure, reason: "Trois fois de suite".into() });
    let sanctioning = || Known::Sanction(Box::default());
    let proposal = Proposal { by: UserId(8), at: NOW.0, reason: "Trois fois de suite".into() };
    let proposal = Some(proposal);
    let proposed = Known::Sanction(Box::new(sanctions::decide::Known { proposal, ..Default::default() }));
    let contesting =
        || Known::Moderate(Box::new(case::decide::Known { case: Some(own.clone()), ..Default::default() }));
    vec![
        ("open the form", share(Share::Open { link: None }), sharing()),
        ("publish", share(Share::Publish(form())), sharing()),
        ("fix a draft", share(Share::Fix { draft: 5 }), known_draft),
        ("suggest", search(Search::Suggest { typed: "rust".into() }), searching()),
        ("search", search(Search::Search { text: "rust".into() }), searching()),
        ("open a card", search(Search::Search { text: "H-000001A".into() }), searching()),
        ("vote useful", vote(true), voting()),
        ("vote not useful", vote(false), voting()),
        ("list themes", theme(Theme::List), theming()),
        ("want a theme", theme(Theme::Propose { name: "Java".into() }), theming()),
        (
            "suggest a theme",
            theme(Theme::Suggest { resource: ResourceId::new(42), theme: "t2".into() }),
            theming(),
        ),
        ("create a theme", theme(Theme::Create { name: "Java".into() }), theming()),
        ("rename a theme", theme(Theme::Rename { theme: "t1".into(), name: "Java".into() }), theming()),
        ("merge themes", theme(Theme::Merge { theme: "t1".into(), into: "t2".into() }), theming()),
        ("archive a theme", theme(Theme::Archive { theme: "t1".into(), into: None }), theming()),
        ("decide on a theme", theme(Theme::Decide { wish: "00".into(), accept: false }), theming()),
        (
            "open a full card",
            card(Card::Open { resource: ResourceId::new(42) }),
            Known::Card(Box::new(Some(resource()))),
        ),
        (
            "more actions",
            card(Card::More { resource: ResourceId::new(42) }),
            Known::Card(Box::new(Some(resource()))),
        ),
        ("say it is outdated", aged(true), aging()),
        ("say it is valid", aged(false), aging()),
        (
            "save",
            save(Save::Toggle { resource: ResourceId::new(42) }),
            Known::Save(Box::new(save::decide::Known { resource: Some(resource()), ..Default::default() })),
        ),
        ("take off", save(Save::Remove { resource: ResourceId::new(42) }), saving()),
        ("open a note", save(Save::Note { resource: ResourceId::new(42) }), saving()),
        ("write a note", save(Save::Write { resource: ResourceId::new(42), note: "Bien".into() }), saving()),
        ("read what is saved", save(Save::List { ask: Ask::default(), in_place: false }), saving()),
        ("take it away as a file", save(Save::Export), saving()),
        ("come in", home(Home::Open), Known::Home(Box::default())),
        ("what is it", home(Home::What), Known::Home(Box::default())),
        ("own resources", home(Home::Mine { page: 0, in_place: false }), Known::Home(Box::default())),
        ("post the panel", home(Home::Panel { channel: ChannelId(2) }), Known::Home(Box::default())),
        ("read the news", Action::News(Box::new(News::Open)), Known::News(Box::default())),
        ("say that it is broken", Action::Check(Box::new(broken)), Known::Check(Box::new(Some(resource())))),
        ("report", report(Report::Open { target, amend: false }), reporting()),
        ("send a report", report(Report::Send(reported)), reporting()),
        ("queue", moderate(Moderate::Queue), moderating()),
        ("case", moderate(Moderate::Open { case: Some(CaseId::new(1)) }), moderating()),
        ("claim", moderate(Moderate::Press(Press::Claim { case: CaseId::new(1) })), moderating()),
        ("release", moderate(Moderate::Press(Press::Release { case: CaseId::new(1) })), moderating()),
        (
            "ask to decide",
            moderate(Moderate::Press(Press::Decide { case: id, verdict: Verdict::Keep })),
            moderating(),
        ),
        ("remove", moderate(Moderate::Press(Press::Confirm { case: id })), moderating()),
        ("decide", moderate(Moderate::Judge(judgement)), moderating()),
        ("warn", take(Measure::Warning), sanctioning()),
        ("suspend", take(Measure::Week), sanctioning()),
        ("propose an exclusion", take(Measure::Exclusion), sanctioning()),
        ("confirm an exclusion", sanction(Sanction::Confirm(Exclude { user: UserId(9) })), proposed),
        ("lift", sanction(Sanction::Lift { user: UserId(9), reason: "Erreur".into() }), sanctioning()),
        ("see the blacklist", Action::Blacklist(Box::new(Blacklist::Show)), Known::Blacklist(Box::default())),
        ("appeal", moderate(Moderate::Press(Press::Appeal { case: id })), contesting()),
    ]
}

fn verdict(decided: Result<Decision, Refusal>) -> &'static str {
    match decided {
        Ok(decision) => decision.refused.map_or("yes", |code| &code[4..]),
        Err(refusal) => &app::Refusal::code(&refusal)[4..],
    }
}

#[test]
fn the_table_of_rights_is_that_of_the_product_page() {
    // A line for each action: what is said to whom. Who is in no list is let through.
    let mut table = String::new();
    for index in 0..actions().len() {
        let (name, ..) = actions().swap_remove(index);
        let mut said: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for role in [None].into_iter().chain(RoleKey::ALL.iter().copied().map(Some)) {
            let (_, action, known) = actions().swap_remove(index);
            let verdict = verdict(Hub::decide(&action, &ctx(Held::of(role)), known.into()));
            said.entry(verdict).or_default().push(role.map_or("(no role)", RoleKey::key));
        }
        let yes = said.remove("yes").unwrap_or_default().len();
        write!(table, "{name}: {yes} may").unwrap();
        for (code, roles) in said {
            write!(table, "; {code} for {}", roles.join(" ")).unwrap();
        }
        table.push('\n');
    }
    expect![[r#"
        open the form: 10 may; E01 for (no role) nouvel_arrivant partenaire
        publish: 10 may; E01 for (no role) nouvel_arrivant partenaire
        fix a draft: 10 may; E01 for (no role) nouvel_arrivant partenaire
        suggest: 13 may
        search: 13 may
        open a card: 13 may
        vote useful: 10 may; E01 for (no role) nouvel_arrivant partenaire
        vote not useful: 10 may; E01 for (no role) nouvel_arrivant partenaire
        list themes: 13 may
        want a theme: 10 may; E01 for (no role) nouvel_arrivant partenaire
        suggest a theme: 10 may; E01 for (no role) nouvel_arrivant partenaire
        create a theme: 5 may; E01 for (no role) nouvel_arrivant apprenant delegue alumni mentor referent_mentorat partenaire
        rename a theme: 5 may; E01 for (no role) nouvel_arrivant apprenant delegue alumni mentor referent_mentorat partenaire
        merge themes: 5 may; E01 for (no role) nouvel_arrivant apprenant delegue alumni mentor referent_mentorat partenaire
        archive a theme: 5 may; E01 for (no role) nouvel_arrivant apprenant delegue alumni mentor referent_mentorat partenaire
        decide on a theme: 5 may; E01 for (no role) nouvel_arrivant apprenant delegue alumni mentor referent_mentorat partenaire
        open a full card: 13 may
        more actions: 13 may
        say it is outdated: 10 may; E01 for (no role) nouvel_arrivant partenaire
        say it is valid: 10 may; E01 for (no role) nouvel_arrivant partenaire
        save: 13 may
        take off: 13 may
        open a note: 13 may
        write a note: 13 may
        read what is saved: 13 may
        take it away as a file: 13 may
        come in: 13 may
        what is it: 13 may
        own resources: 13 may
        post the panel: 2 may; E01 for (no role) nouvel_arrivant apprenant delegue alumni mentor referent_mentorat moderateur formateur cdp partenaire
        read the news: 13 may
        say that it is broken: 10 may; E01 for (no role) nouvel_arrivant partenaire
        report: 13 may
        send a report: 13 may
        queue: 2 may; E01 for (no role) nouvel_arrivant apprenant delegue alumni mentor referent_mentorat directeur formateur cdp partenaire
        case: 2 may; E01 for (no role) nouvel_arrivant apprenant delegue alumni mentor referent_mentorat directeur formateur cdp partenaire
        claim: 2 may; E01 for (no role) nouvel_arrivant apprenant delegue alumni mentor referent_mentorat directeur formateur cdp partenaire
        release: 2 may; E01 for (no role) nouvel_arrivant apprenant delegue alumni mentor referent_mentorat directeur formateur cdp partenaire
        ask to decide: 2 may; E01 for (no role) nouvel_arrivant apprenant delegue alumni mentor referent_mentorat directeur formateur cdp partenaire
        remove: 2 may; E01 for (no role) nouvel_arrivant apprenant delegue alumni mentor referent_mentorat directeur formateur cdp partenaire
        decide: 2 may; E01 for (no role) nouvel_arrivant apprenant delegue alumni mentor referent_mentorat directeur formateur cdp partenaire
        warn: 2 may; E01 for (no role) nouvel_arrivant apprenant delegue alumni mentor referent_mentorat directeur formateur cdp partenaire
        suspend: 2 may; E01 for (no role) nouvel_arrivant apprenant delegue alumni mentor referent_mentorat directeur formateur cdp partenaire
        propose an exclusion: 2 may; E01 for (no role) nouvel_arrivant apprenant delegue alumni mentor referent_mentorat directeur formateur cdp partenaire
        confirm an exclusion: 1 may; E01 for (no role) nouvel_arrivant apprenant delegue alumni mentor referent_mentorat directeur moderateur formateur cdp partenaire
        lift: 1 may; E01 for (no role) nouvel_arrivant apprenant delegue alumni mentor referent_mentorat directeur moderateur formateur cdp partenaire
        see the blacklist: 1 may; E01 for (no role) nouvel_arrivant apprenant delegue alumni mentor referent_mentorat directeur moderateur formateur cdp partenaire
        appeal: 13 may
    "#]].assert_eq(&table);
}

#[test]
fn a_publication_decides_everything_at_once() {
    let decided = Hub::decide(
        &share(Share::Publish(form())),
        &ctx(Held::of([RoleKey::Learner])),
        Known::Share(Box::default()).into(),
    );
    expect![[r#"
        + G#1#R#H-42658T5 META author=3 description="Pour bien commencer avec Rust." down=0 hot=0 id=H-42658T5 link={clean=https://doc.rust-lang.org/book, key=doc.rust-lang.org/book, open=https://doc.rust-lang.org/book/, rules_version=1} obsolete=false old=0 original=https://doc.rust-lang.org/book/ refreshed_at=0 sent_at=1795510800000 shut=false state=en-verification themes=[] title="Le livre de Rust" up=0 valid=0
        + G#1#U#3 MINE#H-42658T5 sent_at=1795510800000
        + G#1#K#8e05f16209e2c31649c9a29fcdca7e2c896a0bec72e4bb7288510a073aa902e1 KEY resource=H-42658T5
        * G#1#U#3 RATE exp=1795597200 shares=[1795510800000] if absent or exp<=1795510800
        > publish {"channel":"2","lang":"fr","resource":"H-42658T5"} now
        = alone: C’est enregistré. La publication arrive dans quelques secondes.
    "#]].assert_eq(&decided.unwrap().to_string());
}

#[test]
fn a_vote_changes_its_item_and_the_counters_together() {
    let known = vote::decide::Known {
        resource: Some(resource()),
        vote: Some(hub::model::Vote { useful: true, at: 0 }),
        presses: 3,
    };
    let action = vote(false);
    let decided =
        Hub::decide(&action, &ctx(Held::of([RoleKey::Learner])), Known::Vote(Box::new(known)).into());
    expect![[r#"
        * G#1#R#H-000001A VOTE#3 at=1795510800000 exp=1858582800 useful=false if useful=true
        ~ G#1#U#3 VOTED#0498753 H-000001A=false exp=1858582800 presses+=1 if lacks presses or presses<60
        ~ G#1#R#H-000001A META#21 down+=1 shard=21 up-=1 if lacks closed
        > count count/H-000001A/21 now
        = alone: Avis enregistré : inutile. Total : 0 utile, 1 inutile.
    "#]]
    .assert_eq(&decided.unwrap().to_string());
}

#[test]
fn an_address_that_only_some_can_open_is_refused_and_kept() {
    for link in ["http://127.0.0.1/", "https://intranet/", "http://0x7f.1/", "https://nas.local/cours"] {
        let action = share(Share::Publish(Form { link: Link::new(link), ..form() }));
        let decided =
            Hub::decide(&action, &ctx(Held::of([RoleKey::Learner])), Known::Share(Box::default()).into());
        let decision = decided.unwrap();
        assert_eq!(decision.refused, Some("HUB-E07"), "{link}");
        assert!(decision.to_string().contains("DRAFT#5"), "{decision}");
    }
}
