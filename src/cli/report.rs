//! What a build made and found, for programs: the same words on every machine.

use banxin::diag::{Diagnostic, Message, Place, Severity, Sink};
use banxin::{Built, Edition};
use serde::Serialize;
use sha2::{Digest, Sha256};

/// What follows the book's slug in the report's name.
pub const SUFFIX: &str = "-report.json";

/// The report as it is written.
#[derive(Serialize)]
struct Report<'a> {
    /// Of its shape: it changes when a program that read the last one would read this one wrong.
    version: u32,
    /// The program and its version.
    generator: &'static str,
    /// None when the book was not built.
    book: Option<Book<'a>>,
    files: Vec<File<'a>>,
    findings: Vec<Finding<'a>>,
}

#[derive(Serialize)]
struct Book<'a> {
    title: &'a str,
    identifier: &'a str,
}

#[derive(Serialize)]
struct File<'a> {
    product: &'static str,
    name: &'a str,
    bytes: usize,
    pages: Option<usize>,
    /// The standards that it keeps.
    standards: &'a [&'static str],
    /// In hexadecimal digits.
    sha256: String,
}

/// A finding; its place by file, line and column as far as it has one, both counted from 1.
#[derive(Serialize)]
struct Finding<'a> {
    severity: &'static str,
    code: &'static str,
    message: String,
    file: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
    figure: Option<f64>,
    limit: Option<f64>,
    unit: Option<&'static str>,
    hints: Vec<String>,
}

/// The report on a build that gave `edition`, or nothing.
#[expect(clippy::expect_used, reason = "texts and numbers under fixed keys can always be JSON")]
pub fn json(edition: Option<&Edition>, sink: &Sink) -> String {
    let report = Report {
        version: 1,
        generator: concat!("banxin ", env!("CARGO_PKG_VERSION")),
        book: edition.map(|Edition { title, identifier, .. }| Book { title, identifier }),
        files: edition.iter().flat_map(|edition| &edition.files).map(file).collect(),
        findings: sink.findings().iter().map(|one| finding(one, sink)).collect(),
    };
    serde_json::to_string_pretty(&report).expect("a report can be JSON") + "\n"
}

fn file(built: &Built) -> File<'_> {
    let hash = Sha256::digest(&built.bytes);
    File {
        product: built.product.keyword(),
        name: &built.name,
        bytes: built.bytes.len(),
        pages: built.pages,
        standards: &built.keeps,
        sha256: hash.iter().map(|byte| format!("{byte:02x}")).collect(),
    }
}

fn finding<'a>(finding: &'a Diagnostic, sink: &'a Sink) -> Finding<'a> {
    let (file, at) = match &finding.place {
        Place::Span(span) => {
            let path = &*sink.sources.get(span.source).path;
            (Some(path), Some(sink.sources.line_column(*span)))
        }
        Place::File(path) => (Some(path.as_str()), None),
        Place::Book => (None, None),
    };
    Finding {
        severity: match finding.code.severity() {
            Severity::Warning => "warning",
            Severity::Error => "error",
        },
        code: finding.code.as_str(),
        message: finding.message.english(),
        file,
        line: at.map(|(line, _)| line),
        column: at.map(|(_, column)| column),
        figure: finding.measure.map(|measure| measure.figure),
        limit: finding.measure.map(|measure| measure.limit),
        unit: finding.measure.map(|measure| measure.unit.as_str()),
        hints: finding.hints.iter().map(Message::english).collect(),
    }
}
