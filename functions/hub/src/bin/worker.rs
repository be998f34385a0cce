//! The worker of the hub: does what is slow, or outside.

use app::{Worker, left_until};
use lambda_runtime::{Error, LambdaEvent, run, service_fn};
use serde_json::Value;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let worker = &Worker::<hub::Hub>::from_environment()?;
    let work = service_fn(|event: LambdaEvent<Value>| async move {
        let work = worker.work(&event.payload, left_until(event.context.deadline));
        Ok::<_, Error>(Box::pin(work).await)
    });
    app::until_terminated(run(work)).await
}
