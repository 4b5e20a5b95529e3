//! Where the lines of a paragraph end: the cheapest way to divide it, by dynamic programming.
//!
//! Every line is priced by how far its gaps leave their natural width, the later tiers the dearer;
//! the sum over the paragraph is made as small as it can be. Sums of what stands before each place give
//! any line in constant time and a start is dropped as soon as its lines are too long, so the whole is linear.

mod variants;

pub use variants::Variants;

use std::collections::VecDeque;

use super::atoms::{Atom, Atoms, Body, End, Gap, SHRINKS, STRETCHES};
use super::style::{Adjust, Setting};
use crate::script::Class;
use crate::units::Length;

/// The price of using up each tier of shrinking, in the order of [`super::atoms::Shrink`]: blanks of
/// full stops are worth more than a line with letters well filled.
const SHRINK_PRICES: [f64; SHRINKS] = [2.0, 4.0, 40.0, 60.0, 80.0, 400.0];
/// The price of using up the tiers of stretching.
const STRETCH_PRICE: f64 = 5.0;
/// The price of stretching all gaps at all in a line of hanzi and marks, which takes them off their
/// grid: more than all blanks of the line (R24 before R25), and more than dividing a word nearby.
const OFF_GRID_PRICE: f64 = 2000.0;
/// The same in a line with letters or digits, whose hanzi stand on no grid: less than all blanks of
/// brackets and pauses, so that marks keep about as much of theirs as in lines of hanzi.
const OFF_GRID_MIXED_PRICE: f64 = 55.0;
/// How much dearer that is where the line lacks more than a character, which squeezing might take in.
const LACKING_PRICE: f64 = 300.0;
/// The price of stretching all gaps by a tenth of an em; it grows with the third power.
const SPREAD_PRICE: f64 = 200.0;
/// How much dearer a hyphen is where the line before ends with one.
const SECOND_HYPHEN: f64 = 4.0;
/// How many lines in a row may end with a hyphen (R33).
const MOST_HYPHENS: u8 = 2;
/// The price of a mark at the end of a line that keeps its blank, so that hanzi keep their grid: more
/// than all blanks of brackets and pauses in the line, less than those of stops.
const KEPT_PRICE: f64 = 150.0;
/// The price of a last line of a single character (孤字, R12).
const LONELY_PRICE: f64 = 2e4;
/// The price of a line past the edge; nothing else costs as much.
const OVERFULL_PRICE: f64 = 1e7;
/// The least that any line costs.
const LEAST_PRICE: f64 = 1.0;
/// Of so many parts of an em one is rounding.
const ROUNDING: i32 = 1000;
/// Prices closer than this are the same: then the line before is the fuller one.
const TIE: f64 = 1e-6;
/// The price of a break where none is allowed: more than stretching by an eighth of an em, less than
/// by a sixth.
const LET_GO_PRICE: f64 = 1000.0;
/// The price of a line that is left short, and again for every em that it lacks.
const SHORT_PRICE: f64 = 4000.0;
/// The same for a line of nothing that stretches, such as the middle of an address.
const RIGID_SHORT_PRICE: f64 = 150.0;

/// What the gaps of a line add up to, in scaled points.
#[derive(Clone, Copy, Debug, Default)]
pub struct Line {
    /// Width without any change.
    pub natural: i32,
    /// How much each tier can shrink.
    pub shrink: [i32; SHRINKS],
    /// How much each tier can stretch.
    pub stretch: [i32; STRETCHES],
    /// How many gaps stretch at last.
    pub elastic: i32,
}

impl Line {
    fn add(&mut self, gap: &Gap) {
        self.natural = self.natural.saturating_add(gap.natural.raw());
        if let Some((tier, by)) = gap.shrink {
            self.shrink[tier as usize] += by.raw();
        }
        if let Some((tier, by)) = gap.stretch {
            self.stretch[tier as usize] += by.raw();
        }
        self.elastic += i32::from(gap.elastic);
    }
}

/// What stands before a place adds up to, in scaled points. The sums wrap around, and their
/// differences are right all the same: no line is as long as 32,767 points.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    natural: i32,
    shrink: [i32; SHRINKS],
    /// All tiers of shrinking together.
    least: i32,
    /// All tiers of stretching together.
    most: i32,
    elastic: i32,
    /// Characters that are no marks.
    solid: i32,
    /// Atoms of letters and digits.
    western: i32,
}

impl Sums {
    fn atom(&mut self, atom: &Atom) {
        self.natural = self.natural.wrapping_add(atom.width.raw());
        self.solid = self.solid.wrapping_add(solid(atom));
        self.western = self.western.wrapping_add(i32::from(is_western(atom)));
    }

    fn gap(&mut self, gap: &Gap) {
        self.natural = self.natural.wrapping_add(gap.natural.raw());
        if let Some((tier, by)) = gap.shrink {
            let tier = &mut self.shrink[tier as usize];
            *tier = tier.wrapping_add(by.raw());
            self.least = self.least.wrapping_add(by.raw());
        }
        if let Some((_, by)) = gap.stretch {
            self.most = self.most.wrapping_add(by.raw());
        }
        self.elastic = self.elastic.wrapping_add(i32::from(gap.elastic));
    }

    /// What a line lacks that has `room` to spare.
    fn slack(&self, room: i32) -> Slack {
        Slack { room, most: self.most, elastic: self.elastic }
    }

    /// Whether a line with letters lacks more than a character of `em`.
    fn lacks(&self, room: i32, em: i32) -> bool {
        self.western > 0 && room - self.most > em + em / ROUNDING
    }

    /// What has been added since `before`.
    #[inline]
    fn since(&self, before: &Self) -> Self {
        Self {
            natural: self.natural.wrapping_sub(before.natural),
            shrink: std::array::from_fn(|at| self.shrink[at].wrapping_sub(before.shrink[at])),
            least: self.least.wrapping_sub(before.least),
            most: self.most.wrapping_sub(before.most),
            elastic: self.elastic.wrapping_sub(before.elastic),
            solid: self.solid.wrapping_sub(before.solid),
            western: self.western.wrapping_sub(before.western),
        }
    }
}

/// What a line lacks, and what gives before its hanzi do, in scaled points.
#[derive(Clone, Copy)]
struct Slack {
    /// What is left of the measure.
    room: i32,
    /// All tiers of stretching together.
    most: i32,
    /// How many gaps stretch at last.
    elastic: i32,
}

impl Slack {
    /// Whether hanzi leave their grid when the line is filled.
    fn off_grid(self, em: Length) -> bool {
        self.room - self.most > self.elastic.max(1) * (em.raw() / ROUNDING)
    }

    /// Whether the mark at the end of the line keeps its blank (R15): hanzi would leave their grid
    /// without it, and do not with it.
    fn keeps(self, trailing: Length, em: Length) -> bool {
        let kept = Self { room: self.room - trailing.raw(), ..self };
        trailing > Length::ZERO && kept.room >= 0 && self.off_grid(em) && !kept.off_grid(em)
    }
}

/// Where a line may begin.
#[derive(Clone, Copy, Debug)]
struct Node {
    /// Its first atom.
    start: usize,
    /// What stands before it, with the gap that vanishes there.
    before: Sums,
    /// What the lines before it cost.
    price: f64,
    /// How many of them end with a hyphen, the last and those next to it.
    hyphens: u8,
    /// The best line that ends here, by its place in the list.
    line: u32,
}

/// A line that may be one of the paragraph's.
struct Way {
    /// The atom after its last.
    end: u32,
    /// The line before it, by its place in the list.
    previous: u32,
}

impl Node {
    /// Where a paragraph is divided from atom `start` on.
    fn first(start: usize) -> Self {
        Self { start, before: Sums::default(), price: 0.0, hyphens: 0, line: 0 }
    }
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
    /// The most that a gap between hanzi may stretch, in scaled points.
    most_spread: i32,
}

impl Measure {
    /// The measure of paragraphs in a setting.
    pub fn new(setting: &Setting) -> Self {
        let em = i64::from(setting.text.size.raw());
        let most = em * 18 / 5 * em / i64::from(setting.measure.raw()).max(1);
        let most = most.clamp(em * 7 / 50, (em / 5).max(em * 7 / 50));
        Self {
            // A fifth of an em at most.
            most_spread: most as i32,
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

    fn of(&self, start: usize) -> i32 {
        if start == 0 { self.first } else { self.full }.raw()
    }

    /// What every one of a line's elastic gaps gets of `rest`; none where it is more than a line may be
    /// stretched, so that it is left short: a fifth of an em in lines of 18 ems, a seventh from 26 on.
    pub fn spread(&self, elastic: i32, rest: i32) -> Option<i32> {
        let spread = rest / elastic.max(1);
        (spread <= self.most_spread).then_some(spread)
    }
}

/// A place where a line may end.
struct Place {
    /// The atom after it.
    end: usize,
    /// Whether and how a line may end there.
    kind: End,
    /// What stands before it, without the gap there.
    at: Sums,
    /// The same with the gap.
    after: Sums,
}

/// A paragraph that is to be divided.
pub struct Breaker<'a> {
    atoms: &'a Atoms,
}

impl<'a> Breaker<'a> {
    /// Prepares a paragraph.
    pub fn new(atoms: &'a Atoms) -> Self {
        Self { atoms }
    }

    /// The places where a line may end that begins with atom `start` or a later one.
    fn places(&self, start: usize) -> impl Iterator<Item = Place> {
        let mut sum = Sums::default();
        let atoms = self.atoms.atoms.iter().zip(&self.atoms.gaps).enumerate().skip(start);
        atoms.filter_map(move |(index, (atom, gap))| {
            sum.atom(atom);
            let at = sum;
            sum.gap(gap);
            let place = Place { end: index + 1, kind: gap.end, at, after: sum };
            (gap.end != End::Never).then_some(place)
        })
    }

    /// The room that a hyphen takes where the line before atom `end` ends with one.
    fn hyphen_width(&self, end: usize) -> i32 {
        match self.atoms.gaps[end - 1].end {
            End::Hyphen(_) => self.atoms.hyphens[self.atoms.atoms[end - 1].piece as usize].raw(),
            End::Never | End::Allowed(_) | End::LetGo | End::Forced => 0,
        }
    }

    /// The lines: for each the atom after its last, and what its gaps add up to.
    pub fn lines(&self, measure: &Measure) -> Vec<(usize, Line)> {
        self.lines_of(&self.ends(measure), 0, measure)
    }

    /// The lines that end before the atoms `ends`, the first of them at `start`.
    pub fn lines_of(
        &self,
        ends: &[usize],
        mut start: usize,
        measure: &Measure,
    ) -> Vec<(usize, Line)> {
        let line =
            |&end: &usize| (end, self.line(std::mem::replace(&mut start, end), end, measure));
        ends.iter().map(line).collect()
    }

    /// The line of the atoms from `start` up to, not including, `end`; the gap there is no part of it,
    /// but for the blank of a mark that is to fill its em.
    fn line(&self, start: usize, end: usize, measure: &Measure) -> Line {
        let mut line = Line::default();
        self.atoms.gaps[start..end - 1].iter().for_each(|gap| line.add(gap));
        let widths = self.atoms.atoms[start..end].iter().map(|atom| atom.width);
        let natural = widths.sum::<Length>().raw().saturating_add(self.hyphen_width(end));
        line.natural = line.natural.saturating_add(natural);
        let gap = &self.atoms.gaps[end - 1];
        let room = measure.of(start).saturating_sub(line.natural);
        let slack = Slack { room, most: line.stretch.iter().sum(), elastic: line.elastic };
        let fills = measure.aim == Aim::Justified && gap.end != End::Forced;
        if fills && slack.keeps(gap.trailing, measure.em) {
            line.natural += gap.trailing.raw();
        }
        line
    }

    /// The ends of the lines: for each the atom after its last.
    fn ends(&self, measure: &Measure) -> Vec<usize> {
        let mut ways = vec![Way { end: 0, previous: 0 }];
        let mut nodes = VecDeque::from([Node::first(0)]);
        for place in self.places(0) {
            let from = self.best(&mut nodes, &place, measure);
            if place.kind == End::Forced {
                // Nothing reaches over a forced end.
                nodes.clear();
            }
            // A paragraph has fewer than 4 G atoms.
            nodes.push_back(Node { line: ways.len() as u32, ..from });
            ways.push(Way { end: place.end as u32, previous: from.line });
        }
        let mut ends = Vec::new();
        let mut at = ways.len() - 1;
        while at > 0 {
            ends.push(ways[at].end as usize);
            at = ways[at].previous as usize;
        }
        ends.reverse();
        ends
    }

    /// The node after the cheapest line that ends at a place, still with the line before that one.
    /// Starts too far back are dropped for good: lines from them only get longer. A start is passed
    /// over that is dearer by itself than the best so far, and the search ends where lines get too
    /// loose.
    fn best(&self, nodes: &mut VecDeque<Node>, place: &Place, measure: &Measure) -> Node {
        let &Place { end, kind, ref at, after } = place;
        let hyphen = self.hyphen_width(end);
        let room = |node: &Node| {
            measure.of(node.start) - at.natural.wrapping_sub(node.before.natural) - hyphen
        };
        let too_long = |node: &Node| room(node) + at.least.wrapping_sub(node.before.least) < 0;
        while nodes.len() > 1 && nodes.front().is_some_and(too_long) {
            nodes.pop_front();
        }
        // From further on all lines have a gap that stretches, as this one has.
        let stretches = end > 1 && self.atoms.gaps[end - 2].elastic;
        let mut best =
            Node { start: end, before: after, price: f64::INFINITY, hyphens: 0, line: 0 };
        for node in nodes.iter() {
            if node.price + LEAST_PRICE > best.price + TIE {
                continue;
            }
            let line = at.since(&node.before);
            let own = self.price(&line, room(node), node, end, measure);
            if node.price + own <= best.price + TIE {
                (best.price, best.line) = (node.price + own, node.line);
                best.hyphens = node.hyphens;
            } else if stretches && own > best.price && own > OVERFULL_PRICE {
                break;
            }
        }
        best.hyphens = match kind {
            End::Hyphen(_) => best.hyphens.saturating_add(1),
            End::Never | End::Allowed(_) | End::LetGo | End::Forced => 0,
        };
        best
    }

    /// What a line costs that has `room` to spare.
    #[inline]
    fn price(&self, line: &Sums, room: i32, from: &Node, end: usize, measure: &Measure) -> f64 {
        let Gap { end: kind, trailing, .. } = self.atoms.gaps[end - 1];
        let em = f64::from(measure.em.raw());
        let mut badness = if room < 0 {
            shrink_price(line, -room)
        } else if kind == End::Forced {
            0.0
        } else {
            let slack = f64::from(room) / em;
            match measure.aim {
                Aim::Justified => stretch_price(line, room, trailing, measure),
                // Prices are squared: the root makes the sum of what is left over count.
                Aim::Full => (1.0 + SPREAD_PRICE * slack).sqrt() - 1.0,
                Aim::Even => slack * slack,
            }
        };
        badness += match kind {
            End::Hyphen(_) if from.hyphens >= MOST_HYPHENS => SHORT_PRICE,
            End::Hyphen(price) if from.hyphens > 0 => SECOND_HYPHEN * f64::from(price),
            End::Hyphen(price) | End::Allowed(price) => f64::from(price),
            End::LetGo => LET_GO_PRICE,
            End::Never | End::Forced => 0.0,
        };
        if end == self.atoms.atoms.len() && from.start > 0 && line.solid < 2 {
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
fn solid(atom: &Atom) -> i32 {
    match &atom.body {
        _ if atom.first.is_mark() => 0,
        // A Latin word may stand alone on a last line, a letter may not.
        Body::Glyphs { text, .. } if is_western(atom) => i32::from(text.len().min(2) as u8),
        Body::Mark(_) => 0,
        Body::Glyphs { .. } | Body::Picture(_) | Body::Cell(_) => 1,
    }
}

/// What taking `need` out of a line costs: the tiers in their order, each before the next.
fn shrink_price(line: &Sums, need: i32) -> f64 {
    let mut rest = need;
    let mut price = 0.0;
    for (room, tier) in line.shrink.into_iter().zip(SHRINK_PRICES) {
        if rest > 0 && room > 0 {
            let taken = rest.min(room);
            price += tier * f64::from(taken) / f64::from(room);
            rest -= taken;
        }
    }
    if rest > 0 { OVERFULL_PRICE } else { price }
}

/// What filling `room` costs: the tiers together, then the blank of a mark at the end, then all gaps
/// alike.
fn stretch_price(line: &Sums, room: i32, trailing: Length, measure: &Measure) -> f64 {
    let rest = room - line.most;
    if rest <= 0 {
        return STRETCH_PRICE * f64::from(room) / f64::from(line.most.max(1));
    }
    if line.slack(room).keeps(trailing, measure.em) {
        return STRETCH_PRICE + KEPT_PRICE;
    }
    let em = measure.em.raw();
    let Some(spread) = measure.spread(line.elastic, rest) else {
        let rigid = line.elastic == 0 && rest < line.natural;
        let each = if rigid { RIGID_SHORT_PRICE } else { SHORT_PRICE };
        return STRETCH_PRICE + each * (1.0 + f64::from(rest) / f64::from(em));
    };
    if spread <= em / ROUNDING {
        return STRETCH_PRICE;
    }
    let off_grid = if line.western > 0 { OFF_GRID_MIXED_PRICE } else { OFF_GRID_PRICE };
    let lacking = if line.lacks(room, em) { LACKING_PRICE } else { 0.0 };
    let tenths = f64::from(spread) / f64::from(em) * 10.0;
    STRETCH_PRICE + off_grid + lacking + SPREAD_PRICE * tenths * tenths * tenths
}
