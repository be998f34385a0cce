//! Lists in pages: the buttons that turn them.

use app::Say;
use discord::component::Button as Press;

/// « Précédent » and « Suivant », as far as there is a page: `number` is the one that is shown, from 0, of
/// `pages`; `button` turns to another.
pub(crate) fn turns(
    number: usize,
    pages: usize,
    say: Say<'_>,
    button: impl Fn(&str, usize) -> Press,
) -> impl Iterator<Item = Press> {
    let before = (number > 0).then(|| button(&say.the("hub-previous"), number.saturating_sub(1)));
    let after = (number + 1 < pages).then(|| button(&say.the("hub-next"), number + 1));
    before.into_iter().chain(after)
}
