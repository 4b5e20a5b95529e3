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
    let mut remarks = Vec::new();
    let blocks = blocks(&lines(text), &mut remarks);
    let mut article = Article { blocks, ..Article::default() };
    shape::settle(&mut article, &mut remarks);
    Work { articles: vec![article], remarks, ..Work::default() }
}

/// What a paragraph, a heading, an item may be.
struct Line {
    words: String,
    /// Whether an empty line stands before it.
    is_apart: bool,
}

/// The lines of a text.
fn lines(text: &str) -> Vec<Line> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let bare = text.split('\n').map(|line| line.trim_matches(is_blank)).collect::<Vec<_>>();
    let mut lines = Vec::new();
    for group in bare.split(|line| line.is_empty()) {
        for (number, words) in unwrapped(group).into_iter().enumerate() {
            lines.push(Line { words, is_apart: number == 0 });
        }
    }
    lines
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
fn blocks(lines: &[Line], remarks: &mut Vec<Remark>) -> Vec<Block> {
    let may_head = may_head(lines);
    let mut blocks = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let short = may_head[at..].iter().take_while(|may| **may).count();
        let followed = lines.get(at + short).is_some_and(can_follow);
        let found = if at > 0 && followed { headings(&lines[at..at + short]) } else { Vec::new() };
        let words = &lines[at].words;
        at += found.iter().map(|lines| lines.len()).sum::<usize>().max(1);
        if !found.is_empty() {
            blocks.extend(found.into_iter().map(|lines| heading(lines, remarks)));
        } else if let Some(item) = item(words) {
            push_item(&mut blocks, item);
        } else {
            blocks.push(Block::Paragraph(vec![Inline::Text(words.clone())]));
        }
    }
    blocks
}

/// Which lines may be headings: short ones without a mark at their end that are nothing else.
///
/// A short question mostly is a sentence: people ask in dialogues, and writers ask themselves. It may
/// be a heading where it has a number, and where it stands in a row of one or two short lines between
/// empty ones in a text whose empty lines part stretches of several paragraphs, as digests and
/// interviews have them. Where each paragraph stands apart, that a question does too says nothing.
fn may_head(lines: &[Line]) -> Vec<bool> {
    let has_stretches = has_stretches(lines);
    let is_bare = |line: &Line| is_text(line) && is_short(&line.words);
    let groups = lines.chunk_by(|_, next| !next.is_apart);
    let may = groups.flat_map(|group| {
        let stands_out = has_stretches && group.len() <= 2 && group.iter().all(is_bare);
        group.iter().map(move |line| {
            let asks = line.words.ends_with(['？', '?']);
            is_bare(line) && (!asks || stands_out || shape::level(&line.words).is_some())
        })
    });
    may.collect()
}

/// Whether empty lines part stretches of paragraphs: most paragraphs that follow another do so
/// without one.
fn has_stretches(lines: &[Line]) -> bool {
    let is_paragraph = |line: &Line| is_text(line) && !is_short(&line.words);
    let pairs = lines.windows(2).filter(|pair| pair.iter().all(is_paragraph));
    let (apart, together): (Vec<_>, Vec<_>) = pairs.partition(|pair| pair[1].is_apart);
    together.len() > apart.len()
}

/// Whether a line is a paragraph or a heading.
fn is_text(line: &Line) -> bool {
    special(&line.words).is_none() && item(&line.words).is_none()
}

/// Whether a line that is no heading can stand under one: a paragraph, an item, a picture, a table.
fn can_follow(line: &Line) -> bool {
    match special(&line.words) {
        None | Some(Special::Placeholder | Special::Numbered(_) | Special::OfTable) => true,
        Some(
            Special::PictureSource(_) | Special::Caption(_) | Special::End | Special::Labels(_),
        ) => false,
    }
}

/// The headings that short lines before a paragraph are, each of one or two lines; none where there
/// are too many, as in verses and lists of names.
///
/// A heading ends where an empty line follows, and where the next line has a number of its own; a
/// number alone belongs to the line below it.
fn headings(lines: &[Line]) -> Vec<&[Line]> {
    let goes_on = |line: &Line, next: &Line| {
        shape::is_number(&line.words) || !next.is_apart && shape::level(&next.words).is_none()
    };
    let found: Vec<&[Line]> = lines.chunk_by(goes_on).collect();
    let lead_down = |pair: &[&[Line]]| shape::is_under(&pair[1][0].words, &pair[0][0].words);
    let are_few = found.len() <= 2 || found.windows(2).all(lead_down);
    if are_few && found.iter().all(|lines| lines.len() <= 2) { found } else { Vec::new() }
}

/// A heading of one or two lines.
fn heading(lines: &[Line], remarks: &mut Vec<Remark>) -> Block {
    let lines: Vec<&str> = lines.iter().map(|line| line.words.as_str()).collect();
    let words = lines.join(" / ");
    let what = message!("a short line before a paragraph became a heading: “{words}”", words);
    remarks.push(Remark::new(Fate::Guessed, what, ""));
    let level = shape::level(lines[0]).unwrap_or(2);
    let numbered = !shape::is_number(lines[0]);
    let mut content = Vec::new();
    if !numbered {
        content.push(Inline::Text(lines.join(" ")));
    } else {
        for line in lines {
            content.extend((!content.is_empty()).then_some(Inline::Break));
            content.push(Inline::Text(line.to_owned()));
        }
    }
    Block::Heading(Heading { level, anchors: Vec::new(), numbered, content })
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
