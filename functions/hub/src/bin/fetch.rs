//! The function that opens foreign pages for the hub's worker. It holds nothing that could be stolen.

use hub::fetch::{Fetcher, Question};
use lambda_runtime::{Error, LambdaEvent, run, service_fn};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    app::telemetry::install();
    let fetcher = &Fetcher::public();
    let find_out = service_fn(|event: LambdaEvent<Question>| async move {
        Ok::<_, Error>(Box::pin(fetcher.find_out(&event.payload)).await)
    });
    app::until_terminated(run(find_out)).await
}
