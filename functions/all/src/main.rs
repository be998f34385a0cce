//! Every feature behind one route, for one application that has them all. An intake only: the jobs
//! it writes are done by each feature's own worker.

use app::Route;
use lambda_http::{Body, Error, Request, Response, run, service_fn};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let route = &Route::from_environment(all::features())?;
    let serve = service_fn(|request: Request| async move {
        let response: Response<_> = app::serve(route, request.map(|body| body.to_vec().into())).await;
        Ok::<_, Error>(response.map(|body| Body::from(body.to_vec())))
    });
    app::until_terminated(run(serve)).await
}
