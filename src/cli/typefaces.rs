//! The faces of a book, a line or two for each.

use banxin::diag::Message;
use banxin::{Typeface, message};

use super::language::Speaker;

/// The most characters of a face that are shown.
const SHOWN: usize = 60;

/// What is told of faces: first those that the pages use, then the others.
pub fn text(faces: &[Typeface], speaker: &Speaker) -> String {
    let (used, idle): (Vec<&Typeface>, Vec<&Typeface>) =
        faces.iter().partition(|face| !face.used.is_empty());
    let mut text = String::new();
    for face in used {
        let (name, coverage, count) = (&face.name, face.coverage, face.used.len());
        let line = message!(
            "{name} ({origin}): {count} of its {coverage} characters are on the pages",
            name = *name,
            origin = origin(face),
            count,
            coverage
        );
        let seen = face.used.iter().filter(|c| !c.is_whitespace() && !c.is_control());
        let shown: String = seen.take(SHOWN).collect();
        let more = if count > SHOWN { "…" } else { "" };
        text += &format!("{}\n    {shown}{more}\n", speaker.say(&line));
    }
    for face in idle {
        let (name, coverage) = (&face.name, face.coverage);
        let line = message!(
            "{name} ({origin}): {coverage} characters, none on the pages",
            name = *name,
            origin = origin(face),
            coverage
        );
        text += &(speaker.say(&line) + "\n");
    }
    text
}

/// Where a face comes from.
fn origin(face: &Typeface) -> Message {
    if face.bundled { "bundled".into() } else { "of the book or the machine".into() }
}
