//! The frame of a bag (RFC 8493): what it is, what is in it, and the checksums of all.

use std::fmt::Write;

use super::held::Held;
use super::{File, Role};

/// The declaration (2.1.1).
const DECLARATION: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

/// The file that says what the bag is (2.2.2).
pub const INFO: &str = "bag-info.txt";
/// What its field for the program that made it begins with.
pub const AGENT: &str = "Bag-Software-Agent: banxin ";

/// A payload with the tag files around it, sorted by path; `about` are fields that say what the bag is.
pub fn pack(payload: Vec<File>, about: &[(&str, String)]) -> Vec<File> {
    let held: Vec<Held> = payload.iter().map(hold).collect();
    let mut tags: Vec<File> = vec![
        ("bagit.txt".to_owned(), DECLARATION.into()),
        (INFO.to_owned(), info(&held, about).into()),
        ("manifest-sha256.txt".to_owned(), manifest(&held, |file| &file.sha256)),
        ("manifest-sha512.txt".to_owned(), manifest(&held, |file| &file.sha512)),
    ];
    let tagged: Vec<Held> = tags.iter().map(hold).collect();
    tags.push(("tagmanifest-sha256.txt".to_owned(), manifest(&tagged, |file| &file.sha256)));
    tags.push(("tagmanifest-sha512.txt".to_owned(), manifest(&tagged, |file| &file.sha512)));
    let mut files = payload;
    files.extend(tags);
    files.sort();
    files
}

fn hold((path, bytes): &File) -> Held {
    Held::new(path.clone(), Role::Metadata, bytes)
}

/// A line for each file: its checksum and its path (2.1.3, 2.2.1).
fn manifest(held: &[Held], checksum: impl Fn(&Held) -> &str) -> Vec<u8> {
    let mut lines = String::new();
    for file in held {
        // Writing into a string does not fail.
        let _ = writeln!(lines, "{}  {}", checksum(file), encoded(&file.path));
    }
    lines.into_bytes()
}

/// A path as manifests write it: only what would end a line, and the sign for that, is encoded (2.1.3).
fn encoded(path: &str) -> String {
    path.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A path as it was before it was [`encoded`]; other percent signs stand for themselves.
pub fn decoded(path: &str) -> String {
    let path = path.replace("%0D", "\r").replace("%0d", "\r");
    path.replace("%0A", "\n").replace("%0a", "\n").replace("%25", "%")
}

/// What the bag is (2.2.2): fields that say something, how much it holds, and what made it.
fn info(held: &[Held], about: &[(&str, String)]) -> String {
    let bytes: u64 = held.iter().map(|file| file.size).sum();
    let mut info = String::new();
    for (label, value) in about.iter().filter(|(_, value)| !value.is_empty()) {
        // A value is one line; further ones would have to be indented.
        let value: Vec<&str> = value.split_whitespace().collect();
        let _ = writeln!(info, "{label}: {}", value.join(" "));
    }
    let _ = writeln!(info, "Payload-Oxum: {bytes}.{}", held.len());
    let _ = writeln!(info, "{AGENT}{}", env!("CARGO_PKG_VERSION"));
    info
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_encodes_what_would_end_a_line() {
        let held = [Held::new("data/文 100%\n.txt".into(), Role::Source, b"abc")];
        let list = String::from_utf8(manifest(&held, |file| &file.sha256)).unwrap();
        assert_eq!(list, format!("{}  data/文 100%25%0A.txt\n", held[0].sha256));
        assert_eq!(decoded("a%25%0A%41"), "a%\n%41");
    }
}
