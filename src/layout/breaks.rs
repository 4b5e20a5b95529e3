//! Where the lines of a paragraph end: the cheapest way to divide it, by dynamic programming.
//!
//! Every line is priced by how far its gaps leave their natural width, the later tiers the dearer;
//! the sum over the paragraph is made as small as it can be. Prefix sums give any line in constant
//! time and a start is dropped as soon as its lines are too long, so the whole is linear.

mod variants;

pub use variants::Variants;

use super::atoms::{Atom, Atoms, Body, End, Gap, SHRINKS, STRETCHES};
use super::style::{Adjust, Setting};
use crate::script::Class;
use crate::units::Length;

/// The price of using up each tier of shrinking, in the order of [`super::atoms::Shrink`].
const SHRINK_PRICES: [f64; SHRINKS] = [2.0, 8.0, 12.0, 20.0, 40.0];
/// The price of using up a tier of stretching.
const STRETCH_PRICE: f64 = 5.0;
/// The price of stretching all gaps at all in a line of hanzi and marks, which takes them off their
/// grid: more than all blanks of the line (R24 before R25), and more than dividing a word nearby.
const OFF_GRID_PRICE: f64 = 1000.0;
/// The same in a line with letters or digits, whose hanzi stand on no grid.
const OFF_GRID_MIXED_PRICE: f64 = 100.0;
/// The price of stretching all gaps by a tenth of an em; it grows with the third power.
const SPREAD_PRICE: f64 = 200.0;
/// How much dearer a hyphen is where the line before ends with one.
const SECOND_HYPHEN: f64 = 4.0;
/// How many lines in a row may end with a hyphen (R33).
const MOST_HYPHENS: u8 = 2;
/// The price of a last line of a single character (孤字, R12).
const LONELY_PRICE: f64 = 2e4;
/// The price of a line past the edge; nothing else costs as much.
const OVERFULL_PRICE: f64 = 1e7;
/// Prices closer than this are the same: then the line before is the fuller one.
const TIE: f64 = 1e-6;
/// The price of a break where none is allowed: more than stretching by an eighth of an em, less than
/// by a sixth.
const LET_GO_PRICE: f64 = 1000.0;
/// The price of a line that is left short, and again for every em that it lacks.
const SHORT_PRICE: f64 = 4000.0;
/// The same for a line of nothing that stretches, such as the middle of an address.
const RIGID_SHORT_PRICE: f64 = 150.0;

/// Sums over the atoms and gaps before a place.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    natural: i64,
    shrink: [i64; SHRINKS],
    stretch: [i64; STRETCHES],
    elastic: i64,
    /// Characters that are no marks.
    solid: i64,
    /// Atoms of letters and digits.
    western: i64,
}

impl Sums {
    fn add(&mut self, gap: &Gap) {
        self.natural += i64::from(gap.natural.raw());
        if let Some((tier, by)) = gap.shrink {
            self.shrink[tier as usize] += i64::from(by.raw());
        }
        if let Some((tier, by)) = gap.stretch {
            self.stretch[tier as usize] += i64::from(by.raw());
        }
        self.elastic += i64::from(gap.elastic);
    }
}

/// What the gaps of a line add up to.
#[derive(Clone, Copy, Debug)]
pub struct Line {
    /// Width without any change, in scaled points.
    pub natural: i64,
    /// How much each tier can shrink.
    pub shrink: [i64; SHRINKS],
    /// How much each tier can stretch.
    pub stretch: [i64; STRETCHES],
    /// How many gaps stretch at last.
    pub elastic: i64,
}

/// One way to reach a place.
#[derive(Clone, Copy, Debug)]
struct Node {
    /// The first atom of the next line.
    start: usize,
    price: f64,
    /// The node before, by its place in the list.
    previous: usize,
    /// How many lines up to here end with a hyphen, one after the other.
    hyphens: u8,
}

/// What makes a line good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aim {
    /// It is flush at both ends with little change.
    Justified,
    /// It is full, so that the last is short.
    Full,
    /// It is as long as the others.
    Even,
}

/// The lengths of the lines of a paragraph.
#[derive(Clone, Copy, Debug)]
pub struct Measure {
    /// A full line.
    pub full: Length,
    /// What is left of the first.
    pub first: Length,
    /// One em of the text.
    pub em: Length,
    /// What makes a line good.
    pub aim: Aim,
}

impl Measure {
    /// The measure of paragraphs in a setting.
    pub fn new(setting: &Setting) -> Self {
        Self {
            full: setting.measure,
            first: setting.measure - setting.indent,
            em: setting.text.size,
            aim: match setting.adjust {
                Adjust::Justify => Aim::Justified,
                Adjust::Start | Adjust::End => Aim::Full,
                Adjust::Centre => Aim::Even,
            },
        }
    }

    fn of(&self, start: usize) -> i64 {
        i64::from(if start == 0 { self.first } else { self.full }.raw())
    }

    /// What every elastic gap of a line gets of `rest`; none where it is more than a line may be
    /// stretched, so that it is left short: a fifth of an em in lines of 18 ems, a seventh from 26 on.
    pub fn spread(&self, line: &Line, rest: i64) -> Option<i64> {
        let em = i64::from(self.em.raw());
        let most = em * 18 / 5 * em / i64::from(self.full.raw()).max(1);
        let most = most.clamp(em * 7 / 50, em / 5);
        let spread = rest / line.elastic.max(1);
        (spread <= most).then_some(spread)
    }
}

/// A paragraph with its sums.
pub struct Breaker<'a> {
    atoms: &'a Atoms,
    sums: Vec<Sums>,
}

impl<'a> Breaker<'a> {
    /// Prepares a paragraph.
    pub fn new(atoms: &'a Atoms) -> Self {
        let mut sums = Vec::with_capacity(atoms.atoms.len() + 1);
        let mut sum = Sums::default();
        sums.push(sum);
        for (atom, gap) in atoms.atoms.iter().zip(&atoms.gaps) {
            sum.natural += i64::from(atom.width.raw());
            sum.solid += solid(atom);
            sum.western += i64::from(is_western(atom));
            sum.add(gap);
            sums.push(sum);
        }
        Self { atoms, sums }
    }

    /// The line of the atoms from `start` up to, not including, `end`.
    fn line(&self, start: usize, end: usize) -> Line {
        let (from, to) = (&self.sums[start], &self.sums[end]);
        let last = &self.atoms.gaps[end - 1];
        // The gap at the line's end is not part of it.
        let mut own = Sums::default();
        own.add(last);
        let minus = |index: usize| to.shrink[index] - from.shrink[index] - own.shrink[index];
        let stretch = |index: usize| to.stretch[index] - from.stretch[index] - own.stretch[index];
        Line {
            natural: to.natural - from.natural - own.natural + self.hyphen_width(end),
            shrink: std::array::from_fn(minus),
            stretch: std::array::from_fn(stretch),
            elastic: to.elastic - from.elastic - own.elastic,
        }
    }

    /// The room that a hyphen takes where the line before atom `end` ends with one.
    fn hyphen_width(&self, end: usize) -> i64 {
        match self.atoms.gaps[end - 1].end {
            End::Hyphen(_) => {
                let piece = self.atoms.atoms[end - 1].piece as usize;
                i64::from(self.atoms.hyphens[piece].raw())
            }
            End::Never | End::Allowed(_) | End::LetGo | End::Forced => 0,
        }
    }

    /// The lines: for each the atom after its last, and what its gaps add up to.
    pub fn lines(&self, measure: &Measure) -> Vec<(usize, Line)> {
        let mut start = 0;
        let line = |end| (end, self.line(std::mem::replace(&mut start, end), end));
        self.ends(measure).into_iter().map(line).collect()
    }

    /// The ends of the lines: for each the atom after its last.
    fn ends(&self, measure: &Measure) -> Vec<usize> {
        let count = self.atoms.atoms.len();
        let mut nodes = vec![Node { start: 0, price: 0.0, previous: 0, hyphens: 0 }];
        let mut oldest = 0;
        for end in 1..=count {
            let kind = self.atoms.gaps[end - 1].end;
            if kind == End::Never {
                continue;
            }
            let node = self.best(&nodes, &mut oldest, end, measure);
            if kind == End::Forced {
                // Nothing reaches over a forced end.
                oldest = nodes.len();
            }
            nodes.push(node);
        }
        let mut ends = Vec::new();
        let mut at = nodes.len() - 1;
        while at > 0 {
            ends.push(nodes[at].start);
            at = nodes[at].previous;
        }
        ends.reverse();
        ends
    }

    /// The cheapest line that ends before atom `end`. Starts too far back are dropped for good:
    /// lines from them only get longer.
    fn best(&self, nodes: &[Node], oldest: &mut usize, end: usize, measure: &Measure) -> Node {
        let hyphen = matches!(self.atoms.gaps[end - 1].end, End::Hyphen(_));
        let mut best: Option<Node> = None;
        for (index, node) in nodes.iter().enumerate().skip(*oldest) {
            let line = self.line(node.start, end);
            let over = line.natural - line.shrink.iter().sum::<i64>() - measure.of(node.start);
            if over > 0 && index + 1 < nodes.len() {
                if index == *oldest {
                    *oldest += 1;
                }
                continue;
            }
            let price = node.price + self.price(&line, node, end, measure);
            let too_loose = price - node.price > OVERFULL_PRICE;
            if best.is_none_or(|best| price <= best.price + TIE) {
                let hyphens = if hyphen { node.hyphens + 1 } else { 0 };
                best = Some(Node { start: end, price, previous: index, hyphens });
            } else if too_loose {
                break;
            }
        }
        best.unwrap_or(Node { start: end, price: f64::MAX, previous: *oldest, hyphens: 0 })
    }

    /// What a line costs.
    fn price(&self, line: &Line, from: &Node, end: usize, measure: &Measure) -> f64 {
        let last = end == self.atoms.atoms.len();
        let room = measure.of(from.start) - line.natural;
        let em = f64::from(measure.em.raw());
        let mut badness = if room < 0 {
            shrink_price(line, -room)
        } else if self.atoms.gaps[end - 1].end == End::Forced {
            0.0
        } else {
            let slack = room as f64 / em;
            match measure.aim {
                Aim::Justified => {
                    let western = self.sums[end].western - self.sums[from.start].western;
                    let off_grid = if western > 0 { OFF_GRID_MIXED_PRICE } else { OFF_GRID_PRICE };
                    stretch_price(line, room, measure, off_grid)
                }
                // Prices are squared: the root makes the sum of what is left over count.
                Aim::Full => (1.0 + SPREAD_PRICE * slack).sqrt() - 1.0,
                Aim::Even => slack * slack,
            }
        };
        badness += match self.atoms.gaps[end - 1].end {
            End::Hyphen(_) if from.hyphens >= MOST_HYPHENS => SHORT_PRICE,
            End::Hyphen(price) if from.hyphens > 0 => SECOND_HYPHEN * f64::from(price),
            End::Hyphen(price) | End::Allowed(price) => f64::from(price),
            End::LetGo => LET_GO_PRICE,
            End::Never | End::Forced => 0.0,
        };
        let solid = self.sums[end].solid - self.sums[from.start].solid;
        if last && from.start > 0 && solid < 2 {
            badness += LONELY_PRICE;
        }
        (1.0 + badness) * (1.0 + badness)
    }
}

/// Whether an atom is of letters or digits.
fn is_western(atom: &Atom) -> bool {
    matches!(atom.first, Class::Letter | Class::Digit)
}

/// How many characters of an atom are no marks; more than two count as two.
fn solid(atom: &Atom) -> i64 {
    match &atom.body {
        _ if atom.first.is_mark() => 0,
        // A Latin word may stand alone on a last line, a letter may not.
        Body::Glyphs { text, .. } if is_western(atom) => i64::from(text.len().min(2) as u8),
        Body::Mark(_) => 0,
        Body::Glyphs { .. } | Body::Picture(_) | Body::Cell(_) => 1,
    }
}

/// What taking `need` out of a line costs: the tiers in their order, each before the next.
fn shrink_price(line: &Line, need: i64) -> f64 {
    let mut rest = need;
    let mut price = 0.0;
    for (room, tier) in line.shrink.into_iter().zip(SHRINK_PRICES) {
        if rest > 0 && room > 0 {
            let taken = rest.min(room);
            price += tier * taken as f64 / room as f64;
            rest -= taken;
        }
    }
    if rest > 0 { OVERFULL_PRICE } else { price }
}

/// What filling `room` costs: the tiers in their order, then all gaps alike.
fn stretch_price(line: &Line, room: i64, measure: &Measure, off_grid: f64) -> f64 {
    let em = f64::from(measure.em.raw());
    let mut rest = room;
    let mut price = 0.0;
    for tier in line.stretch {
        if rest > 0 && tier > 0 {
            let given = rest.min(tier);
            price += STRETCH_PRICE * given as f64 / tier as f64;
            rest -= given;
        }
    }
    let Some(spread) = measure.spread(line, rest) else {
        let rigid = line.elastic == 0 && rest < line.natural;
        let each = if rigid { RIGID_SHORT_PRICE } else { SHORT_PRICE };
        return price + each * (1.0 + rest as f64 / em);
    };
    let spread = spread as f64 / em;
    // Less than a thousandth of an em is rounding.
    let off_grid = if spread > 0.001 { off_grid } else { 0.0 };
    price + off_grid + SPREAD_PRICE * (spread / 0.10).powi(3)
}
