//! The covers that a book gets when it brings none: the front by one of three designs, the back with
//! what the book is about and its number as bars.
//!
//! They are drawings of a given size, so that a sheet for the press can have them at its own.

mod back;
mod canvas;
mod field;
mod leaf;
mod lines;
mod slip;
mod spine;
mod spread;
mod upright;

use back::Extent;
use canvas::Canvas;

use super::imprint::short_licence;
use super::pictures::shown_by;
use super::{Book, CoverRaster};
use crate::diag::{Code, Diagnostic, Place, Sink};
use crate::files::BookPath;
use crate::font::Fonts;
use crate::image::{self, Fault, Picture, ShownBy};
use crate::manifest::{CoverDesign, Credit, Imprint, Located, Manifest, Metadata, Palette, Sale};
use crate::message;
use crate::profile::Binding;
use crate::script::Rules;
use crate::units::Size;

pub use spine::Lettering;
pub use spread::Measures;

/// Width and height in pixels of the cover for e-readers, as shops ask for it.
const RASTER: (u32, u32) = (1600, 2560);

/// All that covers are drawn from but their size and the language's rules.
#[derive(Clone, Debug, Default)]
pub struct Art {
    words: Words,
    back: back::Words,
    design: CoverDesign,
    palette: Palette,
    binding: Binding,
    /// Whether the front is a picture given.
    has_picture: bool,
}

impl Art {
    /// What the covers of a book are drawn from.
    pub(super) fn new(manifest: &Manifest) -> Self {
        let Manifest { metadata, cover, credits, imprint, binding, .. } = manifest;
        let imprint = imprint.as_ref();
        let licence = (!metadata.licence.is_empty()).then(|| short_licence(&metadata.licence));
        Self {
            words: Words::new(metadata, credits, imprint),
            back: back::Words {
                title: metadata.title.clone(),
                blurb: cover.blurb.as_ref().map(|blurb| blurb.value.clone()).unwrap_or_default(),
                isbn: metadata.isbn.clone(),
                price: imprint.map(|imprint| imprint.price.clone()).unwrap_or_default(),
                publisher: metadata.publisher.clone(),
                small: notice(metadata, imprint).into_iter().chain(licence).collect(),
            },
            design: cover.design,
            palette: cover.palette,
            binding: *binding,
            has_picture: cover.picture.is_some(),
        }
    }

    /// Whether there is anything to say on the back.
    fn has_back(&self) -> bool {
        !self.back.blurb.is_empty() || self.back.isbn.is_some()
    }
}

/// Draws the front cover: in the proportion of the page, and for pixels in that of an e-reader's
/// library.
///
/// # Errors
/// A face cannot draw the title.
pub(super) fn draw(manifest: &Manifest, fonts: &Fonts) -> Result<(Picture, CoverRaster), Fault> {
    let (art, rules) = (Art::new(manifest), manifest.metadata.rules);
    let page = manifest.trim.size;
    let (width, height) = (page.width.as_pt(), page.height.as_pt());
    let upright = width * f64::from(RASTER.1) / f64::from(RASTER.0);
    let screen = front(&art, (width, upright), rules, fonts);
    let raster = CoverRaster::Drawing(screen.into_bytes().into(), RASTER.0);
    let svg = front(&art, (width, height), rules, fonts);
    Ok((read("cover.svg", svg, fonts, shown_by(manifest))?, raster))
}

/// The front cover as an SVG of a size.
fn front(art: &Art, (width, height): (f64, f64), rules: &'static Rules, fonts: &Fonts) -> String {
    let mut canvas = Canvas::new(width, height, rules, fonts);
    front_on(&mut canvas, art);
    canvas.finish()
}

/// Draws the front cover.
fn front_on(canvas: &mut Canvas<'_>, art: &Art) {
    let Art { words, palette, binding, .. } = art;
    match art.design {
        CoverDesign::Leaf => leaf::draw(canvas, words, *palette),
        CoverDesign::Slip => slip::draw(canvas, words, *palette, *binding),
        CoverDesign::Field => field::draw(canvas, words, *palette),
    }
}

/// Draws the back cover at a size; none for a book with neither words for it nor a number. Reports a
/// blurb that has no room.
///
/// # Errors
/// A face cannot draw its words.
pub(super) fn draw_back(
    manifest: &Manifest,
    size: Size,
    fonts: &Fonts,
    sink: &mut Sink,
) -> Result<Option<Picture>, Fault> {
    let art = Art::new(manifest);
    if !art.has_back() {
        return Ok(None);
    }
    let (width, height) = (size.width.as_pt(), size.height.as_pt());
    let mut canvas = Canvas::new(width, height, manifest.metadata.rules, fonts);
    let extent = back::draw(&mut canvas, &art.back, art.palette);
    if let (Some(blurb), Extent::Part(fits)) = (&manifest.cover.blurb, extent) {
        sink.report(long_blurb(blurb, fits));
    }
    read("back.svg", canvas.finish(), fonts, shown_by(manifest)).map(Some)
}

/// Says that only `fits` characters of a blurb have room.
fn long_blurb(blurb: &Located<String>, fits: usize) -> Diagnostic {
    let count = blurb.value.chars().count();
    let message = message!("the back cover has no room for a blurb of {count} characters", count);
    Diagnostic::new(Code::BadValue, blurb.span, message)
        .hint(message!("shorten it: at its smallest size, {fits} characters fit", fits))
}

impl Book {
    /// The cover sheet as a book by itself: its first picture is the sheet without a front that is a
    /// picture, and that one is the second.
    ///
    /// # Errors
    /// A face cannot draw its words.
    pub fn covers(&self, measures: &Measures, fonts: &Fonts) -> Result<Self, Fault> {
        let svg = spread::draw(&self.cover.art, measures, self.metadata.rules, fonts);
        let sheet = read("spread.svg", svg, fonts, ShownBy::Pages)?;
        let given = self.cover.art.has_picture.then_some(self.cover.picture);
        let given = given.map(|id| (self.picture(id).clone(), self.place(id).clone()));
        let (pictures, places) = [(sheet, Place::Book)].into_iter().chain(given).unzip();
        Ok(Self {
            metadata: self.metadata.clone(),
            credits: self.credits.clone(),
            trim: self.trim,
            opening: self.opening,
            typesetting: self.typesetting,
            printer: self.printer.clone(),
            booklet: self.booklet.clone(),
            epub: self.epub.clone(),
            cover: self.cover.clone(),
            half_title: false,
            copyright: None,
            dedication: String::new(),
            origins: Vec::new(),
            chapters: Vec::new(),
            listings: Vec::new(),
            pictures,
            places,
            anchors: Vec::new(),
        })
    }
}

/// A drawing as a picture of the book.
pub(super) fn read(
    name: &str,
    svg: String,
    fonts: &Fonts,
    shown_by: ShownBy,
) -> Result<Picture, Fault> {
    let unnamed = || Fault {
        code: Code::BrokenImage,
        message: message!("`{name}` is no name for a drawing", name),
        hints: Vec::new(),
    };
    let path = BookPath::new(name).ok_or_else(unnamed)?;
    // A character without a face is reported where the book's words are checked.
    image::read(&path, svg.into_bytes(), fonts, shown_by).map(|(picture, _)| picture)
}

/// What a front cover says.
#[derive(Clone, Debug, Default)]
struct Words {
    title: String,
    subtitle: String,
    /// Authors, in the order given; empty when none are named.
    authors: String,
    publisher: String,
    /// Year and month: `2025.12`.
    date: String,
    /// That the book is 内部资料, which must stand on its cover with the number of its permit
    /// (内部资料性出版物管理办法, 14).
    notice: String,
}

impl Words {
    fn new(metadata: &Metadata, credits: &[Credit], imprint: Option<&Imprint>) -> Self {
        let authors = credits.iter().filter(|credit| credit.relator == "aut");
        let names: Vec<&str> =
            authors.flat_map(|credit| credit.names.iter().map(String::as_str)).collect();
        Self {
            title: metadata.title.clone(),
            subtitle: metadata.subtitle.clone(),
            authors: names.join(metadata.rules.labels.name_separator),
            publisher: metadata.publisher.clone(),
            date: metadata.date.splitn(3, '-').take(2).collect::<Vec<_>>().join("."),
            notice: notice(metadata, imprint).unwrap_or_default(),
        }
    }
}

/// That a book is 内部资料, with the number of its permit.
fn notice(metadata: &Metadata, imprint: Option<&Imprint>) -> Option<String> {
    let imprint = imprint.filter(|imprint| imprint.sale == Sale::Internal)?;
    let labels = &metadata.rules.labels.imprint;
    Some(match imprint.permit.as_str() {
        "" => labels.internal.to_owned(),
        permit => format!("{}\u{3000}{}\u{3000}{permit}", labels.internal, labels.permit),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::Folder;
    use crate::image::{Kind, Shape};
    use crate::manifest::FontChoice;

    fn fonts() -> Fonts {
        let files = Folder::Memory(Default::default());
        crate::font::load(&FontChoice::default(), &files, &mut Sink::default()).unwrap()
    }

    /// The back of the book, which says nothing wrong.
    fn back_of(manifest: &Manifest, fonts: &Fonts) -> Result<Option<Picture>, Fault> {
        let mut sink = Sink::default();
        let back = draw_back(manifest, manifest.trim.size, fonts, &mut sink);
        assert_eq!(sink.findings().len(), 0);
        back
    }

    /// The manifest of a book that says so.
    fn manifest(toml: &str) -> Manifest {
        let rest = "[contents]\nbody = [\"one.md\"]\n";
        let (own, tables) = toml.split_at(toml.find('[').unwrap_or(toml.len()));
        let required = "identifier = \"urn:uuid:0\"\ndate = \"2025-12-23\"\n";
        let text = format!("{required}{own}{tables}{rest}");
        let files = Folder::Memory([("book.toml".to_owned(), text.into())].into());
        let mut sink = Sink::default();
        let manifest = crate::manifest::read(&files, None, &mut sink);
        assert!(manifest.is_ok(), "{:?}", sink.findings());
        manifest.unwrap()
    }

    /// All characters of a drawing, row by row.
    fn words(picture: &Picture) -> Vec<String> {
        let Kind::Drawing(drawing) = &picture.kind else { panic!("a vector cover") };
        let rows = drawing.shapes.iter().filter_map(|shape| match shape {
            Shape::Glyphs { glyphs, .. } => {
                Some(glyphs.iter().map(|glyph| glyph.text.as_str()).collect())
            }
            Shape::Path { .. } => None,
        });
        rows.collect()
    }

    const DESIGNS: [&str; 3] = ["leaf", "slip", "field"];

    #[test]
    fn a_cover_says_all_there_is_to_say_at_both_sizes() {
        let fonts = fonts();
        let manifest = manifest(
            "title = \"对话与竞逐\"\nsubtitle = \"五家智库眼中的全球人工智能治理\"\n\
             publisher = \"同济大学\"\n[[credits]]\nrole = \"著\"\nnames = [\"甲\", \"乙\"]\n",
        );
        let both = || draw(&manifest, &fonts).unwrap();
        let ((page, screen), (again, screen_again)) = (both(), both());
        let screen = screen.picture(&fonts).unwrap();
        let screen_again = screen_again.picture(&fonts).unwrap();
        assert_eq!(
            words(&page),
            ["2025.12", "对话与竞逐", "五家智库眼中的全球人工智能治理", "甲、乙", "同济大学"]
        );
        assert!((page.size.width - manifest.trim.size.width).abs().as_pt() < 0.01);
        assert!(matches!(screen.kind, Kind::Png { pixels: RASTER, .. }));
        assert!(screen.bytes.len() < 150_000, "{} bytes", screen.bytes.len());
        assert_eq!((page.bytes, &screen.bytes), (again.bytes, &screen_again.bytes));
    }

    #[test]
    fn every_design_says_the_same_words_of_any_title() {
        let fonts = fonts();
        for design in DESIGNS {
            for title in
                ["书", "论语：一部两千年的书", "The Design of Everyday Things", "第三条路 2.0"]
            {
                let manifest = manifest(&format!(
                    "title = \"{title}\"\nsubtitle = \"副题\"\npublisher = \"某社\"\n[cover]\n\
                     design = \"{design}\"\n[copyright]\npermit = \"某内资字（2025）第1号\"\n"
                ));
                let page = draw(&manifest, &fonts).unwrap().0;
                let found: String = words(&page).concat();
                let bare = |text: &str| text.replace([' ', '：'], "");
                for said in [title, "副题", "某社", "2025.12", "内部资料　免费交流", "第1号"]
                {
                    assert!(bare(&found).contains(&bare(said)), "{design}, {title}: {found}");
                }
            }
        }
    }

    #[test]
    fn what_is_not_given_leaves_no_trace_and_markup_stays_text() {
        let fonts = fonts();
        let mut manifest = manifest("title = \"A\"\n[pages]\ntrim = \"32开\"\n");
        manifest.metadata.title = "A & B <\"C\">\u{1}".into();
        let (page, _) = draw(&manifest, &fonts).unwrap();
        assert_eq!(words(&page).concat(), "2025.12A & B <\"C\">");
    }

    #[test]
    fn covers_draw_nothing_that_a_page_cannot() {
        let fonts = fonts();
        for design in DESIGNS {
            let manifest = manifest(&format!(
                "title = \"书\"\nisbn = \"978-0-306-40615-7\"\n[cover]\ndesign = \"{design}\"\n"
            ));
            let path = BookPath::new("cover.svg").unwrap();
            let svg = front(&Art::new(&manifest), (400.0, 600.0), manifest.metadata.rules, &fonts);
            let (_, remarks) =
                image::read(&path, svg.into_bytes(), &fonts, ShownBy::Pages).unwrap();
            assert_eq!(remarks, []);
        }
    }

    #[test]
    fn the_back_has_blurb_number_and_price() {
        let fonts = fonts();
        let manifest = manifest(
            "title = \"书\"\nisbn = \"978-0-306-40615-7\"\npublisher = \"某社\"\n\
             [cover]\nblurb = \"第一段。\\n第二段。\"\n[copyright]\nprice = \"48.00元\"\n",
        );
        let back = back_of(&manifest, &fonts).unwrap().unwrap();
        let said = words(&back);
        let digits = "9780306406157".chars().map(String::from);
        let mut expected = vec!["ISBN 978-0-306-40615-7".to_owned()];
        expected.extend(digits);
        expected.extend(["48.00元", "某社", "书", "第一段。", "第二段。"].map(str::to_owned));
        assert_eq!(said, expected);
        let Kind::Drawing(drawing) = &back.kind else { panic!("a vector cover") };
        let bars =
            drawing.shapes.iter().filter(|shape| matches!(shape, Shape::Path { .. })).count();
        // Ground, rule, band, the white behind the symbol; and two bars a digit, six in the guards.
        assert_eq!(bars, 4 + 30);
    }

    /// The size of the text that says so, by the matrix of its glyphs.
    fn size_of(picture: &Picture, said: &str) -> f32 {
        let Kind::Drawing(drawing) = &picture.kind else { panic!("a vector cover") };
        let mut sizes = drawing.shapes.iter().filter_map(|shape| match shape {
            Shape::Glyphs { glyphs, transform, .. } => {
                let text: String = glyphs.iter().map(|glyph| glyph.text.as_str()).collect();
                text.contains(said).then_some(transform[0])
            }
            Shape::Path { .. } => None,
        });
        sizes.next().unwrap()
    }

    #[test]
    fn a_long_permit_and_a_long_price_keep_to_their_room() {
        let fonts = fonts();
        let permit = "某省内部资料性出版物准印证".repeat(4);
        for design in DESIGNS {
            let manifest = manifest(&format!(
                "title = \"书\"\n[cover]\ndesign = \"{design}\"\n[copyright]\npermit = \"{permit}\"\n"
            ));
            let page = draw(&manifest, &fonts).unwrap().0;
            let lines = words(&page).into_iter().filter(|line| line.contains("准印证"));
            let longest = lines.max_by_key(|line| line.chars().count()).unwrap();
            let width = size_of(&page, &longest) * longest.chars().count() as f32;
            assert!(f64::from(width) < page.size.width.as_pt() * 0.8, "{design}: {width}");
        }
        let price = "定价：四十八元（含光盘一张、图册一册、地图一幅）";
        let manifest = manifest(&format!(
            "title = \"书\"\nisbn = \"978-0-306-40615-7\"\n[copyright]\nprice = \"{price}\"\n"
        ));
        let back = back_of(&manifest, &fonts).unwrap().unwrap();
        assert!(size_of(&back, "四十八元") * 24.0 < 95.0 * 0.33 * 72.0 / 25.4 + 0.1);
    }

    /// The back of a book with this blurb, how large it is set, and what is found.
    fn back_with(blurb: &str, more: &str) -> (Picture, f32, Vec<String>) {
        let fonts = fonts();
        let toml = format!(
            "title = \"书\"\nisbn = \"978-0-306-40615-7\"\n{more}[cover]\nblurb = \"\"\"\n{blurb}\"\"\"\n"
        );
        let (manifest, mut sink) = (manifest(&toml), Sink::default());
        let back = draw_back(&manifest, manifest.trim.size, &fonts, &mut sink).unwrap().unwrap();
        let said = sink.findings().iter();
        let said = said.flat_map(|finding| [&finding.message].into_iter().chain(&finding.hints));
        let said = said.map(|said| said.english()).collect();
        let size = size_of(&back, &blurb.chars().take(4).collect::<String>());
        (back, size, said)
    }

    /// Where the lowest line of the blurb stands.
    fn foot_of(picture: &Picture, size: f32) -> f32 {
        let Kind::Drawing(drawing) = &picture.kind else { panic!("a vector cover") };
        let rows = drawing.shapes.iter().filter_map(|shape| match shape {
            Shape::Glyphs { transform, .. } if (transform[0] - size).abs() < 1e-3 => {
                Some(transform[5])
            }
            Shape::Glyphs { .. } | Shape::Path { .. } => None,
        });
        rows.fold(0.0, f32::max)
    }

    #[test]
    fn a_long_blurb_is_set_smaller_and_one_too_long_is_told() {
        let (_, short, said) = back_with(&"一段话。".repeat(40), "");
        assert!(short > 10.0 && said.is_empty(), "{short} {said:?}");
        let (_, long, said) = back_with(&"一段话。".repeat(250), "");
        assert!((7.0..9.0).contains(&long) && said.is_empty(), "{long} {said:?}");
        let (back, size, said) = back_with(&"一段话。".repeat(1000), "");
        assert!((size - 7.0).abs() < 1e-3, "{size}");
        assert_eq!(
            said,
            [
                "the back cover has no room for a blurb of 4000 characters",
                "shorten it: at its smallest size, 1258 characters fit",
            ]
        );
        // The white behind the bars begins 463 pt below the head.
        assert!((420.0..442.0).contains(&foot_of(&back, size)), "{}", foot_of(&back, size));
        let first = |count| "一段话。".chars().cycle().take(count).collect::<String>();
        assert_eq!(back_with(&first(1258), "").2, [""; 0]);
        // Two more begin a line: no stop stands at its head.
        assert_eq!(back_with(&first(1260), "").2.len(), 2);
    }

    #[test]
    fn a_word_longer_than_the_line_is_cut() {
        let (back, size, said) = back_with(&"alongword".repeat(40), "language = \"en\"\n");
        assert_eq!(said, [""; 0]);
        let Kind::Drawing(drawing) = &back.kind else { panic!("a vector cover") };
        for shape in &drawing.shapes {
            if let Shape::Glyphs { glyphs, transform, .. } = shape
                && (transform[0] - size).abs() < 1e-3
            {
                let right = glyphs.iter().map(|glyph| transform[4] + (glyph.x + 0.3) * size);
                let right = right.fold(0.0, f32::max);
                assert!(f64::from(right) < back.size.width.as_pt() * 0.92, "{right}");
            }
        }
    }

    /// What an attribute of the text says that shows `said`.
    fn number(svg: &str, said: &str, name: &str) -> f64 {
        let end = svg.find(&format!(">{said}")).unwrap();
        let tag = &svg[svg[..end].rfind("<text").unwrap()..end];
        let from = tag.find(&format!(" {name}=\"")).unwrap() + name.len() + 3;
        tag[from..].split('"').next().unwrap().parse().unwrap()
    }

    #[test]
    fn a_long_word_keeps_to_its_measure_and_stays_larger_than_what_is_below() {
        let fonts = fonts();
        let word = "Pneumonoultramicroscopicsilicovolcanoconiosis".repeat(2);
        for (design, binding) in
            [("leaf", "left"), ("slip", "left"), ("slip", "right"), ("field", "left")]
        {
            let manifest = manifest(&format!(
                "title = \"{word}\"\nsubtitle = \"A Word\"\nlanguage = \"en\"\n\
                 [cover]\ndesign = \"{design}\"\n[pages]\nbinding = \"{binding}\"\n"
            ));
            let (page, _) = draw(&manifest, &fonts).unwrap();
            assert!(size_of(&page, &word) > size_of(&page, "A Word"), "{design}");
            let Kind::Drawing(drawing) = &page.kind else { panic!("a vector cover") };
            let width = page.size.width.as_pt() as f32;
            for shape in &drawing.shapes {
                let Shape::Glyphs { glyphs, transform, .. } = shape else { continue };
                let right = transform[4] + transform[0] * (glyphs.last().unwrap().x + 0.5);
                assert!(transform[4] > width * 0.1 && right < width * 0.905, "{design} {binding}");
            }
        }
    }

    #[test]
    fn no_ring_runs_through_the_title() {
        let fonts = fonts();
        for title in ["Pneumonoultramicroscopicsilicovolcanoconiosis", "对话与竞逐之间", "书"]
        {
            let manifest = manifest(&format!("title = \"{title}\"\n[cover]\ndesign = \"field\"\n"));
            let rules = manifest.metadata.rules;
            let svg = front(&Art::new(&manifest), (420.0, 595.0), rules, &fonts);
            let first: String = title.chars().take(1).collect();
            let top = number(&svg, &first, "y") - 0.88 * number(&svg, &first, "font-size");
            let arcs = svg.split("V0A").skip(1).map(|arc| arc.split(' ').next().unwrap());
            let radii: Vec<f64> = arcs.map(|radius| radius.parse().unwrap()).collect();
            assert!(radii.len() > 3 && radii.iter().all(|radius| *radius < top), "{title}: {top}");
        }
    }

    #[test]
    fn a_book_with_nothing_for_its_back_has_none() {
        let manifest = manifest("title = \"书\"\n");
        assert!(back_of(&manifest, &fonts()).unwrap().is_none());
    }
}
