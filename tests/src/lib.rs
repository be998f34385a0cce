//! What tests need that is not a Discord: a Lambda, an AWS endpoint, a signing key.
//!
//! Everything here runs on this machine and in this process, needs no account and no network,
//! and is a stand-in for something real. Each module says what it copies and what it leaves out.
//! The simulated Discord is not here: it is the product's own (`sim`).
//!
//! A test that cannot go on panics with what it waited for; these are tools of tests, not of the
//! product, so nothing returns an error for a caller to handle.

pub mod aws;
pub mod data;
pub mod events;
pub mod faults;
pub mod http;
pub mod interactions;
pub mod reference;
pub mod runtime;
pub mod signing;
pub mod stage;
pub mod tree;

/// A client of what listens on this machine, never of anything else.
pub fn web() -> reqwest::Client {
    // `reqwest` wants a TLS provider even where no TLS is spoken; a second installation is refused
    // and changes nothing.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().no_proxy().build().expect("a provider is installed")
}

/// Milliseconds since 1970 by this machine's clock, for headers and events that must be recent.
pub fn now_ms() -> i64 {
    #[expect(
        clippy::disallowed_methods,
        reason = "binaries under test read the real clock, so what they are sent must too"
    )]
    let now = std::time::SystemTime::now();
    let since = now.duration_since(std::time::UNIX_EPOCH).expect("the machine's clock is after 1970");
    i64::try_from(since.as_millis()).expect("milliseconds since 1970 fit for 292 million years")
}
