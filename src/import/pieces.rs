//! Paragraphs of word processors as blocks: their lists, quotations, code and captions are only
//! paragraphs in a manner, and their chapters only headings.

use std::collections::{BTreeMap, BTreeSet};

use super::article::{
    Article, Block, Fate, Heading, Inline, Note, Remark, Style, Work, is_strong, plain, unstyled,
};
use super::captions::{self, Words};
use super::markdown::words_of;
use super::shape;
use crate::message;

/// A paragraph or what else stands in a document.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Piece {
    /// What is a block already.
    Block(Block),
    /// An item of a list at a level from 0.
    Item { level: usize, start: Option<u64>, content: Vec<Inline> },
    /// A paragraph of a quotation.
    Quote(Vec<Inline>),
    /// A line of code.
    Code(String),
    /// The words of a picture or a table, and by which names links lead to them.
    Caption { content: Vec<Inline>, anchors: Vec<String> },
}

/// What the name of a style says of its paragraphs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// The title of the document.
    Title,
    /// The words of a picture or a table.
    Caption,
    /// Words of others.
    Quote,
    /// Lines of code.
    Code,
    /// Nothing that counts here.
    Plain,
}

impl Sort {
    /// What a name in small letters says.
    pub fn of(name: &str) -> Self {
        let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
        if matches!(name, "title" | "标题") {
            Self::Title
        } else if has(&["caption", "题注"]) {
            Self::Caption
        } else if has(&["quote", "quotation", "block text", "引用"]) {
            Self::Quote
        } else if has(&["code", "preformatted", "代码", "预设格式"]) {
            Self::Code
        } else {
            Self::Plain
        }
    }

    /// A paragraph that is neither a heading nor an item nor a caption.
    pub fn piece(self, content: Vec<Inline>) -> Piece {
        match self {
            Self::Quote => Piece::Quote(content),
            Self::Code => Piece::Code(lines(&content)),
            Self::Title | Self::Caption | Self::Plain => Piece::Block(Block::Paragraph(content)),
        }
    }
}

/// Whether the name of a style, in small letters, is one of characters in code.
pub(super) fn is_code(name: &str) -> bool {
    ["verbatim", "code", "source text", "teletype"].iter().any(|word| name.contains(word))
}

/// A paragraph, or the heading that it is: a bold line with a number. One without may be a heading
/// too, which is told.
fn guess(content: Vec<Inline>, remarks: &mut Vec<Remark>) -> Block {
    let words = plain(&content).trim().to_owned();
    if !is_strong(&content) || !shape::is_short(&words) || shape::special(&words).is_some() {
        return Block::Paragraph(content);
    }
    let level = shape::level(&words);
    let what = match level {
        Some(_) => message!("a bold line with a number became a heading: “{words}”", words),
        None => message!("a bold line stayed a paragraph; is it a heading? “{words}”", words),
    };
    remarks.push(Remark::new(Fate::Guessed, what, ""));
    let Some(level) = level else { return Block::Paragraph(content) };
    let content = unstyled(content);
    Block::Heading(Heading { level, anchors: Vec::new(), numbered: true, content })
}

/// Characters in a manner, outside which the marks of notes stay: they are small by themselves.
pub(super) fn styled(style: Style, content: Vec<Inline>) -> Vec<Inline> {
    let shifts = matches!(style, Style::Superscript | Style::Subscript);
    let is_note = |it: &Inline| shifts && matches!(it, Inline::NoteMark(_));
    let mut row = Vec::new();
    for part in content.chunk_by(|one, next| is_note(one) == is_note(next)) {
        if part.iter().any(is_note) {
            row.extend_from_slice(part);
        } else {
            row.push(Inline::Styled(style, part.to_vec()));
        }
    }
    row
}

/// Code with its line ends.
fn lines(content: &[Inline]) -> String {
    let pieces = content.iter().map(|inline| match inline {
        Inline::Break => "\n".to_owned(),
        other => plain(std::slice::from_ref(other)),
    });
    pieces.collect()
}

/// Whether inlines show nothing.
pub(super) fn is_empty(content: &[Inline]) -> bool {
    plain(content).trim().is_empty() && !content.iter().any(is_mark)
}

/// Whether an inline shows something that is no characters.
pub(super) fn is_mark(inline: &Inline) -> bool {
    match inline {
        Inline::NoteMark(_) | Inline::Picture { .. } | Inline::Reference { .. } => true,
        Inline::Styled(_, content) | Inline::Marked(_, content) | Inline::Link(_, content) => {
            content.iter().any(is_mark)
        }
        Inline::Text(_)
        | Inline::Code(_)
        | Inline::Ruby { .. }
        | Inline::Place(_)
        | Inline::Task(_)
        | Inline::Break => false,
    }
}

/// Adds characters to a row.
pub(super) fn push_text(content: &mut Vec<Inline>, text: &str) {
    if let Some(Inline::Text(before)) = content.last_mut() {
        before.push_str(text);
    } else {
        content.push(Inline::Text(text.to_owned()));
    }
}

/// The blocks that pieces make.
pub(super) fn joined(pieces: Vec<Piece>, remarks: &mut Vec<Remark>) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut items: Vec<(usize, Option<u64>, Vec<Inline>)> = Vec::new();
    let mut caption: Option<Words> = None;
    // What the last piece was: only neighbours are joined.
    let mut pieces = pieces.into_iter().peekable();
    let mut open = false;
    while let Some(piece) = pieces.next() {
        if !matches!(piece, Piece::Item { .. }) && !items.is_empty() {
            blocks.extend(listed(std::mem::take(&mut items)));
        }
        let waiting = caption.take();
        match piece {
            Piece::Item { level, start, content } => {
                blocks.extend(waiting.map(paragraph));
                items.push((level.min(9), start, content));
                open = false;
            }
            Piece::Quote(content) => {
                blocks.extend(waiting.map(paragraph));
                match blocks.last_mut() {
                    Some(Block::Quote(inside)) if open => inside.push(Block::Paragraph(content)),
                    Some(_) | None => blocks.push(Block::Quote(vec![Block::Paragraph(content)])),
                }
                open = true;
            }
            Piece::Code(line) => {
                blocks.extend(waiting.map(paragraph));
                match blocks.last_mut() {
                    Some(Block::Code { text, .. }) if open => {
                        text.push('\n');
                        text.push_str(&line);
                    }
                    Some(_) | None => {
                        blocks.push(Block::Code { language: String::new(), text: line });
                    }
                }
                open = true;
            }
            Piece::Caption { content, anchors } => {
                blocks.extend(waiting.map(paragraph));
                let words = Words { content, anchors };
                caption = captioned(&mut blocks, words, pieces.peek(), remarks);
                open = false;
            }
            Piece::Block(mut block) => {
                let left = waiting.and_then(|it| captions::give(Some(&mut block), it, remarks));
                blocks.extend(left.map(paragraph));
                blocks.push(block);
                open = false;
            }
        }
    }
    blocks.extend(listed(items));
    blocks.extend(caption.map(paragraph));
    blocks
}

fn paragraph(words: Words) -> Block {
    Block::Paragraph(words.content)
}

/// Gives words to the picture or table before them; back where they are for what follows.
fn captioned(
    blocks: &mut [Block],
    words: Words,
    next: Option<&Piece>,
    remarks: &mut Vec<Remark>,
) -> Option<Words> {
    let is_for_table = plain(&words.content).trim_start().starts_with(['表', 'T']);
    let table_follows = matches!(next, Some(Piece::Block(Block::Table(_))));
    match blocks.last_mut() {
        Some(Block::Figure(_)) if is_for_table && table_follows => Some(words),
        Some(Block::Table(_)) if table_follows => Some(words),
        before => captions::give(before, words, remarks),
    }
}

/// Items at their levels as lists in lists.
fn listed(items: Vec<(usize, Option<u64>, Vec<Inline>)>) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut items = items.into_iter().peekable();
    while let Some((level, start, content)) = items.next() {
        let mut deeper = Vec::new();
        while let Some(item) = items.next_if(|item| item.0 > level) {
            deeper.push(item);
        }
        let mut item = vec![Block::Paragraph(content)];
        item.extend(listed(deeper));
        match blocks.last_mut() {
            Some(Block::List { start: before, items }) if before.is_some() == start.is_some() => {
                items.push(item);
            }
            Some(_) | None => blocks.push(Block::List { start, items: vec![item] }),
        }
    }
    blocks
}

/// What is split into chapters.
pub(super) struct Whole {
    /// The title of the document; empty where it has none.
    pub title: Vec<Inline>,
    /// Its blocks.
    pub blocks: Vec<Block>,
    /// All its notes.
    pub notes: Vec<Note>,
}

/// What the properties of a document say; empty where they say nothing.
pub(super) struct Properties {
    pub title: String,
    pub author: String,
    pub date: String,
}

/// What a document is, as far as that can be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Extent {
    /// An article: its headings are those of sections.
    Article,
    /// A book: its headings of the first level begin chapters.
    Book,
}

/// The most characters of an article below a title.
const LONGEST_ARTICLE: usize = 15_000;

impl Extent {
    /// That of a document. Programs give the first level to the sections of an article as to the
    /// chapters of a book; a short document that shows a title of its own is an article.
    fn of(whole: &Whole) -> Self {
        let length: usize = whole.blocks.iter().map(|it| words_of(it).chars().count()).sum();
        let is_article = !whole.title.is_empty() && length <= LONGEST_ARTICLE;
        if is_article { Self::Article } else { Self::Book }
    }
}

/// Splits a document into its articles. Its properties give a title where it shows none.
pub(super) fn finish(mut whole: Whole, properties: Properties, work: &mut Work) {
    let Properties { title, author, date } = properties;
    let extent = Extent::of(&whole);
    if whole.title.is_empty() && !title.is_empty() {
        whole.title = vec![Inline::Text(title)];
    }
    work.title = plain(&whole.title);
    work.articles = articles(whole, extent, &mut work.remarks);
    work.remarks.extend(made(&author, &date));
}

/// Who made the file and when, as its properties say. They often name only whose computer it was, so
/// they are told and not set.
fn made(author: &str, date: &str) -> Option<Remark> {
    let said: Vec<&str> = [author, date].into_iter().filter(|it| !it.is_empty()).collect();
    let what = "who made the file and when, from its properties; add credits if they are right";
    (!said.is_empty()).then(|| Remark::new(Fate::Left, what, said.join(" · ")))
}

/// One article, or one for each heading of the first level where a book has several.
fn articles(whole: Whole, extent: Extent, remarks: &mut Vec<Remark>) -> Vec<Article> {
    let is_first = |block: &Block| matches!(block, Block::Heading(it) if it.level == 1);
    let count = whole.blocks.iter().filter(|block| is_first(block)).count();
    let mut articles = vec![Article { title: whole.title, ..Article::default() }];
    for block in whole.blocks {
        match block {
            Block::Heading(Heading { level: 1, content, anchors, .. })
                if extent == Extent::Book && count > 1
                    || articles.iter().all(|it| it.blocks.is_empty() && it.title.is_empty()) =>
            {
                articles.push(Article { title: content, anchors, ..Article::default() });
            }
            block => {
                if let Some(last) = articles.last_mut() {
                    last.blocks.push(block);
                }
            }
        }
    }
    // The title alone is the book's.
    if articles.len() > 1 && articles[0].blocks.is_empty() {
        let title = plain(&articles.remove(0).title);
        if !title.is_empty() {
            remarks.push(Remark::new(Fate::Taken, "the title of the whole", title));
        }
    }
    let notes: BTreeMap<String, Note> =
        whole.notes.into_iter().rev().map(|note| (note.name.clone(), note)).collect();
    for article in &mut articles {
        shape::settle(article, remarks);
        let blocks = std::mem::take(&mut article.blocks).into_iter();
        let guessed = blocks.map(|block| match block {
            Block::Paragraph(content) => guess(content, remarks),
            block => block,
        });
        article.blocks = guessed.collect();
        let marks = marks(article);
        article.notes = marks.iter().filter_map(|name| notes.get(name.as_str())).cloned().collect();
    }
    let is_empty = |article: &Article| article.blocks.is_empty() && article.title.is_empty();
    // Credits before the first heading have no chapter of their own.
    if articles.len() > 1 && is_empty(&articles[0]) {
        let page = articles.remove(0);
        articles[0].credits.splice(..0, page.credits);
    }
    articles.retain(|article| !is_empty(article));
    articles
}

/// The names of the notes that an article marks, as they are written down for debugging: marks
/// stand in every kind of block.
fn marks(article: &Article) -> BTreeSet<String> {
    let written = format!("{:?}", (&article.title, &article.blocks));
    let marks = written.split("NoteMark(\"").skip(1);
    marks.filter_map(|rest| rest.split_once("\")")).map(|(name, _)| name.to_owned()).collect()
}
