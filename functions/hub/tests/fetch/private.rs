//! No socket is opened to a private address, whatever a name, a redirect or a spelling says.

use hub::fetch::{Answer, Ask, Trouble};
use serde_json::Value;

use crate::lab::{Lab, OTHER, PUBLIC, Secure, page, refused, title};

const ALL: [Ask; 3] = [Ask::Head, Ask::Page, Ask::Behind];

/// Every special range, at both ends where they have two.
const PRIVATE: [&str; 38] = [
    "0.0.0.0",
    "0.255.255.255",
    "10.0.0.5",
    "100.64.0.1",
    "100.127.255.255",
    "127.0.0.1",
    "127.255.255.254",
    "168.63.129.16",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.1",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.0.1",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.1.2.3",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:10.0.0.5",
    "::ffff:93.184.216.34",
    "::a00:5",
    "64:ff9b::a00:5",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:a00:5::1",
    "3fff::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "ff02::1",
];

#[tokio::test]
async fn a_name_that_resolves_to_anything_private_is_never_called() {
    for address in PRIVATE {
        let alone = [address];
        let first = [address, PUBLIC];
        let last = [PUBLIC, OTHER, "2606:4700::1111", address];
        for addresses in [&alone[..], &first, &last] {
            let lab = Lab::default();
            lab.host("pages.example", addresses).says(&format!("{PUBLIC}:80"), page("Non")).await;
            for ask in ALL {
                let answer = lab.asks(ask, "http://pages.example/").await;
                assert_eq!(refused(&answer), Some("private_address"), "{addresses:?}: {answer:?}");
            }
            assert_eq!((lab.dialled(), lab.accepted()), (vec![], 0), "{addresses:?}");
        }
    }
}

#[tokio::test]
async fn hub_33_no_connection_is_opened_for_any_url_of_the_list_nor_behind_a_redirect() {
    let spelled = [
        "http://127.0.0.1/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f.0.0.1/",
        "http://0x7f000001/",
        "http://0177.0.0.1/",
        "http://017700000001/",
        "http://①②⑦.⓪.⓪.①/",
        "http://127。0。0。1/",
        "http://0/",
        "http://[::1]/",
        "http://[::ffff:10.0.0.5]/",
        "http://[::ffff:a00:5]/",
        "http://[fd00:ec2::254]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://169.254.169.254./",
        "http://2852039166/",
        "http://0xa9.0xfe.0xa9.0xfe/",
        "http://0251.0376.0251.0376/",
        "http://%31%36%39.254.169.254/",
        "http://localhost/",
        "http://LOCALHOST./",
        "http://a.localhost/",
        "http://printer.local/",
        "http://nas/",
        "http://router.lan/",
        "http://metadata.google.internal/",
        "http://10.0.0.5.nip.io/",
        "http://localtest.me/",
        "http://pages.example@127.0.0.1/",
        "http://127.0.0.1@pages.example/",
        "http://user:pass@pages.example/",
        "http://pages.example:8080/",
        "http://pages.example:22/",
        "https://pages.example:80/",
        "http://pages.example:443/",
        "file:///etc/passwd",
        "ftp://pages.example/x",
        "gopher://127.0.0.1:6379/_x",
        "javascript:alert(1)",
        "data:text/html,<title>x</title>",
        "http://",
        "http:///",
        "http://\u{0}/",
        "not a link",
    ];
    let mut list: Vec<String> = spelled.iter().map(|url| (*url).to_owned()).collect();
    list.extend(from_the_shared_file());
    for url in &list {
        let lab = Lab::default();
        // Should anybody be asked, the name leads to a server that would answer.
        lab.host("pages.example", &[PUBLIC]).says(&format!("{PUBLIC}:80"), page("Non")).await;
        for ask in ALL {
            let answer = lab.asks(ask, url).await;
            assert!(refused(&answer).is_some(), "{url}: {answer:?}");
        }
        assert_eq!((lab.looked_up(), lab.dialled(), lab.accepted()), (vec![], vec![], 0), "{url}");

        // The same at the second hop: the first server is called, nobody else.
        if url.contains('\u{0}') || !url.contains(':') {
            continue;
        }
        let lab = Lab::default();
        lab.host("first.example", &[PUBLIC]).host("pages.example", &[OTHER]);
        lab.sends_to(PUBLIC, url).await;
        lab.says(&format!("{OTHER}:80"), page("Non")).await;
        let answer = lab.asks(Ask::Page, "http://first.example/").await;
        assert!(refused(&answer).is_some(), "{url}: {answer:?}");
        assert_eq!((lab.dialled(), lab.accepted()), (vec![format!("{PUBLIC}:80")], 1), "{url}");
    }

    let lab = Lab::default();
    lab.host("first.example", &[PUBLIC]).host("second.example", &["10.0.0.5"]);
    lab.sends_to(PUBLIC, "http://second.example/").await;
    let answer = lab.asks(Ask::Page, "http://first.example/").await;
    assert_eq!(refused(&answer), Some("private_address"));
    assert_eq!(lab.looked_up(), ["first.example", "second.example"]);
    assert_eq!(lab.dialled(), [format!("{PUBLIC}:80")]);
}

/// A list of addresses that others collected, or nothing and a line that says why.
fn shared(name: &str) -> Option<Value> {
    let path = tests::reference::shared(&format!("data/url/{name}"))?;
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    Some(serde_json::from_str(&text).expect("the shared files are JSON"))
}

/// What the shared list refuses.
fn from_the_shared_file() -> Vec<String> {
    let Some(lists) = shared("ssrf_dev.json") else { return Vec::new() };
    let list = lists["must_refuse"].as_array().expect("a list").iter();
    list.map(|url| url.as_str().expect("a text").to_owned()).collect()
}

#[tokio::test]
async fn a_name_that_changes_between_two_look_ups_changes_nothing() {
    let lab = Lab::default();
    lab.host_that_changes("pages.example", &[&[PUBLIC], &["127.0.0.1"]]);
    lab.says(&format!("{PUBLIC}:80"), page("La bonne")).await;
    let answer = lab.asks(Ask::Page, "http://pages.example/").await;
    assert_eq!(title(&answer), Some("La bonne"));
    // One look-up, and the socket goes to what it said.
    assert_eq!(lab.looked_up(), ["pages.example"]);
    assert_eq!(lab.dialled(), [format!("{PUBLIC}:80")]);
    // The next link is looked up anew, and refused.
    assert_eq!(refused(&lab.asks(Ask::Page, "http://pages.example/").await), Some("private_address"));
    assert_eq!(lab.dialled().len(), 1);
}

#[tokio::test]
async fn a_site_that_redirects_to_itself_and_turns_private_meanwhile_is_left_there() {
    let lab = Lab::default();
    lab.host_that_changes("pages.example", &[&[PUBLIC], &["169.254.169.254"]]);
    lab.sends_to(PUBLIC, "/latest/meta-data/").await;
    let answer = lab.asks(Ask::Page, "http://pages.example/").await;
    assert_eq!(refused(&answer), Some("private_address"));
    assert_eq!((lab.looked_up().len(), lab.dialled().len(), lab.accepted()), (2, 1, 1));
}

#[tokio::test]
async fn five_redirects_are_followed_and_a_sixth_is_not() {
    for (redirects, opened) in [(5, true), (6, false)] {
        let lab = Lab::default();
        for hop in 0..redirects {
            let address = format!("93.184.216.{hop}");
            lab.host(&format!("hop{hop}.example"), &[&address]);
            lab.sends_to(&address, &format!("//hop{}.example/", hop + 1)).await;
        }
        let last = format!("93.184.216.{redirects}");
        lab.host(&format!("hop{redirects}.example"), &[&last]);
        lab.says(&format!("{last}:80"), page("Arrivée")).await;
        let answer = lab.asks(Ask::Page, "http://hop0.example/").await;
        assert_eq!(title(&answer).is_some(), opened, "{redirects}: {answer:?}");
        assert_eq!(lab.accepted(), 6, "{redirects}");
        if !opened {
            assert_eq!(refused(&answer), Some("too_many_redirects"));
        }
    }
}

#[tokio::test]
async fn redirects_that_turn_in_a_circle_end() {
    let lab = Lab::default();
    lab.host("a.example", &[PUBLIC]).host("b.example", &[OTHER]);
    lab.sends_to(PUBLIC, "http://b.example/").await;
    lab.sends_to(OTHER, "http://a.example/").await;
    assert_eq!(refused(&lab.asks(Ask::Page, "http://a.example/").await), Some("too_many_redirects"));
    assert_eq!(lab.accepted(), 6);
}

#[tokio::test]
async fn a_secure_link_goes_to_the_vetted_address_under_its_own_name_only() {
    use futures_util::FutureExt as _;
    use std::sync::{Arc, Mutex};
    use tokio::io::AsyncReadExt as _;

    let hello = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&hello);
    let lab = Lab::default();
    lab.host("pages.example", &[PUBLIC]);
    lab.server(
        &format!("{PUBLIC}:443"),
        Arc::new(move |mut stream| {
            let heard = Arc::clone(&heard);
            async move {
                let mut bytes = vec![0; 2048];
                let length = stream.read(&mut bytes).await.unwrap_or(0);
                heard.lock().unwrap().extend_from_slice(&bytes[..length]);
            }
            .boxed()
        }),
    )
    .await;
    let answer = lab.asks(Ask::Page, "https://pages.example/").await;
    // What answers is no server with a certificate for that name: nothing is sent to it.
    assert_eq!(answer, Answer::Trouble { trouble: Trouble::Tls });
    assert_eq!(lab.dialled(), [format!("{PUBLIC}:443")]);
    let hello = hello.lock().unwrap();
    assert_eq!(hello.first(), Some(&0x16), "a TLS handshake");
    let holds = |text: &[u8]| hello.windows(text.len()).any(|window| window == text);
    assert!(holds(b"pages.example"), "the name is announced");
    assert!(!holds(b"GET"), "nothing is sent in clear");
}

#[tokio::test]
async fn the_address_behind_a_short_link_is_found_out_and_not_opened() {
    let lab = Lab::default();
    // Short links are secure; their servers here are not, so the way begins with a plain one.
    lab.host("bit.ly", &[PUBLIC]).host("pages.example", &[OTHER]);
    lab.sends_to(PUBLIC, "https://pages.example/cours?p=1").await;
    lab.says(&format!("{OTHER}:443"), page("Non")).await;
    let answer = lab.asks(Ask::Behind, "http://bit.ly/3Abc").await;
    assert_eq!(answer, Answer::Leads { url: "https://pages.example/cours?p=1".into() });
    assert_eq!(lab.dialled(), [format!("{PUBLIC}:80")]);
}

#[tokio::test]
async fn a_short_link_to_a_short_link_is_followed_and_one_to_a_private_address_is_not_opened() {
    let lab = Lab::default();
    lab.host("bit.ly", &[PUBLIC]).host("is.gd", &[OTHER]);
    lab.sends_to(PUBLIC, "http://is.gd/x").await;
    lab.sends_to(OTHER, "http://169.254.169.254/latest/").await;
    let answer = lab.asks(Ask::Behind, "http://bit.ly/3Abc").await;
    // Whether it may be published is the worker's to judge, by the rules for every link.
    assert_eq!(answer, Answer::Leads { url: "http://169.254.169.254/latest/".into() });
    assert_eq!(lab.dialled(), [format!("{PUBLIC}:80"), format!("{OTHER}:80")]);
}

#[tokio::test]
async fn a_name_that_is_not_there_is_told_from_a_server_that_is_not_there() {
    let lab = Lab::default();
    assert_eq!(lab.asks(Ask::Head, "http://nobody.example/").await, Answer::Unknown);
    lab.host("empty.example", &[]);
    assert_eq!(lab.asks(Ask::Head, "http://empty.example/").await, Answer::Unknown);
    lab.host("silent.example", &["2606:4700::1111", PUBLIC, OTHER]);
    let answer = lab.asks(Ask::Head, "http://silent.example/").await;
    assert_eq!(answer, Answer::Trouble { trouble: Trouble::Connection });
    // IPv4 first, each vetted address once.
    assert_eq!(lab.dialled(), [format!("{PUBLIC}:80"), format!("{OTHER}:80"), "[2606:4700::1111]:80".into()]);
}

/// Private addresses in each of the ways in which IPv6 carries those of IPv4, and plainly.
const CARRIED: [&str; 5] =
    ["10.0.0.5", "::ffff:10.0.0.5", "64:ff9b::a00:5", "2002:a00:5::1", "::ffff:169.254.169.254"];

#[tokio::test]
async fn hub_33_no_hop_leads_to_a_private_address_by_name_or_by_number() {
    for hop in 1..=5_u8 {
        for private in CARRIED {
            let literal = if private.contains(':') { format!("[{private}]") } else { private.into() };
            for (target, word) in [(literal.as_str(), "ip_literal"), ("inside.example", "private_address")] {
                let lab = Lab::default();
                lab.host("inside.example", &[private]);
                for number in 0..hop {
                    let address = format!("93.184.216.{number}");
                    lab.host(&format!("hop{number}.example"), &[&address]);
                    let next = format!("hop{}.example", number + 1);
                    let next = if number + 1 == hop { target } else { &next };
                    lab.sends_to(&address, &format!("http://{next}/")).await;
                }
                let answer = lab.asks(Ask::Page, "http://hop0.example/").await;
                assert_eq!(refused(&answer), Some(word), "hop {hop} to {target} ({private})");
                let expected: Vec<String> =
                    (0..hop).map(|number| format!("93.184.216.{number}:80")).collect();
                assert_eq!(lab.dialled(), expected, "hop {hop} to {target} ({private})");
            }
        }
    }
}

#[tokio::test]
async fn hub_33_an_address_is_called_in_none_of_its_spellings() {
    let Some(file) = shared("urlcanon_funky_ipv4.json") else { return };
    for spelled in file.as_object().expect("a table of addresses").keys() {
        let lab = Lab::default();
        let url = format!("http://{spelled}/");
        let answer = lab.asks(Ask::Page, &url).await;
        assert!(refused(&answer).is_some(), "{url}: {answer:?}");
        assert_eq!((lab.looked_up(), lab.dialled()), (vec![], vec![]), "{url}");
        // The same behind a redirect, where only the first server is called.
        lab.host("first.example", &[PUBLIC]).sends_to(PUBLIC, &url).await;
        let answer = lab.asks(Ask::Page, "http://first.example/").await;
        assert!(refused(&answer).is_some(), "{url}: {answer:?}");
        assert_eq!(lab.dialled(), [format!("{PUBLIC}:80")], "{url}");
    }
}

#[tokio::test]
async fn a_secure_page_is_read_and_never_sends_us_on_in_clear() {
    let secure = Secure::new();
    let lab = Lab::default();
    lab.host("pages.example", &[PUBLIC]).host("clear.example", &[OTHER]);
    lab.says(&format!("{OTHER}:80"), page("En clair")).await;
    secure.says(&lab, &format!("{PUBLIC}:443"), "pages.example", page("Sûre")).await;
    assert_eq!(title(&secure.asks(&lab, "https://pages.example/").await), Some("Sûre"));

    let sent = "HTTP/1.1 302 Found\r\nLocation: http://clear.example/\r\nContent-Length: 0\r\n\r\n";
    secure.says(&lab, &format!("{PUBLIC}:443"), "pages.example", sent.into()).await;
    for _ in 0..2 {
        assert_eq!(refused(&secure.asks(&lab, "https://pages.example/").await), Some("downgrade"));
    }
    assert!(!lab.looked_up().contains(&"clear.example".to_owned()), "{:?}", lab.looked_up());
    assert!(!lab.dialled().contains(&format!("{OTHER}:80")), "{:?}", lab.dialled());
}

#[tokio::test]
async fn a_server_with_the_certificate_of_another_name_hears_nothing() {
    let secure = Secure::new();
    let lab = Lab::default();
    lab.host("pages.example", &[PUBLIC]);
    secure.says(&lab, &format!("{PUBLIC}:443"), "other.example", page("Non")).await;
    let answer = secure.asks(&lab, "https://pages.example/").await;
    assert_eq!(answer, Answer::Trouble { trouble: Trouble::Tls });
    // One that nobody we trust has signed hears nothing either.
    secure.says(&lab, &format!("{PUBLIC}:443"), "pages.example", page("Non")).await;
    let answer = lab.asks(Ask::Page, "https://pages.example/").await;
    assert_eq!(answer, Answer::Trouble { trouble: Trouble::Tls });
    assert_eq!(lab.requests(), [""; 0]);
}
