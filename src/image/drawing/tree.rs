//! From markup to the resolved tree of `usvg`, with no faces but the book's.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use resvg::usvg::{self, FontFamily, fontdb};

use super::markup;
use super::simplified::Simplified;
use crate::diag::{Code, List};
use crate::font::{FaceId, Family, Fonts, Style, Weight};
use crate::image::{Fault, Remark};
use crate::message;

/// The longest side of a drawing in CSS pixels: a PDF page has at most 200 inches.
const LONGEST_SIDE: f32 = 19_200.0;

/// Resolves a drawing, with a remark for everything in the markup that will not be seen.
pub fn read(bytes: &[u8], fonts: &Fonts) -> Result<(usvg::Tree, Vec<Remark>), Fault> {
    let strangers = Mutex::new(BTreeSet::new());
    let (tree, simplified) = resolve(bytes, &options(fonts, &strangers))?;
    let strangers = strangers.into_inner().unwrap_or_else(PoisonError::into_inner);
    let remarks = simplified.into_iter().map(Simplified::remark);
    let remarks = remarks.chain(strangers.iter().map(|names| unknown_family(names, fonts)));
    Ok((tree, remarks.collect()))
}

/// Resolves a drawing but for its text, which most of the work is spent on.
pub fn read_wordless(bytes: &[u8]) -> Result<usvg::Tree, Fault> {
    let options = usvg::Options { image_href_resolver: no_images(), ..usvg::Options::default() };
    resolve(bytes, &options).map(|(tree, _)| tree)
}

/// Resolves a drawing, with what of its markup will not be seen.
fn resolve(
    bytes: &[u8],
    options: &usvg::Options<'_>,
) -> Result<(usvg::Tree, BTreeSet<Simplified>), Fault> {
    let text = std::str::from_utf8(bytes).map_err(|_| {
        Fault::new(Code::BrokenImage, "the drawing is not UTF-8 text").hint("save it as UTF-8")
    })?;
    let document = markup::parse(text)?;
    let simplified = markup::check(&document)?;
    let tree = usvg::Tree::from_xmltree(&document, options).map_err(|error| fault(&error))?;
    let side = tree.size().width().max(tree.size().height());
    if side > LONGEST_SIDE {
        let message = message!("the drawing is {side} pixels long or high", side);
        return Err(Fault::new(Code::FileTooLarge, message).hint(message!(
            "give it a `width` and `height` of no more than {most}",
            most = LONGEST_SIDE
        )));
    }
    Ok((tree, simplified))
}

/// Raster pictures inside a drawing are not read.
fn no_images() -> usvg::ImageHrefResolver<'static> {
    usvg::ImageHrefResolver {
        resolve_data: Box::new(|_, _, _| None),
        resolve_string: Box::new(|_, _| None),
    }
}

/// Options that reach neither disk nor the machine's fonts. Families that the book does not have
/// are put into `strangers`.
fn options<'a>(fonts: &'a Fonts, strangers: &'a Mutex<BTreeSet<List>>) -> usvg::Options<'a> {
    usvg::Options {
        font_family: sans(fonts).map_or_else(String::new, |face| fonts.face(face).family().into()),
        image_href_resolver: no_images(),
        font_resolver: usvg::FontResolver {
            select_font: Box::new(move |font, database| {
                let named = font.families().iter().find_map(|family| match family {
                    FontFamily::Named(name) => query(database, name, font),
                    generic => entry(fonts, generic_style(generic, weight(font))),
                });
                named.or_else(|| {
                    let mut strangers = strangers.lock().unwrap_or_else(PoisonError::into_inner);
                    strangers.insert(font.families().iter().map(quoted).collect());
                    entry(fonts, Style::new(Family::Sans, weight(font)))
                })
            }),
            select_fallback: Box::new(move |c, used, _| fallback(fonts, c, used)),
        },
        fontdb: fonts.database().shared(),
        ..usvg::Options::default()
    }
}

/// The entry that a style tries first.
fn entry(fonts: &Fonts, style: Style) -> Option<fontdb::ID> {
    fonts.chain(style).iter().find_map(|&face| fonts.database().entry(face))
}

fn sans(fonts: &Fonts) -> Option<FaceId> {
    fonts.chain(Style::new(Family::Sans, Weight::Regular)).first().copied()
}

fn weight(font: &usvg::Font) -> Weight {
    if font.weight() < 550 { Weight::Regular } else { Weight::Bold }
}

/// What the generic families of CSS mean in a book.
fn generic_style(family: &FontFamily, weight: Weight) -> Style {
    let family = match family {
        FontFamily::Serif => Family::Serif,
        FontFamily::Cursive => Family::Kai,
        FontFamily::Monospace => Family::Mono,
        FontFamily::SansSerif | FontFamily::Fantasy | FontFamily::Named(_) => Family::Sans,
    };
    Style::new(family, weight)
}

/// The face of a family that comes nearest to what is asked.
fn query(database: &Arc<fontdb::Database>, name: &str, font: &usvg::Font) -> Option<fontdb::ID> {
    database.query(&fontdb::Query {
        families: &[fontdb::Family::Name(name)],
        weight: fontdb::Weight(font.weight()),
        stretch: fontdb::Stretch::Normal,
        style: match font.style() {
            usvg::FontStyle::Normal => fontdb::Style::Normal,
            usvg::FontStyle::Italic => fontdb::Style::Italic,
            usvg::FontStyle::Oblique => fontdb::Style::Oblique,
        },
    })
}

/// A face that has `c` and was not tried: along the chain that begins with the face asked for.
fn fallback(fonts: &Fonts, c: char, used: &[fontdb::ID]) -> Option<fontdb::ID> {
    let first = used.first().and_then(|&entry| fonts.database().face(entry))?;
    let weight = fonts.face(first).weight();
    let begins = |style: &Style| fonts.chain(*style).first() == Some(&first);
    let style = Family::ALL.map(|family| Style::new(family, weight)).into_iter().find(begins);
    let chain = fonts.chain(style.unwrap_or(Style::new(Family::Sans, weight)));
    let has_it = |face: &&FaceId| fonts.face(**face).glyph(c).is_some();
    chain
        .iter()
        .filter(has_it)
        .filter_map(|&face| fonts.database().entry(face))
        .find(|entry| !used.contains(entry))
}

/// A family that was named, in backticks.
fn quoted(family: &FontFamily) -> String {
    match family {
        FontFamily::Named(name) => format!("`{name}`"),
        FontFamily::Serif
        | FontFamily::SansSerif
        | FontFamily::Cursive
        | FontFamily::Fantasy
        | FontFamily::Monospace => format!("`{family}`"),
    }
}

fn unknown_family(names: &List, fonts: &Fonts) -> Remark {
    let message = match sans(fonts).map(|face| fonts.face(face).family()) {
        Some(other) => message!(
            "the drawing asks for the font {names}, which the book does not have; `{other}` stands \
             in",
            names = *names,
            other
        ),
        None => message!(
            "the drawing asks for the font {names}, which the book does not have; another stands in",
            names = *names
        ),
    };
    Remark::new(Code::DrawingSimplified, message)
        .hint("name a font of the book as `font-family`, or `serif`, `sans-serif`, `monospace`")
}

/// Why the resolver gave up.
fn fault(error: &usvg::Error) -> Fault {
    match error {
        usvg::Error::InvalidSize => Fault::new(Code::BrokenImage, "the drawing has no size")
            .hint("give the `svg` element a `viewBox`, or `width` and `height` above zero"),
        usvg::Error::ElementsLimitReached => {
            Fault::new(Code::BrokenImage, "the drawing has more elements than can be drawn")
        }
        usvg::Error::ParsingFailed(error) => {
            Fault::new(Code::BrokenImage, message!("the drawing cannot be read: {error}", error))
        }
        usvg::Error::NotAnUtf8Str
        | usvg::Error::SvgzFeatureNotEnabled
        | usvg::Error::MalformedGZip => {
            Fault::new(Code::BrokenImage, message!("the drawing cannot be read: {error}", error))
        }
    }
}
