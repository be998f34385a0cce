//! The AWS endpoint, held to what it promises: two services at one address, and a true count.

use aws_sdk_dynamodb::types::{
    AttributeDefinition, AttributeValue, BillingMode, KeySchemaElement, KeyType, ScalarAttributeType,
};
use serde_json::{Value, json};
use store::outbox::NewJob;
use store::{Key, Table};
use tests::aws::Aws;
use tests::events::stream_batch;

async fn ask(aws: &Aws, target: &str, body: Value) -> (u16, Value) {
    let request = tests::web().post(aws.url()).header("x-amz-target", target).json(&body);
    let response = request.send().await.expect("the endpoint is there");
    (response.status().as_u16(), response.json().await.expect("AWS answers in JSON"))
}

#[tokio::test]
async fn a_table_is_asked_through_the_same_address_and_counted() {
    let aws = Aws::start().await;
    let client = aws.client();
    let key =
        AttributeDefinition::builder().attribute_name("pk").attribute_type(ScalarAttributeType::S).build();
    let schema = KeySchemaElement::builder().attribute_name("pk").key_type(KeyType::Hash).build();
    let create = client.create_table().table_name("people").billing_mode(BillingMode::PayPerRequest);
    create
        .attribute_definitions(key.expect("complete"))
        .key_schema(schema.expect("complete"))
        .send()
        .await
        .expect("an empty database takes any table");
    aws.forget_calls();

    let value = AttributeValue::S("ada".into());
    client
        .put_item()
        .table_name("people")
        .item("pk", value.clone())
        .send()
        .await
        .expect("the table is there");
    let found = client
        .get_item()
        .table_name("people")
        .key("pk", value.clone())
        .send()
        .await
        .expect("the table is there");

    assert_eq!(found.item().and_then(|item| item.get("pk")), Some(&value));
    assert_eq!(aws.operations(), ["PutItem", "GetItem"]);
    assert_eq!(aws.calls()[0].body["Item"], json!({ "pk": { "S": "ada" } }));
}

#[tokio::test]
async fn a_secret_is_found_by_its_name_and_with_decryption_only() {
    let aws = Aws::start().await;
    aws.set_parameter("/passerelle/test/all/token", "secret");
    let target = "AmazonSSM.GetParameter";

    let (status, found) =
        ask(&aws, target, json!({ "Name": "/passerelle/test/all/token", "WithDecryption": true })).await;
    assert_eq!((status, &found["Parameter"]["Value"]), (200, &json!("secret")));
    let (status, refused) = ask(&aws, target, json!({ "Name": "/passerelle/test/all/token" })).await;
    assert_eq!((status, &refused["__type"]), (400, &json!("ValidationException")));
    let (status, missing) = ask(&aws, target, json!({ "Name": "/elsewhere", "WithDecryption": true })).await;
    assert_eq!((status, &missing["__type"]), (400, &json!("ParameterNotFound")));
}

#[tokio::test]
async fn a_service_it_does_not_imitate_is_refused() {
    let aws = Aws::start().await;
    let (status, refused) = ask(&aws, "AmazonSQS.SendMessage", json!({})).await;
    assert_eq!((status, &refused["__type"]), (400, &json!("UnknownOperationException")));
}

#[tokio::test]
async fn the_stream_brings_what_is_to_be_done_at_once_and_nothing_else() {
    let aws = Aws::with_tables("p", &["hub"]).await;
    let store = aws.store("p");
    let job = |id: &str, at| NewJob {
        guild: 1,
        id: id.into(),
        kind: "k".into(),
        body: json!({}),
        at,
        answer_to: None,
        cause: None,
        from: "hub",
        natural: false,
    };
    let jobs = [job("at-once", None), job("later", Some(60_000))];
    store.commit(jobs.iter().map(|job| job.write("hub", 0)).collect()).await.expect("the tables are there");

    let batch = stream_batch(&aws.bells("p", "hub").await);
    let keys: Vec<&Value> = batch["Records"]
        .as_array()
        .expect("a batch has records")
        .iter()
        .map(|record| &record["dynamodb"]["Keys"])
        .collect();

    assert_eq!(keys, [&json!({ "pk": { "S": "G#1#J#at-once" }, "sk": { "S": "JOB" } })]);
    assert_eq!(batch["Records"][0]["dynamodb"]["NewImage"]["run"], json!({ "S": "now" }));
}

#[tokio::test]
async fn what_is_broken_fails_until_it_is_repaired() {
    let aws = Aws::with_tables("p", &["hub"]).await;
    let store = aws.store("p");
    let [fine, broken] = ["G#1#J#fine", "G#1#J#broken"].map(|pk| Key::new(Table::Jobs("hub"), pk, "JOB"));

    aws.break_for("#broken");
    assert!(store.get(&broken).await.is_err());
    assert_eq!(store.get(&fine).await.expect("this one works"), None);
    aws.repair();
    assert_eq!(store.get(&broken).await.expect("it works again"), None);
}
