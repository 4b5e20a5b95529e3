//! The parts of a document that its text refers to: relations, styles, lists.

use std::collections::BTreeMap;

use crate::import::xml::Element;

/// What a style makes of a paragraph or of characters.
#[derive(Clone, Debug, Default)]
pub(super) struct Look {
    pub name: String,
    /// The level of a heading, from 1 (17.3.1.20 counts from 0).
    pub level: Option<u8>,
    /// The list and the level in it.
    pub list: Option<(String, usize)>,
    pub bold: bool,
    pub italic: bool,
}

/// The styles by their ids, with what they inherit (17.7).
pub(super) fn looks(styles: &Element) -> BTreeMap<String, Look> {
    let by_id: BTreeMap<&str, &Element> = styles
        .elements()
        .filter(|style| style.name == "w:style")
        .filter_map(|style| Some((style.attribute("w:styleId")?, style)))
        .collect();
    by_id.keys().map(|id| ((*id).to_owned(), look(id, &by_id))).collect()
}

fn look(id: &str, by_id: &BTreeMap<&str, &Element>) -> Look {
    let mut look = Look::default();
    let mut next = Some(id);
    // A style may name itself as its own base.
    for _ in 0..20 {
        let Some(style) = next.and_then(|id| by_id.get(id)) else { break };
        let name = style.child("w:name").and_then(value).unwrap_or_default();
        if look.name.is_empty() {
            look.name = name.to_lowercase();
        }
        let level = style.at(&["w:pPr", "w:outlineLvl"]).and_then(value);
        let level = level.and_then(|level| level.parse::<u8>().ok()).filter(|level| *level < 9);
        look.level = look.level.or(level.map(|level| level + 1)).or_else(|| of_name(name));
        if let Some(list) = style.at(&["w:pPr", "w:numPr"]) {
            look.list = look.list.or_else(|| list_of(list));
        }
        look.bold |= style.at(&["w:rPr", "w:b"]).is_some_and(is_on);
        look.italic |= style.at(&["w:rPr", "w:i"]).is_some_and(is_on);
        next = style.child("w:basedOn").and_then(value);
    }
    look
}

/// The level that the name of a style says: `heading 1`, 标题 1.
fn of_name(name: &str) -> Option<u8> {
    let name = name.to_lowercase();
    let rest = name.strip_prefix("heading").or_else(|| name.strip_prefix("标题"))?;
    rest.trim().parse().ok().filter(|level| (1..=9).contains(level))
}

/// The list of a paragraph (17.3.1.19).
pub(super) fn list_of(properties: &Element) -> Option<(String, usize)> {
    let id = properties.child("w:numId").and_then(value)?;
    let level = properties.child("w:ilvl").and_then(value);
    Some((id.to_owned(), level.and_then(|level| level.parse().ok()).unwrap_or(0)))
}

/// The lists by their ids: the first number of each level, none where it has signs (17.9).
pub(super) fn lists(numbering: &Element) -> BTreeMap<String, Vec<Option<u64>>> {
    let mut lists = BTreeMap::new();
    for list in numbering.elements().filter(|it| it.name == "w:num") {
        let Some(id) = list.attribute("w:numId") else { continue };
        let meant = list.child("w:abstractNumId").and_then(value);
        let found = numbering
            .elements()
            .find(|it| it.name == "w:abstractNum" && it.attribute("w:abstractNumId") == meant);
        let levels = found.into_iter().flat_map(Element::elements);
        let starts = levels.filter(|it| it.name == "w:lvl").map(|level| {
            let format = level.child("w:numFmt").and_then(value).unwrap_or("decimal");
            let start = level.child("w:start").and_then(value);
            let start = start.and_then(|start| start.parse().ok()).unwrap_or(1);
            (!matches!(format, "bullet" | "none")).then_some(start)
        });
        lists.insert(id.to_owned(), starts.collect());
    }
    lists
}

/// Where a relation leads.
#[derive(Clone, Debug)]
pub(super) struct Relation {
    pub kind: String,
    pub target: String,
    /// Whether it leads out of the document.
    pub is_external: bool,
}

/// The relations of a part by their ids (part 2, 6.5).
pub(super) fn relations(part: &Element) -> BTreeMap<String, Relation> {
    let relation = |it: &Element| {
        let kind = it.attribute("Type").unwrap_or_default();
        let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
        let target = it.attribute("Target").unwrap_or_default().to_owned();
        let is_external = it.attribute("TargetMode") == Some("External");
        Some((it.attribute("Id")?.to_owned(), Relation { kind, target, is_external }))
    };
    part.elements().filter_map(relation).collect()
}

/// The value of a property.
pub(super) fn value(property: &Element) -> Option<&str> {
    property.attribute("w:val")
}

/// Whether a property that is there is on (17.17.4).
pub(super) fn is_on(property: &Element) -> bool {
    !matches!(value(property), Some("0" | "false" | "off" | "none"))
}
