//! What a function is told by its environment. Read once; everything wrong is named at once.

use std::fmt;

use discord::ApplicationId;
use discord::signature::PublicKey;

/// Where Discord is, unless `DISCORD_API` names a stand-in.
///
/// Source: <https://docs.discord.com/developers/reference#api-reference-base-url>
pub const DISCORD_API: &str = "https://discord.com/api/v10";

/// Value of a template parameter that is not used.
const NONE: &str = "none";

/// What an intake is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntakeConfig {
    /// Name of the deployment; figures carry it.
    pub stage: String,
    /// First part of every table's name.
    pub prefix: String,
    /// Whom we answer for; nothing when this route is not in use, and refuses everything.
    pub identity: Option<Identity>,
    /// Features that have their own application, so that `all` leaves them alone.
    pub elsewhere: Vec<String>,
    /// Where AWS is, for a stand-in.
    pub aws: AwsConfig,
}

/// An application and the key that it signs with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The application.
    pub application: ApplicationId,
    /// Its public key.
    pub key: PublicKey,
}

/// What a worker is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkerConfig {
    /// Name of the deployment; figures carry it.
    pub stage: String,
    /// First part of every table's name.
    pub prefix: String,
    /// The application in whose name we call Discord.
    pub application: ApplicationId,
    /// Name of the parameter that holds its token.
    pub token_parameter: String,
    /// Where Discord is.
    pub discord_api: String,
    /// Name of the function that opens foreign pages for this worker, if it has one.
    pub fetch_function: Option<String>,
    /// Where AWS is, for a stand-in.
    pub aws: AwsConfig,
}

/// How AWS is reached. Lambda sets all of it but the endpoint.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct AwsConfig {
    /// Region.
    pub region: String,
    /// Address of a stand-in.
    pub endpoint: Option<String>,
    /// Key id of the function's role.
    pub access_key: String,
    /// Secret of the function's role.
    pub secret_key: String,
    /// Session of the function's role.
    pub session_token: Option<String>,
}

impl fmt::Debug for AwsConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AwsConfig {{ region: {:?}, endpoint: {:?}, .. }}", self.region, self.endpoint)
    }
}

/// Everything that is missing or unusable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError(Vec<String>);

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot start:\n{}", self.0.join("\n"))
    }
}

impl std::error::Error for ConfigError {}

/// A variable of this process's environment. An empty one is not set: that is how `.env.example` writes it.
#[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
pub fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.trim().is_empty())
}

impl IntakeConfig {
    /// Reads it; [`environment`] is where a function looks.
    ///
    /// # Errors
    /// Names everything that is missing or unusable.
    pub fn read(look: impl Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        let mut reader = Reader { look, problems: Vec::new() };
        let config = Self {
            stage: reader.needed("STAGE"),
            prefix: reader.table_prefix(),
            identity: reader.identity(),
            elsewhere: reader.list("FEATURES_ELSEWHERE"),
            aws: reader.aws(),
        };
        reader.finish(config)
    }
}

/// Names of the features that have an application of their own, as `FEATURES_ELSEWHERE` tells them.
pub fn features_elsewhere(look: impl Fn(&str) -> Option<String>) -> Vec<String> {
    Reader { look, problems: Vec::new() }.list("FEATURES_ELSEWHERE")
}

impl WorkerConfig {
    /// Reads it; [`environment`] is where a function looks.
    ///
    /// # Errors
    /// Names everything that is missing or unusable.
    pub fn read(look: impl Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        let mut reader = Reader { look, problems: Vec::new() };
        let config = Self {
            stage: reader.needed("STAGE"),
            prefix: reader.table_prefix(),
            application: reader.application().unwrap_or(ApplicationId(0)),
            token_parameter: reader.needed("DISCORD_TOKEN_PARAMETER"),
            discord_api: reader.optional("DISCORD_API").unwrap_or_else(|| DISCORD_API.into()),
            fetch_function: reader.optional("FETCH_FUNCTION"),
            aws: reader.aws(),
        };
        reader.finish(config)
    }
}

/// What the command line is told when it writes into the tables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TablesConfig {
    /// First part of every table's name.
    pub prefix: String,
    /// Where AWS is, and as whom it is asked.
    pub aws: AwsConfig,
}

impl TablesConfig {
    /// Reads it; nothing when no table is named.
    ///
    /// # Errors
    /// Names everything that is missing or unusable.
    pub fn read(look: impl Fn(&str) -> Option<String>) -> Result<Option<Self>, ConfigError> {
        let mut reader = Reader { look, problems: Vec::new() };
        let Some(prefix) = reader.optional("TABLE_PREFIX") else { return Ok(None) };
        let config = Self { prefix, aws: reader.aws() };
        reader.finish(config).map(Some)
    }
}

struct Reader<L> {
    look: L,
    problems: Vec<String>,
}

impl<L: Fn(&str) -> Option<String>> Reader<L> {
    fn optional(&self, name: &str) -> Option<String> {
        (self.look)(name).filter(|value| !value.trim().is_empty())
    }

    fn needed(&mut self, name: &str) -> String {
        self.optional(name).unwrap_or_else(|| {
            self.problems.push(format!("{name} is not set"));
            String::new()
        })
    }

    fn table_prefix(&mut self) -> String {
        self.needed("TABLE_PREFIX")
    }

    fn list(&self, name: &str) -> Vec<String> {
        let list = self.optional(name).unwrap_or_default();
        list.split(',')
            .map(str::trim)
            .filter(|name| !name.is_empty() && *name != NONE)
            .map(str::to_owned)
            .collect()
    }

    fn application(&mut self) -> Option<ApplicationId> {
        let text = self.needed("DISCORD_APPLICATION_ID");
        if text == NONE || text.is_empty() {
            return None;
        }
        let id = text.parse().ok();
        if id.is_none() {
            self.problems.push("DISCORD_APPLICATION_ID is not a number, nor `none`".into());
        }
        id
    }

    /// Both or neither: an application without its key could not be answered for.
    fn identity(&mut self) -> Option<Identity> {
        let application = self.application();
        let key = match self.needed("DISCORD_PUBLIC_KEY") {
            text if text == NONE || text.is_empty() => None,
            text => {
                let key = PublicKey::from_hex(&text).ok();
                if key.is_none() {
                    self.problems.push("DISCORD_PUBLIC_KEY is not 64 hexadecimal digits, nor `none`".into());
                }
                key
            }
        };
        match (application, key) {
            (Some(application), Some(key)) => Some(Identity { application, key }),
            (None, None) => None,
            _ => {
                self.problems.push("DISCORD_APPLICATION_ID and DISCORD_PUBLIC_KEY go together".into());
                None
            }
        }
    }

    fn aws(&mut self) -> AwsConfig {
        AwsConfig {
            region: self.needed("AWS_REGION"),
            endpoint: self.optional("AWS_ENDPOINT_URL"),
            access_key: self.needed("AWS_ACCESS_KEY_ID"),
            secret_key: self.needed("AWS_SECRET_ACCESS_KEY"),
            session_token: self.optional("AWS_SESSION_TOKEN"),
        }
    }

    fn finish<T>(mut self, config: T) -> Result<T, ConfigError> {
        self.problems.dedup();
        if self.problems.is_empty() { Ok(config) } else { Err(ConfigError(self.problems)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

    fn with<'a>(values: &'a [(&'a str, &'a str)]) -> impl Fn(&str) -> Option<String> + 'a {
        move |name| values.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
    }

    const AWS: [(&str, &str); 3] =
        [("AWS_REGION", "eu-west-3"), ("AWS_ACCESS_KEY_ID", "id"), ("AWS_SECRET_ACCESS_KEY", "s3cr3t")];

    #[test]
    fn everything_missing_is_named_at_once() {
        assert_eq!(
            WorkerConfig::read(|_| None).unwrap_err().to_string(),
            "cannot start:\nSTAGE is not set\nTABLE_PREFIX is not set\nDISCORD_APPLICATION_ID is not set\n\
             DISCORD_TOKEN_PARAMETER is not set\nAWS_REGION is not set\nAWS_ACCESS_KEY_ID is not set\n\
             AWS_SECRET_ACCESS_KEY is not set"
        );
    }

    #[test]
    fn tables_are_named_whole_or_not_at_all() {
        assert_eq!(TablesConfig::read(|_| None), Ok(None));
        assert_eq!(
            TablesConfig::read(with(&[("TABLE_PREFIX", "p")])).unwrap_err().to_string(),
            "cannot start:\nAWS_REGION is not set\nAWS_ACCESS_KEY_ID is not set\nAWS_SECRET_ACCESS_KEY is not set"
        );
    }

    #[test]
    fn a_route_that_is_not_used_has_no_identity() {
        let mut values = AWS.to_vec();
        values.extend([
            ("STAGE", "trial"),
            ("TABLE_PREFIX", "p"),
            ("DISCORD_APPLICATION_ID", "none"),
            ("DISCORD_PUBLIC_KEY", "none"),
        ]);
        assert_eq!(IntakeConfig::read(with(&values)).unwrap().identity, None);
        values[5].1 = "42";
        let error = IntakeConfig::read(with(&values)).unwrap_err().to_string();
        assert_eq!(error, "cannot start:\nDISCORD_APPLICATION_ID and DISCORD_PUBLIC_KEY go together");
        values[6].1 = KEY;
        values.push(("FEATURES_ELSEWHERE", "hub, feedback"));
        let config = IntakeConfig::read(with(&values)).unwrap();
        assert_eq!(config.identity.as_ref().unwrap().application, ApplicationId(42));
        assert_eq!(config.elsewhere, ["hub", "feedback"]);
        assert!(!format!("{config:?}").contains("s3cr3t"));
    }
}
