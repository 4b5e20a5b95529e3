//! The parts of a text: in an archive, or all in one file of XML.

use crate::diag::{Code, Diagnostic, Message, Sink};
use crate::import::sources::{self, Source};
use crate::import::xml::{self, Element};
use crate::import::zipped::{LARGEST_XML, Zipped};
use crate::import::{encoding, unreadable};
use crate::message;

/// The part with the text.
pub(super) const CONTENT: &str = "content.xml";

/// Where pictures and objects are had from.
pub(super) enum Package<'a> {
    /// They are parts of an archive.
    Zipped(Zipped<'a>),
    /// They stand in the text itself.
    Flat,
}

impl Package<'_> {
    /// The bytes of a part.
    pub fn bytes(&mut self, name: &str, sink: &mut Sink) -> Option<Vec<u8>> {
        match self {
            Self::Zipped(zipped) => zipped.bytes(name, sink),
            Self::Flat => None,
        }
    }

    /// The root element of a part.
    pub fn xml(&mut self, name: &str, sink: &mut Sink) -> Option<Element> {
        match self {
            Self::Zipped(zipped) => zipped.xml(name, sink),
            Self::Flat => None,
        }
    }

    /// The names of the parts.
    pub fn names(&self) -> Vec<String> {
        match self {
            Self::Zipped(zipped) => zipped.names(),
            Self::Flat => Vec::new(),
        }
    }
}

/// The roots of the parts with text, styles and properties, and where all else is had from.
pub(super) fn open<'a>(
    source: &'a Source<'_>,
    sink: &mut Sink,
) -> Option<(Vec<Element>, Package<'a>)> {
    if !source.bytes.starts_with(b"PK") {
        return Some((vec![flat(source, sink)?], Package::Flat));
    }
    let mut zipped = Zipped::open(source, sink)?;
    if is_locked(&mut zipped, sink) {
        let message = "this document is locked with a password";
        let finding = Diagnostic::new(Code::UnreadableFile, source.place(), message);
        sink.report(
            finding.hint("open it in the program it comes from, and save it without a password"),
        );
        return None;
    }
    let Some(content) = zipped.xml(CONTENT, sink) else {
        let message = message!("the document's text `{main}` is missing or broken", main = CONTENT);
        sink.report(Diagnostic::new(Code::NoArticle, source.place(), message));
        return None;
    };
    let others = ["styles.xml", "meta.xml"].map(|name| zipped.xml(name, sink));
    let roots = std::iter::once(content).chain(others.into_iter().flatten()).collect();
    Some((roots, Package::Zipped(zipped)))
}

/// Whether parts are encrypted, as the list of them says (part 2, `manifest:encryption-data`).
fn is_locked(zipped: &mut Zipped<'_>, sink: &mut Sink) -> bool {
    let list = zipped.xml("META-INF/manifest.xml", sink);
    list.is_some_and(|list| {
        list.all().iter().any(|it| it.name.rsplit(':').next() == Some("encryption-data"))
    })
}

/// The root of a text that is one file of XML.
fn flat(source: &Source<'_>, sink: &mut Sink) -> Option<Element> {
    if source.bytes.len() as u64 > LARGEST_XML {
        sink.report(sources::too_large(source.place(), LARGEST_XML));
        return None;
    }
    let Some((text, _)) = encoding::decode(&source.bytes, None) else {
        unreadable(source, sink);
        return None;
    };
    match xml::read(&text) {
        Ok(root) => Some(root),
        Err(fault) => {
            let message = message!("this file is broken: {fault}", fault = Message::quoted(fault));
            let finding = Diagnostic::new(Code::UnreadableFile, source.place(), message);
            sink.report(finding.hint("open it in the program it comes from, and save it anew"));
            None
        }
    }
}
