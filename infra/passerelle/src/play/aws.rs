//! An embedded DynamoDB: a file, its address on loopback, and what its streams bring.

use std::path::Path;

use aws_sdk_dynamodb::Client;
use dynoxide::actions::describe_stream::DescribeStreamRequest;
use dynoxide::actions::get_records::GetRecordsRequest;
use dynoxide::actions::get_shard_iterator::GetShardIteratorRequest;
use dynoxide::actions::list_streams::ListStreamsRequest;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::PlayError;

/// Records taken from a stream at once, as the event source mapping of the template.
const BATCH: usize = 10;

/// The database.
pub(super) struct Database {
    inside: dynoxide::Database,
    client: Client,
}

/// Where to begin in a stream.
#[derive(Debug, Clone, Copy)]
pub(super) enum From {
    /// At its first record.
    Beginning,
    /// At what comes from now on.
    Now,
}

impl Database {
    /// Opens the file, and serves it on a loopback address of its own.
    pub(super) async fn open(path: &Path) -> Result<Self, PlayError> {
        let trouble = |error: &dyn std::fmt::Display| PlayError::Database(error.to_string());
        let inside = dynoxide::Database::new(&path.to_string_lossy()).map_err(|error| trouble(&error))?;
        let listener = TcpListener::bind("127.0.0.1:0").await.map_err(|error| trouble(&error))?;
        let url = format!("http://{}", listener.local_addr().map_err(|error| trouble(&error))?);
        tokio::spawn(dynoxide::server::serve_on(listener, inside.clone()));
        let client = app::aws::dynamodb(&app::AwsConfig {
            region: "eu-west-3".to_owned(),
            endpoint: Some(url),
            access_key: "play".to_owned(),
            secret_key: "play".to_owned(),
            session_token: None,
        });
        Ok(Self { inside, client })
    }

    /// A client of it.
    pub(super) fn client(&self) -> Client {
        self.client.clone()
    }

    /// Where to read the stream of this table next.
    pub(super) fn iterator(&self, table: &str, from: From) -> dynoxide::Result<Option<String>> {
        let streams = self
            .inside
            .list_streams(ListStreamsRequest { table_name: Some(table.to_owned()), ..Default::default() })?;
        let Some(stream) = streams.streams.into_iter().next() else { return Ok(None) };
        let described = self.inside.describe_stream(DescribeStreamRequest {
            stream_arn: stream.stream_arn.clone(),
            ..Default::default()
        })?;
        let Some(shard) = described.stream_description.shards.into_iter().next_back() else {
            return Ok(None);
        };
        let kind = match from {
            From::Beginning => "TRIM_HORIZON",
            From::Now => "LATEST",
        };
        let got = self.inside.get_shard_iterator(GetShardIteratorRequest {
            stream_arn: stream.stream_arn,
            shard_id: shard.shard_id,
            shard_iterator_type: kind.to_owned(),
            sequence_number: None,
        })?;
        Ok(got.shard_iterator)
    }

    /// What the stream brings at `iterator`, as Lambda would hand it over, and where to go on.
    ///
    /// The event source filter of the template is applied: only items with `run = "now"` wake a worker.
    pub(super) fn records(&self, iterator: &str) -> dynoxide::Result<(Vec<Value>, Option<String>)> {
        let got = self
            .inside
            .get_records(GetRecordsRequest { shard_iterator: iterator.to_owned(), limit: Some(BATCH) })?;
        let records = got.records.iter().filter_map(|record| serde_json::to_value(record).ok());
        let wanted = json!(store::outbox::RUN_NOW);
        let records = records.filter(|record| record["dynamodb"]["NewImage"]["run"]["S"] == wanted).collect();
        Ok((records, got.next_shard_iterator))
    }
}

#[cfg(test)]
mod tests {
    use super::BATCH;

    #[test]
    fn a_batch_is_as_large_as_the_template_s() {
        let template = include_str!("../../../../template.yaml");
        let sizes: Vec<&str> =
            template.lines().filter_map(|line| line.trim().strip_prefix("BatchSize: ")).collect();
        assert!(!sizes.is_empty() && sizes.iter().all(|size| *size == BATCH.to_string()), "{sizes:?}");
    }
}
