//! The sample book through validators and readers that others wrote.
//!
//! A tool that is not installed skips its test and says so, unless `BANXIN_REQUIRE_TOOLS` is set.

mod archive;
mod barcode;
mod booklet;
mod catalog;
mod constructs;
mod epub;
mod pdf;
mod preview;
mod ray;
mod readers;
mod records;
mod text;
mod twins;
mod verapdf;
mod x4;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use banxin::book::Book;
use banxin::diag::{Code, Sink};
use banxin::files::Folder;
use banxin::font::Fonts;
use banxin::profile::Product;
use banxin::{book, font, manifest, manuscript};
use tempfile::TempDir;

/// The files that programs look over one by one; a package holds them once more.
const LOOKED_AT: [Product; 5] =
    [Product::Epub, Product::Screen, Product::Print, Product::Booklet, Product::Cover];

/// The folder of the sample book.
pub fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("book")
}

/// The sample book as one of the products: a file in a folder that goes with the test run.
pub fn built(product: Product) -> PathBuf {
    static FOLDER: OnceLock<TempDir> = OnceLock::new();
    let folder = FOLDER.get_or_init(|| made(&Folder::Disk(sample()), None, ""));
    folder.path().join(product.keyword())
}

/// The sample book in traditional characters as one of the products.
pub fn traditional(product: Product) -> PathBuf {
    static FOLDER: OnceLock<TempDir> = OnceLock::new();
    let folder = FOLDER.get_or_init(|| made(&Folder::Disk(sample()), Some("zh-Hant"), ""));
    folder.path().join(product.keyword())
}

/// The book of every construct as one of the products.
pub fn constructs(product: Product) -> PathBuf {
    static FOLDER: OnceLock<TempDir> = OnceLock::new();
    let folder = FOLDER.get_or_init(|| made(&constructs::folder(), None, constructs::FINDINGS));
    folder.path().join(product.keyword())
}

/// A folder with every product of an edition of a book, which must build with just these findings.
pub fn made(book: &Folder, edition: Option<&str>, expected: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut sink = Sink::default();
    let built = banxin::build(book, edition, &LOOKED_AT, &mut sink)
        .unwrap_or_else(|_| panic!("{}", findings(&sink)));
    // Books for tests are thin.
    let others = sink.findings().iter().filter(|finding| finding.code != Code::NarrowSpine);
    let others: String = others.map(|finding| sink.line(finding) + "\n").collect();
    assert_eq!(others, expected, "the findings of the book");
    for file in built.files {
        std::fs::write(folder.path().join(file.product.keyword()), file.bytes).unwrap();
    }
    folder
}

/// A book with its references resolved, and its fonts.
pub fn resolved(folder: &Folder) -> (Book, Fonts) {
    let mut sink = Sink::default();
    let manifest = manifest::read(folder, None, &mut sink).unwrap();
    let manuscript = manuscript::read(&manifest, folder, &mut sink).unwrap();
    let fonts = font::load(&manifest.fonts, folder, &mut sink).unwrap();
    let book = book::resolve(manifest, manuscript, folder, &fonts, &mut sink).unwrap();
    (book, fonts)
}

/// Every finding, a line each.
pub fn findings(sink: &Sink) -> String {
    sink.findings().iter().map(|finding| sink.line(finding) + "\n").collect()
}

/// Runs a tool on a file; `None` when it is not installed and need not be.
pub fn run(tool: &str, arguments: &[&str], file: &Path) -> Option<Output> {
    call(Command::new(tool).args(arguments).arg(file))
}

/// Runs a tool; `None` when it is not installed and need not be.
pub fn call(command: &mut Command) -> Option<Output> {
    match command.output() {
        Ok(output) => Some(output),
        Err(error) => lacking(&command.get_program().to_string_lossy(), &error.to_string()),
    }
}

/// Says that a tool is not there; a failure where it must be.
fn lacking<T>(tool: &str, why: &str) -> Option<T> {
    let required = std::env::var_os("BANXIN_REQUIRE_TOOLS").is_some();
    assert!(!required, "`{tool}` is required: {why}");
    println!("skipped: `{tool}` is not installed");
    None
}

/// The folder of a Python package; `None` when it is not installed and need not be.
fn python_package(package: &str) -> Option<PathBuf> {
    let question = "import importlib.util as u, sys\n\
                    print(u.find_spec(sys.argv[1]).submodule_search_locations[0])";
    let output = call(Command::new("python3").args(["-c", question, package]))?;
    if !output.status.success() {
        return lacking(package, &printed(&output));
    }
    Some(PathBuf::from(String::from_utf8(output.stdout).unwrap().trim_end()))
}

/// The text of each page of a PDF as poppler reads it in the order of its contents.
pub fn page_texts(file: &Path, arguments: &[&str]) -> Option<Vec<String>> {
    let mut command = Command::new("pdftotext");
    command.args(["-raw", "-enc", "UTF-8"]).args(arguments).arg(file).arg("-");
    let output = call(&mut command)?;
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    let text = String::from_utf8(output.stdout).unwrap();
    let pages = text.strip_suffix('\u{c}').unwrap_or(&text);
    Some(pages.split('\u{c}').map(str::to_owned).collect())
}

/// What a tool printed, on both streams.
pub fn printed(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    text(&output.stdout) + &text(&output.stderr)
}
