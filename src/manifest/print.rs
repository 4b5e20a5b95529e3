//! `[print]`: a printer, and what this book changes about it.

use std::ops::RangeInclusive;

use super::Located;
use super::meaning::{ROOT, Reader};
use super::raw;
use crate::diag::Code;
use crate::message;
use crate::profile::{Colours, PRINTERS, Printer, SHEETS, Standard, Trim};
use crate::units::Length;

/// How much a page can bleed.
const BLEEDS: RangeInclusive<Length> = Length::ZERO..=Length::mm(25.0);
/// The most pages that a signature has.
const MOST_MULTIPLE: i64 = 64;

/// How much ink papers hold, all four inks added up, in hundredths of the most of one: from newsprint
/// to what a press can lay down at all.
const INK: RangeInclusive<u16> = 200..=400;

impl Reader<'_> {
    /// The printer with its changes, which must go together with each other and with the trim.
    pub fn printer(&mut self, print: raw::Print, trim: &Trim) -> Located<Printer> {
        let at = print.printer.as_ref().map_or(ROOT, raw::Text::span);
        let sheet_at = print.sheet.as_ref().map_or(at.clone(), raw::Text::span);
        let colour_at = print.colour.as_ref().map_or(at.clone(), raw::Text::span);
        let named = print.printer.and_then(|given| self.choose("printer", &given, &PRINTERS));
        let mut printer = named.unwrap_or_default();
        let standards = [("pdf-x4", Standard::Press), ("none", Standard::Plain)];
        if let Some(given) = print.standard {
            printer.standard =
                self.choose("standard", &given, &standards).unwrap_or(Standard::Plain);
        }
        let colours = [("cmyk", Colours::Cmyk), ("grey", Colours::Grey), ("rgb", Colours::All)];
        if let Some(given) = print.colour {
            printer.colours = self.choose("colour", &given, &colours).unwrap_or(Colours::Grey);
            printer.covers.colours = printer.colours;
        }
        if let Some(given) = print.bleed {
            printer.bleed = self.length("bleed", &given, &BLEEDS, "3mm").unwrap_or(Length::ZERO);
            printer.covers.bleed = printer.bleed;
        }
        printer.marks = print.marks.unwrap_or(printer.marks);
        printer.slug = print.slug.unwrap_or(printer.slug);
        if let Some(given) = print.sheet {
            printer.sheet = self.choose("sheet", &given, &SHEETS).unwrap_or(printer.sheet);
            printer.covers.sheet = printer.sheet;
        }
        if let Some(given) = print.ink {
            printer.ink = self.ink(&given);
        }
        if let Some(given) = print.pages {
            printer.pages.multiple = self.multiple(&given);
        }
        if !printer.standard.takes(printer.colours) {
            let message = "PDF/X-4 for a press in four inks has no red, green and blue";
            let hint = "choose `cmyk` or `grey`, or promise no standard: `standard = \"none\"`";
            self.report(Code::RgbForbidden, colour_at, message).hint(hint);
        }
        let media = printer.media(trim.size);
        if !printer.holds(media) {
            let message = message!(
                "a page of {trim} takes {media} with its bleed and marks, and the largest sheet has {sheet}",
                trim = trim.name,
                media = media.in_mm(),
                sheet = printer.sheet.in_mm()
            );
            let hint = "choose a smaller `trim`, a larger `sheet`, less `bleed` or no `marks`";
            self.report(Code::SheetTooSmall, sheet_at, message).hint(hint);
        }
        Located { value: printer, span: self.span(at) }
    }

    fn ink(&mut self, given: &toml::Spanned<raw::Count>) -> u16 {
        let percent = given.get_ref().0;
        let ink = u16::try_from(percent).ok().filter(|ink| INK.contains(ink));
        if ink.is_none() {
            let message = message!("`ink` cannot be {percent} %", percent);
            let hint = message!(
                "write how much ink the paper holds, all four added up, from {start} to {end}",
                start = INK.start(),
                end = INK.end()
            );
            self.report(Code::BadValue, given.span(), message).hint(hint);
        }
        ink.unwrap_or(*INK.end())
    }

    fn multiple(&mut self, given: &toml::Spanned<raw::Count>) -> usize {
        let count = given.get_ref().0;
        let multiple = usize::try_from(count).ok();
        let multiple = multiple.filter(|_| (1..=MOST_MULTIPLE).contains(&count));
        if multiple.is_none() {
            let message = message!("`pages` cannot be filled up to a multiple of {count}", count);
            let hint = message!(
                "write how many pages a signature has, from 1 to {most}",
                most = MOST_MULTIPLE
            );
            self.report(Code::BadValue, given.span(), message).hint(hint);
        }
        multiple.unwrap_or(1)
    }
}
