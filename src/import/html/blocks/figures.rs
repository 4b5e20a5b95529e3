//! Pictures and drawings with their captions.

use scraper::ElementRef;

use super::lines::in_line;
use super::styles::{Around, plainly};
use super::{Manner, Reader};
use crate::import::article::{Block, Fate, Figure, Inline, Picture, Remark};
use crate::import::captions::{self, Words};

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
        for caption in captions {
            words.extend(self.apart(caption, &Around::default()));
        }
        self.give(in_line(words), start);
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

    /// A picture ends the paragraph that it stands in.
    pub(super) fn picture(&mut self, element: ElementRef<'_>) {
        let Some(picture) = self.shelf.picture(element.value()) else { return };
        let alt = element.value().attr("alt").unwrap_or_default().trim();
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
