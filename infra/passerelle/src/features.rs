//! The workers of this machine: one for each feature that the crate `all` lists.

use std::sync::Arc;
use std::time::Duration;

use app::{Feature, Worker, World};
use discord::rest::Rest;
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use serde_json::Value;

/// The worker of each feature.
pub(crate) fn workers(world: &World, rest: &Rest) -> Vec<Arc<dyn Hands>> {
    all::each(&Hire { world, rest })
}

/// What a worker is given.
struct Hire<'a> {
    world: &'a World,
    rest: &'a Rest,
}

impl all::Each for Hire<'_> {
    type Made = Arc<dyn Hands>;

    fn of<F: Feature>(&self) -> Self::Made {
        Arc::new(Worker::<F>::new(self.world.clone(), self.rest.clone()))
    }
}

/// Names of the features, which are also those of their tables.
pub(crate) fn names() -> Vec<&'static str> {
    all::features().iter().map(|feature| feature.name).collect()
}

/// A worker, whatever its feature.
pub(crate) trait Hands: Send + Sync {
    /// The feature's name.
    fn name(&self) -> &'static str;
    /// Does one batch of the stream, as Lambda hands it over.
    fn work(self: Arc<Self>, event: Value) -> BoxFuture<'static, ()>;
    /// Does what is due.
    fn tick(&self) -> BoxFuture<'_, ()>;
}

/// How long a worker's Lambda may run, by the template: a worker plans with it.
const INVOCATION: Duration = Duration::from_mins(2);

impl<F: Feature> Hands for Worker<F> {
    fn name(&self) -> &'static str {
        F::NAME
    }

    fn work(self: Arc<Self>, event: Value) -> BoxFuture<'static, ()> {
        async move {
            // A record that failed would be brought again by Lambda; here the tick finds its job within a minute.
            let _ = Worker::work(&self, &event, INVOCATION).await;
        }
        .boxed()
    }

    fn tick(&self) -> BoxFuture<'_, ()> {
        self.tick_now().boxed()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use app::{Clock, World};
    use discord::ApplicationId;
    use discord::rest::{BotToken, Rest, RestConfig, budget};
    use store::Store;

    #[test]
    fn a_worker_has_the_time_that_the_template_gives_it() {
        let template = include_str!("../../../template.yaml");
        let worker = template.split("\n  HubWorker:\n").nth(1).expect("the hub has a worker");
        let timeout = worker.lines().find_map(|line| line.trim().strip_prefix("Timeout: "));
        assert_eq!(timeout, Some(super::INVOCATION.as_secs().to_string().as_str()));
    }

    #[test]
    fn every_feature_has_its_worker() {
        app::aws::choose_tls();
        let config =
            app::AwsConfig { endpoint: Some("http://127.0.0.1:9".into()), ..app::AwsConfig::default() };
        let world = World::new(Store::new(app::aws::dynamodb(&config), "test"), Clock::system());
        let rest = Rest::new(RestConfig {
            base: "http://127.0.0.1:9".into(),
            application: ApplicationId(1),
            token: BotToken::new("token"),
            budget: Arc::clone(&budget::local()),
        });
        let workers: Vec<_> = super::workers(&world, &rest).iter().map(|worker| worker.name()).collect();
        assert_eq!(workers, super::names());
    }
}
