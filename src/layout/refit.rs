//! Paragraphs at the foot of a page, set a line longer or shorter so that the page is full (R50).

use std::collections::VecDeque;
use std::ops::Range;

use super::axis::Spot;
use super::blocks::{Keep, Kind, Origin, Strip, Strips};
use super::flow::Flow;
use super::set::{Galley, Paragraph};
use super::shape::Shapers;
use crate::book::AnchorId;

/// How many paragraphs of a page are tried, from its foot up.
const MOST_TRIED: usize = 4;
/// Of how many lines a paragraph may be to be set anew: a longer one gives way pages off.
const MOST_LINES: usize = 60;
/// What a full page may cost: two lines whose gaps stretch by a twentieth of an em. A page that is
/// short by a line is less of a fault than many lines off the grid.
const MOST_COST: f64 = 6e4;

/// Other lines for a paragraph.
#[derive(Debug)]
pub struct Offer {
    /// The first of the strips that they replace.
    start: usize,
    /// How many they replace.
    count: usize,
    strips: Vec<Strip>,
    /// What they cost more than the best lines.
    price: f64,
}

impl Offer {
    /// Puts the lines of the offer in place of those of the text, and keeps those: done twice, all is
    /// as before.
    pub fn exchange(&mut self, body: &mut VecDeque<Strip>) {
        let shared = self.count.min(self.strips.len());
        for (index, strip) in self.strips[..shared].iter_mut().enumerate() {
            std::mem::swap(&mut body[self.start + index], strip);
        }
        let count = self.strips.len();
        for (index, strip) in self.strips.drain(shared..).enumerate() {
            body.insert(self.start + shared + index, strip);
        }
        for _ in shared..self.count {
            self.strips.extend(body.remove(self.start + shared));
        }
        self.count = count;
    }

    /// Whether it is longer than what it replaces.
    fn is_longer(&self) -> bool {
        self.strips.len() > self.count
    }
}

/// The offers of the paragraphs that end among the first `used` strips of the text, or reach over
/// them; the last paragraph first.
pub fn offers(
    strips: &mut Strips<'_>,
    shapers: &Shapers<'_>,
    body: &VecDeque<Strip>,
    used: usize,
) -> Vec<Offer> {
    let mut offers = Vec::new();
    let mut tried = 0;
    let mut end = used + reaching_over(body, used);
    while end > 0 && tried < MOST_TRIED {
        let kind = body[end - 1].kind;
        let Kind::Line(number) = kind else {
            end -= 1;
            continue;
        };
        let count = body.range(..end).rev().take_while(|strip| strip.kind == kind).count();
        offers_of(
            &strips.origins[number],
            &mut strips.galley,
            shapers,
            body,
            end - count..end,
            &mut offers,
        );
        tried += 1;
        end -= count;
    }
    offers
}

/// How many lines of the paragraph at the foot of the page stand on the next.
fn reaching_over(body: &VecDeque<Strip>, used: usize) -> usize {
    let Some(Strip { kind: kind @ Kind::Line(_), .. }) =
        used.checked_sub(1).map(|last| &body[last])
    else {
        return 0;
    };
    body.range(used..).take_while(|strip| strip.kind == *kind).count()
}

/// Adds what a paragraph offers, whose lines from some on are the strips `range` of the text.
fn offers_of(
    origin: &Origin<'_>,
    galley: &mut Galley,
    shapers: &Shapers<'_>,
    body: &VecDeque<Strip>,
    range: Range<usize>,
    offers: &mut Vec<Offer>,
) {
    let Origin { inlines, folios, frame, lines, fixed, tags, range: _ } = origin;
    let before = lines - range.len();
    let from = before.max(*fixed);
    let (start, rest) = (range.end - (lines - from), lines - from);
    if *lines > MOST_LINES {
        return;
    }
    let flow = Flow::new(inlines, frame.setting.text, folios);
    let mut paragraph = Paragraph::new(&flow, frame.setting, shapers).tagged(*tags);
    let variants = paragraph.variants(from);
    let best = variants.price(rest).unwrap_or_default();
    // What began on the page before goes on with two lines at least.
    let least = if before > 0 { 2 } else { 1 };
    let counts = [rest.saturating_sub(1), rest + 1];
    for count in
        counts.into_iter().filter(|&count| count >= least && origin.range.contains(&(from + count)))
    {
        let (Some(price), Some(ends)) = (variants.price(count), variants.ends(count)) else {
            continue;
        };
        paragraph.end_otherwise(from, &ends);
        let line = |index| {
            let setting = frame.setting;
            let at = Spot { inline: frame.inline, block: setting.baseline() };
            let drawn = galley.stretch(|galley| paragraph.draw(from + index, at, shapers, galley));
            let keep = Keep::of_line(from + index, from + count);
            let begins = paragraph.begins(from + index);
            let anchors = paragraph.anchors(from + index).collect();
            Strip { height: setting.leading, drawn, keep, begins, anchors, ..Strip::default() }
        };
        let mut strips: Vec<Strip> = (0..count).map(line).collect();
        strips[0].space = body[start].space;
        let own = |anchor: &AnchorId| paragraph.all_anchors().any(|other| other == *anchor);
        let others = body[start].anchors.iter().filter(|anchor| !own(anchor));
        strips[0].anchors.extend(others);
        strips[count - 1].keep = body[range.end - 1].keep;
        offers.push(Offer { start, count: rest, strips, price: price - best });
    }
}

/// Which offers together give a page that lacks `free` lines as many, or take lines away so that what
/// comes next has room; the cheapest first. The offers of a plan are in their order.
pub fn plans(offers: &[Offer], free: usize) -> Vec<Vec<usize>> {
    let price = |plan: &[usize]| plan.iter().map(|&index| offers[index].price).sum::<f64>();
    let (mut longer, mut shorter): (Vec<usize>, Vec<usize>) =
        (0..offers.len()).partition(|&index| offers[index].is_longer());
    for side in [&mut longer, &mut shorter] {
        side.sort_by(|a, b| price(&[*a]).total_cmp(&price(&[*b])));
    }
    let mut plans: Vec<Vec<usize>> = shorter.iter().map(|&offer| vec![offer]).collect();
    plans.extend((2..=shorter.len()).map(|count| shorter[..count].to_vec()));
    if free == 1 {
        plans.extend(longer.iter().map(|&offer| vec![offer]));
    } else {
        plans.extend(longer.get(..free).map(<[usize]>::to_vec));
    }
    plans.sort_by(|a, b| price(a).total_cmp(&price(b)));
    plans.retain(|plan| price(plan) <= MOST_COST);
    plans.iter_mut().for_each(|plan| plan.sort_unstable());
    plans
}
