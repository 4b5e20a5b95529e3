//! Plain texts: lines become headings, paragraphs and lists by how they look.

use super::article::{Article, Block, Fate, Heading, Inline, Remark, Work};
use super::shape::{self, Special, is_short, special};
use super::sources::Source;
use super::{encoding, no_article, unreadable};
use crate::diag::Sink;
use crate::message;
use crate::script::is_cjk;

/// Signs that items of lists begin with.
const BULLETS: [char; 9] = ['•', '●', '■', '◆', '▪', '◦', '▶', '○', '·'];

/// Reads a text; none where it was said why not.
pub(super) fn read(source: &Source<'_>, sink: &mut Sink) -> Option<Work> {
    let Some((text, encoding)) = encoding::decode(&source.bytes, None) else {
        unreadable(source, sink);
        return None;
    };
    if !text.contains(char::is_alphanumeric) {
        no_article(source, "there are no words in this text", sink);
        return None;
    }
    let mut work = article(&text);
    if encoding != "UTF-8" {
        let what = message!("the text was read as {encoding}", encoding);
        work.remarks.push(Remark::new(Fate::Guessed, what, ""));
    }
    work.visible = text;
    Some(work)
}

/// The article in a text.
pub(super) fn article(text: &str) -> Work {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let groups = text.split('\n').map(|line| line.trim_matches(is_blank)).collect::<Vec<_>>();
    let lines: Vec<String> = groups.split(|line| line.is_empty()).flat_map(unwrapped).collect();
    let mut remarks = Vec::new();
    let blocks = blocks(&lines, &mut remarks);
    let mut article = Article { blocks, ..Article::default() };
    shape::settle(&mut article, &mut remarks);
    Work { articles: vec![article], remarks, ..Work::default() }
}

/// White space, and what cannot be seen.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}' | '\u{200e}' | '\u{200f}')
}

/// The paragraphs of lines without an empty one between them: each line is one, unless all but the
/// last are equally long and end in the midst of a sentence.
fn unwrapped(lines: &[&str]) -> Vec<String> {
    let widths: Vec<usize> = lines.iter().map(|line| width(line)).collect();
    let most = widths.iter().copied().max().unwrap_or(0);
    let (body, _) = widths.split_at(widths.len().saturating_sub(1));
    let ended = lines.iter().filter(|line| ends_sentence(line)).count();
    // Lines of hanzi are wrapped at twenty at least; short ones are verses or names.
    let least = if lines.iter().any(|line| line.contains(is_cjk)) { 40 } else { 24 };
    let wrapped = lines.len() > 2
        && most >= least
        && body.iter().all(|width| width * 10 >= most * 8)
        && ended * 2 < lines.len();
    if !wrapped {
        return lines.iter().map(|line| (*line).to_owned()).collect();
    }
    let mut whole = String::new();
    for line in lines {
        let joins = whole.ends_with(is_cjk) || line.starts_with(is_cjk) || whole.is_empty();
        if !joins {
            whole.push(' ');
        }
        whole.push_str(line);
    }
    vec![whole]
}

/// The width of a line in half ems.
fn width(line: &str) -> usize {
    line.chars().map(|c| if is_cjk(c) { 2 } else { 1 }).sum()
}

fn ends_sentence(line: &str) -> bool {
    line.ends_with(['。', '！', '？', '.', '!', '?', '”', '…', '：', ':'])
}

/// Lines as blocks. The first is the title, which `shape` takes.
fn blocks(lines: &[String], remarks: &mut Vec<Remark>) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let line = &lines[at];
        let short = lines[at..].iter().take_while(|line| could_head(line)).count();
        let followed = lines.get(at + short).is_some_and(|next| can_follow(next));
        if at > 0 && (1..=2).contains(&short) && followed {
            let words = lines[at..at + short].join(" / ");
            let what =
                message!("a short line before a paragraph became a heading: “{words}”", words);
            remarks.push(Remark::new(Fate::Guessed, what, ""));
            blocks.push(heading(&lines[at..at + short]));
            at += short;
        } else if let Some(item) = item(line) {
            push_item(&mut blocks, item);
            at += 1;
        } else {
            blocks.push(Block::Paragraph(vec![Inline::Text(line.clone())]));
            at += 1;
        }
    }
    blocks
}

/// Whether a line can stand under a heading: a paragraph, an item, a picture.
fn can_follow(line: &str) -> bool {
    match special(line) {
        None => !is_short(line) || item(line).is_some(),
        Some(found) => matches!(found, Special::Placeholder | Special::Numbered(_)),
    }
}

/// Whether a line may be a heading: short, without a mark at its end, and nothing else.
fn could_head(line: &str) -> bool {
    is_short(line) && special(line).is_none() && item(line).is_none()
}

/// A heading of one or two lines.
fn heading(lines: &[String]) -> Block {
    let mut content = Vec::new();
    for line in lines {
        if !content.is_empty() {
            content.push(Inline::Break);
        }
        content.push(Inline::Text(line.clone()));
    }
    let level = shape::level(&lines[0]).unwrap_or(2);
    Block::Heading(Heading { level, anchors: Vec::new(), numbered: true, content })
}

/// What follows the sign of an item.
fn item(line: &str) -> Option<&str> {
    let rest = line
        .strip_prefix(BULLETS)
        .or_else(|| line.strip_prefix("- "))
        .or_else(|| line.strip_prefix("* "))?;
    let rest = rest.trim_matches(is_blank);
    (!rest.is_empty() && !shape::is_end(line)).then_some(rest)
}

fn push_item(blocks: &mut Vec<Block>, words: &str) {
    let item = vec![Block::Paragraph(vec![Inline::Text(words.to_owned())])];
    match blocks.last_mut() {
        Some(Block::List { items, .. }) => items.push(item),
        Some(_) | None => blocks.push(Block::List { start: None, items: vec![item] }),
    }
}
