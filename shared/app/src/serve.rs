//! The intake: from a signed request to its answer.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};
use std::time::Instant;

use bytes::Bytes;
use discord::ApplicationId;
use discord::check::Checked;
use discord::custom_id;
use discord::interaction::{Address, Interaction, Unreadable};
use discord::reply::Reply;
use discord::signature::verify;
use http::{HeaderValue, Method, Request, Response, StatusCode, header};
use tracing::Instrument as _;

use crate::config::{Identity, IntakeConfig};
use crate::handle::{Outcome, body};
use crate::mounted::Mounted;
use crate::observe::Click;
use crate::telemetry::{Metrics, Unit};
use crate::world::World;
use crate::{Clock, aws, telemetry};

/// Largest body that is looked at. Discord's interactions stay far below.
pub const BODY_MAX_BYTES: usize = 1024 * 1024;

/// One address that Discord posts to: one application, one feature or several.
#[derive(Debug, Clone)]
pub struct Route {
    /// Whose requests are answered; nothing refuses all of them.
    pub identity: Option<Identity>,
    /// Who answers.
    pub features: Vec<Mounted>,
    /// Features with an application of their own now. Their buttons on messages of this one, from
    /// before, are told that they are outdated.
    pub elsewhere: Vec<Mounted>,
    /// The edges.
    pub world: World,
    /// Index of the feature that declared each command; made at the first command, not at the start.
    commands: Arc<OnceLock<HashMap<String, usize>>>,
}

impl Route {
    /// A route.
    pub fn new(identity: Option<Identity>, features: Vec<Mounted>, world: World) -> Self {
        Self { identity, features, elsewhere: Vec::new(), world, commands: Arc::default() }
    }

    /// The route of a Lambda function, from its environment.
    ///
    /// # Errors
    /// Names everything of the environment that is missing or unusable.
    pub fn from_environment(features: Vec<Mounted>) -> Result<Self, crate::config::ConfigError> {
        telemetry::install();
        let config = IntakeConfig::read(crate::config::environment)?;
        let (elsewhere, features) = features
            .into_iter()
            .partition(|feature| config.elsewhere.iter().any(|name| name == feature.name));
        let store = aws::store(&config.aws, &config.prefix);
        let world =
            World { metrics: Metrics::standard_output(&config.stage), ..World::new(store, Clock::system()) };
        Ok(Self { elsewhere, ..Self::new(config.identity, features, world) })
    }

    fn feature(&self, address: Address<'_>) -> Option<&Mounted> {
        match address {
            Address::Ping => None,
            Address::CustomId(id) => with_prefix_of(&self.features, id),
            Address::Command(name) => {
                let names = self.commands.get_or_init(|| {
                    let features = self.features.iter().enumerate();
                    features
                        .flat_map(|(index, feature)| {
                            let commands = (feature.commands)();
                            commands.into_iter().map(move |command| (command.name().to_owned(), index))
                        })
                        .collect()
                });
                self.features.get(*names.get(name)?)
            }
        }
    }

    /// The feature of a button that another application answers for now. Not of a command: what is
    /// typed was registered lately, and `register` takes it away.
    fn moved(&self, address: Address<'_>) -> Option<&Mounted> {
        match address {
            Address::CustomId(id) => with_prefix_of(&self.elsewhere, id),
            Address::Ping | Address::Command(_) => None,
        }
    }
}

fn with_prefix_of<'a>(features: &'a [Mounted], id: &str) -> Option<&'a Mounted> {
    let prefix = custom_id::feature_of(id)?;
    features.iter().find(|feature| feature.prefix == prefix)
}

/// Answers one request. Never fails, never panics: whatever came, an HTTP answer goes back.
pub async fn serve(route: &Route, request: Request<Bytes>) -> Response<Bytes> {
    let started = Instant::now();
    let (parts, raw) = request.into_parts();
    if parts.method != Method::POST {
        return empty(StatusCode::METHOD_NOT_ALLOWED);
    }
    if raw.len() > BODY_MAX_BYTES {
        tracing::warn!(bytes = raw.len(), "a body larger than any interaction was refused");
        return empty(StatusCode::PAYLOAD_TOO_LARGE);
    }
    let Some(identity) = &route.identity else {
        return empty(StatusCode::UNAUTHORIZED);
    };
    let now = route.world.clock.now();
    // Verified before anything is parsed; Discord probes this and drops endpoints that fail.
    let verified = match verify(&identity.key, &parts.headers, &raw, now.secs()) {
        Ok(verified) => verified,
        Err(reason) => {
            tracing::warn!(%reason, "a request was refused");
            return empty(StatusCode::UNAUTHORIZED);
        }
    };
    let verify_us = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX);
    let interaction = match Interaction::parse(verified) {
        Ok(interaction) => interaction,
        Err(Unreadable::Json(error)) => {
            // Not the error's own text: it may quote what somebody typed.
            tracing::error!(line = error.line(), column = error.column(), "a signed body is no interaction");
            return empty(StatusCode::BAD_REQUEST);
        }
        Err(unreadable) => {
            tracing::error!(error = crate::desk::chain(&unreadable), "an interaction cannot be read");
            return empty(StatusCode::BAD_REQUEST);
        }
    };
    let address = interaction.address();
    let unnamed = address == Address::Ping && interaction.application_id == ApplicationId(0);
    if interaction.application_id != identity.application && !unnamed {
        tracing::error!(application.id = %interaction.application_id, "an interaction for another application");
        return empty(StatusCode::BAD_REQUEST);
    }
    if address == Address::Ping {
        let pong = Checked::new(Reply::Pong).expect("a pong is always valid");
        return json(body(&pong));
    }
    let Some(feature) = route.feature(address) else {
        if let Some(feature) = route.moved(address) {
            tracing::info!(feature = feature.name, "a button of a feature that has moved was pressed");
            return json((feature.outdated)(&interaction).body);
        }
        tracing::error!(?address, "nobody answers to this name");
        return empty(StatusCode::BAD_REQUEST);
    };

    let mut click = Click { feature: feature.name, verify_us, ..Click::default() };
    let span = tracing::info_span!(
        "interaction",
        interaction.id = %interaction.id,
        feature = feature.name,
        // Said when the feature has read what is asked.
        action = tracing::field::Empty,
    );
    let answer = (feature.handle)(&route.world, &interaction, &mut click).instrument(span.clone()).await;

    let answer_ms = started.elapsed().as_secs_f64() * 1000.0;
    let (refusals, faults) = match answer.outcome {
        Outcome::Answered | Outcome::Repeated => (0.0, 0.0),
        Outcome::Refused(_) => (1.0, 0.0),
        Outcome::Fault => (0.0, 1.0),
    };
    click.outcome = match answer.outcome {
        Outcome::Answered => "answered".into(),
        Outcome::Repeated => "repeated".into(),
        Outcome::Refused(code) => format!("refused {code}"),
        Outcome::Fault => "fault".into(),
    };
    span.in_scope(|| tracing::info!(outcome = click.outcome, duration_ms = answer_ms, "answered"));
    route.world.metrics.put(
        feature.name,
        now,
        &[
            ("answer_ms", Unit::Milliseconds, answer_ms),
            ("refusals", Unit::Count, refusals),
            ("faults", Unit::Count, faults),
        ],
    );
    if let Some(observer) = &route.world.observer {
        click.interaction = interaction.id.to_string();
        observer.click(click);
    }
    json(answer.body)
}

fn empty(status: StatusCode) -> Response<Bytes> {
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = status;
    response
}

fn json(body: Vec<u8>) -> Response<Bytes> {
    let mut response = Response::new(Bytes::from(body));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}
