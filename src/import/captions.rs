//! The words of pictures and tables: what is said of them in a line of its own, and which picture or
//! table that is.

use super::article::{Block, Fate, Figure, Inline, Remark, Table, is_strong, plain, unstyled};

/// The words of a picture or a table, and by which names links lead to them.
pub(super) struct Words {
    pub content: Vec<Inline>,
    pub anchors: Vec<String>,
}

/// Words that no link leads to.
impl From<Vec<Inline>> for Words {
    fn from(content: Vec<Inline>) -> Self {
        Self { content, anchors: Vec::new() }
    }
}

/// The picture that a block is, where it has no words yet.
pub(super) fn bare_figure(block: &mut Block) -> Option<&mut Figure> {
    match block {
        Block::Figure(figure) if figure.caption.is_empty() => Some(figure),
        _ => None,
    }
}

/// The table that a block is, where it has no words yet.
pub(super) fn bare_table(block: &mut Block) -> Option<&mut Table> {
    match block {
        Block::Table(table) if table.caption.is_empty() => Some(table),
        _ => None,
    }
}

/// Gives words to a block; back where it is no picture or table without words.
pub(super) fn give(
    block: Option<&mut Block>,
    words: Words,
    remarks: &mut Vec<Remark>,
) -> Option<Words> {
    let Some(block) = block else { return Some(words) };
    if let Some(table) = bare_table(block) {
        caption_table(table, words, remarks);
    } else if let Some(figure) = bare_figure(block) {
        caption_figure(figure, words, remarks);
    } else {
        return Some(words);
    }
    None
}

fn caption_figure(figure: &mut Figure, words: Words, remarks: &mut Vec<Remark>) {
    figure.anchors.extend(words.anchors);
    figure.caption = plain(&without_number(words.content.clone())).trim().to_owned();
    let what = "the words below a picture; banxin counts pictures itself";
    remarks.push(Remark::new(Fate::Taken, what, plain(&words.content)));
}

pub(super) fn caption_table(table: &mut Table, words: Words, remarks: &mut Vec<Remark>) {
    table.anchors.extend(words.anchors);
    let what = "the words above a table; banxin counts tables itself";
    remarks.push(Remark::new(Fate::Taken, what, plain(&words.content)));
    table.caption = without_number(words.content);
}

/// A caption without 图 1-1, Table 2 and the like, and without boldness all through.
pub(super) fn without_number(content: Vec<Inline>) -> Vec<Inline> {
    let words = plain(&content);
    let cut = words.trim_end().len() - bare(&words).len();
    let content = if is_strong(&content) { unstyled(content) } else { content };
    behind(content, &mut words[..cut].chars().count())
}

/// Inlines without their first characters.
fn behind(content: Vec<Inline>, count: &mut usize) -> Vec<Inline> {
    let mut row = Vec::new();
    for inline in content {
        let kept = match inline {
            Inline::Text(text) => {
                let rest: String = text.chars().skip(*count).collect();
                *count = count.saturating_sub(text.chars().count());
                (!rest.is_empty()).then_some(Inline::Text(rest))
            }
            Inline::Styled(style, content) => {
                let rest = behind(content, count);
                (!rest.is_empty()).then_some(Inline::Styled(style, rest))
            }
            Inline::Marked(mark, content) => {
                let rest = behind(content, count);
                (!rest.is_empty()).then_some(Inline::Marked(mark, rest))
            }
            Inline::Link(target, content) => {
                let rest = behind(content, count);
                (!rest.is_empty()).then_some(Inline::Link(target, rest))
            }
            Inline::Break if *count > 0 => {
                *count -= 1;
                None
            }
            other => Some(other),
        };
        row.extend(kept);
    }
    row
}

/// The words behind 图 1-1, Table 2 and the like.
fn bare(words: &str) -> &str {
    let words = words.trim();
    let label = ["图表", "图", "表", "Figure", "Table", "插图", "Illustration"];
    let Some(rest) = label.iter().find_map(|label| words.strip_prefix(label)) else { return words };
    let rest = rest.trim_start_matches([' ', '\u{a0}']);
    // Hanzi that count must be parted from the words behind them: 图一个框 has no number.
    let in_digits = rest.starts_with(|c: char| c.is_ascii_digit());
    let number = |c: char| {
        "-–—.．".contains(c)
            || if in_digits {
                c.is_ascii_digit()
            } else {
                "一二三四五六七八九十".contains(c)
            }
    };
    let after = rest.trim_start_matches(number);
    let bare = after.trim_start_matches(['：', ':', '、', '\u{3000}', '\u{a0}', ' ']);
    let has_number = rest.len() > after.len() && (in_digits || after.len() > bare.len());
    if has_number && !bare.is_empty() { bare } else { words }
}

/// The words of a line behind a label, which a number may follow: 图 2-1：机制.
pub(super) fn labelled(line: &str, label: char) -> Option<&str> {
    let rest = line.strip_prefix(label)?;
    let is_parted = |rest: &str| rest.starts_with([' ', '\u{a0}', '\u{3000}', '：', ':', '、']);
    let number = |c: char| c.is_ascii_digit() || "-–—.．一二三四五六七八九十".contains(c);
    let counted = rest.trim_start_matches([' ', '\u{a0}']);
    let behind = counted.trim_start_matches(number);
    let behind = if behind.len() < counted.len() && is_parted(behind) { behind } else { rest };
    let said = behind.trim_start_matches(['：', ':', '、']).trim();
    (is_parted(behind) && !said.is_empty()).then_some(said)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::article::Style;

    #[test]
    fn a_caption_loses_its_number_alone() {
        assert_eq!(bare("图 1-1　机制"), "机制");
        assert_eq!(bare("图1 一个框"), "一个框");
        assert_eq!(bare("表二：数目"), "数目");
        assert_eq!(bare("图一个框"), "图一个框");
        assert_eq!(bare("Table 2. Counts"), "Counts");
        assert_eq!(bare("图3"), "图3");
    }

    #[test]
    fn a_line_with_a_label_has_words_behind_it() {
        for (line, words) in [
            ("图1 印数的变化", "印数的变化"),
            ("图 2-1：机制", "机制"),
            ("图二、机制", "机制"),
            ("图：机制", "机制"),
            ("图 一个框", "一个框"),
        ] {
            assert_eq!(labelled(line, '图'), Some(words));
        }
        for line in ["图1", "图书馆", "图1显示增长", "表1 数目"] {
            assert_eq!(labelled(line, '图'), None);
        }
    }

    #[test]
    fn a_caption_keeps_its_manners() {
        let text = |words: &str| Inline::Text(words.to_owned());
        let strong = |words: &str| Inline::Styled(Style::Strong, vec![text(words)]);
        let note = || Inline::NoteMark("1".to_owned());
        assert_eq!(
            without_number(vec![strong("表 1"), text("　数"), note()]),
            [text("数"), note()]
        );
        assert_eq!(without_number(vec![strong("表 1：数目")]), [text("数目")]);
        assert_eq!(
            without_number(vec![text("表 1：一"), strong("二")]),
            [text("一"), strong("二")]
        );
    }
}
