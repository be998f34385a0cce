//! Which tables exist, in one list: `template.yaml` is compared with it, the embedded database and
//! the tests are made from it.

use std::time::Duration;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::error::ProvideErrorMetadata;
use aws_sdk_dynamodb::types::{
    AttributeDefinition, BillingMode, GlobalSecondaryIndex, KeySchemaElement, KeyType, Projection,
    ProjectionType, ScalarAttributeType, StreamSpecification, StreamViewType, TableStatus,
    TimeToLiveSpecification, TimeToLiveStatus,
};
use tokio::time::{Instant, sleep};

use crate::{StoreError, Table};

/// The index of jobs by the moment from which they may be taken. Keys only, sparse.
pub const DUE: &str = "due";
/// Partition of [`DUE`]: `due#0`, `due#1` or `dead`. Text.
pub const DUE_HASH: &str = "lane";
/// Range of [`DUE`]: Unix milliseconds. Number.
pub const DUE_RANGE: &str = "wake_at";
/// The attribute by which `DynamoDB` takes items away: Unix seconds.
pub const TTL: &str = "exp";

/// A new table is active after seconds; longer than this is a fault.
const ACTIVE_WITHIN: Duration = Duration::from_mins(1);

/// One table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Definition {
    /// Which.
    pub table: Table,
    /// Has the index [`DUE`].
    pub due: bool,
    /// Has a stream of new images.
    pub stream: bool,
    /// Items end by this attribute.
    pub ttl: &'static str,
}

/// Every table of a deployment with these features: theirs, the directory, the traffic table.
pub fn all(features: &[&'static str]) -> Vec<Definition> {
    let plain = |table| Definition { table, due: false, stream: false, ttl: TTL };
    let mut definitions = Vec::new();
    for feature in features {
        definitions.push(plain(Table::State(feature)));
        definitions.push(Definition { due: true, stream: true, ..plain(Table::Jobs(feature)) });
    }
    definitions.push(plain(Table::Directory));
    definitions.push(plain(Table::Traffic));
    definitions
}

/// Makes the tables that are not there yet, and waits until all can be used. Not for AWS: there
/// `template.yaml` makes them.
///
/// # Errors
/// When the database cannot or will not.
pub async fn create(client: &Client, prefix: &str, features: &[&'static str]) -> Result<(), StoreError> {
    for definition in all(features) {
        let name = definition.table.name(prefix);
        make(client, &name, &definition).await?;
        wait(client, &name).await?;
        expire(client, &name, definition.ttl).await?;
    }
    Ok(())
}

async fn make(client: &Client, name: &str, definition: &Definition) -> Result<(), StoreError> {
    let mut request = client
        .create_table()
        .table_name(name)
        .billing_mode(BillingMode::PayPerRequest)
        .set_attribute_definitions(Some(vec![
            attribute("pk", ScalarAttributeType::S)?,
            attribute("sk", ScalarAttributeType::S)?,
        ]))
        .set_key_schema(Some(schema("pk", "sk")?));
    if definition.due {
        request = request
            .attribute_definitions(attribute(DUE_HASH, ScalarAttributeType::S)?)
            .attribute_definitions(attribute(DUE_RANGE, ScalarAttributeType::N)?)
            .global_secondary_indexes(
                GlobalSecondaryIndex::builder()
                    .index_name(DUE)
                    .set_key_schema(Some(schema(DUE_HASH, DUE_RANGE)?))
                    .projection(Projection::builder().projection_type(ProjectionType::KeysOnly).build())
                    .build()
                    .map_err(incomplete)?,
            );
    }
    if definition.stream {
        request = request.stream_specification(
            StreamSpecification::builder()
                .stream_enabled(true)
                .stream_view_type(StreamViewType::NewImage)
                .build()
                .map_err(incomplete)?,
        );
    }
    match request.send().await {
        Ok(_) => Ok(()),
        Err(error) if error.code() == Some("ResourceInUseException") => Ok(()),
        Err(error) => Err(StoreError::from_sdk("CreateTable", error)),
    }
}

async fn wait(client: &Client, name: &str) -> Result<(), StoreError> {
    let start = Instant::now();
    loop {
        let table = client
            .describe_table()
            .table_name(name)
            .send()
            .await
            .map_err(|error| StoreError::from_sdk("DescribeTable", error))?;
        let status = table.table().and_then(|table| table.table_status());
        if status == Some(&TableStatus::Active) {
            return Ok(());
        }
        if start.elapsed() > ACTIVE_WITHIN {
            let code = format!("{name} is still {}", status.map_or("unknown", TableStatus::as_str));
            return Err(StoreError::Unavailable { operation: "DescribeTable", code, source: None });
        }
        sleep(Duration::from_millis(100)).await;
    }
}

/// Asked first: a database refuses to switch on what is on.
async fn expire(client: &Client, name: &str, attribute: &str) -> Result<(), StoreError> {
    let now = client
        .describe_time_to_live()
        .table_name(name)
        .send()
        .await
        .map_err(|error| StoreError::from_sdk("DescribeTimeToLive", error))?;
    let status = now.time_to_live_description().and_then(|ttl| ttl.time_to_live_status());
    if matches!(status, Some(TimeToLiveStatus::Enabled | TimeToLiveStatus::Enabling)) {
        return Ok(());
    }
    let specification = TimeToLiveSpecification::builder()
        .enabled(true)
        .attribute_name(attribute)
        .build()
        .map_err(incomplete)?;
    client
        .update_time_to_live()
        .table_name(name)
        .time_to_live_specification(specification)
        .send()
        .await
        .map_err(|error| StoreError::from_sdk("UpdateTimeToLive", error))?;
    Ok(())
}

fn attribute(name: &str, kind: ScalarAttributeType) -> Result<AttributeDefinition, StoreError> {
    AttributeDefinition::builder().attribute_name(name).attribute_type(kind).build().map_err(incomplete)
}

fn schema(hash: &str, range: &str) -> Result<Vec<KeySchemaElement>, StoreError> {
    [(hash, KeyType::Hash), (range, KeyType::Range)]
        .into_iter()
        .map(|(name, kind)| {
            KeySchemaElement::builder().attribute_name(name).key_type(kind).build().map_err(incomplete)
        })
        .collect()
}

fn incomplete(error: aws_sdk_dynamodb::error::BuildError) -> StoreError {
    StoreError::Malformed(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_jobs_tables_have_a_stream_and_the_due_index() {
        let names: Vec<_> = all(&["hub", "community"])
            .iter()
            .map(|definition| (definition.table.name("p"), definition.stream, definition.due))
            .collect();
        assert_eq!(
            names,
            [
                ("p-hub".to_owned(), false, false),
                ("p-hub-jobs".to_owned(), true, true),
                ("p-community".to_owned(), false, false),
                ("p-community-jobs".to_owned(), true, true),
                ("p-directory".to_owned(), false, false),
                ("p-traffic".to_owned(), false, false),
            ]
        );
    }
}
