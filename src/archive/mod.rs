//! The package for libraries: a bag (BagIt 1.0, RFC 8493) with the book in every form, what it was
//! made from, and records that describe it.
//!
//! ```text
//! bagit.txt  bag-info.txt  manifest-*.txt  tagmanifest-*.txt
//! data/index.html          the page that a person opens first
//! data/preservation/       the PDF that keeps PDF/A-2a
//! data/access/             the EPUB with all its fonts, the PDF for the printer
//! data/source/             what the book was made from
//! data/metadata/           records, a table of rights, a table of cited addresses
//! data/licences/           those of fonts and colour profiles
//! data/reports/            what programs found that looked the files over
//! ```
//!
//! [`write`] makes a package, and [`verify`] looks one over, whoever made it.

mod bag;
pub mod held;
mod pack;
pub mod records;
mod start;
mod tables;
mod verify;

use crate::book::Book;
use crate::diag::{Code, Diagnostic, Outcome, Place, Sink, Stopped};
use crate::files::{BookPath, Folder};
use crate::image::PROFILE_LICENCE;
use crate::manifest::{self, ArchiveChoice, Imprint, Located};
use crate::message;
use crate::profile::{Form, Product};

pub use held::{Format, Held, Role};
pub use verify::{Whole, verify};

use records::Work;

/// The licences of the bundled faces, by the families in their names.
const LICENCES: [(&str, &str); 10] = [
    ("BanxinKai", include_str!("../../fonts/OFL-BanxinKai.txt")),
    ("NotoSansJP", include_str!("../../fonts/OFL-NotoSansJP.txt")),
    ("NotoSansKR", include_str!("../../fonts/OFL-NotoSansKR.txt")),
    ("NotoSansMono", include_str!("../../fonts/OFL-NotoSansMono.txt")),
    ("NotoSansSC", include_str!("../../fonts/OFL-NotoSansSC.txt")),
    ("NotoSansTC", include_str!("../../fonts/OFL-NotoSansTC.txt")),
    ("NotoSerifJP", include_str!("../../fonts/OFL-NotoSerifJP.txt")),
    ("NotoSerifKR", include_str!("../../fonts/OFL-NotoSerifKR.txt")),
    ("NotoSerifSC", include_str!("../../fonts/OFL-NotoSerifSC.txt")),
    ("NotoSerifTC", include_str!("../../fonts/OFL-NotoSerifTC.txt")),
];
/// The standard that a package keeps.
pub const STANDARD: &str = "BagIt 1.0";

/// What a package is made from.
pub struct Material<'a> {
    /// The book.
    pub book: &'a Book,
    /// What its copyright page says.
    pub imprint: Option<&'a Imprint>,
    /// What kind of package it becomes.
    pub choice: &'a ArchiveChoice,
    /// What the names of its files begin with.
    pub slug: &'a str,
    /// The finished files.
    pub finished: Vec<(Product, &'a [u8])>,
    /// How many pages the printed book has.
    pub pages: Option<usize>,
    /// What the book was made from, by its path in the book's folder.
    pub sources: Vec<File>,
    /// The names of the faces on its pages.
    pub faces: Vec<String>,
    /// What programs found that looked its files over, by the names of their reports.
    pub reports: Vec<(BookPath, Vec<u8>)>,
}

/// A file of a package: its path and its bytes.
pub type File = (String, Vec<u8>);

/// A package that is made and not yet written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Package {
    /// As one file, with the ending of its name.
    pub packed: Vec<(&'static str, Vec<u8>)>,
    /// As a folder: all its files, by their paths in it.
    pub folder: Option<Vec<File>>,
}

/// The file of a package that the program made, and what a line of it begins with.
pub const MARK: (&str, &str) = (bag::INFO, bag::AGENT);

/// Makes a package.
///
/// # Errors
/// It cannot be packed; `sink` holds the reason.
pub fn write(material: &Material<'_>, sink: &mut Sink) -> Outcome<Package> {
    report_gaps(material.book, sink);
    let files = bag::pack(payload(material), &about(material.book));
    let mut package = Package::default();
    let root = material.slug.to_owned() + Product::Archive.suffix();
    for form in &material.choice.forms {
        let packed = match form {
            Form::Folder => continue,
            Form::Zip => pack::zip(&root, &files),
            Form::Tar => pack::tar(&root, &files),
        };
        let packed = packed.map_err(|why| {
            let message = message!("the package cannot be written: {why}", why);
            sink.report(Diagnostic::new(Code::WriterFailed, Place::Book, message));
            Stopped
        })?;
        package.packed.push((form.ending(), packed));
    }
    package.folder = material.choice.forms.contains(&Form::Folder).then_some(files);
    Ok(package)
}

/// The reports that a book names.
pub fn reports(
    folder: &Folder,
    choice: &ArchiveChoice,
    sink: &mut Sink,
) -> Vec<(BookPath, Vec<u8>)> {
    let mut reports = Vec::new();
    for Located { value: path, span } in &choice.reports {
        match folder.read(path) {
            Ok(bytes) => reports.push((path.clone(), bytes)),
            Err(_) => {
                let message = message!("there is no file `{path}`", path = *path);
                let finding = Diagnostic::new(Code::MissingFile, *span, message);
                sink.report(
                    finding.hint("a report is what a program wrote that looked the files over"),
                );
            }
        }
    }
    reports
}

/// Says what libraries ask for and the book does not say.
fn report_gaps(book: &Book, sink: &mut Sink) {
    for (key, hint) in manifest::lacks(&book.metadata, &book.credits) {
        let message = message!("an archive asks for `{key}`, which is missing", key);
        let place = Place::File(manifest::NAME.to_owned());
        sink.report(Diagnostic::new(Code::ArchiveLacks, place, message).hint(hint));
    }
}

/// What `bag-info.txt` says of the book. The day is the book's: the same book gives the same bag.
fn about(book: &Book) -> [(&'static str, String); 5] {
    let metadata = &book.metadata;
    let day: String = metadata.modified.chars().take_while(|c| *c != 'T').collect();
    [
        ("Source-Organization", metadata.publisher.clone()),
        ("Bagging-Date", day),
        ("External-Identifier", metadata.identifier.clone()),
        ("External-Description", metadata.full_title()),
        ("Internal-Sender-Description", metadata.description.clone()),
    ]
}

/// Everything below `data/`.
fn payload(material: &Material<'_>) -> Vec<File> {
    let mut files = finished(material);
    let target = material.choice.target;
    if target.takes_sources() {
        let sources = material.sources.iter();
        files.extend(sources.map(|(path, bytes)| (format!("data/source/{path}"), bytes.clone())));
    }
    let reports = material.reports.iter();
    files.extend(reports.map(|(path, bytes)| (format!("data/reports/{path}"), bytes.clone())));
    files.extend(licences(&material.faces));
    let book = material.book;
    files.push(("data/metadata/rights.csv".into(), tables::rights(book, &files)));
    files.push(("data/metadata/sources.csv".into(), tables::sources(book)));
    files.sort();
    let held: Vec<Held> = files.iter().map(hold).collect();
    let start = ("data/index.html".to_owned(), start::page(book, &held));
    let mut all = held;
    all.push(hold(&start));
    files.push(start);
    let work = Work { book, imprint: material.imprint, pages: material.pages };
    let records = records::write(work, &all).into_iter();
    files.extend(records.map(|(name, bytes)| (format!("data/metadata/{name}"), bytes)));
    files.sort();
    files
}

/// The finished files that the target takes, each in its place.
fn finished(material: &Material<'_>) -> Vec<File> {
    let Material { slug, choice, .. } = material;
    let place = |product: Product| match product {
        Product::Screen => Some("preservation"),
        Product::Epub if choice.target.takes_access() => Some("access"),
        Product::Print if choice.target.takes_sources() => Some("access"),
        Product::Epub | Product::Print | Product::Booklet | Product::Cover | Product::Archive => {
            None
        }
    };
    let files = material.finished.iter().filter_map(|(product, bytes)| {
        let path = format!("data/{}/{slug}{}", place(*product)?, product.suffix());
        Some((path, bytes.to_vec()))
    });
    files.collect()
}

/// A file as the records know it.
fn hold((path, bytes): &File) -> Held {
    let role = match path.strip_prefix("data/").and_then(|rest| rest.split_once('/')) {
        Some(("access", name)) if name.ends_with(Product::Print.suffix()) => Role::Print,
        Some(("access", _)) => Role::Access,
        Some(("preservation", _)) => Role::Preservation,
        Some(("source", _)) => Role::Source,
        Some(("licences", _)) => Role::Licence,
        Some(("reports", _)) => Role::Report,
        Some(_) => Role::Metadata,
        None => Role::Start,
    };
    Held::new(path.clone(), role, bytes)
}

/// The licences of what the program puts into the files: the faces on the pages, and colour profiles.
fn licences(faces: &[String]) -> Vec<File> {
    let is_used = |family: &str| {
        faces.iter().any(|face| face.split('-').next().is_some_and(|used| used == family))
    };
    let fonts = LICENCES.into_iter().filter(|(family, _)| is_used(family));
    let fonts = fonts.map(|(family, text)| (format!("data/licences/OFL-{family}.txt"), text));
    let profiles = ("data/licences/colour-profiles.txt".to_owned(), PROFILE_LICENCE);
    fonts.chain([profiles]).map(|(path, text)| (path, text.into())).collect()
}
