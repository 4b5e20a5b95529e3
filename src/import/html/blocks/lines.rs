//! Paragraphs: their characters, and where one ends.

use scraper::ElementRef;

use super::styles::Around;
use super::{Manner, Reader};
use crate::import::article::{Block, Inline, Mark, Style, Target, plain};

impl Reader<'_> {
    pub(super) fn text(&mut self, text: &str, around: &Around) {
        self.visible.push_str(text);
        let words = collapsed(text);
        // Banxin joins dots to the names that they stand in.
        let words = if self.is_own() { words.replace('\u{2060}', "") } else { words };
        let ends_blank = matches!(self.line.last(), None | Some(Inline::Break | Inline::Task(_)));
        let mut words = if ends_blank { words.trim_start_matches(' ') } else { &words };
        if words.is_empty() {
            return;
        }
        if std::mem::take(&mut self.at_item)
            && let Some(rest) = words.strip_prefix(['☑', '☐'])
        {
            self.line.push(Inline::Task(words.starts_with('☑')));
            words = rest.trim_start();
        }
        self.large &= around.large || words.trim().is_empty();
        self.said[0] += usize::from(!words.trim().is_empty());
        if let Some(entry) = self.entry.take() {
            let last = entry.rsplit('!').next().unwrap_or_default();
            match words.strip_prefix(last).filter(|_| !entry.contains(';')) {
                Some(rest) => {
                    let marked = vec![Inline::Text(last.to_owned())];
                    words = rest;
                    self.push_in(Inline::Marked(Mark::Entry(entry), marked), around);
                }
                None => self.line.push(Inline::Place(entry)),
            }
        }
        if !words.is_empty() {
            self.push_in(Inline::Text(words.to_owned()), around);
        }
    }

    /// Adds an inline in the manner of what is around it.
    pub(super) fn push_in(&mut self, mut inline: Inline, around: &Around) {
        for style in around.styles.iter().rev() {
            inline = Inline::Styled(*style, vec![inline]);
        }
        if let Some(target) = &around.link {
            if let Target::Anchor(anchor) = target {
                self.linked.insert(anchor.clone());
            }
            inline = Inline::Link(target.clone(), vec![inline]);
        }
        self.line.push(inline);
    }

    /// Puts the entry of the index that waits, where no words follow.
    pub(super) fn end_entry(&mut self) {
        self.line.extend(self.entry.take().map(Inline::Place));
    }

    /// Ends the paragraph: line ends in a row part it.
    pub(super) fn end_line(&mut self) {
        self.end_entry();
        let line = std::mem::take(&mut self.line);
        // A box stands before the first paragraph of its item.
        if matches!(line[..], [Inline::Task(_)]) {
            self.line = line;
            return;
        }
        let large = std::mem::replace(&mut self.large, true);
        for piece in parted(line, self.manner) {
            if plain(&piece).trim().is_empty() {
                let is_shown = |inline: &Inline| {
                    matches!(
                        inline,
                        Inline::Picture { .. }
                            | Inline::Code(_)
                            | Inline::NoteMark(_)
                            | Inline::Place(_)
                    )
                };
                let pictures = piece.into_iter().filter(is_shown);
                let rest: Vec<Inline> = pictures.collect();
                self.blocks.extend((!rest.is_empty()).then_some(Block::Paragraph(rest)));
                continue;
            }
            self.push_line(piece, large);
        }
        self.said[1] = self.said[0];
    }

    pub(super) fn ruby(&mut self, element: ElementRef<'_>) {
        let (mut base, mut reading) = (String::new(), String::new());
        for node in element.descendants() {
            let Some(text) = node.value().as_text() else { continue };
            let parent =
                node.parent().and_then(ElementRef::wrap).map(|parent| parent.value().name());
            match parent {
                Some("rt") => reading.push_str(text.trim()),
                Some("rp") => {}
                Some(_) | None => base.push_str(text.trim()),
            }
        }
        self.visible += &(base.clone() + &reading);
        self.said[0] += 1;
        self.end_entry();
        self.line.push(Inline::Ruby { base, reading });
    }
}

/// White space as one space; none between hanzi, where it only ends a line of the file.
fn collapsed(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if !matches!(c, ' ' | '\n' | '\t' | '\r' | '\u{c}') {
            words.push(c);
            continue;
        }
        let mut has_end = c == '\n';
        while let Some(next) =
            chars.next_if(|next| matches!(next, ' ' | '\n' | '\t' | '\r' | '\u{c}'))
        {
            has_end |= next == '\n';
        }
        let is_cjk = crate::script::is_cjk;
        let between = words.ends_with(is_cjk) && chars.peek().is_some_and(|next| is_cjk(*next));
        if !(has_end && between) {
            words.push(' ');
        }
    }
    words
}

/// Inlines parted where two or more line ends stand in a row; single ones part as well where the
/// lines are sentences, as pages do that have no paragraphs.
fn parted(line: Vec<Inline>, manner: Manner<'_>) -> Vec<Vec<Inline>> {
    let mut pieces = vec![Vec::new()];
    let mut inlines = line.into_iter().peekable();
    while let Some(inline) = inlines.next() {
        let parts = inline == Inline::Break && {
            let last = pieces.last().map(|piece: &Vec<Inline>| plain(piece)).unwrap_or_default();
            last.trim().is_empty()
                || (matches!(manner, Manner::Web) && ends_sentence(&last))
                || inlines.peek() == Some(&Inline::Break)
                || inlines.peek().is_none()
        };
        if parts {
            while inlines.next_if_eq(&Inline::Break).is_some() {}
            pieces.push(Vec::new());
        } else if let Some(piece) = pieces.last_mut() {
            piece.push(inline);
        }
    }
    pieces.into_iter().map(trimmed).filter(|piece| !piece.is_empty()).collect()
}

/// Whether a line ends as sentences do.
fn ends_sentence(line: &str) -> bool {
    line.trim_end().ends_with(['。', '！', '？', '”', '…', '：', '.'])
}

/// Inlines without line ends at their ends.
fn trimmed(mut piece: Vec<Inline>) -> Vec<Inline> {
    while piece.last() == Some(&Inline::Break) {
        piece.pop();
    }
    piece
}

/// The inlines of some blocks, one behind the other.
pub(super) fn in_line(blocks: Vec<Block>) -> Vec<Inline> {
    let mut row = Vec::new();
    for block in blocks {
        if !row.is_empty() {
            row.push(Inline::Text(" ".to_owned()));
        }
        row.extend(inlines_of(block));
    }
    row
}

/// The inlines of a block, as a cell holds them.
pub(super) fn inlines_of(block: Block) -> Vec<Inline> {
    match block {
        Block::Paragraph(content) => content,
        Block::Heading(heading) => vec![Inline::Styled(Style::Strong, heading.content)],
        Block::Quote(_)
        | Block::List { .. }
        | Block::Definitions(_)
        | Block::Code { .. }
        | Block::Figure(_)
        | Block::Table(_)
        | Block::Divider
        | Block::Markdown(_) => vec![Inline::Text(crate::import::markdown::words_of(&block))],
    }
}
