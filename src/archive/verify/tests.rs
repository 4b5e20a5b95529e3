use std::io::Write;

use super::*;
use crate::archive::{bag, pack};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// The files of a small bag.
fn bag() -> Vec<(String, Vec<u8>)> {
    let payload = [("data/文.txt", "abc"), ("data/b.txt", "xyz")];
    let payload = payload.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()));
    bag::pack(payload.to_vec(), &[])
}

fn zipped(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    pack::zip("bag", files).unwrap()
}

/// What is found in a package: codes with names.
fn found(bytes: &[u8]) -> Vec<String> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    at(file.path())
}

fn at(path: &Path) -> Vec<String> {
    let mut sink = Sink::default();
    let whole = verify(path, &mut sink);
    assert_eq!(whole.is_ok(), sink.findings().is_empty());
    let line = |finding: &Diagnostic| match &finding.place {
        Place::File(path) => format!("{} {path}", finding.code),
        Place::Book | Place::Span(_) => finding.code.to_string(),
    };
    sink.findings().iter().map(line).collect()
}

/// The small bag after a change.
fn changed(change: impl FnOnce(&mut Vec<(String, Vec<u8>)>)) -> Vec<String> {
    let mut files = bag();
    change(&mut files);
    found(&zipped(&files))
}

#[test]
fn a_whole_bag_has_no_findings_as_zip_tar_and_folder() {
    assert_eq!(found(&zipped(&bag())), [""; 0]);
    let mut tar = tar::Builder::new(Vec::new());
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in bag() {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        tar.append_data(&mut header, format!("bag/{path}"), &*bytes).unwrap();
        crate::files::save(folder.path(), &[(&path, &bytes)]).unwrap();
    }
    assert_eq!(found(&tar.into_inner().unwrap()), [""; 0]);
    assert_eq!(at(folder.path()), [""; 0]);
}

#[test]
fn what_changed_is_missing_or_was_added_is_named() {
    assert_eq!(
        changed(|files| {
            let at = second(files);
            files[at].1[0] = b'X';
        }),
        ["bag-changed data/b.txt"]
    );
    let missing = changed(|files| {
        let at = second(files);
        files.remove(at);
    });
    assert_eq!(missing, ["bag-missing data/b.txt", "bag-changed bag-info.txt"]);
    let added = changed(|files| files.push(("data/c.txt".into(), b"".to_vec())));
    assert_eq!(added, ["bag-added data/c.txt", "bag-changed bag-info.txt"]);
    let tag = changed(|files| {
        files.iter_mut().for_each(|(path, bytes)| {
            if path == "bag-info.txt" {
                bytes.push(b'\n')
            }
        })
    });
    assert_eq!(tag, ["bag-changed bag-info.txt"]);
    let later = changed(|files| files.push(("note.txt".into(), b"".to_vec())));
    assert_eq!(later, ["bag-added note.txt"]);
}

#[test]
fn records_that_say_something_else_are_told() {
    let record = |path: &str, size: u32| {
        let record = format!(
            "<p><objectIdentifierValue>{path}</objectIdentifierValue><size>{size}</size></p>"
        );
        let payload = [
            ("data/a.txt".to_owned(), b"abc".to_vec()),
            (
                "data/metadata/dc.xml".to_owned(),
                b"<d><identifier>a&amp;b</identifier></d>".to_vec(),
            ),
            ("data/metadata/premis.xml".to_owned(), record.into_bytes()),
        ];
        let identifier = if size == 3 { "a&b" } else { "c" };
        let about = [("External-Identifier", identifier.to_owned())];
        found(&zipped(&bag::pack(payload.to_vec(), &about)))
    };
    let (core, premis) =
        ("bag-disagrees data/metadata/dc.xml", "bag-disagrees data/metadata/premis.xml");
    assert_eq!(record("data/a.txt", 3), [""; 0]);
    assert_eq!(record("data/a.txt", 4), [premis, core]);
    assert_eq!(record("data/b.txt", 3), [premis]);
}

/// Where the second file of the payload stands.
fn second(files: &[(String, Vec<u8>)]) -> usize {
    files.iter().position(|(path, _)| path == "data/b.txt").unwrap()
}

#[test]
fn what_is_no_bag_is_told() {
    let undeclared = changed(|files| files.retain(|(path, _)| path != "bagit.txt"));
    assert_eq!(undeclared, ["bag-incomplete bagit.txt"]);
    let unlisted = changed(|files| files.retain(|(path, _)| !path.contains("manifest")));
    assert_eq!(unlisted, ["bag-incomplete manifest-sha256.txt"]);
    assert_eq!(found(b""), ["bag-incomplete bagit.txt"]);
    assert_eq!(found(b"PK\x03\x04 cut off")[0], "unreadable-file");
    assert_eq!(at(Path::new("nowhere"))[0], "unreadable-file");
}

#[test]
fn names_that_lead_out_or_fold_into_one_are_refused() {
    for name in ["../../x", "data/../../x", "data\\x"] {
        let found = changed(|files| files.push((name.into(), b"".to_vec())));
        let place = format!("bag-unsafe {}", format!("bag/{name}").escape_debug());
        assert_eq!(found, [place]);
    }
    let folded = changed(|files| files.push(("data/B.txt".into(), b"".to_vec())));
    assert_eq!(folded, ["bag-unsafe bag/data/B.txt"]);
}

/// The small bag as a ZIP with one more entry.
fn with(add: impl FnOnce(&mut ZipWriter<std::io::Cursor<Vec<u8>>>)) -> Vec<String> {
    let cursor = std::io::Cursor::new(zipped(&bag()));
    let mut zip = ZipWriter::new_append(cursor).unwrap();
    add(&mut zip);
    found(&zip.finish().unwrap().into_inner())
}

#[test]
fn links_and_bursting_files_are_refused() {
    let options = SimpleFileOptions::default();
    let link = with(|zip| zip.add_symlink("bag/data/l", "/etc/passwd", options).unwrap());
    assert_eq!(link, ["bag-unsafe bag/data/l"]);
    let burst = with(|zip| {
        zip.start_file("bag/data/zeros", options).unwrap();
        zip.write_all(&vec![0; 20 << 20]).unwrap();
    });
    assert_eq!(burst, ["bag-unsafe bag/data/zeros"]);
    let mut tar = tar::Builder::new(Vec::new());
    for kind in [tar::EntryType::Symlink, tar::EntryType::Link] {
        let mut header = tar::Header::new_gnu();
        header.set_entry_type(kind);
        header.set_size(0);
        tar.append_link(&mut header, "bag/data/l", "/etc/passwd").unwrap();
    }
    let found = found(&tar.into_inner().unwrap());
    assert_eq!(found[..2], ["bag-unsafe bag/data/l", "bag-unsafe bag/data/l"]);
}

#[test]
fn encrypted_and_doubled_entries_are_refused() {
    let mut bytes = zipped(&bag());
    // The flag of encryption in the directory's first entry (APPNOTE 4.4.4).
    let entry = bytes.windows(4).position(|bytes| bytes == b"PK\x01\x02").unwrap();
    bytes[entry + 8] |= 1;
    assert!(found(&bytes).contains(&"bag-unsafe bag/bag-info.txt".to_owned()));
    // Two names of one length become one.
    let mut files = bag();
    files.push(("data/c.txt".into(), b"".to_vec()));
    let mut bytes = zipped(&files);
    let name = b"bag/data/c.txt";
    for at in 0..bytes.len() - name.len() {
        if bytes[at..].starts_with(name) {
            bytes[at + 9] = b'b';
        }
    }
    assert!(found(&bytes).contains(&"bag-unsafe ".to_owned()));
}
