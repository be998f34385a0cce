//! Files: which are taken, under which name they are posted, and the key that makes two of them one.

use sha2::{Digest, Sha256};

use crate::model::Upload;
use crate::refusal::Refusal;

/// Endings of files that are taken. Discord's form offers only these and looks at nothing else.
///
/// Source: HUB §4.3 M1.
pub const ENDINGS: [&str; 10] =
    [".pdf", ".png", ".jpg", ".jpeg", ".webp", ".md", ".txt", ".docx", ".pptx", ".ipynb"];

/// Endings of pictures: people who do not see them are told what they show.
const PICTURES: [&str; 4] = [".png", ".jpg", ".jpeg", ".webp"];

/// Largest file, in bytes: what a bot may send to a server without boosts.
///
/// Source: <https://docs.discord.com/developers/reference#uploading-files>
pub const MAX_BYTES: usize = 10 * 1024 * 1024;

/// The same in words: mebibytes.
pub const MAX_MIB: usize = MAX_BYTES / 1024 / 1024;

/// Longest name of a posted file, in characters, its ending included.
const NAME_MAX_CHARS: usize = 60;

/// Whether the hub takes this file.
///
/// # Errors
/// When it is too large, empty or of another kind.
pub fn fits(file: &Upload) -> Result<(), Refusal> {
    let small = usize::try_from(file.size).is_ok_and(|size| (1..=MAX_BYTES).contains(&size));
    if small && ending(&file.name).is_some() { Ok(()) } else { Err(Refusal::File) }
}

/// Whether a file of this name is a picture.
pub fn is_picture(name: &str) -> bool {
    ending(name).is_some_and(|ending| PICTURES.contains(&ending))
}

fn ending(name: &str) -> Option<&'static str> {
    let name = name.to_ascii_lowercase();
    ENDINGS.into_iter().find(|ending| name.ends_with(ending) && name.len() > ending.len())
}

/// The key of a file with this content.
pub fn key(bytes: &[u8]) -> String {
    format!("file:{}", hex::encode(Sha256::digest(bytes)))
}

/// The name under which a file is posted: letters, digits, `-` and `_`, without what could mislead.
///
/// Discord itself replaces anything else, each client in its own way.
pub fn posted_name(name: &str) -> String {
    let ending = ending(name).unwrap_or(".txt");
    let stem = &name[..name.len().saturating_sub(ending.len())];
    let plain: String = crate::link::words::fold(stem)
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    let words: Vec<&str> = plain.split('-').filter(|word| !word.is_empty()).collect();
    let mut stem: String = words.join("-").chars().take(NAME_MAX_CHARS - ending.len()).collect();
    if stem.is_empty() {
        stem.push_str("document");
    }
    stem + ending
}

#[cfg(test)]
mod tests {
    use super::*;

    fn upload(name: &str, size: u64) -> Upload {
        Upload { name: name.into(), size, url: String::new() }
    }

    #[test]
    fn only_files_of_the_listed_kinds_and_sizes_are_taken() {
        assert_eq!(fits(&upload("Cours.PDF", 1)), Ok(()));
        assert_eq!(fits(&upload("cours.ipynb", MAX_BYTES as u64)), Ok(()));
        for (name, size) in
            [("cours.pdf", 0), ("cours.pdf", MAX_BYTES as u64 + 1), ("cours.exe", 1), (".pdf", 1), ("pdf", 1)]
        {
            assert_eq!(fits(&upload(name, size)), Err(Refusal::File), "{name} {size}");
        }
    }

    #[test]
    fn a_posted_name_is_plain_and_keeps_its_ending() {
        assert_eq!(posted_name("Été — l’introduction (v2).PDF"), "ete-l-introduction-v2.pdf");
        assert_eq!(posted_name("\u{202e}fdp.exe.png"), "fdp-exe.png");
        assert_eq!(posted_name("日本.md"), "document.md");
        assert_eq!(posted_name(&format!("{}.txt", "a".repeat(300))).len(), NAME_MAX_CHARS);
    }
}
