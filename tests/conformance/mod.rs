//! The sample book through validators and readers that others wrote.
//!
//! A tool that is not installed skips its test and says so, unless `BANXIN_REQUIRE_TOOLS` is set.

mod epub;
mod pdf;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use banxin::diag::Sink;
use banxin::files::Folder;
use banxin::profile::Product;

/// The folder of the sample book.
pub fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("book")
}

/// The sample book as one of the products: a file in a folder that goes with the test run.
pub fn built(product: Product) -> PathBuf {
    static FOLDER: OnceLock<tempfile::TempDir> = OnceLock::new();
    let folder = FOLDER.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let mut sink = Sink::default();
        let built = banxin::build(&Folder::Disk(sample()), &[], &|_| {}, &mut sink)
            .unwrap_or_else(|_| panic!("{}", findings(&sink)));
        assert_eq!(findings(&sink), "", "the sample book builds without findings");
        for file in built {
            std::fs::write(folder.path().join(file.product.keyword()), file.bytes).unwrap();
        }
        folder
    });
    folder.path().join(product.keyword())
}

/// Every finding, a line each.
pub fn findings(sink: &Sink) -> String {
    sink.findings().iter().map(|finding| sink.line(finding) + "\n").collect()
}

/// Runs a tool; `None` when it is not installed and need not be.
pub fn run(tool: &str, arguments: &[&str], file: &Path) -> Option<Output> {
    let output = Command::new(tool).args(arguments).arg(file).output();
    match output {
        Ok(output) => Some(output),
        Err(error) if std::env::var_os("BANXIN_REQUIRE_TOOLS").is_some() => {
            panic!("`{tool}` is required: {error}")
        }
        Err(_) => {
            println!("skipped: `{tool}` is not installed");
            None
        }
    }
}

/// What a tool printed, on both streams.
pub fn printed(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    text(&output.stdout) + &text(&output.stderr)
}
