//! The logical structure as a tree of objects (ISO 32000-1, 14.7), which points into the pages, and
//! the way back from the pages to it.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use crate::layout::{Element, ElementId, Labels, Role};
use crate::units::{Length, Rect};

use super::file::Ready;
use super::names::LEAF;
use super::syntax::{name, points, text_string, write_object};

/// What a page says of its content: the elements of its marked contents, by their numbers, and where
/// the pictures of its figures stand.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Marked {
    /// The element of each marked content.
    pub contents: Vec<ElementId>,
    /// The figures with the rectangles of their pictures.
    pub figures: Vec<(ElementId, Rect)>,
}

/// An annotation that belongs to an element.
#[derive(Clone, Copy)]
pub struct Annotated {
    /// The element.
    pub element: ElementId,
    /// The annotation.
    pub annotation: ObjectId,
    /// The page that it is on.
    pub page: ObjectId,
}

/// The name of the structure type of a role (14.8.4).
pub const fn structure_type(role: &Role) -> &'static str {
    match role {
        Role::Document => "Document",
        Role::Part => "Part",
        Role::Section => "Sect",
        Role::Heading(1) => "H1",
        Role::Heading(2) => "H2",
        Role::Heading(3) => "H3",
        Role::Heading(4) => "H4",
        Role::Heading(5) => "H5",
        Role::Heading(_) => "H6",
        Role::Paragraph => "P",
        Role::Quote => "BlockQuote",
        Role::List(_) => "L",
        Role::Item => "LI",
        Role::Label => "Lbl",
        Role::Body => "LBody",
        Role::Table => "Table",
        Role::Row => "TR",
        Role::HeadCell => "TH",
        Role::Cell => "TD",
        Role::Figure { .. } => "Figure",
        Role::Caption => "Caption",
        Role::Code => "Code",
        Role::Contents => "TOC",
        Role::ContentsItem => "TOCI",
        Role::Reference => "Reference",
        Role::Link => "Link",
        Role::Note => "Note",
        Role::Index => "Index",
        Role::Foreign(_) | Role::Abbreviation(_) => "Span",
        Role::Ruby => "Ruby",
        Role::RubyBase => "RB",
        Role::RubyText => "RT",
        Role::Gloss => "Warichu",
        Role::GlossBracket => "WP",
        Role::GlossText => "WT",
    }
}

/// What an element holds, in reading order.
enum Kid {
    Element(ElementId),
    /// A marked content of a page.
    Content(ObjectId, usize),
    /// An annotation on a page.
    Annotation(ObjectId, ObjectId),
}

/// The tree: `pages` in their order with their objects. Elements that nothing on the pages belongs to
/// are left out, but for the cells of tables. The objects have numbers that are new in `document`; gives
/// the root's.
pub fn write(
    document: &mut Document,
    ready: &mut Ready,
    structure: &[Element],
    pages: &[(ObjectId, Marked)],
    annotations: &[Annotated],
    height: Length,
) -> ObjectId {
    let mut tree = Tree::new(structure);
    tree.hang_all(pages, annotations);
    tree.hang_empty_cells();
    let root = document.new_object_id();
    let objects: Vec<Option<ObjectId>> =
        tree.kids.iter().map(|kids| kids.is_some().then(|| document.new_object_id())).collect();
    let object = |ElementId(id): ElementId| objects[id as usize].unwrap_or(root);
    let mut boxes = BTreeMap::new();
    for (element, rect) in pages.iter().flat_map(|(_, marked)| &marked.figures) {
        boxes.entry(*element).or_insert(*rect);
    }
    let mut notes = Vec::new();
    for (id, kids) in (0..).map(ElementId).zip(&tree.kids) {
        let Some(kids) = kids else { continue };
        let element = &structure[id.0 as usize];
        let mut dictionary = dictionary! {
            "S" => name(structure_type(&element.role)),
            "P" => element.parent.map_or(root, object),
        };
        describe(&mut dictionary, &element.role, boxes.get(&id), height);
        if element.role == Role::Note {
            let key = note_key(id);
            dictionary.set("ID", key.clone());
            notes.push((key, Object::Reference(object(id))));
        }
        set_kids(&mut dictionary, kids, object);
        write_object(ready.begin(object(id)), &dictionary.into());
    }
    let mut dictionary = dictionary! {
        "Type" => name("StructTreeRoot"),
        "K" => objects.iter().flatten().take(1).map(|&top| top.into()).collect::<Vec<Object>>(),
        "ParentTreeNextKey" => (pages.len() + annotations.len()) as i64,
    };
    let parents = parents(pages, annotations, &object);
    dictionary.set("ParentTree", sorted(document, ready, "Nums", parents));
    if !notes.is_empty() {
        dictionary.set("IDTree", sorted(document, ready, "Names", notes.into_iter()));
    }
    write_object(ready.begin(root), &dictionary.into());
    root
}

/// The id of a note, in the order of the notes.
fn note_key(ElementId(id): ElementId) -> Object {
    Object::string_literal(format!("note{id:010}"))
}

/// Elements with what they hold.
struct Tree<'a> {
    structure: &'a [Element],
    /// None for an element that nothing belongs to.
    kids: Vec<Option<Vec<Kid>>>,
}

impl<'a> Tree<'a> {
    fn new(structure: &'a [Element]) -> Self {
        Self { structure, kids: structure.iter().map(|_| None).collect() }
    }

    /// Hangs the contents of all pages and the annotations on their elements.
    fn hang_all(&mut self, pages: &[(ObjectId, Marked)], annotations: &[Annotated]) {
        let mut annotations = annotations.iter().peekable();
        for (page, marked) in pages {
            for (number, &element) in marked.contents.iter().enumerate() {
                self.hang(element, Kid::Content(*page, number));
            }
            while let Some(link) = annotations.next_if(|link| link.page == *page) {
                self.hang(link.element, Kid::Annotation(link.page, link.annotation));
            }
        }
    }

    /// Hangs something on an element, and the element with those around it on the tree where it does
    /// not hang there yet.
    fn hang(&mut self, mut element: ElementId, mut kid: Kid) {
        loop {
            let slot = &mut self.kids[element.0 as usize];
            let known = slot.is_some();
            // Most hold one.
            slot.get_or_insert_with(|| Vec::with_capacity(1)).push(kid);
            let Some(parent) = self.structure[element.0 as usize].parent.filter(|_| !known) else {
                return;
            };
            kid = Kid::Element(element);
            element = parent;
        }
    }

    /// Hangs the cells and rows that are empty among their neighbours: a table has all of its cells
    /// (ISO 14289-1, 7.5).
    fn hang_empty_cells(&mut self) {
        for (id, element) in (0..).map(ElementId).zip(self.structure) {
            let Some(parent) = element.parent else { continue };
            let of_table = matches!(element.role, Role::Row | Role::HeadCell | Role::Cell);
            if !of_table || self.kids[id.0 as usize].is_some() {
                continue;
            }
            let Some(siblings) = &mut self.kids[parent.0 as usize] else { continue };
            let before = |kid: &Kid| matches!(kid, Kid::Element(sibling) if *sibling < id);
            let place = siblings.iter().rposition(before).map_or(0, |last| last + 1);
            siblings.insert(place, Kid::Element(id));
            self.kids[id.0 as usize] = Some(Vec::new());
        }
    }
}

/// What a dictionary says of its element beside its type (tables 323, 333 to 350).
fn describe(dictionary: &mut Dictionary, role: &Role, rect: Option<&Rect>, height: Length) {
    let attributes = match role {
        Role::Figure { alt } => {
            dictionary.set("Alt", text_string(alt));
            rect.map(|rect| {
                let y = [height - rect.bottom(), height - rect.origin.y].map(points);
                let [bottom, top] = y;
                let sides = vec![points(rect.origin.x), bottom, points(rect.right()), top];
                dictionary! { "O" => name("Layout"), "BBox" => sides }
            })
        }
        Role::Foreign(language) => {
            dictionary.set("Lang", text_string(language));
            None
        }
        // The text of a short form (14.9.5).
        Role::Abbreviation(expansion) => {
            dictionary.set("E", text_string(expansion));
            None
        }
        Role::List(labels) => {
            let numbering = match labels {
                Labels::Numbers => "Decimal",
                Labels::Signs => "Disc",
                Labels::Words | Labels::None => "None",
            };
            Some(dictionary! { "O" => name("List"), "ListNumbering" => name(numbering) })
        }
        Role::HeadCell => Some(dictionary! { "O" => name("Table"), "Scope" => name("Column") }),
        Role::Document
        | Role::Part
        | Role::Section
        | Role::Heading(_)
        | Role::Paragraph
        | Role::Quote
        | Role::Item
        | Role::Label
        | Role::Body
        | Role::Table
        | Role::Row
        | Role::Cell
        | Role::Caption
        | Role::Code
        | Role::Contents
        | Role::ContentsItem
        | Role::Reference
        | Role::Link
        | Role::Note
        | Role::Index
        | Role::Ruby
        | Role::RubyBase
        | Role::RubyText
        | Role::Gloss
        | Role::GlossBracket
        | Role::GlossText => None,
    };
    if let Some(attributes) = attributes {
        dictionary.set("A", attributes);
    }
}

/// Writes the kids: contents of the element's first page as numbers, those of others with their pages
/// (table 324).
fn set_kids(dictionary: &mut Dictionary, kids: &[Kid], object: impl Fn(ElementId) -> ObjectId) {
    let page = kids.iter().find_map(|kid| match kid {
        Kid::Content(page, _) | Kid::Annotation(page, _) => Some(*page),
        Kid::Element(_) => None,
    });
    if let Some(page) = page {
        dictionary.set("Pg", page);
    }
    let mut kids: Vec<Object> = kids
        .iter()
        .map(|kid| match *kid {
            Kid::Element(element) => Object::Reference(object(element)),
            Kid::Content(of, number) if Some(of) == page => (number as i64).into(),
            Kid::Content(of, number) => {
                let (kind, number) = (name("MCR"), number as i64);
                dictionary! { "Type" => kind, "Pg" => of, "MCID" => number }.into()
            }
            Kid::Annotation(of, annotation) => {
                dictionary! { "Type" => name("OBJR"), "Pg" => of, "Obj" => annotation }.into()
            }
        })
        .collect();
    match kids.len() {
        0 => {}
        1 => dictionary.set("K", kids.remove(0)),
        _ => dictionary.set("K", kids),
    }
}

/// The way from the contents of each page and from each annotation to their elements (14.7.4.4).
fn parents(
    pages: &[(ObjectId, Marked)],
    annotations: &[Annotated],
    object: &impl Fn(ElementId) -> ObjectId,
) -> impl Iterator<Item = (Object, Object)> {
    let object = |&id: &ElementId| Object::Reference(object(id));
    let of_pages = pages
        .iter()
        .map(move |(_, marked)| Object::Array(marked.contents.iter().map(object).collect()));
    let of_annotations = annotations.iter().map(move |link| object(&link.element));
    (0..).map(Object::Integer).zip(of_pages.chain(of_annotations))
}

/// Writes a tree of `pairs` in the order of their keys, in leaves of even length (7.9.6, 7.9.7); gives
/// its root.
fn sorted(
    document: &mut Document,
    ready: &mut Ready,
    kind: &str,
    pairs: impl Iterator<Item = (Object, Object)>,
) -> ObjectId {
    let mut pairs = pairs.peekable();
    let mut leaves = Vec::new();
    while let Some((first, _)) = pairs.peek() {
        let mut limits = vec![first.clone()];
        let mut leaf = Vec::new();
        for (key, value) in pairs.by_ref().take(LEAF) {
            leaf.extend([key, value]);
        }
        limits.extend(leaf.len().checked_sub(2).map(|last| leaf[last].clone()));
        let mut dictionary = Dictionary::from_iter([("Limits", Object::Array(limits))]);
        dictionary.set(kind, leaf);
        let id = document.new_object_id();
        write_object(ready.begin(id), &dictionary.into());
        leaves.push(Object::Reference(id));
    }
    let root = document.new_object_id();
    write_object(ready.begin(root), &dictionary! { "Kids" => leaves }.into());
    root
}

#[cfg(test)]
mod tests {
    use super::super::file::save;
    use super::*;

    fn element(role: Role, parent: u32) -> Element {
        Element { role, parent: Some(ElementId(parent)), place: None }
    }

    /// What an element holds, in brackets after its type; content as page and number.
    fn shown(document: &Document, id: ObjectId, pages: &[ObjectId]) -> String {
        let element = document.get_dictionary(id).unwrap();
        let page = |of: &Dictionary| {
            let of = of.get(b"Pg").unwrap().as_reference().unwrap();
            pages.iter().position(|page| *page == of).unwrap()
        };
        let kid = |kid: &Object| match kid {
            Object::Reference(id) => shown(document, *id, pages),
            Object::Integer(number) => format!("{}:{number}", page(element)),
            Object::Dictionary(kid) if kid.has(b"Obj") => format!("{}:link", page(kid)),
            Object::Dictionary(kid) => {
                format!("{}:{}", page(kid), kid.get(b"MCID").unwrap().as_i64().unwrap())
            }
            other => panic!("{other:?}"),
        };
        let kids: Vec<String> = match element.get(b"K") {
            Ok(Object::Array(kids)) => kids.iter().map(kid).collect(),
            Ok(one) => vec![kid(one)],
            Err(_) => Vec::new(),
        };
        let kind = str::from_utf8(element.get(b"S").unwrap().as_name().unwrap()).unwrap();
        format!("{kind}({})", kids.join(" "))
    }

    #[test]
    fn elements_hold_their_contents_in_reading_order_and_tables_their_empty_cells() {
        let structure = [
            Element { role: Role::Document, parent: None, place: None },
            element(Role::Note, 0),
            element(Role::Paragraph, 0),
            element(Role::Link, 2),
            element(Role::Table, 0),
            element(Role::Row, 4),
            element(Role::Cell, 5),
            element(Role::Cell, 5),
            element(Role::Cell, 5),
            element(Role::Row, 4),
            element(Role::Cell, 9),
            element(Role::Section, 0),
        ];
        let mut document = Document::with_version("1.7");
        let pages = [document.new_object_id(), document.new_object_id()];
        let annotation = document.new_object_id();
        let marked = |contents: &[u32]| Marked {
            contents: contents.iter().copied().map(ElementId).collect(),
            figures: Vec::new(),
        };
        let marks = [(pages[0], marked(&[2, 3, 2, 1])), (pages[1], marked(&[2, 7, 1]))];
        let links = [Annotated { element: ElementId(3), annotation, page: pages[0] }];
        let mut ready = Ready::default();
        let root = write(&mut document, &mut ready, &structure, &marks, &links, Length::ZERO);
        document.trailer = dictionary! { "Root" => root };
        let document = Document::load_mem(&save(&document, ready).unwrap()).unwrap();
        let root = document.get_dictionary(root).unwrap();
        let [Object::Reference(top)] = root.get(b"K").unwrap().as_array().unwrap()[..] else {
            panic!("{root:?}")
        };
        assert_eq!(
            shown(&document, top, &pages),
            "Document(P(0:0 Link(0:1 0:link) 0:2 1:0) Note(0:3 1:2) \
             Table(TR(TD() TD(1:1) TD()) TR(TD())))"
        );
        let tree = root.get(b"ParentTree").unwrap().as_reference().unwrap();
        let leaves = document.get_dictionary(tree).unwrap().get(b"Kids").unwrap();
        let leaf = leaves.as_array().unwrap()[0].as_reference().unwrap();
        let numbers = document.get_dictionary(leaf).unwrap().get(b"Nums").unwrap();
        let [_, first, _, second, Object::Integer(2), link] = &numbers.as_array().unwrap()[..]
        else {
            panic!("{numbers:?}")
        };
        let types = |ids: &Object| -> Vec<String> {
            let ids = ids.as_array().unwrap().iter().map(|id| id.as_reference().unwrap());
            ids.map(|id| shown(&document, id, &pages).split('(').next().unwrap().to_owned())
                .collect()
        };
        assert_eq!(
            [types(first), types(second)],
            [vec!["P", "Link", "P", "Note"], vec!["P", "TD", "Note"]]
        );
        assert!(shown(&document, link.as_reference().unwrap(), &pages).starts_with("Link"));
    }
}
