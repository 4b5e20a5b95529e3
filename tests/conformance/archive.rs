//! Packages through the Library of Congress' own program for bags, and through ours.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::process::Command;

use banxin::Edition;
use banxin::diag::Sink;
use banxin::files::Folder;
use banxin::profile::Product;
use tempfile::TempDir;

use super::{call, findings, printed};
use crate::archive::rich;

/// The rich book, packed in every form.
fn packed() -> Edition {
    let Folder::Memory(mut files) = rich() else { panic!("the book is in memory") };
    let toml = String::from_utf8(files["book.toml"].clone()).unwrap();
    let forms = "[archive]\nforms = [\"folder\", \"zip\", \"tar\"]\nreports = [\"r/ace.json\"]\n";
    files.insert("book.toml".to_owned(), (toml + forms).into_bytes());
    files.insert("r/ace.json".to_owned(), b"{}".to_vec());
    let mut sink = Sink::default();
    let only = [Product::Archive];
    let built = banxin::build(&Folder::Memory(files), None, &only, &mut sink);
    built.unwrap_or_else(|_| panic!("{}", findings(&sink)))
}

/// The package as a folder, by each of its forms; the files of all are the same.
fn unpacked(edition: &Edition) -> Vec<(TempDir, PathBuf)> {
    let mut all: Vec<BTreeMap<PathBuf, Vec<u8>>> = Vec::new();
    let package = edition.package.as_ref().unwrap();
    let root = Path::new("book-archive");
    all.push(package.iter().map(|(path, bytes)| (root.join(path), bytes.clone())).collect());
    for file in &edition.files {
        let folder = tempfile::tempdir().unwrap();
        if file.name.ends_with(".zip") {
            zip::ZipArchive::new(Cursor::new(&file.bytes)).unwrap().extract(&folder).unwrap();
        } else {
            tar::Archive::new(file.bytes.as_slice()).unpack(&folder).unwrap();
        }
        all.push(read(folder.path(), folder.path()));
    }
    assert_eq!(all.len(), 3);
    assert!(all.iter().all(|files| *files == all[0]), "a form holds other files");
    all.into_iter().map(|files| written(&files)).collect()
}

/// The files below a folder, by their paths from `root`.
fn read(folder: &Path, root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(read(&path, root));
        } else {
            let bytes = std::fs::read(&path).unwrap();
            files.insert(path.strip_prefix(root).unwrap().to_owned(), bytes);
        }
    }
    files
}

fn written(files: &BTreeMap<PathBuf, Vec<u8>>) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in files {
        let place = folder.path().join(path);
        std::fs::create_dir_all(place.parent().unwrap()).unwrap();
        std::fs::write(place, bytes).unwrap();
    }
    let root = folder.path().join(files.keys().next().unwrap().iter().next().unwrap());
    (folder, root)
}

/// Whether the program takes a bag, and what it says; none where it is not installed.
fn validated(bag: &Path) -> Option<(bool, String)> {
    let output = call(Command::new("bagit.py").arg("--validate").arg(bag))?;
    Some((output.status.success(), printed(&output)))
}

/// What ours finds, by codes and names.
fn verified(bag: &Path) -> String {
    let mut sink = Sink::default();
    let whole = banxin::archive::verify(bag, &mut sink);
    assert_eq!(whole.is_ok(), sink.findings().is_empty());
    findings(&sink)
}

#[test]
fn a_package_is_whole_in_every_form_and_place() {
    for (_folder, bag) in unpacked(&packed()) {
        assert_eq!(verified(&bag), "");
        let Some((valid, said)) = validated(&bag) else { return };
        assert!(valid, "{said}");
    }
}

/// What is done to a file.
type Change = fn(&Path);

#[test]
fn a_changed_a_missing_and_an_added_file_are_named() {
    let edition = packed();
    let chapter = "data/source/one.md";
    let changes: [(&str, &str, Change); 3] = [
        ("bag-changed", chapter, |path| {
            let mut bytes = std::fs::read(path).unwrap();
            bytes[0] ^= 1;
            std::fs::write(path, bytes).unwrap();
        }),
        ("bag-missing", chapter, |path| std::fs::remove_file(path).unwrap()),
        ("bag-added", "data/source/new.md", |path| std::fs::write(path, "").unwrap()),
    ];
    for (code, name, change) in changes {
        let (_folder, bag) = unpacked(&edition).remove(0);
        change(&bag.join(name));
        let found = verified(&bag);
        assert!(found.contains(&format!("[{code}] {name}")), "{found}");
        let Some((valid, said)) = validated(&bag) else { return };
        assert!(!valid, "{said}");
    }
}
