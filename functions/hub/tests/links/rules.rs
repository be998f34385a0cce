//! Rules U0 to U9, a table for each.

use hub::link::key::{KEY_MAX_BYTES, NotALink, RULES_VERSION, canonical};

use super::{distinct, key, keys, same};

#[test]
fn u0_a_link_is_found_in_what_surrounds_it() {
    same(&[
        "https://e.example/a?b=1&c=2",
        " \u{200B}https://e.example/a?b=1&c=2\u{FEFF}\n",
        "\u{A0}https://e.example/a?b=1&c=2\u{2060}",
        "<https://e.example/a?b=1&c=2>",
        "\"https://e.example/a?b=1&c=2\"",
        "« https://e.example/a?b=1&c=2 »",
        "https://e.example/a?b=1&amp;c=2",
        "https://e.example/a?b=1&amp;amp;c=2",
        "[le cours](https://e.example/a?b=1&c=2)",
        "[le cours](<https://e.example/a?b=1&c=2>)",
        "e.example/a?b=1&c=2",
        "//e.example/a?b=1&c=2",
        "Regardez https://e.example/a?b=1&c=2, c'est bien",
        "C'est là : https://e.example/a?b=1&c=2.",
        "(voir https://e.example/a?b=1&c=2)",
        "voir (https://e.example/a?b=1&c=2).",
        "voir « https://e.example/a?b=1&c=2 » !",
        "voir [ici](https://e.example/a?b=1&c=2)…",
        "voir https://e.example/a?b=1&c=2 et https://autre.example",
        "https://e.example/a?b=1&c=2, puis https://autre.example",
        "(voir (https://e.example/a?b=1&c=2)).",
    ]);
}

#[test]
fn u0_parentheses_of_a_link_stay_when_they_match() {
    same(&[
        "https://e.example/wiki/Rust_(langage)",
        "[Rust](https://e.example/wiki/Rust_(langage))",
        "voir https://e.example/wiki/Rust_(langage).",
        "(voir https://e.example/wiki/Rust_(langage))",
    ]);
}

#[test]
fn u0_a_bare_link_is_taken_whole() {
    keys(&[
        ("https://e.example/Foo_Inc.", "e.example/Foo_Inc."),
        ("https://e.example/a b", "e.example/a%20b"),
        ("e.example:8443/a", "e.example:8443/a"),
        ("localhost:3000/a", "//localhost:3000/a"),
    ]);
}

#[test]
fn u1_only_the_web_is_a_link() {
    for (text, expected) in [
        ("", NotALink::Empty),
        (" \u{200B} ", NotALink::Empty),
        ("<>", NotALink::Empty),
        ("mailto:jean@e.example", NotALink::Scheme),
        ("tel:004346382763", NotALink::Scheme),
        ("javascript:alert(1)", NotALink::Scheme),
        ("data:text/plain,a", NotALink::Scheme),
        ("ftp://e.example/a", NotALink::Scheme),
        ("file:///etc/passwd", NotALink::Scheme),
        ("bonjour", NotALink::Address),
        ("bonjour tout le monde", NotALink::Address),
        ("https://", NotALink::Address),
        ("https://a b/", NotALink::Address),
        ("https://./", NotALink::Address),
        ("https://e.example:99999/", NotALink::Address),
        ("http://1.2.3.256/", NotALink::Address),
        ("/cours/1", NotALink::Address),
        ("?p=1", NotALink::Address),
        ("#a", NotALink::Address),
    ] {
        assert_eq!(canonical(text), Err(expected), "{text:?}");
    }
}

#[test]
fn u1_an_address_is_read_as_a_browser_does() {
    same(&[
        "https://e.example/a/c",
        "http://e.example/a/c",
        "HTTPS://E.EXAMPLE/a/c",
        "https:e.example/a/c",
        "https://e.example:443/a/c",
        "http://e.example:80/a/c",
        "https://jean:secret@e.example/a/c",
        "https:\\\\e.example\\a\\c",
        "https://e.example/a/b/../c",
        "https://e.example/a/%2e/c",
        "ht\ttps://e.exa\nmple/a/c",
    ]);
    distinct(&[
        "https://e.example/a",
        "https://e.example:8443/a",
        "https://e.example:80/a",
        "http://e.example:443/a",
    ]);
}

#[test]
fn u2_envelopes_are_opened() {
    same(&[
        "https://example.org/cours?p=1",
        "https://www.google.com/url?q=https%3A%2F%2Fexample.org%2Fcours%3Fp%3D1&sa=D",
        "https://www.google.fr/url?sa=t&url=https%3A%2F%2Fexample.org%2Fcours%3Fp%3D1",
        "https://google.co.uk/url?q=notalink&url=https://example.org/cours?p=1",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.org%2Fcours%3Fp%3D1&h=AT0",
        "https://lm.facebook.com/l.php?u=https%3A%2F%2Fexample.org%2Fcours%3Fp%3D1",
        "https://l.instagram.com/?u=https%3A%2F%2Fexample.org%2Fcours%3Fp%3D1&e=AT",
        "https://www.youtube.com/redirect?event=video&q=https%3A%2F%2Fexample.org%2Fcours%3Fp%3D1",
        "https://out.reddit.com/t3_abc?url=https%3A%2F%2Fexample.org%2Fcours%3Fp%3D1&token=x",
        "https://slack-redir.net/link?url=https%3A%2F%2Fexample.org%2Fcours%3Fp%3D1",
        "https://www.linkedin.com/safety/go?url=https%3A%2F%2Fexample.org%2Fcours%3Fp%3D1&trk=x",
        "https://www.linkedin.com/redir/redirect?url=https%3A%2F%2Fexample.org%2Fcours%3Fp%3D1",
        "https://duckduckgo.com/l/?uddg=https%3A%2F%2Fexample.org%2Fcours%3Fp%3D1&rut=x",
        "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.org%2Fcours%3Fp%3D1&data=x",
        "https://medium.com/r/?url=https%3A%2F%2Fexample.org%2Fcours%3Fp%3D1",
        "https://steamcommunity.com/linkfilter/?url=https://example.org/cours?p=1",
        "https://steamcommunity.com/linkfilter/?u=https%3A%2F%2Fexample.org%2Fcours%3Fp%3D1",
        "https://t.umblr.com/redirect?z=https%3A%2F%2Fexample.org%2Fcours%3Fp%3D1&t=x",
        "https://disq.us/url?url=https%3A%2F%2Fexample.org%2Fcours%3Fp%3D1",
        "https://vk.com/away.php?to=https%3A%2F%2Fexample.org%2Fcours%3Fp%3D1",
        "https://m.vk.com/away.php?to=https%3A%2F%2Fexample.org%2Fcours%3Fp%3D1",
        "https://www.google.com/amp/s/example.org/cours?p=1",
        "http://google.com/amp/example.org/cours?p=1&usqp=mq331AQ&amp_js_v=0.1",
        "https://example-org.cdn.ampproject.org/c/s/example.org/cours?p=1",
        "https://example-org.cdn.ampproject.org/v/s/www.example.org/cours/?p=1&amp_js_v=a6",
    ]);
}

#[test]
fn u2_an_envelope_in_an_envelope_is_opened_until_it_is_made_to_annoy() {
    let nested =
        |depth| format!("{}https://example.org/cours", "https://www.google.com/url?q=".repeat(depth));
    for depth in 0..20 {
        assert_eq!(key(&nested(depth)), "example.org/cours", "{depth}");
    }
    for depth in [25, 100, 1000] {
        assert_eq!(canonical(&nested(depth)), Err(NotALink::Address), "{depth}");
    }
}

#[test]
fn u2_a_relative_address_is_only_believed_from_youtube() {
    assert_eq!(
        key("https://www.youtube.com/attribution_link?a=x&u=%2Fwatch%3Fv%3DdQw4w9WgXcQ"),
        "youtube:dQw4w9WgXcQ"
    );
    assert_eq!(key("https://www.google.com/url?q=/cours"), "google.com/url?q=%2Fcours");
}

#[test]
fn u2_url_is_data_on_any_other_host_and_path() {
    keys(&[
        (
            "https://validator.example/check?url=https://example.org/",
            "validator.example/check?url=https%3A%2F%2Fexample.org%2F",
        ),
        (
            "https://news.google.com/url?q=https://example.org",
            "news.google.com/url?q=https%3A%2F%2Fexample.org",
        ),
        ("https://google.com/search?q=https://example.org", "google.com/search?q=https%3A%2F%2Fexample.org"),
        (
            "https://google.evil.example/url?q=https://example.org",
            "google.evil.example/url?q=https%3A%2F%2Fexample.org",
        ),
        (
            "https://google.com:8443/url?q=https://example.org",
            "google.com:8443/url?q=https%3A%2F%2Fexample.org",
        ),
        ("https://www.google.com/url?q=ftp://example.org", "google.com/url?q=ftp%3A%2F%2Fexample.org"),
        (
            "https://web.archive.org/web/2020/https://example.org/",
            "web.archive.org/web/2020/https://example.org",
        ),
        ("https://www.google.com/amp/s/", "google.com/amp/s"),
    ]);
}

#[test]
fn u3_hosts_have_one_spelling() {
    same(&[
        "https://éducation.example.fr/a",
        "https://xn--ducation-90a.example.fr/a",
        "https://ÉDUCATION.example.fr./a",
        "https://www.e\u{301}ducation.example.fr/a",
    ]);
    same(&[
        "https://e.example/a",
        "https://www.e.example/a",
        "https://www2.e.example/a",
        "https://www.www14.e.example/a",
    ]);
    distinct(&[
        "https://e.example/a",
        "https://www123.e.example/a",
        "https://web.e.example/a",
        "https://m.e.example/a",
        "https://fr.e.example/a",
    ]);
    keys(&[
        ("https://www.com/", "www.com"),
        ("https://www10.org/", "www10.org"),
        ("https://www.gouv.fr/", "www.gouv.fr"),
        ("https://www.co.uk/", "www.co.uk"),
        ("https://www.github.io/", "www.github.io"),
        ("https://www.service-public.gouv.fr/", "service-public.gouv.fr"),
        ("http://[::1]:80/a", "[::1]/a"),
        ("http://0x7f.1/a", "127.0.0.1/a"),
    ]);
}

#[test]
fn u4_paths_have_one_spelling() {
    same(&[
        "https://e.example/~jean/(a),b!c'd*e:f@g$h",
        "https://e.example/%7Ejean/%28a%29%2Cb%21c%27d%2Ae%3Af%40g%24h/",
        "https://e.example//%7ejean///(a),b!c'd*e:f@g$h//",
    ]);
    same(&[
        "https://e.example/é",
        "https://e.example/%C3%A9",
        "https://e.example/%c3%a9",
        "https://e.example/e%CC%81",
    ]);
    same(&[
        "https://e.example/a/b",
        "https://e.example/a;jsessionid=E85FAC/b",
        "https://e.example/a/;JSESSIONID=E85FAC/b",
        "https://e.example/(S(4hqa0555fwsecu455xqckv45))/a/b",
    ]);
    keys(&[
        ("https://e.example/a%b", "e.example/a%25b"),
        ("https://e.example/a%2fb", "e.example/a%2Fb"),
        ("https://e.example/https://f.example//a", "e.example/https://f.example/a"),
        ("https://e.example/caf%E9", "e.example/caf%E9"),
        ("https://e.example/%2A%CC%81", "e.example/*%CC%81"),
        ("https://e.example/", "e.example"),
    ]);
    distinct(&[
        "https://e.example/Cours",
        "https://e.example/cours",
        "https://e.example/cours.html",
        "https://e.example/a/b",
        "https://e.example/a%2Fb",
        "https://e.example/c+d",
        "https://e.example/c%2Bd",
        "https://e.example/c%20d",
        "https://e.example/(S(court))/x",
        "https://e.example/x",
    ]);
}

#[test]
fn u5_queries_have_one_spelling() {
    same(&[
        "https://e.example/r?a=1&b=deux+mots&c",
        "https://e.example/r?&c=&b=deux%20mots&&a=1&",
        "https://e.example/r?%61=%31&b=deux mots&c",
    ]);
    distinct(&[
        "https://e.example/r?a=1&a=2",
        "https://e.example/r?a=2&a=1",
        "https://e.example/r?a=1?a=2",
        "https://e.example/r?a=1%26a=2",
        "https://e.example/r?a=1;a=2",
        "https://e.example/r?A=1&a=2",
        "https://e.example/r?a=1",
        "https://e.example/r",
        "https://e.example/r?a=%2B",
        "https://e.example/r?a=+",
    ]);
    keys(&[
        ("https://e.example/r?=", "e.example/r"),
        ("https://e.example/r?=1", "e.example/r?=1"),
        ("https://e.example/r?k=r%e9sum%e9", "e.example/r?k=r%E9sum%E9"),
        ("https://e.example?b=2&a=1", "e.example?a=1&b=2"),
    ]);
}

#[test]
fn u5_what_follows_people_is_dropped_in_any_case() {
    for noise in [
        "utm_source=discord",
        "UTM_Medium=social",
        "utm_invente=x",
        "fbclid=IwAR0",
        "gclid=x",
        "ScCid=1",
        "gPromoCode=1",
        "mtm_x=1",
        "matomo_y=1",
        "piwik_z=1",
        "pk_kwd=1",
        "ASPSESSIONIDAQBSDSRT=EOHB",
        "PHPSESSID=9682993c8daa2c5497996114facdc805",
        "jsessionid=1",
        "_hsenc=1",
        "xtor=RSS-1",
        "at_medium=x",
        "wt.mc_id=1",
        "WT.mc_id=1",
        "guce_referrer=x",
        "mc_eid=b2",
        "igsh=x",
        "li_fat_id=1",
        "_openstat=x",
        "__s=x",
        "sid=9682993c8daa2c5497996114facdc805",
        "amp",
        "amp=1",
        "amp=true",
        "outputType=amp",
        "ref=producthunt",
        "ref=Reddit",
        "ref=blog.example.com",
        "ref=lobste.rs",
        "ref=whatsapp",
        "%75tm_source=x",
    ] {
        same(&["https://e.example/a?id=3", &format!("https://e.example/a?id=3&{noise}")]);
        same(&["https://e.example/a", &format!("https://e.example/a?{noise}")]);
    }
}

#[test]
fn u5_what_may_be_content_is_kept() {
    for content in [
        "t=1",
        "v=1",
        "id=1",
        "s=1",
        "q=1",
        "p=1",
        "page=1",
        "lang=fr",
        "hl=fr",
        "source=x",
        "from=x",
        "via=x",
        "version=1",
        "si=1",
        "campid=1",
        "toolid=3",
        "customid=1",
        "mkevt=1",
        "rtid=1",
        "sid=12",
        "sid=9682993c8daa2c5497996114facdc80",
        "sid=section-une",
        "amp=2",
        "outputtype=pdf",
        "ref=main",
        "ref=v1.0",
        "ref=node.js",
        "ref=",
        "ref=chapitre",
        "feature=x",
        "tab=x",
        "trk=1",
        "context=1",
        "src=1",
        "utm=1",
    ] {
        distinct(&["https://e.example/a", &format!("https://e.example/a?{content}")]);
    }
}

#[test]
fn u5_ref_is_a_branch_where_code_is_kept() {
    distinct(&["https://gitlab.com/a/b/c?ref=fix.dev", "https://gitlab.com/a/b/c"]);
    for path in
        ["a/b/-/tree/c", "a/blob/c", "a/tree/c", "api/a/contents/c", "a/raw/c", "a/archive/c", "a/tree"]
    {
        distinct(&[
            &format!("https://git.e.example/{path}?ref=fix.dev"),
            &format!("https://git.e.example/{path}"),
        ]);
    }
}

#[test]
fn u7_renderings_of_an_article_are_the_article() {
    same(&[
        "https://e.example/mon-article-rust",
        "https://e.example/mon-article-rust/amp",
        "https://e.example/mon-article-rust/amp/",
        "https://e.example/mon-article-rust.amp",
        "https://amp.e.example/mon-article-rust",
        "https://www.amp.e.example/mon-article-rust?amp=1",
    ]);
    same(&["https://e.example/20240131/amp", "https://e.example/20240131"]);
    same(&["https://e.example/a.php/amp", "https://e.example/a.php"]);
    distinct(&["https://e.example/guitare/amp", "https://e.example/guitare"]);
    distinct(&["https://amp.e.example/guitare", "https://e.example/guitare"]);
    distinct(&[
        "https://amp.dev/documentation/guides-and-tutorials",
        "https://dev/documentation/guides-and-tutorials",
    ]);
}

#[test]
fn u7_the_index_of_a_folder_is_the_folder() {
    for file in [
        "index.html",
        "index.htm",
        "INDEX.HTML",
        "index.xhtml",
        "index.shtml",
        "index.php",
        "index.php3",
        "index.php5",
        "index.asp",
        "index.aspx",
        "index.jsp",
        "index.cgi",
        "default.asp",
        "Default.aspx",
        "default.htm",
        "default.html",
    ] {
        same(&["https://e.example/cours", &format!("https://e.example/cours/{file}")]);
        same(&["https://e.example/?p=12", &format!("https://e.example/{file}?p=12")]);
    }
    for file in ["index", "index.md", "index.php6", "default.php", "index.fr.html", "home.html"] {
        distinct(&["https://e.example/cours", &format!("https://e.example/cours/{file}")]);
    }
    distinct(&[
        "https://github.com/a/b/blob/main/site/index.html",
        "https://github.com/a/b/blob/main/site",
        "https://codeberg.org/a/b/src/index.html",
        "https://codeberg.org/a/b/src",
    ]);
}

#[test]
fn u8_a_fragment_counts_when_it_is_the_page() {
    same(&[
        "https://e.example/a",
        "https://e.example/a#exemple",
        "https://e.example/a#",
        "https://e.example/a#/",
        "https://e.example/a#!",
        "https://e.example/a#!/",
        "https://e.example/a#?",
        "https://e.example/a#:~:text=bonjour",
        "https://e.example/a#titre:~:text=bonjour",
        "https://e.example/a#documentation",
        "https://e.example/a#L10",
    ]);
    distinct(&[
        "https://e.example/a",
        "https://e.example/a#/cours/1",
        "https://e.example/a#/cours/2",
        "https://e.example/a#!/cours/1",
        "https://e.example/a#!cours",
        "https://e.example/a#?cours=1",
        "https://e.example/a#json=abc",
        "https://e.example/a#room=abc",
        "https://e.example/a#code/abc",
        "https://e.example/a#pako:abc",
        "https://e.example/a#state=1",
        "https://e.example/a#doc:1",
    ]);
    same(&["https://e.example/a#/cours/1", "https://e.example/a#/cours/1:~:text=a"]);
    distinct(&[
        "https://app.diagrams.net/#G1abc",
        "https://app.diagrams.net/#G2def",
        "https://app.diagrams.net/",
    ]);
}

#[test]
fn u9_a_long_key_is_a_hash_and_its_shown_link_is_whole() {
    let long = format!("https://e.example/{}", "a".repeat(600));
    let link = canonical(&long).unwrap();
    assert!(link.key.starts_with("sha256:") && link.key.len() == 7 + 64);
    assert_eq!(link.clean, long);
    assert_ne!(key(&format!("{long}b")), link.key);
    let fits = format!("https://e.example/{}", "a".repeat(KEY_MAX_BYTES - "e.example/".len()));
    assert_eq!(key(&fits).len(), KEY_MAX_BYTES);
    assert_eq!(link.rules_version, RULES_VERSION);
}

#[test]
fn a_machine_called_rfc_is_not_a_text_of_the_ietf() {
    distinct(&["http://rfc:793/", "https://rfc-editor.org/rfc/rfc793", "http://rfc.example:793/"]);
}

#[test]
fn what_is_opened_is_what_was_given_without_what_follows_people() {
    for (text, expected) in [
        ("HTTP://E.example:80/A//b/?b=2&utm_source=x&a=1#L1", "HTTP://E.example:80/A//b/?b=2&a=1#L1"),
        ("https://e.example/?utm_source=x", "https://e.example/"),
        ("https://e.example/?utm_source=x#a?utm_source=y", "https://e.example/#a?utm_source=y"),
        ("https://e.example/?a=%20&&fbclid=1", "https://e.example/?a=%20&"),
        ("e.example/a?ref=reddit&amp=1", "https://e.example/a?ref=reddit&amp=1"),
        ("<https://youtu.be/abcdef?si=x&t=3>", "https://youtu.be/abcdef?si=x&t=3"),
        ("https://e.example/a?", "https://e.example/a?"),
        ("https://e.example/a?b=c &utm_source=x", "https://e.example/a?b=c%20"),
    ] {
        assert_eq!(canonical(text).unwrap().open, expected);
    }
}

#[test]
fn what_is_shown_keeps_the_scheme_that_was_given() {
    for (text, expected) in [
        ("http://www.E.example/a/?utm_source=x#b", "http://e.example/a"),
        ("https://youtu.be/dQw4w9WgXcQ?t=3", "https://youtube.com/watch?v=dQw4w9WgXcQ"),
        ("e.example", "https://e.example"),
    ] {
        assert_eq!(canonical(text).unwrap().clean, expected);
    }
}
