//! ONIX for Books 3.1 (EDItEUR; code lists of issue 75), reference names: one product, the book as it
//! is deposited, with the formats that it comes in.

use super::{PROGRAM, VERSION, Work, language, media_types};
use crate::archive::Held;
use crate::epub::Xml;
use crate::manifest::{Credit, Kind, Series, Subject};

/// The message.
pub fn write(work: Work<'_>, held: &[Held]) -> Vec<u8> {
    let mut xml = Xml::indented();
    let attributes = [("release", "3.1"), ("xmlns", "http://ns.editeur.org/onix/3.1/reference")];
    xml.element("ONIXMessage", &attributes, |xml| {
        header(xml, work);
        xml.element("Product", &[], |xml| {
            xml.leaf("RecordReference", &[], &work.book.metadata.identifier);
            // List 1: 03, confirmed on publication.
            xml.leaf("NotificationType", &[], "03");
            identifiers(xml, work);
            xml.element("DescriptiveDetail", &[], |xml| descriptive(xml, work, held));
            collateral(xml, work);
            publishing(xml, work);
            supply(xml, work);
        });
    });
    xml.finish()
}

/// An element, where there is anything to say.
fn said(xml: &mut Xml, name: &str, text: &str) {
    if !text.is_empty() {
        xml.leaf(name, &[], text);
    }
}

/// The sender: the publisher, or the program where nobody is named.
fn header(xml: &mut Xml, work: Work<'_>) {
    let data = &work.book.metadata;
    xml.element("Header", &[], |xml| {
        xml.element("Sender", &[], |xml| {
            let sender = if data.publisher.is_empty() { PROGRAM } else { &data.publisher };
            xml.leaf("SenderName", &[], sender);
        });
        let sent: String = data.modified.chars().filter(|c| !matches!(c, '-' | ':')).collect();
        xml.leaf("SentDateTime", &[], &sent);
        xml.leaf("MessageNote", &[], &format!("{PROGRAM} {VERSION}"));
    });
}

/// List 5: 15, an ISBN of 13 digits; 01, an identifier of the publisher's own.
fn identifiers(xml: &mut Xml, work: Work<'_>) {
    if let Some((kind, identifier)) = work.identifier() {
        xml.element("ProductIdentifier", &[], |xml| {
            xml.leaf("ProductIDType", &[], "01");
            xml.leaf("IDTypeName", &[], kind);
            xml.leaf("IDValue", &[], identifier);
        });
    }
    if let Some(isbn) = &work.book.metadata.isbn {
        xml.element("ProductIdentifier", &[], |xml| {
            xml.leaf("ProductIDType", &[], "15");
            xml.leaf("IDValue", &[], &isbn.digits);
        });
    }
}

/// Block 1: what the book is.
fn descriptive(xml: &mut Xml, work: Work<'_>, held: &[Held]) {
    let data = &work.book.metadata;
    form(xml, work, held);
    data.series.iter().for_each(|series| collection(xml, series));
    xml.element("TitleDetail", &[], |xml| {
        // List 15: 01, the title as it stands on the book.
        xml.leaf("TitleType", &[], "01");
        title(xml, "01", (&data.title, &data.subtitle), None);
    });
    let mut sequence = 0;
    work.book.credits.iter().for_each(|credit| contributors(xml, credit, &mut sequence));
    if let Some(imprint) = work.imprint {
        xml.leaf("EditionNumber", &[], &imprint.edition.to_string());
    }
    languages(xml, work);
    if let Some(pages) = work.pages {
        xml.element("Extent", &[], |xml| {
            // List 23: 08, the pages of the print counterpart; list 24: 03, pages.
            xml.leaf("ExtentType", &[], "08");
            xml.leaf("ExtentValue", &[], &pages.to_string());
            xml.leaf("ExtentUnit", &[], "03");
        });
    }
    data.subjects.iter().for_each(|subject| about(xml, subject));
}

/// Form and licence: a file to load down (list 150: ED), its formats (list 175), without any lock
/// (list 144: 00).
fn form(xml: &mut Xml, work: Work<'_>, held: &[Held]) {
    let data = &work.book.metadata;
    xml.leaf("ProductComposition", &[], "00");
    xml.leaf("ProductForm", &[], "ED");
    for media in media_types(held) {
        let detail = match media {
            "application/epub+zip" => "E101",
            "application/pdf" => "E107",
            _ => continue,
        };
        xml.leaf("ProductFormDetail", &[], detail);
    }
    // List 81: 10, text to be read.
    xml.leaf("PrimaryContentType", &[], "10");
    xml.leaf("EpubTechnicalProtection", &[], "00");
    if !data.licence.is_empty() {
        xml.element("EpubLicense", &[], |xml| {
            let name = if data.rights.is_empty() { &data.licence } else { &data.rights };
            xml.leaf("EpubLicenseName", &[], name);
            xml.element("EpubLicenseExpression", &[], |xml| {
                // List 218: 01, to be read by people.
                xml.leaf("EpubLicenseExpressionType", &[], "01");
                xml.leaf("EpubLicenseExpressionLink", &[], &data.licence);
            });
        });
    }
}

/// A title of a level (list 149), with its number in a series.
fn title(xml: &mut Xml, level: &str, (main, subtitle): (&str, &str), number: Option<u32>) {
    xml.element("TitleElement", &[], |xml| {
        xml.leaf("TitleElementLevel", &[], level);
        if let Some(number) = number {
            xml.leaf("PartNumber", &[], &number.to_string());
        }
        xml.leaf("TitleText", &[], main);
        said(xml, "Subtitle", subtitle);
    });
}

/// The series (list 148: 10, a collection of the publisher's; list 13: 02, an ISSN).
fn collection(xml: &mut Xml, series: &Series) {
    xml.element("Collection", &[], |xml| {
        xml.leaf("CollectionType", &[], "10");
        if !series.issn.is_empty() {
            xml.element("CollectionIdentifier", &[], |xml| {
                xml.leaf("CollectionIDType", &[], "02");
                xml.leaf("IDValue", &[], &series.issn.replace('-', ""));
            });
        }
        xml.element("TitleDetail", &[], |xml| {
            xml.leaf("TitleType", &[], "01");
            title(xml, "02", (&series.name, ""), series.position);
        });
    });
}

/// What list 17 has for a MARC relator; none for those who publish and print, whom other elements
/// name.
fn role(relator: &str) -> Option<&'static str> {
    Some(match relator {
        "aut" => "A01",
        "cre" => "A09",
        "bkd" => "A11",
        "ill" => "A12",
        "pht" => "A13",
        "aft" => "A19",
        "wac" => "A21",
        "aui" => "A24",
        "cov" => "A36",
        "ctg" => "A39",
        "ivr" => "A43",
        "res" => "A51",
        "edt" => "B01",
        "trl" => "B06",
        "edd" => "B11",
        "csl" => "B20",
        "com" => "C01",
        "nrt" => "E07",
        "pbl" | "prt" => return None,
        _ => "Z99",
    })
}

/// The people of a credit, each by name and in other scripts.
fn contributors(xml: &mut Xml, credit: &Credit, sequence: &mut u32) {
    let Some(role) = role(credit.relator) else { return };
    for (place, name) in credit.names.iter().enumerate() {
        *sequence += 1;
        xml.element("Contributor", &[], |xml| {
            xml.leaf("SequenceNumber", &[], &sequence.to_string());
            xml.leaf("ContributorRole", &[], role);
            let sorted = credit.sort.get(place).map_or("", String::as_str);
            match credit.kind {
                Kind::Person => {
                    xml.leaf("PersonName", &[], name);
                    if sorted != name {
                        said(xml, "PersonNameInverted", sorted);
                    }
                }
                Kind::Organisation => xml.leaf("CorporateName", &[], name),
            }
            for other in credit.alternates.iter().filter(|other| other.of == place) {
                xml.element("AlternativeName", &[], |xml| {
                    // List 18: 04, the name in another script or language.
                    xml.leaf("NameType", &[], "04");
                    match credit.kind {
                        Kind::Person => xml.leaf("PersonName", &[], &other.name),
                        Kind::Organisation => xml.leaf("CorporateName", &[], &other.name),
                    }
                });
            }
            if role == "Z99" {
                xml.leaf("ContributorDescription", &[], &credit.role);
            }
        });
    }
}

/// Languages (list 22: 01 of the text, 02 of what was translated) with their scripts.
fn languages(xml: &mut Xml, work: Work<'_>) {
    let own = &work.book.metadata.language;
    let mut told: Vec<(&str, &str, Option<&str>)> = Vec::new();
    told.extend(language::code(own).map(|code| ("01", code, language::script(own))));
    for piece in work.book.chapters.iter().filter_map(|chapter| chapter.source.as_ref()) {
        let Some(code) = language::code(&piece.language) else { continue };
        if !told.iter().any(|(_, known, _)| *known == code) {
            told.push(("02", code, language::script(&piece.language)));
        }
    }
    for (role, code, script) in told {
        xml.element("Language", &[], |xml| {
            xml.leaf("LanguageRole", &[], role);
            xml.leaf("LanguageCode", &[], code);
            if let Some(script) = script {
                xml.leaf("ScriptCode", &[], script);
            }
        });
    }
}

/// A subject by its scheme in list 27; one without a code, or of a scheme that the list does not
/// have, is a keyword (20).
fn about(xml: &mut Xml, subject: &Subject) {
    let code = subject.code.as_ref().and_then(|(authority, term)| {
        let scheme = match authority.as_str() {
            "AAT" => "08",
            "BIC" => "12",
            "BISAC" => "10",
            "CLC" => "88",
            "CLIL" => "29",
            "DDC" => "01",
            "EuroVoc" => "B0",
            "LCC" => "03",
            "LCSH" => "04",
            "Thema" => "93",
            "UDC" => "09",
            "WGS" => "26",
            _ => return None,
        };
        Some((scheme, term))
    });
    xml.element("Subject", &[], |xml| match code {
        Some((scheme, term)) => {
            xml.leaf("SubjectSchemeIdentifier", &[], scheme);
            xml.leaf("SubjectCode", &[], term);
            xml.leaf("SubjectHeadingText", &[], &subject.name);
        }
        None => {
            xml.leaf("SubjectSchemeIdentifier", &[], "20");
            xml.leaf("SubjectHeadingText", &[], &subject.name);
        }
    });
}

/// Block 2: the description (list 153: 03), for everybody (list 154: 00).
fn collateral(xml: &mut Xml, work: Work<'_>) {
    let description = &work.book.metadata.description;
    if description.is_empty() {
        return;
    }
    xml.element("CollateralDetail", &[], |xml| {
        xml.element("TextContent", &[], |xml| {
            xml.leaf("TextType", &[], "03");
            xml.leaf("ContentAudience", &[], "00");
            xml.leaf("Text", &[], description);
        });
    });
}

/// Block 4: who publishes it (list 45: 01), where, and when (list 163: 01; list 64: 04, active).
fn publishing(xml: &mut Xml, work: Work<'_>) {
    let (place, publisher) = work.published();
    xml.element("PublishingDetail", &[], |xml| {
        if !publisher.is_empty() {
            xml.element("Publisher", &[], |xml| {
                xml.leaf("PublishingRole", &[], "01");
                xml.leaf("PublisherName", &[], publisher);
            });
        }
        said(xml, "CityOfPublication", place);
        xml.leaf("PublishingStatus", &[], "04");
        let day: String = work.book.metadata.date.chars().filter(char::is_ascii_digit).collect();
        if !day.is_empty() {
            xml.element("PublishingDate", &[], |xml| {
                xml.leaf("PublishingDateRole", &[], "01");
                xml.leaf("Date", &[("dateformat", "00")], &day);
            });
        }
    });
}

/// Block 6: the price, where it is one in yuan and somebody sells the book (list 93: 09; list 65: 20;
/// list 58: 02, with tax).
fn supply(xml: &mut Xml, work: Work<'_>) {
    let publisher = &work.book.metadata.publisher;
    let price = work.imprint.and_then(|imprint| yuan(&imprint.price));
    let Some(price) = price.filter(|_| !publisher.is_empty()) else { return };
    xml.element("ProductSupply", &[], |xml| {
        xml.element("SupplyDetail", &[], |xml| {
            xml.element("Supplier", &[], |xml| {
                xml.leaf("SupplierRole", &[], "09");
                xml.leaf("SupplierName", &[], publisher);
            });
            xml.leaf("ProductAvailability", &[], "20");
            xml.element("Price", &[], |xml| {
                xml.leaf("PriceType", &[], "02");
                xml.leaf("PriceAmount", &[], price);
                xml.leaf("CurrencyCode", &[], "CNY");
            });
        });
    });
}

/// The figure of a price in yuan: `38.00元`, `CNY 38`, `￥38.00`. Other words name no sum for sure.
fn yuan(price: &str) -> Option<&str> {
    let price = price.trim();
    let after = ["CNY", "RMB", "人民币"].into_iter().find_map(|mark| price.strip_prefix(mark));
    let figure = after.or_else(|| price.strip_suffix('元'))?.trim();
    let figure = figure.strip_suffix('元').unwrap_or(figure).trim();
    let (whole, part) = figure.split_once('.').unwrap_or((figure, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (digits(whole) && digits(part) && part.len() <= 2 && whole.len() <= 9).then_some(figure)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_in_yuan_is_a_figure_and_other_words_are_none() {
        for (price, figure) in [
            ("38.00元", Some("38.00")),
            ("CNY 38", Some("38")),
            ("人民币38.5元", Some("38.5")),
            ("1500円", None),
            ("38.00元（全三册）", None),
            ("元", None),
            ("", None),
        ] {
            assert_eq!(yuan(price), figure, "{price}");
        }
    }
}
