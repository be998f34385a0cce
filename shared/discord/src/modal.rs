//! Forms.
//!
//! A modal is a first answer: it cannot follow a deferred one, nor another modal.
//! Source: <https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-modal>

use serde::Serialize;

use crate::check::{Check, Problems};
use crate::component::{Choice, Pick, TextDisplay, Type, check_choices};
use crate::custom_id::CustomId;
use crate::limits;
use crate::markdown::cut;

/// A form of one to five parts.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Modal {
    title: String,
    custom_id: String,
    components: Vec<Part>,
}

/// What stands in a form.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
enum Part {
    Text(TextDisplay),
    Label(Label),
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Label {
    #[serde(rename = "type")]
    kind: Type<18>,
    #[serde(rename = "label")]
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    component: Field,
}

/// What is filled in. The `custom_id` of a field is its name within the form.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Field {
    /// Text.
    Text(TextInput),
    /// One or several of a list.
    Choose(FieldSelect),
    /// People, roles or channels of the server; made by [`Pick::field`].
    Pick(Pick),
    /// One of a few, all in sight.
    Radio(RadioGroup),
    /// Some of a few, all in sight.
    Boxes(CheckboxGroup),
    /// Yes or no.
    Box(Checkbox),
    /// Files.
    Files(FileUpload),
}

impl Modal {
    /// An empty form that does `action` when it is sent.
    pub fn new(title: impl AsRef<str>, action: &impl CustomId) -> Self {
        Self {
            title: cut(title.as_ref(), limits::MODAL_TITLE_MAX_CHARS),
            custom_id: action.encode(),
            components: Vec::new(),
        }
    }

    /// With a text to read.
    #[must_use]
    pub fn text(mut self, content: impl AsRef<str>) -> Self {
        self.components.push(Part::Text(TextDisplay::new(content)));
        self
    }

    /// With a field.
    #[must_use]
    pub fn field(self, label: impl AsRef<str>, field: impl Into<Field>) -> Self {
        self.labelled(label.as_ref(), None, field.into())
    }

    /// With a field and a line that explains it.
    #[must_use]
    pub fn explained(
        self,
        label: impl AsRef<str>,
        description: impl AsRef<str>,
        field: impl Into<Field>,
    ) -> Self {
        let description = cut(description.as_ref(), limits::FIELD_DESCRIPTION_MAX_CHARS);
        self.labelled(label.as_ref(), Some(description), field.into())
    }

    fn labelled(mut self, label: &str, description: Option<String>, component: Field) -> Self {
        let text = cut(label, limits::FIELD_LABEL_MAX_CHARS);
        self.components.push(Part::Label(Label { kind: Type, text, description, component }));
        self
    }

    /// The title.
    pub fn title(&self) -> &str {
        &self.title
    }
}

impl Check for Modal {
    fn check(&self, problems: &mut Problems) {
        problems.length("a modal's title", &self.title, 1, limits::MODAL_TITLE_MAX_CHARS);
        problems.count("parts of a modal", self.components.len(), 1, limits::MODAL_COMPONENTS_MAX);
        let mut names = Vec::new();
        for part in &self.components {
            match part {
                Part::Text(text) => text.check(problems),
                Part::Label(label) => {
                    problems.length("a field's label", &label.text, 1, limits::FIELD_LABEL_MAX_CHARS);
                    names.push(label.component.name());
                    label.component.check(problems);
                }
            }
        }
        names.sort_unstable();
        if names.windows(2).any(|pair| pair[0] == pair[1]) {
            problems.add("two fields with one name");
        }
    }
}

impl Field {
    fn name(&self) -> &str {
        match self {
            Self::Text(field) => &field.custom_id,
            Self::Choose(field) => &field.custom_id,
            Self::Pick(field) => field.custom_id(),
            Self::Radio(field) => &field.custom_id,
            Self::Boxes(field) => &field.custom_id,
            Self::Box(field) => &field.custom_id,
            Self::Files(field) => &field.custom_id,
        }
    }
}

impl Check for Field {
    fn check(&self, problems: &mut Problems) {
        problems.length("a field's name", self.name(), 1, limits::CUSTOM_ID_MAX_CHARS);
        match self {
            Self::Text(field) => field.check(problems),
            Self::Choose(field) => {
                check_choices(&field.options, field.min_values, field.max_values, problems);
                if field.required && field.min_values == 0 {
                    problems.add("a required list with no least choice");
                }
            }
            Self::Pick(field) => {
                field.check(problems);
                if !field.is_field() {
                    problems.add("a list of a message in a form");
                }
            }
            Self::Radio(field) => {
                problems.count(
                    "radio buttons",
                    field.options.len(),
                    limits::RADIO_OPTIONS_MIN,
                    limits::GROUP_OPTIONS_MAX,
                );
                check_choices(&field.options, 0, 1, problems);
            }
            Self::Boxes(field) => {
                problems.count("checkboxes", field.options.len(), 1, limits::GROUP_OPTIONS_MAX);
                check_choices(&field.options, field.min_values, field.max_values, problems);
            }
            Self::Box(_) => {}
            Self::Files(field) => {
                problems.count("files of a field", field.max_values, 1, limits::UPLOAD_FILES_MAX);
                problems.count("file types of a field", field.file_types.len(), 0, limits::FILE_TYPES_MAX);
            }
        }
    }
}

/// One line or a paragraph of text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TextInput {
    #[serde(rename = "type")]
    kind: Type<4>,
    custom_id: String,
    style: u8,
    min_length: usize,
    max_length: usize,
    required: bool,
    #[serde(skip_serializing_if = "String::is_empty")]
    value: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    placeholder: Option<String>,
}

impl TextInput {
    /// One line.
    pub fn line(name: impl Into<String>, max: usize) -> Self {
        Self::new(name.into(), 1, max)
    }

    /// Several lines.
    pub fn paragraph(name: impl Into<String>, max: usize) -> Self {
        Self::new(name.into(), 2, max)
    }

    fn new(custom_id: String, style: u8, max_length: usize) -> Self {
        Self {
            kind: Type,
            custom_id,
            style,
            min_length: 0,
            max_length,
            required: true,
            value: String::new(),
            placeholder: None,
        }
    }

    /// Of at least this many characters.
    #[must_use]
    pub fn min(self, min_length: usize) -> Self {
        Self { min_length, ..self }
    }

    /// May be left empty.
    #[must_use]
    pub fn optional(self) -> Self {
        Self { required: false, ..self }
    }

    /// With this text in it, cut to what the field takes.
    #[must_use]
    pub fn value(self, text: impl AsRef<str>) -> Self {
        Self { value: cut(text.as_ref(), self.max_length), ..self }
    }

    /// With an example shown while it is empty. Never a rule: it vanishes.
    #[must_use]
    pub fn placeholder(self, text: impl AsRef<str>) -> Self {
        Self { placeholder: Some(cut(text.as_ref(), limits::TEXT_INPUT_PLACEHOLDER_MAX_CHARS)), ..self }
    }
}

impl Check for TextInput {
    fn check(&self, problems: &mut Problems) {
        problems.count("characters of a field", self.max_length, 1, limits::TEXT_INPUT_MAX_CHARS);
        if self.min_length > self.max_length {
            problems.add("a field whose least length is above its greatest");
        }
        problems.length("what a field holds from the start", &self.value, 0, self.max_length);
    }
}

impl From<TextInput> for Field {
    fn from(field: TextInput) -> Self {
        Self::Text(field)
    }
}

/// One or several of a list, in a form.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FieldSelect {
    #[serde(rename = "type")]
    kind: Type<3>,
    custom_id: String,
    options: Vec<Choice>,
    min_values: usize,
    max_values: usize,
    required: bool,
}

impl FieldSelect {
    /// At least one and at most `max` of these.
    pub fn new(name: impl Into<String>, options: impl IntoIterator<Item = Choice>, max: usize) -> Self {
        let options: Vec<_> = options.into_iter().collect();
        let max_values = max.min(options.len());
        Self { kind: Type, custom_id: name.into(), options, min_values: 1, max_values, required: true }
    }

    /// May be left empty.
    #[must_use]
    pub fn optional(self) -> Self {
        Self { min_values: 0, required: false, ..self }
    }
}

impl From<FieldSelect> for Field {
    fn from(field: FieldSelect) -> Self {
        Self::Choose(field)
    }
}

impl From<Pick> for Field {
    fn from(field: Pick) -> Self {
        Self::Pick(field)
    }
}

/// One of a few, all in sight, in a form.
///
/// Source: <https://docs.discord.com/developers/components/reference#radio-group>
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RadioGroup {
    #[serde(rename = "type")]
    kind: Type<21>,
    custom_id: String,
    options: Vec<Choice>,
    required: bool,
}

impl RadioGroup {
    /// One of these, two to ten.
    pub fn new(name: impl Into<String>, options: impl IntoIterator<Item = Choice>) -> Self {
        Self { kind: Type, custom_id: name.into(), options: options.into_iter().collect(), required: true }
    }

    /// May be left empty.
    #[must_use]
    pub fn optional(self) -> Self {
        Self { required: false, ..self }
    }
}

impl From<RadioGroup> for Field {
    fn from(field: RadioGroup) -> Self {
        Self::Radio(field)
    }
}

/// Some of a few, all in sight, in a form. One required box is a promise that must be given.
///
/// Source: <https://docs.discord.com/developers/components/reference#checkbox-group>
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CheckboxGroup {
    #[serde(rename = "type")]
    kind: Type<22>,
    custom_id: String,
    options: Vec<Choice>,
    min_values: usize,
    max_values: usize,
    required: bool,
}

impl CheckboxGroup {
    /// At least one of these, up to ten.
    pub fn new(name: impl Into<String>, options: impl IntoIterator<Item = Choice>) -> Self {
        let options: Vec<_> = options.into_iter().collect();
        Self {
            kind: Type,
            custom_id: name.into(),
            min_values: 1,
            max_values: options.len(),
            options,
            required: true,
        }
    }

    /// At most this many.
    #[must_use]
    pub fn up_to(self, max: usize) -> Self {
        Self { max_values: max, ..self }
    }

    /// May be left empty.
    #[must_use]
    pub fn optional(self) -> Self {
        Self { min_values: 0, required: false, ..self }
    }
}

impl From<CheckboxGroup> for Field {
    fn from(field: CheckboxGroup) -> Self {
        Self::Boxes(field)
    }
}

/// Yes or no, in a form.
///
/// Source: <https://docs.discord.com/developers/components/reference#checkbox>
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Checkbox {
    #[serde(rename = "type")]
    kind: Type<23>,
    custom_id: String,
    default: bool,
}

impl Checkbox {
    /// A box that is ticked from the start, or not.
    pub fn new(name: impl Into<String>, ticked: bool) -> Self {
        Self { kind: Type, custom_id: name.into(), default: ticked }
    }
}

impl From<Checkbox> for Field {
    fn from(field: Checkbox) -> Self {
        Self::Box(field)
    }
}

/// Files, in a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileUpload {
    #[serde(rename = "type")]
    kind: Type<19>,
    custom_id: String,
    min_values: usize,
    max_values: usize,
    required: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    file_types: Vec<String>,
}

impl FileUpload {
    /// Up to `max` files of these endings (`.pdf`), or of any when none is named. May be left empty.
    pub fn optional<'a>(
        name: impl Into<String>,
        max: usize,
        file_types: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        Self {
            kind: Type,
            custom_id: name.into(),
            min_values: 0,
            max_values: max,
            required: false,
            file_types: file_types.into_iter().map(str::to_owned).collect(),
        }
    }

    /// At least one must be given.
    #[must_use]
    pub fn required(self) -> Self {
        Self { min_values: 1, required: true, ..self }
    }
}

impl From<FileUpload> for Field {
    fn from(field: FileUpload) -> Self {
        Self::Files(field)
    }
}
