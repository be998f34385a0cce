//! What joins a feature to Discord and DynamoDB.
//!
//! A person's click takes five steps: *read*, *load*, *decide*, *commit*, *reply* ([`serve`]). A job
//! takes four: *claim*, *plan*, *step*, *report* ([`Worker`]). A feature says what they mean
//! ([`Feature`]); nothing here knows any feature.

pub mod aws;
mod budget;
mod clock;
mod config;
mod ctx;
mod decision;
mod desk;
mod feature;
mod handle;
mod mounted;
pub mod observe;
mod outside;
mod own;
mod request;
mod serve;
mod signed;
pub mod telemetry;
mod terminate;
mod texts;
mod token;
mod work;
mod world;

pub use budget::TrafficBudget;
pub use clock::{Clock, Timestamp};
pub use config::{
    AwsConfig, ConfigError, DISCORD_API, Identity, IntakeConfig, TablesConfig, WorkerConfig, environment,
    features_elsewhere,
};
pub use ctx::{At, Ctx, Seed, Seeds};
pub use decision::{Decision, Job, Once, Planned, Shown, ShownMessage};
pub use desk::{Desk, Failure, Finish};
pub use feature::{Feature, Loaded, Refusal, Wanted};
pub use fluent_bundle::FluentArgs;
pub use handle::{ANSWER_WITHIN, ROUNDS_MAX};
pub use mounted::Mounted;
pub use outside::{Outside, OutsideError};
pub use request::Request;
pub use serve::{BODY_MAX_BYTES, Route, serve};
pub use terminate::until_terminated;
pub use texts::{Lang, Say, Texts};
pub use work::{Worker, left_until};
pub use world::World;
