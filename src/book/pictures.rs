//! Every picture of a book, read once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::outline::Listed;
use super::walk::{self, Node};
use super::{Cover, CoverRaster, PictureId, badge, cover};
use crate::diag::{Code, Diagnostic, Message, Place, Sink, Span, nearest};
use crate::files::{BookPath, Folder, ReadError};
use crate::font::Fonts;
use crate::image::{self, Fault, Kind, Picture, Remark, ShownBy};
use crate::manifest::{Commons, EditionChoice, Located, Manifest};
use crate::manuscript::{Block, Inline, Name};
use crate::profile::Product;
use crate::{message, placeholder};

/// The most pixels, wide and high, of a cover that is made from a drawing.
const COVER: (u32, u32) = (1600, 4096);

/// The pictures of a book.
#[derive(Default)]
pub(super) struct Gallery {
    /// Each picture once, in the order of their first use.
    pub pictures: Vec<Picture>,
    /// Where each is named first.
    pub places: Vec<Place>,
    ids: BTreeMap<BookPath, PictureId>,
}

/// The first use of a picture.
type Wanted = Located<BookPath>;

impl Gallery {
    /// Reads the pictures that the chapters and the cover use.
    pub fn load(
        manifest: &Manifest,
        chapters: &[Listed<'_>],
        folder: &Folder,
        fonts: &Fonts,
        sink: &mut Sink,
    ) -> Self {
        let mut wanted: Vec<Wanted> = Vec::new();
        let mut silent: Vec<(BookPath, Diagnostic)> = Vec::new();
        for listed in chapters {
            uses(listed, &mut wanted, &mut silent, sink);
        }
        wanted.extend(manifest.cover.picture.clone());
        let mut seen = BTreeSet::new();
        wanted.retain(|wanted| seen.insert(wanted.value.clone()));
        let read: Vec<_> =
            wanted.par_iter().map(|wanted| picture(wanted, folder, fonts, manifest)).collect();
        // Nobody can describe a picture that is not there.
        let is_gap = |remark: &Remark| remark.code == Code::PicturePlaceholder;
        let gaps = wanted.iter().zip(&read).filter_map(|(wanted, read)| {
            let (_, remarks) = read.as_ref().ok()?;
            remarks.iter().any(is_gap).then_some(&wanted.value)
        });
        let gaps: BTreeSet<&BookPath> = gaps.collect();
        let silent = silent.into_iter().filter(|(path, _)| !gaps.contains(path));
        sink.report_all(silent.map(|(_, finding)| finding));
        let mut gallery = Self::default();
        let mut known: BTreeMap<Arc<[u8]>, PictureId> = BTreeMap::new();
        for (wanted, read) in wanted.into_iter().zip(read) {
            match read {
                Ok((picture, remarks)) => {
                    sink.report_all(remarks.into_iter().map(|r| finding(r, wanted.span)));
                    // One picture under two names is one picture.
                    let bytes = Arc::clone(&picture.bytes);
                    let add = || gallery.add(picture, wanted.span.into());
                    let id = *known.entry(bytes).or_insert_with(add);
                    gallery.ids.insert(wanted.value, id);
                }
                Err(error) => sink.report(*error),
            }
        }
        gallery
    }

    /// Keeps a picture.
    fn add(&mut self, picture: Picture, place: Place) -> PictureId {
        let id = PictureId(u32::try_from(self.pictures.len()).unwrap_or(u32::MAX));
        self.pictures.push(picture);
        self.places.push(place);
        id
    }

    /// The picture that the chapter at `chapter` calls `path`; none when it could not be read,
    /// which was reported.
    pub fn find(&self, chapter: &BookPath, path: &str) -> Option<PictureId> {
        self.ids.get(&chapter.beside(path)?).copied()
    }

    /// The covers: the front as the picture given, or made from the title.
    pub fn cover(&mut self, manifest: &Manifest, fonts: &Fonts, sink: &mut Sink) -> Option<Cover> {
        let (art, binding, spine) =
            (cover::Art::new(manifest), manifest.binding, manifest.cover.spine);
        let back = cover::draw_back(manifest, manifest.trim.size, fonts, sink);
        let back = back.map_err(|fault| sink.report(placeless(fault))).ok()?;
        let back = back.map(|picture| self.add(picture, Place::Book));
        let Some(given) = &manifest.cover.picture else {
            let (picture, raster) =
                cover::draw(manifest, fonts).map_err(|fault| sink.report(placeless(fault))).ok()?;
            let picture = self.add(picture, Place::Book);
            return Some(Cover { picture, raster, back, art, binding, spine });
        };
        let id = *self.ids.get(&given.value)?;
        let picture = &self.pictures[id.0 as usize];
        let raster = match &picture.kind {
            Kind::Jpeg { .. } | Kind::Png { .. } => CoverRaster::Picture(picture.clone()),
            Kind::Drawing(_) => CoverRaster::Drawing(Arc::clone(&picture.bytes), width(picture)),
        };
        Some(Cover { picture: id, raster, back, art, binding, spine })
    }

    /// The signs of a licence of Creative Commons.
    pub fn badge(&mut self, manifest: &Manifest, fonts: &Fonts) -> Option<PictureId> {
        let commons = Commons::read(&manifest.metadata.licence)?;
        let signs = badge::draw(&commons);
        let picture = cover::read("licence.svg", signs, fonts, shown_by(manifest)).ok()?;
        Some(self.add(picture, Place::Book))
    }
}

/// How many pixels wide a drawing is as a cover.
fn width(drawing: &Picture) -> u32 {
    let ratio = drawing.size.width.as_pt() / drawing.size.height.as_pt();
    // `as` saturates, and 1600 is the most.
    let width = (f64::from(COVER.1) * ratio) as u32;
    width.clamp(1, COVER.0)
}

/// Adds the pictures of a chapter to `wanted`, those that no words describe to `silent`, and reports
/// those without a usable path.
fn uses(
    listed: &Listed<'_>,
    wanted: &mut Vec<Wanted>,
    silent: &mut Vec<(BookPath, Diagnostic)>,
    sink: &mut Sink,
) {
    let chapter = listed.chapter;
    let mut visit = |node: Node<'_>| {
        let (path, alt) = match node {
            Node::Block(Block::Figure(figure), _) => (&figure.path, &figure.alt),
            Node::Inline(Inline::Image { path, alt }) => (path, alt),
            Node::Block(..) | Node::Inline(_) => return,
        };
        let undescribed = (!placeholder::describes(alt)).then(|| without_alt(path, alt));
        match chapter.path.beside(&path.text) {
            Some(value) => {
                silent.extend(undescribed.map(|finding| (value.clone(), finding)));
                wanted.push(Located { value, span: path.span });
            }
            None => {
                sink.report_all(undescribed);
                sink.report(no_path(path));
            }
        }
    };
    walk::inlines(&chapter.title.content, &mut visit);
    walk::blocks(&chapter.blocks, 0, &mut visit);
    for definition in listed.notes.written() {
        walk::blocks(&chapter.notes[definition].blocks, 0, &mut visit);
    }
}

/// Says that a picture has no alternative text, or one that says nothing.
fn without_alt(path: &Name, alt: &str) -> Diagnostic {
    let text = &path.text;
    let message = match alt.trim() {
        "" => message!("`{text}` has no alternative text", text),
        alt => message!("the alternative text `{alt}` does not say what is on `{text}`", alt, text),
    };
    Diagnostic::new(Code::MissingAlt, path.span, message)
        .hint("say between the brackets what a reader who cannot see it should know")
}

/// Says that a picture's path leads nowhere in the folder.
fn no_path(path: &Name) -> Diagnostic {
    if path.text.is_empty() {
        return Diagnostic::new(Code::MissingFile, path.span, "the picture has no path")
            .hint("name its file between the parentheses: `![…](figures/a.svg)`");
    }
    let message = message!("`{text}` is no path in the book's folder", text = path.text);
    Diagnostic::new(Code::PathOutside, path.span, message)
        .hint("copy the picture into the book's folder and name it from the chapter's file")
}

/// Reads one picture.
fn picture(
    wanted: &Wanted,
    folder: &Folder,
    fonts: &Fonts,
    manifest: &Manifest,
) -> Result<(Picture, Vec<Remark>), Box<Diagnostic>> {
    let path = &wanted.value;
    let bytes = folder.read(path).map_err(|error| unreadable(wanted, &error, folder))?;
    let gap = placeholder::is_picture(&bytes).then(|| to_supply(path));
    let bytes = in_edition(path, bytes, &manifest.edition);
    let (picture, mut remarks) = image::read(path, bytes, fonts, shown_by(manifest))
        .map_err(|fault| Box::new(finding(fault, wanted.span)))?;
    remarks.extend(gap);
    Ok((picture, remarks))
}

/// Says that a placeholder stands where a picture is to be.
fn to_supply(path: &BookPath) -> Remark {
    let message = message!("a picture is still to be supplied: `{path}` keeps its place", path);
    let hint = "put the picture into the book's folder, and name its file here";
    Remark { code: Code::PicturePlaceholder, message, hints: vec![hint.into()] }
}

/// Who shows the pictures of a book.
pub(super) fn shown_by(manifest: &Manifest) -> ShownBy {
    if manifest.outputs == [Product::Epub] { ShownBy::Readers } else { ShownBy::Pages }
}

/// A picture's file, with the words of a drawing in the Chinese of the edition.
fn in_edition(path: &BookPath, bytes: Vec<u8>, edition: &EditionChoice) -> Vec<u8> {
    if edition.conversion.is_none() || !path.as_str().to_ascii_lowercase().ends_with(".svg") {
        return bytes;
    }
    match String::from_utf8(bytes) {
        Ok(mut drawing) => {
            edition.convert(&mut drawing);
            drawing.into_bytes()
        }
        Err(error) => error.into_bytes(),
    }
}

/// Says that a picture's file cannot be had.
fn unreadable(wanted: &Wanted, error: &ReadError, folder: &Folder) -> Box<Diagnostic> {
    let path = &wanted.value;
    let new = |code, message: Message| Diagnostic::new(code, wanted.span, message);
    Box::new(match error {
        ReadError::Missing => {
            let missing = new(Code::MissingFile, message!("there is no picture `{path}`", path));
            let names = folder.list_beside(path);
            match nearest(path.name(), names.iter().map(BookPath::name)) {
                Some(name) => missing.hint(message!("did you mean `{name}`?", name)),
                None => missing,
            }
        }
        ReadError::Outside => {
            new(Code::PathOutside, message!("`{path}` leads out of the book's folder", path))
                .hint("copy the picture into the book's folder")
        }
        ReadError::TooLarge { limit } => new(
            Code::FileTooLarge,
            message!("`{path}` is larger than {limit} MB", path, limit = limit >> 20),
        ),
        ReadError::Io(error) => {
            let error = Message::of_system(error);
            new(Code::UnreadableFile, message!("`{path}` cannot be read: {error}", path, error))
        }
    })
}

/// A remark with its place.
fn finding(remark: Remark, span: Span) -> Diagnostic {
    Diagnostic { hints: remark.hints, ..Diagnostic::new(remark.code, span, remark.message) }
}

/// A fault of something that stands in no file.
fn placeless(fault: Fault) -> Diagnostic {
    Diagnostic { hints: fault.hints, ..Diagnostic::new(fault.code, Place::Book, fault.message) }
}
