//! `[copyright]`: what the copyright page (版权页) says beyond title and names.

use toml::Spanned;

use super::meaning::Reader;
use super::raw::{self, Text};
use super::{Cip, Imprint, Metadata, Printing, Sale, date};
use crate::diag::Code;
use crate::message;

impl Reader<'_> {
    /// The copyright page, which goes together with what catalogues are told.
    pub fn imprint(&mut self, given: raw::Placed<raw::Copyright>, metadata: &Metadata) -> Imprint {
        let table = given.into_inner().0;
        let sale = self.sale(&table, metadata);
        let raw::Copyright { place, address, distributor, printer, edition, .. } = table;
        let raw::Copyright { printing, printed, copies, price, csbn, .. } = table;
        let raw::Copyright { permit, recipients, notice, cip, .. } = table;
        Imprint {
            sale,
            place: self.optional_line("place", place),
            address: self.optional_line("address", address),
            distributor: self.optional_line("distributor", distributor),
            printer: self.optional_line("printer", printer),
            edition: self.ordinal("edition", edition).unwrap_or(1),
            printing: self.printing(printing, printed, metadata),
            copies: self.optional_line("copies", copies),
            price: self.optional_line("price", price),
            csbn: self.csbn(csbn, metadata),
            permit: self.optional_line("permit", permit),
            recipients: self.optional_line("recipients", recipients),
            notice: self.optional_lines("notice", notice),
            cip: cip.and_then(|cip| self.cip(cip, metadata)),
        }
    }

    /// Whether the book is sold. One without a book number is 内部资料 where there is such a thing
    /// (内部资料性出版物管理办法, 2, 14 and 15).
    fn sale(&mut self, table: &raw::Copyright, metadata: &Metadata) -> Sale {
        let known = !metadata.rules.labels.imprint.internal.is_empty();
        let numbered = metadata.isbn.is_some() || table.csbn.is_some();
        let asked = table.internal.as_ref().map(|internal| (*internal.get_ref(), internal.span()));
        if let Some((true, at)) = &asked {
            if numbered {
                let message = "a book with a book number is not for internal use";
                self.report(Code::BadValue, at.clone(), message).hint("take out one of the two");
            } else if !known {
                let message = "only a book in simplified Chinese is 内部资料";
                self.report(Code::BadValue, at.clone(), message);
            }
        }
        let internal = known && asked.map_or(!numbered, |(internal, _)| internal);
        let excluded: &[&Option<Text>] = match (internal, known) {
            (true, _) => &[&table.price],
            (false, true) => &[&table.permit, &table.recipients],
            (false, false) => &[],
        };
        let (message, hint) = if internal {
            ("内部资料 is not for sale and has no price", "give the `isbn`, or `internal = false`")
        } else {
            ("only 内部资料 has a permit and recipients", "take it out, or the book number")
        };
        for given in excluded.iter().filter_map(|given| given.as_ref()) {
            self.report(Code::BadValue, given.span(), message).hint(hint);
        }
        if internal { Sale::Internal } else { Sale::Public }
    }

    /// The number among Chinese books before there were ISBNs (统一书号). Some books have one of
    /// either kind; then their ISBN is one of mainland China.
    fn csbn(&mut self, given: Option<Text>, metadata: &Metadata) -> String {
        let at = given.as_ref().map(Text::span);
        let foreign = metadata.isbn.as_ref().filter(|isbn| !isbn.digits.starts_with("9787"));
        if let (Some(at), Some(isbn)) = (at, foreign) {
            let message = message!(
                "a book with a 统一书号 has an ISBN that begins with 978-7, not {isbn}",
                isbn = isbn.written
            );
            let hint = "take out the number that belongs to another edition";
            self.report(Code::BadValue, at, message).hint(hint);
        }
        self.optional_line("csbn", given)
    }

    /// A number from 1 on.
    fn ordinal(&mut self, key: &str, given: Option<Spanned<raw::Count>>) -> Option<u32> {
        let given = given?;
        let count = given.get_ref().0;
        let ordinal = u32::try_from(count).ok().filter(|count| *count > 0);
        if ordinal.is_none() {
            let message = message!("`{key}` cannot be {count}", key, count);
            self.report(Code::BadValue, given.span(), message).hint("count from 1");
        }
        ordinal
    }

    /// Which printing it is, and its month: that of publication where none is given.
    fn printing(
        &mut self,
        number: Option<Spanned<raw::Count>>,
        printed: Option<Text>,
        metadata: &Metadata,
    ) -> Option<Printing> {
        if number.is_none() && printed.is_none() {
            return None;
        }
        let number = self.ordinal("printing", number).unwrap_or(1);
        let month = printed.map(|given| {
            let text = given.get_ref().trim().to_owned();
            if !date::is_day(&format!("{text}-01")) {
                let message = message!("`{text}` is not a month of the calendar", text);
                self.report(Code::BadValue, given.span(), message).hint("write it as `2026-01`");
            }
            text
        });
        let own = || metadata.date.get(..7).unwrap_or_default().to_owned();
        Some(Printing { number, month: month.unwrap_or_else(own) })
    }

    /// Cataloguing in publication, as it was given out (GB/T 12451—2023).
    fn cip(&mut self, given: raw::Placed<raw::Cip>, metadata: &Metadata) -> Option<Cip> {
        let table = given.span();
        let raw::Cip { number, classification, record } = given.into_inner().0;
        if metadata.isbn.is_none() && !self.is_cut(&super::meaning::ROOT, "isbn") {
            let message = "only a book with an ISBN has CIP data";
            self.report(Code::BadValue, table.clone(), message).hint("add the `isbn`");
        }
        if metadata.rules.labels.imprint.cip.is_empty() {
            let message = "only a book in simplified Chinese has CIP data of this form";
            self.report(Code::BadValue, table.clone(), message);
        }
        let at = number.as_ref().map(Text::span);
        let number = self.required(&table, "number", number);
        if let Some(at) = at.filter(|_| !number.is_empty() && !is_cip_number(&number)) {
            let message = message!("`{number}` is not a number of CIP data", number);
            let hint = "write it as given out: `20211269A2`, before 2024 also `（2005）第070730号`";
            self.report(Code::BadValue, at, message).hint(hint);
        }
        let classification = match classification {
            Some(classes) => {
                if classes.get_ref().is_empty() {
                    let message = "`classification` must hold at least one class";
                    self.report(Code::BadValue, classes.span(), message);
                }
                classes.into_inner().into_iter().map(|class| self.class(class)).collect()
            }
            None => {
                let hint = "the classes given out: `classification = [\"D815\"]`";
                self.missing(&table, "classification", hint);
                Vec::new()
            }
        };
        let record = self.optional_line("record", record);
        Some(Cip { number, classification, record })
    }

    /// A class of 中国图书馆分类法: letters, then numbers and their signs.
    fn class(&mut self, given: Text) -> String {
        let sound = given.get_ref().starts_with(|c: char| c.is_ascii_uppercase())
            && given.get_ref().bytes().all(|byte| byte.is_ascii_graphic());
        if !sound {
            let message = message!("`{given}` is not a class", given = given.get_ref());
            let hint = "classes are those of 中国图书馆分类法, such as `D815` or `I247.5`";
            self.report(Code::BadValue, given.span(), message).hint(hint);
        }
        given.into_inner()
    }
}

/// Whether a number of CIP data has one of the two shapes: ten digits and letters that begin with a
/// year, or, up to 2023, the year in brackets and the count of that year.
fn is_cip_number(number: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if let Some((year, rest)) = number.split_at_checked(4)
        && digits(year)
    {
        let counted = |byte: u8| byte.is_ascii_digit() || byte.is_ascii_uppercase();
        return rest.len() == 6 && rest.bytes().all(counted);
    }
    let body = number.strip_prefix(['（', '(']).and_then(|rest| rest.strip_suffix('号'));
    let parts = body.and_then(|body| body.split_once("第"));
    parts.is_some_and(|(year, count)| {
        let year = year.strip_suffix(['）', ')']).unwrap_or_default();
        year.len() == 4 && digits(year) && digits(count)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_cip_data_by_their_shape() {
        for number in ["20211269A2", "2021E25248", "（2005）第070730号", "(2005)第70730号"] {
            assert!(is_cip_number(number), "{number}");
        }
        for number in ["", "2021", "20211269a2", "第070730号", "（05）第1号", "（2005）第号"]
        {
            assert!(!is_cip_number(number), "{number}");
        }
    }
}
