//! Which features this machine runs. A new feature is one line in each list.

use std::sync::Arc;
use std::time::Duration;

use app::{Feature, Mounted, Worker, World};
use discord::rest::Rest;
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use serde_json::Value;

/// Names of the features, which are also those of their tables.
pub(crate) const NAMES: &[&str] = &[];

/// The features behind the route.
pub(crate) fn mounted() -> Vec<Mounted> {
    vec![]
}

/// Their workers.
pub(crate) fn workers(world: &World, rest: &Rest) -> Vec<Arc<dyn Hands>> {
    let _ = (world, rest);
    vec![]
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

/// How long a Lambda of ours may run: a worker plans with it.
const INVOCATION: Duration = Duration::from_mins(15);

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
