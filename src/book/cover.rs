//! The cover that a book gets when it brings none: its title over an open leaf of an old book.
//!
//! The leaf is that of a block-printed book: a double frame, columns between thin rules, and in the
//! middle the 版心 with its two fish tails (鱼尾), where the sheet was folded.

mod lines;

use std::fmt::Write;

use self::lines::{Frame, Setting, fit};
use super::CoverRaster;
use crate::diag::Code;
use crate::files::BookPath;
use crate::font::{Family, Fonts, Style, Weight};
use crate::image::{self, Fault, Picture};
use crate::manifest::{Credit, Metadata};
use crate::profile::Sheet;
use crate::script::Rules;

/// Width and height in pixels of the cover for e-readers, as shops ask for it.
const RASTER: (u32, u32) = (1600, 2560);

/// The ground, a warm white.
const PAPER: &str = "#faf7f0";
/// Title and subtitle.
const INK: &str = "#1f1d1a";
/// The band.
const ACCENT: &str = "#9d2f22";
/// Rules on the band: halfway between it and the ground.
const RULE: &str = "#c8877c";

const TITLE: Style = Style::new(Family::Serif, Weight::Bold);
const SUBTITLE: Style = Style::new(Family::Serif, Weight::Regular);
const SMALL: Style = Style::new(Family::Sans, Weight::Regular);

/// Draws the front cover: in the proportion of the page, and for pixels in that of an e-reader's
/// library.
///
/// # Errors
/// A face cannot draw the title.
pub(super) fn draw(
    metadata: &Metadata,
    credits: &[Credit],
    sheet: &Sheet,
    fonts: &Fonts,
) -> Result<(Picture, CoverRaster), Fault> {
    let words = Words::new(metadata, credits);
    let rules = metadata.rules;
    let (width, height) = (sheet.trim.width.as_pt(), sheet.trim.height.as_pt());
    let page = Cover { width, height, rules, fonts, svg: String::new() }.draw(&words);
    let upright = width * f64::from(RASTER.1) / f64::from(RASTER.0);
    let screen = Cover { width, height: upright, rules, fonts, svg: String::new() }.draw(&words);
    let raster = CoverRaster::Drawing(screen.into_bytes().into(), RASTER.0);
    Ok((read(page.into_bytes(), fonts)?, raster))
}

fn read(svg: Vec<u8>, fonts: &Fonts) -> Result<Picture, Fault> {
    let unnamed = || Fault {
        code: Code::BrokenImage,
        message: "`cover.svg` is no name for a cover".to_owned(),
        hints: Vec::new(),
    };
    let path = BookPath::new("cover.svg").ok_or_else(unnamed)?;
    // A character without a face is reported where the title is checked.
    image::read(&path, svg, fonts).map(|(picture, _)| picture)
}

/// What a cover says.
struct Words {
    title: String,
    subtitle: String,
    /// Authors, in the order given; empty when none are named.
    authors: String,
    publisher: String,
    /// Year and month: `2025.12`.
    date: String,
}

impl Words {
    fn new(metadata: &Metadata, credits: &[Credit]) -> Self {
        let authors = credits.iter().filter(|credit| credit.relator == "aut");
        let names: Vec<&str> =
            authors.flat_map(|credit| credit.names.iter().map(String::as_str)).collect();
        Self {
            title: metadata.title.clone(),
            subtitle: metadata.subtitle.clone(),
            authors: names.join(metadata.rules.labels.name_separator),
            publisher: metadata.publisher.clone(),
            date: metadata.date.splitn(3, '-').take(2).collect::<Vec<_>>().join("."),
        }
    }
}

/// A cover being drawn, in points.
struct Cover<'a> {
    width: f64,
    height: f64,
    rules: &'static Rules,
    fonts: &'a Fonts,
    svg: String,
}

impl Cover<'_> {
    /// The whole cover as an SVG.
    fn draw(mut self, words: &Words) -> String {
        let (width, height) = (self.width, self.height);
        self.push(format_args!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.3}pt\" \
             height=\"{height:.3}pt\" viewBox=\"0 0 {width:.3} {height:.3}\">"
        ));
        self.rectangle(0.0, 0.0, width, height, PAPER);
        self.head(words);
        self.names(words);
        self.band(words);
        self.svg.push_str("</svg>\n");
        self.svg
    }

    /// The margin at both sides.
    fn margin(&self) -> f64 {
        self.width * 0.105
    }

    /// Where the band begins.
    fn band_top(&self) -> f64 {
        self.height * 0.6
    }

    /// A short thick rule, and the date across from it.
    fn head(&mut self, words: &Words) {
        let (margin, y) = (self.margin(), self.height * 0.075);
        self.rectangle(margin, y, self.width * 0.1, self.width * 0.011, ACCENT);
        let size = self.width * 0.029;
        let baseline = y + size * 0.73;
        self.text(&words.date, SMALL, size, (self.width - margin, baseline), "end", ACCENT);
    }

    /// Title, subtitle and authors, one under the other between head and band: higher than the
    /// middle, where the eye expects it.
    fn names(&mut self, words: &Words) {
        let unit = self.width;
        let (top, foot) = (self.height * 0.125, self.band_top() - unit * 0.07);
        let frame = |depth: f64, largest: f64, ample: f64, leading: f64| Frame {
            width: unit - 2.0 * self.margin(),
            depth: (foot - top) * depth,
            largest: unit * largest,
            ample: unit * ample,
            leading,
        };
        let blocks = [
            (&words.title, TITLE, frame(0.58, 0.2, 0.115, 1.28)),
            (&words.subtitle, SUBTITLE, frame(0.18, 0.048, 0.036, 1.5)),
            (&words.authors, SMALL, frame(0.1, 0.04, 0.03, 1.5)),
        ];
        let gap = unit * 0.045;
        let blocks =
            blocks.map(|(text, style, frame)| (self.fit(text, style, &frame), style, frame));
        let blocks: Vec<_> = blocks.iter().filter(|(setting, ..)| setting.size > 0.0).collect();
        let used: f64 = blocks.iter().map(|(setting, _, frame)| setting.depth(frame) + gap).sum();
        let mut top = top + (foot - top - used + gap).max(0.0) * 0.36;
        for (setting, style, frame) in blocks {
            self.block(setting, *style, frame, top, INK);
            top += setting.depth(frame) + gap;
        }
    }

    /// Sets lines from the left margin, the first line's top at `top`.
    fn block(&mut self, setting: &Setting, style: Style, frame: &Frame, top: f64, colour: &str) {
        for (line, text) in setting.lines.iter().enumerate() {
            // A hanzi's box reaches 0.88 em above its baseline.
            let baseline = top + setting.size * (0.88 + line as f64 * frame.leading);
            self.text(text, style, setting.size, (self.margin(), baseline), "start", colour);
        }
    }

    fn fit(&self, words: &str, style: Style, frame: &Frame) -> Setting {
        let advance = |c| {
            let face = self.fonts.pick(style, c).map(|face| self.fonts.face(face));
            let glyph = face.and_then(|face| Some((face, face.glyph(c)?)));
            glyph.map_or(1.0, |(face, glyph)| {
                f64::from(face.advance(glyph)) / f64::from(face.units_per_em())
            })
        };
        fit(words, self.rules, advance, frame)
    }

    /// The band at the foot, the leaf on it, and the publisher under the leaf.
    fn band(&mut self, words: &Words) {
        let (margin, top) = (self.margin(), self.band_top());
        self.rectangle(0.0, top, self.width, self.height - top, ACCENT);
        let foot = self.height - margin * 0.8;
        let frame = Frame {
            width: self.width - 2.0 * margin,
            depth: self.width * 0.1,
            largest: self.width * 0.037,
            ample: self.width * 0.026,
            leading: 1.4,
        };
        let publisher = self.fit(&words.publisher, SMALL, &frame);
        let publisher_top = foot - publisher.depth(&frame);
        self.block(&publisher, SMALL, &frame, publisher_top, PAPER);
        let leaf_top = top + margin * 0.8;
        let gap = if publisher.lines.is_empty() { 0.0 } else { margin * 0.6 };
        self.leaf(margin, leaf_top, self.width - 2.0 * margin, publisher_top - gap - leaf_top);
    }

    /// An open leaf in the rectangle: frame, columns, fold with fish tails.
    fn leaf(&mut self, x: f64, y: f64, width: f64, height: f64) {
        let (thick, thin) = (self.width * 0.0045, self.width * 0.0012);
        self.outline(x, y, width, height, thick, RULE);
        let inset = thick * 2.2;
        let (x, y, width, height) =
            (x + inset, y + inset, width - 2.0 * inset, height - 2.0 * inset);
        self.outline(x, y, width, height, thin, RULE);
        // Nine columns on either page, and a fold as wide as one and a third.
        let column = width / (18.0 + 4.0 / 3.0);
        let offsets = (1..=9).map(|rule| column * f64::from(rule));
        let rules = offsets.flat_map(|offset| [x + offset, x + width - offset]);
        // One shape, for eighteen take long to draw.
        self.svg.push_str("<path d=\"");
        for rule in rules {
            let left = rule - thin / 2.0;
            self.push(format_args!("M{left:.3} {y:.3}h{thin:.3}v{height:.3}h-{thin:.3}z"));
        }
        self.push(format_args!("\" fill=\"{RULE}\"/>"));
        self.fold(x + 9.0 * column, y, column * 4.0 / 3.0, height);
    }

    /// The fold: two fish tails that face each other, each at the end of a line from the frame.
    fn fold(&mut self, x: f64, y: f64, width: f64, height: f64) {
        let middle = x + width / 2.0;
        let line = width * 0.2;
        let (head, tail) = (height * 0.17, width * 0.95);
        for (edge, direction) in [(y, 1.0), (y + height, -1.0)] {
            let body = edge + head * direction;
            let notch = body + tail * 0.5 * direction;
            let tip = body + tail * direction;
            self.rectangle(middle - line / 2.0, edge.min(body), line, head, PAPER);
            let right = x + width;
            self.push(format_args!(
                "<path d=\"M{x:.3} {body:.3}H{right:.3}V{tip:.3}L{middle:.3} {notch:.3}\
                 L{x:.3} {tip:.3}Z\" fill=\"{PAPER}\"/>"
            ));
        }
    }

    fn rectangle(&mut self, x: f64, y: f64, width: f64, height: f64, colour: &str) {
        self.push(format_args!(
            "<rect x=\"{x:.3}\" y=\"{y:.3}\" width=\"{width:.3}\" height=\"{height:.3}\" \
             fill=\"{colour}\"/>"
        ));
    }

    /// A rectangle's line, its middle on the edge.
    fn outline(&mut self, x: f64, y: f64, width: f64, height: f64, line: f64, colour: &str) {
        self.push(format_args!(
            "<rect x=\"{x:.3}\" y=\"{y:.3}\" width=\"{width:.3}\" height=\"{height:.3}\" \
             fill=\"none\" stroke=\"{colour}\" stroke-width=\"{line:.3}\"/>"
        ));
    }

    /// A line of text, anchored at `at`.
    fn text(
        &mut self,
        words: &str,
        style: Style,
        size: f64,
        (x, y): (f64, f64),
        anchor: &str,
        colour: &str,
    ) {
        let face = self.fonts.chain(style).first().map(|&face| self.fonts.face(face));
        let family = escape(face.map_or("serif", |face| face.family()));
        let weight = face.map_or(400, crate::font::Face::weight_class);
        let words = escape(words);
        self.push(format_args!(
            "<text x=\"{x:.3}\" y=\"{y:.3}\" font-family=\"'{family}'\" font-weight=\"{weight}\" \
             font-size=\"{size:.3}\" text-anchor=\"{anchor}\" fill=\"{colour}\">{words}</text>"
        ));
    }

    fn push(&mut self, markup: std::fmt::Arguments<'_>) {
        // Writing into a string cannot fail.
        let _ = self.svg.write_fmt(markup);
    }
}

/// Characters as XML wants them in text and attributes; those that XML does not have are dropped.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\t' | '\n' | '\r' => escaped.push(' '),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Sink;
    use crate::files::Folder;
    use crate::image::{Kind, Shape};
    use crate::manifest::FontChoice;
    use crate::profile::TRIMS;

    fn fonts() -> Fonts {
        let files = Folder::Memory(Default::default());
        crate::font::load(&FontChoice::default(), &files, &mut Sink::default()).unwrap()
    }

    fn metadata(title: &str, subtitle: &str, publisher: &str) -> Metadata {
        Metadata {
            title: title.into(),
            subtitle: subtitle.into(),
            language: "zh-Hans".into(),
            rules: crate::script::rules("zh-Hans").unwrap(),
            identifier: "urn:isbn:0".into(),
            isbn: String::new(),
            publisher: publisher.into(),
            date: "2025-12-23".into(),
            modified: "2025-12-23T00:00:00Z".into(),
            description: String::new(),
            rights: String::new(),
            licence: String::new(),
            source: String::new(),
            subjects: Vec::new(),
            series: None,
        }
    }

    fn author(name: &str) -> Credit {
        Credit { role: "著".into(), relator: "aut", names: vec![name.into()], sort: Vec::new() }
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

    #[test]
    fn a_cover_says_all_there_is_to_say_at_both_sizes() {
        let fonts = fonts();
        let metadata = metadata("对话与竞逐", "五家智库眼中的全球人工智能治理", "同济大学");
        let sheet = Sheet::new(&TRIMS[0]);
        let both = || draw(&metadata, &[author("甲"), author("乙")], &sheet, &fonts).unwrap();
        let ((page, screen), (again, screen_again)) = (both(), both());
        let screen = screen.picture(&fonts).unwrap();
        let screen_again = screen_again.picture(&fonts).unwrap();
        assert_eq!(
            words(&page),
            ["2025.12", "对话与竞逐", "五家智库眼中的全球人工智能治理", "甲、乙", "同济大学"]
        );
        assert!((page.size.width - sheet.trim.width).abs().as_pt() < 0.01);
        assert!(matches!(screen.kind, Kind::Png { pixels: RASTER, .. }));
        assert!(screen.bytes.len() < 150_000, "{} bytes", screen.bytes.len());
        assert_eq!((page.bytes, &screen.bytes), (again.bytes, &screen_again.bytes));
    }

    #[test]
    fn what_is_not_given_leaves_no_trace_and_markup_stays_text() {
        let fonts = fonts();
        let metadata = metadata("A & B <\"C\">\u{1}", "", "");
        let (page, _) = draw(&metadata, &[], &Sheet::new(&TRIMS[2]), &fonts).unwrap();
        assert_eq!(words(&page).concat(), "2025.12A & B <\"C\">");
    }

    #[test]
    fn a_cover_draws_nothing_that_a_page_cannot() {
        let fonts = fonts();
        let words = Words::new(&metadata("书", "", ""), &[]);
        let rules = crate::script::rules("zh-Hans").unwrap();
        let svg = Cover { width: 400.0, height: 600.0, rules, fonts: &fonts, svg: String::new() };
        let path = BookPath::new("cover.svg").unwrap();
        let (_, remarks) = image::read(&path, svg.draw(&words).into_bytes(), &fonts).unwrap();
        assert_eq!(remarks, []);
    }
}
