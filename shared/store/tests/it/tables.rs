//! The tables as they are made.

use aws_sdk_dynamodb::types::{KeySchemaElement, ProjectionType, StreamViewType, TimeToLiveStatus};
use store::tables;

use crate::store;

#[tokio::test]
async fn tables_are_as_defined_and_making_them_again_changes_nothing() {
    let store = store().await;
    tables::create(store.client(), store.prefix(), &["hub"]).await.unwrap();
    for definition in tables::all(&["hub"]) {
        let name = definition.table.name("t");
        let table = store.client().describe_table().table_name(&name).send().await.unwrap().table.unwrap();
        let view = table.stream_specification().and_then(|stream| stream.stream_view_type());
        assert_eq!(view, definition.stream.then_some(&StreamViewType::NewImage), "{name}");
        let indexes = table.global_secondary_indexes();
        assert_eq!(indexes.len(), usize::from(definition.due), "{name}");
        for index in indexes {
            assert_eq!(index.index_name(), Some("due"));
            let projection = index.projection().and_then(|projection| projection.projection_type());
            assert_eq!(projection, Some(&ProjectionType::KeysOnly));
            let schema: Vec<_> = index.key_schema().iter().map(KeySchemaElement::attribute_name).collect();
            assert_eq!(schema, ["lane", "wake_at"]);
        }
        let ttl = store.client().describe_time_to_live().table_name(&name).send().await.unwrap();
        let ttl = ttl.time_to_live_description.unwrap();
        assert_eq!(ttl.attribute_name(), Some("exp"), "{name}");
        assert_eq!(ttl.time_to_live_status(), Some(&TimeToLiveStatus::Enabled), "{name}");
    }
    assert_eq!(store.client().list_tables().send().await.unwrap().table_names().len(), 4);
}
