//! Links that say nothing about where they lead until they are followed.

use super::{At, Typed};
use crate::link::key::SHORT;

/// Hosts whose paths are short names for other addresses. The worker follows
/// them; `youtu.be` and `redd.it` are here too, for the few of their addresses
/// that carry no id.
pub(super) const SHORTENERS: [&str; 52] = [
    "aka.ms",
    "amzn.to",
    "apple.co",
    "bbc.in",
    "bit.ly",
    "bl.ink",
    "buff.ly",
    "cutt.ly",
    "db.tt",
    "discord.gg",
    "dlvr.it",
    "ebay.to",
    "fb.me",
    "forms.gle",
    "frama.link",
    "g.co",
    "git.io",
    "goo.gl",
    "huit.re",
    "ift.tt",
    "is.gd",
    "j.mp",
    "l.ead.me",
    "lemde.fr",
    "linktr.ee",
    "lnkd.in",
    "maps.app.goo.gl",
    "msft.it",
    "nyti.ms",
    "ow.ly",
    "qr.ae",
    "rb.gy",
    "rebrand.ly",
    "redd.it",
    "reut.rs",
    "s.42l.fr",
    "s.id",
    "sforce.co",
    "shorturl.at",
    "soo.gd",
    "spoti.fi",
    "t.co",
    "t.ly",
    "tiny.cc",
    "tinyurl.com",
    "tr.ee",
    "trib.al",
    "urlz.fr",
    "v.gd",
    "wp.me",
    "x.gd",
    "youtu.be",
];

/// `short:HOST/PATH`, the key until the worker knows the address behind it.
pub(super) fn unresolved(at: &At<'_>) -> Option<Typed> {
    (!at.path.is_empty() && SHORTENERS.contains(&at.host)).then(|| {
        let address = format!("{}{}", at.host, at.path);
        Typed::new(format!("{SHORT}{address}"), address)
    })
}
