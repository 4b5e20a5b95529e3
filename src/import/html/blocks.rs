//! Boxes of a page as paragraphs, headings, lists, tables, pictures.

mod anchors;
mod figures;
mod headings;
mod lines;
mod lists;
mod numbers;
mod own;
mod styles;
mod tables;

use std::collections::BTreeSet;

use ego_tree::NodeId;
use scraper::{ElementRef, Node};

use self::styles::{Around, inside, is_hidden, is_inline, plainly, shows_as_block};
use super::{Leaf, Maker, Manner, Shelf};
use crate::import::article::{Block, Fate, Inline, Origin, Remark};
use crate::message;

/// How deep calls go; what lies deeper is text.
const DEEPEST: usize = 200;
/// Classes of pandoc's blocks of code that say no language.
const CODE: [&str; 3] = ["sourceCode", "numberSource", "numberLines"];

/// Reads the elements of an article.
pub(in crate::import) struct Reader<'a> {
    shelf: &'a Shelf<'a>,
    manner: Manner<'a>,
    blocks: Vec<Block>,
    /// The paragraph that is being read.
    line: Vec<Inline>,
    /// All words so far.
    pub visible: String,
    pub remarks: Vec<Remark>,
    /// Anchors that wait for a heading or a picture to stand at, each with how many texts were before
    /// it.
    anchors: Vec<(String, usize)>,
    /// How many texts and pictures there were so far, and before the paragraph that is being read.
    said: [usize; 2],
    /// Anchors before the first heading.
    pub opening: Vec<String>,
    /// Anchors before the first words.
    pub first: Vec<String>,
    /// The anchors that links lead to.
    pub linked: BTreeSet<String>,
    /// The names of the notes whose marks were read.
    pub marked: Vec<String>,
    /// How many numbers of pages of a printed book were left.
    pub pages: usize,
    depth: usize,
    /// How many quotes, lists, cells are open.
    inner: usize,
    /// Whether all type of the paragraph so far is much larger than that of text.
    large: bool,
    /// What a chapter was made from, as a book of banxin says below its title.
    pub origin: Origin,
    /// What was read already, or is made anew.
    passed: BTreeSet<NodeId>,
    /// The entry of the index that waits for its words.
    entry: Option<String>,
    /// Whether an item begins here, perhaps with the box of a task.
    at_item: bool,
}

impl<'a> Reader<'a> {
    pub fn new(shelf: &'a Shelf<'a>, manner: Manner<'a>) -> Self {
        Self {
            shelf,
            manner,
            blocks: Vec::new(),
            line: Vec::new(),
            visible: String::new(),
            remarks: Vec::new(),
            anchors: Vec::new(),
            said: [0; 2],
            opening: Vec::new(),
            first: Vec::new(),
            linked: BTreeSet::new(),
            marked: Vec::new(),
            pages: 0,
            depth: 0,
            inner: 0,
            large: true,
            origin: Origin::default(),
            passed: BTreeSet::new(),
            entry: None,
            at_item: false,
        }
    }

    /// The blocks in an element.
    pub fn read(&mut self, root: ElementRef<'_>) -> Vec<Block> {
        self.anchored(root);
        self.children(root, &Around::default());
        self.end_line();
        self.pass_anchors(usize::MAX);
        if matches!(self.manner, Manner::Web) {
            self.join_numbers();
        }
        std::mem::take(&mut self.blocks)
    }

    /// Reads the blocks of an element apart from those around it.
    fn apart(&mut self, element: ElementRef<'_>, around: &Around) -> Vec<Block> {
        let outer = std::mem::take(&mut self.blocks);
        let line = std::mem::take(&mut self.line);
        self.inner += 1;
        self.anchored(element);
        self.children(element, around);
        self.end_line();
        self.inner -= 1;
        self.line = line;
        std::mem::replace(&mut self.blocks, outer)
    }

    fn children(&mut self, element: ElementRef<'_>, around: &Around) {
        self.children_without(element, around, "");
    }

    /// Reads what an element holds but the elements of a name.
    fn children_without(&mut self, element: ElementRef<'_>, around: &Around, without: &str) {
        self.depth += 1;
        for child in element.children() {
            match child.value() {
                Node::Text(text) => self.text(text, around),
                Node::Element(_) => {
                    let Some(child) = ElementRef::wrap(child) else { continue };
                    if child.value().name() == without || self.passed.contains(&child.id()) {
                        continue;
                    }
                    if self.depth < DEEPEST {
                        self.element(child, around);
                    } else {
                        let text: String = child.text().collect();
                        self.text(&text, around);
                    }
                }
                Node::Document
                | Node::Fragment
                | Node::Doctype(_)
                | Node::Comment(_)
                | Node::ProcessingInstruction(_) => {}
            }
        }
        self.depth -= 1;
    }

    /// Reads an element by its name.
    fn element(&mut self, element: ElementRef<'_>, around: &Around) {
        let name = element.value().name();
        if let Manner::Leaf(leaf) = self.manner
            && self.is_of_book(element, leaf, around)
        {
            return;
        }
        if is_hidden(element, self.manner) {
            let words: String = element.text().collect();
            if !words.trim().is_empty()
                && !matches!(name, "script" | "style" | "template" | "noscript")
            {
                self.remarks.push(Remark::new(Fate::Left, "hidden on the page", words));
            }
            return;
        }
        match name {
            "br" => {
                self.end_entry();
                self.line.push(Inline::Break);
            }
            "img" | "image" => self.picture(element, around),
            "svg" => self.drawing(element),
            "hr" => {
                self.end_line();
                self.blocks.push(Block::Divider);
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading(element),
            "ul" | "ol" => self.list(element, around),
            "dl" => self.definitions(element, around),
            "blockquote" => {
                self.end_line();
                let content = self.apart(element, &plainly(around));
                self.blocks.extend((!content.is_empty()).then_some(Block::Quote(content)));
            }
            "figure" => self.figure(element, around),
            "pre" => self.code(element),
            "table" => self.table(element, around),
            "figcaption" => self.caption(element),
            "p" | "div" if self.is_caption(element) => self.caption(element),
            "ruby" => self.ruby(element),
            "code" | "kbd" | "samp" if !element.text().collect::<String>().contains('\n') => {
                let text: String = element.text().collect();
                self.visible.push_str(&text);
                self.large = false;
                self.end_entry();
                self.line.push(Inline::Code(text));
            }
            "iframe"
            | "video"
            | "audio"
            | "mpvoice"
            | "mp-common-videosnap"
            | "object"
            | "embed"
            | "canvas" => {
                let address = ["data-src", "src", "title", "name"]
                    .iter()
                    .find_map(|it| element.value().attr(it));
                let address = address.unwrap_or_default();
                let what = message!("a `{name}`: {address}", name, address);
                self.remarks.push(Remark::new(Fate::Left, what, ""));
            }
            name if is_inline(name) && !shows_as_block(element) => {
                let inner = inside(element, around, self.manner);
                self.children(element, &inner);
            }
            _ => {
                self.end_line();
                let inner = inside(element, around, self.manner);
                self.children(element, &inner);
                self.end_line();
            }
        }
    }

    /// Reads what only books have: anchors, marks of notes, numbers of pages. Whether that is all of
    /// the element.
    fn is_of_book(&mut self, element: ElementRef<'_>, leaf: &Leaf, around: &Around) -> bool {
        if let Some(note) = leaf.marks.get(&element.id()) {
            self.said[0] += 1;
            self.large = false;
            self.end_entry();
            self.marked.push(note.clone());
            self.line.push(Inline::NoteMark(note.clone()));
            return true;
        }
        if leaf.left.contains(&element.id()) {
            return true;
        }
        if leaf.maker == Maker::Banxin && self.is_of_banxin(element, leaf, around) {
            return true;
        }
        if element.value().attr("type") == Some("checkbox") && std::mem::take(&mut self.at_item) {
            self.line.push(Inline::Task(element.value().attr("checked").is_some()));
            return true;
        }
        // What is read apart, and the other blocks, keep their names themselves.
        self.anchored(element);
        if super::has_kind(element, &["pagebreak"]) {
            self.pages += 1;
            return true;
        }
        if element.value().name() == "math" {
            let words = formula(element);
            let what =
                message!("a formula became plain characters: “{formula}”", formula = words.trim());
            self.remarks.push(Remark::new(Fate::Guessed, what, ""));
            self.text(&words, around);
            return true;
        }
        false
    }

    fn code(&mut self, element: ElementRef<'_>) {
        self.end_line();
        let text: String = element.text().collect();
        self.visible.push_str(&text);
        let inner = element.child_elements().next().filter(|it| it.value().name() == "code");
        let classes = [Some(element), inner].into_iter().flatten();
        let mut classes = classes.flat_map(|it| it.value().classes());
        let all: Vec<&str> = classes.by_ref().collect();
        // Pandoc's blocks of code have the bare language beside a class of their own.
        let own = all.iter().find(|class| all.contains(&"sourceCode") && !CODE.contains(class));
        let named = all.iter().find_map(|class| class.strip_prefix("language-"));
        let language = named.or(own.copied());
        self.said[0] += 1;
        self.blocks.push(Block::Code { language: language.unwrap_or_default().to_owned(), text });
        self.said[1] = self.said[0];
    }
}

/// The words of a formula: as TeX has them, where they stand there so (MathML Core, 2.3).
fn formula(element: ElementRef<'_>) -> String {
    let mut all = element.descendants().filter_map(ElementRef::wrap);
    let written = all.find(|it| it.value().attr("encoding") == Some("application/x-tex"));
    written.unwrap_or(element).text().collect()
}
