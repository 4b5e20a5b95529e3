//! The same folder gives the same bytes, wherever it lies and however many threads there are.

use std::path::Path;

use banxin::Built;
use banxin::diag::Sink;
use banxin::files::Folder;
use banxin::profile::Product;

#[test]
fn the_same_folder_gives_the_same_bytes() {
    let one = built_elsewhere("one", 1);
    let other = built_elsewhere("a longer name, 又一个", 4);
    assert_eq!(one.len(), 6, "every product is made");
    for (one, other) in one.iter().zip(&other) {
        assert_eq!(one.name, other.name);
        assert!(one.bytes == other.bytes, "two builds of `{}` differ", one.name);
    }
}

/// The sample book, built from a copy in a folder of another name by so many threads.
fn built_elsewhere(name: &str, threads: usize) -> Vec<Built> {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join(name);
    copy_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("book"), &copy);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    pool.install(|| {
        let mut sink = Sink::default();
        let built = banxin::build(&Folder::Disk(copy), None, &Product::ALL, &mut sink);
        let findings: Vec<String> =
            sink.findings().iter().map(|finding| sink.line(finding)).collect();
        built.unwrap_or_else(|_| panic!("{}", findings.join("\n"))).files
    })
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}
