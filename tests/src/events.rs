//! Events as AWS hands them to a function: an HTTP request, a batch of a table's stream, a tick.
//!
//! Shapes: <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html>
//! (payload format 2.0), <https://docs.aws.amazon.com/lambda/latest/dg/with-ddb-example.html>,
//! <https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-templated.html>.

use aws_sdk_dynamodb::types::AttributeValue;
use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use bytes::Bytes;
use http::{HeaderName, HeaderValue};
use serde_json::{Map, Value, json};
use store::Item;

use crate::signing::Signer;

/// An HTTP request as API Gateway (HTTP API, payload format 2.0) describes it.
#[derive(Debug, Clone)]
#[must_use]
pub struct Http {
    path: String,
    headers: Map<String, Value>,
    body: Bytes,
    base64: bool,
}

impl Http {
    /// A `POST` of `body` to `path`, with the headers Discord always sends and no signature.
    pub fn post(path: &str, body: impl Into<Bytes>) -> Self {
        let headers = json!({
            "content-type": "application/json",
            "host": "passerelle.example",
            "user-agent": "Discord-Interactions/1.0 (+https://discord.com)",
        });
        let Value::Object(headers) = headers else { unreachable!("written above as an object") };
        Self { path: path.into(), headers, body: body.into(), base64: false }
    }

    /// Signed by `signer` at `sent_secs` (Unix seconds).
    pub fn signed(self, signer: &Signer, sent_secs: i64) -> Self {
        signer
            .headers(sent_secs, &self.body.clone())
            .into_iter()
            .fold(self, |event, (name, value)| event.header(name, &value))
    }

    /// With this header, in place of one of the same name.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.insert(name.to_ascii_lowercase(), value.into());
        self
    }

    /// Without this header.
    pub fn without(mut self, name: &str) -> Self {
        self.headers.remove(&name.to_ascii_lowercase());
        self
    }

    /// With another body under the same headers, as a forger would send it.
    pub fn body(mut self, body: impl Into<Bytes>) -> Self {
        self.body = body.into();
        self
    }

    /// With the body in base64, as API Gateway sends what it does not take for text.
    pub fn base64(mut self) -> Self {
        self.base64 = true;
        self
    }

    /// The event.
    ///
    /// # Panics
    /// When the body is not UTF-8 and was not asked for in base64.
    pub fn event(&self) -> Value {
        let body = if self.base64 {
            BASE64.encode(&self.body)
        } else {
            String::from_utf8(self.body.to_vec()).expect("a body that is not text travels in base64")
        };
        let route = format!("POST {}", self.path);
        json!({
            "version": "2.0",
            "routeKey": route,
            "rawPath": self.path,
            "rawQueryString": "",
            "headers": self.headers,
            "requestContext": {
                "accountId": "123456789012",
                "apiId": "api12345",
                "domainName": "passerelle.example",
                "domainPrefix": "passerelle",
                "http": {
                    "method": "POST",
                    "path": self.path,
                    "protocol": "HTTP/1.1",
                    "sourceIp": "192.0.2.1",
                    "userAgent": self.headers.get("user-agent"),
                },
                "requestId": "JKJaXmPLvHcESHA=",
                "routeKey": route,
                "stage": "$default",
                "time": "24/Nov/2026:15:00:00 +0000",
                "timeEpoch": 1_795_532_400_000_i64,
            },
            "body": body,
            "isBase64Encoded": self.base64,
        })
    }
}

impl From<http::Request<Bytes>> for Http {
    fn from(request: http::Request<Bytes>) -> Self {
        let (parts, body) = request.into_parts();
        let mut event = Self::post(parts.uri.path(), body);
        for (name, value) in &parts.headers {
            event = event.header(name.as_str(), value.to_str().expect("the headers of a test are text"));
        }
        if std::str::from_utf8(&event.body).is_err() { event.base64() } else { event }
    }
}

/// Reads what a function answered to an [`Http`] event, as API Gateway does.
///
/// # Panics
/// When it is no such answer: API Gateway would show the caller a 500.
pub fn http_answer(answer: &Value) -> http::Response<Bytes> {
    let status = answer["statusCode"].as_u64().and_then(|status| u16::try_from(status).ok());
    let status = status.unwrap_or_else(|| panic!("no status code in {answer}"));
    let text = answer["body"].as_str().unwrap_or_default();
    let body = if answer["isBase64Encoded"] == true {
        BASE64.decode(text).unwrap_or_else(|error| panic!("{error} in the base64 body {text}"))
    } else {
        text.as_bytes().to_vec()
    };
    let mut response = http::Response::new(Bytes::from(body));
    *response.status_mut() = http::StatusCode::from_u16(status).expect("a status code has three digits");
    for headers in ["headers", "multiValueHeaders"] {
        for (name, value) in answer[headers].as_object().into_iter().flatten() {
            let value = value.get(0).unwrap_or(value).as_str().unwrap_or_default();
            let name = HeaderName::try_from(name.as_str()).expect("a function names its headers rightly");
            response.headers_mut().insert(name, HeaderValue::from_str(value).expect("a header is text"));
        }
    }
    response
}

/// One change of an item, as a table's stream carries it with `NEW_IMAGE`.
#[derive(Debug, Clone)]
pub struct Record {
    name: &'static str,
    table: String,
    item: Item,
}

impl Record {
    /// `item` was put into `table` (its full name) for the first time.
    pub fn insert(table: &str, item: Item) -> Self {
        Self { name: "INSERT", table: table.into(), item }
    }

    /// `item` of `table` (its full name) became what it is now.
    pub fn modify(table: &str, item: Item) -> Self {
        Self { name: "MODIFY", table: table.into(), item }
    }

    /// The item's partition key.
    pub fn pk(&self) -> String {
        self.item.get("pk").and_then(|pk| pk.as_s().ok()).cloned().unwrap_or_default()
    }
}

/// A batch of a table's stream, in order. The sequence number of the n-th record, which a partial
/// failure names, is [`sequence`]`(n)`.
pub fn stream_batch(records: &[Record]) -> Value {
    let records: Vec<Value> = records
        .iter()
        .enumerate()
        .map(|(index, record)| {
            let image: Map<String, Value> =
                record.item.iter().map(|(name, value)| (name.clone(), attribute(value))).collect();
            let keys: Map<String, Value> = ["pk", "sk"]
                .into_iter()
                .filter_map(|name| Some((name.to_string(), image.get(name)?.clone())))
                .collect();
            json!({
                "eventID": format!("{index:032x}"),
                "eventName": record.name,
                "eventVersion": "1.1",
                "eventSource": "aws:dynamodb",
                "awsRegion": "eu-west-3",
                "dynamodb": {
                    "ApproximateCreationDateTime": 1_795_532_400.0,
                    "Keys": keys,
                    "NewImage": image,
                    "SequenceNumber": sequence(index),
                    "SizeBytes": 59,
                    "StreamViewType": "NEW_IMAGE",
                },
                "eventSourceARN": format!(
                    "arn:aws:dynamodb:eu-west-3:123456789012:table/{}/stream/2026-11-24T15:00:00.000",
                    record.table
                ),
            })
        })
        .collect();
    json!({ "Records": records })
}

/// The sequence number of the n-th record of a [`stream_batch`], counted from 0.
pub fn sequence(index: usize) -> String {
    format!("{:021}", 4_421_584_500_000_000 + index)
}

/// The event of an EventBridge Scheduler schedule that names no input of its own.
pub fn tick() -> Value {
    json!({
        "version": "0",
        "id": "53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa",
        "detail-type": "Scheduled Event",
        "source": "aws.scheduler",
        "account": "123456789012",
        "time": "2026-11-24T15:00:00Z",
        "region": "eu-west-3",
        "resources": ["arn:aws:scheduler:eu-west-3:123456789012:schedule/default/hub-tick"],
        "detail": "{}",
    })
}

/// A value in DynamoDB's own JSON, where binary is base64 and a number is text.
fn attribute(value: &AttributeValue) -> Value {
    match value {
        AttributeValue::S(text) => json!({ "S": text }),
        AttributeValue::N(number) => json!({ "N": number }),
        AttributeValue::B(blob) => json!({ "B": BASE64.encode(blob) }),
        AttributeValue::Bool(flag) => json!({ "BOOL": flag }),
        AttributeValue::Null(_) => json!({ "NULL": true }),
        AttributeValue::L(list) => json!({ "L": list.iter().map(attribute).collect::<Vec<_>>() }),
        AttributeValue::M(map) => {
            json!({ "M": map.iter().map(|(name, value)| (name.clone(), attribute(value))).collect::<Map<_, _>>() })
        }
        AttributeValue::Ss(texts) => json!({ "SS": texts }),
        AttributeValue::Ns(numbers) => json!({ "NS": numbers }),
        AttributeValue::Bs(blobs) => {
            json!({ "BS": blobs.iter().map(|blob| BASE64.encode(blob)).collect::<Vec<_>>() })
        }
        other => panic!("DynamoDB has a new type, which no table of ours holds: {other:?}"),
    }
}
