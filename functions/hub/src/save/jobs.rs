//! How the worker makes a file of what somebody saved.

use app::{Desk, Failure, Finish, Lang};
use discord::UserId;

use super::model::Saved;
use super::{items, view, with_resources};

/// Resources that are read at once: DynamoDB gives a hundred for one request.
const AT_ONCE: usize = 100;

/// Puts the file into the answer of whoever asked for it. When that cannot be edited any more, the
/// button of the list makes the file again.
///
/// # Errors
/// See [`Failure`].
pub async fn file(user: UserId, lang: Lang, desk: &Desk<'_>) -> Result<Finish, Failure> {
    let page = desk.store.query(&items::all(desk.guild, user)).await?;
    let mut saved = page.items.into_iter().map(store::read::<Saved>).collect::<Result<Vec<_>, _>>()?;
    saved.sort_unstable_by_key(|saved| std::cmp::Reverse((saved.at, saved.id)));
    let mut lines = Vec::with_capacity(saved.len());
    for some in saved.chunks(AT_ONCE) {
        let some = some.iter().map(|saved| (saved.clone(), None)).collect();
        lines.extend(with_resources(desk.guild, some, desk.store).await?);
    }
    desk.answer(view::exported(&lines, desk.guild, desk.now, lang)).await?;
    Ok(Finish::done())
}

/// After the last try: whoever asked is told to ask again.
///
/// # Errors
/// See [`Failure`].
pub async fn give_up(lang: Lang, desk: &Desk<'_>) -> Result<Finish, Failure> {
    desk.answer(view::not_exported(lang)).await?;
    Ok(Finish::done())
}
