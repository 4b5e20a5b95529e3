//! What an EPUB that banxin made says beside its text: pages that a book of banxin makes anew, the
//! entries of the index, the names and roles of those who made it, what things are called.

use std::collections::BTreeMap;
use std::rc::Rc;

use scraper::ElementRef;

use super::documents::{Document, Use};
use super::package::Package;
use super::told;
use crate::import::article::{Division, Remark};
use crate::import::html::{Maker, has_kind};
use crate::manifest::Numbering;
use crate::script;

/// Takes what an EPUB says beside its text; nothing where another program made it.
pub(super) fn find(documents: &mut [Document], package: &mut Package, remarks: &mut Vec<Remark>) {
    let credits = documents.iter().filter(|it| it.is_for(&["credits"])).flat_map(records);
    let credits: Vec<(String, Vec<String>)> = credits.collect();
    package.metadata.credited(credits);
    if package.maker != Maker::Banxin {
        return;
    }
    if !documents.iter().any(|it| it.elements().any(is_number)) {
        package.metadata.about.numbering = Some(Numbering::Off);
    }
    let labels = Rc::new(labels(documents, &package.metadata.about.language));
    let about = &mut package.metadata.about;
    let mut entries = BTreeMap::new();
    for document in documents.iter().filter(|it| it.is_for(&["index"])) {
        let mut index = Index::default();
        document.elements().filter(|it| is_list(*it)).for_each(|list| {
            let is_top = !list.ancestors().filter_map(ElementRef::wrap).any(is_list);
            if is_top {
                index.list(list, "", document);
            }
        });
        entries.append(&mut index.places);
        about.see.append(&mut index.see);
        about.also.append(&mut index.also);
    }
    for document in documents {
        let path = document.leaf.path.clone();
        for (kind, key) in [("loi", "figures"), ("lot", "tables")] {
            let is_list = document.elements().any(|it| has_kind(it, &[kind]));
            about.lists.extend((is_of(document, "contents-page") && is_list).then_some(key));
        }
        if is_of(document, "imprint") {
            document.used = Use::Left;
            remarks.push(told::copyright(&path, document.words()));
        } else if is_of(document, "dedication") {
            document.used = Use::Left;
            about.dedication = paragraphs(document).join("\n");
        } else if is_of(document, "origins") {
            document.used = Use::Left;
            about.lists.push("picture-credits");
            remarks.push(told::origins(&path, document.words()));
        } else if document.is_for(&["index"]) {
            document.used = index_page(document, remarks);
        }
        document.leaf.maker = Maker::Banxin;
        document.leaf.labels = Rc::clone(&labels);
        document.leaf.entries = of_document(&entries, &path);
    }
}

/// Whether the page that a document is has a class.
fn is_of(document: &Document, class: &str) -> bool {
    document.body().value().classes().any(|it| it == class)
}

/// Whether an element is the number of a title.
fn is_number(element: ElementRef<'_>) -> bool {
    let over = element.parent().and_then(ElementRef::wrap);
    element.value().attr("class") == Some("number")
        && over.is_some_and(|it| it.value().name() == "h1")
}

/// The words of the paragraphs of a document.
fn paragraphs(document: &Document) -> Vec<String> {
    let paragraphs = document.elements().filter(|it| it.value().name() == "p");
    paragraphs.map(words).collect()
}

/// The words of an element, without the joiners that keep dots off the beginning of a line.
fn words(element: ElementRef<'_>) -> String {
    let words: String = element.text().collect();
    words.replace('\u{2060}', "").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Labels and what they say, from a list of these.
fn records(document: &Document) -> Vec<(String, Vec<String>)> {
    let mut records: Vec<(String, Vec<String>)> = Vec::new();
    for element in document.elements() {
        match (element.value().name(), records.last_mut()) {
            ("dt", _) => records.push((words(element), Vec::new())),
            ("dd", Some((_, says))) => says.push(words(element)),
            _ => {}
        }
    }
    records
}

/// What the things in a book are called, by the anchors that lead to them: chapters, sections with
/// decimal numbers, figures, tables.
fn labels(documents: &[Document], language: &str) -> BTreeMap<String, String> {
    let rules = script::rules(language).unwrap_or(script::ALL[0]);
    let mut labels = BTreeMap::new();
    for document in documents {
        for element in document.elements() {
            let is_label = element.value().classes().any(|it| matches!(it, "label" | "number"));
            let holder = element.parent().and_then(ElementRef::wrap).filter(|_| is_label);
            let Some(holder) = holder else { continue };
            let number = words(element);
            let (holds, label): (&[&str], String) = match holder.value().name() {
                "figcaption" => (&["figure"], number),
                "caption" => (&["div"], number),
                "h1" => (&["section"], number),
                name if name.starts_with('h') && number.contains('.') => {
                    (&["h2", "h3", "h4", "h5", "h6"], rules.section_label(&number))
                }
                _ => continue,
            };
            let mut around = std::iter::once(holder)
                .chain(holder.ancestors().filter_map(ElementRef::wrap))
                .filter(|it| holds.contains(&it.value().name()));
            if let Some(id) = around.find_map(|it| it.value().attr("id")) {
                labels.insert(format!("{}#{id}", document.leaf.path), label);
            }
        }
    }
    labels
}

/// The entries that lead to a document, by the ids in it.
fn of_document(entries: &BTreeMap<String, String>, path: &str) -> BTreeMap<String, String> {
    let own = entries.iter().filter_map(|(anchor, entry)| {
        let id = anchor.strip_prefix(path)?.strip_prefix('#')?;
        Some((id.to_owned(), entry.clone()))
    });
    own.collect()
}

/// What is done with the page of an index: its entries are made anew, and a page that is only called
/// as every index is.
fn index_page(document: &mut Document, remarks: &mut Vec<Remark>) -> Use {
    let is_group = |it: &ElementRef<'_>| has_kind(*it, &["index-group"]);
    let groups: Vec<_> = document.elements().filter(is_group).map(|it| it.id()).collect();
    let title = document.elements().find(|it| it.value().name() == "h1").map(words);
    let title = title.unwrap_or_default();
    let holds_more = document.elements().any(|it| {
        let is_text = matches!(it.value().name(), "p" | "ul" | "ol" | "table" | "figure");
        let around = it.ancestors().filter_map(ElementRef::wrap);
        is_text && !around.chain([it]).any(|it| groups.contains(&it.id()))
    });
    document.leaf.left.extend(groups);
    let is_usual = script::ALL.iter().any(|rules| rules.labels.index.title == title);
    remarks.push(told::index(&document.leaf.path));
    if is_usual && !holds_more { Use::Left } else { Use::Text(Division::Back) }
}

/// Whether an element is a list of entries of an index.
fn is_list(element: ElementRef<'_>) -> bool {
    has_kind(element, &["index-entry-list"])
}

/// The entries of an index.
#[derive(Default)]
struct Index {
    /// Entries by the anchors that they lead to: `人工智能!大模型`, several with `;` between.
    places: BTreeMap<String, String>,
    /// Entries that stand for others, and those.
    see: Vec<(String, String)>,
    /// Entries that belong to others, and those.
    also: Vec<(String, String)>,
}

impl Index {
    /// Reads a list of entries below another.
    fn list(&mut self, list: ElementRef<'_>, above: &str, document: &Document) {
        for item in list.child_elements() {
            let mut entry = above.to_owned();
            for part in item.child_elements() {
                if has_kind(part, &["index-term"]) {
                    entry = match above {
                        "" => words(part),
                        above => format!("{above}!{}", words(part)),
                    };
                } else if has_kind(part, &["index-locator"]) {
                    let href = part.value().attr("href").unwrap_or_default();
                    let anchor = document.leaf.address(href).unwrap_or_default();
                    let place = self.places.entry(anchor).or_default();
                    if !place.is_empty() {
                        place.push(';');
                    }
                    place.push_str(&entry);
                } else if has_kind(part, &["index-xref-preferred"]) {
                    self.see.extend(others(part).map(|other| (entry.clone(), other)));
                } else if has_kind(part, &["index-xref-related"]) {
                    self.also.extend(others(part).map(|other| (entry.clone(), other)));
                } else if is_list(part) {
                    self.list(part, &entry, document);
                }
            }
        }
    }
}

/// The entries that an element sends the reader to.
fn others<'a>(element: ElementRef<'a>) -> impl Iterator<Item = String> + use<'a> {
    element.child_elements().filter(|it| it.value().name() == "a").map(words)
}
