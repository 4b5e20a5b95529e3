//! Which characters the pages show in which face: what a reader finds who applies the style sheet.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};

use super::is_rare;
use crate::font::{Characters, Family, Style, Weight};
use crate::script::{self, Forms};

/// What sets a text: its style, and the forms of its language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Setting {
    /// Family and weight.
    pub style: Style,
    /// Whose forms.
    pub forms: Forms,
}

/// What pages show.
#[derive(Debug, Default)]
pub struct Used {
    /// The characters of each setting.
    pub characters: BTreeMap<Setting, Characters>,
    /// The languages of quoted words, by their forms.
    pub languages: BTreeMap<Forms, BTreeSet<String>>,
}

/// What the style sheet says of faces: selector, family, weight; of two rows for one element the
/// later one holds. A selector is an element, a class or both, perhaps below another.
pub const ROLES: [(&str, Option<Family>, Option<Weight>); 29] = [
    ("h1", None, Some(Weight::Bold)),
    ("h2", None, Some(Weight::Bold)),
    ("h3", Some(Family::Sans), Some(Weight::Bold)),
    ("h4", Some(Family::Sans), Some(Weight::Bold)),
    ("h5", Some(Family::Sans), Some(Weight::Bold)),
    ("h6", Some(Family::Sans), Some(Weight::Bold)),
    ("h1 .number", Some(Family::Sans), Some(Weight::Regular)),
    (".piece", Some(Family::Sans), None),
    ("strong", None, Some(Weight::Bold)),
    ("em.kai", Some(Family::Kai), None),
    ("code", Some(Family::Mono), None),
    ("pre", Some(Family::Mono), None),
    ("pre .keyword", None, Some(Weight::Bold)),
    ("dt", None, Some(Weight::Bold)),
    ("figcaption", Some(Family::Sans), None),
    ("caption", Some(Family::Sans), None),
    (".source", Some(Family::Sans), None),
    (".label", None, Some(Weight::Bold)),
    ("th", Some(Family::Sans), Some(Weight::Bold)),
    (".contents li.part", None, Some(Weight::Bold)),
    (".contents li.chapter", None, Some(Weight::Bold)),
    (".contents li.section", None, Some(Weight::Regular)),
    (".institution", Some(Family::Sans), None),
    (".contents .institution", None, Some(Weight::Regular)),
    (".credits dl", Some(Family::Sans), None),
    (".imprint", Some(Family::Sans), None),
    (".imprint .internal", None, Some(Weight::Bold)),
    (".cip .title", None, Some(Weight::Bold)),
    (".records dt", None, Some(Weight::Regular)),
];

/// An open element.
struct Open {
    name: String,
    class: String,
    setting: Setting,
    /// Whether some engines make its text bold, and others do not.
    wavers: bool,
}

impl Used {
    /// The characters of a page that readers may lack; the markup around the text is ASCII, and so not
    /// rare. They stand in the first face that has them.
    pub fn rare(page: &str, home: Forms) -> Self {
        let style = Style::new(Family::Serif, Weight::Regular);
        let rare: Characters = page.chars().filter(|&c| is_rare(c)).collect();
        let characters = [(Setting { style, forms: home }, rare)].into();
        Self { characters, languages: BTreeMap::new() }
    }

    /// What a page shows, whose language has the forms `home`.
    pub fn of(page: &str, home: Forms) -> Self {
        let style = Style::new(Family::Serif, Weight::Regular);
        let mut used = Self::default();
        let mut open = vec![Open {
            name: String::new(),
            class: String::new(),
            setting: Setting { style, forms: home },
            wavers: false,
        }];
        let mut reader = Reader::from_str(page);
        // The page is our own: it has no fault, and one would only end the reading.
        while let Ok(event) = reader.read_event() {
            match event {
                Event::Start(tag) => open.push(used.opened(&tag, &open, home)),
                Event::End(_) => drop(open.pop()),
                Event::Text(text) => used.note(&text, open.last()),
                // The reader tells `&amp;` apart from the text around it.
                Event::GeneralRef(name) => {
                    used.note(resolve_xml_entity(&name).unwrap_or_default(), open.last());
                }
                Event::Eof => break,
                Event::Empty(_)
                | Event::CData(_)
                | Event::Comment(_)
                | Event::Decl(_)
                | Event::PI(_)
                | Event::DocType(_) => {}
            }
        }
        used
    }

    /// An element below those that are `open`.
    fn opened(&mut self, tag: &BytesStart<'_>, open: &[Open], home: Forms) -> Open {
        let attribute = |name: &str| {
            let found = tag.try_get_attribute(name).ok().flatten();
            found.map(|found| found.value.into_owned())
        };
        let above = open.last();
        let mut setting = above.map_or(
            Setting { style: Style::new(Family::Serif, Weight::Regular), forms: home },
            |above| above.setting,
        );
        if let Some(language) = attribute("xml:lang") {
            setting.forms = script::rules(&language).map_or(home, |rules| rules.forms);
            if setting.forms != home {
                self.languages.entry(setting.forms).or_default().insert(language);
            }
        }
        let name = tag.name().as_ref().to_owned();
        let class = attribute("class").unwrap_or_default();
        for (selector, family, weight) in ROLES {
            if selects(selector, &name, &class, open) {
                setting.style.family = family.unwrap_or(setting.style.family);
                setting.style.weight = weight.unwrap_or(setting.style.weight);
            }
        }
        let wavers = name == "em" || above.is_some_and(|above| above.wavers);
        Open { name, class, setting, wavers }
    }

    /// Keeps characters of an element.
    fn note(&mut self, text: &str, element: Option<&Open>) {
        let Some(element) = element else { return };
        let mut keep = |setting| {
            let characters: &mut Characters = self.characters.entry(setting).or_default();
            text.chars().filter(|c| !c.is_control()).for_each(|c| characters.insert(c));
        };
        keep(element.setting);
        if element.wavers {
            let style = Style::new(element.setting.style.family, Weight::Bold);
            keep(Setting { style, ..element.setting });
        }
    }

    /// Adds what another page shows.
    pub fn unite(&mut self, other: Self) {
        for (setting, characters) in other.characters {
            self.characters.entry(setting).or_default().unite(&characters);
        }
        for (forms, languages) in other.languages {
            self.languages.entry(forms).or_default().extend(languages);
        }
    }
}

/// Whether a selector of [`ROLES`] means an element below those that are `open`.
fn selects(selector: &str, name: &str, class: &str, open: &[Open]) -> bool {
    match selector.split_once(' ') {
        Some((above, own)) => {
            means(own, name, class) && open.iter().any(|it| means(above, &it.name, &it.class))
        }
        None => means(selector, name, class),
    }
}

/// Whether `h3`, `.piece` or `em.kai` means an element.
fn means(compound: &str, name: &str, class: &str) -> bool {
    let (element, wanted) = compound.split_once('.').unwrap_or((compound, ""));
    (element.is_empty() || element == name)
        && (wanted.is_empty() || class.split(' ').any(|class| class == wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_text_is_set_as_the_style_sheet_says() {
        let page = "<html xml:lang=\"zh-Hans\"><h1><span class=\"number\">一</span>甲</h1>\
                    <p>乙&amp;<em class=\"kai\">丙</em><span xml:lang=\"ja\">丁</span></p></html>";
        let used = Used::of(page, Forms::Simplified);
        let found: Vec<String> = used
            .characters
            .iter()
            .map(|(Setting { style, forms }, characters)| {
                let text: String = characters.iter().collect();
                format!("{:?} {:?} {forms:?} {text}", style.family, style.weight)
            })
            .collect();
        assert_eq!(
            found,
            [
                "Serif Regular Simplified &乙",
                "Serif Regular Japanese 丁",
                "Serif Bold Simplified 甲",
                "Sans Regular Simplified 一",
                "Kai Regular Simplified 丙",
                "Kai Bold Simplified 丙",
            ]
        );
        assert_eq!(used.languages[&Forms::Japanese], ["ja".to_owned()].into());
    }

    /// Every rule of the style sheet that names a generic family stands in the table.
    #[test]
    fn the_table_says_what_the_style_sheet_says() {
        let sheet = include_str!("../stylesheet.css");
        for rule in sheet.split('}') {
            let Some((selectors, body)) = rule.rsplit_once('{') else { continue };
            let family = match body.split_once("font-family: ") {
                Some((_, said)) if said.starts_with("sans-serif") => Family::Sans,
                Some((_, said)) if said.starts_with("monospace") => Family::Mono,
                Some((_, said)) if said.starts_with("\"Kaiti") => Family::Kai,
                Some((_, said)) => panic!("the table has no family for `{said}`"),
                None => continue,
            };
            let selectors = selectors.rsplit("*/").next().unwrap();
            for selector in selectors.split(',').map(str::trim) {
                let listed = ROLES.iter().any(|role| role.0 == selector && role.1 == Some(family));
                assert!(listed, "the table lacks `{selector}`");
            }
        }
    }
}
