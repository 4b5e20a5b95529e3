//! What covers are drawn with: rectangles and lines of text as SVG, in points.

use std::fmt::Write;

use super::lines::{Frame, Setting, fit};
use crate::font::{Face, Family, Fonts, Style, Weight};
use crate::script::{Rules, is_forbidden};

/// Titles.
pub const TITLE: Style = Style::new(Family::Serif, Weight::Bold);
/// Subtitles, and text on the back.
pub const SUBTITLE: Style = Style::new(Family::Serif, Weight::Regular);
/// Names.
pub const SMALL: Style = Style::new(Family::Sans, Weight::Regular);
/// Titles as if written by hand.
pub const BRUSH: Style = Style::new(Family::Kai, Weight::Regular);

/// The margin of covers, in parts of their width.
pub const MARGIN: f64 = 0.105;

/// What upright edges say: in pixels they end with one, without shades beside it, which would make
/// half of the work of rendering a cover. Pages of a PDF know nothing of it.
const CRISP: &str = "shape-rendering=\"crispEdges\"";

/// A colour as SVG has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Colour(String);

impl Colour {
    /// The colour of three bytes.
    pub fn new([red, green, blue]: [u8; 3]) -> Self {
        Self(format!("#{red:02x}{green:02x}{blue:02x}"))
    }

    /// `percent` of `first` in `second`.
    pub fn mixed(first: [u8; 3], second: [u8; 3], percent: u16) -> Self {
        let mixed = std::array::from_fn(|channel| {
            let [first, second] = [first, second].map(|colour| u16::from(colour[channel]));
            // A mean of two bytes is one.
            ((first * percent + second * (100 - percent) + 50) / 100) as u8
        });
        Self::new(mixed)
    }
}

/// Where a line of text is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Where it begins.
    Start,
    /// In its middle.
    Middle,
    /// Where it ends.
    End,
}

impl Anchor {
    /// As SVG has it.
    const fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Middle => "middle",
            Self::End => "end",
        }
    }
}

/// How far a cover is drawn beyond its four edges.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Bleed {
    /// Beyond the left edge.
    pub left: f64,
    /// Beyond the right one.
    pub right: f64,
    /// Beyond head and foot.
    pub ends: f64,
}

/// Words as they fit their frame.
#[derive(Clone, Debug)]
pub struct Block {
    setting: Setting,
    style: Style,
}

impl Block {
    /// Whether there are no words.
    pub fn is_empty(&self) -> bool {
        self.setting.lines.is_empty()
    }

    /// The size of its words.
    pub fn size(&self) -> f64 {
        self.setting.size
    }

    /// Its lines, one below the other.
    pub fn lines(&self) -> &[String] {
        &self.setting.lines
    }

    /// From the top of the first line to the foot of the last.
    pub fn depth(&self) -> f64 {
        self.setting.depth()
    }

    /// Its top, where its last line stands on `baseline`.
    pub fn top_over(&self, baseline: f64) -> f64 {
        baseline - self.depth() + self.size() * 0.12
    }
}

/// A cover being drawn.
pub struct Canvas<'a> {
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
    /// The language of its words.
    pub rules: &'static Rules,
    fonts: &'a Fonts,
    bleed: Bleed,
    svg: String,
}

impl<'a> Canvas<'a> {
    /// An empty cover.
    pub fn new(width: f64, height: f64, rules: &'static Rules, fonts: &'a Fonts) -> Self {
        Self { width, height, rules, fonts, bleed: Bleed::default(), svg: String::new() }
    }

    /// The same cover with room beyond its edges, into which all that touches them reaches.
    pub fn bleeding(self, bleed: Bleed) -> Self {
        Self { bleed, ..self }
    }

    /// The whole as an SVG, with what bleeds.
    pub fn finish(self) -> String {
        let Self { width, height, bleed, svg, .. } = self;
        let (left, top) = (-bleed.left, -bleed.ends);
        let (width, height) = (width + bleed.left + bleed.right, height + 2.0 * bleed.ends);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.3}pt\" \
             height=\"{height:.3}pt\" viewBox=\"{left:.3} {top:.3} {width:.3} {height:.3}\">\
             {svg}</svg>\n"
        )
    }

    /// Puts another cover on this one, its corner at `x`.
    pub fn place(&mut self, x: f64, panel: &Canvas<'_>) {
        self.push(format_args!("<g transform=\"translate({x:.3} 0)\">{}</g>", panel.svg));
    }

    /// Puts another drawing on this one, turned so that it is read downwards.
    pub fn place_turned(&mut self, panel: &Canvas<'_>) {
        let x = self.width;
        self.push(format_args!(
            "<g transform=\"translate({x:.3} 0) rotate(90)\">{}</g>",
            panel.svg
        ));
    }

    /// An empty drawing in the same language.
    pub fn empty(&self, width: f64, height: f64) -> Self {
        Self::new(width, height, self.rules, self.fonts)
    }

    /// How far the cover is drawn beyond its edges.
    pub fn bleed(&self) -> Bleed {
        self.bleed
    }

    /// The margin at both sides.
    pub fn margin(&self) -> f64 {
        self.width * MARGIN
    }

    /// What the margins leave between them.
    pub fn measure(&self) -> f64 {
        self.width - 2.0 * self.margin()
    }

    /// A frame whose words are from `ample` to `largest`, in parts of the cover's width.
    pub fn frame(
        &self,
        (width, depth): (f64, f64),
        (largest, ample): (f64, f64),
        leading: f64,
    ) -> Frame {
        Frame { width, depth, largest: self.width * largest, ample: self.width * ample, leading }
    }

    /// Words as large as their frame allows.
    pub fn fit(&self, words: &str, style: Style, frame: &Frame) -> Block {
        let setting = fit(words, self.rules, |c| self.advance(style, c), frame);
        Block { setting, style }
    }

    /// The width of a character in ems.
    pub fn advance(&self, style: Style, c: char) -> f64 {
        let face = self.fonts.pick(style, c).map(|face| self.fonts.face(face));
        let glyph = face.and_then(|face| Some((face, face.glyph(c)?)));
        glyph.map_or(1.0, |(face, glyph)| {
            f64::from(face.advance(glyph)) / f64::from(face.units_per_em())
        })
    }

    /// Sets a block, its top at `y`.
    pub fn block(&mut self, block: &Block, (x, y): (f64, f64), anchor: Anchor, colour: &Colour) {
        let Setting { size, leading, lines } = &block.setting;
        for (line, text) in lines.iter().enumerate() {
            // A hanzi's box reaches 0.88 em above its baseline.
            let baseline = y + size * (0.88 + line as f64 * leading);
            self.text(text, block.style, *size, (x, baseline), anchor, colour);
        }
    }

    /// A filled rectangle; what touches an edge of the cover bleeds over it.
    pub fn rectangle(&mut self, x: f64, y: f64, width: f64, height: f64, Colour(colour): &Colour) {
        const TOUCH: f64 = 1e-6;
        let over = |touches: bool, bleed: f64| if touches { bleed } else { 0.0 };
        let left = over(x <= TOUCH, self.bleed.left);
        let right = over(x + width >= self.width - TOUCH, self.bleed.right);
        let top = over(y <= TOUCH, self.bleed.ends);
        let foot = over(y + height >= self.height - TOUCH, self.bleed.ends);
        let (x, y, width, height) = (x - left, y - top, width + left + right, height + top + foot);
        self.push(format_args!(
            "<rect x=\"{x:.3}\" y=\"{y:.3}\" width=\"{width:.3}\" height=\"{height:.3}\" \
             fill=\"{colour}\" {CRISP}/>"
        ));
    }

    /// Filled rectangles side by side, as one shape: each by itself takes longer to draw.
    pub fn rectangles(
        &mut self,
        lefts: impl Iterator<Item = f64>,
        y: f64,
        (width, height): (f64, f64),
        Colour(colour): &Colour,
    ) {
        self.svg.push_str("<path d=\"");
        for x in lefts {
            self.push(format_args!("M{x:.3} {y:.3}h{width:.3}v{height:.3}h-{width:.3}z"));
        }
        self.push(format_args!("\" fill=\"{colour}\" {CRISP}/>"));
    }

    /// A rectangle's line, its middle on the edge.
    pub fn outline(
        &mut self,
        (x, y): (f64, f64),
        (width, height): (f64, f64),
        line: f64,
        Colour(colour): &Colour,
    ) {
        self.push(format_args!(
            "<rect x=\"{x:.3}\" y=\"{y:.3}\" width=\"{width:.3}\" height=\"{height:.3}\" \
             fill=\"none\" stroke=\"{colour}\" stroke-width=\"{line:.3}\"/>"
        ));
    }

    /// A filled path.
    pub fn path(&mut self, data: std::fmt::Arguments<'_>, Colour(colour): &Colour) {
        self.push(format_args!("<path d=\"{data}\" fill=\"{colour}\"/>"));
    }

    /// The line of a path.
    pub fn line(&mut self, data: std::fmt::Arguments<'_>, line: f64, Colour(colour): &Colour) {
        self.push(format_args!(
            "<path d=\"{data}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{line:.3}\"/>"
        ));
    }

    /// A line of text, held at a place.
    pub fn text(
        &mut self,
        words: &str,
        style: Style,
        size: f64,
        at: (f64, f64),
        anchor: Anchor,
        colour: &Colour,
    ) {
        self.spaced((words, 0.0), style, size, at, anchor, colour);
    }

    /// A line of text with some more space after each of its characters.
    pub fn spaced(
        &mut self,
        (words, space): (&str, f64),
        style: Style,
        size: f64,
        (x, y): (f64, f64),
        anchor: Anchor,
        Colour(colour): &Colour,
    ) {
        let face = self.fonts.chain(style).first().map(|&face| self.fonts.face(face));
        let family = escape(face.map_or("serif", |face| face.family()));
        let weight = face.map_or(400, Face::weight_class);
        let (words, anchor) = (escape(words), anchor.name());
        let space = if space > 0.0 { format!(" letter-spacing=\"{space:.3}\"") } else { "".into() };
        self.push(format_args!(
            "<text x=\"{x:.3}\" y=\"{y:.3}\" font-family=\"'{family}'\" font-weight=\"{weight}\" \
             font-size=\"{size:.3}\"{space} text-anchor=\"{anchor}\" fill=\"{colour}\">{words}</text>"
        ));
    }

    /// A line of text that is read downwards, from a place on its baseline.
    pub fn turned(
        &mut self,
        words: &str,
        style: Style,
        size: f64,
        (x, y): (f64, f64),
        colour: &Colour,
    ) {
        self.push(format_args!("<g transform=\"translate({x:.3} {y:.3}) rotate(90)\">"));
        self.text(words, style, size, (0.0, 0.0), Anchor::Start, colour);
        self.push(format_args!("</g>"));
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
            c if is_forbidden(c) => {}
            c => escaped.push(c),
        }
    }
    escaped
}
