//! What EPUBs of banxin say in their own way.

use scraper::ElementRef;

use super::styles::{Around, plainly};
use super::{Leaf, Maker, Manner, Reader};
use crate::import::article::{Block, Fate, Inline, Mark, Remark, Shown};
use crate::import::shape;
use crate::script;

impl Reader<'_> {
    /// Whether banxin made the book.
    pub(super) fn is_own(&self) -> bool {
        matches!(self.manner, Manner::Leaf(leaf) if leaf.maker == Maker::Banxin)
    }

    /// Reads what banxin alone writes so. Whether that is all of the element.
    pub(super) fn is_of_banxin(
        &mut self,
        element: ElementRef<'_>,
        leaf: &Leaf,
        around: &Around,
    ) -> bool {
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
    pub(super) fn caption_parts(&mut self, caption: ElementRef<'_>) -> (bool, String) {
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
