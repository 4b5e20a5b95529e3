//! Lengths and the plain geometry made of them.
//!
//! A [`Length`] is a whole number of scaled points (1/65 536 of a DTP point, 1/72 inch), so that
//! addition is exact, equality means equality, and the same book gives the same bytes on every
//! machine. No interface of this crate takes a bare number for a distance.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

/// A signed distance in scaled points; the range is about ±32 767 pt (11.5 m).
///
/// Arithmetic saturates instead of wrapping: a runaway size stays a size that checks can see.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Length(i32);

impl Length {
    /// No distance.
    pub const ZERO: Self = Self(0);
    /// The longest distance that can be said.
    pub const MAX: Self = Self(i32::MAX);
    /// Scaled points in one point.
    const PER_POINT: i32 = 65_536;
    /// Points in one millimetre.
    const POINTS_PER_MM: f64 = 72.0 / 25.4;

    /// A length of `points` DTP points, rounded to the nearest scaled point.
    pub const fn pt(points: f64) -> Self {
        // `as` saturates and maps NaN to zero, which is what a length wants.
        let scaled = points * Self::PER_POINT as f64;
        Self(if scaled < 0.0 { (scaled - 0.5) as i32 } else { (scaled + 0.5) as i32 })
    }

    /// A length of `millimetres`.
    pub const fn mm(millimetres: f64) -> Self {
        Self::pt(millimetres * Self::POINTS_PER_MM)
    }

    /// A length of `raw` scaled points.
    pub const fn from_raw(raw: i32) -> Self {
        Self(raw)
    }

    /// The length that a text gives in millimetres or points: `3mm`, `8.5 pt`.
    pub fn parse(text: &str) -> Option<Self> {
        let (number, unit): (&str, fn(f64) -> Self) = match text.strip_suffix("mm") {
            Some(number) => (number, Self::mm),
            None => (text.strip_suffix("pt")?, Self::pt),
        };
        let number: f64 = number.trim().parse().ok()?;
        number.is_finite().then(|| unit(number))
    }

    /// The number of scaled points.
    pub const fn raw(self) -> i32 {
        self.0
    }

    /// The length in points.
    pub fn as_pt(self) -> f64 {
        f64::from(self.0) / f64::from(Self::PER_POINT)
    }

    /// The length in millimetres.
    pub fn as_mm(self) -> f64 {
        self.as_pt() / Self::POINTS_PER_MM
    }

    /// `numerator / denominator` of this length, rounded to the nearest scaled point.
    ///
    /// A `denominator` of zero or below counts as one.
    pub const fn fraction(self, numerator: i32, denominator: i32) -> Self {
        let denominator = if denominator < 1 { 1 } else { denominator as i64 };
        let product = self.0 as i64 * numerator as i64;
        let half = if product < 0 { -denominator / 2 } else { denominator / 2 };
        let quotient = (product + half) / denominator;
        if quotient > i32::MAX as i64 {
            Self(i32::MAX)
        } else if quotient < i32::MIN as i64 {
            Self(i32::MIN)
        } else {
            Self(quotient as i32)
        }
    }

    /// How many whole `unit`s fit into this length; none for an empty unit.
    pub fn whole(self, unit: Self) -> i32 {
        self.0.checked_div(unit.0).unwrap_or(0)
    }

    /// The distance without its sign.
    pub const fn abs(self) -> Self {
        Self(self.0.saturating_abs())
    }
}

impl fmt::Debug for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// Points with up to three decimals: `10.5pt`.
impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}pt", (self.as_pt() * 1000.0).round() / 1000.0)
    }
}

impl Add for Length {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Length {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Neg for Length {
    type Output = Self;
    fn neg(self) -> Self {
        Self(self.0.saturating_neg())
    }
}

impl Mul<i32> for Length {
    type Output = Self;
    fn mul(self, factor: i32) -> Self {
        Self(self.0.saturating_mul(factor))
    }
}

impl Div<i32> for Length {
    type Output = Self;
    fn div(self, divisor: i32) -> Self {
        self.fraction(1, divisor)
    }
}

impl AddAssign for Length {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl SubAssign for Length {
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

impl Sum for Length {
    fn sum<I: Iterator<Item = Self>>(lengths: I) -> Self {
        lengths.fold(Self::ZERO, Add::add)
    }
}

/// What a length is multiplied by, in hundred-thousandths: from nothing to its own size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Scale(i32);

impl Scale {
    /// The parts that a scale is counted in.
    const PARTS: i32 = 100_000;
    /// Lengths as they are.
    pub const FULL: Self = Self(Self::PARTS);

    /// The largest scale at which `length` is no longer than `room`, and no larger than it is.
    pub fn fitting(length: Length, room: Length) -> Self {
        let parts = i64::from(room.raw().max(0)) * i64::from(Self::PARTS);
        let scale = parts / i64::from(length.raw().max(1));
        Self(i32::try_from(scale).map_or(Self::PARTS, |scale| scale.min(Self::PARTS)))
    }

    /// A length at this scale.
    pub const fn of(self, length: Length) -> Length {
        length.fraction(self.0, Self::PARTS)
    }

    /// In hundred-thousandths.
    pub const fn parts(self) -> i32 {
        self.0
    }

    /// In per cent.
    pub fn percent(self) -> f64 {
        f64::from(self.0) * 100.0 / f64::from(Self::PARTS)
    }
}

/// A width and a height.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    /// Extent from left to right.
    pub width: Length,
    /// Extent from top to bottom.
    pub height: Length,
}

impl Size {
    /// Millimetres with up to one decimal, as paper is named: `148 × 210 mm`.
    pub fn in_mm(self) -> String {
        let tenths = |length: Length| (length.as_mm() * 10.0).round() / 10.0;
        format!("{} × {} mm", tenths(self.width), tenths(self.height))
    }
}

/// A place on a page: from the left and from the top of the trimmed page, both growing inwards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Point {
    /// Distance from the left edge.
    pub x: Length,
    /// Distance from the top edge.
    pub y: Length,
}

/// A rectangle on a page, by its top-left corner and its size.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rect {
    /// The top-left corner.
    pub origin: Point,
    /// Width and height.
    pub size: Size,
}

impl Rect {
    /// The rectangle with its corner at `x`, `y`.
    pub const fn new(x: Length, y: Length, width: Length, height: Length) -> Self {
        Self { origin: Point { x, y }, size: Size { width, height } }
    }

    /// The right edge.
    pub fn right(self) -> Length {
        self.origin.x + self.size.width
    }

    /// The bottom edge.
    pub fn bottom(self) -> Length {
        self.origin.y + self.size.height
    }
}

/// Distances at the four sides of a page of a bound book.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sides {
    /// At the head of the page.
    pub head: Length,
    /// At the foot of the page.
    pub foot: Length,
    /// At the spine.
    pub inner: Length,
    /// At the fore edge.
    pub outer: Length,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_exact_to_a_scaled_point() {
        assert_eq!(Length::pt(10.5) * 26, Length::pt(273.0));
        assert_eq!(Length::mm(25.4), Length::pt(72.0));
        assert_eq!(Length::pt(10.5).fraction(1, 4).as_pt(), 2.625);
        assert_eq!(Length::pt(17.5).to_string(), "17.5pt");
    }

    #[test]
    fn a_length_is_a_number_with_its_unit() {
        assert_eq!(Length::parse("3mm"), Some(Length::mm(3.0)));
        assert_eq!(Length::parse("8.5 pt"), Some(Length::pt(8.5)));
        for nonsense in ["3", "mm", "", "3 cm", "nanmm", "infpt", "三mm"] {
            assert_eq!(Length::parse(nonsense), None, "{nonsense}");
        }
    }

    #[test]
    fn a_scale_is_the_largest_that_fits_and_never_enlarges() {
        let fitting = |length, room| Scale::fitting(Length::mm(length), Length::mm(room));
        assert_eq!(fitting(148.0, 148.5), Scale::FULL);
        assert_eq!(fitting(185.0, 148.5).parts(), 80_270);
        assert_eq!(fitting(185.0, 0.0).of(Length::MAX), Length::ZERO);
        assert_eq!(Scale::fitting(Length::ZERO, Length::MAX), Scale::FULL);
        let scale = fitting(200.0, 100.0);
        assert_eq!((scale.of(Length::pt(3.0)), scale.percent()), (Length::pt(1.5), 50.0));
    }

    #[test]
    fn a_runaway_length_saturates() {
        assert_eq!(Length::MAX + Length::pt(1.0), Length::MAX);
        assert_eq!(Length::MAX * 2, Length::MAX);
        assert_eq!(Length::pt(f64::NAN), Length::ZERO);
        assert_eq!(Length::pt(5.0).whole(Length::ZERO), 0);
    }
}
