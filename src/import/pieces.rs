//! Paragraphs of word processors as blocks: their lists, quotations, code and captions are only
//! paragraphs in a manner, and their chapters only headings.

use super::article::{Article, Block, Fate, Figure, Heading, Inline, Note, Remark, Table, plain};
use super::shape;

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
    /// The words of a picture or a table.
    Caption(Vec<Inline>),
}

/// The blocks that pieces make.
pub(super) fn joined(pieces: Vec<Piece>, remarks: &mut Vec<Remark>) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut items: Vec<(usize, Option<u64>, Vec<Inline>)> = Vec::new();
    let mut caption: Option<Vec<Inline>> = None;
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
                blocks.extend(waiting.map(Block::Paragraph));
                items.push((level.min(9), start, content));
                open = false;
            }
            Piece::Quote(content) => {
                blocks.extend(waiting.map(Block::Paragraph));
                match blocks.last_mut() {
                    Some(Block::Quote(inside)) if open => inside.push(Block::Paragraph(content)),
                    Some(_) | None => blocks.push(Block::Quote(vec![Block::Paragraph(content)])),
                }
                open = true;
            }
            Piece::Code(line) => {
                blocks.extend(waiting.map(Block::Paragraph));
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
            Piece::Caption(content) => {
                blocks.extend(waiting.map(Block::Paragraph));
                caption = captioned(&mut blocks, content, pieces.peek(), remarks);
                open = false;
            }
            Piece::Block(mut block) => {
                match (waiting, &mut block) {
                    (Some(words), Block::Table(table)) => caption_table(table, words, remarks),
                    (Some(words), Block::Figure(figure)) => caption_figure(figure, &words, remarks),
                    (words, _) => blocks.extend(words.map(Block::Paragraph)),
                }
                blocks.push(block);
                open = false;
            }
        }
    }
    blocks.extend(listed(items));
    blocks.extend(caption.map(Block::Paragraph));
    blocks
}

/// Gives a caption to the picture or table before it; back where it is for what follows.
fn captioned(
    blocks: &mut [Block],
    content: Vec<Inline>,
    next: Option<&Piece>,
    remarks: &mut Vec<Remark>,
) -> Option<Vec<Inline>> {
    let is_for_table = plain(&content).trim_start().starts_with(['表', 'T']);
    let table_follows = matches!(next, Some(Piece::Block(Block::Table(_))));
    match blocks.last_mut() {
        Some(Block::Figure(figure))
            if figure.caption.is_empty() && !(is_for_table && table_follows) =>
        {
            caption_figure(figure, &content, remarks);
            None
        }
        Some(Block::Table(table)) if table.caption.is_empty() && !table_follows => {
            caption_table(table, content, remarks);
            None
        }
        Some(_) | None => Some(content),
    }
}

fn caption_figure(figure: &mut Figure, content: &[Inline], remarks: &mut Vec<Remark>) {
    let words = plain(content);
    figure.caption = without_number(&words).to_owned();
    let what = "the words below a picture; banxin counts pictures itself";
    remarks.push(Remark::new(Fate::Taken, what, words));
}

fn caption_table(table: &mut Table, content: Vec<Inline>, remarks: &mut Vec<Remark>) {
    let words = plain(&content);
    table.caption = vec![Inline::Text(without_number(&words).to_owned())];
    let what = "the words above a table; banxin counts tables itself";
    remarks.push(Remark::new(Fate::Taken, what, words));
}

/// A caption without 图 1-1, Table 2 and the like.
fn without_number(words: &str) -> &str {
    let words = words.trim();
    let label = ["图表", "图", "表", "Figure", "Table", "插图"];
    let Some(rest) = label.iter().find_map(|label| words.strip_prefix(label)) else { return words };
    let number = |c: char| c.is_ascii_digit() || "-–—.．一二三四五六七八九十 \u{a0}".contains(c);
    let after = rest.trim_start_matches(number);
    let has_number = rest.len() > after.len() && rest[..rest.len() - after.len()].trim() != "";
    let bare = after.trim_start_matches(['：', ':', '、', '\u{3000}', ' ']);
    if has_number && !bare.is_empty() { bare } else { words }
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

/// One article, or one for each heading of the first level where there are several.
pub(super) fn articles(whole: Whole, remarks: &mut Vec<Remark>) -> Vec<Article> {
    let is_first = |block: &Block| matches!(block, Block::Heading(it) if it.level == 1);
    let count = whole.blocks.iter().filter(|block| is_first(block)).count();
    let mut articles = vec![Article { title: whole.title, ..Article::default() }];
    for block in whole.blocks {
        match block {
            Block::Heading(Heading { level: 1, content, anchors, .. })
                if count > 1
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
    for article in &mut articles {
        shape::settle(article, remarks);
        let marks = format!("{:?}", (&article.title, &article.blocks));
        let is_marked = |note: &&Note| marks.contains(&format!("NoteMark({:?})", note.name));
        article.notes = whole.notes.iter().filter(is_marked).cloned().collect();
    }
    articles.retain(|article| !article.blocks.is_empty() || !article.title.is_empty());
    articles
}
