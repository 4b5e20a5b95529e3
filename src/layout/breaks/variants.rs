//! A paragraph in another number of lines than its best: what a page asks for whose foot would be
//! left bare (R50).

use super::{
    Breaker, End, LACKING_PRICE, Measure, Node, OFF_GRID_MIXED_PRICE, Place, SPREAD_PRICE,
    STRETCH_PRICE,
};

/// No line of a variant costs more than stretching all gaps of one with letters by a tenth of an em: so
/// none is short, past the edge, of one character, divided where nothing but room asks for it, or of
/// hanzi off their grid. That one lacks more than a character is part of being a line longer, and free.
const MOST_PRICE: f64 = OFF_GRID_MIXED_PRICE + SPREAD_PRICE + STRETCH_PRICE;

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
    /// How many lines lead there.
    lines: usize,
    /// The way before.
    previous: usize,
}

impl Breaker<'_> {
    /// The variants of what stands from atom `start` on. The number of lines at any place is known
    /// within one or two, so that this is as linear as the search for the best.
    pub fn variants(&self, start: usize, measure: &Measure) -> Variants {
        let mut nodes = vec![Counted { node: Node::first(start), lines: 0, previous: 0 }];
        let mut oldest = 0;
        let mut since = 0;
        for place in self.places(start) {
            since = nodes.len();
            self.reach(&mut nodes, &mut oldest, &place, measure);
            if place.kind == End::Forced {
                // Nothing reaches over a forced end.
                oldest = since;
            }
        }
        let last = (since..nodes.len()).collect();
        Variants { nodes, last }
    }

    /// Adds the cheapest way to end a line at a place for each number of lines.
    fn reach(
        &self,
        nodes: &mut Vec<Counted>,
        oldest: &mut usize,
        place: &Place,
        measure: &Measure,
    ) {
        let end = place.end;
        let hyphen = matches!(place.kind, End::Hyphen(_));
        let since = nodes.len();
        for previous in *oldest..since {
            let Counted { node, lines, .. } = nodes[previous];
            let line = place.at.since(&node.before);
            let room = measure.of(node.start) - line.natural - self.hyphen_width(end);
            if room + line.least < 0 {
                if previous == *oldest {
                    *oldest += 1;
                }
                continue;
            }
            let price = self.price(&line, room, &node, end, measure);
            let lacks = line.lacks(room, measure.em.raw());
            let most = 1.0 + MOST_PRICE + if lacks { LACKING_PRICE } else { 0.0 };
            if price > most * most {
                continue;
            }
            let hyphens = if hyphen { node.hyphens.saturating_add(1) } else { 0 };
            let price = node.price + price;
            let node = Node { start: end, before: place.after, price, hyphens, line: 0 };
            let way = Counted { node, lines: lines + 1, previous };
            match nodes[since..].iter_mut().find(|other| other.lines == way.lines) {
                Some(other) if way.node.price < other.node.price => *other = way,
                Some(_) => {}
                None => nodes.push(way),
            }
        }
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
            at = self.nodes[at].previous;
        }
        ends.reverse();
        Some(ends)
    }

    fn find(&self, lines: usize) -> Option<usize> {
        self.last.iter().copied().find(|&index| self.nodes[index].lines == lines)
    }
}
