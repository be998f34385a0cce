//! Which addresses may be published, and which opened.

use hub::link::safe::{Reason, Resolver, is_public, judge};

fn judged(table: &[(&str, Reason)]) {
    for (url, expected) in table {
        let verdict = judge(url, None, &[]);
        assert_eq!(verdict.reason, *expected, "{url}");
        assert_eq!(verdict.allow, *expected == Reason::Public, "{url}");
    }
}

/// A resolver that gives each host one look-up per list.
fn resolver(hosts: &[(&str, &[&[&str]])]) -> Resolver {
    let lookup = |addresses: &&[&str]| addresses.iter().map(|address| (*address).to_owned()).collect();
    Resolver::new(
        hosts.iter().map(|(host, lookups)| ((*host).to_owned(), lookups.iter().map(lookup).collect())),
    )
}

fn opened(url: &str, resolver: &Resolver, chain: &[&str]) -> Reason {
    let chain: Vec<String> = chain.iter().map(|url| (*url).to_owned()).collect();
    judge(url, Some(resolver), &chain).reason
}

const GOOD: &str = "93.184.216.34";

#[test]
fn the_syntax_of_an_address_tells_what_is_not_public() {
    judged(&[
        ("https://example.org/", Reason::Public),
        ("https://example.org:443/a", Reason::Public),
        ("http://example.org:8080/a", Reason::Public),
        ("https://sub.domaine.fr/é", Reason::Public),
        ("https://éducation.example.fr/", Reason::Public),
        ("", Reason::NotALink),
        ("example.org", Reason::NotALink),
        ("http://", Reason::NotALink),
        ("http://a..example/", Reason::NotALink),
        ("ftp://example.org/x", Reason::Scheme),
        ("file:///etc/passwd", Reason::Scheme),
        ("gopher://example.org/", Reason::Scheme),
        ("data:text/html,a", Reason::Scheme),
        ("https://jean@example.org/", Reason::Credentials),
        ("https://jean:secret@example.org/", Reason::Credentials),
        ("https://:secret@example.org/", Reason::Credentials),
        ("https://example.org@127.0.0.1/", Reason::Credentials),
        ("http://127.0.0.1/", Reason::IpLiteral),
        ("http://8.8.8.8/", Reason::IpLiteral),
        ("http://[::1]/", Reason::IpLiteral),
        ("http://[::ffff:7f00:1]/", Reason::IpLiteral),
        ("http://2130706433/", Reason::IpLiteral),
        ("http://0x7f.1/", Reason::IpLiteral),
        ("http://0177.0.0.1/", Reason::IpLiteral),
        ("http://127.1/", Reason::IpLiteral),
        ("http://127。0。0。1/", Reason::IpLiteral),
        ("http://%31%32%37.0.0.1/", Reason::IpLiteral),
        ("http:\\\\127.0.0.1/", Reason::IpLiteral),
        ("http://serveur/", Reason::SingleLabel),
        ("http://localhost/", Reason::LocalName),
        ("http://LOCALHOST./", Reason::LocalName),
        ("http://a.localhost/", Reason::LocalName),
        ("http://imprimante.local/", Reason::LocalName),
        ("http://box.lan/", Reason::LocalName),
        ("http://x.home.arpa/", Reason::LocalName),
        ("http://wiki.internal/", Reason::LocalName),
        ("http://kubernetes.default.svc/", Reason::LocalName),
        ("http://127.0.0.1.nip.io/", Reason::LocalName),
        ("http://metadata.google.internal/", Reason::Metadata),
        ("http://metadata.goog/", Reason::Metadata),
        ("http://notlocal/", Reason::SingleLabel),
        ("http://mylan.example/", Reason::Public),
        ("https://local.example.org/", Reason::Public),
    ]);
}

#[test]
fn a_label_of_two_scripts_is_for_moderators() {
    judged(&[
        ("https://eb\u{430}y.com/", Reason::MixedScript),
        ("https://g\u{3BF}ogle.com/", Reason::MixedScript),
        ("https://\u{43F}\u{440}\u{438}\u{43C}\u{435}\u{440}.com/", Reason::Public),
        ("https://はじめよう.みんな/", Reason::Public),
        ("https://rust入門.example/", Reason::Public),
        ("https://bücher.de/", Reason::Public),
        ("https://faß-2024.example/", Reason::Public),
    ]);
}

#[test]
fn what_only_members_of_a_server_see_is_not_public() {
    judged(&[
        ("https://cdn.discordapp.com/attachments/1/2/a.pdf", Reason::DiscordLink),
        ("https://media.discordapp.net/attachments/1/2/a.png", Reason::DiscordLink),
        ("https://discord.com/channels/1/2/3", Reason::DiscordLink),
        ("https://ptb.discord.com/channels/1/2/3", Reason::DiscordLink),
        ("https://discordapp.com/channels/@me", Reason::DiscordLink),
        ("https://discord.gg/rust-lang", Reason::Invite),
        ("https://discord.com/invite/rust-lang", Reason::Invite),
        ("https://discord.com/developers/docs", Reason::Public),
        ("https://support.discord.com/hc/fr", Reason::Public),
    ]);
}

#[test]
fn every_host_must_resolve_to_public_addresses_only() {
    let known = resolver(&[
        ("good.example", &[&[GOOD, "2606:2800:220:1::1"]]),
        ("private.example", &[&["10.0.0.5"]]),
        ("mixed.example", &[&[GOOD, "10.0.0.5"]]),
        ("turning.example", &[&[GOOD], &["127.0.0.1"]]),
        ("gone.example", &[&[]]),
        ("odd.example", &[&["not an address"]]),
        ("Éducation.example", &[&[GOOD]]),
    ]);
    for (url, expected) in [
        ("https://good.example/", Reason::Public),
        ("https://GOOD.example./", Reason::Public),
        ("https://xn--ducation-90a.example/", Reason::Public),
        ("https://private.example/", Reason::PrivateAddress),
        ("https://mixed.example/", Reason::PrivateAddress),
        ("https://turning.example/", Reason::PrivateAddress),
        ("https://odd.example/", Reason::PrivateAddress),
        ("https://gone.example/", Reason::Unresolved),
        ("https://unknown.example/", Reason::Unresolved),
        ("https://good.example:8443/", Reason::Port),
        ("https://good.example:443/", Reason::Public),
        ("http://good.example:443/", Reason::Port),
    ] {
        assert_eq!(opened(url, &known, &[]), expected, "{url}");
    }
}

#[test]
fn each_redirect_is_judged_as_the_first_address() {
    let known = resolver(&[
        ("a.example", &[&[GOOD]]),
        ("b.example", &[&[GOOD]]),
        ("inside.example", &[&["10.0.0.5"]]),
    ]);
    let five = ["/1", "/2", "/3", "/4", "/5"];
    let six = ["/1", "/2", "/3", "/4", "/5", "/6"];
    for (url, chain, expected) in [
        ("https://a.example/", &["https://b.example/x"][..], Reason::Public),
        ("http://a.example/", &["https://a.example/", "/fr", "//b.example/"], Reason::Public),
        ("https://a.example/", &["https://inside.example/"], Reason::PrivateAddress),
        ("https://a.example/", &["https://b.example/", "https://inside.example/"], Reason::PrivateAddress),
        ("https://a.example/", &["http://b.example/"], Reason::Downgrade),
        ("https://a.example/", &["https://127.0.0.1/"], Reason::IpLiteral),
        ("https://a.example/", &["file:///etc/passwd"], Reason::Scheme),
        ("https://a.example/", &["https://jean@b.example/"], Reason::Credentials),
        ("https://a.example/", &["https://b.example:8443/"], Reason::Port),
        ("https://a.example/", &five, Reason::Public),
        ("https://a.example/", &six, Reason::TooManyRedirects),
    ] {
        assert_eq!(opened(url, &known, chain), expected, "{url} {chain:?}");
    }
    // Without look-ups, the chain still tells what its syntax tells.
    let inside = ["http://169.254.169.254/latest/meta-data/".to_owned()];
    assert_eq!(judge("http://a.example/", None, &inside).reason, Reason::IpLiteral);
}

#[test]
fn addresses_of_special_purpose_are_not_public() {
    for address in [
        "0.0.0.0",
        "0.1.2.3",
        "10.1.2.3",
        "100.64.0.1",
        "100.127.255.255",
        "127.0.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.1",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:8.8.8.8",
        "::8.8.8.8",
        "64:ff9b::808:808",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:10::1",
        "2001:db8::1",
        "2002:808:808::1",
        "3fff::1",
        "5f00::1",
        "fc00::1",
        "fd12::1",
        "fe80::1",
        "fec0::1",
        "ff02::1",
    ] {
        assert!(!is_public(address.parse().unwrap()), "{address}");
    }
    for address in [
        "1.1.1.1",
        "8.8.8.8",
        "9.255.255.255",
        "11.0.0.1",
        "100.63.255.255",
        "100.128.0.1",
        "172.15.255.255",
        "172.32.0.1",
        "192.0.1.1",
        "192.167.255.255",
        "198.17.255.255",
        "198.20.0.1",
        "223.255.255.255",
        "2606:4700::1111",
        "2001:4860:4860::8888",
        "2a01:e0a::1",
    ] {
        assert!(is_public(address.parse().unwrap()), "{address}");
    }
}
