//! What our builders make, judged by a validator that we did not write.
//!
//! Whatever we call [`Checked`] must pass it, texts at full length included. It is behind Discord in
//! two places, which are left out: it holds a text display to 2000 characters, and it knows no radio group.
//! It does not read addresses; those are judged by a validator of JSON schemas, as Discord's OpenAPI file
//! has them (`format: uri`, 512 letters for a button, 2048 elsewhere).

use discord::check::{Check, Checked, Problems};
use discord::command::{Command, CommandKind, CommandOption};
use discord::component::{Button, Choice, Component, Pick, Pickable, Picked, Picture, Row, Select};
use discord::custom_id::CustomId;
use discord::message::{Embed, File, Message};
use discord::modal::{Checkbox, CheckboxGroup, FieldSelect, FileUpload, Modal, RadioGroup, TextInput};
use discord::permission::Permissions;
use discord::reply::{Reply, Suggestion};
use discord::rest::ChannelKind;
use discord::{UserId, limits};
use expect_test::expect;
use proptest::prelude::*;
use serde_json::{Value, json};
use twilight_model::channel::message::component::Component as Outside;

struct Press(String);

impl CustomId for Press {
    const PREFIX: &'static str = "test/1";

    fn segments(&self) -> Vec<String> {
        vec![self.0.clone()]
    }

    fn from_segments(segments: &[&str]) -> Option<Self> {
        Some(Self((*segments.first()?).to_owned()))
    }
}

/// A press whose `custom_id` is as long as can be.
fn press(number: usize) -> Press {
    Press(format!("{number:0>93}"))
}

/// A text of two bytes a letter: limits count letters.
fn long(letters: usize) -> String {
    "é".repeat(letters)
}

fn json(value: &impl serde::Serialize) -> Value {
    serde_json::to_value(value).unwrap()
}

/// The outside verdict on a message.
fn judge_message(message: &Message) -> Result<(), String> {
    let value = json(message);
    judge_addresses(&value)?;
    let v2 = value["flags"].as_u64().unwrap_or(0) & (1 << 15) != 0;
    if let Some(content) = value["content"].as_str() {
        twilight_validate::message::content(content).map_err(|error| error.to_string())?;
    }
    let mut embeds = value["embeds"].as_array().cloned().unwrap_or_default();
    for embed in &mut embeds {
        // Discord's own default, which the outside type demands.
        embed["type"] = json!("rich");
    }
    let embeds: Vec<_> = serde_json::from_value(Value::Array(embeds)).map_err(|error| error.to_string())?;
    twilight_validate::message::embeds(&embeds).map_err(|error| error.to_string())?;
    let components: Vec<Outside> =
        serde_json::from_value(value["components"].clone()).map_err(|error| error.to_string())?;
    if components.iter().any(|component| matches!(component, Outside::Unknown(_))) {
        return Err("an unknown component".to_owned());
    }
    twilight_validate::message::components(&components, v2).map_err(|error| error.to_string())?;
    for attachment in value["attachments"].as_array().into_iter().flatten() {
        twilight_validate::message::attachment_filename(attachment["filename"].as_str().unwrap())
            .map_err(|error| error.to_string())?;
        twilight_validate::message::attachment_description(attachment["description"].as_str().unwrap_or(""))
            .map_err(|error| error.to_string())?;
    }
    Ok(())
}

/// The outside verdict on every address in a message.
fn judge_addresses(message: &Value) -> Result<(), String> {
    match message {
        Value::Array(parts) => parts.iter().try_for_each(judge_addresses),
        Value::Object(parts) => {
            if let Some(address) = parts.get("url") {
                let max = if parts.get("style") == Some(&json!(5)) { 512 } else { 2048 };
                let schema = json!({ "type": "string", "format": "uri", "maxLength": max });
                let judge = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
                judge.validate(address).map_err(|error| error.to_string())?;
            }
            parts.values().try_for_each(judge_addresses)
        }
        _ => Ok(()),
    }
}

/// The outside verdict on a form, without its radio groups.
fn judge_modal(modal: &Modal) -> Result<(), String> {
    let value = json(modal);
    assert!(value["title"].as_str().unwrap().chars().count() <= 45);
    for component in value["components"].as_array().unwrap() {
        if component["component"]["type"] == 21 {
            continue;
        }
        let component: Outside =
            serde_json::from_value(component.clone()).map_err(|error| error.to_string())?;
        match component {
            Outside::Label(label) => {
                twilight_validate::component::label(&label).map_err(|error| error.to_string())?;
            }
            Outside::TextDisplay(text) => {
                twilight_validate::component::text_display(&text).map_err(|error| error.to_string())?;
            }
            other => return Err(format!("neither label nor text: {other:?}")),
        }
    }
    Ok(())
}

/// The outside verdict on a command.
fn judge_command(command: &Command) -> Result<(), String> {
    let mut value = json(command);
    // Discord gives it, we do not send it.
    value["version"] = json!("1");
    if value.get("description").is_none() {
        value["description"] = json!("");
    }
    let kind = value["type"].as_u64();
    let command: twilight_model::application::command::Command =
        serde_json::from_value(value).map_err(|error| error.to_string())?;
    if kind != Some(1) {
        // Its `command` wants a description of every kind; Discord refuses one in a menu.
        return twilight_validate::command::name(&command.name).map_err(|error| error.to_string());
    }
    twilight_validate::command::command(&command).map_err(|error| error.to_string())
}

fn buttons(rows: usize) -> impl Iterator<Item = Row> {
    (0..rows).map(|row| {
        Row::buttons((0..5).map(move |column| {
            Button::new(long(limits::BUTTON_LABEL_MAX_CHARS + 5), &press(row * 5 + column))
        }))
    })
}

fn choices(count: usize) -> Vec<Choice> {
    (0..count).map(|number| Choice::new(long(200), format!("{number:0>100}")).describe(long(200))).collect()
}

/// A classic message with everything at full length.
fn classic() -> Message {
    let embed = Embed::new(long(300)).url("https://example.org").description(long(3000)).color(0x58_65F2);
    let embed = (0..2).fold(embed, |embed, _| embed.field(long(300), long(1100)));
    let message = Message::text(long(3000)).with_embed(embed.footer(long(160)));
    let message = buttons(3).fold(message, Message::row);
    message
        .row(Row::select(Select::new(&press(98), choices(25)).placeholder(long(200)).between(0, 25)))
        .row(Row::pick(
            Pick::new(Pickable::Channel, &press(99))
                .up_to(25)
                .optional()
                .placeholder(long(200))
                .of([ChannelKind::Text, ChannelKind::Forum]),
        ))
        .file(File::new("votes.png", vec![0; 10], long(2000)))
        .mention_users((1..=100).map(UserId))
        .silent()
}

/// A message in Components V2 with forty components.
fn layout() -> Message {
    let picture = File::new("carte.png", vec![0; 10], "Une carte");
    let sheet = File::new("liste.csv", vec![0; 10], "");
    let shown = || Picture::new(picture.url(), long(2000));
    let mut parts = vec![
        Component::coloured_container(
            0xFF_FFFF,
            [
                Component::section(long(1000), Button::new("Ouvrir", &press(100)).primary()),
                Component::section(long(500), shown()),
                Component::separator(),
                Component::gallery((0..10).map(|_| shown())),
                Component::file(sheet.url()),
                Component::Row(Row::pick(
                    Pick::new(Pickable::Mentionable, &press(101)).chosen([Picked::User(UserId(1))]),
                )),
            ],
        ),
        Component::Row(Row::buttons(Button::link(
            "Le site",
            format!("https://example.org/{}", "x".repeat(492)),
        ))),
        Component::text(long(2000)),
    ];
    parts.extend(buttons(3).map(Component::Row));
    while parts.iter().map(Component::count).sum::<usize>() < limits::COMPONENTS_MAX {
        parts.push(Component::separator());
    }
    Message::layout(parts).file(picture).file(sheet)
}

/// Two forms that hold every field at full length.
fn forms() -> [Modal; 2] {
    let first = Modal::new(long(60), &press(1))
        .text(long(2000))
        .explained(
            long(60),
            long(120),
            TextInput::paragraph("a", 4000).min(4000).value(long(5000)).placeholder(long(120)),
        )
        .field(long(60), FieldSelect::new("b", choices(25), 25))
        .field(long(60), Pick::field(Pickable::User, "c").up_to(25))
        .field(long(60), FileUpload::optional("d", 10, [".pdf", ".png"]).required());
    let second = Modal::new("x", &press(2))
        .field("x", RadioGroup::new("a", choices(10)).optional())
        .field("x", CheckboxGroup::new("b", choices(10)).up_to(4).optional())
        .field("x", Checkbox::new("c", true))
        .field("x", Pick::field(Pickable::Role, "d").optional())
        .field("x", TextInput::line("e", 1).optional());
    [first, second]
}

/// Commands of every shape, as long as they can be.
fn commands() -> Vec<Command> {
    let name = |start: &str| format!("{start}{}", "é".repeat(32 - start.chars().count()));
    let named = |start: &str| {
        let name = name(start);
        discord::command::Localized { fr: name.clone(), en: name }
    };
    let words = || discord::command::Localized { fr: long(100), en: long(100) };
    let typed = Command::chat(named("a"), words())
        .needs(Permissions::MANAGE_EVENTS)
        .option(CommandOption::text(named("a"), words()).required().suggested().max(6000))
        .option(CommandOption::integer(named("b"), words()).between(-5, 5))
        .option(CommandOption::boolean(named("c"), words()))
        .option(CommandOption::user(named("d"), words()))
        .option(CommandOption::channel(named("e"), words()).of([ChannelKind::Forum]))
        .option(CommandOption::role(named("f"), words()))
        .option(CommandOption::attachment(named("g"), words()))
        .option(
            CommandOption::text(named("h"), words())
                .choices(["un", "deux"].map(|value| {
                    (discord::command::Localized { fr: value.repeat(20), en: long(90) }, value)
                })),
        );
    let sub = |start: &str| {
        CommandOption::sub_command(
            named(start),
            words(),
            [CommandOption::text(named("x"), words()).required(), CommandOption::user(named("y"), words())],
        )
    };
    let nested = Command::chat(named("b"), words())
        .also_private()
        .option(sub("a"))
        .option(CommandOption::group(named("b"), words(), [sub("a"), sub("b")]));
    vec![
        typed,
        nested,
        Command::menu(CommandKind::Message, ("Partager cette ressource", "Share this resource")),
        Command::menu(CommandKind::User, ("Proposer comme mentor", "Suggest as a mentor")),
    ]
}

#[test]
fn messages_at_full_length_pass_both_judges() {
    for message in [classic(), layout()] {
        let message = Checked::new(message).unwrap();
        judge_message(message.get()).unwrap();
    }
    assert_eq!(layout().components().iter().map(Component::count).sum::<usize>(), 40);
}

#[test]
fn forms_at_full_length_pass_both_judges() {
    for form in forms() {
        let form = Checked::new(form).unwrap();
        judge_modal(form.get()).unwrap();
    }
}

#[test]
fn commands_at_full_length_pass_both_judges() {
    let mut problems = Problems::default();
    commands().check(&mut problems);
    assert_eq!(problems, Problems::default());
    for command in commands() {
        judge_command(&command).unwrap();
    }
}

#[test]
fn links_that_people_type_are_sent_as_addresses_or_left_out() {
    let title = |link: &str| Message::embed(Embed::new("x").url(link));
    let button = |link: &str| Message::text("x").row(Row::buttons(Button::link("Ouvrir", link)));
    let of_length = |letters: usize| format!("https://a.fr/{}", "x".repeat(letters - 13));
    for link in [
        "https://fr.wikipedia.org/wiki/Éducation",
        "https://a.fr/un deux",
        "https://école.fr/",
        "https://a.fr/?filtre[]=1|2#{x}",
        "https://a.fr/100%",
        &of_length(512),
    ] {
        for message in [title(link), button(link)] {
            let message = Checked::new(message).unwrap();
            assert_eq!(judge_message(message.get()), Ok(()), "{link}");
            assert!(json(message.get()).to_string().contains(r#""url":"http"#), "{link}");
        }
    }
    // The title still opens what is too long for a button.
    let long = of_length(513);
    assert_eq!(json(&title(&long))["embeds"][0]["url"], json!(long));
    assert_eq!(Button::link("Ouvrir", &long), None);
    // 508 letters as typed, 513 as sent.
    assert_eq!(Button::link("Ouvrir", format!("{}é", of_length(507))), None);
    assert_eq!(title(&of_length(2056)), Message::embed(Embed::new("x")));
    // 2048 letters that are no address are never sent.
    assert!(problems(&title(&"x".repeat(2048))).starts_with("a title that opens something other"));
    assert_eq!(Button::link("Ouvrir", "x".repeat(2048)), None);
}

fn problems(value: &(impl Check + ?Sized)) -> String {
    let mut problems = Problems::default();
    value.check(&mut problems);
    problems.to_string()
}

#[test]
fn each_mistake_in_a_message_is_named() {
    let button = || Button::new("Oui", &press(1));
    let file = |name: &str| File::new(name, vec![0; 10], "");
    let cases = [
        ("nothing at all", Message::default()),
        (
            "six rows",
            (0..6).fold(Message::text("x"), |message, row| {
                message.row(Row::buttons([Button::new("x", &press(row))]))
            }),
        ),
        (
            "six buttons",
            Message::text("x").row(Row::buttons((0..6).map(|number| Button::new("x", &press(number))))),
        ),
        ("twice the same", Message::text("x").row(Row::buttons([button(), button()]))),
        ("no label", Message::text("x").row(Row::buttons([Button::new("", &press(1))]))),
        ("no page", Message::text("x").row(Row::buttons(Button::link("x", "javascript:alert(1)")))),
        ("no page behind a title", Message::embed(Embed::new("x").url("a.fr"))),
        ("no options", Message::text("x").row(Row::select(Select::new(&press(1), [])))),
        ("too many picks", Message::text("x").row(Row::pick(Pick::new(Pickable::User, &press(1)).up_to(26)))),
        (
            "a role as a channel",
            Message::text("x").row(Row::pick(
                Pick::new(Pickable::Channel, &press(1)).chosen([Picked::Role(discord::RoleId(1))]),
            )),
        ),
        ("a field", Message::text("x").row(Row::pick(Pick::field(Pickable::User, "a")))),
        ("an empty embed", Message::embed(Embed::default())),
        (
            "long embeds",
            Message::embed(Embed::new("x").description(long(4096)))
                .with_embed(Embed::new("x").description(long(4096))),
        ),
        (
            "eleven files",
            (0..11).fold(Message::text("x"), |message, number| message.file(file(&number.to_string()))),
        ),
        ("one name for two files", Message::text("x").file(file("a")).file(file("a"))),
        ("a hidden file", Message::layout([Component::text("x")]).file(file("a"))),
        ("a foreign file", Message::layout([Component::file("https://example.org/a.pdf")])),
        (
            "a picture without words",
            Message::layout([Component::gallery([Picture::new("https://example.org/a.png", "")])]),
        ),
        (
            "a picture from nowhere",
            Message::layout([Component::section("x", Picture::new("file:///a.png", "x"))]),
        ),
        ("41 components", Message::layout((0..41).map(|_| Component::separator()))),
        ("too much text", Message::layout([Component::text(long(3000)), Component::text(long(3000))])),
        (
            "a box in a box",
            Message::layout([Component::container([Component::container([Component::text("x")])])]),
        ),
        ("mentions", Message::text("x").mention_users((0..101).map(UserId))),
    ];
    let mut lines = String::new();
    for (case, message) in cases {
        lines.push_str(case);
        lines.push_str(": ");
        lines.push_str(&problems(&message));
        lines.push('\n');
    }
    expect![[r#"
        nothing at all: an empty message
        six rows: 6 rows, not 0 to 5
        six buttons: 6 controls in a row, not 1 to 5
        twice the same: two components with one custom_id
        no label: a button's label has 0 characters, not 1 to 80
        no page: a button that opens something other than a web page
        no page behind a title: a title that opens something other than a web page
        no options: 0 options, not 1 to 25; 1 to 1 choices among 0
        too many picks: 26 picks, not 1 to 25
        a role as a channel: a pick of another kind from the start
        a field: a field of a form in a message
        an empty embed: an empty embed
        long embeds: 8194 characters in embeds, not 0 to 6000
        eleven files: 11 files, not 0 to 10
        one name for two files: two files with one name
        a hidden file: a file that no component shows
        a foreign file: a file that is not of this message
        a picture without words: a picture's description has 0 characters, not 1 to 1024
        a picture from nowhere: a media address that Discord does not fetch
        41 components: 41 components, not 1 to 40
        too much text: 6000 characters of text, not 0 to 4000; 12000 bytes of text, not 0 to 9000
        a box in a box: a box inside a box
        mentions: 101 mentioned users, not 0 to 100
    "#]]
    .assert_eq(&lines);
}

#[test]
fn each_mistake_in_a_form_is_named() {
    let form = || Modal::new("Titre", &press(1));
    let line = |name: &str| TextInput::line(name, 10);
    let cases = [
        ("no part", form()),
        ("six parts", (0..6).fold(form(), |form, number| form.field("x", line(&number.to_string())))),
        ("no title", Modal::new("", &press(1)).field("x", line("a"))),
        ("no label", form().field("", line("a"))),
        ("one name for two", form().field("x", line("a")).field("y", line("a"))),
        ("no name", form().field("x", line(""))),
        ("5000 letters", form().field("x", TextInput::paragraph("a", 5000))),
        ("at least more than at most", form().field("x", line("a").min(11))),
        ("a lonely radio button", form().field("x", RadioGroup::new("a", choices(1)))),
        (
            "two radio buttons pressed",
            form().field("x", RadioGroup::new("a", choices(2).into_iter().map(|choice| choice.chosen(true)))),
        ),
        ("eleven boxes", form().field("x", CheckboxGroup::new("a", choices(11)))),
        ("a list of a message", form().field("x", Pick::new(Pickable::User, &press(1)))),
        ("eleven files", form().field("x", FileUpload::optional("a", 11, []))),
    ];
    let mut lines = String::new();
    for (case, form) in cases {
        lines.push_str(case);
        lines.push_str(": ");
        lines.push_str(&problems(&form));
        lines.push('\n');
    }
    expect![[r#"
        no part: 0 parts of a modal, not 1 to 5
        six parts: 6 parts of a modal, not 1 to 5
        no title: a modal's title has 0 characters, not 1 to 45
        no label: a field's label has 0 characters, not 1 to 45
        one name for two: two fields with one name
        no name: a field's name has 0 characters, not 1 to 100
        5000 letters: 5000 characters of a field, not 1 to 4000
        at least more than at most: a field whose least length is above its greatest
        a lonely radio button: 1 radio buttons, not 2 to 10
        two radio buttons pressed: 2 options chosen from the start, of at most 1
        eleven boxes: 11 checkboxes, not 1 to 10
        a list of a message: a list of a message in a form
        eleven files: 11 files of a field, not 1 to 10
    "#]]
    .assert_eq(&lines);
}

#[test]
fn each_mistake_in_a_command_is_named() {
    let chat = || Command::chat(("aide", "help"), ("Aide", "Help"));
    let text = |name: &'static str| CommandOption::text((name, name), ("x", "x"));
    let sub = |name: &'static str| CommandOption::sub_command((name, name), ("x", "x"), []);
    let group = |inside: Vec<CommandOption>| CommandOption::group(("g", "g"), ("x", "x"), inside);
    let cases = [
        ("capitals", Command::chat(("Aide", "help"), ("x", "x"))),
        ("a space", Command::chat(("à l'aide", "help me"), ("x", "x"))),
        ("no description", Command::chat(("aide", "help"), ("", "x"))),
        ("a long name", Command::menu(CommandKind::User, (long(33).as_str(), "x"))),
        ("required last", chat().option(text("a")).option(text("b").required())),
        ("one name for two", chat().option(text("a")).option(text("a"))),
        ("mixed", chat().option(sub("a")).option(text("b"))),
        ("too deep", chat().option(group(vec![group(vec![sub("a")])]))),
        ("an empty group", chat().option(group(vec![]))),
        ("an option in a group", chat().option(group(vec![text("a")]))),
        ("both helps", chat().option(text("a").suggested().choices([(("x", "x").into(), "1")]))),
        ("a long person", chat().option(CommandOption::user(("a", "a"), ("x", "x")).max(3))),
        ("a suggested person", chat().option(CommandOption::user(("a", "a"), ("x", "x")).suggested())),
        ("an upside-down range", chat().option(CommandOption::integer(("a", "a"), ("x", "x")).between(2, 1))),
        (
            "26 options",
            (0..26).fold(chat(), |chat, number| {
                let name = format!("a{number}");
                chat.option(CommandOption::text((name.as_str(), name.as_str()), ("x", "x")))
            }),
        ),
    ];
    let mut lines = String::new();
    for (case, command) in cases {
        lines.push_str(case);
        lines.push_str(": ");
        lines.push_str(&problems(&command));
        lines.push('\n');
    }
    lines.push_str("all together: ");
    lines.push_str(&problems([chat(), chat()].as_slice()));
    expect![[r#"
        capitals: a command's name with other letters: "Aide"
        a space: a command's name with other letters: "help me"; a command's name with other letters: "help me"; a command's name with other letters: "à l'aide"
        no description: a command's description has 0 characters, not 1 to 100
        a long name: a command's name has 33 characters, not 1 to 32
        required last: a required option after an optional one
        one name for two: two options with one name
        mixed: options beside sub-commands
        too deep: sub-commands deeper than Discord takes them; sub-commands deeper than Discord takes them
        an empty group: a group without sub-commands
        an option in a group: an option right inside a group
        both helps: choices and suggestions on one option
        a long person: a length or text choices on an option that is no text
        a suggested person: suggestions on an option that is not typed
        an upside-down range: an option whose least number is above its greatest
        26 options: 26 options, not 0 to 25
        all together: two commands with one name"#]].assert_eq(&lines);
}

#[test]
fn an_inline_answer_carries_no_file_and_no_long_list() {
    let file = File::new("a", vec![0; 10], "");
    assert_eq!(problems(&Reply::Say(Message::text("x").file(file))), "files in an inline answer");
    let many = (0..26).map(|number| Suggestion::new(long(200), number.to_string())).collect();
    assert_eq!(problems(&Reply::Suggest(many)), "26 suggestions, not 0 to 25");
    assert_eq!(
        problems(&Reply::Suggest(vec![Suggestion::new("", "1")])),
        "a suggestion has 0 characters, not 1 to 100"
    );
}

/// What people take for an address: mostly one, with any letters in it, sometimes too long.
fn any_address() -> impl Strategy<Value = String> {
    let length = prop_oneof![10 => 0_usize..1, 1 => 300_usize..2100];
    let start = prop_oneof![
        6 => Just("https://a.fr/"),
        2 => Just("http://école.fr?"),
        1 => Just("https://"),
        1 => Just("https://[::1]#"),
        1 => Just(""),
    ];
    (start, "\\PC{0,20}", length).prop_map(|(start, any, more)| format!("{start}{any}{}", "é".repeat(more)))
}

/// Any message that the builders can be asked for, mistakes included.
fn any_message() -> impl Strategy<Value = Message> {
    let text = || prop_oneof![20 => "\\PC{1,20}", 2 => (0_usize..2500).prop_map(long)];
    let button = (text(), 0_usize..1000, any_address()).prop_map(|(label, number, address)| {
        Button::link(&label, address).unwrap_or_else(|| Button::new(label, &press(number)))
    });
    let row = prop_oneof![
        prop::collection::vec(button, 1..7).prop_map(Row::buttons),
        (1_usize..27, 0_usize..3, 1_usize..4, text()).prop_map(|(options, min, max, hint)| {
            Row::select(
                Select::new(&press(2000 + options), choices(options)).between(min, max).placeholder(hint),
            )
        }),
        (1_usize..27).prop_map(|max| Row::pick(Pick::new(Pickable::User, &press(3000 + max)).up_to(max))),
    ];
    let embed = (text(), text(), prop::collection::vec((text(), text()), 0..6), text(), any_address())
        .prop_map(|(title, description, fields, footer, address)| {
            let embed = Embed::new(title).description(description).footer(footer);
            let embed = if address.is_empty() { embed } else { embed.url(address) };
            fields.into_iter().fold(embed, |embed, (name, value)| embed.field(name, value))
        });
    let classic = (text(), prop::collection::vec(embed, 0..3), prop::collection::vec(row.clone(), 0..7))
        .prop_map(|(content, embeds, rows)| {
            let message = embeds.into_iter().fold(Message::text(content), Message::with_embed);
            rows.into_iter().fold(message, Message::row)
        });
    let short = || "\\PC{1,20}";
    let leaf = prop_oneof![
        short().prop_map(Component::text),
        row.prop_map(Component::Row),
        Just(Component::separator()),
        (short(), short())
            .prop_map(|(text, words)| Component::section(text, Picture::new("https://a.fr/b.png", words))),
        (1_usize..12).prop_map(|count| Component::gallery(
            (0..count).map(|_| Picture::new("https://a.fr/b.png", "x"))
        )),
    ];
    let nested = leaf
        .prop_recursive(2, 20, 6, |inner| prop::collection::vec(inner, 1..6).prop_map(Component::container));
    prop_oneof![classic, prop::collection::vec(nested, 1..8).prop_map(Message::layout)]
}

proptest! {
    #[test]
    fn what_we_call_checked_passes_the_outside_judge(message in any_message()) {
        if let Ok(message) = Checked::new(message) {
            prop_assert_eq!(judge_message(message.get()), Ok(()));
        }
    }
}
