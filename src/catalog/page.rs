//! The page for people: HTML that is XML all the same, without scripts and without anything from
//! elsewhere.

use super::atom;
use super::json;
use super::order::Section;
use super::volume::{Item, Volume};
use super::{ATOM, Catalogue, JSON, SUMS};
use crate::epub::{Attributes, Xml};
use crate::script::Labels;

/// How it looks.
const STYLE: &str = include_str!("page.css");

/// The page.
pub fn page(catalogue: &Catalogue) -> Vec<u8> {
    let mut xml = Xml::page();
    xml.element("html", &[("lang", catalogue.rules.tag)], |xml| {
        xml.element("head", &[], |xml| head(xml, catalogue));
        xml.element("body", &[], |xml| {
            xml.element("header", &[], |xml| header(xml, catalogue));
            xml.element("main", &[], |xml| {
                for (place, section) in catalogue.sections.iter().enumerate() {
                    shelf(xml, catalogue, section, place + 1);
                }
            });
            xml.element("footer", &[], |xml| footer(xml, catalogue));
        });
    });
    xml.finish()
}

fn head(xml: &mut Xml, catalogue: &Catalogue) {
    xml.empty("meta", &[("charset", "utf-8")]);
    xml.empty("meta", &[("name", "viewport"), ("content", "width=device-width, initial-scale=1")]);
    xml.empty("meta", &[("name", "color-scheme"), ("content", "light dark")]);
    xml.leaf("title", &[], &catalogue.title);
    for (media_type, address) in [(atom::TYPE, ATOM), (json::TYPE, JSON)] {
        let title = [("title", catalogue.title.as_str())];
        let link = [("rel", "alternate"), ("type", media_type), ("href", address)];
        xml.empty("link", &[&link[..], &title].concat());
    }
    // It holds none of the characters that XML would have escaped and HTML would not read so.
    xml.leaf("style", &[], STYLE);
}

fn header(xml: &mut Xml, catalogue: &Catalogue) {
    let words = &catalogue.rules.labels.catalogue;
    xml.leaf("h1", &[], &catalogue.title);
    let count = words.count.replace("{}", &catalogue.volumes().count().to_string());
    let day = catalogue.rules.day(catalogue.updated.split('T').next().unwrap_or_default());
    xml.leaf("p", &[], &format!("{count} · {}", words.changed.replace("{}", &day)));
    if catalogue.sections.len() < 2 {
        return;
    }
    let labels = &catalogue.rules.labels;
    xml.element("nav", &[("aria-label", labels.imprint.series)], |xml| {
        xml.element("ul", &[], |xml| {
            for (place, section) in catalogue.sections.iter().enumerate() {
                let to = format!("#s{}", place + 1);
                xml.element("li", &[], |xml| {
                    xml.leaf("a", &[("href", &to)], name(section, labels))
                });
            }
        });
    });
}

/// What a section is called.
fn name<'a>(section: &'a Section, labels: &Labels) -> &'a str {
    section.series.as_deref().unwrap_or(labels.catalogue.others)
}

/// The books of a series, or those that are in none.
fn shelf(xml: &mut Xml, catalogue: &Catalogue, section: &Section, place: usize) {
    let id = format!("s{place}");
    // Where no book is in a series, there is nothing to tell apart.
    let parted = section.series.is_some() || catalogue.sections.len() > 1;
    let labelled = [("aria-labelledby", id.as_str())];
    let attributes: Attributes = if parted { &labelled } else { &[] };
    let heading = if parted { "h3" } else { "h2" };
    xml.element("section", attributes, |xml| {
        if parted {
            xml.leaf("h2", &[("id", &id)], name(section, &catalogue.rules.labels));
        }
        xml.element("ul", &[("class", "books")], |xml| {
            for volume in &section.volumes {
                let id = format!("book-{}", volume.slug);
                xml.element("li", &[("id", &id)], |xml| book(xml, catalogue, volume, heading));
            }
        });
    });
}

fn book(xml: &mut Xml, catalogue: &Catalogue, volume: &Volume, heading: &str) {
    let about = &volume.about;
    let language = [("lang", about.language.as_str())];
    xml.element("article", &[], |xml| {
        if let Some([_, small]) = &volume.cover {
            let (width, height) = small.pixels;
            let attributes = [
                ("src", small.address.as_str()),
                // The title stands beside it.
                ("alt", ""),
                ("width", &width.to_string()),
                ("height", &height.to_string()),
                ("loading", "lazy"),
            ];
            xml.empty("img", &attributes);
        }
        xml.element("div", &[("class", "told")], |xml| {
            xml.element(heading, &language, |xml| {
                xml.text(&about.title);
                if !about.subtitle.is_empty() {
                    xml.leaf("span", &[("class", "subtitle")], &about.subtitle);
                }
            });
            let people = people(volume, catalogue.rules.labels.name_separator);
            for (class, text) in [("people", people), ("facts", facts(catalogue, volume))] {
                if !text.is_empty() {
                    xml.leaf("p", &[("class", class)], &text);
                }
            }
            if !about.description.is_empty() {
                xml.leaf("p", &language, &about.description);
            }
            downloads(xml, catalogue, volume);
        });
    });
}

fn people(volume: &Volume, separator: &str) -> String {
    let others = volume.about.contributors.iter().map(|(name, _)| name);
    let names: Vec<&str> = volume.about.authors.iter().chain(others).map(String::as_str).collect();
    names.join(separator)
}

/// `第2种 · 某社 · 2025年12月23日 · 国际关系、技术 · 英文`; the language where it is not that of the page.
fn facts(catalogue: &Catalogue, volume: &Volume) -> String {
    let (about, rules) = (&volume.about, catalogue.rules);
    let position = about.series.as_ref().and_then(|(_, position)| *position);
    let position = position
        .map(|position| rules.labels.catalogue.position.replace("{}", &position.to_string()));
    let subjects: Vec<&str> = about.subjects.iter().map(|(name, _)| name.as_str()).collect();
    let language = rules.language(&about.language);
    let foreign = language != rules.language(rules.tag);
    let facts = [
        position.unwrap_or_default(),
        about.publisher.clone(),
        rules.day(&about.date),
        subjects.join(rules.labels.name_separator),
        if foreign { language.to_owned() } else { String::new() },
    ];
    facts.into_iter().filter(|fact| !fact.is_empty()).collect::<Vec<String>>().join(" · ")
}

/// The files, each with its size and pages, and their checksums.
fn downloads(xml: &mut Xml, catalogue: &Catalogue, volume: &Volume) {
    let title = &volume.about.title;
    xml.element("ul", &[("class", "files")], |xml| {
        for file in &volume.files {
            xml.element("li", &[], |xml| {
                xml.element("a", &[("href", &file.address())], |xml| {
                    xml.text(catalogue.output(file));
                    // Links are also read one by one, away from their book.
                    let hidden = [("class", "unseen"), ("lang", volume.about.language.as_str())];
                    xml.leaf("span", &hidden, &format!(" {title}"));
                });
                xml.leaf("span", &[("class", "facts")], &extent(catalogue, file));
            });
        }
    });
    let words = &catalogue.rules.labels.catalogue;
    xml.element("details", &[], |xml| {
        xml.element("summary", &[], |xml| {
            xml.text(words.checksums);
            xml.leaf("span", &[("class", "unseen")], &format!(" {title}"));
        });
        xml.element("dl", &[], |xml| {
            for file in &volume.files {
                xml.leaf("dt", &[], file.path.rsplit('/').next().unwrap_or_default());
                xml.element("dd", &[], |xml| xml.leaf("code", &[], &file.sha256));
            }
        });
    });
}

/// `1.2 MB · 96页 · PDF/X-4`
fn extent(catalogue: &Catalogue, file: &Item) -> String {
    let pages =
        |pages: u64| catalogue.rules.labels.catalogue.pages.replace("{}", &pages.to_string());
    let facts = std::iter::once(size(file.bytes)).chain(file.pages.map(pages));
    facts.chain(file.standards.iter().cloned()).collect::<Vec<String>>().join(" · ")
}

/// A size as people read it.
fn size(bytes: usize) -> String {
    let bytes = bytes as f64;
    match bytes {
        ..1e3 => format!("{bytes} B"),
        ..1e6 => format!("{:.0} kB", bytes / 1e3),
        _ => format!("{:.1} MB", bytes / 1e6),
    }
}

fn footer(xml: &mut Xml, catalogue: &Catalogue) {
    let labels = &catalogue.rules.labels;
    let lists = [
        (labels.catalogue.feeds, &[("OPDS 1.2", ATOM), ("OPDS 2.0", JSON)][..]),
        (labels.catalogue.checksums, &[("SHA-256", SUMS)]),
    ];
    for (label, links) in lists {
        xml.element("p", &[], |xml| {
            xml.text(&format!("{label}{}", labels.colon));
            for (place, (name, address)) in links.iter().enumerate() {
                xml.text(if place == 0 { "" } else { " · " });
                xml.leaf("a", &[("href", address)], name);
            }
        });
    }
}
