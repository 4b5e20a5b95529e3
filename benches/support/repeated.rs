//! Longer books made of the sample book.

use std::collections::BTreeMap;
use std::path::Path;

/// The files of the sample book with its body chapters `times` over; their ids differ from copy to
/// copy.
pub fn repeated(book: &Path, times: usize) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    read(book, book, &mut files);
    let toml = text(&files["book.toml"]);
    let body = toml.find("[[contents.body]]").expect("the sample book has chapters");
    let entries = &toml[body..];
    let chapters: Vec<(String, String)> = files
        .iter()
        .filter(|(name, _)| entries.contains(&format!("\"{name}\"")))
        .map(|(name, bytes)| (name.trim_end_matches(".md").to_owned(), text(bytes)))
        .collect();
    let ids: Vec<String> = chapters.iter().flat_map(|(_, markdown)| ids(markdown)).collect();
    let mut longer = toml.clone();
    for copy in 2..=times {
        for (stem, markdown) in &chapters {
            files.insert(format!("{stem}-{copy}.md"), renamed(markdown, &ids, copy).into_bytes());
        }
        longer.push_str(&entries.replace(".md\"", &format!("-{copy}.md\"")));
    }
    files.insert("book.toml".into(), longer.into_bytes());
    files
}

/// The ids that a chapter gives.
fn ids(markdown: &str) -> Vec<String> {
    let given = markdown.split("{#").skip(1);
    given.filter_map(|rest| rest.split([' ', '}']).next().map(str::to_owned)).collect()
}

/// A chapter whose ids, and references to them, end in the number of its copy.
fn renamed(markdown: &str, ids: &[String], copy: usize) -> String {
    ids.iter().fold(markdown.to_owned(), |markdown, id| {
        let given = ["{#", "(#"].iter().zip(["}", ")"]);
        let markdown = markdown.replace(&format!("{{#{id} "), &format!("{{#{id}-{copy} "));
        given.fold(markdown, |markdown, (before, after)| {
            let new = format!("{before}{id}-{copy}{after}");
            markdown.replace(&format!("{before}{id}{after}"), &new)
        })
    })
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("the sample book is UTF-8")
}

/// Every file below `folder`, by its path from `root`.
fn read(root: &Path, folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in std::fs::read_dir(folder).expect("the sample book can be read").flatten() {
        let path = entry.path();
        if path.is_dir() {
            read(root, &path, files);
        } else if let Ok(name) = path.strip_prefix(root) {
            let bytes = std::fs::read(&path).expect("the sample book can be read");
            files.insert(name.to_string_lossy().replace('\\', "/"), bytes);
        }
    }
}
