//! The rules on lines of text, as `passerelle eval` runs them.

use hub::link::{CORES, eval};
use serde_json::{Value, json};

fn line(core: &str, line: &str) -> Value {
    eval(core, line).expect("a core that exists")
}

#[test]
fn each_core_answers_a_line_with_one_object() {
    assert_eq!(
        line("url-key", "http://youtu.be/dQw4w9WgXcQ"),
        json!({ "key": "youtube:dQw4w9WgXcQ", "clean": "http://youtube.com/watch?v=dQw4w9WgXcQ" })
    );
    assert_eq!(
        line("title-near", r#"{"a":"alpha beta gamma","b":"alpha beta delta"}"#),
        json!({ "near": false, "score": 0.5 })
    );
    assert_eq!(
        line("safe-url", r#"{"url":"https://example.org/"}"#),
        json!({ "allow": true, "reason": "public" })
    );
    assert_eq!(
        line(
            "safe-url",
            r#"{"url":"https://a.example/","resolver":{"a.example":[["93.184.216.34"]],"b.example":[["10.0.0.5"]]},"chain":["https://b.example/"]}"#
        ),
        json!({ "allow": false, "reason": "private_address" })
    );
    assert_eq!(
        line("safe-url", r#"{"url":"https://a.example/","resolver":null,"chain":null}"#),
        json!({ "allow": true, "reason": "public" })
    );
    assert_eq!(
        line("safe-url", r#"{"url":"https://a.example/","resolver":{}}"#),
        json!({ "allow": false, "reason": "unresolved" })
    );
}

#[test]
fn a_score_is_rounded_to_two_decimals() {
    assert_eq!(line("title-near", r#"{"a":"alpha beta","b":"alpha beta gamma"}"#)["score"], json!(0.67));
}

#[test]
fn a_bad_line_is_an_error_and_not_the_end() {
    for core in CORES {
        for bad in ["", "{", "[]", "\u{0}", "null"] {
            let answer = line(core, bad);
            assert!(answer["error"].is_string(), "{core} {bad:?}: {answer}");
            assert_eq!(answer.as_object().map(serde_json::Map::len), Some(1));
        }
    }
    assert_eq!(eval("nps", "{}"), None);
}
