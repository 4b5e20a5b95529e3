//! Lists: they lie in each other as they are seen, and may go on after what parts them.

use super::text::Reader;
use crate::import::article::Block;
use crate::import::pieces::{self, Piece};
use crate::import::xml::Element;

/// Items that stand in a row.
struct List {
    start: Option<u64>,
    items: Vec<Vec<Block>>,
}

impl List {
    /// Ends the row; programs part lists in two that are seen as one.
    fn close(&mut self, pieces: &mut Vec<Piece>) {
        let mut items = std::mem::take(&mut self.items);
        if items.is_empty() {
            return;
        }
        let after = |start: &Option<u64>, count: usize| start.map(|it| it + count as u64);
        match pieces.last_mut() {
            Some(Piece::Block(Block::List { start, items: before }))
                if after(start, before.len()) == self.start =>
            {
                before.append(&mut items);
            }
            Some(_) | None => {
                pieces.push(Piece::Block(Block::List { start: self.start, items }));
            }
        }
    }

    /// The item that what lies deeper belongs to.
    fn above<'p>(&'p mut self, pieces: &'p mut [Piece]) -> Option<&'p mut Vec<Block>> {
        match (self.items.last_mut(), pieces.last_mut()) {
            (Some(item), _) => Some(item),
            (None, Some(Piece::Block(Block::List { items, .. }))) => items.last_mut(),
            (None, Some(_) | None) => None,
        }
    }
}

impl Reader<'_, '_> {
    /// A list, also of headings, which are no items then.
    pub(super) fn list(&mut self, element: &Element, pieces: &mut Vec<Piece>) {
        let level = self.nest.len();
        let style = self.list_style(element);
        let begin = self.styles.start(&style, level);
        let mut next = begin.map(|begin| self.continued(element, &style, level).unwrap_or(begin));
        let mut list = List { start: next, items: Vec::new() };
        self.nest.push(style.clone());
        for item in element.elements() {
            let mut inside = Vec::new();
            self.blocks(item, &mut inside);
            let is_heading = |piece: &Piece| matches!(piece, Piece::Block(Block::Heading(_)));
            if item.name == "text:list-header" || inside.iter().any(is_heading) {
                list.close(pieces);
                list.start = next;
                pieces.append(&mut inside);
                continue;
            }
            let said = item.attribute("text:start-value").and_then(|it| it.parse().ok());
            if let Some(said) = said.filter(|_| next.is_some_and(|next| Some(next) != said)) {
                list.close(pieces);
                next = Some(said);
                list.start = next;
            }
            let mut blocks = pieces::joined(inside, &mut self.remarks);
            if !matches!(blocks.first(), Some(Block::List { .. })) {
                if !blocks.is_empty() {
                    list.items.push(blocks);
                    next = next.map(|number| number.saturating_add(1));
                }
            } else if let Some(above) = list.above(pieces) {
                above.append(&mut blocks);
            } else {
                pieces.extend(blocks.into_iter().map(Piece::Block));
            }
        }
        self.nest.pop();
        list.close(pieces);
        if let Some(next) = next {
            self.numbers.insert((style, level), next);
            let id = element.attribute("xml:id").or_else(|| element.attribute("text:id"));
            self.numbers.extend(id.map(|id| ((with_sign(id), level), next)));
        }
    }

    /// A paragraph that says itself at which level of a list it is.
    pub(super) fn numbered_paragraph(&mut self, element: &Element, pieces: &mut Vec<Piece>) {
        let level = element.attribute("text:level").and_then(|it| it.parse::<usize>().ok());
        let level = level.unwrap_or(1).clamp(1, 10) - 1;
        let start = self.styles.start(&self.list_style(element), level);
        let mut inside = Vec::new();
        self.blocks(element, &mut inside);
        pieces.extend(inside.into_iter().map(|piece| match piece {
            Piece::Block(Block::Paragraph(content)) => Piece::Item { level, start, content },
            other => other,
        }));
    }

    /// The name of a list's style: its own, that of the list around it, that of its first paragraph.
    fn list_style(&self, element: &Element) -> String {
        let own = element.attribute("text:style-name").or(self.nest.last().map(String::as_str));
        own.map(str::to_owned)
            .or_else(|| {
                let first = element.find("text:p")?.attribute("text:style-name");
                self.styles.paragraph(first).list
            })
            .unwrap_or_default()
    }

    /// The number after that of the list that this one continues.
    fn continued(&self, element: &Element, style: &str, level: usize) -> Option<u64> {
        let before = element.attribute("text:continue-list").map(with_sign);
        let goes_on = element.attribute("text:continue-numbering") == Some("true");
        let before = before.or_else(|| goes_on.then(|| style.to_owned()))?;
        self.numbers.get(&(before, level)).copied()
    }
}

// Lists and their styles may be called alike.
fn with_sign(id: &str) -> String {
    format!("#{id}")
}
