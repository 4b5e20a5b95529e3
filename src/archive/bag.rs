//! A bag (RFC 8493, BagIt 1.0): payload under `data/`, a manifest of it for each checksum, and
//! manifests of those files in their turn; in a ZIP file that is the same for the same book.

use std::fmt::Write as _;
use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::Held;
use super::held::Role;

/// The declaration that makes a folder a bag (RFC 8493, 2.1.1).
const DECLARATION: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

/// A file of the package: its path from the root of the bag, what it is for, its bytes.
pub type Part = (String, Role, Vec<u8>);

/// The tag files of a bag with this payload, whose `bag-info.txt` says `info`.
pub fn tags(payload: &[Held], info: &[(&str, String)]) -> Vec<(String, Vec<u8>)> {
    let bytes: u64 = payload.iter().map(|file| file.size).sum();
    let mut about = String::new();
    for (label, value) in info {
        // Writing into a string does not fail.
        let _ = writeln!(about, "{label}: {}", one_line(value));
    }
    let _ = writeln!(about, "Payload-Oxum: {bytes}.{}", payload.len());
    let mut tags = vec![
        ("bag-info.txt".to_owned(), about.into_bytes()),
        ("bagit.txt".to_owned(), DECLARATION.as_bytes().to_vec()),
    ];
    tags.extend(manifests("manifest", payload));
    let held: Vec<Held> =
        tags.iter().map(|(path, text)| Held::new(path.clone(), Role::Metadata, text)).collect();
    tags.extend(manifests("tagmanifest", &held));
    tags
}

/// A manifest for each checksum (2.1.3, 2.2.1).
fn manifests(kind: &str, files: &[Held]) -> [(String, Vec<u8>); 2] {
    let list = |sum: fn(&Held) -> &str| {
        let mut list = String::new();
        for file in files {
            let _ = writeln!(list, "{}  {}", sum(file), encoded(&file.path));
        }
        list.into_bytes()
    };
    [
        (format!("{kind}-sha256.txt"), list(|file| &file.sha256)),
        (format!("{kind}-sha512.txt"), list(|file| &file.sha512)),
    ]
}

/// A path in a manifest: percent signs and ends of lines are written as their codes (2.1.3).
fn encoded(path: &str) -> String {
    path.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A path as it was before it was [`encoded`]; other percent signs stand for themselves.
pub fn decoded(path: &str) -> String {
    let path = path.replace("%0D", "\r").replace("%0d", "\r");
    path.replace("%0A", "\n").replace("%0a", "\n").replace("%25", "%")
}

/// A value of `bag-info.txt`, which ends where its line does.
fn one_line(value: &str) -> String {
    value.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The files of a bag in a ZIP file, below one folder called `root` (5).
///
/// # Errors
/// The ZIP writer refuses, for reasons of its own.
pub fn zipped(root: &str, files: &[(&str, &[u8])]) -> Result<Vec<u8>, zip::result::ZipError> {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    for (path, bytes) in files {
        let packed = ["epub", "pdf", "png", "jpg", "jpeg", "webp"]
            .contains(&path.rsplit('.').next().unwrap_or_default());
        let method = if packed { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        let large = u32::try_from(bytes.len()).is_err();
        out.start_file(
            format!("{root}/{path}"),
            options.compression_method(method).large_file(large),
        )?;
        out.write_all(bytes)?;
    }
    Ok(out.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bag_lists_what_it_holds() {
        let held = [Held::new("data/文 100%\n.txt".into(), Role::Source, b"abc")];
        let tags = tags(&held, &[("Source-Organization", "a\nb".into())]);
        let text = |name: &str| {
            let (_, bytes) = tags.iter().find(|(path, _)| path == name).unwrap();
            String::from_utf8(bytes.clone()).unwrap()
        };
        assert_eq!(text("bag-info.txt"), "Source-Organization: a b\nPayload-Oxum: 3.1\n");
        let line = format!("{}  data/文 100%25%0A.txt\n", held[0].sha256);
        assert_eq!(text("manifest-sha256.txt"), line);
        assert_eq!(text("tagmanifest-sha512.txt").lines().count(), 4);
        assert_eq!(decoded("a%25%0A%41"), "a%\n%41");
    }
}
