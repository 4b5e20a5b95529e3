//! Pictures and drawings with their captions.

use scraper::{ElementRef, Node};

use super::lines::in_line;
use super::styles::{Around, plainly};
use super::{Manner, Reader};
use crate::import::article::{Block, Fate, Figure, Inline, Picture, Remark};
use crate::import::captions::{self, Words};

/// The classes of pictures as large as a character: banxin's own, and those of signs that fonts lack.
const SMALL: [&str; 3] = ["inline", "gaiji", "inline-image"];
/// Classes of words below a picture.
const CAPTIONS: [&str; 3] = ["caption", "image-caption", "figcaption"];
/// The most pixels that a picture as large as a character is high.
const SMALLEST: usize = 48;

impl Reader<'_> {
    /// A picture or a table with its caption, which may stand before it.
    pub(super) fn figure(&mut self, element: ElementRef<'_>, around: &Around) {
        self.end_line();
        let start = self.blocks.len();
        let mut words = Vec::new();
        let captions = element.child_elements().filter(|it| it.value().name() == "figcaption");
        let captions: Vec<ElementRef<'_>> = captions.collect();
        self.children_without(element, &plainly(around), "figcaption");
        self.end_line();
        let (mut has_label, mut source) = (false, String::new());
        for caption in captions {
            let (label, said) = self.caption_parts(caption);
            has_label |= label;
            source += &said;
            words.extend(self.apart(caption, &Around::default()));
        }
        let content = in_line(words);
        let shown = self.blocks[start..].iter_mut().rev();
        let mut shown = shown.filter(|it| matches!(it, Block::Figure(_) | Block::Table(_)));
        if let Some(figure) = shown.next().and_then(captions::bare_figure) {
            figure.source = source;
            // A number without words is one that an id asks for.
            let is_asked = has_label && content.is_empty();
            self.linked.extend(figure.anchors.iter().filter(|_| is_asked).cloned());
        }
        self.give(content, start);
    }

    /// Gives words to the last picture or table from a place on that has none; they stay text without
    /// one.
    fn give(&mut self, content: Vec<Inline>, start: usize) {
        if content.is_empty() {
            return;
        }
        let mut words = Some(content.into());
        for shown in self.blocks[start..].iter_mut().rev() {
            words = words.and_then(|words| captions::give(Some(shown), words, &mut self.remarks));
        }
        self.blocks.extend(words.map(|words: Words| Block::Paragraph(words.content)));
    }

    /// A picture ends the paragraph that it stands in, but for one as large as a character.
    pub(super) fn picture(&mut self, element: ElementRef<'_>, around: &Around) {
        let Some(picture) = self.shelf.picture(element.value()) else { return };
        let alt = element.value().attr("alt").unwrap_or_default().trim();
        let is_small = element.value().classes().any(|class| SMALL.contains(&class));
        let is_small = is_small || is_sign(element, &picture);
        if is_small && matches!(self.manner, Manner::Leaf(_)) {
            self.end_entry();
            self.said[0] += 1;
            self.push_in(Inline::Picture { picture, alt: alt.to_owned() }, around);
            return;
        }
        self.end_line();
        self.push_figure(picture, alt.to_owned());
    }

    fn push_figure(&mut self, picture: Picture, alt: String) {
        let (caption, source, anchors) = (String::new(), String::new(), self.take_anchors());
        self.said = [self.said[0] + 1; 2];
        self.blocks.push(Block::Figure(Box::new(Figure {
            picture,
            alt,
            caption,
            source,
            anchors,
        })));
    }

    /// A drawing in the page: one without words in it decorates.
    pub(super) fn drawing(&mut self, element: ElementRef<'_>) {
        let words: String = element.text().collect();
        if matches!(self.manner, Manner::Leaf(_)) {
            // Covers and plates are often a picture in a drawing that is nothing else.
            let mut inside = element.descendants().filter_map(ElementRef::wrap);
            let image = inside.find(|it| it.value().name() == "image");
            if let Some(picture) = image.and_then(|it| self.shelf.picture(it.value())) {
                self.end_line();
                self.visible.push_str(&words);
                if !words.trim().is_empty() {
                    self.remarks.push(Remark::new(Fate::Left, "words in a drawing", words));
                }
                self.push_figure(picture, said(element));
                return;
            }
        } else if words.trim().is_empty() {
            self.remarks.push(Remark::new(Fate::Left, "a drawing without words", ""));
            return;
        }
        self.visible.push_str(&words);
        self.end_line();
        let bytes = element.html().into_bytes();
        self.remarks.push(Remark::new(Fate::Taken, "a drawing in the page", words));
        self.push_figure(
            Picture::Here { name: "a drawing in the page".to_owned(), bytes },
            said(element),
        );
    }

    /// Whether an element holds the words below the picture before it.
    pub(super) fn is_caption(&mut self, element: ElementRef<'_>) -> bool {
        let is_one = matches!(self.manner, Manner::Leaf(_))
            && element.value().classes().any(|class| CAPTIONS.contains(&class));
        if is_one {
            self.end_line();
        }
        is_one && matches!(self.blocks.last(), Some(Block::Figure(it)) if it.caption.is_empty())
    }

    /// The words below the picture or the table before them.
    pub(super) fn caption(&mut self, element: ElementRef<'_>) {
        self.end_line();
        let content = in_line(self.apart(element, &Around::default()));
        self.give(content, self.blocks.len().saturating_sub(1));
    }
}

/// What a drawing says of itself to those who cannot see it.
fn said(drawing: ElementRef<'_>) -> String {
    let title = drawing.child_elements().find(|child| child.value().name() == "title");
    let label = drawing.value().attr("aria-label").map(str::to_owned);
    label.or_else(|| Some(title?.text().collect())).unwrap_or_default().trim().to_owned()
}

/// Whether a picture stands among the words of a line and is as high as one.
fn is_sign(element: ElementRef<'_>, picture: &Picture) -> bool {
    let Picture::Here { bytes, .. } = picture else { return false };
    let is_text = |node: ego_tree::NodeRef<'_, Node>| {
        node.value().as_text().is_some_and(|text| !text.trim().is_empty())
    };
    let mut beside = element.prev_siblings().chain(element.next_siblings());
    imagesize::blob_size(bytes).is_ok_and(|size| size.height <= SMALLEST) && beside.any(is_text)
}
