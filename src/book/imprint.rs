//! The copyright page (版权页): its lines, made from what the book says of itself.

use super::PictureId;
use crate::manifest::{Cip, Commons, Credit, Imprint, Isbn, Metadata, Sale, Series};
use crate::profile::Trim;
use crate::script::Rules;

/// The copyright page, ready but for what only the printed pages tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopyrightPage {
    /// Data of cataloguing in publication.
    pub cip: Option<CipBlock>,
    /// That the book is 内部资料.
    pub internal: Option<&'static str>,
    /// Which rights are kept, a paragraph each.
    pub rights: Vec<String>,
    /// The licence that the book is under.
    pub licence: Option<Licence>,
    record: Vec<Line>,
}

/// Data of cataloguing in publication, a paragraph each (GB/T 12451—2023, 8.3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CipBlock {
    /// Its title.
    pub title: &'static str,
    /// Description, classes, number.
    pub parts: [String; 3],
}

/// The licence that a book is under.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Licence {
    /// That it is, in the words of the book's language.
    pub words: String,
    /// Where it stands.
    pub url: String,
    /// Its signs, where it is one of Creative Commons.
    pub badge: Option<PictureId>,
}

/// What the pages tell of the book.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extent {
    /// All its pages, with the blank ones that fill up the last signature.
    pub pages: usize,
    /// The characters that its pages of text have room for.
    pub characters: usize,
}

/// A line of the version record (版本记录): a label, and what it says, a line each.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Line {
    label: String,
    says: Says,
}

/// What a line of the version record says.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Says {
    /// Words, a line each.
    Words(Vec<String>),
    /// How many sheets of `parts` pages are printed (印张).
    Sheets { parts: u16 },
    /// How many characters there is room for (版面字数), in thousands at `{}`.
    Characters(&'static str),
}

impl CopyrightPage {
    /// The page of a book.
    pub fn new(
        imprint: &Imprint,
        metadata: &Metadata,
        credits: &[Credit],
        trim: &Trim,
        badge: Option<PictureId>,
    ) -> Self {
        let labels = &metadata.rules.labels.imprint;
        let cip = imprint.cip.as_ref().filter(|_| !labels.cip.is_empty());
        let paragraphs = [&metadata.rights, &imprint.notice];
        let paragraphs = paragraphs.into_iter().flat_map(|text| text.lines());
        let paragraphs = paragraphs.map(str::trim).filter(|line| !line.is_empty());
        Self {
            cip: cip.map(|cip| CipBlock {
                title: labels.cip,
                parts: [
                    description(cip, imprint, metadata, credits),
                    format!("Ⅰ. {}", cip.classification.join("; ")),
                    cip_number(cip, metadata.rules),
                ],
            }),
            internal: match imprint.sale {
                Sale::Public => None,
                Sale::Internal => Some(labels.internal),
            },
            rights: paragraphs.map(str::to_owned).collect(),
            licence: (!metadata.licence.is_empty()).then(|| Licence {
                words: licence_words(metadata),
                url: metadata.licence.clone(),
                badge,
            }),
            record: record(imprint, metadata, credits, trim),
        }
    }

    /// The version record: labels, and what they say. Without pages nothing is said of them.
    pub fn record(&self, extent: Option<Extent>) -> Vec<(&str, Vec<String>)> {
        let lines = self.record.iter().filter_map(|line| {
            let says = match &line.says {
                Says::Words(words) => words.clone(),
                Says::Sheets { parts } => vec![sheets(extent?.pages, *parts)],
                Says::Characters(words) => {
                    let thousands = (extent?.characters + 500) / 1000;
                    vec![words.replace("{}", &thousands.max(1).to_string())]
                }
            };
            Some((line.label.as_str(), says))
        });
        lines.collect()
    }

    /// All words that it says, for the characters that they need.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        let cip = self.cip.iter().flat_map(|cip| &cip.parts).map(String::as_str);
        let licence = self.licence.iter().map(|licence| licence.words.as_str());
        let record = self.record.iter().flat_map(|line| {
            let words = match &line.says {
                Says::Words(words) => words.as_slice(),
                Says::Sheets { .. } | Says::Characters(_) => &[],
            };
            words.iter().map(String::as_str)
        });
        cip.chain(licence).chain(record).chain(self.rights.iter().map(String::as_str))
    }
}

/// The lines that have something to say, in the order of Chinese books (GB/T 12450—2001, 4.1.3).
fn record(imprint: &Imprint, metadata: &Metadata, credits: &[Credit], trim: &Trim) -> Vec<Line> {
    let rules = metadata.rules;
    let labels = &rules.labels.imprint;
    let publisher = match imprint.sale {
        Sale::Public => labels.publisher,
        Sale::Internal => labels.issuer,
    };
    let ordinal = |words: &str, number: u32, month: &str| {
        words.replace("{number}", &number.to_string()).replace("{month}", &rules.month(month))
    };
    let month = metadata.date.get(..7).unwrap_or_default();
    let edition = ordinal(labels.edition_of, imprint.edition, month);
    let printing = imprint.printing.as_ref();
    let printing = printing.map(|it| ordinal(labels.printing_of, it.number, &it.month));
    let number = metadata.isbn.as_ref().map(|isbn| printed_isbn(isbn, rules));
    let words = |label: &str, words: String| Line {
        label: label.to_owned(),
        says: Says::Words(vec![words]),
    };
    let credits = credits
        .iter()
        .map(|credit| Line { label: credit.role.clone(), says: Says::Words(credit.rows(rules)) });
    let after = [
        words(labels.series, metadata.series.as_ref().map(series).unwrap_or_default()),
        words(publisher, metadata.publisher.clone()),
        words(labels.place, imprint.place.clone()),
        words(labels.address, imprint.address.clone()),
        words(labels.distributor, imprint.distributor.clone()),
        words(labels.printer, imprint.printer.clone()),
        words(labels.format, format_of(trim, labels.size)),
        Line { label: labels.sheets.to_owned(), says: Says::Sheets { parts: trim.parts } },
        Line { label: labels.characters.to_owned(), says: Says::Characters(labels.thousands) },
        words(labels.edition, edition),
        words(labels.printing, printing.unwrap_or_default()),
        words(labels.copies, imprint.copies.clone()),
        words(labels.number, number.unwrap_or_default()),
        words(labels.csbn, imprint.csbn.clone()),
        words(labels.price, imprint.price.clone()),
        words(labels.permit, imprint.permit.clone()),
        words(labels.recipients, imprint.recipients.clone()),
    ];
    let mut lines = vec![words(labels.book, metadata.full_title())];
    lines.extend(credits);
    lines.extend(after);
    lines.retain(|line| {
        let silent = matches!(&line.says, Says::Words(words) if words.iter().all(String::is_empty));
        !line.label.is_empty() && !silent
    });
    lines
}

/// `ISBN 978-…`, unless the label says `ISBN` already.
fn printed_isbn(isbn: &Isbn, rules: &Rules) -> String {
    match rules.labels.imprint.number {
        "ISBN" => isbn.written.clone(),
        _ => format!("ISBN {}", isbn.written),
    }
}

/// `丛书　3　ISSN 1234-5679`
fn series(series: &Series) -> String {
    let mut words = series.name.clone();
    if let Some(position) = series.position {
        words += &format!("\u{3000}{position}");
    }
    if !series.issn.is_empty() {
        words += &format!("\u{3000}ISSN {}", series.issn);
    }
    words
}

/// Width and height of the page in millimetres, and which part of a full sheet it is: 开本.
fn format_of(trim: &Trim, words: &str) -> String {
    let millimetres = |length: crate::units::Length| format!("{:.0}", length.as_mm());
    let words = words.replace("{width}", &millimetres(trim.size.width));
    let words = words.replace("{height}", &millimetres(trim.size.height));
    words.replace("{parts}", &trim.parts.to_string())
}

/// Printed sheets (印张): a sheet printed on one side has as many pages as parts. Pages fill up
/// signatures of four or more, which makes it a multiple of an eighth or a quarter.
fn sheets(pages: usize, parts: u16) -> String {
    // Leaves have two sides.
    let pages = pages.next_multiple_of(2);
    let sheets = pages as f64 / f64::from(parts.max(1));
    let written = format!("{sheets:.4}");
    written.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The description of the data of cataloguing in publication, as given out or by the book's own
/// data (GB/T 12451—2023, 5 and 8.3).
fn description(cip: &Cip, imprint: &Imprint, metadata: &Metadata, credits: &[Credit]) -> String {
    if !cip.record.is_empty() {
        return cip.record.clone();
    }
    let mut title = metadata.title.clone();
    if !metadata.subtitle.is_empty() {
        title += &format!(" : {}", metadata.subtitle);
    }
    let made: Vec<String> =
        credits.iter().filter(|it| it.is_responsible()).map(responsible).collect();
    if !made.is_empty() {
        title += &format!(" / {}", made.join(" ; "));
    }
    let mut areas = vec![title];
    if imprint.edition > 1 {
        areas.push(format!("{}版", imprint.edition));
    }
    let month = metadata.date.get(5..7).unwrap_or_default().trim_start_matches('0');
    let year = metadata.date.get(..4).unwrap_or_default();
    let place = if imprint.place.is_empty() { "[出版地不详]" } else { &imprint.place };
    let publisher =
        if metadata.publisher.is_empty() { "[出版者不详]" } else { &metadata.publisher };
    areas.push(format!("{place} : {publisher}, {year}.{month}"));
    if let Some(Series { name, position, .. }) = &metadata.series {
        let position = position.map(|position| format!(" ; {position}")).unwrap_or_default();
        areas.push(format!("({name}{position})"));
    }
    areas.extend(metadata.isbn.as_ref().map(|isbn| format!("ISBN {}", isbn.written)));
    areas.join(". -- ")
}

/// `某某, 某某著`; of more than three the first and 等.
fn responsible(credit: &Credit) -> String {
    match credit.names.as_slice() {
        [first, _, _, _, ..] => format!("{first}等{}", credit.role),
        names => format!("{}{}", names.join(", "), credit.role),
    }
}

/// The number in its sentence.
fn cip_number(cip: &Cip, rules: &Rules) -> String {
    let labels = &rules.labels.imprint;
    if cip.number.starts_with(|c: char| c.is_ascii_digit()) {
        return labels.cip_number.replace("{}", &cip.number);
    }
    let number = cip.number.replace('(', "（").replace(')', "）");
    labels.cip_number_before.replace("{}", &number)
}

/// That the book is under its licence, or marked as nobody's.
fn licence_words(metadata: &Metadata) -> String {
    let labels = &metadata.rules.labels.imprint;
    let Some(commons) = Commons::read(&metadata.licence) else {
        return labels.licensed.replace("{}", &metadata.licence);
    };
    let words = match commons {
        Commons::Licence(_) | Commons::Zero => labels.licensed,
        Commons::Mark => labels.free,
    };
    words.replace("{}", &commons.name(&labels.commons))
}

/// `CC BY-SA 4.0` for a licence of Creative Commons, all else as it is: for lists.
pub(super) fn short_licence(licence: &str) -> String {
    Commons::read(licence).map_or_else(|| licence.to_owned(), |commons| commons.short())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_are_pages_by_the_parts_of_a_full_sheet() {
        let written = |pages, parts| sheets(pages, parts);
        assert_eq!(written(256, 32), "8");
        assert_eq!(written(100, 32), "3.125");
        assert_eq!(written(332, 16), "20.75");
        assert_eq!(written(97, 32), "3.0625");
        assert_eq!(written(0, 32), "0");
    }

    #[test]
    fn licences_in_lists() {
        assert_eq!(
            short_licence("https://creativecommons.org/licenses/by/3.0/cn/"),
            "CC BY 3.0 CN"
        );
        assert_eq!(short_licence("Creative Commons Attribution 4.0"), "CC BY 4.0");
        assert_eq!(short_licence("公有领域"), "公有领域");
    }
}
