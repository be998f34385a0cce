//! What a name resolves to.

use std::io;
use std::net::IpAddr;

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;

/// Why a name gave no address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoAddress {
    /// There is no such name, or it has no address.
    Unknown,
    /// Nobody could say, this time.
    Trouble,
}

/// Who is asked for names. Asked once for each hop: the connection goes to what was said then.
pub trait Names: Send + Sync {
    /// Every address of a host, IPv4 and IPv6.
    fn addresses<'a>(&'a self, host: &'a str) -> BoxFuture<'a, Result<Vec<IpAddr>, NoAddress>>;
}

/// The resolver of the machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct System;

impl Names for System {
    fn addresses<'a>(&'a self, host: &'a str) -> BoxFuture<'a, Result<Vec<IpAddr>, NoAddress>> {
        async move {
            // The dot at the end keeps the machine from trying the name within its own domain.
            match tokio::net::lookup_host((format!("{host}."), 0)).await {
                Ok(found) => Ok(found.map(|address| address.ip()).collect()),
                Err(error) => Err(why(&error)),
            }
        }
        .boxed()
    }
}

/// The standard library tells the two apart only in words: those of `gai_strerror` in glibc, musl and
/// the BSDs. Words that are not known count as trouble, so that a link is never called dead by mistake.
fn why(error: &io::Error) -> NoAddress {
    const UNKNOWN: [&str; 5] = [
        "Name or service not known",
        "No address associated with hostname",
        "Name does not resolve",
        "Name has no usable address",
        "nodename nor servname provided",
    ];
    let text = error.to_string();
    if UNKNOWN.iter().any(|words| text.contains(words)) { NoAddress::Unknown } else { NoAddress::Trouble }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_does_not_exist_is_told_from_a_resolver_that_is_out_of_reach() {
        let said = |words: &str| io::Error::other(format!("failed to lookup address information: {words}"));
        assert_eq!(why(&said("Name or service not known")), NoAddress::Unknown);
        assert_eq!(why(&said("Temporary failure in name resolution")), NoAddress::Trouble);
        assert_eq!(why(&said("Nom ou service inconnu")), NoAddress::Trouble);
    }
}
