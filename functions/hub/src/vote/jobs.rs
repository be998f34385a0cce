//! What follows from opinions: the post shows them, soon.

use app::{Desk, Failure, Finish};

use crate::items;
use crate::model::ResourceId;
use crate::share::plan::refresh;

/// Somebody's counter has changed: the post is brought up to date at once, or 30 s after the last time.
///
/// There is one such job for each counter, and one refresh for all of them: voters who come at the same
/// moment would meet on the refresh, workers who ask for it are few.
///
/// # Errors
/// See [`Failure`].
pub async fn count(id: ResourceId, desk: &Desk<'_>) -> Result<Finish, Failure> {
    let Some(resource) = items::read(desk.store, desk.guild, id).await? else { return Ok(Finish::done()) };
    Ok(Finish::done().job(refresh(&resource, desk.now)))
}
