//! `template.yaml`, the code and `.env.example` agree: what is deployed is what was meant.
//!
//! A feature is a folder of `functions/` other than `all`; everything the template needs for it is
//! derived from that name, so that a new feature is told here what it forgot. Text is compared, not
//! a deployment: CI deploys the same file with MiniStack, in `tests/stack`.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use all::pascal;
use saphyr::{LoadableYamlNode as _, Scalar, Yaml};
use serde_json::{Value, json};
use tests::tree::{self, features};

/// Actions of a table's owner. `Scan` is absent: no request and no job reads a whole table.
const OWNER: [&str; 7] = [
    "dynamodb:BatchGetItem",
    "dynamodb:ConditionCheckItem",
    "dynamodb:DeleteItem",
    "dynamodb:GetItem",
    "dynamodb:PutItem",
    "dynamodb:Query",
    "dynamodb:UpdateItem",
];
/// Actions of a reader. Only a worker lists: an intake reads what the click names.
const READER: [&str; 3] = ["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:Query"];
const READER_BY_NAME: [&str; 2] = ["dynamodb:BatchGetItem", "dynamodb:GetItem"];
/// What the shared rate budget is made of.
const BUDGET: [&str; 3] = ["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:UpdateItem"];
/// What an intake may do with its feature's jobs: put one, or ask for one once more.
const ASKER: [&str; 2] = ["dynamodb:PutItem", "dynamodb:UpdateItem"];
/// What a function does with its log group.
const LOGGER: [&str; 2] = ["logs:CreateLogStream", "logs:PutLogEvents"];

/// Variables that Lambda itself sets.
const SET_BY_LAMBDA: [&str; 4] =
    ["AWS_ACCESS_KEY_ID", "AWS_REGION", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"];
/// Variables of stand-ins for AWS, never set by the template.
const SET_BY_STAND_INS: [&str; 1] = ["AWS_ENDPOINT_URL"];
/// Variables of the command line, on somebody's own machine.
const SET_BY_PEOPLE: [&str; 1] = ["DISCORD_TOKEN"];
/// Variables of tests only.
const SET_BY_TESTS: [&str; 3] = ["AXE_CORE", "DISCORD_OPENAPI", "PASSERELLE_SHARED"];

#[test]
fn the_tables_are_those_of_the_code() {
    let template = Template::read();
    let features: Vec<&'static str> = features().into_iter().map(|name| &*name.leak()).collect();
    let wanted: BTreeMap<String, Value> = store::tables::all(&features)
        .iter()
        .map(|definition| (definition.table.name("passerelle-${Stage}"), table(definition)))
        .collect();
    let present: BTreeMap<String, Value> = template
        .of_type("AWS::DynamoDB::Table")
        .map(|(_, resource)| {
            let mut properties = resource["Properties"].clone();
            let name = properties["TableName"]["Fn::Sub"].as_str().expect("a table is named").to_owned();
            properties.as_object_mut().expect("properties are a mapping").remove("TableName");
            (name, properties)
        })
        .collect();
    assert_eq!(names(&present), names(&wanted));
    for (name, properties) in &wanted {
        assert_eq!(&present[name], properties, "{name}");
    }
}

#[test]
fn no_table_is_lost_with_its_stack() {
    for (id, resource) in Template::read().of_type("AWS::DynamoDB::Table") {
        assert_eq!(resource["DeletionPolicy"], "Retain", "{id}");
        assert_eq!(resource["UpdateReplacePolicy"], "Retain", "{id}");
    }
    assert_eq!(Template::read().0["Parameters"]["DeletionProtection"]["Default"], "true");
}

#[test]
fn every_statement_allows_named_actions_on_one_thing() {
    for (role, statements) in Template::read().roles() {
        for (sid, statement) in statements {
            assert_eq!(statement["Effect"], "Allow", "{role} {sid}");
            for action in actions(&statement) {
                assert!(!action.contains('*'), "{role} {sid} allows {action}");
            }
            let resource = &statement["Resource"];
            assert!(resource.is_object(), "{role} {sid} does not name one resource: {resource}");
        }
    }
}

#[test]
fn an_intake_reads_and_writes_its_state_asks_for_jobs_and_never_sees_a_token() {
    let template = Template::read();
    for feature in features() {
        let name = pascal(&feature);
        let mut wanted = grants([
            (attribute(&format!("{name}Table"), "Arn"), &OWNER[..]),
            (attribute(&format!("{name}JobsTable"), "Arn"), &ASKER[..]),
            (attribute("DirectoryTable", "Arn"), directory_actions(&feature, &READER_BY_NAME)),
            (attribute(&format!("{name}IntakeLogs"), "Arn"), &LOGGER[..]),
        ]);
        wanted.extend(grants_to_ask(&feature));
        assert_eq!(template.grants_of(&format!("{name}IntakeRole")), wanted, "{feature}");
    }
}

#[test]
fn a_worker_owns_its_two_tables_and_shares_the_rest_as_far_as_it_must() {
    let template = Template::read();
    for feature in features() {
        let name = pascal(&feature);
        let jobs = format!("{name}JobsTable");
        let token = json!({ "Fn::Sub": [
            "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/passerelle/${Stage}/${Application}/token",
            { "Application": { "Fn::If": [format!("{name}HasOwnApplication"), feature, "all"] } },
        ]});
        let mut wanted = grants([
            (attribute(&format!("{name}Table"), "Arn"), &OWNER[..]),
            (attribute(&jobs, "Arn"), &OWNER[..]),
            (
                json!({ "Fn::Sub": format!("${{{jobs}.Arn}}/index/{}", store::tables::DUE) }),
                &["dynamodb:Query"],
            ),
            (
                attribute(&jobs, "StreamArn"),
                &["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"],
            ),
            (json!({ "Fn::Sub": format!("${{{jobs}.Arn}}/stream/*") }), &["dynamodb:ListStreams"]),
            (attribute("DirectoryTable", "Arn"), directory_actions(&feature, &READER)),
            (attribute("TrafficTable", "Arn"), &BUDGET),
            (token, &["ssm:GetParameter"]),
            (attribute(&format!("{name}WorkerDeadLetters"), "Arn"), &["sqs:SendMessage"]),
            (attribute(&format!("{name}WorkerLogs"), "Arn"), &LOGGER[..]),
        ]);
        wanted.extend(grants_to_ask(&feature));
        if fetches(&feature) {
            wanted.extend(grants([(attribute(&format!("{name}Fetch"), "Arn"), &["lambda:InvokeFunction"])]));
        }
        assert_eq!(template.grants_of(&format!("{name}WorkerRole")), wanted, "{feature}");
    }
}

#[test]
fn what_talks_to_strangers_may_write_its_log_and_nothing_else() {
    let template = Template::read();
    let fetching: Vec<String> = features().into_iter().filter(|feature| fetches(feature)).collect();
    assert_eq!(fetching, ["hub"]);
    for feature in fetching {
        let name = format!("{}Fetch", pascal(&feature));
        let wanted = grants([(attribute(&format!("{name}Logs"), "Arn"), &LOGGER[..])]);
        assert_eq!(template.grants_of(&format!("{name}Role")), wanted, "{feature}");
        // Nor is it told of anything but the stage: no token's name, no address of a stand-in.
        let told = template.variables(&name);
        assert_eq!(names(&told), ["SSL_CERT_FILE", "STAGE", "TABLE_PREFIX"], "{feature}");
        let policies = &template.resource(&name)["Properties"];
        assert!(policies.get("VpcConfig").is_none() && policies.get("Policies").is_none(), "{feature}");
    }
}

#[test]
fn all_may_do_what_the_intakes_may_together() {
    let template = Template::read();
    let mut wanted = grants([(attribute("AllIntakeLogs", "Arn"), &LOGGER[..])]);
    for feature in features() {
        let name = pascal(&feature);
        let logs = attribute(&format!("{name}IntakeLogs"), "Arn").to_string();
        let own = template.grants_of(&format!("{name}IntakeRole"));
        for (resource, actions) in own.into_iter().filter(|(resource, _)| *resource != logs) {
            wanted.entry(resource).or_default().extend(actions);
        }
    }
    assert_eq!(template.grants_of("AllIntakeRole"), wanted);
}

#[test]
fn each_function_is_built_from_its_folder_under_its_own_role() {
    let template = Template::read();
    let mut wanted = BTreeMap::new();
    for folder in features().into_iter().chain(["all".to_owned()]) {
        let name = pascal(&folder);
        wanted.insert(format!("{name}Intake"), (folder.clone(), folder.clone()));
        if folder != "all" {
            wanted.insert(format!("{name}Worker"), (folder.clone(), format!("{folder}-worker")));
        }
        if fetches(&folder) {
            wanted.insert(format!("{name}Fetch"), (folder.clone(), format!("{folder}-fetch")));
        }
    }
    let present: BTreeSet<String> = template.functions().map(|(id, _)| id.to_owned()).collect();
    assert_eq!(present, wanted.keys().cloned().collect());
    assert_eq!(
        template.0["Globals"]["Function"]["Runtime"], "provided.al2023",
        "cargo-lambda builds for this runtime"
    );
    assert_eq!(template.0["Globals"]["Function"]["Architectures"], json!([reference("Architecture")]));
    for (id, resource) in template.functions() {
        let (folder, binary) = &wanted[id];
        let properties = &resource["Properties"];
        assert_eq!(properties["CodeUri"], format!("functions/{folder}"), "{id}");
        assert_eq!(resource["Metadata"]["BuildMethod"], "rust-cargolambda", "{id}");
        assert_eq!(resource["Metadata"]["BuildProperties"]["Binary"], **binary, "{id}");
        assert!(binaries(folder).contains(binary), "functions/{folder} has no binary {binary}");
        assert_eq!(properties["Role"], attribute(&format!("{id}Role"), "Arn"), "{id}");
        assert!(properties["MemorySize"].is_u64(), "{id}");
    }
}

#[test]
fn a_worker_has_time_for_a_minute_of_waiting_and_fifteen_seconds_to_stop() {
    let template = Template::read();
    for feature in features() {
        let timeout = &template.resource(&format!("{}Worker", pascal(&feature)))["Properties"]["Timeout"];
        assert!(timeout.as_u64().expect("a number of seconds") >= 60 + 15 + 20, "{feature}: {timeout}");
    }
}

#[test]
fn every_log_group_ends_and_every_function_writes_to_its_own() {
    let template = Template::read();
    for (id, resource) in template.of_type("AWS::Logs::LogGroup") {
        assert_eq!(resource["Properties"]["RetentionInDays"], reference("LogDays"), "{id}");
    }
    for (id, resource) in template.functions() {
        let group = &resource["Properties"]["LoggingConfig"]["LogGroup"];
        assert_eq!(*group, reference(&format!("{id}Logs")), "{id}");
        template.resource(&format!("{id}Logs"));
    }
}

#[test]
fn somebody_is_told_when_a_function_fails_is_throttled_slow_or_leaves_work_behind() {
    let template = Template::read();
    for (id, _) in template.functions() {
        for metric in ["Errors", "Throttles"] {
            assert!(
                template.alarm("AWS/Lambda", metric, &[("FunctionName", reference(id))]),
                "{id} {metric}"
            );
        }
    }
    for feature in features() {
        let name = pascal(&feature);
        let worker = reference(&format!("{name}Worker"));
        let queue = attribute(&format!("{name}WorkerDeadLetters"), "QueueName");
        assert!(template.alarm("AWS/Lambda", "IteratorAge", &[("FunctionName", worker)]), "{feature}");
        let visible = "ApproximateNumberOfMessagesVisible";
        assert!(template.alarm("AWS/SQS", visible, &[("QueueName", queue)]), "{feature}");
        for metric in ["answer_ms", "faults", "dead_jobs", "token_refused", "breaker_open", "worker_faults"] {
            let dimensions = [("stage", reference("Stage")), ("feature", json!(feature))];
            assert!(template.alarm(app::telemetry::NAMESPACE, metric, &dimensions), "{feature} {metric}");
        }
    }
    for (id, resource) in template.of_type("AWS::CloudWatch::Alarm") {
        let properties = &resource["Properties"];
        assert_eq!(properties["AlarmActions"], json!([reference("AlarmTopic")]), "{id}");
        assert!(properties["AlarmDescription"].as_str().is_some_and(|text| text.len() > 30), "{id}");
        // A schedule that has stopped leaves no data at all.
        let silence = if properties["MetricName"] == "Invocations" { "breaching" } else { "notBreaching" };
        assert_eq!(properties["TreatMissingData"], silence, "{id}: nobody clicking is no alarm");
    }
}

#[test]
fn somebody_is_told_when_ticks_stop() {
    let template = Template::read();
    for feature in features() {
        let name = pascal(&feature);
        let worker = json!([{ "Name": "FunctionName", "Value": reference(&format!("{name}Worker")) }]);
        let alarm = template
            .of_type("AWS::CloudWatch::Alarm")
            .map(|(_, resource)| &resource["Properties"])
            .find(|alarm| alarm["MetricName"] == "Invocations" && alarm["Dimensions"] == worker)
            .unwrap_or_else(|| panic!("nobody is told when the ticks of {feature} stop"));
        let settings = ["Namespace", "Statistic", "Period", "EvaluationPeriods", "ComparisonOperator"];
        let settings = settings.map(|name| alarm[name].clone());
        let wanted = [json!("AWS/Lambda"), json!("Sum"), json!(300), json!(1), json!("LessThanThreshold")];
        assert_eq!((settings, &alarm["Threshold"]), (wanted, &json!(1)), "{feature}");
    }
}

#[test]
fn alarms_read_the_figures_that_are_written() {
    let metrics = app::telemetry::Metrics::kept();
    metrics.put("hub", app::Timestamp(0), &[("answer_ms", app::telemetry::Unit::Milliseconds, 1.0)]);
    let line: Value = serde_json::from_str(&metrics.lines()[0]).expect("a line is JSON");
    let written = &line["_aws"]["CloudWatchMetrics"][0];
    assert_eq!(written["Dimensions"], json!([["stage", "feature"]]));
    let template = Template::read();
    let own = template
        .of_type("AWS::CloudWatch::Alarm")
        .filter(|(_, resource)| resource["Properties"]["Namespace"] == written["Namespace"]);
    let sources = tree::files("shared/app/src", ".rs");
    for (id, resource) in own {
        let name = resource["Properties"]["MetricName"].as_str().expect("a metric has a name");
        let written = format!("\"{name}\"");
        let found = sources.iter().any(|file| file.code().any(|(_, line)| line.contains(&written)));
        assert!(found, "{id}: nothing writes {name}");
    }
}

#[test]
fn functions_are_told_all_that_they_ask_for() {
    use app::{IntakeConfig, WorkerConfig};
    let asked = RefCell::new(BTreeSet::new());
    let nothing = |name: &str| {
        asked.borrow_mut().insert(name.to_owned());
        None
    };
    IntakeConfig::read(nothing).expect_err("an intake needs its variables");
    let intake = asked.take();
    WorkerConfig::read(nothing).expect_err("a worker needs its variables");
    let worker = asked.take();
    let template = Template::read();
    for (id, _) in template.functions().filter(|(id, _)| !id.ends_with("Fetch")) {
        let mut wanted = if id.ends_with("Worker") { worker.clone() } else { intake.clone() };
        if !template.has(&id.replace("Worker", "Fetch")) {
            wanted.remove("FETCH_FUNCTION");
        }
        wanted.retain(|name| !SET_BY_LAMBDA.contains(&&**name) && !SET_BY_STAND_INS.contains(&&**name));
        if id != "AllIntake" {
            wanted.remove("FEATURES_ELSEWHERE");
        }
        // The TLS library reads this one.
        wanted.insert("SSL_CERT_FILE".into());
        let told: BTreeSet<String> = template.variables(id).into_keys().collect();
        assert_eq!(told, wanted, "{id}");
    }
}

#[test]
fn the_stream_wakes_the_worker_for_new_work_only_and_loses_nothing_silently() {
    let template = Template::read();
    for feature in features() {
        let name = pascal(&feature);
        let mapping = &template.resource(&format!("{name}JobsStream"))["Properties"];
        let pattern = mapping["FilterCriteria"]["Filters"][0]["Pattern"].as_str().expect("a pattern");
        let pattern: Value = serde_json::from_str(pattern).expect("the pattern is JSON");
        assert_eq!(pattern, json!({ "dynamodb": { "NewImage": { "run": { "S": ["now"] } } } }), "{feature}");
        assert_eq!(mapping["FilterCriteria"]["Filters"].as_array().map(Vec::len), Some(1), "{feature}");
        assert_eq!(mapping["FunctionName"], reference(&format!("{name}Worker")), "{feature}");
        assert_eq!(
            mapping["EventSourceArn"],
            attribute(&format!("{name}JobsTable"), "StreamArn"),
            "{feature}"
        );
        assert_eq!(mapping["FunctionResponseTypes"], json!(["ReportBatchItemFailures"]), "{feature}");
        assert_eq!(mapping["BisectBatchOnFunctionError"], true, "{feature}");
        assert_eq!(mapping["MaximumRecordAgeInSeconds"], 300, "{feature}");
        assert_eq!(mapping["MaximumRetryAttempts"], 2, "{feature}");
        let letters = attribute(&format!("{name}WorkerDeadLetters"), "Arn");
        assert_eq!(mapping["DestinationConfig"]["OnFailure"]["Destination"], letters, "{feature}");
    }
}

#[test]
fn each_worker_is_ticked_every_minute() {
    let template = Template::read();
    for feature in features() {
        let name = pascal(&feature);
        let tick = &template.resource(&format!("{name}Tick"))["Properties"];
        assert_eq!(tick["ScheduleExpression"], "rate(1 minute)", "{feature}");
        assert_eq!(tick["Target"]["Arn"], attribute(&format!("{name}Worker"), "Arn"), "{feature}");
        let input: Value = serde_json::from_str(tick["Target"]["Input"].as_str().expect("an input"))
            .expect("the input is JSON");
        assert_eq!(input["tick"], true, "{feature}");
        let letters = attribute(&format!("{name}WorkerDeadLetters"), "Arn");
        assert_eq!(tick["Target"]["DeadLetterConfig"], json!({ "Arn": letters }), "{feature}");
        let role = template.grants_of(&format!("{name}TickRole"));
        let worker = attribute(&format!("{name}Worker"), "Arn");
        let wanted = grants([(worker, &["lambda:InvokeFunction"]), (letters, &["sqs:SendMessage"])]);
        assert_eq!(role, wanted, "{feature}");
    }
}

#[test]
fn every_intake_has_one_throttled_route_that_only_the_api_may_use() {
    let template = Template::read();
    let stage = template.resource("HttpApiStage");
    let settings = &stage["Properties"]["RouteSettings"];
    let mut routes = BTreeSet::new();
    for folder in features().into_iter().chain(["all".to_owned()]) {
        let name = pascal(&folder);
        let key = format!("POST /interactions/{folder}");
        let route = &template.resource(&format!("{name}Route"))["Properties"];
        assert_eq!(route["RouteKey"], key);
        assert_eq!(route["Target"], json!({ "Fn::Sub": format!("integrations/${{{name}Integration}}") }));
        let integration = &template.resource(&format!("{name}Integration"))["Properties"];
        assert_eq!(integration["IntegrationUri"], attribute(&format!("{name}Intake"), "Arn"), "{key}");
        assert_eq!(integration["PayloadFormatVersion"], "2.0", "{key}");
        let permission = &template.resource(&format!("{name}IntakePermission"))["Properties"];
        assert_eq!(permission["FunctionName"], reference(&format!("{name}Intake")), "{key}");
        let source = permission["SourceArn"]["Fn::Sub"].as_str().expect("a source");
        assert!(source.ends_with(&format!("${{HttpApi}}/*/POST/interactions/{folder}")), "{source}");
        assert!(settings[&key]["ThrottlingRateLimit"].is_u64(), "{key} is not throttled");
        let depends = stage["DependsOn"].as_array().expect("the stage waits for its routes");
        assert!(depends.contains(&json!(format!("{name}Route"))), "{key}");
        let output = &template.0["Outputs"][format!("{name}Endpoint")]["Value"]["Fn::Sub"];
        assert!(
            output.as_str().is_some_and(|url| url.ends_with(&format!("/interactions/{folder}"))),
            "{key}"
        );
        routes.insert(key);
    }
    let throttled = settings.as_object().expect("settings are a mapping").keys().cloned().collect();
    assert_eq!(routes, throttled, "a setting for a route that does not exist fails the deployment");
    let count = template.of_type("AWS::ApiGatewayV2::Route").count();
    assert_eq!(count, routes.len());
}

#[test]
fn a_feature_belongs_to_its_own_application_if_that_is_set_else_to_all() {
    let template = Template::read();
    let mut elsewhere = Vec::new();
    for feature in features() {
        let name = pascal(&feature);
        let own = format!("{name}HasOwnApplication");
        let id = reference(&format!("{name}ApplicationId"));
        let intake = template.variables(&format!("{name}Intake"));
        assert_eq!(intake["DISCORD_APPLICATION_ID"], id, "{feature}");
        assert_eq!(intake["DISCORD_PUBLIC_KEY"], reference(&format!("{name}PublicKey")), "{feature}");
        let worker = template.variables(&format!("{name}Worker"));
        let application = json!({ "Fn::If": [own, id, reference("AllApplicationId")] });
        assert_eq!(worker["DISCORD_APPLICATION_ID"], application, "{feature}");
        let path = |owner: &str| json!({ "Fn::Sub": format!("/passerelle/${{Stage}}/{owner}/token") });
        let token = json!({ "Fn::If": [own, path(&feature), path("all")] });
        assert_eq!(worker["DISCORD_TOKEN_PARAMETER"], token, "{feature}");
        let condition = json!({ "Fn::Not": [{ "Fn::Equals": [id, "none"] }] });
        assert_eq!(template.0["Conditions"][&own], condition, "{feature}");
        elsewhere.push(json!({ "Fn::If": [own, feature, reference("AWS::NoValue")] }));
    }
    let all = template.variables("AllIntake");
    assert_eq!(all["DISCORD_APPLICATION_ID"], reference("AllApplicationId"));
    assert_eq!(all["DISCORD_PUBLIC_KEY"], reference("AllPublicKey"));
    assert_eq!(all["FEATURES_ELSEWHERE"], json!({ "Fn::Join": [",", elsewhere] }));
}

#[test]
fn nothing_is_configured_until_somebody_says_so() {
    let parameters = &Template::read().0["Parameters"];
    for folder in features().into_iter().chain(["all".to_owned()]) {
        for what in ["ApplicationId", "PublicKey"] {
            assert_eq!(parameters[format!("{}{what}", pascal(&folder))]["Default"], "none", "{folder}");
        }
    }
}

#[test]
fn the_example_of_the_environment_names_every_variable_and_no_other() {
    let mut wanted: BTreeSet<String> = BTreeSet::new();
    let template = Template::read();
    for (id, _) in template.functions() {
        wanted.extend(template.variables(id).into_keys());
    }
    wanted.extend(
        SET_BY_LAMBDA
            .iter()
            .chain(&SET_BY_STAND_INS)
            .chain(&SET_BY_PEOPLE)
            .chain(&SET_BY_TESTS)
            .map(|name| (*name).into()),
    );
    let example = tree::read(".env.example");
    let present: BTreeSet<String> = example
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('='))
        .map(|(name, _)| name.to_owned())
        .collect();
    assert_eq!(present, wanted);
}

#[test]
fn no_secret_is_a_parameter_or_a_variable() {
    let template = Template::read();
    let parameters = template.0["Parameters"].as_object().expect("parameters are a mapping").keys().cloned();
    let variables = template.functions().flat_map(|(id, _)| template.variables(id).into_keys());
    for name in parameters.chain(variables) {
        let word = name.to_lowercase();
        let secret = ["token", "secret", "password"].iter().any(|part| word.contains(part));
        assert!(!secret || word.ends_with("_parameter"), "{name}");
    }
}

/// What a table of the code looks like in the template.
fn table(definition: &store::tables::Definition) -> Value {
    let attribute = |name: &str, kind: &str| json!({ "AttributeName": name, "AttributeType": kind });
    let keys = |hash: &str, range: &str| {
        json!([
            { "AttributeName": hash, "KeyType": "HASH" },
            { "AttributeName": range, "KeyType": "RANGE" },
        ])
    };
    let mut attributes = vec![attribute("pk", "S"), attribute("sk", "S")];
    let mut properties = json!({
        "BillingMode": "PAY_PER_REQUEST",
        "KeySchema": keys("pk", "sk"),
        "TimeToLiveSpecification": { "AttributeName": definition.ttl, "Enabled": true },
        "PointInTimeRecoverySpecification": { "PointInTimeRecoveryEnabled": true },
        "SSESpecification": { "SSEEnabled": true },
        "DeletionProtectionEnabled": reference("DeletionProtection"),
    });
    if definition.due {
        use store::tables::{DUE, DUE_HASH, DUE_RANGE};
        attributes.extend([attribute(DUE_HASH, "S"), attribute(DUE_RANGE, "N")]);
        properties["GlobalSecondaryIndexes"] = json!([{
            "IndexName": DUE,
            "KeySchema": keys(DUE_HASH, DUE_RANGE),
            "Projection": { "ProjectionType": "KEYS_ONLY" },
        }]);
    }
    if definition.stream {
        properties["StreamSpecification"] = json!({ "StreamViewType": "NEW_IMAGE" });
    }
    properties["AttributeDefinitions"] = json!(attributes);
    properties
}

/// The template as JSON, short tags written out: `!Ref X` is `{"Ref": "X"}`, `!Sub` is `Fn::Sub`.
struct Template(Value);

impl Template {
    fn read() -> Self {
        let text = tree::read("template.yaml");
        let documents = Yaml::load_from_str(&text).expect("template.yaml is YAML");
        Self(plain(&documents[0]))
    }

    fn has(&self, id: &str) -> bool {
        self.0["Resources"].get(id).is_some()
    }

    fn resource(&self, id: &str) -> &Value {
        self.0["Resources"].get(id).unwrap_or_else(|| panic!("template.yaml has no resource {id}"))
    }

    fn of_type<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = (&'a str, &'a Value)> {
        let resources = self.0["Resources"].as_object().expect("resources are a mapping");
        resources
            .iter()
            .filter(move |(_, resource)| resource["Type"] == kind)
            .map(|(id, resource)| (id.as_str(), resource))
    }

    fn functions(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.of_type("AWS::Serverless::Function")
    }

    /// Variables of a function, with those that all functions share.
    fn variables(&self, id: &str) -> BTreeMap<String, Value> {
        let shared = &self.0["Globals"]["Function"]["Environment"]["Variables"];
        let own = &self.resource(id)["Properties"]["Environment"]["Variables"];
        [shared, own]
            .into_iter()
            // A function may do without variables of its own.
            .flat_map(|variables| variables.as_object().into_iter().flatten())
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect()
    }

    /// Statements of every role, by their `Sid`.
    fn roles(&self) -> impl Iterator<Item = (&str, Vec<(String, Value)>)> {
        self.of_type("AWS::IAM::Role").map(|(id, resource)| {
            let properties = &resource["Properties"];
            assert!(
                properties.get("ManagedPolicyArns").is_none(),
                "{id}: managed policies allow on everything"
            );
            let policies = properties["Policies"].as_array().expect("a role has policies");
            let statements = policies
                .iter()
                .flat_map(|policy| policy["PolicyDocument"]["Statement"].as_array().expect("statements"))
                .map(|statement| (statement["Sid"].as_str().expect("a Sid").to_owned(), statement.clone()))
                .collect();
            (id, statements)
        })
    }

    fn grants_of(&self, role: &str) -> BTreeMap<String, BTreeSet<String>> {
        let (_, statements) =
            self.roles().find(|(id, _)| *id == role).unwrap_or_else(|| panic!("template.yaml has no {role}"));
        let mut grants: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (_, statement) in statements {
            grants.entry(statement["Resource"].to_string()).or_default().extend(actions(&statement));
        }
        grants
    }

    fn alarm(&self, namespace: &str, metric: &str, dimensions: &[(&str, Value)]) -> bool {
        let dimensions: Vec<Value> =
            dimensions.iter().map(|(name, value)| json!({ "Name": name, "Value": value })).collect();
        self.of_type("AWS::CloudWatch::Alarm").any(|(_, resource)| {
            let properties = &resource["Properties"];
            properties["Namespace"] == namespace
                && properties["MetricName"] == metric
                && properties["Dimensions"] == json!(dimensions)
        })
    }
}

fn plain(node: &Yaml) -> Value {
    match node {
        Yaml::Value(Scalar::Null) => Value::Null,
        Yaml::Value(Scalar::Boolean(value)) => json!(value),
        Yaml::Value(Scalar::Integer(value)) => json!(value),
        Yaml::Value(Scalar::String(value)) => json!(value),
        Yaml::Sequence(items) => items.iter().map(plain).collect(),
        Yaml::Mapping(entries) => Value::Object(
            entries
                .iter()
                .map(|(key, value)| (key.as_str().expect("keys are text").to_owned(), plain(value)))
                .collect(),
        ),
        Yaml::Tagged(tag, value) if tag.handle == "!" => {
            let name = if tag.suffix == "Ref" { "Ref".to_owned() } else { format!("Fn::{}", tag.suffix) };
            let argument = match (plain(value), &*name) {
                (Value::String(dotted), "Fn::GetAtt") => json!(dotted.split('.').collect::<Vec<_>>()),
                (argument, _) => argument,
            };
            json!({ name: argument })
        }
        // Aliases among them: CloudFormation does not read them.
        other => panic!("template.yaml has something CloudFormation does not know: {other:?}"),
    }
}

fn reference(id: &str) -> Value {
    json!({ "Ref": id })
}

fn attribute(id: &str, name: &str) -> Value {
    json!({ "Fn::GetAtt": [id, name] })
}

/// Who may do what, by what it is done to.
fn grants<const N: usize>(list: [(Value, &[&str]); N]) -> BTreeMap<String, BTreeSet<String>> {
    list.into_iter()
        .map(|(resource, actions)| {
            (resource.to_string(), actions.iter().map(|action| (*action).to_owned()).collect())
        })
        .collect()
}

/// What a feature may do to those it asks, by its own word: put a job there, and nothing else.
fn grants_to_ask(feature: &str) -> BTreeMap<String, BTreeSet<String>> {
    (mounted(feature).asks)()
        .iter()
        .flat_map(|asked| {
            grants([(attribute(&format!("{}JobsTable", pascal(asked)), "Arn"), &["dynamodb:PutItem"])])
        })
        .collect()
}

/// What a feature may do with the directory: `reads`, unless it says that it writes there.
fn directory_actions<'a>(feature: &str, reads: &'a [&'a str]) -> &'a [&'a str] {
    if (mounted(feature).writes_directory)() { &OWNER } else { reads }
}

fn mounted(feature: &str) -> app::Mounted {
    let mounted = all::features().into_iter().find(|mounted| mounted.name == feature);
    mounted.unwrap_or_else(|| panic!("functions/all does not list {feature}"))
}

fn actions(statement: &Value) -> Vec<String> {
    match &statement["Action"] {
        Value::String(action) => vec![action.clone()],
        Value::Array(actions) => {
            actions.iter().map(|action| action.as_str().expect("an action is text").to_owned()).collect()
        }
        other => panic!("not an action: {other}"),
    }
}

fn names<V>(map: &BTreeMap<String, V>) -> Vec<&String> {
    map.keys().collect()
}

/// Whether a feature has a function that opens foreign pages.
fn fetches(feature: &str) -> bool {
    binaries(feature).contains(&format!("{feature}-fetch"))
}

/// Binaries of a function's crate, as cargo names them.
fn binaries(folder: &str) -> Vec<String> {
    let manifest = tree::read(&format!("functions/{folder}/Cargo.toml"));
    let mut names = vec![folder.to_owned()];
    let mut lines = manifest.lines();
    while let Some(line) = lines.next() {
        if line == "[[bin]]" {
            let name = lines.by_ref().find_map(|line| line.strip_prefix("name = "));
            names.extend(name.map(|name| name.trim_matches('"').to_owned()));
        }
    }
    names
}
