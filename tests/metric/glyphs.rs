//! A finished PDF as glyphs: what stands where, read back from its content streams.
//!
//! Only what belongs to the page itself is read; drawings (Form XObjects) have lines of their own.

use std::collections::BTreeMap;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId};

/// A glyph on a page, in points from the page's top-left corner.
#[derive(Clone, Debug, PartialEq)]
pub struct Glyph {
    /// The characters that it stands for; none for one that continues another's.
    pub text: String,
    /// The origin.
    pub x: f64,
    /// The baseline.
    pub y: f64,
    /// One em.
    pub size: f64,
    /// What the font says that the glyph takes.
    pub advance: f64,
    /// The name of the font.
    pub font: String,
}

/// The glyphs of each page, in the order they are drawn.
pub fn read(pdf: &[u8]) -> Vec<Vec<Glyph>> {
    let document = Document::load_mem(pdf).expect("the file is a PDF");
    let mut fonts = BTreeMap::new();
    document.get_pages().into_values().map(|page| read_page(&document, page, &mut fonts)).collect()
}

/// Fonts by their dictionary's place among the objects, read once.
type Fonts = BTreeMap<ObjectId, Font>;

fn read_page(document: &Document, page: ObjectId, fonts: &mut Fonts) -> Vec<Glyph> {
    let names = font_names(document, page);
    for id in names.values() {
        fonts.entry(*id).or_insert_with(|| Font::new(document, *id));
    }
    let content = Content::decode(&document.get_page_content(page)).expect("the content is sound");
    let mut reader = Reader::new(fonts, &names);
    for operation in &content.operations {
        reader.read(operation);
    }
    let top = page_top(document, page);
    let mut glyphs = reader.glyphs;
    glyphs.iter_mut().for_each(|glyph| glyph.y = top - glyph.y);
    glyphs
}

/// What a page or one of its parents says of `key`.
fn inherited<'a>(document: &'a Document, page: ObjectId, key: &[u8]) -> Option<&'a Object> {
    let mut node = document.get_dictionary(page).ok()?;
    loop {
        if let Ok(value) = node.get(key) {
            return document.dereference(value).ok().map(|(_, value)| value);
        }
        node = document.get_dictionary(node.get(b"Parent").ok()?.as_reference().ok()?).ok()?;
    }
}

fn page_top(document: &Document, page: ObjectId) -> f64 {
    let area = inherited(document, page, b"MediaBox").and_then(|area| area.as_array().ok());
    area.and_then(|area| area.get(3)).map_or(0.0, number)
}

/// The fonts of a page by the names it has for them.
fn font_names(document: &Document, page: ObjectId) -> BTreeMap<Vec<u8>, ObjectId> {
    let fonts = || {
        let resources = inherited(document, page, b"Resources")?.as_dict().ok()?;
        document.dereference(resources.get(b"Font").ok()?).ok()?.1.as_dict().ok()
    };
    let Some(fonts) = fonts() else { return BTreeMap::new() };
    let id = |(name, font): (&Vec<u8>, &Object)| Some((name.clone(), font.as_reference().ok()?));
    fonts.iter().filter_map(id).collect()
}

fn number(object: &Object) -> f64 {
    object.as_float().map_or(0.0, f64::from)
}

/// Widths and texts of a font's glyphs.
struct Font {
    name: String,
    /// Codes have two bytes, as in every Identity-H font.
    wide: bool,
    widths: BTreeMap<u16, f64>,
    default_width: f64,
    texts: BTreeMap<u16, String>,
}

impl Font {
    fn new(document: &Document, id: ObjectId) -> Self {
        let font = document.get_dictionary(id).expect("a font is a dictionary");
        let entry = |font: &Dictionary, key: &[u8]| -> Option<Object> {
            document.dereference(font.get(key).ok()?).ok().map(|(_, value)| value.clone())
        };
        let descendant = entry(font, b"DescendantFonts").and_then(|list| {
            document.dereference(list.as_array().ok()?.first()?).ok()?.1.as_dict().ok().cloned()
        });
        let name = entry(font, b"BaseFont").and_then(|name| Some(name.as_name().ok()?.to_vec()));
        let texts = entry(font, b"ToUnicode")
            .and_then(|map| map.as_stream().ok()?.get_plain_content().ok())
            .map(|map| to_unicode(&String::from_utf8_lossy(&map)))
            .unwrap_or_default();
        let (widths, default_width) = match &descendant {
            Some(descendant) => {
                let default = entry(descendant, b"DW").as_ref().map_or(1000.0, number);
                let list = entry(descendant, b"W").and_then(|list| list.as_array().ok().cloned());
                (cid_widths(document, &list.unwrap_or_default()), default)
            }
            None => (simple_widths(document, font), 0.0),
        };
        let name = String::from_utf8_lossy(&name.unwrap_or_default()).into_owned();
        Self { name, wide: descendant.is_some(), widths, default_width, texts }
    }

    fn codes(&self, string: &[u8]) -> Vec<u16> {
        if self.wide {
            string.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect()
        } else {
            string.iter().map(|&byte| u16::from(byte)).collect()
        }
    }

    /// The width of a code's glyph in ems.
    fn width(&self, code: u16) -> f64 {
        self.widths.get(&code).copied().unwrap_or(self.default_width) / 1000.0
    }
}

/// `W`: `first [w w …]` and `first last w` (ISO 32000-1, 9.7.4.3).
fn cid_widths(document: &Document, list: &[Object]) -> BTreeMap<u16, f64> {
    let mut widths = BTreeMap::new();
    let mut at = 0;
    while let (Some(first), Some(second)) = (list.get(at), list.get(at + 1)) {
        let first = number(first) as u16;
        let second = document.dereference(second).map_or(second, |(_, value)| value);
        if let Ok(each) = second.as_array() {
            widths.extend((first..).zip(each.iter().map(number)));
            at += 2;
        } else {
            let width = list.get(at + 2).map_or(0.0, number);
            widths.extend((first..=number(second) as u16).map(|code| (code, width)));
            at += 3;
        }
    }
    widths
}

fn simple_widths(document: &Document, font: &Dictionary) -> BTreeMap<u16, f64> {
    let first = font.get(b"FirstChar").map_or(0.0, number) as u16;
    let list = font.get(b"Widths").and_then(|list| document.dereference(list));
    let list = list.ok().and_then(|(_, list)| list.as_array().ok());
    list.map(|list| (first..).zip(list.iter().map(number)).collect()).unwrap_or_default()
}

/// The `bfchar` and `bfrange` lines of a ToUnicode map (ISO 32000-1, 9.10.3).
fn to_unicode(map: &str) -> BTreeMap<u16, String> {
    let spread = map.replace('<', " <").replace('>', "> ").replace('[', " [ ").replace(']', " ] ");
    let mut texts = BTreeMap::new();
    let mut words = spread.split_whitespace();
    while let Some(word) = words.next() {
        match word {
            "beginbfchar" => {
                while let Some(code) = words.next().and_then(hex) {
                    let text = words.next().and_then(hex).unwrap_or_default();
                    texts.insert(code_of(&code), utf16(&text));
                }
            }
            "beginbfrange" => {
                while let Some(first) = words.next().and_then(hex) {
                    let last = words.next().and_then(hex).unwrap_or_default();
                    let codes = code_of(&first)..=code_of(&last);
                    match words.next() {
                        Some("[") => {
                            let each: Vec<Vec<u8>> = words.by_ref().map_while(hex).collect();
                            texts.extend(codes.zip(each.iter().map(|text| utf16(text))));
                        }
                        start => {
                            let start = start.and_then(hex).unwrap_or_default();
                            texts.extend(
                                codes.clone().map(|code| {
                                    (code, utf16(&counted(&start, code - codes.start())))
                                }),
                            );
                        }
                    }
                }
            }
            _ => {}
        }
    }
    texts
}

/// The bytes of `<0A0B>`.
fn hex(word: &str) -> Option<Vec<u8>> {
    let digits = word.strip_prefix('<')?.strip_suffix('>')?;
    let pairs = digits.as_bytes().chunks_exact(2);
    pairs.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}

fn code_of(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0, |code, &byte| (code << 8) | u16::from(byte))
}

/// A range's text: the last unit counts on.
fn counted(start: &[u8], by: u16) -> Vec<u8> {
    let (head, last) = start.split_at(start.len().saturating_sub(2));
    [head, &(code_of(last) + by).to_be_bytes()].concat()
}

/// The characters of UTF-16 with the high byte first.
fn utf16(bytes: &[u8]) -> String {
    let units: Vec<u16> =
        bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
    String::from_utf16_lossy(&units)
}

/// `[a b c d e f]` of a change of coordinates.
type Matrix = [f64; 6];

const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// First `a`, then `b`.
fn times(a: Matrix, b: Matrix) -> Matrix {
    [
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    ]
}

/// What `q` saves.
#[derive(Clone, Copy)]
struct State {
    matrix: Matrix,
    font: Option<ObjectId>,
    size: f64,
    letter: f64,
    word: f64,
    scale: f64,
    leading: f64,
    rise: f64,
}

/// A marked span; what its glyphs stand for, if it says so, until the first of them takes it.
struct Span {
    actual: Option<String>,
}

/// Follows the operators of a page.
struct Reader<'a> {
    fonts: &'a Fonts,
    names: &'a BTreeMap<Vec<u8>, ObjectId>,
    state: State,
    saved: Vec<State>,
    line: Matrix,
    text: Matrix,
    spans: Vec<Span>,
    glyphs: Vec<Glyph>,
}

impl<'a> Reader<'a> {
    fn new(fonts: &'a Fonts, names: &'a BTreeMap<Vec<u8>, ObjectId>) -> Self {
        let state = State {
            matrix: IDENTITY,
            font: None,
            size: 0.0,
            letter: 0.0,
            word: 0.0,
            scale: 1.0,
            leading: 0.0,
            rise: 0.0,
        };
        let (line, text) = (IDENTITY, IDENTITY);
        Self {
            fonts,
            names,
            state,
            saved: Vec::new(),
            line,
            text,
            spans: Vec::new(),
            glyphs: Vec::new(),
        }
    }

    fn read(&mut self, operation: &Operation) {
        let operands = &operation.operands;
        let at = |index: usize| operands.get(index).map_or(0.0, number);
        match operation.operator.as_str() {
            "q" => self.saved.push(self.state),
            "Q" => self.state = self.saved.pop().unwrap_or(self.state),
            "cm" => self.state.matrix = times(std::array::from_fn(at), self.state.matrix),
            "BT" => (self.line, self.text) = (IDENTITY, IDENTITY),
            "Tm" => self.begin_line(std::array::from_fn(at)),
            "Td" => self.move_line(at(0), at(1)),
            "TD" => {
                self.state.leading = -at(1);
                self.move_line(at(0), at(1));
            }
            "T*" => self.move_line(0.0, -self.state.leading),
            "Tc" => self.state.letter = at(0),
            "Tw" => self.state.word = at(0),
            "Tz" => self.state.scale = at(0) / 100.0,
            "TL" => self.state.leading = at(0),
            "Ts" => self.state.rise = at(0),
            "Tf" => {
                let name = operands.first().and_then(|name| name.as_name().ok());
                self.state.font = name.and_then(|name| self.names.get(name)).copied();
                self.state.size = at(1);
            }
            "Tj" => operands.iter().for_each(|string| self.show(string)),
            "TJ" => {
                let row = operands.first().and_then(|row| row.as_array().ok());
                row.into_iter().flatten().for_each(|part| self.show(part));
            }
            "BMC" => self.spans.push(Span { actual: None }),
            "BDC" => {
                let properties = operands.get(1).and_then(|object| object.as_dict().ok());
                let actual = properties.and_then(|of| of.get(b"ActualText").ok()?.as_str().ok());
                self.spans.push(Span { actual: actual.map(text_string) });
            }
            "EMC" => drop(self.spans.pop()),
            _ => {}
        }
    }

    fn begin_line(&mut self, matrix: Matrix) {
        (self.line, self.text) = (matrix, matrix);
    }

    fn move_line(&mut self, x: f64, y: f64) {
        self.begin_line(times([1.0, 0.0, 0.0, 1.0, x, y], self.line));
    }

    /// Moves along the baseline by unscaled text units.
    fn advance(&mut self, by: f64) {
        self.text = times([1.0, 0.0, 0.0, 1.0, by * self.state.scale, 0.0], self.text);
    }

    /// A string, or the number between two strings.
    fn show(&mut self, part: &Object) {
        let Ok(string) = part.as_str() else {
            self.advance(-number(part) / 1000.0 * self.state.size);
            return;
        };
        let Some(font) = self.state.font.and_then(|id| self.fonts.get(&id)) else { return };
        for code in font.codes(string) {
            let State { size, letter, word, scale, rise, matrix, .. } = self.state;
            let place = times([1.0, 0.0, 0.0, 1.0, 0.0, rise], times(self.text, matrix));
            let along = place[0].hypot(place[1]);
            let own = || font.texts.get(&code).cloned().unwrap_or_else(|| "\u{fffd}".to_owned());
            let actual = self.spans.iter_mut().rev().find_map(|span| span.actual.as_mut());
            self.glyphs.push(Glyph {
                text: actual.map_or_else(own, std::mem::take),
                x: place[4],
                y: place[5],
                size: size * place[2].hypot(place[3]),
                advance: font.width(code) * size * scale * along,
                font: font.name.clone(),
            });
            let spaced = if !font.wide && code == 32 { word } else { 0.0 };
            self.advance(font.width(code) * size + letter + spaced);
        }
    }
}

/// A text string: UTF-16 with a byte order mark, or one byte a character.
fn text_string(bytes: &[u8]) -> String {
    match bytes.strip_prefix(b"\xfe\xff") {
        Some(units) => utf16(units),
        None => bytes.iter().map(|&byte| char::from(byte)).collect(),
    }
}
