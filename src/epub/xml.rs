//! XML that is well formed by construction: every element is closed by the scope that opened it,
//! every text is escaped, and characters that XML 1.0 forbids never get in.

use std::borrow::Cow;

use quick_xml::Writer;
use quick_xml::escape::{escape, partial_escape};
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::marking::Marking;
use crate::script::{is_forbidden, may_be_forbidden, scan};

/// A document under construction.
pub struct Xml {
    writer: Writer<Vec<u8>>,
    /// What its texts mark.
    marking: Marking,
    /// The start tag that is being written.
    tag: String,
}

/// Names and values; the values as meant, not yet escaped.
pub type Attributes<'a> = &'a [(&'a str, &'a str)];

impl Xml {
    /// A document whose white space is written by hand, because it matters inside paragraphs.
    pub fn flowing(marking: Marking) -> Self {
        Self::declared(Writer::new(Vec::new()), marking)
    }

    /// A document of records, with one element on a line.
    pub fn indented() -> Self {
        Self::declared(Writer::new_with_indent(Vec::new(), b' ', 2), Marking::default())
    }

    /// A page of HTML for browsers that is XML all the same.
    pub fn page() -> Self {
        let writer = Writer::new_with_indent(Vec::new(), b' ', 1);
        let mut xml = Self { writer, marking: Marking::default(), tag: String::new() };
        xml.put(Event::DocType(BytesText::from_escaped("html")));
        xml
    }

    /// The XML declaration (XML 1.0, production 23).
    fn declared(writer: Writer<Vec<u8>>, marking: Marking) -> Self {
        let mut xml = Self { writer, marking, tag: String::new() };
        xml.put(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
        xml
    }

    /// `<!DOCTYPE html>` on a line of its own.
    pub fn doctype(&mut self) {
        self.line();
        self.put(Event::DocType(BytesText::from_escaped("html")));
        self.line();
    }

    /// An element with what `inner` writes into it.
    pub fn element(&mut self, name: &str, attributes: Attributes, inner: impl FnOnce(&mut Self)) {
        self.open(name, attributes);
        inner(self);
        self.close(name);
    }

    /// An element that holds nothing but characters.
    pub fn leaf(&mut self, name: &str, attributes: Attributes, text: &str) {
        self.element(name, attributes, |xml| xml.text(text));
    }

    /// An element without content, as `<br/>`.
    pub fn empty(&mut self, name: &str, attributes: Attributes) {
        let tag = self.tag(name, attributes);
        self.put(Event::Empty(BytesStart::from_content(&*tag, name.len())));
        self.tag = tag;
    }

    /// Characters, with spans around those that the document marks.
    pub fn text(&mut self, text: &str) {
        for (class, run) in self.marking.runs(text) {
            match class {
                Some(class) => {
                    self.open("span", &[("class", class)]);
                    self.plain(run);
                    self.close("span");
                }
                None => self.plain(run),
            }
        }
    }

    /// Characters and nothing else, where no element may stand.
    pub fn plain(&mut self, text: &str) {
        self.put(Event::Text(BytesText::from_escaped(permitted(text, partial_escape))));
    }

    /// A line end between blocks.
    pub fn line(&mut self) {
        self.put(Event::Text(BytesText::from_escaped("\n")));
    }

    /// A start tag; whoever calls this must call [`Self::close`] with the same name.
    pub fn open(&mut self, name: &str, attributes: Attributes) {
        let tag = self.tag(name, attributes);
        self.put(Event::Start(BytesStart::from_content(&*tag, name.len())));
        self.tag = tag;
    }

    /// An end tag.
    pub fn close(&mut self, name: &str) {
        self.put(Event::End(BytesEnd::new(name)));
    }

    /// The bytes of the document.
    pub fn finish(mut self) -> Vec<u8> {
        self.line();
        self.writer.into_inner()
    }

    /// What stands in a start tag, with its attributes escaped.
    fn tag(&mut self, name: &str, attributes: Attributes) -> String {
        let mut tag = std::mem::take(&mut self.tag);
        tag.clear();
        tag.push_str(name);
        for &(key, value) in attributes {
            tag.extend([" ", key, "=\"", &permitted(value, escape), "\""]);
        }
        tag
    }

    /// Writes one event.
    #[expect(clippy::expect_used, reason = "writing into memory does not fail")]
    fn put(&mut self, event: Event) {
        self.writer.write_event(event).expect("memory takes every byte");
    }
}

/// `text` escaped, without what is no character of XML 1.0 (production 2) or a control of HTML. Most
/// texts stay as they are.
fn permitted(text: &str, escape: impl FnOnce(String) -> Cow<'static, str>) -> Cow<'_, str> {
    match scan::first(text.as_bytes(), may_change) {
        None => Cow::Borrowed(text),
        Some(_) => escape(text.chars().filter(|&c| c != '\r' && !is_forbidden(c)).collect()),
    }
}

/// Whether a character that begins with `byte` and `next` may not stay as it is.
const fn may_change(byte: u8, next: u8) -> bool {
    let escaped = (byte == b'<') | (byte == b'>') | (byte == b'&');
    escaped | (byte == b'"') | (byte == b'\'') | (byte == b'\r') | may_be_forbidden(byte, next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_carry_is_escaped_or_left_out() {
        let mut xml = Xml::flowing(Marking::default());
        xml.leaf("p", &[("title", "\"a\"\u{0} & b")], "1 < 2 & \"3\"\u{B}\r\u{FFFF}\u{1FFFE}");
        assert_eq!(
            String::from_utf8(xml.finish()).unwrap(),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\
             <p title=\"&quot;a&quot; &amp; b\">1 &lt; 2 &amp; \"3\"</p>\n"
        );
    }
}
