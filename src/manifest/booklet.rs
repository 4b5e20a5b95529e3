//! `[booklet]`: how the pages are put on sheets that are folded or handed out.

use std::ops::RangeInclusive;

use toml::Spanned;

use super::meaning::Reader;
use super::raw::{self, Text};
use crate::diag::{Code, Place};
use crate::files;
use crate::message;
use crate::profile::{Binding, Colours, Printer, SHEETS};
use crate::units::{Length, Size};

/// How thick papers are: from bible paper to board.
const THICKNESS: RangeInclusive<Length> = Length::mm(0.02)..=Length::mm(1.0);
/// Their grammage, in g/m².
const WEIGHTS: RangeInclusive<f64> = 20.0..=500.0;
/// Their bulk, in cm³/g: from coated papers to the fluffiest.
const BULKS: RangeInclusive<f64> = 0.5..=3.0;
/// Office paper, for what is not told: grammage and bulk, which make a tenth of a millimetre.
const OFFICE: (f64, f64) = (80.0, 1.25);
/// How many sheets can be folded into each other at all.
const SIGNATURES: RangeInclusive<i64> = 1..=100;
/// The sheets of a signature of a gathered book that does not say: sixteen pages.
const GATHERED: usize = 4;
/// About the most bytes of what tells the file of a part.
const LONGEST_NAME: usize = 60;
/// From line to line where notes are written.
const LINES: RangeInclusive<Length> = Length::mm(4.0)..=Length::mm(30.0);

/// How pages are put on sheets.
#[derive(Clone, Debug, PartialEq)]
pub struct BookletChoice {
    /// What becomes of the sheets.
    pub kind: BookletKind,
    /// What prints them, and on which paper.
    pub printer: Printer,
    /// The most sheets that are folded into each other; without a limit [`usize::MAX`].
    pub signature: usize,
    /// How thick a sheet is.
    pub thickness: Length,
    /// Whether the covers are pages of it.
    pub cover: CoverPages,
    /// Whether folds, cuts and the order of signatures are marked.
    pub marks: bool,
    /// Where a closed booklet is bound.
    pub spine: Binding,
    /// What is done with pages that are larger than their place.
    pub fitting: Fitting,
    /// Where notes are written on a handout.
    pub notes: Notes,
    /// From line to line there.
    pub lines: Length,
    /// Which pages it has.
    pub part: Part,
    /// Where that is said.
    pub part_at: Place,
    /// Where the paper is chosen.
    pub paper_at: Place,
}

/// What becomes of sheets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BookletKind {
    /// They are folded into each other and stapled through the fold.
    Saddle,
    /// Signatures of them lie one behind the other, and are glued or sewn.
    Gathered,
    /// They are handed out with two pages on a side.
    HandoutTwo,
    /// They are handed out with four.
    HandoutFour,
}

/// Whether the covers are pages of a booklet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CoverPages {
    /// The first and the last.
    With,
    /// They are made apart.
    Without,
}

/// What is done with pages that are larger than their place on a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fitting {
    /// They are made smaller.
    Shrink,
    /// They are refused.
    Refuse,
}

/// Where notes are written on a handout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notes {
    /// On lines beside each page.
    Beside,
    /// On lines below it.
    Below,
    /// Nowhere.
    Nowhere,
}

/// Which pages a booklet has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// All.
    Whole,
    /// Those from one number to another, as printed on them.
    Pages(Vec<(String, String)>),
    /// Those of chapters, by their files.
    Chapters(Vec<String>),
}

impl Default for BookletChoice {
    fn default() -> Self {
        Self {
            kind: BookletKind::Saddle,
            printer: Printer::copies(SHEETS[1].1, Colours::Grey, Printer::default().bleed),
            signature: usize::MAX,
            thickness: thickness(OFFICE),
            cover: CoverPages::With,
            marks: true,
            spine: Binding::Left,
            fitting: Fitting::Shrink,
            notes: Notes::Nowhere,
            lines: Length::mm(8.0),
            part: Part::Whole,
            part_at: Place::Book,
            paper_at: Place::Book,
        }
    }
}

impl BookletChoice {
    /// Keeps a part that was asked for elsewhere; the whole leaves it as it is.
    pub fn narrow(&mut self, part: Part) {
        if part != Part::Whole {
            (self.part, self.part_at) = (part, Place::Book);
        }
    }
}

impl Part {
    /// What tells its file from that of all pages: `pages-12-25`, `one_two` of the chapters `one.md`
    /// and `two.md`; none for all pages.
    pub fn name(&self) -> Option<String> {
        let (kind, parts): (&str, Vec<String>) = match self {
            Self::Whole => return None,
            Self::Pages(ranges) => {
                let range = |(from, to): &(String, String)| {
                    let range = if from == to { from.clone() } else { format!("{from}-{to}") };
                    range.to_lowercase()
                };
                ("pages-", ranges.iter().map(range).collect())
            }
            Self::Chapters(files) => ("", files.iter().map(|file| stem(file).to_owned()).collect()),
        };
        let mut name = kind.to_owned();
        for (index, part) in parts.iter().enumerate() {
            let part = part.replace(|c: char| !files::suits_names(c) && c != '_', "-");
            let part = &part[..part.floor_char_boundary(LONGEST_NAME)];
            if index > 0 && name.len() + part.len() > LONGEST_NAME {
                name += &format!("_and-{}-more", parts.len() - index);
                break;
            }
            name += if index > 0 { "_" } else { "" };
            name += part;
        }
        Some(name)
    }

    /// The pages that a text names: `12-25`, `iii, 1-4`; none for a text that names none.
    pub fn pages(text: &str) -> Option<Self> {
        let range = |part: &str| {
            let (from, to) = part.split_once(['-', '–', '—', '～', '~']).unwrap_or((part, part));
            let (from, to) = (from.trim(), to.trim());
            (!from.is_empty() && !to.is_empty()).then(|| (from.to_owned(), to.to_owned()))
        };
        text.split([',', '，', '、']).map(range).collect::<Option<Vec<_>>>().map(Self::Pages)
    }
}

/// The name of a chapter's file without its ending.
pub fn stem(file: &str) -> &str {
    let name = file.rsplit('/').next().unwrap_or(file);
    name.strip_suffix(".md").unwrap_or(name)
}

/// A sheet's thickness by grammage and bulk: g/m² × cm³/g are micrometres.
fn thickness((weight, bulk): (f64, f64)) -> Length {
    Length::mm(weight * bulk / 1000.0)
}

impl Reader<'_> {
    /// The booklet of a book that `printer` prints and that is bound so.
    pub fn booklet(
        &mut self,
        given: raw::Booklet,
        printer: &Printer,
        binding: Binding,
    ) -> BookletChoice {
        let usual = BookletChoice::default();
        let kind = given.kind.and_then(|kind| self.choose("kind", &kind, &KINDS));
        let kind = kind.unwrap_or(usual.kind);
        let (signature, cover, notes) = habits(kind);
        let paper_at = given.paper.as_ref().map(|paper| Place::Span(self.span(paper.span())));
        let paper = given.paper.and_then(|paper| self.choose("paper", &paper, &SHEETS));
        let paper: Size = paper.unwrap_or(usual.printer.sheet);
        let colours = given.colour.and_then(|colour| self.choose("colour", &colour, &COLOURS));
        let colours = colours.unwrap_or(match printer.colours {
            Colours::All => Colours::All,
            Colours::Grey | Colours::Cmyk => Colours::Grey,
        });
        let (part, part_at) = self.pages_of_booklet(given.pages, given.chapters);
        BookletChoice {
            kind,
            printer: Printer::copies(paper, colours, printer.bleed),
            signature: given.signature.map_or(signature, |count| self.signature(&count)),
            thickness: self.sheet_thickness(given.thickness, given.weight, given.bulk),
            cover: match given.cover {
                Some(true) => CoverPages::With,
                Some(false) => CoverPages::Without,
                None => cover,
            },
            marks: given.marks.unwrap_or(usual.marks),
            spine: binding,
            fitting: given
                .scale
                .and_then(|scale| self.choose("scale", &scale, &FITTINGS))
                .unwrap_or(usual.fitting),
            notes: given
                .notes
                .and_then(|notes| self.choose("notes", &notes, &NOTES))
                .unwrap_or(notes),
            lines: given.lines.map_or(usual.lines, |lines| {
                self.length("lines", &lines, &LINES, "8mm").unwrap_or(usual.lines)
            }),
            part,
            part_at,
            paper_at: paper_at.unwrap_or(Place::Book),
        }
    }

    fn signature(&mut self, given: &Spanned<raw::Count>) -> usize {
        let count = given.get_ref().0;
        let sheets = usize::try_from(count).ok().filter(|_| SIGNATURES.contains(&count));
        if sheets.is_none() {
            let message = message!("a signature cannot have {count} sheets", count);
            let hint = "write how many sheets are folded into each other, from 1 to 100";
            self.report(Code::BadValue, given.span(), message).hint(hint);
        }
        sheets.unwrap_or(GATHERED)
    }

    /// By its caliper, or by grammage and bulk.
    fn sheet_thickness(
        &mut self,
        caliper: Option<Text>,
        weight: Option<Spanned<f64>>,
        bulk: Option<Spanned<f64>>,
    ) -> Length {
        if let Some(caliper) = caliper {
            if let Some(second) = weight.as_ref().or(bulk.as_ref()) {
                let message = "the thickness of a sheet is told twice";
                let hint = "keep `thickness`, or `weight` with `bulk`";
                self.report(Code::BadValue, second.span(), message).hint(hint);
            }
            let found = self.length("thickness", &caliper, &THICKNESS, "0.1mm");
            return found.unwrap_or_else(|| thickness(OFFICE));
        }
        let weight = self.amount("weight", "g/m²", weight, &WEIGHTS).unwrap_or(OFFICE.0);
        let bulk = self.amount("bulk", "cm³/g", bulk, &BULKS).unwrap_or(OFFICE.1);
        thickness((weight, bulk))
    }

    /// The pages that it has, and where that is said.
    fn pages_of_booklet(
        &mut self,
        pages: Option<Text>,
        chapters: Option<Spanned<Vec<Text>>>,
    ) -> (Part, Place) {
        if let Some(chapters) = chapters {
            let at = chapters.span();
            if let Some(second) = &pages {
                let message = "`pages` and `chapters` both say which pages a booklet has";
                self.report(Code::BadValue, second.span(), message).hint("keep one of them");
            }
            let files = chapters.into_inner().into_iter();
            let part = Part::Chapters(files.map(Spanned::into_inner).collect());
            return (part, Place::Span(self.span(at)));
        }
        let Some(pages) = pages else { return (Part::Whole, Place::Book) };
        let part = Part::pages(pages.get_ref());
        if part.is_none() {
            let text = pages.get_ref();
            let message = message!("`pages` cannot be `{text}`", text);
            let hint = "write the numbers printed on the pages, such as `12-25` or `iii, 1-4`";
            self.report(Code::BadValue, pages.span(), message).hint(hint);
        }
        (part.unwrap_or(Part::Whole), Place::Span(self.span(pages.span())))
    }
}

/// What a kind does where the book does not say: its sheets in a signature, its covers, its notes.
const fn habits(kind: BookletKind) -> (usize, CoverPages, Notes) {
    match kind {
        BookletKind::Saddle => (usize::MAX, CoverPages::With, Notes::Nowhere),
        BookletKind::Gathered => (GATHERED, CoverPages::Without, Notes::Nowhere),
        BookletKind::HandoutTwo => (1, CoverPages::Without, Notes::Beside),
        BookletKind::HandoutFour => (1, CoverPages::Without, Notes::Below),
    }
}

const KINDS: [(&str, BookletKind); 4] = [
    ("saddle", BookletKind::Saddle),
    ("gathered", BookletKind::Gathered),
    ("handout-2", BookletKind::HandoutTwo),
    ("handout-4", BookletKind::HandoutFour),
];
const COLOURS: [(&str, Colours); 3] =
    [("grey", Colours::Grey), ("rgb", Colours::All), ("cmyk", Colours::Cmyk)];
const FITTINGS: [(&str, Fitting); 2] = [("fit", Fitting::Shrink), ("none", Fitting::Refuse)];
const NOTES: [(&str, Notes); 3] =
    [("beside", Notes::Beside), ("below", Notes::Below), ("none", Notes::Nowhere)];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_of_a_part_says_which_it_is() {
        let name = |part: Part| part.name().unwrap_or_default();
        let pages = |text: &str| name(Part::pages(text).unwrap());
        let chapters = |files: &[&str]| {
            name(Part::Chapters(files.iter().map(|file| (*file).to_owned()).collect()))
        };
        assert_eq!(Part::Whole.name(), None);
        assert_eq!(pages("12-25"), "pages-12-25");
        assert_eq!(pages("III, 1 – 4，9"), "pages-iii_1-4_9");
        assert_eq!(pages("7-7"), "pages-7");
        assert_eq!(chapters(&["parts/one.md", "二.md"]), "one_二");
        assert_eq!(chapters(&["a b'c.md"]), "a-b-c");
        let many: Vec<String> = (1..=30).map(|number| format!("chapter-{number}.md")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        let long = chapters(&many);
        assert!(long.starts_with("chapter-1_chapter-2_"), "{long}");
        assert!(long.ends_with("_chapter-6_and-24-more"), "{long}");
        assert_eq!(chapters(&[&"长".repeat(80)]), "长".repeat(20));
    }
}
