//! U3 and the host half of U7.

/// Places where people keep code: their paths, `ref=` and `index.html` name
/// files and branches, so the rules about decorations do not apply there.
const FORGES: [&str; 6] = [
    "github.com",
    "gist.github.com",
    "raw.githubusercontent.com",
    "gitlab.com",
    "codeberg.org",
    "bitbucket.org",
];

/// Whether this host (after U3) keeps code.
pub(super) fn is_forge(host: &str) -> bool {
    FORGES.contains(&host)
}

/// Whether a host is made of what names are made of. Browsers take more signs
/// (`&`, `=`, `'`), but nobody can register such a name.
pub(super) fn is_name(host: &str) -> bool {
    host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_'))
}

/// Removes `www`, `www2`, … `www99` while something that can be owned remains:
/// `www.gouv.fr` and `www10.org` are names of their own.
pub(super) fn strip_www(host: &mut String) {
    while let Some((label, rest)) = host.split_once('.') {
        if !is_www(label) || !is_registrable(rest) {
            return;
        }
        *host = rest.to_owned();
    }
}

fn is_www(label: &str) -> bool {
    label
        .strip_prefix("www")
        .is_some_and(|digits| digits.len() <= 2 && digits.bytes().all(|b| b.is_ascii_digit()))
}

/// The host without its leading label `amp.`, if something that can be owned remains.
pub(super) fn without_amp(host: &str) -> Option<String> {
    host.strip_prefix("amp.").filter(|rest| is_registrable(rest)).map(str::to_owned)
}

/// Whether a name is, or is under, a domain somebody can register, by the
/// public suffix list compiled in.
fn is_registrable(host: &str) -> bool {
    psl::domain_str(host).is_some()
}

/// Whether a value is a host name of the real web: at least two labels, the
/// last one listed.
pub(super) fn is_listed(value: &str) -> bool {
    let value = value.to_ascii_lowercase();
    value.contains('.')
        && value
            .split('.')
            .all(|label| !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'))
        && psl::suffix(value.as_bytes()).is_some_and(|suffix| suffix.is_known())
}

/// `TLD` of `NAME.TLD`, where `TLD` is a public suffix: sites like `google.co.uk`
/// that exist once per country.
pub(super) fn country_of<'a>(host: &'a str, name: &str) -> Option<&'a str> {
    let suffix = host.strip_prefix(name)?.strip_prefix('.')?;
    (psl::suffix_str(host) == Some(suffix)
        && psl::suffix(host.as_bytes()).is_some_and(|known| known.is_known()))
    .then_some(suffix)
}
