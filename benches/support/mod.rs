//! Longer books made of the sample book, and the memory of this process.

use std::collections::BTreeMap;
use std::path::Path;

/// The files of the sample book with its chapters `times` over; ids differ from copy to copy.
pub fn repeated(book: &Path, times: usize) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    read(book, book, &mut files);
    let toml = text(&files["book.toml"]);
    let body = toml.find("[[contents.body]]").expect("the sample book has chapters");
    let chapters = &toml[body..];
    let mut longer = toml.clone();
    let names: Vec<String> = files.keys().filter(|name| name.ends_with(".md")).cloned().collect();
    for copy in 2..=times {
        for name in &names {
            let stem = name.trim_end_matches(".md");
            if chapters.contains(name) {
                files.insert(format!("{stem}-{copy}.md"), renamed(&text(&files[name]), copy));
            }
        }
        longer.push_str(&chapters.replace(".md\"", &format!("-{copy}.md\"")));
    }
    files.insert("book.toml".into(), longer.into_bytes());
    files
}

/// A chapter whose ids end in the number of its copy.
fn renamed(markdown: &str, copy: usize) -> Vec<u8> {
    let mut result = String::with_capacity(markdown.len() + 1024);
    let mut rest = markdown;
    while let Some(at) = rest.find("#").filter(|_| !rest.is_empty()) {
        let (before, after) = rest.split_at(at + 1);
        result.push_str(before);
        let named = before.ends_with("{#") || before.ends_with("(#");
        let end = after.find([' ', '}', ')']).unwrap_or(0);
        if named {
            result.push_str(&format!("{}-{copy}", &after[..end]));
            rest = &after[end..];
        } else {
            rest = after;
        }
    }
    result.push_str(rest);
    result.into_bytes()
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

/// The most memory this process ever held, where the system tells; 0 elsewhere.
pub fn peak_mebibytes() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kibibytes = peak.and_then(|peak| peak.trim().trim_end_matches(" kB").parse::<f64>().ok());
    kibibytes.unwrap_or(0.0) / 1024.0
}
