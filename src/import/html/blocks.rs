//! Boxes of a page as paragraphs, headings, lists, tables, pictures.

use std::collections::BTreeSet;

use ego_tree::NodeId;
use scraper::{ElementRef, Node};

use super::{Leaf, Maker, Manner, Shelf};
use crate::import::article::{
    Alignment, Block, Fate, Figure, Heading, Inline, Mark, Origin, Picture, Remark, Shown, Style,
    Table, Target, plain,
};
use crate::import::{pieces, shape};
use crate::message;
use crate::script;

/// How deep calls go; what lies deeper is text.
const DEEPEST: usize = 200;

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

/// What is around some text.
#[derive(Clone, Default)]
struct Around {
    styles: Vec<Style>,
    link: Option<Target>,
    /// Whether its type is much larger than that of text.
    large: bool,
    /// Whether spaces and line ends count.
    verbatim: bool,
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
        std::mem::take(&mut self.blocks)
    }

    /// Keeps the names by which links lead to an element.
    fn anchored(&mut self, element: ElementRef<'_>) {
        let Manner::Leaf(leaf) = self.manner else { return };
        let names = [element.value().attr("id"), element.value().attr("name")];
        for name in names.into_iter().flatten().filter(|name| !name.is_empty()) {
            let anchor = format!("{}#{name}", leaf.path);
            if self.said[0] == 0 {
                self.first.push(anchor.clone());
            }
            self.anchors.push((anchor, self.said[0]));
        }
    }

    /// Takes the anchors that wait for what comes now; those before the words so far lead to the
    /// heading over these.
    fn take_anchors(&mut self) -> Vec<String> {
        if self.inner > 0 {
            return Vec::new();
        }
        self.pass_anchors(self.said[1]);
        std::mem::take(&mut self.anchors).into_iter().map(|(anchor, _)| anchor).collect()
    }

    /// Gives the anchors before which there were fewer texts than `said` to the last heading.
    fn pass_anchors(&mut self, said: usize) {
        let (passed, waiting): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.anchors).into_iter().partition(|(_, before)| *before < said);
        self.anchors = waiting;
        let heading = self.blocks.iter_mut().rev().find_map(|block| match block {
            Block::Heading(heading) => Some(&mut heading.anchors),
            _ => None,
        });
        heading.unwrap_or(&mut self.opening).extend(passed.into_iter().map(|(anchor, _)| anchor));
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

    fn text(&mut self, text: &str, around: &Around) {
        self.visible.push_str(text);
        let words = if around.verbatim { text.to_owned() } else { collapsed(text) };
        // Banxin joins dots to the names that they stand in.
        let words = if self.is_own() { words.replace('\u{2060}', "") } else { words };
        let ends_blank = matches!(self.line.last(), None | Some(Inline::Break | Inline::Task(_)));
        let mut words = if ends_blank { words.trim_start_matches(' ') } else { &words };
        if words.is_empty() {
            return;
        }
        if std::mem::take(&mut self.at_item)
            && let Some(rest) = words.strip_prefix(['☑', '☐'])
        {
            self.line.push(Inline::Task(words.starts_with('☑')));
            words = rest.trim_start();
        }
        self.large &= around.large || words.trim().is_empty();
        self.said[0] += usize::from(!words.trim().is_empty());
        if let Some(entry) = self.entry.take() {
            let last = entry.rsplit('!').next().unwrap_or_default();
            match words.strip_prefix(last).filter(|_| !entry.contains(';')) {
                Some(rest) => {
                    let marked = vec![Inline::Text(last.to_owned())];
                    words = rest;
                    self.push_in(Inline::Marked(Mark::Entry(entry), marked), around);
                }
                None => self.line.push(Inline::Place(entry)),
            }
        }
        if !words.is_empty() {
            self.push_in(Inline::Text(words.to_owned()), around);
        }
    }

    /// Adds an inline in the manner of what is around it.
    fn push_in(&mut self, mut inline: Inline, around: &Around) {
        for style in around.styles.iter().rev() {
            inline = Inline::Styled(*style, vec![inline]);
        }
        if let Some(target) = &around.link {
            if let Target::Anchor(anchor) = target {
                self.linked.insert(anchor.clone());
            }
            inline = Inline::Link(target.clone(), vec![inline]);
        }
        self.line.push(inline);
    }

    /// Whether banxin made the book.
    fn is_own(&self) -> bool {
        matches!(self.manner, Manner::Leaf(leaf) if leaf.maker == Maker::Banxin)
    }

    /// Puts the entry of the index that waits, where no words follow.
    fn end_entry(&mut self) {
        self.line.extend(self.entry.take().map(Inline::Place));
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
            "figure" if matches!(self.manner, Manner::Leaf(_)) => self.figure(element, around),
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

    /// Reads what banxin alone writes so. Whether that is all of the element.
    fn is_of_banxin(&mut self, element: ElementRef<'_>, leaf: &Leaf, around: &Around) -> bool {
        let value = element.value();
        let class = value.attr("class").unwrap_or_default();
        let said = |name: &str| value.attr(name).unwrap_or_default().to_owned();
        if let Some(entry) = leaf.entries.get(&said("id")) {
            self.end_entry();
            self.entry = Some(entry.clone());
            return true;
        }
        let mark = match (value.name(), class) {
            ("span", "name") => Mark::Name,
            ("cite", "book") => Mark::Work,
            ("small", "gloss") => Mark::Gloss,
            ("span", "") if value.attr("lang").is_some() => Mark::Language(said("lang")),
            ("abbr", _) => Mark::Abbreviation(said("title")),
            ("a", "term") => {
                self.children(element, around);
                return true;
            }
            ("a", _) => return self.is_reference(element, leaf),
            ("p", "piece") => {
                self.piece(element);
                return true;
            }
            ("div", "table") => {
                self.anchored(element);
                self.own_table(element, around);
                return true;
            }
            _ => return false,
        };
        self.end_entry();
        let outer = std::mem::take(&mut self.line);
        self.children(element, &plainly(around));
        self.end_entry();
        let mut content = std::mem::replace(&mut self.line, outer);
        if mark == Mark::Gloss {
            without_brackets(&mut content);
        }
        self.push_in(Inline::Marked(mark, content), around);
        true
    }

    /// Reads a link that says what banxin calls a thing by.
    fn is_reference(&mut self, element: ElementRef<'_>, leaf: &Leaf) -> bool {
        let href = element.value().attr("href").unwrap_or_default();
        let Some(anchor) = leaf.address(href) else { return false };
        let text: String = element.text().collect();
        let words = text.replace('\u{2060}', "");
        let shown = match element.value().attr("class") {
            Some("page") => Shown::Page,
            _ if leaf.labels.get(&anchor) == Some(&words) => Shown::Label,
            _ => return false,
        };
        self.end_entry();
        self.visible.push_str(&words);
        self.said[0] += 1;
        self.linked.insert(anchor.clone());
        self.line.push(Inline::Reference { anchor, words, shown });
        true
    }

    /// What a chapter was made from.
    fn piece(&mut self, element: ElementRef<'_>) {
        let mut said = Vec::new();
        for part in element.child_elements() {
            let words: String = part.text().collect();
            let words = words.replace('\u{2060}', "");
            said.push(words.clone());
            if let Some(url) = part.value().attr("href") {
                url.clone_into(&mut self.origin.url);
            }
            match part.value().attr("class") {
                Some("institution") => self.origin.institution = words,
                Some("work") => self.origin.title = words,
                Some("date") => self.origin.date = date(words),
                Some("language") => self.origin.language = language(&words),
                Some(_) | None => self.origin.note = words,
            }
        }
        let what = "what the chapter was made from";
        self.remarks.push(Remark::new(Fate::Taken, what, said.join(" · ")));
    }

    /// A table with its source below it.
    fn own_table(&mut self, element: ElementRef<'_>, around: &Around) {
        self.end_line();
        let source = element.child_elements().find(|it| is_source(*it));
        for table in element.child_elements().filter(|it| it.value().name() == "table") {
            self.table(table, around);
        }
        let source = source.map(|it| self.source(it)).unwrap_or_default();
        if let Some(Block::Table(table)) = self.blocks.last_mut() {
            table.source = source;
        }
    }

    /// Where a picture or the data of a table come from, as the line below it says.
    fn source(&mut self, element: ElementRef<'_>) -> String {
        let words: String = element.text().collect();
        let words = words.replace('\u{2060}', "");
        let labels = script::ALL.iter().map(|it| (it.labels.source, it.labels.colon));
        let said =
            labels.filter_map(|(label, colon)| words.strip_prefix(label)?.strip_prefix(colon));
        let source = said.max_by_key(|it| it.len()).unwrap_or(&words).to_owned();
        self.visible.push_str(&source);
        source
    }

    /// Passes over the label and the source in a caption of banxin; gives whether there is a label, and
    /// the source.
    fn caption_parts(&mut self, caption: ElementRef<'_>) -> (bool, String) {
        if !self.is_own() {
            return (false, String::new());
        }
        let (mut has_label, mut source) = (false, String::new());
        for part in caption.child_elements() {
            if part.value().attr("class") == Some("label") {
                has_label = true;
            } else if is_source(part) {
                source = self.source(part);
            } else {
                continue;
            }
            self.passed.insert(part.id());
        }
        (has_label, source)
    }

    /// A picture or a table with its caption, which may stand before it.
    fn figure(&mut self, element: ElementRef<'_>, around: &Around) {
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
        let shown = shown.next();
        if content.is_empty() {
            if let Some(Block::Figure(figure)) = shown {
                figure.source = source;
                // A number without words is one that an id asks for.
                self.linked.extend(figure.anchors.iter().filter(|_| has_label).cloned());
            }
            return;
        }
        match shown {
            Some(Block::Figure(figure)) if figure.caption.is_empty() => {
                figure.source = source;
                pieces::caption_figure(figure, content.into(), &mut self.remarks);
            }
            Some(Block::Table(table)) if table.caption.is_empty() => {
                pieces::caption_table(table, content.into(), &mut self.remarks);
            }
            Some(_) | None => self.blocks.push(Block::Paragraph(content)),
        }
    }

    /// Ends the paragraph: line ends in a row part it, and one that looks like a heading becomes one.
    fn end_line(&mut self) {
        self.end_entry();
        let line = std::mem::take(&mut self.line);
        // A box stands before the first paragraph of its item.
        if matches!(line[..], [Inline::Task(_)]) {
            self.line = line;
            return;
        }
        let large = std::mem::replace(&mut self.large, true);
        let is_web = matches!(self.manner, Manner::Web);
        for piece in parted(line, self.manner) {
            let words = plain(&piece);
            if words.trim().is_empty() {
                let is_shown = |inline: &Inline| {
                    matches!(
                        inline,
                        Inline::Picture { .. }
                            | Inline::Code(_)
                            | Inline::NoteMark(_)
                            | Inline::Place(_)
                    )
                };
                let pictures = piece.into_iter().filter(is_shown);
                let rest: Vec<Inline> = pictures.collect();
                self.blocks.extend((!rest.is_empty()).then_some(Block::Paragraph(rest)));
                continue;
            }
            let looks = is_web && (is_all_strong(&piece) || large);
            if looks && shape::is_short(words.trim()) && shape::special(&words).is_none() {
                let what = message!(
                    "a short line in bold or large type became a heading: “{words}”",
                    words = words.trim()
                );
                self.remarks.push(Remark::new(Fate::Guessed, what, ""));
                let level = shape::level(words.trim()).unwrap_or(2);
                self.push_heading(level, unstyled(piece));
            } else {
                self.blocks.push(Block::Paragraph(piece));
            }
        }
        self.said[1] = self.said[0];
    }

    fn push_heading(&mut self, level: u8, content: Vec<Inline>) {
        let anchors = self.take_anchors();
        self.blocks.push(Block::Heading(Heading { level, anchors, numbered: true, content }));
    }

    fn heading(&mut self, element: ElementRef<'_>) {
        self.end_line();
        self.children(element, &Around::default());
        self.end_entry();
        let content = std::mem::take(&mut self.line);
        if let (Manner::Web, Some(id)) = (self.manner, element.value().attr("id")) {
            self.anchors.push((id.to_owned(), self.said[1]));
        }
        let level = element.value().name().as_bytes().get(1).map_or(2, |digit| digit - b'0');
        if !plain(&content).trim().is_empty() {
            self.push_heading(level, unstyled(content));
        }
        self.said[1] = self.said[0];
    }

    /// A picture ends the paragraph that it stands in, but for one as large as a character.
    fn picture(&mut self, element: ElementRef<'_>, around: &Around) {
        let Some(picture) = self.shelf.picture(element.value()) else { return };
        let alt = element.value().attr("alt").unwrap_or_default().trim();
        // What editors' tools put there says nothing.
        let says = !matches!(alt, "图片" | "图像" | "image" | "Image" | "img" | "picture");
        let alt = if says { alt.to_owned() } else { String::new() };
        let is_small = element.value().classes().any(|class| SMALL.contains(&class));
        let is_small = is_small || is_sign(element, &picture);
        if is_small && matches!(self.manner, Manner::Leaf(_)) {
            self.end_entry();
            self.said[0] += 1;
            self.push_in(Inline::Picture { picture, alt }, around);
            return;
        }
        self.end_line();
        self.push_figure(picture, alt);
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
    fn drawing(&mut self, element: ElementRef<'_>) {
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
    fn is_caption(&mut self, element: ElementRef<'_>) -> bool {
        let is_one = matches!(self.manner, Manner::Leaf(_))
            && element.value().classes().any(|class| CAPTIONS.contains(&class));
        if is_one {
            self.end_line();
        }
        is_one && matches!(self.blocks.last(), Some(Block::Figure(it)) if it.caption.is_empty())
    }

    /// The words below the picture before them.
    fn caption(&mut self, element: ElementRef<'_>) {
        self.end_line();
        let content = self.apart(element, &Around::default());
        let words: Vec<String> = content.iter().map(crate::import::markdown::words_of).collect();
        let words = words.join(" ");
        match self.blocks.last_mut() {
            Some(Block::Figure(figure)) if figure.caption.is_empty() => match self.manner {
                Manner::Web => words.trim().clone_into(&mut figure.caption),
                Manner::Leaf(_) => {
                    pieces::caption_figure(figure, in_line(content).into(), &mut self.remarks);
                }
            },
            Some(_) | None => self.blocks.extend(content),
        }
    }

    fn list(&mut self, element: ElementRef<'_>, around: &Around) {
        self.end_line();
        let first = element.value().attr("start").and_then(|start| start.parse().ok()).unwrap_or(1);
        let start = (element.value().name() == "ol").then_some(first);
        let mut items: Vec<Vec<Block>> = Vec::new();
        for child in element.child_elements() {
            let blocks = match child.value().name() {
                "li" => {
                    self.at_item = matches!(self.manner, Manner::Leaf(_));
                    let blocks = self.apart(child, &plainly(around));
                    self.at_item = false;
                    blocks
                }
                // Lists right in lists belong to the item before them.
                _ => {
                    let outer = std::mem::take(&mut self.blocks);
                    self.element(child, &plainly(around));
                    self.end_line();
                    std::mem::replace(&mut self.blocks, outer)
                }
            };
            match items.last_mut().filter(|_| child.value().name() != "li") {
                Some(last) => last.extend(blocks),
                None if blocks.is_empty() => {}
                None => items.push(blocks),
            }
        }
        self.blocks.extend((!items.is_empty()).then_some(Block::List { start, items }));
    }

    fn definitions(&mut self, element: ElementRef<'_>, around: &Around) {
        self.end_line();
        let mut definitions: Vec<(Vec<Inline>, Vec<Vec<Block>>)> = Vec::new();
        for child in element.child_elements() {
            let blocks = self.apart(child, &plainly(around));
            match (child.value().name(), definitions.last_mut()) {
                ("dd", Some((_, bodies))) => bodies.push(blocks),
                _ => definitions
                    .push((blocks.into_iter().flat_map(inlines_of).collect(), Vec::new())),
            }
        }
        self.blocks.extend((!definitions.is_empty()).then_some(Block::Definitions(definitions)));
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

    fn ruby(&mut self, element: ElementRef<'_>) {
        let (mut base, mut reading) = (String::new(), String::new());
        for node in element.descendants() {
            let Some(text) = node.value().as_text() else { continue };
            let parent =
                node.parent().and_then(ElementRef::wrap).map(|parent| parent.value().name());
            match parent {
                Some("rt") => reading.push_str(text.trim()),
                Some("rp") => {}
                Some(_) | None => base.push_str(text.trim()),
            }
        }
        self.visible += &(base.clone() + &reading);
        self.said[0] += 1;
        self.end_entry();
        self.line.push(Inline::Ruby { base, reading });
    }

    /// A table; one that only puts boxes beside each other is read as these.
    fn table(&mut self, element: ElementRef<'_>, around: &Around) {
        self.end_line();
        let rows: Vec<Vec<ElementRef<'_>>> = rows(element);
        let width = rows.iter().map(Vec::len).max().unwrap_or(0);
        let has_head = element.descendants().filter_map(ElementRef::wrap).any(is_head);
        if (width < 2 || rows.len() < 2) && !self.is_own() && !has_head {
            for cell in rows.into_iter().flatten() {
                let blocks = self.apart(cell, &plainly(around));
                self.blocks.extend(blocks);
            }
            return;
        }
        let mut table = Table { anchors: self.take_anchors(), ..Table::default() };
        let mut figures = Vec::new();
        for row in rows {
            let mut cells = Vec::new();
            for cell in row {
                let blocks = self.apart(cell, &Around::default());
                let mut content: Vec<Inline> = Vec::new();
                for block in blocks {
                    if matches!(block, Block::Figure(_)) {
                        figures.push(block);
                        continue;
                    }
                    if !content.is_empty() {
                        content.push(Inline::Break);
                    }
                    content.extend(inlines_of(block));
                }
                if table.rows.is_empty() || table.columns.len() <= cells.len() {
                    table.columns.resize(cells.len(), Alignment::Start);
                    table.columns.push(alignment(cell));
                }
                cells.push(content);
                let span = cell
                    .value()
                    .attr("colspan")
                    .and_then(|span| span.parse::<usize>().ok())
                    .unwrap_or(1);
                if span > 1 || cell.value().attr("rowspan").is_some_and(|span| span.trim() != "1") {
                    let words: String = cell.text().collect();
                    let what = message!(
                        "a cell over several was put into the first of them: “{words}”",
                        words = words.trim()
                    );
                    self.remarks.push(Remark::new(Fate::Guessed, what, ""));
                }
                cells.resize(cells.len() + span.clamp(1, 50) - 1, Vec::new());
            }
            table.rows.push(cells);
        }
        if self.is_own() && !has_head {
            table.rows.insert(0, Vec::new());
        }
        if let Some(caption) =
            element.child_elements().find(|child| child.value().name() == "caption")
        {
            if self.caption_parts(caption).0 {
                // A number without words is one that an id asks for.
                self.linked.extend(table.anchors.iter().cloned());
            }
            let blocks = self.apart(caption, &Around::default());
            match self.manner {
                Manner::Web => {
                    table.caption = blocks.into_iter().flat_map(inlines_of).collect();
                }
                Manner::Leaf(_) if !blocks.is_empty() => {
                    pieces::caption_table(&mut table, in_line(blocks).into(), &mut self.remarks);
                }
                Manner::Leaf(_) => {}
            }
        }
        self.said = [self.said[0] + 1; 2];
        self.blocks.push(Block::Table(Box::new(table)));
        self.blocks.append(&mut figures);
    }
}

/// The classes of pictures as large as a character: banxin's own, and those of signs that fonts lack.
const SMALL: [&str; 3] = ["inline", "gaiji", "inline-image"];

/// Classes of pandoc's blocks of code that say no language.
const CODE: [&str; 3] = ["sourceCode", "numberSource", "numberLines"];
/// Classes of words below a picture.
const CAPTIONS: [&str; 3] = ["caption", "image-caption", "figcaption"];
/// The most pixels that a picture as large as a character is high.
const SMALLEST: usize = 48;

/// The words of a formula: as TeX has them, where they stand there so (MathML Core, 2.3).
fn formula(element: ElementRef<'_>) -> String {
    let mut all = element.descendants().filter_map(ElementRef::wrap);
    let written = all.find(|it| it.value().attr("encoding") == Some("application/x-tex"));
    written.unwrap_or(element).text().collect()
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

/// Whether an element is the head of a column.
fn is_head(element: ElementRef<'_>) -> bool {
    element.value().name() == "th"
}

/// Whether an element says where something comes from.
fn is_source(element: ElementRef<'_>) -> bool {
    element.value().name() == "p" && element.value().attr("class") == Some("source")
}

/// Inlines without the brackets around them.
fn without_brackets(content: &mut [Inline]) {
    if let Some(Inline::Text(first)) = content.first_mut() {
        *first = first.strip_prefix('（').unwrap_or(first).to_owned();
    }
    if let Some(Inline::Text(last)) = content.last_mut() {
        *last = last.strip_suffix('）').unwrap_or(last).to_owned();
    }
}

/// A day as `book.toml` has it; words that are none as they are.
fn date(words: String) -> String {
    let day = shape::day(&words).filter(|day| day.len() == "2025-12-23".len());
    let is_same = |day: &String| script::ALL.iter().any(|rules| rules.day(day) == words);
    day.filter(is_same).unwrap_or(words)
}

/// The tag of a language by its name.
fn language(words: &str) -> String {
    let mut known = script::ALL.iter().flat_map(|rules| rules.labels.languages);
    known.find(|(_, name)| *name == words).map_or(words, |(tag, _)| tag).to_owned()
}

/// The cells of a table, row by row, without those of tables in it.
fn rows(table: ElementRef<'_>) -> Vec<Vec<ElementRef<'_>>> {
    let is_row = |element: &ElementRef<'_>| element.value().name() == "tr";
    let is_cell = |element: &ElementRef<'_>| matches!(element.value().name(), "td" | "th");
    let groups = table.child_elements().flat_map(|child| match child.value().name() {
        "tr" => vec![child],
        "thead" | "tbody" | "tfoot" => child.child_elements().filter(is_row).collect(),
        _ => Vec::new(),
    });
    groups.map(|row| row.child_elements().filter(is_cell).collect()).collect()
}

/// How the column of a cell stands.
fn alignment(cell: ElementRef<'_>) -> Alignment {
    let style = style(cell);
    let named = cell.value().classes().find(|it| ["centre", "center", "right", "end"].contains(it));
    match value(&style, "text-align").or(cell.value().attr("align")).or(named) {
        Some("center" | "centre") => Alignment::Centre,
        Some("right" | "end") => Alignment::End,
        Some(_) | None => Alignment::Start,
    }
}

/// What a drawing says of itself to those who cannot see it.
fn said(drawing: ElementRef<'_>) -> String {
    let title = drawing.child_elements().find(|child| child.value().name() == "title");
    let label = drawing.value().attr("aria-label").map(str::to_owned);
    label.or_else(|| Some(title?.text().collect())).unwrap_or_default().trim().to_owned()
}

/// The inlines of some blocks, one behind the other.
fn in_line(blocks: Vec<Block>) -> Vec<Inline> {
    let mut row = Vec::new();
    for block in blocks {
        if !row.is_empty() {
            row.push(Inline::Text(" ".to_owned()));
        }
        row.extend(inlines_of(block));
    }
    row
}

/// The inlines of a block, as a cell holds them.
fn inlines_of(block: Block) -> Vec<Inline> {
    match block {
        Block::Paragraph(content) => content,
        Block::Heading(heading) => vec![Inline::Styled(Style::Strong, heading.content)],
        Block::Quote(_)
        | Block::List { .. }
        | Block::Definitions(_)
        | Block::Code { .. }
        | Block::Figure(_)
        | Block::Table(_)
        | Block::Divider
        | Block::Markdown(_) => vec![Inline::Text(crate::import::markdown::words_of(&block))],
    }
}

/// White space as one space; none between hanzi, where it only ends a line of the file.
fn collapsed(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if !matches!(c, ' ' | '\n' | '\t' | '\r' | '\u{c}') {
            words.push(c);
            continue;
        }
        let mut has_end = c == '\n';
        while let Some(next) =
            chars.next_if(|next| matches!(next, ' ' | '\n' | '\t' | '\r' | '\u{c}'))
        {
            has_end |= next == '\n';
        }
        let is_cjk = crate::script::is_cjk;
        let between = words.ends_with(is_cjk) && chars.peek().is_some_and(|next| is_cjk(*next));
        if !(has_end && between) {
            words.push(' ');
        }
    }
    words
}

/// Inlines parted where two or more line ends stand in a row; single ones part as well where the
/// lines are sentences, as pages do that have no paragraphs.
fn parted(line: Vec<Inline>, manner: Manner<'_>) -> Vec<Vec<Inline>> {
    let mut pieces = vec![Vec::new()];
    let mut inlines = line.into_iter().peekable();
    while let Some(inline) = inlines.next() {
        let parts = inline == Inline::Break && {
            let last = pieces.last().map(|piece: &Vec<Inline>| plain(piece)).unwrap_or_default();
            last.trim().is_empty()
                || (matches!(manner, Manner::Web) && ends_sentence(&last))
                || inlines.peek() == Some(&Inline::Break)
                || inlines.peek().is_none()
        };
        if parts {
            while inlines.next_if_eq(&Inline::Break).is_some() {}
            pieces.push(Vec::new());
        } else if let Some(piece) = pieces.last_mut() {
            piece.push(inline);
        }
    }
    pieces.into_iter().map(trimmed).filter(|piece| !piece.is_empty()).collect()
}

/// Whether a line ends as sentences do.
fn ends_sentence(line: &str) -> bool {
    line.trim_end().ends_with(['。', '！', '？', '”', '…', '：', '.'])
}

/// Inlines without line ends at their ends.
fn trimmed(mut piece: Vec<Inline>) -> Vec<Inline> {
    while piece.last() == Some(&Inline::Break) {
        piece.pop();
    }
    piece
}

/// Whether all words are strong.
fn is_all_strong(line: &[Inline]) -> bool {
    line.iter().all(|inline| match inline {
        Inline::Styled(Style::Strong, _) | Inline::Break => true,
        Inline::Styled(_, content) | Inline::Link(_, content) => is_all_strong(content),
        Inline::Text(text) => text.trim().is_empty(),
        Inline::Code(_)
        | Inline::Marked(..)
        | Inline::Place(_)
        | Inline::Reference { .. }
        | Inline::Task(_)
        | Inline::Ruby { .. }
        | Inline::NoteMark(_)
        | Inline::Picture { .. } => false,
    })
}

/// The inlines without their boldness, which a heading has by itself.
fn unstyled(line: Vec<Inline>) -> Vec<Inline> {
    let mut row = Vec::new();
    for inline in line {
        match inline {
            Inline::Styled(Style::Strong, content) => row.extend(unstyled(content)),
            Inline::Styled(style, content) => row.push(Inline::Styled(style, unstyled(content))),
            Inline::Link(_, content) => row.extend(unstyled(content)),
            other => row.push(other),
        }
    }
    row
}

/// What surrounds a block of its own: the link, no manner.
fn plainly(around: &Around) -> Around {
    Around { link: around.link.clone(), ..Around::default() }
}

/// What surrounds the content of an element.
fn inside(element: ElementRef<'_>, around: &Around, manner: Manner<'_>) -> Around {
    let mut inner = around.clone();
    let style = style(element);
    let named = match element.value().name() {
        "b" | "strong" => Some(Style::Strong),
        "i" | "em" | "cite" | "dfn" => Some(Style::Emphasis),
        "s" | "del" | "strike" => Some(Style::Strike),
        "sub" => Some(Style::Subscript),
        "sup" => Some(Style::Superscript),
        _ => None,
    };
    let weight = value(&style, "font-weight");
    let bold = weight.is_some_and(|it| {
        it.starts_with("bold") || it.parse().is_ok_and(|weight: u32| weight >= 600)
    });
    if weight.is_some_and(|it| it == "normal" || it == "400") {
        inner.styles.retain(|style| *style != Style::Strong);
    }
    let italic = value(&style, "font-style").is_some_and(|it| it == "italic");
    let drawn = [bold.then_some(Style::Strong), italic.then_some(Style::Emphasis)];
    for style in drawn.into_iter().chain([named]).flatten() {
        if !inner.styles.contains(&style) {
            inner.styles.push(style);
        }
    }
    if let Some(size) = value(&style, "font-size").and_then(pixels) {
        inner.large = size >= 19.5;
    }
    if element.value().name() == "a" {
        let href = element.value().attr("href").map(str::trim).unwrap_or_default();
        let leads = crate::manifest::is_address(href) || href.starts_with("mailto:");
        let anchor = match manner {
            Manner::Web => href.strip_prefix('#').filter(|it| !it.is_empty()).map(str::to_owned),
            Manner::Leaf(leaf) => leaf.address(href),
        };
        let anchor = anchor.map(Target::Anchor);
        inner.link = leads.then(|| Target::Url(href.to_owned())).or(anchor);
    }
    inner
}

/// The style of an element, in small letters without spaces.
fn style(element: ElementRef<'_>) -> String {
    let style = element.value().attr("style").unwrap_or_default();
    style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase()
}

/// The value of a property in a style.
fn value<'s>(style: &'s str, name: &str) -> Option<&'s str> {
    let mut found = style.split(';').filter_map(|property| property.split_once(':'));
    found
        .find(|(property, _)| *property == name)
        .map(|(_, value)| value.trim_end_matches("!important"))
}

/// A length in pixels.
fn pixels(length: &str) -> Option<f64> {
    let number = |unit: &str| length.strip_suffix(unit)?.parse::<f64>().ok();
    number("px")
        .or_else(|| number("pt").map(|points| points * 4.0 / 3.0))
        .or_else(|| number("em").map(|ems| ems * 16.0))
}

/// Whether an element is not shown.
fn is_hidden(element: ElementRef<'_>, manner: Manner<'_>) -> bool {
    let style = style(element);
    let name = element.value().name();
    let is_beside = matches!(name, "footer" | "aside" | "form") && matches!(manner, Manner::Web);
    is_beside
        || matches!(name, "script" | "style" | "template" | "noscript" | "head" | "nav" | "button" | "input" | "select" | "textarea")
        || element.value().attr("hidden").is_some()
        || value(&style, "display") == Some("none")
        // WeChat's text is not shown before its script has run: the article itself has that style.
        || (value(&style, "visibility") == Some("hidden") && element.value().attr("id") != Some("js_content"))
}

/// Whether an element stands in a line by its name (HTML 3.2.5.2.5).
fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "b"
            | "bdi"
            | "bdo"
            | "big"
            | "cite"
            | "code"
            | "data"
            | "del"
            | "dfn"
            | "em"
            | "font"
            | "i"
            | "ins"
            | "kbd"
            | "label"
            | "mark"
            | "q"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "tt"
            | "u"
            | "var"
            | "wbr"
            | "picture"
            | "source"
            | "center"
            | "mp-style-type"
    )
}

/// Whether an element of a line is set as a box of its own.
fn shows_as_block(element: ElementRef<'_>) -> bool {
    let style = style(element);
    element.value().name() == "center"
        || value(&style, "display").is_some_and(|it| matches!(it, "block" | "flex" | "table"))
}
