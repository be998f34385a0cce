//! Ids that people read out to each other, in Crockford's alphabet: letters that look alike are read
//! alike.
//!
//! Source: <https://www.crockford.com/base32.html>

use std::fmt;

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Bits that one letter holds.
const LETTER_BITS: usize = 5;

/// Writes the lowest bits of a number as so many letters behind a prefix.
pub(crate) fn write(f: &mut fmt::Formatter<'_>, prefix: &str, letters: usize, number: u64) -> fmt::Result {
    f.write_str(prefix)?;
    for place in (0..letters).rev() {
        let digit = (number >> (LETTER_BITS * place)) & 31;
        write!(f, "{}", char::from(ALPHABET[usize::try_from(digit).expect("five bits")]))?;
    }
    Ok(())
}

/// Reads what [`write()`] wrote, also in small letters.
pub(crate) fn read(text: &str, prefix: &str, letters: usize) -> Option<u64> {
    let (start, rest) = text.split_at_checked(prefix.len())?;
    if !start.eq_ignore_ascii_case(prefix) || rest.len() != letters {
        return None;
    }
    rest.bytes().try_fold(0, |number, letter| {
        let letter = match letter.to_ascii_uppercase() {
            b'O' => b'0',
            b'I' | b'L' => b'1',
            other => other,
        };
        let digit = ALPHABET.iter().position(|known| *known == letter)?;
        Some(number << LETTER_BITS | u64::try_from(digit).ok()?)
    })
}
