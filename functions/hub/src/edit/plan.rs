//! How a post follows its resource: what differs on Discord, and when it may be changed.

use app::Timestamp;
use discord::TagId;
use discord::rest::{Channel, ThreadEdit};

/// How often the name of a thread is changed in [`RENAME_WINDOW_MS`]. Source: HUB §5.2.
pub const RENAMES_MAX: usize = 2;
/// Ten minutes, in milliseconds.
pub const RENAME_WINDOW_MS: i64 = 10 * 60 * 1000;

/// What is to be done to a thread.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Dressing {
    /// What differs; nothing when it is as it should be.
    pub edit: Option<ThreadEdit>,
    /// Whether the name is among it.
    pub renames: bool,
    /// The name must wait until then.
    pub later: Option<Timestamp>,
}

/// The renames that still count.
pub fn recent(renames: &[i64], now: Timestamp) -> Vec<i64> {
    renames.iter().copied().filter(|at| now.0 - at < RENAME_WINDOW_MS).collect()
}

/// What differs between a thread and the title and tags that its resource has. An archived one is
/// opened first: it takes no change otherwise, and leaves the list by itself later.
pub fn dressing(
    thread: &Channel,
    title: &str,
    tags: Option<&[TagId]>,
    renames: &[i64],
    now: Timestamp,
) -> Dressing {
    let mut dressing = Dressing::default();
    let mut edit = ThreadEdit::default();
    if thread.name != title {
        let recent = recent(renames, now);
        if recent.len() < RENAMES_MAX {
            edit.name = Some(title.to_owned());
            dressing.renames = true;
        } else {
            dressing.later = Some(Timestamp(recent[recent.len() - RENAMES_MAX] + RENAME_WINDOW_MS));
        }
    }
    edit.tags = tags.filter(|tags| thread.applied_tags != *tags).map(<[TagId]>::to_vec);
    if thread.thread_metadata.as_ref().is_some_and(|state| state.archived) {
        edit.archived = Some(false);
    }
    dressing.edit = (edit != ThreadEdit::default()).then_some(edit);
    dressing
}

#[cfg(test)]
mod tests {
    use discord::rest::ThreadMetadata;

    use super::*;

    const NOW: Timestamp = Timestamp(1_795_510_800_000);

    fn thread(name: &str, archived: bool) -> Channel {
        let json = serde_json::json!({ "id": "7", "type": 11, "name": name, "applied_tags": ["3"] });
        let thread: Channel = serde_json::from_value(json).unwrap();
        Channel { thread_metadata: Some(ThreadMetadata { archived, ..ThreadMetadata::default() }), ..thread }
    }

    #[test]
    fn a_thread_that_is_right_is_left_alone() {
        let dressing = dressing(&thread("Titre", false), "Titre", Some(&[TagId(3)]), &[], NOW);
        assert_eq!(dressing, Dressing::default());
    }

    #[test]
    fn an_archived_thread_is_opened_with_what_changes() {
        let dressing = dressing(&thread("Titre", true), "Autre titre", Some(&[TagId(4)]), &[], NOW);
        let edit = dressing.edit.unwrap();
        assert_eq!(edit.name.as_deref(), Some("Autre titre"));
        assert_eq!((edit.archived, edit.tags), (Some(false), Some(vec![TagId(4)])));
    }

    #[test]
    fn the_third_name_in_ten_minutes_waits_for_the_end_of_the_first() {
        let renames = [NOW.0 - RENAME_WINDOW_MS, NOW.0 - 9 * 60_000, NOW.0 - 60_000];
        let dressing = dressing(&thread("Titre", false), "Troisième", None, &renames, NOW);
        assert_eq!(dressing.edit, None);
        assert_eq!(dressing.later, Some(NOW.plus_secs(60)));
    }
}
