//! Paragraphs: their characters, and where one ends.

use scraper::ElementRef;

use super::Reader;
use super::styles::Around;
use crate::import::article::{Block, Inline, Style, Target, plain};

impl Reader<'_> {
    pub(super) fn text(&mut self, text: &str, around: &Around) {
        self.visible.push_str(text);
        let words = collapsed(text);
        let ends_blank = matches!(self.line.last(), None | Some(Inline::Break));
        let words = if ends_blank { words.trim_start_matches(' ') } else { words.as_str() };
        if words.is_empty() {
            return;
        }
        self.large &= around.large || words.trim().is_empty();
        self.said[0] += usize::from(!words.trim().is_empty());
        let mut inline = Inline::Text(words.to_owned());
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

    /// Ends the paragraph: line ends in a row part it.
    pub(super) fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        let large = std::mem::replace(&mut self.large, true);
        for piece in parted(line) {
            if plain(&piece).trim().is_empty() {
                let pictures = piece
                    .into_iter()
                    .filter(|inline| matches!(inline, Inline::Picture { .. } | Inline::Code(_)));
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
fn parted(line: Vec<Inline>) -> Vec<Vec<Inline>> {
    let mut pieces = vec![Vec::new()];
    let mut inlines = line.into_iter().peekable();
    while let Some(inline) = inlines.next() {
        let parts = inline == Inline::Break && {
            let last = pieces.last().map(|piece: &Vec<Inline>| plain(piece)).unwrap_or_default();
            last.trim().is_empty()
                || last.trim_end().ends_with(['。', '！', '？', '”', '…', '：', '.'])
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
