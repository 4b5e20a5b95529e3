//! The package for libraries: a bag (RFC 8493) with the book to read, to keep and to print, what it was
//! made from, and the records of metadata that describe it.

mod bag;
pub mod held;
pub mod records;
mod start;
mod verify;

pub use held::{Format, Held, Role};
pub use verify::{Whole, verify};

use crate::diag::{Code, Diagnostic, Outcome, Place, Sink, Stopped};
use crate::message;
use bag::Part;
use records::Work;

/// The licences of the bundled fonts, by the name of the family.
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

/// What a package is made of.
pub struct Contents<'a> {
    /// The book that is described.
    pub work: Work<'a>,
    /// What the names of its files begin with.
    pub slug: &'a str,
    /// Its EPUB, with every font.
    pub epub: Vec<u8>,
    /// Its PDF for the screen, which is PDF/A-2a.
    pub screen: Vec<u8>,
    /// Its PDF for the press.
    pub print: Vec<u8>,
    /// The files that the build read, by their paths in the book's folder.
    pub sources: Vec<(String, Vec<u8>)>,
    /// The names of the faces on its pages.
    pub faces: Vec<String>,
}

/// Writes the package as a ZIP file that holds one folder, `<slug>-archive`.
///
/// # Errors
/// The ZIP file could not be put together; the reason is reported.
pub fn write(contents: Contents<'_>, sink: &mut Sink) -> Outcome<Vec<u8>> {
    let (work, slug) = (contents.work, contents.slug.to_owned());
    remark(work, sink);
    let mut parts = parts(contents);
    let mut held: Vec<Held> =
        parts.iter().map(|(path, role, bytes)| Held::new(path.clone(), *role, bytes)).collect();
    for (name, bytes) in records::write(work, &held) {
        parts.push((format!("data/metadata/{name}"), Role::Metadata, bytes));
    }
    let described = held.len();
    let new = |(path, role, bytes): &Part| Held::new(path.clone(), *role, bytes);
    held.extend(parts[described..].iter().map(new));
    let page = ("data/index.html".to_owned(), Role::Start, start::page(work.book, &held));
    held.push(new(&page));
    parts.push(page);
    held.sort_by(|a, b| a.path.cmp(&b.path));
    let tags = bag::tags(&held, &info(work));
    let mut files: Vec<(&str, &[u8])> =
        parts.iter().map(|(path, _, bytes)| (path.as_str(), bytes.as_slice())).collect();
    files.extend(tags.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())));
    files.sort();
    bag::zipped(&format!("{slug}-archive"), &files).map_err(|why| {
        let message = message!("the package could not be put together: {why}", why);
        sink.report(Diagnostic::new(Code::WriterFailed, Place::Book, message));
        Stopped
    })
}

/// The payload without records and start page.
fn parts(contents: Contents<'_>) -> Vec<Part> {
    let Contents { slug, epub, screen, print, sources, faces, .. } = contents;
    let mut parts = vec![
        (format!("data/access/{slug}.epub"), Role::Access, epub),
        (format!("data/access/{slug}-print.pdf"), Role::Print, print),
        (format!("data/preservation/{slug}.pdf"), Role::Preservation, screen),
    ];
    for (path, bytes) in sources {
        parts.push((format!("data/source/{path}"), Role::Source, bytes));
    }
    let family = |face: &String| face.split('-').next().map(str::to_owned);
    let families: Vec<String> = faces.iter().filter_map(family).collect();
    for (family, text) in LICENCES {
        if families.iter().any(|used| used == family) {
            let path = format!("data/licences/OFL-{family}.txt");
            parts.push((path, Role::Licence, text.as_bytes().to_vec()));
        }
    }
    parts
}

/// What `bag-info.txt` says (RFC 8493, 2.2.2). Its day is the book's, since no clock is asked.
fn info(work: Work<'_>) -> Vec<(&'static str, String)> {
    let metadata = &work.book.metadata;
    let day = metadata.modified.get(..10).unwrap_or(&metadata.date);
    let mut info = vec![
        ("Bag-Software-Agent", concat!("banxin ", env!("CARGO_PKG_VERSION")).to_owned()),
        ("Bagging-Date", day.to_owned()),
        ("External-Identifier", metadata.identifier.clone()),
        ("External-Description", metadata.full_title()),
    ];
    if !metadata.publisher.is_empty() {
        info.push(("Source-Organization", metadata.publisher.clone()));
    }
    info
}

/// Warns of what a library will ask for and the book does not say.
fn remark(work: Work<'_>, sink: &mut Sink) {
    let metadata = &work.book.metadata;
    let silent = metadata.rights.is_empty() && metadata.licence.is_empty();
    for (key, lacks) in [("rights", silent), ("publisher", metadata.publisher.is_empty())] {
        if lacks {
            let message = message!("a library will ask for `{key}`, which the book lacks", key);
            let finding = Diagnostic::new(Code::ArchiveLacks, Place::Book, message);
            sink.report(finding.hint("the package is whole without it"));
        }
    }
}
