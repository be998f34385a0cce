//! Limits of size, time and kind hold against servers that mean harm.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use futures_util::FutureExt as _;
use futures_util::future::join_all;
use hub::fetch::request::{BODY_MAX_BYTES, HEAD_MAX_BYTES, HEADERS_MAX, TIME_MAX};
use hub::fetch::{Answer, Ask, Trouble};
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;

use crate::lab::{Behaviour, Lab, PUBLIC, heard, page, title};

const OK_PAGE: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n";

fn behaves<F, B>(behaviour: F) -> Behaviour
where
    F: Fn(TcpStream) -> B + Send + Sync + 'static,
    B: Future<Output = ()> + Send + 'static,
{
    Arc::new(move |stream| behaviour(stream).boxed())
}

async fn asked(behaviour: Behaviour) -> (Answer, Duration) {
    let lab = Lab::default();
    lab.host("pages.example", &[PUBLIC]);
    lab.server(&format!("{PUBLIC}:80"), behaviour).await;
    let started = Instant::now();
    let answer = lab.asks(Ask::Page, "http://pages.example/").await;
    (answer, started.elapsed())
}

#[tokio::test]
async fn a_server_that_takes_its_time_is_left_after_five_seconds() {
    let silent = behaves(|stream| async move {
        tokio::time::sleep(Duration::from_mins(1)).await;
        drop(stream);
    });
    let drips_its_head = behaves(|mut stream| async move {
        heard(&mut stream).await;
        for byte in b"HTTP/1.1 200 OK\r\nX-A: ".iter().chain(std::iter::repeat(&b'a')) {
            tokio::time::sleep(Duration::from_millis(50)).await;
            if stream.write_all(&[*byte]).await.is_err() {
                return;
            }
        }
    });
    let informs_for_ever = behaves(|mut stream| async move {
        heard(&mut stream).await;
        while stream.write_all(b"HTTP/1.1 103 Early Hints\r\n\r\n").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    });
    let drips_its_body = behaves(|mut stream| async move {
        heard(&mut stream).await;
        let _ = stream.write_all(OK_PAGE).await;
        let _ = stream.write_all(b"\r\n<title>Lente</title>").await;
        while stream.write_all(b"<").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    });
    let redirects_slowly = behaves(|mut stream| async move {
        heard(&mut stream).await;
        tokio::time::sleep(Duration::from_millis(1_500)).await;
        let _ = stream.write_all(b"HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n").await;
    });
    let all = [silent, drips_its_head, informs_for_ever, redirects_slowly, drips_its_body];
    let answers = join_all(all.into_iter().map(asked)).await;
    for (number, (answer, took)) in answers.iter().enumerate() {
        assert!(*took < TIME_MAX + Duration::from_secs(2), "{number}: {took:?}");
        if number < 4 {
            assert_eq!(*answer, Answer::Trouble { trouble: Trouble::Late }, "{number}");
        }
    }
    // It did answer, and what came of its page in time is read.
    assert_eq!(title(&answers[4].0), Some("Lente"));
}

#[tokio::test]
async fn a_page_without_end_is_read_up_to_one_mebibyte() {
    let sent = Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let count = Arc::clone(&sent);
    let endless = behaves(move |mut stream| {
        let count = Arc::clone(&count);
        async move {
            heard(&mut stream).await;
            let _ = stream.write_all(OK_PAGE).await;
            let _ = stream.write_all(b"\r\n<title>Sans fin</title>").await;
            let part = vec![b'a'; 16 * 1024];
            while stream.write_all(&part).await.is_ok() {
                count.fetch_add(part.len(), std::sync::atomic::Ordering::SeqCst);
            }
        }
    });
    let (answer, took) = asked(endless).await;
    assert_eq!(title(&answer), Some("Sans fin"));
    assert!(took < TIME_MAX, "{took:?}");
    // The rest is what waits in the buffers of both sides.
    let sent = sent.load(std::sync::atomic::Ordering::SeqCst);
    assert!(sent < 12 * BODY_MAX_BYTES, "{sent} bytes were taken");
}

#[tokio::test]
async fn what_stands_behind_the_first_mebibyte_is_not_read() {
    let mut html = OK_PAGE.to_vec();
    html.extend_from_slice(b"\r\n<!--");
    html.resize(html.len() + BODY_MAX_BYTES, b' ');
    html.extend_from_slice(b"--><title>Trop loin</title>");
    let lab = Lab::default();
    lab.host("pages.example", &[PUBLIC]).says(&format!("{PUBLIC}:80"), html).await;
    let answer = lab.asks(Ask::Page, "http://pages.example/").await;
    assert_eq!(answer, Answer::Answered { status: 200, url: "http://pages.example/".into(), page: None });
}

#[tokio::test]
async fn nothing_is_read_of_a_page_after_its_head() {
    let answer = behaves(|mut stream| async move {
        heard(&mut stream).await;
        let _ = stream.write_all(OK_PAGE).await;
        let _ = stream.write_all(b"\r\n<title>Vite</title><bo").await;
        tokio::time::sleep(Duration::from_millis(50)).await;
        let _ = stream.write_all(b"dy>").await;
        tokio::time::sleep(Duration::from_mins(1)).await;
    });
    let (answer, took) = asked(answer).await;
    assert_eq!(title(&answer), Some("Vite"));
    assert!(took < Duration::from_secs(4), "{took:?}");
}

#[tokio::test]
async fn heads_that_are_too_large_or_not_http_are_no_answer() {
    let many = "X-A: a\r\n".repeat(HEADERS_MAX + 1);
    let large = format!("X-A: {}\r\n", "a".repeat(HEAD_MAX_BYTES));
    let cases = [
        format!("HTTP/1.1 200 OK\r\n{many}\r\n"),
        format!("HTTP/1.1 200 OK\r\n{large}\r\n"),
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef".into(),
        "SSH-2.0-OpenSSH_9.2\r\n".into(),
        "-ERR unknown command 'GET'\r\n".into(),
        "\u{0}\u{1}\u{2}".into(),
        String::new(),
    ];
    for case in cases {
        let lab = Lab::default();
        lab.host("pages.example", &[PUBLIC]).says(&format!("{PUBLIC}:80"), &case).await;
        let answer = lab.asks(Ask::Page, "http://pages.example/").await;
        let start: String = case.chars().take(40).collect();
        assert_eq!(answer, Answer::Trouble { trouble: Trouble::Protocol }, "{start:?}");
    }
}

/// A server that says this after each request, then that for as long as anybody listens: how much it
/// could send.
fn floods(first: &'static [u8], then: &'static [u8]) -> (Behaviour, Arc<AtomicUsize>) {
    let sent = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&sent);
    let behaviour = behaves(move |mut stream| {
        let count = Arc::clone(&count);
        async move {
            heard(&mut stream).await;
            let _ = stream.write_all(first).await;
            let part = then.repeat(16 * 1024 / then.len());
            while stream.write_all(&part).await.is_ok() {
                count.fetch_add(part.len(), Ordering::SeqCst);
            }
        }
    });
    (behaviour, sent)
}

/// More than both sides' buffers hold at once, and far less than a flood would bring in five seconds.
const UNREAD_MAX_BYTES: usize = 12 * BODY_MAX_BYTES;

#[tokio::test]
async fn a_flood_of_headers_ends_the_connection() {
    for (first, then) in [
        (&b"HTTP/1.1 200 OK\r\n"[..], &b"X-A: a\r\n"[..]),
        (b"HTTP/1.1 200 OK\r\nX-A: ", b"aaaaaaaaaaaaaaaa"),
        (b"HTTP/1.1 200 OK\r\nSet-Cookie: a=", b"; a=aaaaaaaaaaaa"),
        (b"HTTP/1.1 200 ", b"OKOKOKOKOKOKOKOK"),
        (b"", b"aaaaaaaaaaaaaaaa"),
    ] {
        let (behaviour, sent) = floods(first, then);
        let (answer, took) = asked(behaviour).await;
        let name = String::from_utf8_lossy(first);
        assert_eq!(answer, Answer::Trouble { trouble: Trouble::Protocol }, "{name:?}");
        assert!(took < TIME_MAX, "{name:?}: {took:?}");
        let sent = sent.load(Ordering::SeqCst);
        assert!(sent < UNREAD_MAX_BYTES, "{name:?}: {sent} bytes were taken");
    }
}

#[tokio::test]
async fn a_page_that_would_unpack_to_more_is_neither_unpacked_nor_read() {
    for first in [
        &b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n\x1f\x8b\x08\0"[..],
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: br\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip, gzip, gzip\r\n\r\n\x1f\x8b",
        b"HTTP/1.1 200 OK\r\nContent-Type: application/zip\r\n\r\nPK\x03\x04",
    ] {
        let (behaviour, sent) = floods(first, b"\xff\xff\xff\xff\0\0\0\0");
        let (answer, took) = asked(behaviour).await;
        let name = String::from_utf8_lossy(first);
        let expected = Answer::Answered { status: 200, url: "http://pages.example/".into(), page: None };
        assert_eq!(answer, expected, "{name:?}");
        assert!(took < Duration::from_secs(2), "{name:?}: {took:?}");
        let sent = sent.load(Ordering::SeqCst);
        assert!(sent < UNREAD_MAX_BYTES, "{name:?}: {sent} bytes were taken");
    }
}

#[tokio::test]
async fn only_plain_html_is_read() {
    let html = "<title>Lue</title>";
    let cases = [
        ("Content-Type: text/html", true),
        ("content-type: TEXT/HTML ; charset=utf-8", true),
        ("Content-Type: text/html\r\nContent-Encoding: identity", true),
        ("Content-Type: text/html\r\nContent-Encoding: gzip", false),
        ("Content-Type: text/html\r\nContent-Encoding: identity\r\nContent-Encoding: br", false),
        ("Content-Type: application/pdf", false),
        ("Content-Type: image/svg+xml", false),
        ("Content-Type: text/plain", false),
        ("Content-Type: text/html-sandboxed", false),
        ("X-A: b", false),
    ];
    for (headers, read) in cases {
        let lab = Lab::default();
        let answer = format!("HTTP/1.1 200 OK\r\n{headers}\r\n\r\n{html}");
        lab.host("pages.example", &[PUBLIC]).says(&format!("{PUBLIC}:80"), answer).await;
        let answer = lab.asks(Ask::Page, "http://pages.example/").await;
        assert_eq!(title(&answer).is_some(), read, "{headers}");
        assert!(matches!(answer, Answer::Answered { status: 200, .. }), "{headers}: {answer:?}");
        let request = &lab.requests()[0];
        assert!(
            request.contains("accept-encoding: identity\r\n"),
            "no compressed page is asked for: {request}"
        );
    }
}

#[tokio::test]
async fn a_head_request_reads_no_page() {
    let lab = Lab::default();
    lab.host("pages.example", &[PUBLIC]).says(&format!("{PUBLIC}:80"), page("Non")).await;
    let answer = lab.asks(Ask::Head, "http://pages.example/a?b=c#d").await;
    assert_eq!(
        answer,
        Answer::Answered { status: 200, url: "http://pages.example/a?b=c#d".into(), page: None }
    );
    assert!(lab.requests()[0].starts_with("HEAD /a?b=c HTTP/1.1\r\n"), "{}", lab.requests()[0]);
}
