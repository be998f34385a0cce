//! Videos and music.

use super::{At, Typed, is_id, is_number};
use crate::link::path;

/// `youtube:ID`, else `yt-list:ID`, else `yt-channel:…`.
///
/// A video opened from a list is the video: the list is where it was found.
pub(super) fn youtube(at: &At<'_>) -> Option<Typed> {
    let is_video = |id: &&str| is_id(id, 4..=32);
    let video = match at.segments[..] {
        [id] if at.host == "youtu.be" => Some(id),
        ["watch"] => at.query.get("v"),
        ["embed", "videoseries"] => None,
        ["embed" | "v" | "e" | "shorts" | "live", id] => Some(id),
        _ => None,
    };
    if let Some(id) = video.filter(is_video) {
        return Some(Typed::new(format!("youtube:{id}"), format!("youtube.com/watch?v={id}")));
    }
    if at.host == "youtu.be" {
        return None;
    }
    match at.segments[..] {
        ["playlist" | "watch"] | ["embed", "videoseries"] => {
            let list = at.query.get("list").filter(|list| is_id(list, 2..=64))?;
            Some(Typed::new(format!("yt-list:{list}"), format!("youtube.com/playlist?list={list}")))
        }
        [name] | [name, "featured"] if name.len() > 1 && name.starts_with('@') => {
            // Handles are not case-sensitive, also the Cyrillic and Japanese ones.
            let name = path::encode(&path::decode(name)?.to_lowercase());
            Some(Typed::new(format!("yt-channel:{name}"), format!("youtube.com/{name}")))
        }
        ["channel", id] | ["channel", id, "featured"] if is_id(id, 2..=64) => {
            Some(Typed::new(format!("yt-channel:{id}"), format!("youtube.com/channel/{id}")))
        }
        _ => None,
    }
}

/// `vimeo:N`. A second segment is the password of an unlisted video.
pub(super) fn vimeo(at: &At<'_>) -> Option<Typed> {
    let number = match at.segments[..] {
        ["video", number] if at.host == "player.vimeo.com" => number,
        [number] if at.host == "vimeo.com" => number,
        [number, password] if at.host == "vimeo.com" && is_id(password, 6..=20) => number,
        _ => return None,
    };
    is_number(number).then(|| Typed::new(format!("vimeo:{number}"), format!("vimeo.com/{number}")))
}

/// `dailymotion:ID`. Old addresses carry the title after `_`.
pub(super) fn dailymotion(at: &At<'_>) -> Option<Typed> {
    let id = match at.segments[..] {
        [id] if at.host == "dai.ly" => id,
        ["video", id] | ["embed", "video", id] if at.host == "dailymotion.com" => id,
        _ => return None,
    };
    let id = id.split('_').next()?;
    (is_id(id, 4..=20) && !id.contains('-'))
        .then(|| Typed::new(format!("dailymotion:{id}"), format!("dailymotion.com/video/{id}")))
}

/// `spotify:KIND:ID`, whatever language the player speaks.
pub(super) fn spotify(at: &At<'_>) -> Option<Typed> {
    let rest = match at.segments[..] {
        [first, ref rest @ ..] if first.starts_with("intl-") || first == "embed" => rest,
        ref rest => rest,
    };
    match *rest {
        [
            kind @ ("track" | "album" | "artist" | "playlist" | "episode" | "show" | "audiobook" | "chapter"),
            id,
        ] if is_id(id, 4..=40) => {
            Some(Typed::new(format!("spotify:{kind}:{id}"), format!("open.spotify.com/{kind}/{id}")))
        }
        _ => None,
    }
}
