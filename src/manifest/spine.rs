//! `[cover.spine]`: the paper and the board that make a spine as wide as it is.

use std::ops::RangeInclusive;

use toml::Spanned;

use super::Spine;
use super::meaning::Reader;
use super::raw;
use crate::diag::Code;
use crate::message;
use crate::profile::Covers;
use crate::units::Length;

/// The grammage of papers, in g/m².
const WEIGHTS: RangeInclusive<f64> = 20.0..=500.0;
/// Their bulk, in cm³/g: from coated papers to the fluffiest.
const BULKS: RangeInclusive<f64> = 0.5..=3.0;
/// How thick a leaf can be.
const LEAVES: RangeInclusive<Length> = Length::mm(0.01)..=Length::mm(1.5);
/// How thick a cover can be.
const BOARDS: RangeInclusive<Length> = Length::ZERO..=Length::mm(5.0);
/// The grammage and the bulk of paper of which only the other is told: offset paper.
const OFFSET: (f64, f64) = (80.0, 1.25);

/// What a printer takes for a book that does not say.
pub fn usual(covers: &Covers) -> Spine {
    let leaf = covers.stocks.first().map_or(Length::ZERO, |(_, leaf)| *leaf);
    Spine { leaf, board: covers.board, span: None }
}

impl Reader<'_> {
    /// The leaf by its caliper, by grammage and bulk, or by the printer's name for the paper; and
    /// the board.
    pub fn spine(&mut self, given: Option<raw::Placed<raw::Spine>>, covers: &Covers) -> Spine {
        let usual = usual(covers);
        let Some(given) = given else { return usual };
        let span = Some(self.span(given.span()));
        let raw::Spine { stock, weight, bulk, caliper, board } = given.into_inner().0;
        let said = [
            stock.as_ref().map(Spanned::span),
            weight.as_ref().or(bulk.as_ref()).map(Spanned::span),
            caliper.as_ref().map(Spanned::span),
        ];
        if let Some(second) = said.into_iter().flatten().nth(1) {
            let message = "the thickness of a leaf is told twice";
            let hint = "keep one of `caliper`, `stock`, and `weight` with `bulk`";
            self.report(Code::BadValue, second, message).hint(hint);
        }
        let stock = stock.and_then(|stock| self.choose("stock", &stock, covers.stocks));
        let by_weight = (weight.is_some() || bulk.is_some()).then(|| {
            let weight = self.amount("weight", "g/m²", weight, &WEIGHTS).unwrap_or(OFFSET.0);
            let bulk = self.amount("bulk", "cm³/g", bulk, &BULKS).unwrap_or(OFFSET.1);
            leaf(weight, bulk)
        });
        let caliper = caliper.and_then(|given| self.length("caliper", &given, &LEAVES, "0.1mm"));
        let board = board.and_then(|given| self.length("board", &given, &BOARDS, "0.25mm"));
        Spine {
            leaf: caliper.or(by_weight).or(stock).unwrap_or(usual.leaf),
            board: board.unwrap_or(usual.board),
            span,
        }
    }

    /// A number that a paper can have.
    pub fn amount(
        &mut self,
        key: &str,
        unit: &str,
        given: Option<Spanned<f64>>,
        range: &RangeInclusive<f64>,
    ) -> Option<f64> {
        let given = given?;
        let amount = *given.get_ref();
        if range.contains(&amount) {
            return Some(amount);
        }
        let message = message!("`{key}` cannot be {amount} {unit}", key, amount, unit);
        let (least, most) = (range.start(), range.end());
        let hint = message!("papers have from {least} to {most} {unit}", least, most, unit);
        self.report(Code::BadValue, given.span(), message).hint(hint);
        None
    }
}

/// The thickness of a leaf: its grammage times its bulk, which is how ISO 534 defines the latter.
/// g/m² times cm³/g are thousandths of a millimetre.
fn leaf(weight: f64, bulk: f64) -> Length {
    Length::mm(weight * bulk / 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spine_is_its_leaves_and_twice_the_board() {
        let spine = Spine { leaf: leaf(80.0, 1.3), board: Length::mm(0.25), span: None };
        assert!((spine.leaf.as_mm() - 0.104).abs() < 1e-4);
        assert!((spine.width(320).as_mm() - (160.0 * 0.104 + 0.5)).abs() < 1e-2);
        // The last leaf is one, even if nothing stands on its other side.
        assert_eq!(spine.width(319), spine.width(320));
        assert_eq!(spine.width(0), Length::mm(0.25) * 2);
    }
}
