//! A paragraph in another number of lines than its best: what a page asks for whose foot would be
//! left bare (R50).

use super::{Breaker, End, Line, Measure, Node, OFF_GRID_MIXED_PRICE, SPREAD_PRICE, STRETCH_PRICE};
use crate::layout::atoms::STRETCHES;

/// No line of a variant costs more than stretching all gaps of one with letters by a tenth of an em: so
/// none is short, past the edge, of one character, divided where nothing but room asks for it, or of
/// hanzi off their grid.
const MOST_PRICE: f64 = OFF_GRID_MIXED_PRICE + SPREAD_PRICE + STRETCH_PRICE * STRETCHES as f64;

/// Every number of lines that a paragraph can be set in, with its cheapest ends.
pub struct Variants {
    nodes: Vec<Counted>,
    /// Those that reach the end of the paragraph.
    last: Vec<usize>,
}

/// A way to reach a place in a number of lines.
#[derive(Clone, Copy)]
struct Counted {
    node: Node,
    lines: usize,
}

impl Breaker<'_> {
    /// The variants of what stands from atom `start` on. The number of lines at any place is known
    /// within one or two, so that this is as linear as the search for the best.
    pub fn variants(&self, start: usize, measure: &Measure) -> Variants {
        let count = self.atoms.atoms.len();
        let first = Node { start, price: 0.0, previous: 0, hyphens: 0 };
        let mut nodes = vec![Counted { node: first, lines: 0 }];
        let mut oldest = 0;
        let mut since = 0;
        for end in start + 1..=count {
            let kind = self.atoms.gaps[end - 1].end;
            if kind == End::Never {
                continue;
            }
            since = nodes.len();
            self.reach(&mut nodes, &mut oldest, end, measure);
            if kind == End::Forced {
                // Nothing reaches over a forced end.
                oldest = since;
            }
        }
        let last = (since..nodes.len()).collect();
        Variants { nodes, last }
    }

    /// Adds the cheapest way to end a line before atom `end` for each number of lines.
    fn reach(&self, nodes: &mut Vec<Counted>, oldest: &mut usize, end: usize, measure: &Measure) {
        let hyphen = matches!(self.atoms.gaps[end - 1].end, End::Hyphen(_));
        let since = nodes.len();
        for previous in *oldest..since {
            let Counted { node, lines } = nodes[previous];
            let line = self.line(node.start, end);
            if line.natural - line.shrink.iter().sum::<i64>() > measure.of(node.start) {
                if previous == *oldest {
                    *oldest += 1;
                }
                continue;
            }
            let price = self.price(&line, &node, end, measure);
            if price > (1.0 + MOST_PRICE) * (1.0 + MOST_PRICE) {
                continue;
            }
            let hyphens = if hyphen { node.hyphens + 1 } else { 0 };
            let node = Node { start: end, price: node.price + price, previous, hyphens };
            let way = Counted { node, lines: lines + 1 };
            match nodes[since..].iter_mut().find(|other| other.lines == way.lines) {
                Some(other) if way.node.price < other.node.price => *other = way,
                Some(_) => {}
                None => nodes.push(way),
            }
        }
    }

    /// The lines of a variant: for each the atom after its last, and what its gaps add up to.
    pub fn lines_of(&self, ends: &[usize], mut start: usize) -> Vec<(usize, Line)> {
        let line = |&end: &usize| (end, self.line(std::mem::replace(&mut start, end), end));
        ends.iter().map(line).collect()
    }
}

impl Variants {
    /// The price of `lines` lines; none where the paragraph cannot be set in them.
    pub fn price(&self, lines: usize) -> Option<f64> {
        self.find(lines).map(|index| self.nodes[index].node.price)
    }

    /// The ends of `lines` lines: for each the atom after its last.
    pub fn ends(&self, lines: usize) -> Option<Vec<usize>> {
        let mut at = self.find(lines)?;
        let mut ends = Vec::with_capacity(lines);
        while self.nodes[at].lines > 0 {
            ends.push(self.nodes[at].node.start);
            at = self.nodes[at].node.previous;
        }
        ends.reverse();
        Some(ends)
    }

    fn find(&self, lines: usize) -> Option<usize> {
        self.last.iter().copied().find(|&index| self.nodes[index].lines == lines)
    }
}
