//! Discord's OpenAPI file as a judge of what is sent, and of what this Discord answers.
//!
//! The file is never edited: [`overlay`] corrects it in memory where it is looser or stricter than the docs.

mod overlay;
pub(crate) mod rules;

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};

use jsonschema::error::ValidationErrorKind;
use jsonschema::{Draft, Registry, ValidationError, Validator};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::{Value, json};

use crate::lock;
use crate::rest::ApiError;

/// The name under which the whole file is known to the validators.
const URN: &str = "urn:discord:openapi";

/// What a JSON pointer must escape to stand in the fragment of a URI.
const FRAGMENT: &AsciiSet =
    &CONTROLS.add(b'{').add(b'}').add(b'@').add(b' ').add(b'"').add(b'<').add(b'>').add(b'`');

/// Why Discord's OpenAPI file cannot be the judge.
#[derive(Debug, thiserror::Error)]
pub enum OpenApiError {
    /// Files.
    #[error("Discord's OpenAPI file {} cannot be read", path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// It is something else.
    #[error("{} is not Discord's OpenAPI file", .0.display())]
    Other(PathBuf),
}

/// The corrected file, with validators that are compiled when first needed.
pub(crate) struct Spec {
    document: Value,
    registry: Registry<'static>,
    validators: Mutex<HashMap<String, Arc<Validator>>>,
}

impl Spec {
    /// The file at `path`, read once per process.
    pub(crate) fn shared(path: &Path) -> Result<Arc<Self>, OpenApiError> {
        static READ: OnceLock<Mutex<HashMap<PathBuf, Arc<Spec>>>> = OnceLock::new();
        let mut read = lock(READ.get_or_init(Mutex::default));
        if let Some(spec) = read.get(path) {
            return Ok(Arc::clone(spec));
        }
        let bytes = std::fs::read(path)
            .map_err(|source| OpenApiError::Unreadable { path: path.to_owned(), source })?;
        let document = serde_json::from_slice(&bytes).ok();
        let spec = document.and_then(Self::new).ok_or_else(|| OpenApiError::Other(path.to_owned()))?;
        let spec = Arc::new(spec);
        read.insert(path.to_owned(), Arc::clone(&spec));
        Ok(spec)
    }

    /// None when this is no description of Discord's API.
    fn new(mut document: Value) -> Option<Self> {
        if !document["paths"].is_object() || !document["components"]["schemas"].is_object() {
            return None;
        }
        overlay::correct(&mut document);
        let resource = Draft::Draft202012.create_resource(document.clone());
        let registry =
            Registry::new().add(URN, resource).and_then(jsonschema::RegistryBuilder::prepare).ok()?;
        Some(Self { document, registry, validators: Mutex::default() })
    }

    fn operation(&self, method: &str, template: &str) -> Option<&Value> {
        self.document["paths"].get(template)?.get(method.to_lowercase())
    }

    /// Judges the body of a request.
    pub(crate) fn request(&self, method: &str, template: &str, body: &Value) -> Result<(), ApiError> {
        let Some(operation) = self.operation(method, template) else { return Ok(()) };
        let request = &operation["requestBody"];
        if !request["content"]["application/json"].is_object() {
            return if body.is_null() {
                Ok(())
            } else {
                Err(ApiError::form("", "UNEXPECTED_BODY", "This route takes no body."))
            };
        }
        if body.is_null() {
            return if request["required"] == json!(true) {
                Err(ApiError::form("", "BASE_TYPE_REQUIRED", "This field is required"))
            } else {
                Ok(())
            };
        }
        let pointer = pointer(&[
            "paths",
            template,
            &method.to_lowercase(),
            "requestBody",
            "content",
            "application/json",
            "schema",
        ]);
        let validator = self.validator(&pointer);
        match validator.iter_errors(body).next() {
            None => Ok(()),
            Some(error) => {
                let (path, message) = deepest(&error);
                Err(ApiError::form(&path, "SCHEMA", &message))
            }
        }
    }

    /// Judges the query: known names, values of their type.
    pub(crate) fn query(
        &self,
        method: &str,
        template: &str,
        query: &BTreeMap<String, String>,
    ) -> Result<(), ApiError> {
        let Some(operation) = self.operation(method, template) else { return Ok(()) };
        let known = operation["parameters"].as_array().map(Vec::as_slice).unwrap_or_default();
        for (name, value) in query {
            let parameter =
                known.iter().find(|parameter| parameter["name"] == json!(name) && parameter["in"] == "query");
            let Some(parameter) = parameter else {
                return Err(ApiError::form(name, "UNKNOWN_PARAMETER", "No such query parameter."));
            };
            self.parameter(&parameter["schema"], value)
                .map_err(|why| ApiError::form(name, "BASE_TYPE_INVALID", &why))?;
        }
        Ok(())
    }

    fn parameter(&self, schema: &Value, text: &str) -> Result<(), String> {
        if let Some(name) = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
            return self.parameter(&self.document["components"]["schemas"][name], text);
        }
        match schema["type"].as_str() {
            Some("integer") => {
                let number: i64 = text.parse().map_err(|_| format!("{text:?} is no whole number."))?;
                let fits = schema["minimum"].as_i64().is_none_or(|min| number >= min)
                    && schema["maximum"].as_i64().is_none_or(|max| number <= max);
                if fits { Ok(()) } else { Err(format!("{number} is out of range.")) }
            }
            Some("boolean") if !matches!(text, "true" | "false") => {
                Err(format!("{text:?} is neither true nor false."))
            }
            Some("string") if schema["format"] == "snowflake" && text.parse::<u64>().is_err() => {
                Err(format!("{text:?} is no snowflake."))
            }
            _ => Ok(()),
        }
    }

    /// Judges an answer of this Discord's own.
    pub(crate) fn response(
        &self,
        method: &str,
        template: &str,
        status: u16,
        body: &Value,
    ) -> Result<(), String> {
        let Some(operation) = self.operation(method, template) else {
            return Err("the route is not in Discord's file".to_owned());
        };
        let declared = &operation["responses"];
        let exact = status.to_string();
        let name = if declared[&exact].is_object() { exact.as_str() } else { "4XX" };
        if name == "4XX" && !(400..500).contains(&status) {
            return Err(format!("status {status} is not declared"));
        }
        let path = match declared[name]["$ref"].as_str() {
            Some(reference) => {
                let component = reference.rsplit('/').next().unwrap_or_default();
                pointer(&["components", "responses", component, "content", "application/json", "schema"])
            }
            None => pointer(&[
                "paths",
                template,
                &method.to_lowercase(),
                "responses",
                name,
                "content",
                "application/json",
                "schema",
            ]),
        };
        let has_schema = declared[name]["$ref"].is_string() || declared[name]["content"].is_object();
        if !has_schema {
            return if body.is_null() { Ok(()) } else { Err(format!("status {status} has no body")) };
        }
        let validator = self.validator(&path);
        match validator.iter_errors(body).next() {
            None => Ok(()),
            Some(error) => {
                let (path, message) = deepest(&error);
                Err(format!("{path}: {message}"))
            }
        }
    }

    fn validator(&self, pointer: &str) -> Arc<Validator> {
        if let Some(there) = lock(&self.validators).get(pointer) {
            return Arc::clone(there);
        }
        let schema = json!({ "$ref": format!("{URN}#{}", utf8_percent_encode(pointer, FRAGMENT)) });
        let validator = jsonschema::options()
            .with_draft(Draft::Draft202012)
            .should_validate_formats(true)
            .with_registry(&self.registry)
            .build(&schema)
            .unwrap_or_else(|error| panic!("the schema at {pointer} cannot be compiled: {error}"));
        let validator = Arc::new(validator);
        lock(&self.validators).insert(pointer.to_owned(), Arc::clone(&validator));
        validator
    }
}

fn pointer(segments: &[&str]) -> String {
    let mut text = String::new();
    for segment in segments {
        text.push('/');
        text.push_str(&segment.replace('~', "~0").replace('/', "~1"));
    }
    text
}

/// Where exactly it went wrong: of several kinds that something may be, the one it is closest to.
fn deepest(error: &ValidationError<'_>) -> (String, String) {
    let here = || {
        let path = error.instance_path().as_str().trim_start_matches('/').replace('/', ".");
        (path, error.masked().to_string())
    };
    let (ValidationErrorKind::AnyOf { context: branches }
    | ValidationErrorKind::OneOfNotValid { context: branches }) = error.kind()
    else {
        return here();
    };
    // A wrong `type` means that another kind was meant.
    let weight = |branch: &&Vec<ValidationError<'static>>| {
        let other_kind = branch.iter().any(|error| {
            matches!(
                error.kind(),
                ValidationErrorKind::Constant { .. }
                    | ValidationErrorKind::Enum { .. }
                    | ValidationErrorKind::Type { .. }
            )
        });
        (other_kind, branch.len())
    };
    let closest = branches.iter().filter(|branch| !branch.is_empty()).min_by_key(weight);
    closest.and_then(|branch| branch.first()).map_or_else(here, deepest)
}
