//! The socket to a vetted address.

use std::io;
use std::net::SocketAddr;

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use tokio::net::TcpStream;

use crate::link::safe::is_public;

/// Who opens sockets. Every socket to a foreign server comes from here.
pub trait Dial: Send + Sync {
    /// A connection to exactly this address.
    fn dial(&self, address: SocketAddr) -> BoxFuture<'_, io::Result<TcpStream>>;
}

/// Opens them directly, with no proxy in between.
#[derive(Debug, Clone, Copy, Default)]
pub struct Direct;

impl Dial for Direct {
    fn dial(&self, address: SocketAddr) -> BoxFuture<'_, io::Result<TcpStream>> {
        async move {
            // The address was vetted before: this holds whoever calls, and however.
            if !is_public(address.ip()) || !matches!(address.port(), 80 | 443) {
                return Err(io::Error::new(io::ErrorKind::PermissionDenied, "not a public web server"));
            }
            TcpStream::connect(address).await
        }
        .boxed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn no_socket_is_opened_to_an_address_or_a_port_that_is_not_public() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let here = listener.local_addr().unwrap();
        for address in [here, "[::ffff:127.0.0.1]:80".parse().unwrap(), "93.184.216.34:22".parse().unwrap()] {
            let refused = Direct.dial(address).await.unwrap_err();
            assert_eq!(refused.kind(), io::ErrorKind::PermissionDenied, "{address}");
        }
        assert!(listener.accept().now_or_never().is_none(), "nobody called");
    }
}
