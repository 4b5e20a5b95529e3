//! banxin (版心, the type area of a page) builds a book from a folder: `book.toml`, Markdown
//! chapters, pictures and credits go in; an EPUB 3 for e-readers, a PDF for the screen and a PDF for
//! the press come out.
//!
//! This page is the map. Each arrow is one function with one input and one output type; [`build`]
//! retells it.
//!
//! ```text
//! book.toml ─ manifest ┐
//! *.md ──── manuscript ┴─ book ─┬─ layout ─ pdf
//!                               └─ epub (with the pages' numbers from layout)
//!    script, font, image, citation: consulted
//!    units, diag, files, profile, placeholder: used by all
//! ```
//!
//! | module | turns | into |
//! |---|---|---|
//! | [`manifest`] | `book.toml` | a [`manifest::Manifest`] in which nothing is left open |
//! | [`start`] | a title and a kind | the files of a small new book |
//! | [`manuscript`] | Markdown | a [`manuscript::Manuscript`]: blocks and inlines with places |
//! | [`font`] | font files | [`font::Fonts`]: which face sets which character |
//! | [`image`] | picture files | an [`image::Picture`] that every output can carry |
//! | [`citation`] | files of cited works | references set by GB/T 7714 or a style in CSL |
//! | [`book`] | all of these | a [`book::Book`] in which every reference leads somewhere |
//! | [`layout`] | the book | a [`layout::Layout`]: pages of placed glyphs, rules, pictures |
//! | [`press`] | the pages | sheets that are folded or handed out, and the cover around them |
//! | [`pdf`] | pages and sheets | PDF files |
//! | [`epub`] | the book | an EPUB file |
//! | [`archive`] | finished files | the package that libraries keep, and its verification |
//! | [`catalog`] | many built books | a page and feeds for a web server |
//! | [`import`] | articles of other programs | a book's folder |
//! | [`preview`] | a book's folder | a local web page that follows the edits |
//!
//! [`build_all`] does this for all books of a [`shelf`].
//!
//! A module uses those above it and those that all use, never those below; `tests/architecture.rs`
//! holds the table. The command line is no part of the library: it stands in the program.

pub mod archive;
pub mod book;
pub mod catalog;
pub mod citation;
pub mod diag;
pub mod epub;
pub mod files;
pub mod font;
pub mod image;
pub mod import;
pub mod layout;
pub mod manifest;
pub mod manuscript;
pub mod pdf;
pub mod placeholder;
pub mod press;
pub mod preview;
pub mod profile;
pub mod script;
pub mod shelf;
pub mod start;
pub mod units;

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use book::Book;
use diag::{Code, Diagnostic, Outcome, Place, Progress, Sink, Stage, Stopped};
use files::Folder;
use font::Fonts;
use layout::Layout;
use manifest::{Embed, Manifest, Part};
use manuscript::Manuscript;
use pdf::Written;
use profile::Product;
use shelf::Shelved;

/// A book built: its files, not yet written to disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    /// The book's title.
    pub title: String,
    /// What the book is known by: an ISBN or another URN.
    pub identifier: String,
    /// What the names of its files begin with.
    pub slug: String,
    /// One for each product, in the order of [`Product::ALL`]; a package may have several forms.
    pub files: Vec<Built>,
    /// A package for libraries as a folder, where that is asked for.
    pub package: Option<Vec<archive::File>>,
}

/// A finished file, not yet written to disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Built {
    /// What it is.
    pub product: Product,
    /// The name it should have: the book's slug and the product's ending, between them which part of
    /// a booklet it is.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
    /// How many pages it has; none for an EPUB, whose pages the reader makes.
    pub pages: Option<usize>,
    /// The names of the standards that it keeps.
    pub keeps: Vec<&'static str>,
}

/// Builds the book in `folder`, or one of its other editions: the `products` asked for, or those that
/// its `book.toml` asks for when there are none, in the order of [`Product::ALL`].
///
/// ```
/// use std::collections::BTreeMap;
///
/// use banxin::diag::Sink;
/// use banxin::files::Folder;
/// use banxin::profile::Product;
///
/// let toml = r#"
///     title = "小书"
///     identifier = "urn:uuid:6b0d1fd6-2f0e-4c61-9f0d-6c2b8d0f7a11"
///     date = "2025-12-23"
///     contents.body = ["one.md"]
/// "#;
/// let files = [("book.toml", toml), ("one.md", "# 第一篇\n\n正文。\n")];
/// let files: BTreeMap<String, Vec<u8>> =
///     files.map(|(path, text)| (path.to_owned(), text.into())).into();
/// let mut sink = Sink::default();
/// let book = banxin::build(&Folder::Memory(files), None, &[Product::Epub], &mut sink);
/// for finding in sink.findings() {
///     eprintln!("{}", sink.line(finding));
/// }
/// assert_eq!(book.unwrap().files[0].name, "book.epub");
/// ```
///
/// # Errors
/// The book has errors; `sink` holds all that could be found. Nothing is half built.
pub fn build(
    folder: &Folder,
    edition: Option<&str>,
    products: &[Product],
    sink: &mut Sink,
) -> Outcome<Edition> {
    build_part(folder, edition, products, Part::Whole, sink)
}

/// The same, with a booklet of only a `part` of the pages, whatever `book.toml` says of them.
///
/// # Errors
/// As for [`build`]; and the book has no such part.
pub fn build_part(
    folder: &Folder,
    edition: Option<&str>,
    products: &[Product],
    part: Part,
    sink: &mut Sink,
) -> Outcome<Edition> {
    let progress = Arc::clone(&sink.progress);
    let folder = &folder.noted();
    let (mut manifest, manuscript) = texts(folder, edition, sink)?;
    manifest.booklet.narrow(part.clone());
    let metadata = &manifest.metadata;
    let (imprint, choice) = (manifest.imprint.clone(), manifest.archive.clone());
    let (title, identifier) = (metadata.title.clone(), metadata.identifier.clone());
    let slug = manifest.slug.clone();
    let outputs = manifest.outputs.clone();
    let asked = if products.is_empty() { &outputs } else { products };
    let asked: Vec<Product> =
        Product::ALL.into_iter().filter(|product| asked.contains(product)).collect();
    // The book is resolved for all of them: drawings have shapes only for pages.
    manifest.outputs.extend(asked.iter().filter(|product| !outputs.contains(product)));

    let load = || font::load(&manifest.fonts, folder, sink);
    let fonts = progress.during(Stage::Fonts, load)?;
    let manuscript = manuscript?;
    let resolve = || book::resolve(manifest, manuscript, folder, &fonts, sink);
    let mut book = progress.during(Stage::Book, resolve)?;

    // A package holds the others, asked for or not; its EPUB is one with all fonts.
    let archived = asked.contains(&Product::Archive);
    let packed = [Product::Screen, Product::Print];
    let made: Vec<Product> = Product::ALL
        .into_iter()
        .filter(|product| asked.contains(product) || archived && packed.contains(product))
        .collect();
    progress.expect_files(made.len());
    let mut beside = sink.aside();
    // An EPUB has the pages of the printed book, and waits for them.
    let printed = outputs.contains(&Product::Print) || made.contains(&Product::Print);
    let waits = printed && (archived || made.contains(&Product::Epub));
    let layout = waits.then(|| lay_out(&book, &fonts, sink));
    let (paged, flowing) = rayon::join(
        || write_pdfs(&book, &fonts, layout.as_ref(), &made, sink),
        || write_epub(&book, &fonts, layout.as_ref(), &made, &mut beside),
    );
    sink.absorb(beside);
    let named = |product: Product| file_name(&slug, product, &part);
    let flowing = flowing?.map(|bytes| Built {
        product: Product::Epub,
        name: named(Product::Epub),
        bytes,
        pages: None,
        keeps: vec![epub::STANDARD],
    });
    let paged = paged?.into_iter().map(|(product, Written { bytes, pages, keeps })| Built {
        product,
        name: named(product),
        bytes,
        pages: Some(pages),
        keeps,
    });
    let mut files: Vec<Built> = flowing.into_iter().chain(paged).collect();
    let mut package = None;
    if archived {
        let _packing = progress.begin(Stage::Archive);
        let layout = layout.as_ref();
        let epub = archived_epub(&mut book, &fonts, layout, &files, sink)?;
        let finished = files.iter().filter(|file| file.product != Product::Epub);
        let finished = finished.map(|file| (file.product, file.bytes.as_slice()));
        let material = archive::Material {
            book: &book,
            imprint: imprint.as_ref(),
            choice: &choice,
            slug: &slug,
            finished: finished.chain([(Product::Epub, epub.as_slice())]).collect(),
            pages: pages(&files),
            sources: folder.read_so_far(),
            faces: faces(&fonts, layout),
            reports: archive::reports(folder, &choice, sink),
        };
        let archive::Package { packed, folder } = archive::write(&material, sink)?;
        files.extend(packed.into_iter().map(|(ending, bytes)| Built {
            product: Product::Archive,
            name: named(Product::Archive) + ending,
            bytes,
            pages: None,
            keeps: vec![archive::STANDARD],
        }));
        progress.count_file();
        files.retain(|file| asked.contains(&file.product));
        package = folder;
    }
    sink.settle(Edition { title, identifier, slug, files, package })
}

/// The name of a file: a part of a booklet does not take the place of the whole.
fn file_name(slug: &str, product: Product, part: &Part) -> String {
    let suffix = product.suffix();
    let part = part.name().filter(|_| product == Product::Booklet);
    match part.zip(suffix.split_once('.')) {
        Some((part, (kind, ending))) => format!("{slug}{kind}-{part}.{ending}"),
        None => slug.to_owned() + suffix,
    }
}

/// Builds many books, several at a time, and hands each to `done` as soon as it is there; gives what
/// that makes of them, in the order of the books; `progress` counts for all together.
///
/// A book that cannot be built keeps it to itself, even where the program has a fault.
pub fn build_all<T: Send>(
    books: &[Shelved],
    edition: Option<&str>,
    products: &[Product],
    progress: &Arc<Progress>,
    done: impl Fn(&Shelved, Outcome<Edition>, Sink) -> T + Sync,
) -> Vec<T> {
    shelf::each(books, |book| {
        let folder = Folder::Disk(book.folder.clone());
        let mut sink = Sink::default();
        sink.progress = Arc::clone(progress);
        let built = guarded(&mut sink, |sink| build(&folder, edition, products, sink));
        done(book, built, sink)
    })
}

/// What `work` gives; a finding where it meets a fault of the program.
pub(crate) fn guarded<T>(
    sink: &mut Sink,
    work: impl FnOnce(&mut Sink) -> Outcome<T>,
) -> Outcome<T> {
    // The sink is asked for its findings alone, and has them whole.
    catch_unwind(AssertUnwindSafe(|| work(sink))).unwrap_or_else(|_| {
        let message = "the program has a fault, and could not build this book";
        let finding = Diagnostic::new(Code::ProgramFault, Place::Book, message);
        sink.report(finding.hint("what it said stands above; please report it with the book"));
        Err(Stopped)
    })
}

/// The EPUB of a package: with every font, since no reader's own can be counted on for good.
fn archived_epub(
    book: &mut Book,
    fonts: &Fonts,
    layout: Option<&Layout>,
    files: &[Built],
    sink: &mut Sink,
) -> Outcome<Vec<u8>> {
    let made = files.iter().find(|file| file.product == Product::Epub);
    match made {
        Some(same) if book.epub.embed == Embed::Full => Ok(same.bytes.clone()),
        Some(_) | None => {
            book.epub.embed = Embed::Full;
            epub::write(book, fonts, layout, sink)
        }
    }
}

/// How many pages the printed book has.
fn pages(files: &[Built]) -> Option<usize> {
    files.iter().find(|file| file.product == Product::Print)?.pages
}

/// The names of the faces on the pages.
fn faces(fonts: &Fonts, layout: Option<&Layout>) -> Vec<String> {
    let used = layout.map(Layout::characters).unwrap_or_default();
    let faces = fonts.faces().filter(|(id, _)| used.contains_key(id));
    faces.map(|(_, face)| face.name().to_owned()).collect()
}

/// A face that a book can be set in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typeface {
    /// Its name, such as `NotoSerifSC-Regular`.
    pub name: String,
    /// Whether it comes along with the program.
    pub bundled: bool,
    /// How many characters it has.
    pub coverage: usize,
    /// The characters that the pages of the book have from it.
    pub used: BTreeSet<char>,
}

/// The faces that the book in `folder` can be set in, and what its pages take from each; those that
/// drawings on them use are not told.
///
/// # Errors
/// The book has errors; `sink` holds all that could be found, such as characters that no face has.
pub fn typefaces(
    folder: &Folder,
    edition: Option<&str>,
    sink: &mut Sink,
) -> Outcome<Vec<Typeface>> {
    let Resolved { book, fonts, .. } = resolve(folder, edition, sink)?;
    let mut used = layout::lay_out(&book, &fonts, sink).characters();
    let faces = fonts.faces().map(|(id, face)| Typeface {
        name: face.name().to_owned(),
        bundled: face.known().is_some(),
        coverage: face.coverage(),
        used: used.remove(&id).unwrap_or_default(),
    });
    sink.settle(faces.collect())
}

/// A book in which nothing is left open.
pub(crate) struct Resolved {
    /// The book.
    pub book: Book,
    /// Its faces.
    pub fonts: Fonts,
    /// What its `book.toml` asks for.
    pub outputs: Vec<Product>,
}

/// Reads the book in `folder`.
///
/// # Errors
/// The book has errors.
pub(crate) fn resolve(
    folder: &Folder,
    edition: Option<&str>,
    sink: &mut Sink,
) -> Outcome<Resolved> {
    let (manifest, manuscript) = texts(folder, edition, sink)?;
    let outputs = manifest.outputs.clone();
    let fonts = font::load(&manifest.fonts, folder, sink)?;
    let book = book::resolve(manifest, manuscript?, folder, &fonts, sink)?;
    Ok(Resolved { book, fonts, outputs })
}

/// Reads `book.toml` and the chapters; these even where only the words of the former can be told
/// apart, so that one run tells what is wrong with both.
fn texts(
    folder: &Folder,
    edition: Option<&str>,
    sink: &mut Sink,
) -> Outcome<(Manifest, Outcome<Manuscript>)> {
    let progress = Arc::clone(&sink.progress);
    let draft = || manifest::draft(folder, edition, sink);
    let draft = progress.during(Stage::Manifest, draft)?;
    let read = || manuscript::read(draft.manifest(), folder, sink);
    let manuscript = progress.during(Stage::Manuscript, read);
    Ok((draft.settle()?, manuscript))
}

/// Sets the pages.
fn lay_out(book: &Book, fonts: &Fonts, sink: &mut Sink) -> Layout {
    let progress = Arc::clone(&sink.progress);
    progress.during(Stage::Layout, || layout::lay_out(book, fonts, sink))
}

/// Sets the pages once, unless they are, and writes them as every PDF that is asked for.
fn write_pdfs(
    book: &Book,
    fonts: &Fonts,
    layout: Option<&Layout>,
    asked: &[Product],
    sink: &mut Sink,
) -> Outcome<Vec<(Product, Written)>> {
    if asked == [Product::Epub] {
        return Ok(Vec::new());
    }
    let own;
    let layout = match layout {
        Some(layout) => layout,
        None => {
            own = lay_out(book, fonts, sink);
            &own
        }
    };
    let progress = Arc::clone(&sink.progress);
    let _writing = progress.begin(Stage::Pdf);
    let paged: Vec<Product> =
        asked.iter().copied().filter(|product| *product != Product::Cover).collect();
    let pages = pdf::write(book, fonts, layout, &paged, sink);
    let cover = write_cover(book, fonts, layout, asked, sink);
    let mut files = pages?;
    if asked.contains(&Product::Booklet) {
        let sheets = press::impose(book, layout, sink)?;
        files.push((Product::Booklet, pdf::write_sheets(book, fonts, layout, &sheets, sink)?));
        progress.count_file();
    }
    files.extend(cover?);
    Ok(files)
}

/// Writes the cover sheet, if it is asked for.
fn write_cover(
    book: &Book,
    fonts: &Fonts,
    layout: &Layout,
    asked: &[Product],
    sink: &mut Sink,
) -> Outcome<Vec<(Product, Written)>> {
    if !asked.contains(&Product::Cover) {
        return Ok(Vec::new());
    }
    let sheet = press::cover(book, layout, fonts, sink)?;
    pdf::write(&sheet.book, fonts, &sheet.layout, &[Product::Cover], sink)
}

/// Writes the EPUB, if it is asked for.
fn write_epub(
    book: &Book,
    fonts: &Fonts,
    layout: Option<&Layout>,
    asked: &[Product],
    sink: &mut Sink,
) -> Outcome<Option<Vec<u8>>> {
    if !asked.contains(&Product::Epub) {
        return Ok(None);
    }
    let progress = Arc::clone(&sink.progress);
    let _writing = progress.begin(Stage::Epub);
    let written = epub::write(book, fonts, layout, sink)?;
    progress.count_file();
    Ok(Some(written))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_of_the_program_is_a_finding() {
        let mut sink = Sink::default();
        let outcome: Outcome<()> = guarded(&mut sink, |_| panic!("a fault, meant"));
        assert_eq!(outcome, Err(Stopped));
        let [finding] = sink.findings() else { panic!("one finding") };
        assert_eq!(finding.code, Code::ProgramFault);
        assert_eq!(guarded(&mut sink, |_| Ok(1)), Ok(1));
    }
}
