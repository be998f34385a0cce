//! Signing, sending, waiting three seconds, and what is kept of it.

use std::time::{Duration, Instant};

use bytes::Bytes;
use discord::limits::FIRST_ANSWER_SECS;
use discord::signature::{SIGNATURE_HEADER, TIMESTAMP_HEADER};
use discord::{ApplicationId, InteractionId};
use ed25519_dalek::Signer as _;
use serde_json::{Value, json};

use super::answer::{self, Failure, Seen};
use super::{AUTOCOMPLETE, PING};
use crate::act::Change;
use crate::record::{Delivery, DeliveryKind};
use crate::state::{Opened, Progress};
use crate::{Endpoint, Sim, lock, spec};

/// A delivery that is ready to go.
pub(super) struct Outgoing {
    pub(super) opened: Opened,
    pub(super) body: Value,
    pub(super) what: String,
    /// What was filled in, line by line, for the transcript.
    pub(super) details: Vec<String>,
    pub(super) at: i64,
}

/// What came back.
struct Returned {
    status: u16,
    headers: Vec<(String, String)>,
    body: Bytes,
}

/// How long the first answer may take.
pub(crate) const FIRST_ANSWER: Duration = Duration::from_secs(FIRST_ANSWER_SECS as u64);

impl Sim {
    /// Delivers what somebody did and applies the answer.
    pub(super) async fn deliver(&self, outgoing: Outgoing) -> Seen {
        let Outgoing { opened, body, what, details, at } = outgoing;
        self.note_act(&opened, &what, &details);
        let body = Bytes::from(body.to_string());
        let timestamp = at.div_euclid(1000).to_string();
        let signature = self.sign(opened.application, &timestamp, &body);
        let returned = self
            .send(opened.application, opened.id, what, DeliveryKind::Act, &timestamp, &signature, body)
            .await;
        let (number, returned) = returned;
        let seen = match returned {
            Ok(returned) => self.take_answer(&opened, &returned),
            Err(failure) => Err(failure),
        };
        let seen = seen.unwrap_or_else(|failure| self.fail_answer(&opened, failure));
        if let Seen::Failed(failure) = &seen {
            let mut log = lock(&self.0.log);
            if let Some(delivery) = log.deliveries.iter_mut().rev().find(|delivery| delivery.number == number)
            {
                delivery.problem = Some(failure.to_string());
            }
        }
        let _ = self.0.changes.send(Change::Delivery { number });
        seen
    }

    /// Reads and applies an inline answer, or finds that the callback was used.
    fn take_answer(&self, opened: &Opened, returned: &Returned) -> Result<Seen, Failure> {
        let progress = self.look(|world| world.interactions.get(&opened.id).map(|opened| opened.progress));
        if returned.status == 202 && progress == Some(Progress::Answered) {
            return Ok(self.act(|act| answer::seen(act, opened)));
        }
        if returned.status != 200 {
            return Err(Failure::Status(returned.status));
        }
        let json_type = returned.headers.iter().any(|(name, value)| {
            name.eq_ignore_ascii_case("content-type") && value.starts_with("application/json")
        });
        if !json_type {
            self.violation("an answer must have Content-Type: application/json");
        }
        let body: Value = serde_json::from_slice(&returned.body).map_err(|_| Failure::NotJson)?;
        self.judge_inline(opened, &body)?;
        self.act(|act| answer::apply(act, opened, &body, &[])).map_err(|error| {
            self.violation(format!("the answer to {} cannot be applied: {error}", opened.id));
            Failure::Invalid(error.to_string())
        })
    }

    /// An inline answer is judged as the body of the callback would be.
    fn judge_inline(&self, opened: &Opened, body: &Value) -> Result<(), Failure> {
        let judged = answer::check_kind(opened, body).and_then(|()| {
            let schema = match &self.0.spec {
                Some(spec) => {
                    spec.request("POST", "/interactions/{interaction_id}/{interaction_token}/callback", body)
                }
                None => Ok(()),
            };
            schema
                .and_then(|()| spec::rules::answer(body, &[]))
                .map_err(|error| format!("{error} {}", error.errors.clone().unwrap_or_default()))
        });
        judged.map_err(|why| {
            self.violation(format!("answer to an interaction of type {}: {why} in {body}", opened.kind));
            Failure::Invalid(why)
        })
    }

    /// The token is dead; the person is told as Discord tells them.
    fn fail_answer(&self, opened: &Opened, failure: Failure) -> Seen {
        self.act(|act| {
            if let Some(opened) = act.world.interactions.get_mut(&opened.id) {
                opened.progress = Progress::Failed;
            }
        });
        if opened.kind != AUTOCOMPLETE {
            let locale = self.look(|world| world.users.get(&opened.user).map(|user| user.locale.clone()));
            self.note_failure(opened, failure.shown(opened.kind, &locale.unwrap_or_default()));
        }
        Seen::Failed(failure)
    }

    fn sign(&self, application: ApplicationId, timestamp: &str, body: &[u8]) -> String {
        let key = self.look(|world| world.applications[&application].key());
        let mut message = timestamp.as_bytes().to_vec();
        message.extend_from_slice(body);
        hex::encode(key.sign(&message).to_bytes())
    }

    /// Sends a signed body and keeps what went and what came.
    #[expect(clippy::too_many_arguments, reason = "everything a delivery is made of")]
    async fn send(
        &self,
        application: ApplicationId,
        interaction: InteractionId,
        what: String,
        kind: DeliveryKind,
        timestamp: &str,
        signature: &str,
        body: Bytes,
    ) -> (u64, Result<Returned, Failure>) {
        let endpoint = lock(&self.0.endpoints).get(&application).cloned();
        let url = match &endpoint {
            Some(Endpoint::Http(url)) => url.clone(),
            _ => "http://local/interactions".to_owned(),
        };
        let mut request = http::Request::new(body.clone());
        *request.method_mut() = http::Method::POST;
        *request.uri_mut() = url.parse().unwrap_or_default();
        for (name, value) in [
            ("content-type", "application/json"),
            ("user-agent", "Discord-Interactions/1.0 (+https://discord.com)"),
            (SIGNATURE_HEADER, signature),
            (TIMESTAMP_HEADER, timestamp),
        ] {
            request.headers_mut().insert(name, value.parse().expect("digits and words are header values"));
        }
        let headers = pairs(request.headers());
        let patience = *lock(&self.0.patience);
        let started = Instant::now();
        let returned = match endpoint {
            None => Err(Failure::Unreachable("no endpoint is set".into())),
            Some(endpoint) => tokio::time::timeout(patience, self.exchange(endpoint, request))
                .await
                .unwrap_or(Err(Failure::Late)),
        };
        let took_us = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX);
        let mut log = lock(&self.0.log);
        let number = log.number();
        let answer = returned.as_ref().ok();
        log.delivery(Delivery {
            number,
            at: self.now_ms(),
            application,
            interaction,
            what,
            kind,
            url,
            headers,
            body: String::from_utf8_lossy(&body).into_owned(),
            status: answer.map(|answer| answer.status),
            response_headers: answer.map(|answer| answer.headers.clone()).unwrap_or_default(),
            response: answer
                .map(|answer| String::from_utf8_lossy(&answer.body).into_owned())
                .unwrap_or_default(),
            took_us,
            problem: returned.as_ref().err().map(ToString::to_string),
        });
        drop(log);
        (number, returned)
    }

    async fn exchange(&self, endpoint: Endpoint, request: http::Request<Bytes>) -> Result<Returned, Failure> {
        match endpoint {
            Endpoint::Local(answer) => {
                let response = answer(request).await;
                Ok(Returned {
                    status: response.status().as_u16(),
                    headers: pairs(response.headers()),
                    body: response.into_body(),
                })
            }
            Endpoint::Http(url) => {
                let (parts, body) = request.into_parts();
                let response = self
                    .0
                    .client
                    .post(url)
                    .headers(parts.headers)
                    .body(body)
                    .send()
                    .await
                    .map_err(|error| Failure::Unreachable(error.to_string()))?;
                let (status, headers) = (response.status().as_u16(), pairs(response.headers()));
                let body = response.bytes().await.map_err(|error| Failure::Unreachable(error.to_string()))?;
                Ok(Returned { status, headers, body })
            }
        }
    }

    /// Sends the bytes of an earlier delivery once more, signed anew a moment ago. The answer is kept in the
    /// log and not applied, as when a network sends twice.
    pub async fn replay(&self, number: u64) -> Option<Delivery> {
        let (delivery, body) = self.kept(number)?;
        let timestamp = self.now_ms().div_euclid(1000).to_string();
        let signature = self.sign(delivery.application, &timestamp, &body);
        Some(self.raw(delivery, DeliveryKind::Replay, &timestamp, &signature, body).await)
    }

    /// Sends an earlier delivery with a signature that another key made.
    pub async fn forge(&self, number: u64) -> Option<Delivery> {
        let (delivery, body) = self.kept(number)?;
        let timestamp = self.now_ms().div_euclid(1000).to_string();
        let mut message = timestamp.as_bytes().to_vec();
        message.extend_from_slice(&body);
        let stranger = ed25519_dalek::SigningKey::from_bytes(&[7; 32]);
        let signature = hex::encode(stranger.sign(&message).to_bytes());
        Some(self.raw(delivery, DeliveryKind::Forged, &timestamp, &signature, body).await)
    }

    /// Sends an earlier delivery with a good signature over a timestamp this many seconds old.
    pub async fn send_late(&self, number: u64, seconds: i64) -> Option<Delivery> {
        let (delivery, body) = self.kept(number)?;
        let timestamp = (self.now_ms().div_euclid(1000) - seconds).to_string();
        let signature = self.sign(delivery.application, &timestamp, &body);
        Some(self.raw(delivery, DeliveryKind::Late, &timestamp, &signature, body).await)
    }

    /// Asks an endpoint whether it is there, as when its address is saved: a PING, then one with a bad
    /// signature.
    ///
    /// # Errors
    /// With what Discord would say instead of saving the address.
    pub async fn check_endpoint(&self, application: ApplicationId) -> Result<(), String> {
        let id = self.act(|act| InteractionId(act.id()));
        let body = Bytes::from(
            json!({
                "id": id, "application_id": application, "type": PING, "version": 1,
                "token": super::payload::token(id, application), "entitlements": [],
                "authorizing_integration_owners": {}, "app_permissions": "0",
                "attachment_size_limit": super::payload::ATTACHMENT_MAX_BYTES,
            })
            .to_string(),
        );
        let timestamp = self.now_ms().div_euclid(1000).to_string();
        let signature = self.sign(application, &timestamp, &body);
        let send = |signature: String, body: Bytes| {
            let timestamp = timestamp.clone();
            async move {
                self.send(application, id, "PING".into(), DeliveryKind::Ping, &timestamp, &signature, body)
                    .await
                    .1
            }
        };
        let pong = send(signature, body.clone()).await.map_err(|failure| failure.to_string())?;
        let answer: Value = serde_json::from_slice(&pong.body).unwrap_or_default();
        if pong.status != 200 || answer != json!({ "type": 1 }) {
            return Err(format!("PING was answered with {} {answer}", pong.status));
        }
        let refused = send("0".repeat(128), body).await.map_err(|failure| failure.to_string())?;
        if refused.status == 401 {
            Ok(())
        } else {
            Err(format!("a bad signature was answered with {}, not 401", refused.status))
        }
    }

    fn kept(&self, number: u64) -> Option<(Delivery, Bytes)> {
        let delivery =
            lock(&self.0.log).deliveries.iter().find(|delivery| delivery.number == number).cloned()?;
        let body = Bytes::from(delivery.body.clone());
        Some((delivery, body))
    }

    async fn raw(
        &self,
        old: Delivery,
        kind: DeliveryKind,
        timestamp: &str,
        signature: &str,
        body: Bytes,
    ) -> Delivery {
        let (number, _) =
            self.send(old.application, old.interaction, old.what, kind, timestamp, signature, body).await;
        let _ = self.0.changes.send(Change::Delivery { number });
        let log = lock(&self.0.log);
        log.deliveries
            .iter()
            .rev()
            .find(|delivery| delivery.number == number)
            .cloned()
            .expect("it was just kept")
    }

    fn note_act(&self, opened: &Opened, what: &str, details: &[String]) {
        if opened.kind == AUTOCOMPLETE {
            return;
        }
        let world = self.world();
        lock(&self.0.transcript).act(&world, opened, what, details);
    }

    fn note_failure(&self, opened: &Opened, shown: &str) {
        let world = self.world();
        lock(&self.0.transcript).failure(&world, opened, shown);
    }
}

fn pairs(headers: &http::HeaderMap) -> Vec<(String, String)> {
    headers
        .iter()
        .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
        .collect()
}
