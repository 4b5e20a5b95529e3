//! Which pages share a sheet, so that they follow each other when it is folded.

use super::Leaf;
use super::chosen::Run;
use crate::profile::Binding;

/// The pages on both sides of a sheet that is folded once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Folded {
    /// Which signature it belongs to, from 0.
    pub signature: usize,
    /// How many sheets it lies inside of.
    pub depth: usize,
    /// On its front, left and right: the side that is outside when it is folded.
    pub front: [Option<Leaf>; 2],
    /// On its back, when it is turned around its short edge.
    pub back: [Option<Leaf>; 2],
}

/// The sheets of a booklet, each signature from its outermost sheet to its innermost. Blank pages
/// stand at the end, before the last pages of the run; signatures of at most `most` sheets differ by
/// no more than one.
pub fn sheets(run: Run, most: usize, spine: Binding) -> Vec<Folded> {
    let Run { mut pages, last } = run;
    let filled = (pages.len() + last.len()).next_multiple_of(4);
    pages.resize(filled - last.len(), None);
    pages.extend(last);
    let mut rest = pages.as_slice();
    let mut sheets = Vec::with_capacity(filled / 4);
    for (signature, count) in signatures(filled / 4, most).into_iter().enumerate() {
        let (own, others) = rest.split_at((count * 4).min(rest.len()));
        rest = others;
        sheets.extend((0..count).map(|depth| folded(own, signature, depth, spine)));
    }
    sheets
}

/// How many sheets each signature has.
pub fn signatures(sheets: usize, most: usize) -> Vec<usize> {
    let count = sheets.div_ceil(most.max(1));
    (0..count).map(|index| sheets / count + usize::from(index < sheets % count)).collect()
}

/// A sheet of a signature of `pages`: of the pages outside, the last stands beside the first.
fn folded(pages: &[Option<Leaf>], signature: usize, depth: usize, spine: Binding) -> Folded {
    let at = |index: usize| pages.get(index).copied().flatten();
    let (first, last) = (depth * 2, (pages.len() - 1).saturating_sub(depth * 2));
    let (front, back) = ([at(last), at(first)], [at(first + 1), at(last.saturating_sub(1))]);
    match spine {
        Binding::Left => Folded { signature, depth, front, back },
        Binding::Right => {
            let turned = |[left, right]: [Option<Leaf>; 2]| [right, left];
            Folded { signature, depth, front: turned(front), back: turned(back) }
        }
    }
}
