//! The other half of the signature: what Discord does before it posts an interaction.

use ed25519_dalek::{Signer as _, SigningKey};

/// The key pair of a pretended Discord application.
pub struct Signer(SigningKey);

impl Signer {
    /// A key that is the same in every run; another number is another application.
    pub fn from_seed(seed: u8) -> Self {
        Self(SigningKey::from_bytes(&[seed; 32]))
    }

    /// The public key as the developer portal shows it, for `DISCORD_PUBLIC_KEY`.
    pub fn public_key_hex(&self) -> String {
        hex::encode(self.0.verifying_key().to_bytes())
    }

    /// The two headers Discord adds to `body`, sent at `sent_secs` (Unix seconds).
    pub fn headers(&self, sent_secs: i64, body: &[u8]) -> [(&'static str, String); 2] {
        let timestamp = sent_secs.to_string();
        let signature = self.sign(&[timestamp.as_bytes(), body].concat());
        [(discord::signature::SIGNATURE_HEADER, signature), (discord::signature::TIMESTAMP_HEADER, timestamp)]
    }

    /// The signature of `message`, in hexadecimal.
    pub fn sign(&self, message: &[u8]) -> String {
        hex::encode(self.0.sign(message).to_bytes())
    }
}
