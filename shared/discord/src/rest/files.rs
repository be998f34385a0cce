//! Files that people send with a form or a command: Discord keeps them at a signed address for a while.
//!
//! Source: <https://docs.discord.com/developers/reference#signed-attachment-cdn-urls>

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use reqwest::Url;
use tokio::time::timeout;

use super::{Rest, RestError};

/// Where Discord keeps files. Nothing else is fetched: an address in a job is data, and data can lie.
const HOSTS: [&str; 2] = ["cdn.discordapp.com", "media.discordapp.net"];

/// The host of the real API, beside which files are at [`HOSTS`]; a stand-in keeps its own files.
const API_HOST: &str = "discord.com";

/// Longest wait for a whole file: ten mebibytes at five megabits a second.
const FILE_TIMEOUT: Duration = Duration::from_secs(17);

/// Why a file could not be fetched.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The address is not one of Discord's.
    #[error("the address of the file is not Discord's")]
    Foreign,
    /// Discord keeps it no longer.
    #[error("the file is gone ({0})")]
    Gone(u16),
    /// It is larger than said.
    #[error("the file is larger than {0} bytes")]
    TooLarge(usize),
    /// It may work later.
    #[error(transparent)]
    Trouble(#[from] RestError),
}

impl Rest {
    /// Fetches a file that came with an interaction, of at most `max` bytes. No secret is sent along.
    ///
    /// # Errors
    /// See [`FileError`].
    pub async fn file(&self, address: &str, max: usize) -> Result<Bytes, FileError> {
        let address = Url::parse(address).map_err(|_| FileError::Foreign)?;
        if !self.keeps_files_at(&address) {
            return Err(FileError::Foreign);
        }
        match timeout(FILE_TIMEOUT, self.fetch(address, max)).await {
            Ok(fetched) => fetched,
            Err(_) => Err(RestError::Deadline.into()),
        }
    }

    async fn fetch(&self, address: Url, max: usize) -> Result<Bytes, FileError> {
        let network = |error: reqwest::Error| RestError::Network(error.without_url());
        let mut response = self.shared.http.get(address).send().await.map_err(network)?;
        match response.status().as_u16() {
            200 => {}
            // A signature that has run out is answered as a file that never was.
            status @ (403 | 404 | 410) => return Err(FileError::Gone(status)),
            status => return Err(RestError::Server(status).into()),
        }
        let mut bytes = BytesMut::new();
        while let Some(part) = response.chunk().await.map_err(network)? {
            if bytes.len() + part.len() > max {
                return Err(FileError::TooLarge(max));
            }
            bytes.extend_from_slice(&part);
        }
        Ok(bytes.freeze())
    }

    fn keeps_files_at(&self, address: &Url) -> bool {
        let Ok(api) = Url::parse(&self.shared.base) else { return false };
        if api.host_str() == Some(API_HOST) {
            let host = address.host_str().unwrap_or_default();
            return address.scheme() == "https" && address.port().is_none() && HOSTS.contains(&host);
        }
        address.origin() == api.origin()
    }
}
