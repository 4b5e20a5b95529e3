//! What stands inside a line.

use std::borrow::Cow;
use std::ops::Range;

use super::super::place;
use super::chapter::Renderer;
use super::{Fact, prose, prose_part};
use crate::book::{
    AnchorId, Emphasis, Inline, PictureId, Target, Text, Token, TokenKind, source_start,
};
use crate::layout::TextPlace;
use crate::placeholder;

/// How a part of a text is shown.
type Shown = fn(&str, Range<usize>) -> Cow<'_, str>;

/// A part of a text as it is.
fn as_is(text: &str, part: Range<usize>) -> Cow<'_, str> {
    Cow::Borrowed(&text[part])
}

/// A part of a text.
#[derive(Clone)]
struct Stretch {
    bytes: Range<usize>,
    /// How many characters stand before it.
    characters: u32,
}

impl Renderer<'_> {
    /// Inlines in their order.
    pub fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            self.inline(inline);
        }
    }

    /// One inline.
    fn inline(&mut self, inline: &Inline) {
        match inline {
            Inline::Text(text) => self.words(text, prose_part),
            Inline::Emphasis(emphasis, content) => {
                // Hanzi are not slanted; they take dots below (clreq 4.1.1) or another face.
                let class = match emphasis {
                    Emphasis::Dots => [("class", "dot")],
                    Emphasis::Kai => [("class", "kai")],
                };
                let hanzi = content.iter().any(|inline| inline.has_hanzi(self.book.metadata.rules));
                let attributes = if hanzi { &class[..] } else { &[] };
                self.element("em", attributes, |r| r.inlines(content));
            }
            Inline::Strong(content) => self.element("strong", &[], |r| r.inlines(content)),
            Inline::Strike(content) => self.element("s", &[], |r| r.inlines(content)),
            Inline::Subscript(content) => self.element("sub", &[], |r| r.inlines(content)),
            Inline::Superscript(content) => self.element("sup", &[], |r| r.inlines(content)),
            Inline::Name(content) => {
                self.element("span", &[("class", "name")], |r| r.inlines(content));
            }
            Inline::Title(content) => {
                self.element("cite", &[("class", "book")], |r| r.inlines(content));
            }
            Inline::Gloss(content) => self.gloss(content),
            Inline::Foreign { language, content, .. } => {
                let attributes = [("lang", language.as_str()), ("xml:lang", language)];
                self.element("span", &attributes, |r| r.inlines(content));
            }
            Inline::Abbreviation { expansion, content } => {
                self.element("abbr", &[("title", expansion)], |r| r.inlines(content));
            }
            Inline::Term { anchor, content } => self.term(*anchor, content),
            Inline::Anchor(anchor) => {
                let id = self.book.anchor(*anchor).name.clone();
                self.element("span", &[("id", &id)], |_| {});
            }
            Inline::Ruby { base, reading } => self.ruby(base, &reading.text),
            Inline::Code(text) => self.element("code", &[], |r| r.literal(text)),
            Inline::Link { target, content } => self.link(target, content),
            Inline::PageOf { anchor, .. } => self.page_of(*anchor),
            Inline::Image { picture, alt } => self.image(*picture, alt, "inline"),
            Inline::NoteMark(note) => match &mut self.held {
                Some(held) => held.push(*note),
                None => self.mark(*note),
            },
            Inline::Break => self.xml.empty("br", &[]),
        }
    }

    /// Characters as they are.
    pub fn literal(&mut self, text: &Text) {
        self.words(text, as_is);
    }

    /// Code, by what it consists of, as far as that is known.
    pub fn coded(&mut self, text: &Text, tokens: &[Token]) {
        let mut from = Stretch { bytes: 0..0, characters: 0 };
        for token in tokens {
            from.bytes.end = token.end;
            let class = match token.kind {
                TokenKind::Plain => None,
                TokenKind::Keyword => Some("keyword"),
                TokenKind::Literal => Some("literal"),
                TokenKind::Comment => Some("comment"),
            };
            from = match class {
                Some(class) => {
                    let mut rest = from.clone();
                    self.element("span", &[("class", class)], |r| {
                        rest = r.stretch(text, from, as_is)
                    });
                    rest
                }
                None => self.stretch(text, from, as_is),
            };
        }
        from.bytes.end = text.text.len();
        self.stretch(text, from, as_is);
    }

    /// Characters as `shown`, and the page breaks among them.
    fn words(&mut self, text: &Text, shown: Shown) {
        let bytes = 0..text.text.len();
        self.stretch(text, Stretch { bytes, characters: 0 }, shown);
    }

    /// A part of a text as `shown`, and the page breaks among its characters; gives the empty one
    /// after it.
    fn stretch(&mut self, text: &Text, part: Stretch, shown: Shown) -> Stretch {
        let Stretch { bytes: Range { start: mut from, end }, characters } = part;
        // Where no page begins any more, it does not matter how many there are.
        let all = if self.waiting.is_empty() { 0 } else { text.text[from..end].chars().count() };
        let after = characters.saturating_add(u32::try_from(all).unwrap_or(u32::MAX));
        let most = if end == text.text.len() { u32::MAX } else { after.saturating_sub(1) };
        let mut passed = characters;
        while let Some((place, label)) = self.next_break(text.span.start, most) {
            let nth =
                text.text[from..end].char_indices().nth(place.saturating_sub(passed) as usize);
            let at = nth.map_or(end, |(at, _)| from + at);
            if at > from {
                self.xml.text(&shown(&text.text, from..at));
            }
            self.page_break(&label);
            (from, passed) = (at, place);
        }
        if end > from {
            self.xml.text(&shown(&text.text, from..end));
        }
        Stretch { bytes: end..end, characters: after }
    }

    /// The page break before what begins at a byte of the source, if a page begins with it.
    pub fn begin(&mut self, start: Option<u32>) {
        let Some(start) = start else { return };
        if let Some((_, label)) = self.next_break(start, 0) {
            self.page_break(&label);
        }
    }

    /// Takes the next page that begins in what stands at `start` of the source, after `most` of its
    /// characters at most; and after how many.
    fn next_break(&mut self, start: u32, most: u32) -> Option<(u32, String)> {
        let range = TextPlace { start, characters: 0 }..=TextPlace { start, characters: most };
        let (&place, _) = self.waiting.range(range).next()?;
        let label = self.waiting.remove(&place)?;
        Some((place.characters, label))
    }

    /// A page break.
    pub fn page_break(&mut self, label: &str) {
        self.breaks.mark(self.xml, label);
        self.told.breaks.push(label.to_owned());
    }

    /// A link, and after it the note marks that stood in it. A link in a link is only its words.
    fn link(&mut self, target: &Target, content: &[Inline]) {
        if self.held.is_some() {
            return self.inlines(content);
        }
        let inside = |id| Cow::Owned(self.places.target(self.book, (self.index, self.piece), id));
        let (href, role) = match target {
            Target::Anchor(id) => (inside(*id), None),
            Target::Entry { entry, .. } => (inside(*entry), Some(["biblioref", "doc-biblioref"])),
            Target::Citation(id) => (inside(*id), Some(["backlink", "doc-backlink"])),
            Target::Url(url) => (escaped(url), None),
        };
        let id = match target {
            Target::Entry { mark: Some(mark), .. } => self.book.anchor(*mark).name.clone(),
            Target::Entry { mark: None, .. }
            | Target::Anchor(_)
            | Target::Citation(_)
            | Target::Url(_) => String::new(),
        };
        let mut attributes = vec![("href", &*href)];
        if let Some([kind, role]) = role {
            attributes.extend([("class", "cite"), ("epub:type", kind), ("role", role)]);
        }
        if !id.is_empty() {
            attributes.push(("id", &id));
        }
        self.held = Some(Vec::new());
        self.element("a", &attributes, |r| r.inlines(content));
        for note in self.held.take().unwrap_or_default() {
            self.mark(note);
        }
    }

    /// A term, which leads to what the glossary says of it (DPUB-ARIA 1.1, doc-glossref).
    fn term(&mut self, anchor: AnchorId, content: &[Inline]) {
        if self.held.is_some() {
            return self.inlines(content);
        }
        let href = self.places.target(self.book, (self.index, self.piece), anchor);
        let attributes = [("class", "term"), ("role", "doc-glossref"), ("href", href.as_str())];
        self.held = Some(Vec::new());
        self.element("a", &attributes, |r| r.inlines(content));
        for note in self.held.take().unwrap_or_default() {
            self.mark(note);
        }
    }

    /// The number of the printed page with an anchor, or else the label of what stands there.
    fn page_of(&mut self, anchor: AnchorId) {
        let rules = self.book.metadata.rules;
        let words = match self.breaks.folio(anchor) {
            Some(folio) => Cow::Owned(folio.words(rules)),
            None => Cow::Borrowed(self.book.anchor(anchor).label.as_str()),
        };
        if self.held.is_some() {
            return self.xml.text(&prose(&words));
        }
        let href = self.places.target(self.book, (self.index, self.piece), anchor);
        self.xml.leaf("a", &[("class", "page"), ("href", &href)], &prose(&words));
    }

    /// A note in the line, in its brackets.
    fn gloss(&mut self, content: &[Inline]) {
        self.element("small", &[("class", "gloss")], |r| {
            r.begin(source_start(content));
            r.xml.text("（");
            r.inlines(content);
            r.xml.text("）");
        });
    }

    /// Characters with their reading, in brackets where a reader does not know ruby (HTML, 4.5.10).
    fn ruby(&mut self, base: &[Inline], reading: &str) {
        self.begin(source_start(base));
        self.told.facts.insert(Fact::Ruby);
        self.element("ruby", &[], |r| {
            r.inlines(base);
            r.xml.leaf("rp", &[], "（");
            r.xml.leaf("rt", &[], reading);
            r.xml.leaf("rp", &[], "）");
        });
    }

    /// A picture; `class` says how large.
    pub fn image(&mut self, id: PictureId, alt: &str, class: &str) {
        self.told.pictures.insert(id);
        if !placeholder::describes(alt) {
            self.told.facts.insert(Fact::Undescribed);
        }
        let source = format!("../{}", place::picture(self.book, id));
        let attributes = [("class", class), ("src", &source), ("alt", alt)];
        self.xml.empty("img", &attributes);
    }
}

/// `url` with what no URL may hold as it is (RFC 3986, 2; letters beyond ASCII may, RFC 3987)
/// written as `%` and the byte.
fn escaped(url: &str) -> Cow<'_, str> {
    let is_illegal = |c: char| {
        matches!(c, '\0'..=' ' | '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' | '\x7F')
    };
    if !url.contains(is_illegal) {
        return Cow::Borrowed(url);
    }
    let mut escaped = String::with_capacity(url.len() + 8);
    for c in url.chars() {
        if is_illegal(c) {
            escaped.push_str(&format!("%{:02X}", c as u32));
        } else {
            escaped.push(c);
        }
    }
    Cow::Owned(escaped)
}
