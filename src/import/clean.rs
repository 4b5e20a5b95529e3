//! Characters that came wrong: look-alikes, strays, marks of the other keyboard.

mod marks;

use std::collections::BTreeMap;

use super::article::{Article, Block, Fate, Inline, Note, Remark, Stretch, plain};
use crate::diag::Message;
use crate::message;
use crate::script::{hanzi_of_radical, is_cjk, is_forbidden};

/// What was put right, for the report.
#[derive(Debug, Default)]
pub(super) struct Cleaned {
    /// How often each change was made, and examples of where.
    changes: BTreeMap<Message, (usize, Vec<String>)>,
}

/// The most examples of one change that are told.
const EXAMPLES: usize = 3;

impl Cleaned {
    /// Counts a change; `around` shows where it was made.
    pub fn count(&mut self, change: impl Into<Message>, around: String) {
        let (count, examples) = self.changes.entry(change.into()).or_default();
        *count += 1;
        if examples.len() < EXAMPLES && !around.is_empty() {
            examples.push(around);
        }
    }

    /// What was changed, a remark for each kind.
    pub fn remarks(self) -> impl Iterator<Item = Remark> {
        self.changes.into_iter().map(|(change, (count, examples))| {
            let times =
                if count == 1 { Message::from("once") } else { message!("{count} times", count) };
            let what = match examples.join("…, …") {
                examples if examples.is_empty() => message!("{change}, {times}", change, times),
                examples => {
                    message!("{change}, {times} (…{examples}…)", change, times, examples)
                }
            };
            Remark::new(Fate::Cleaned, what, "")
        })
    }
}

/// Cleans all texts of an article but its code.
pub(super) fn article(article: &mut Article, cleaned: &mut Cleaned) {
    line(&mut article.title, cleaned);
    let origin = &mut article.origin;
    for text in [&mut origin.institution, &mut origin.title] {
        *text = words(text, cleaned);
    }
    for credit in &mut article.credits {
        credit.role = words(&credit.role, cleaned);
        credit.names.iter_mut().for_each(|name| *name = words(name, cleaned));
    }
    article.part = words(&article.part, cleaned);
    blocks(&mut article.blocks, cleaned);
    for Note { blocks: content, .. } in &mut article.notes {
        blocks(content, cleaned);
    }
}

/// The characters of some inlines as they will be when they are clean, without white space: what says
/// the same is the same.
pub(super) fn meant(content: &[Inline]) -> String {
    let mut content = content.to_vec();
    line(&mut content, &mut Cleaned::default());
    plain(&content).chars().filter(|c| !c.is_whitespace()).collect()
}

fn blocks(content: &mut [Block], cleaned: &mut Cleaned) {
    for block in content {
        match block {
            Block::Heading(heading) => line(&mut heading.content, cleaned),
            Block::Paragraph(content) => line(content, cleaned),
            Block::Quote(content) => blocks(content, cleaned),
            Block::List { items, .. } => items.iter_mut().for_each(|item| blocks(item, cleaned)),
            Block::Definitions(definitions) => {
                for (term, bodies) in definitions {
                    line(term, cleaned);
                    bodies.iter_mut().for_each(|body| blocks(body, cleaned));
                }
            }
            Block::Code { text, .. } => text.retain(|c| !is_forbidden(c)),
            Block::Figure(figure) => {
                for text in [&mut figure.alt, &mut figure.caption, &mut figure.source] {
                    *text = words(text, cleaned);
                }
            }
            Block::Table(table) => {
                line(&mut table.caption, cleaned);
                table.source = words(&table.source, cleaned);
                table.rows.iter_mut().flatten().for_each(|cell| line(cell, cleaned));
            }
            Block::Divider => {}
            Block::Markdown(stretches) => {
                for stretch in stretches {
                    match stretch {
                        Stretch::Text(text) => text.retain(|c| is_kept(c, cleaned)),
                        Stretch::Opening(_)
                        | Stretch::Closing { .. }
                        | Stretch::Link(_)
                        | Stretch::Picture(_) => {}
                    }
                }
            }
        }
    }
}

/// A text of one line.
fn words(text: &str, cleaned: &mut Cleaned) -> String {
    let mut content = vec![Inline::Text(text.to_owned())];
    line(&mut content, cleaned);
    match content.into_iter().next() {
        Some(Inline::Text(text)) => text.trim().to_owned(),
        Some(_) | None => String::new(),
    }
}

/// Cleans inlines that stand in a row: what is beside a mark may stand in another manner.
fn line(content: &mut [Inline], cleaned: &mut Cleaned) {
    let mut texts = Vec::new();
    gather(content, &mut texts);
    for text in texts.iter_mut().flatten() {
        let plain: String = text.chars().filter_map(|c| character(c, cleaned)).collect();
        **text = plain;
    }
    let mut whole: Vec<char> = Vec::new();
    for text in &texts {
        match text {
            Some(text) => whole.extend(text.chars()),
            None => whole.push(OTHER),
        }
    }
    let mut changed = marks::settle(&whole, cleaned).into_iter();
    for text in texts {
        match text {
            Some(text) => *text = changed.by_ref().take(text.chars().count()).collect(),
            None => drop(changed.next()),
        }
    }
    ends(content);
}

/// What stands in a row for something that is no text: U+FFFC OBJECT REPLACEMENT CHARACTER.
const OTHER: char = '\u{fffc}';

/// The texts among inlines, in order; none for what stands between them, such as code.
fn gather<'a>(content: &'a mut [Inline], texts: &mut Vec<Option<&'a mut String>>) {
    for inline in content {
        match inline {
            Inline::Text(text) => texts.push(Some(text)),
            Inline::Styled(_, content) | Inline::Marked(_, content) | Inline::Link(_, content) => {
                gather(content, texts)
            }
            Inline::Code(code) => {
                code.retain(|c| !is_forbidden(c));
                texts.push(None);
            }
            Inline::Picture { .. } | Inline::Reference { .. } => texts.push(None),
            Inline::Ruby { .. }
            | Inline::NoteMark(_)
            | Inline::Place(_)
            | Inline::Task(_)
            | Inline::Break => {}
        }
    }
}

/// Takes white space from the ends.
fn ends(content: &mut [Inline]) {
    if let Some(Inline::Text(first)) = content.first_mut() {
        *first = first.trim_start().to_owned();
    }
    if let Some(Inline::Text(last)) = content.last_mut() {
        last.truncate(last.trim_end().len());
    }
}

/// A character as it is meant; none where nothing is.
fn character(c: char, cleaned: &mut Cleaned) -> Option<char> {
    let (meant, change): (_, Message) = match c {
        '\n' | '\t' | '\r' => return Some(' '),
        ' '..='~' => return Some(c),
        '\u{a0}' | '\u{2002}'..='\u{200a}' | '\u{202f}' | '\u{205f}' => return Some(' '),
        '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{feff}'
        | '\u{ad}'
        | '\u{180e}'
        | '\u{fe00}'..='\u{fe0f}' => (None, "characters that cannot be seen taken out".into()),
        '\u{fffd}' => (None, "characters taken out that no reader could read".into()),
        '\u{e000}'..='\u{f8ff}' | '\u{f0000}'.. => {
            (None, "characters of a private font taken out".into())
        }
        '\u{ff10}'..='\u{ff19}' | '\u{ff21}'..='\u{ff3a}' | '\u{ff41}'..='\u{ff5a}' => {
            let narrow = char::from_u32(u32::from(c) - 0xFEE0);
            (narrow, "full-width letters and digits made narrow".into())
        }
        // Editors part names by the hanzi that looks like a rule.
        '丨' => (Some('｜'), message!("{was} → {meant}", was = c, meant = '｜')),
        '✔' => (Some('✓'), message!("{was} → {meant}", was = c, meant = '✓')),
        '✘' => (Some('✗'), message!("{was} → {meant}", was = c, meant = '✗')),
        c if is_emoji(c) => (None, message!("{c} taken out, which no face of the book has", c)),
        c if is_forbidden(c) => (None, "control characters taken out".into()),
        c => match hanzi_of_radical(c) {
            Some(hanzi) => {
                (Some(hanzi), message!("{c} → {hanzi}, a radical for a hanzi", c, hanzi))
            }
            None => return Some(c),
        },
    };
    cleaned.count(change, String::new());
    meant
}

/// Whether a character of an author's Markdown stays: all but those that no face has and no text may.
fn is_kept(c: char, cleaned: &mut Cleaned) -> bool {
    let is_private = matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..);
    let is_meant =
        !(is_private || is_emoji(c) || is_forbidden(c) || matches!(c, '\u{fe00}'..='\u{fe0f}'));
    if !is_meant {
        character(c, cleaned);
    }
    is_meant
}

/// Whether a character is a coloured picture, a part of one, or a sign that only such fonts have.
fn is_emoji(c: char) -> bool {
    match c {
        '\u{1f000}'..='\u{1faff}' | '\u{20e3}' | '\u{e0020}'..='\u{e007f}' => true,
        '\u{2600}'..='\u{27bf}' => {
            !is_cjk(c) && !"★☆♀♂☉✓✔✕✖✗✘①❶".contains(c) && !('\u{2776}'..='\u{2793}').contains(&c)
        }
        _ => false,
    }
}
