//! Names of persons and bodies (2015, 8.1; 2025, 7.1).

use super::words::{Marks, Words};
use crate::citation::work::{Name, Names, Others};
use crate::manifest::GbEdition;
use crate::script::is_cjk;

/// The most names that are given of one kind (2015, 8.1.2; 2025, 7.1.2).
const MOST: usize = 3;

/// How the last name of a row ends.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// With a name.
    Name,
    /// With the word for others.
    Others,
}

/// Up to three names, and a word for the others.
pub fn row(names: &Names, words: &Words, marks: Marks, edition: GbEdition) -> (String, End) {
    let shown = names.names.iter().take(MOST).map(|one| name(one, edition));
    let mut row = shown.collect::<Vec<_>>().join(marks.comma);
    let more = names.names.len() > MOST || names.others == Others::Some;
    if !more || row.is_empty() {
        return (row, End::Name);
    }
    row += marks.comma;
    row += words.and_others;
    (row, End::Others)
}

/// A name in a list: the family name first. Western given names are initials without stops; in the
/// edition of 2015 the family name is in capitals and hyphens between initials go, in that of 2025
/// both are as they are (8.1.1; 7.1.1).
fn name(name: &Name, edition: GbEdition) -> String {
    let Name::Person { family, given, suffix } = name else { return whole(name) };
    if family.contains(is_cjk) {
        let gap = if given.contains(is_cjk) { "" } else { " " };
        let given = if given.contains(is_cjk) { given.clone() } else { initials(given, edition) };
        return format!("{family}{gap}{given}");
    }
    let family = match edition {
        GbEdition::Of2015 => family.to_uppercase(),
        GbEdition::Of2025 => family.clone(),
    };
    let suffix = suffix.trim_end_matches('.');
    let after = if suffix.is_empty() { String::new() } else { format!(", {suffix}") };
    format!("{family} {}{after}", initials(given, edition))
}

/// The first letters of given names: `P S`.
fn initials(given: &str, edition: GbEdition) -> String {
    let of_word = |word: &str| -> String {
        // `PS` or `PSC` is initials already.
        let are_initials = word.chars().count() <= 3 && word.chars().all(char::is_uppercase);
        let letters: Vec<String> = match are_initials {
            true => word.chars().map(String::from).collect(),
            false => word.chars().take(1).map(|c| c.to_uppercase().collect()).collect(),
        };
        letters.join(" ")
    };
    let hyphen = match edition {
        GbEdition::Of2015 => " ",
        GbEdition::Of2025 => "-",
    };
    let of_part = |part: &str| -> String {
        let words = part.split(['-', '‐']).filter(|word| !word.is_empty()).map(of_word);
        words.collect::<Vec<_>>().join(hyphen)
    };
    let parts = given.split([' ', '.', '\u{A0}']).filter(|part| !part.is_empty());
    // A stop between initials may be followed by a hyphen: `J.-L.`
    let joined = parts.map(|part| match part.strip_prefix(['-', '‐']) {
        Some(rest) => format!("{hyphen}{}", of_part(rest)),
        None => format!(" {}", of_part(part)),
    });
    joined.collect::<String>().trim().to_owned()
}

/// A name as it stands.
fn whole(name: &Name) -> String {
    match name {
        Name::Whole(name) => name.clone(),
        Name::Person { family, given, .. } => format!("{given} {family}"),
    }
}

/// The first of the names as the text says it: a Chinese one whole, of a Western one the family name
/// (2015, 10.2.1; 2025, 9.3.1.1).
pub fn cited(names: &Names, words: &Words) -> Option<String> {
    let first = match names.names.first()? {
        Name::Whole(name) => name.clone(),
        Name::Person { family, given, .. } if family.contains(is_cjk) && given.contains(is_cjk) => {
            format!("{family}{given}")
        }
        Name::Person { family, .. } => family.clone(),
    };
    let more = names.names.len() > 1 || names.others == Others::Some;
    // 适当空隙: a space before the word for the others (2015, 10.2.2; 2025, 9.3.1.2).
    Some(if more { format!("{first} {}", words.and_others) } else { first })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn given_names_are_initials() {
        let initials = |given| {
            [GbEdition::Of2015, GbEdition::Of2025].map(|edition| super::initials(given, edition))
        };
        assert_eq!(initials("Albert"), ["A", "A"]);
        assert_eq!(initials("P. S."), ["P S", "P S"]);
        assert_eq!(initials("PS"), ["P S", "P S"]);
        assert_eq!(initials("Jean-Luc"), ["J L", "J-L"]);
        assert_eq!(initials("J.-L."), ["J L", "J-L"]);
        assert_eq!(initials("Donald Ervin"), ["D E", "D E"]);
        assert_eq!(initials("édouard"), ["É", "É"]);
    }
}
