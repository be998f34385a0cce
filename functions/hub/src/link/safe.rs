//! Whether an address is public: whether it may be published, and whether a
//! worker may open it.
//!
//! Everything that can be judged without asking the network is judged here, by
//! the intake before it stores and by the worker before each hop. What a name
//! resolves to comes in as an argument. What opens pages (`crate::fetch`) connects
//! to the addresses that were judged, never to what a second look-up says.

use std::collections::BTreeMap;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use serde::Deserialize;
use url::{Host, Url};

/// Redirects followed at most.
pub const HOPS_MAX: usize = 5;

/// What is known of names: for each host its look-ups, one after the other, and
/// for each look-up the addresses that it gave.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Resolver(BTreeMap<String, Vec<Vec<String>>>);

impl Resolver {
    /// A resolver that knows these hosts and no other.
    pub fn new(hosts: impl IntoIterator<Item = (String, Vec<Vec<String>>)>) -> Self {
        Self(hosts.into_iter().collect())
    }

    /// Every address that any look-up of the host gave; nothing when it does not
    /// resolve.
    fn addresses(&self, host: &str) -> Vec<&str> {
        let same = |known: &str| {
            let known = known.trim_end_matches('.');
            known.eq_ignore_ascii_case(host) || idna::domain_to_ascii(known).is_ok_and(|known| known == host)
        };
        let lookups = self.0.iter().filter(|(known, _)| same(known)).map(|(_, lookups)| lookups);
        // An empty look-up says that the name was gone by then.
        if lookups.clone().flatten().any(Vec::is_empty) {
            return Vec::new();
        }
        lookups.flatten().flatten().map(String::as_str).collect()
    }
}

/// An address is allowed or not, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// Whether it may be published (without a resolver) or opened (with one).
    pub allow: bool,
    /// What decided. [`Reason::Public`] when nothing speaks against it.
    pub reason: Reason,
}

/// Why an address is allowed or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// Nothing speaks against it.
    Public,
    /// It cannot be read.
    NotALink,
    /// Neither http nor https.
    Scheme,
    /// It carries a user or a password.
    Credentials,
    /// Its host is an IP address, however it is written.
    IpLiteral,
    /// Its host is one label: a machine of the reader's own network.
    SingleLabel,
    /// Its host is in a name space that is never public.
    LocalName,
    /// Its host gives out the secrets of a machine in a cloud.
    Metadata,
    /// One label mixes scripts: it may look like another name. Moderators decide.
    MixedScript,
    /// An attachment of Discord, whose address expires, or a channel, which only its members see.
    DiscordLink,
    /// An invitation to another server.
    Invite,
    /// Neither port 80 nor 443: may be published, is never opened.
    Port,
    /// The name does not resolve.
    Unresolved,
    /// The name resolves to an address that is not public, now or at a second look-up.
    PrivateAddress,
    /// More than [`HOPS_MAX`] redirects.
    TooManyRedirects,
    /// A redirect from https to http.
    Downgrade,
}

impl Reason {
    /// The word for it in logs and on standard output.
    pub fn word(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::NotALink => "not_a_link",
            Self::Scheme => "scheme",
            Self::Credentials => "credentials",
            Self::IpLiteral => "ip_literal",
            Self::SingleLabel => "single_label",
            Self::LocalName => "local_name",
            Self::Metadata => "metadata",
            Self::MixedScript => "mixed_script",
            Self::DiscordLink => "discord_link",
            Self::Invite => "invite",
            Self::Port => "port",
            Self::Unresolved => "unresolved",
            Self::PrivateAddress => "private_address",
            Self::TooManyRedirects => "too_many_redirects",
            Self::Downgrade => "downgrade",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// Judges an address.
///
/// Without `resolver` and `chain` the question is whether it may be published.
/// With either it is whether it may be opened: then ports are limited too, each
/// redirect of `chain` is judged as the first address was, and with a resolver
/// every host must resolve, to public addresses only.
///
/// ```
/// use hub::link::safe::{Reason, judge};
/// assert!(judge("https://example.org/cours", None, &[]).allow);
/// assert_eq!(judge("http://0x7f.1/", None, &[]).reason, Reason::IpLiteral);
/// ```
pub fn judge(url: &str, resolver: Option<&Resolver>, chain: &[String]) -> Verdict {
    let reason = follow(url, resolver, chain).err().unwrap_or(Reason::Public);
    Verdict { allow: reason == Reason::Public, reason }
}

fn follow(url: &str, resolver: Option<&Resolver>, chain: &[String]) -> Result<(), Reason> {
    let mut at = Url::parse(url).map_err(|_| Reason::NotALink)?;
    if resolver.is_none() && chain.is_empty() {
        return published(&at).map(drop);
    }
    opened(&at, resolver)?;
    for (number, target) in chain.iter().enumerate() {
        at = redirect(&at, target, number)?;
        opened(&at, resolver)?;
    }
    Ok(())
}

/// One address of the way, with what its name resolves to.
fn opened(url: &Url, resolver: Option<&Resolver>) -> Result<(), Reason> {
    let host = may_open(url)?;
    let Some(resolver) = resolver else { return Ok(()) };
    let addresses = resolver.addresses(host).into_iter().map(|address| address.trim().parse());
    // What cannot be read as an address is not known to be a public one.
    vet(&addresses.collect::<Result<Vec<IpAddr>, _>>().map_err(|_| Reason::PrivateAddress)?)
}

/// Where a redirect leads, if it may be followed. `followed` is how many were before it.
///
/// # Errors
/// Why it may not.
pub fn redirect(from: &Url, location: &str, followed: usize) -> Result<Url, Reason> {
    // A redirect may be relative to the page that sends it.
    let next = from.join(location).map_err(|_| Reason::NotALink)?;
    if from.scheme() == "https" && next.scheme() == "http" {
        return Err(Reason::Downgrade);
    }
    may_open(&next)?;
    if followed >= HOPS_MAX { Err(Reason::TooManyRedirects) } else { Ok(next) }
}

/// The host of an address that may be opened, as far as that can be said without asking anybody.
/// Its port is 80 or 443, by its scheme.
///
/// # Errors
/// Why it may not.
pub fn may_open(url: &Url) -> Result<&str, Reason> {
    let host = published(url)?;
    if url.port().is_some() { Err(Reason::Port) } else { Ok(host) }
}

/// Whether everything that a name resolves to is public. One bad address among good ones is enough
/// to refuse: the connection might go to it.
///
/// # Errors
/// When it does not resolve, or not to public addresses only.
pub fn vet(addresses: &[IpAddr]) -> Result<(), Reason> {
    if addresses.is_empty() {
        return Err(Reason::Unresolved);
    }
    if addresses.iter().copied().all(is_public) { Ok(()) } else { Err(Reason::PrivateAddress) }
}

/// The host of an address that may be published.
fn published(url: &Url) -> Result<&str, Reason> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(Reason::Scheme);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Reason::Credentials);
    }
    let host = match url.host() {
        Some(Host::Domain(host)) => host.trim_end_matches('.'),
        Some(Host::Ipv4(_) | Host::Ipv6(_)) => return Err(Reason::IpLiteral),
        None => return Err(Reason::NotALink),
    };
    name(host)?;
    discord(host, url.path())?;
    Ok(host)
}

/// Name spaces that no public server answers for: RFC 6761, RFC 6762, RFC 8375,
/// and what routers, companies and clusters use inside.
const LOCAL: [&str; 10] =
    ["localhost", "local", "internal", "lan", "home.arpa", "localdomain", "home", "corp", "intranet", "svc"];

/// Names made to lead to any address written in them, or to this machine.
const REBINDING: [&str; 7] =
    ["nip.io", "sslip.io", "xip.io", "localtest.me", "lvh.me", "vcap.me", "lacolhost.com"];

/// Names by which machines in clouds ask for their own secrets.
const METADATA: [&str; 5] = [
    "metadata.google.internal",
    "metadata.goog",
    "instance-data.ec2.internal",
    "metadata.azure.internal",
    "metadata.tencentyun.com",
];

fn name(host: &str) -> Result<(), Reason> {
    if !super::host::is_name(host) || host.is_empty() || host.split('.').any(str::is_empty) {
        return Err(Reason::NotALink);
    }
    let is_of = |names: &[&str]| {
        names.iter().any(|name| {
            host.strip_suffix(name).is_some_and(|before| before.is_empty() || before.ends_with('.'))
        })
    };
    if is_of(&METADATA) {
        return Err(Reason::Metadata);
    }
    if is_of(&LOCAL) || is_of(&REBINDING) {
        return Err(Reason::LocalName);
    }
    if !host.contains('.') {
        return Err(Reason::SingleLabel);
    }
    if host.contains("xn--") {
        let (unicode, readable) = idna::domain_to_unicode(host);
        if readable.is_err() || unicode.split('.').any(is_mixed) {
            return Err(Reason::MixedScript);
        }
    }
    Ok(())
}

/// Addresses inside Discord that others cannot open, and invitations.
fn discord(host: &str, path: &str) -> Result<(), Reason> {
    let first = path.split('/').find(|segment| !segment.is_empty()).unwrap_or_default();
    let is_app = ["discord.com", "discordapp.com"].iter().any(|name| {
        host.strip_suffix(name).is_some_and(|before| matches!(before, "" | "www." | "ptb." | "canary."))
    });
    let is_file = matches!(host, "cdn.discordapp.com" | "media.discordapp.net" | "cdn.discord.com");
    match first {
        "channels" if is_app => Err(Reason::DiscordLink),
        "attachments" | "ephemeral-attachments" if is_file => Err(Reason::DiscordLink),
        "invite" if is_app => Err(Reason::Invite),
        code if !code.is_empty() && matches!(host, "discord.gg" | "www.discord.gg") => Err(Reason::Invite),
        _ => Ok(()),
    }
}

/// Whether a label mixes scripts whose letters look alike. Japanese, Chinese and
/// Korean writing mixes its own, and Latin, by nature.
fn is_mixed(label: &str) -> bool {
    let mut seen = None;
    for script in label.chars().filter_map(script) {
        match seen {
            None => seen = Some(script),
            Some(other) if other == script => {}
            Some(other)
                if matches!(
                    (other, script),
                    (Script::Latin, Script::EastAsian) | (Script::EastAsian, Script::Latin)
                ) => {}
            Some(_) => return true,
        }
    }
    false
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    Greek,
    Cyrillic,
    Armenian,
    Cherokee,
    EastAsian,
    Other,
}

/// The script of a letter, by the blocks of Unicode; digits and signs have none.
fn script(c: char) -> Option<Script> {
    if !c.is_alphabetic() {
        return None;
    }
    Some(match c {
        'a'..='z' | 'A'..='Z' | '\u{AA}'..='\u{24F}' | '\u{250}'..='\u{2AF}' | '\u{1E00}'..='\u{1EFF}' => {
            Script::Latin
        }
        '\u{370}'..='\u{3FF}' | '\u{1F00}'..='\u{1FFF}' => Script::Greek,
        '\u{400}'..='\u{52F}'
        | '\u{1C80}'..='\u{1C8F}'
        | '\u{2DE0}'..='\u{2DFF}'
        | '\u{A640}'..='\u{A69F}' => Script::Cyrillic,
        '\u{531}'..='\u{587}' => Script::Armenian,
        '\u{13A0}'..='\u{13FF}' | '\u{AB70}'..='\u{ABBF}' => Script::Cherokee,
        '\u{1100}'..='\u{11FF}'
        | '\u{2E80}'..='\u{31FF}'
        | '\u{3400}'..='\u{9FFF}'
        | '\u{AC00}'..='\u{D7FF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}' => Script::EastAsian,
        _ => Script::Other,
    })
}

/// Whether packets to this address leave for the public internet.
///
/// Source: the IANA special-purpose address registries for IPv4 and IPv6.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = match (a, b, c) {
        // This network, private, loopback, multicast and above.
        (0 | 10 | 127 | 224..=255, _, _)
        // Carrier-grade translation.
        | (100, 64..=127, _)
        // Link-local: also the metadata of every cloud.
        | (169, 254, _)
        | (172, 16..=31, _)
        // Protocol assignments, documentation, the old 6to4 relay.
        | (192, 0, 0 | 2) | (192, 88, 99)
        | (192, 168, _)
        // Benchmarks.
        | (198, 18 | 19, _)
        // Documentation.
        | (198, 51, 100) | (203, 0, 113) => true,
        _ => false,
    };
    // Looks public, and is how machines in Azure ask for their own secrets.
    !special && address != Ipv4Addr::new(168, 63, 129, 16)
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let [a, b, ..] = address.segments();
    // Only 2000::/3 is given out; mapped, translated (64:ff9b::/96), unique local,
    // link-local and multicast addresses are all outside of it.
    let given_out = a & 0xE000 == 0x2000;
    let special = match (a, b) {
        // Teredo, ORCHID and the rest of the protocol assignments 2001::/23; documentation.
        (0x2001, 0..=0x01FF | 0x0DB8)
        // Documentation again.
        | (0x3FFF, 0..=0x0FFF)
        // 6to4 carries an IPv4 address of any kind.
        | (0x2002, _) => true,
        _ => false,
    };
    given_out && !special
}
