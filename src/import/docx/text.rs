//! The text of a document: paragraphs, runs, tables (17.3, 17.4).

use std::collections::BTreeMap;

use super::Parts;
use super::package::{Look, Relation, is_on, list_of, value};
use crate::diag::Sink;
use crate::import::article::{
    Block, Fate, Figure, Heading, Inline, Picture, Remark, Style, Target, plain,
};
use crate::import::cells::{Cells, Reach};
use crate::import::pieces::{self, Piece, Sort, is_empty, push_text};
use crate::import::xml::Element;
use crate::import::zipped::{Zipped, beside};
use crate::message;

/// A picture that is lower than this, in English metric units, stands in the line: 7 mm.
const LOW: u64 = 252_000;

/// What is read of one part.
pub(super) struct Reader<'a> {
    parts: &'a Parts,
    part: String,
    relations: BTreeMap<String, Relation>,
    /// The words of the paragraph that is called the title.
    pub title: Vec<Inline>,
    pub remarks: Vec<Remark>,
    pub visible: String,
    /// What stands beside the paragraph being read.
    beside: Vec<Piece>,
    /// The instructions of fields that are open, and whether their results have begun.
    fields: Vec<(String, bool)>,
    has_sequence: bool,
}

/// Where parts are had from.
struct Door<'d, 'z> {
    zipped: &'d mut Zipped<'z>,
    sink: &'d mut Sink,
}

impl<'a> Reader<'a> {
    pub fn new(parts: &'a Parts, part: String, relations: BTreeMap<String, Relation>) -> Self {
        Self {
            parts,
            part,
            relations,
            title: Vec::new(),
            remarks: Vec::new(),
            visible: String::new(),
            beside: Vec::new(),
            fields: Vec::new(),
            has_sequence: false,
        }
    }

    /// The pieces of a document, or of a note.
    pub fn body(&mut self, root: &Element, zipped: &mut Zipped<'_>, sink: &mut Sink) -> Vec<Piece> {
        self.visible += &words(root);
        let mut pieces = Vec::new();
        self.blocks(root, &mut Door { zipped, sink }, &mut pieces);
        pieces
    }

    fn blocks(&mut self, around: &Element, door: &mut Door<'_, '_>, pieces: &mut Vec<Piece>) {
        for element in around.elements() {
            match element.name.as_str() {
                "w:p" => self.paragraph(element, door, pieces),
                "w:tbl" => self.table(element, door, pieces),
                "w:del" | "w:moveFrom" => self.deleted(element),
                "w:sdtPr" | "w:sectPr" | "mc:Fallback" => {}
                _ => self.blocks(element, door, pieces),
            }
        }
    }

    fn paragraph(&mut self, element: &Element, door: &mut Door<'_, '_>, pieces: &mut Vec<Piece>) {
        let properties = element.child("w:pPr");
        let look = self.look(properties.and_then(|it| it.child("w:pStyle")));
        let outer = std::mem::take(&mut self.beside);
        self.has_sequence = false;
        let mut content = Vec::new();
        self.inlines(element, door, &mut content);
        let anchors = anchors(element);
        let own_level = properties.and_then(|it| it.child("w:outlineLvl")).and_then(value);
        let own_level = own_level.and_then(|it| it.parse::<u8>().ok());
        let level = own_level.map_or(look.level, |level| (level < 9).then_some(level + 1));
        let list = properties.and_then(|it| it.child("w:numPr")).and_then(list_of);
        let list = list.or(look.list.clone()).filter(|(id, _)| id != "0");
        let sort = Sort::of(&look.name);
        if is_empty(&content) {
            if sort == Sort::Code {
                pieces.push(Piece::Code(String::new()));
            }
        } else if sort == Sort::Title && self.title.is_empty() {
            self.title = content;
        } else if let Some(level) = level {
            let heading = Heading { level, anchors, numbered: true, content };
            pieces.push(Piece::Block(Block::Heading(heading)));
        } else if self.has_sequence || sort == Sort::Caption {
            // Pictures in the same paragraph stand above their words.
            pieces.append(&mut self.beside);
            pieces.push(Piece::Caption { content, anchors });
        } else if let Some((id, level)) = list {
            let start = self.parts.lists.get(&id).and_then(|it| it.get(level)).copied().flatten();
            pieces.push(Piece::Item { level, start, content });
        } else {
            pieces.push(sort.piece(content));
        }
        pieces.append(&mut self.beside);
        self.beside = outer;
    }

    fn look(&self, style: Option<&Element>) -> Look {
        let id = style.and_then(value);
        id.and_then(|id| self.parts.looks.get(id)).cloned().unwrap_or_default()
    }

    fn inlines(&mut self, around: &Element, door: &mut Door<'_, '_>, row: &mut Vec<Inline>) {
        for element in around.elements() {
            match element.name.as_str() {
                "w:r" => self.run(element, door, row),
                "w:hyperlink" => {
                    let mut content = Vec::new();
                    self.inlines(element, door, &mut content);
                    let url = element.attribute("r:id").and_then(|id| self.relations.get(id));
                    let anchor = element.attribute("w:anchor");
                    let target = url
                        .map(|it| Target::Url(it.target.clone()))
                        .or_else(|| anchor.map(|it| Target::Anchor(it.to_owned())));
                    match target {
                        Some(target) => row.push(Inline::Link(target, content)),
                        None => row.append(&mut content),
                    }
                }
                "w:del" | "w:moveFrom" => self.deleted(element),
                "w:fldSimple" => {
                    let instruction = element.attribute("w:instr").unwrap_or_default();
                    self.has_sequence |= instruction.trim_start().starts_with("SEQ");
                    self.inlines(element, door, row);
                }
                "m:oMath" => {
                    let formula = formula(element);
                    let what = message!("a formula became plain characters: “{formula}”", formula);
                    self.remarks.push(Remark::new(Fate::Guessed, what, ""));
                    row.push(Inline::Text(formula));
                }
                "w:pPr" | "w:sdtPr" | "mc:Fallback" => {}
                _ => self.inlines(element, door, row),
            }
        }
    }

    /// Characters of one manner (17.3.2).
    fn run(&mut self, run: &Element, door: &mut Door<'_, '_>, row: &mut Vec<Inline>) {
        let mut content = Vec::new();
        for element in run.elements() {
            self.run_content(element, door, &mut content);
        }
        if content.is_empty() {
            return;
        }
        let properties = run.child("w:rPr").cloned().unwrap_or_default();
        if properties.child("w:vanish").is_some_and(is_on) {
            self.remarks.push(Remark::new(Fate::Left, "hidden words", plain(&content)));
            return;
        }
        let look = self.look(properties.child("w:rStyle"));
        if pieces::is_code(&look.name) {
            row.push(Inline::Code(plain(&content)));
            return;
        }
        for style in styles(&properties, &look) {
            content = pieces::styled(style, content);
        }
        let link = self.fields.iter().rev().find_map(|(instruction, _)| linked(instruction));
        if let Some(target) = link {
            content = vec![Inline::Link(target, content)];
        }
        row.append(&mut content);
    }

    fn run_content(&mut self, it: &Element, door: &mut Door<'_, '_>, content: &mut Vec<Inline>) {
        match it.name.as_str() {
            "w:t" => push_text(content, &it.text()),
            "w:tab" | "w:ptab" => push_text(content, " "),
            "w:br" if it.attribute("w:type").is_none_or(|kind| kind == "textWrapping") => {
                content.push(Inline::Break);
            }
            "w:cr" => content.push(Inline::Break),
            "w:noBreakHyphen" => push_text(content, "\u{2011}"),
            "w:sym" => self.symbol(it, content),
            "w:footnoteReference" => content.push(mark('f', it)),
            "w:endnoteReference" => content.push(mark('e', it)),
            "w:ruby" => {
                let said = |name: &str| it.child(name).map(words).unwrap_or_default();
                content.push(Inline::Ruby { base: said("w:rubyBase"), reading: said("w:rt") });
            }
            "w:instrText" => {
                if let Some((instruction, false)) = self.fields.last_mut() {
                    instruction.push_str(&it.text());
                }
            }
            "w:fldChar" => self.field(it.attribute("w:fldCharType").unwrap_or_default()),
            "w:drawing" | "w:pict" | "w:object" => self.drawing(it, door, content),
            "mc:AlternateContent" => {
                let choice = it.child("mc:Choice").or_else(|| it.child("mc:Fallback"));
                for inner in choice.into_iter().flat_map(Element::elements) {
                    self.run_content(inner, door, content);
                }
            }
            // Properties, marks of pages and of comments say nothing.
            _ => {}
        }
    }

    /// A character of a font of signs (17.3.3.30).
    fn symbol(&mut self, it: &Element, content: &mut Vec<Inline>) {
        let code = it.attribute("w:char").and_then(|code| u32::from_str_radix(code, 16).ok());
        match code.and_then(char::from_u32) {
            Some(c) if !('\u{e000}'..='\u{f8ff}').contains(&c) => {
                push_text(content, &c.to_string())
            }
            Some(_) | None => {
                let font = it.attribute("w:font").unwrap_or_default();
                let code = it.attribute("w:char").unwrap_or_default();
                let what =
                    message!("a sign that only the font `{font}` has, number {code}", font, code);
                self.remarks.push(Remark::new(Fate::Left, what, ""));
            }
        }
    }

    /// A field begins, shows its result, ends (17.16.18).
    fn field(&mut self, step: &str) {
        match step {
            "begin" => self.fields.push((String::new(), false)),
            "separate" => {
                if let Some((instruction, shows)) = self.fields.last_mut() {
                    *shows = true;
                    self.has_sequence |= instruction.trim_start().starts_with("SEQ");
                }
            }
            "end" => drop(self.fields.pop()),
            _ => {}
        }
    }

    /// Pictures, and the words of text boxes.
    fn drawing(&mut self, drawing: &Element, door: &mut Door<'_, '_>, content: &mut Vec<Inline>) {
        let height = drawing.find("wp:extent").and_then(|it| it.attribute("cy"));
        let is_low = height.and_then(|it| it.parse::<u64>().ok()).is_some_and(|it| it < LOW);
        let said = drawing.find("wp:docPr").or_else(|| drawing.find("v:shape"));
        let alt = said.and_then(|it| {
            it.attribute("descr").or_else(|| it.attribute("alt")).or_else(|| it.attribute("title"))
        });
        let alt = alt.unwrap_or_default().to_owned();
        for element in drawing.all() {
            let id = match element.name.as_str() {
                "a:blip" => element.attribute("r:embed").or_else(|| element.attribute("r:link")),
                "v:imagedata" => element.attribute("r:id"),
                _ => None,
            };
            let Some(picture) = id.and_then(|id| self.picture(id, door)) else { continue };
            let alt = alt.clone();
            if is_low {
                content.push(Inline::Picture { picture, alt });
                continue;
            }
            let (caption, source) = (String::new(), String::new());
            let figure = Figure { picture, alt, caption, source, anchors: Vec::new() };
            self.beside.push(Piece::Block(Block::Figure(Box::new(figure))));
        }
        if let Some(text_box) = drawing.find("w:txbxContent") {
            let mut pieces = Vec::new();
            let sequence = self.has_sequence;
            self.blocks(text_box, door, &mut pieces);
            self.has_sequence = sequence;
            let words = words(text_box);
            let what = message!("a text box stands after its paragraph: “{words}”", words);
            self.remarks.push(Remark::new(Fate::Guessed, what, ""));
            self.beside.append(&mut pieces);
        }
    }

    fn picture(&self, id: &str, door: &mut Door<'_, '_>) -> Option<Picture> {
        let relation = self.relations.get(id)?;
        let wanted = || Picture::Wanted { address: relation.target.clone() };
        if relation.is_external {
            return Some(wanted());
        }
        let name = beside(&self.part, &relation.target);
        let bytes = name.as_ref().and_then(|name| door.zipped.bytes(name, door.sink));
        let here = name.zip(bytes).map(|(name, bytes)| Picture::Here { name, bytes });
        Some(here.unwrap_or_else(wanted))
    }

    fn deleted(&mut self, element: &Element) {
        let all = element.all();
        let pieces = all.iter().filter(|it| matches!(it.name.as_str(), "w:delText" | "w:t"));
        let words: String = pieces.map(|it| it.text()).collect();
        if !words.is_empty() {
            self.remarks.push(Remark::new(Fate::Left, "words deleted in the document", words));
        }
    }

    /// A table (17.4); its cells keep their words in one paragraph.
    fn table(&mut self, element: &Element, door: &mut Door<'_, '_>, pieces: &mut Vec<Piece>) {
        let mut cells = Cells::default();
        for row in nested(element, "w:tr") {
            cells.row();
            for cell in nested(row, "w:tc") {
                let mut inside = Vec::new();
                self.blocks(cell, door, &mut inside);
                let blocks = pieces::joined(inside, &mut self.remarks);
                let properties = cell.child("w:tcPr").cloned().unwrap_or_default();
                let span = properties.child("w:gridSpan").and_then(value);
                let span = span.and_then(|it| it.parse::<usize>().ok()).unwrap_or(1).max(1);
                let is_tall =
                    properties.child("w:vMerge").is_some_and(|it| value(it) == Some("restart"));
                let reach = if span > 1 || is_tall { Reach::Several } else { Reach::One };
                cells.cell(blocks, reach, &mut self.remarks);
                cells.skip(span - 1);
            }
        }
        pieces.extend(cells.pieces());
    }
}

/// Rows or cells, also those that stand in a control.
fn nested<'e>(around: &'e Element, name: &str) -> Vec<&'e Element> {
    let mut found = Vec::new();
    for element in around.elements() {
        if element.name == name {
            found.push(element);
        } else if matches!(
            element.name.as_str(),
            "w:sdt" | "w:sdtContent" | "w:customXml" | "w:ins"
        ) {
            found.extend(nested(element, name));
        }
    }
    found
}

/// The words that an element shows: no deleted ones, none twice.
pub(super) fn words(element: &Element) -> String {
    let mut text = String::new();
    for child in element.elements() {
        match child.name.as_str() {
            "w:t" | "m:t" => text += &child.text(),
            "w:p" | "w:tab" => text = text + " " + &words(child),
            "w:del" | "w:moveFrom" | "mc:Fallback" => {}
            _ => text += &words(child),
        }
    }
    text
}

/// A formula on one line: fractions and powers as programmers write them (22.1).
fn formula(element: &Element) -> String {
    let part = |name: &str| element.child(name).map(formula).unwrap_or_default();
    match element.name.as_str() {
        "m:t" => element.text(),
        "m:f" => format!("({})/({})", part("m:num"), part("m:den")),
        "m:sSup" => format!("{}^({})", part("m:e"), part("m:sup")),
        "m:sSub" => format!("{}_({})", part("m:e"), part("m:sub")),
        "m:rad" => format!("{}√({})", part("m:deg"), part("m:e")),
        _ => element.elements().map(formula).collect(),
    }
}

/// The manners of a run, the innermost first (17.3.2).
fn styles(properties: &Element, look: &Look) -> Vec<Style> {
    let on = |name: &str| properties.child(name).map(is_on);
    let align = properties.child("w:vertAlign").and_then(value);
    let emphasis = on("w:i").unwrap_or(look.italic)
        || on("w:u").unwrap_or(false) && properties.child("w:rStyle").is_none()
        || on("w:em").unwrap_or(false);
    let found = [
        (align == Some("superscript")).then_some(Style::Superscript),
        (align == Some("subscript")).then_some(Style::Subscript),
        (on("w:strike") == Some(true) || on("w:dstrike") == Some(true)).then_some(Style::Strike),
        emphasis.then_some(Style::Emphasis),
        on("w:b").unwrap_or(look.bold).then_some(Style::Strong),
    ];
    found.into_iter().flatten().collect()
}

/// Where the instruction of a field leads (17.16.5.25).
fn linked(instruction: &str) -> Option<Target> {
    let rest = instruction.trim_start().strip_prefix("HYPERLINK")?.trim_start();
    let local = rest.strip_prefix("\\l").map(str::trim_start);
    let quoted = local.unwrap_or(rest).strip_prefix('"')?.split('"').next()?.to_owned();
    Some(if local.is_some() { Target::Anchor(quoted) } else { Target::Url(quoted) })
}

/// The names of the bookmarks in a paragraph.
fn anchors(paragraph: &Element) -> Vec<String> {
    let all = paragraph.all();
    let marks = all.iter().filter(|it| it.name == "w:bookmarkStart");
    marks.filter_map(|it| it.attribute("w:name")).map(str::to_owned).collect()
}

fn mark(sign: char, element: &Element) -> Inline {
    Inline::NoteMark(format!("{sign}{}", element.attribute("w:id").unwrap_or_default()))
}
