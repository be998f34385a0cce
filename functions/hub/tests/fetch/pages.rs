//! What is asked of a server, and what is learnt from it.

use expect_test::expect;
use hub::fetch::{Answer, Ask};

use crate::lab::{Lab, OTHER, PUBLIC, page, title};

#[tokio::test]
async fn a_server_hears_the_same_few_words_whoever_shared_the_link() {
    let lab = Lab::default();
    lab.host("pages.example", &[PUBLIC]).host("ailleurs.example", &[OTHER]);
    let first = "HTTP/1.1 301 Moved\r\nSet-Cookie: id=1; Path=/\r\nLocation: http://ailleurs.example/suite\r\nContent-Length: 0\r\n\r\n";
    lab.says(&format!("{PUBLIC}:80"), first).await;
    lab.says(&format!("{OTHER}:80"), page("Suite")).await;
    let answer = lab.asks(Ask::Page, "http://pages.example./cours/été?q=a b").await;
    assert_eq!(title(&answer), Some("Suite"));
    // No cookie, no address of where we come from, nothing about anybody.
    expect![[r#"
        GET /cours/%C3%A9t%C3%A9?q=a%20b HTTP/1.1
        host: pages.example
        user-agent: Passerelle/1 (link check; +https://github.com/simplonco/passerelle)
        accept: text/html,application/xhtml+xml;q=0.9,*/*;q=0.1
        accept-language: fr,en;q=0.8
        accept-encoding: identity
        connection: close

        GET /suite HTTP/1.1
        host: ailleurs.example
        user-agent: Passerelle/1 (link check; +https://github.com/simplonco/passerelle)
        accept: text/html,application/xhtml+xml;q=0.9,*/*;q=0.1
        accept-language: fr,en;q=0.8
        accept-encoding: identity
        connection: close

    "#]]
    .assert_eq(&lab.requests().concat().replace("\r\n", "\n"));
}

#[tokio::test]
async fn what_an_error_page_says_is_not_kept() {
    let lab = Lab::default();
    let gone = page("Page introuvable").replace("200 OK", "404 Not Found");
    lab.host("pages.example", &[PUBLIC]).says(&format!("{PUBLIC}:80"), gone).await;
    let answer = lab.asks(Ask::Page, "http://pages.example/").await;
    assert_eq!(answer, Answer::Answered { status: 404, url: "http://pages.example/".into(), page: None });
}

#[tokio::test]
async fn a_redirect_without_an_address_is_the_answer() {
    let lab = Lab::default();
    lab.host("pages.example", &[PUBLIC]);
    lab.says(&format!("{PUBLIC}:80"), "HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n").await;
    let answer = lab.asks(Ask::Head, "http://pages.example/").await;
    assert_eq!(answer, Answer::Answered { status: 302, url: "http://pages.example/".into(), page: None });
}

#[tokio::test]
async fn an_answer_survives_the_way_from_one_function_to_the_other() {
    use app::Outside as _;
    let lab = Lab::default();
    lab.host("pages.example", &[PUBLIC]).says(&format!("{PUBLIC}:80"), page("Les bases de Git")).await;
    let question = serde_json::json!({ "url": "http://pages.example/", "ask": "page" });
    let answer = lab.fetcher().ask(question).await.unwrap();
    expect![[r#"{"outcome":"answered","page":{"lang":"fr","title":"Les bases de Git"},"status":200,"url":"http://pages.example/"}"#]]
        .assert_eq(&answer.to_string());
    assert_eq!(title(&serde_json::from_value::<Answer>(answer).unwrap()), Some("Les bases de Git"));
    let nonsense = lab.fetcher().ask(serde_json::json!({ "url": 3 })).await;
    assert!(nonsense.unwrap_err().to_string().contains("not a question"));
}
