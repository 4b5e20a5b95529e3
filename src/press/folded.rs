//! Sheets that are folded once: pages side by side at the fold.
//!
//! Where sheets lie in each other, the fold of each stands off by the thickness of those around it,
//! and at the fore edge it sticks out by as much. The knife cuts all at the outermost page's edge, so
//! that pages inside lose what sticks out. To keep their outer margins alike, what stands on a sheet
//! moves to the fold by
//!
//! ```text
//! creep = sheets outside it × thickness of a sheet
//! ```
//!
//! This is the sum of thicknesses that makers of imposition programs give for tight folds (Kodak Preps,
//! "Calculating Shingling Amounts": sheets × stock thickness; Impozycjoner, "Reduction of creeping
//! pages", with a quality of stapling of 1). A loose fold, a half circle, would take up to π/2 of it.

use crate::diag::{Code, Diagnostic, Outcome, Sink, Stopped};
use crate::manifest::{BookletChoice, BookletKind, Fitting};
use crate::message;
use crate::profile::Sheet;
use crate::units::{Length, Point, Rect, Scale, Size};

use super::chosen::Run;
use super::order::{self, Folded};
use super::{Frame, Leaf, Mark, Sheets, Side, Turn, marks};

/// The most paper that a stapler goes through, flat: some 25 sheets of office paper.
const STAPLED: Length = Length::mm(2.5);
/// The least size that pages can be read at.
const LEAST: i32 = 50_000;

/// Where pages stand on a sheet that is folded in its middle.
#[derive(Clone, Copy, Debug)]
pub struct Bed {
    /// The sheet, its long side across.
    pub size: Size,
    /// A page as large as it is printed.
    pub page: Size,
    /// How large that is.
    pub scale: Scale,
    /// How far pages reach beyond their edges, but for the spine.
    pub bleed: Length,
    /// How far the middles of type areas stand apart from those of pages, away from the spine.
    pub aside: Length,
}

impl Bed {
    /// The fold.
    pub fn fold(&self) -> Length {
        self.size.width / 2
    }

    /// The head of the pages.
    pub fn head(&self) -> Length {
        (self.size.height - self.page.height) / 2
    }
}

/// Puts the pages of a run on sheets that are folded.
///
/// # Errors
/// They are too large for the sheets.
pub fn impose(choice: &BookletChoice, sheet: &Sheet, run: Run, sink: &mut Sink) -> Outcome<Sheets> {
    let bed = bed(choice, sheet, sink)?;
    let sheets = order::sheets(run, choice.signature, choice.spine);
    warn_of_thickness(choice, &sheets, sink);
    let signatures = sheets.last().map_or(0, |last| last.signature + 1);
    let steps = (choice.kind == BookletKind::Gathered).then_some(signatures);
    let mut sides = Vec::with_capacity(sheets.len() * 2);
    for (index, sheet) in sheets.into_iter().enumerate() {
        let creep = creep(choice.thickness, sheet.depth);
        let label = |side| format!("{}{side}", index + 1);
        let mut of_front = if choice.marks { marks::around(&bed) } else { Vec::new() };
        let of_back = of_front.clone();
        let steps = steps.filter(|_| choice.marks && sheet.depth == 0);
        of_front.extend(steps.and_then(|steps| marks::step(&bed, sheet.signature, steps)));
        sides.push(side(&bed, sheet.front, creep, label('a'), of_front));
        sides.push(side(&bed, sheet.back, creep, label('b'), of_back));
    }
    Ok(Sheets { size: bed.size, turn: Turn::ShortEdge, sides })
}

/// How far what stands on a sheet moves to the fold.
pub fn creep(thickness: Length, depth: usize) -> Length {
    thickness * i32::try_from(depth).unwrap_or(i32::MAX)
}

/// Where pages stand, no larger than half a sheet.
fn bed(choice: &BookletChoice, sheet: &Sheet, sink: &mut Sink) -> Outcome<Bed> {
    let Size { width, height } = choice.printer.sheet;
    let size = Size { width: width.max(height), height: width.min(height) };
    let trim = sheet.trim;
    let across = Scale::fitting(trim.width, size.width / 2);
    let scale = across.min(Scale::fitting(trim.height, size.height));
    let at = choice.paper_at.clone();
    let refused = match choice.fitting {
        Fitting::Refuse => scale < Scale::FULL,
        Fitting::Shrink => scale.parts() < LEAST,
    };
    let (page, half) = (trim.in_mm(), Size { width: size.width / 2, height: size.height }.in_mm());
    if refused {
        let message = message!("a page has {page}, and half a sheet of paper {half}", page, half);
        let hint = "choose a larger `paper` in `[booklet]`, or `scale = \"fit\"`";
        sink.report(Diagnostic::new(Code::SheetTooSmall, at, message).hint(hint));
        return Err(Stopped);
    }
    if scale < Scale::FULL {
        let message = message!(
            "pages of {page} are printed at {percent} % of their size, to fit half a sheet of {half}",
            page,
            percent = format!("{:.1}", scale.percent()),
            half
        );
        let hint = "choose a larger `paper` in `[booklet]` to have them in full size";
        sink.report(Diagnostic::new(Code::BookletScaled, at, message).hint(hint));
    }
    Ok(Bed {
        size,
        page: Size { width: scale.of(trim.width), height: scale.of(trim.height) },
        scale,
        bleed: scale.of(choice.printer.bleed),
        aside: scale.of(sheet.margins.outer - sheet.margins.inner),
    })
}

/// Sheets that nobody can staple are told.
fn warn_of_thickness(choice: &BookletChoice, sheets: &[Folded], sink: &mut Sink) {
    let deepest = sheets.iter().map(|sheet| sheet.depth + 1).max().unwrap_or(0);
    let thick = creep(choice.thickness, deepest);
    if thick <= STAPLED {
        return;
    }
    let message = message!(
        "{deepest} sheets are folded into each other, {thick} mm of paper; a stapler takes {limit} mm",
        deepest,
        thick = format!("{:.1}", thick.as_mm()),
        limit = format!("{:.1}", STAPLED.as_mm())
    );
    let hint = "write `signature = 8` in `[booklet]`, or `kind = \"gathered\"`";
    sink.report(Diagnostic::new(Code::BookletThick, choice.paper_at.clone(), message).hint(hint));
}

/// A side with its two pages.
fn side(
    bed: &Bed,
    leaves: [Option<Leaf>; 2],
    creep: Length,
    label: String,
    marks: Vec<Mark>,
) -> Side {
    let [left, right] = leaves;
    let frames = left.map(|leaf| left_of(bed, leaf, creep));
    let frames = frames.into_iter().chain(right.map(|leaf| right_of(bed, leaf, creep)));
    Side { label, frames: frames.collect(), marks }
}

/// How far a page moves to the spine beside its creep: pages are set for a spine on the left when their
/// place is even, and on the right when it is odd; where it is the other, their margins change places.
fn margin(bed: &Bed, leaf: Leaf, odd: usize) -> Length {
    match leaf {
        Leaf::Page(index) if index % 2 != odd => bed.aside,
        Leaf::Page(_) | Leaf::Cover | Leaf::Back => Length::ZERO,
    }
}

fn left_of(bed: &Bed, leaf: Leaf, creep: Length) -> Frame {
    let edge = bed.fold() - bed.page.width;
    let x = edge + creep + margin(bed, leaf, 1);
    let outer = (edge - bed.bleed).max(Length::ZERO);
    frame(bed, leaf, x, (outer, bed.fold()))
}

fn right_of(bed: &Bed, leaf: Leaf, creep: Length) -> Frame {
    let edge = bed.fold() + bed.page.width;
    let x = bed.fold() - creep - margin(bed, leaf, 0);
    let outer = (edge + bed.bleed).min(bed.size.width);
    frame(bed, leaf, x, (bed.fold(), outer))
}

/// A page at `x` that is seen from one side to the other.
fn frame(bed: &Bed, leaf: Leaf, x: Length, (from, to): (Length, Length)) -> Frame {
    let head = (bed.head() - bed.bleed).max(Length::ZERO);
    let foot = (bed.head() + bed.page.height + bed.bleed).min(bed.size.height);
    Frame {
        leaf,
        corner: Point { x, y: bed.head() },
        scale: bed.scale,
        clip: Rect::new(from, head, to - from, foot - head),
    }
}
