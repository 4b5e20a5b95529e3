//! The styles of a text: what they call a paragraph, and their manners and lists.

use std::collections::BTreeMap;

use crate::import::article::{Inline, Style};
use crate::import::xml::Element;

/// The most styles that a style inherits from; one may name itself as its own parent.
const LONGEST_CHAIN: usize = 20;

/// How characters look; none where a style says nothing of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Manner {
    bold: Option<bool>,
    italic: Option<bool>,
    /// A line below or dots: both are emphasis.
    marked: Option<bool>,
    strike: Option<bool>,
    height: Option<Height>,
    hidden: Option<bool>,
}

/// Where characters stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Height {
    Line,
    Above,
    Below,
}

impl Manner {
    /// This manner within another one.
    pub fn within(self, outer: Self) -> Self {
        Self {
            bold: self.bold.or(outer.bold),
            italic: self.italic.or(outer.italic),
            marked: self.marked.or(outer.marked),
            strike: self.strike.or(outer.strike),
            height: self.height.or(outer.height),
            hidden: self.hidden.or(outer.hidden),
        }
    }

    /// Whether the characters are not to be seen.
    pub fn is_hidden(self) -> bool {
        self.hidden == Some(true)
    }

    /// An inline in this manner.
    pub fn around(self, inline: Inline) -> Inline {
        let styles = [
            (self.height == Some(Height::Above)).then_some(Style::Superscript),
            (self.height == Some(Height::Below)).then_some(Style::Subscript),
            (self.strike == Some(true)).then_some(Style::Strike),
            (self.italic == Some(true) || self.marked == Some(true)).then_some(Style::Emphasis),
            (self.bold == Some(true)).then_some(Style::Strong),
        ];
        let styles = styles.into_iter().flatten();
        styles.fold(inline, |inner, style| Inline::Styled(style, vec![inner]))
    }

    /// What the properties of characters say (`style:text-properties`).
    fn of(properties: &Element) -> Self {
        // Programs say it for each script; hanzi have a value of their own.
        let any = |names: &[&str], is: &dyn Fn(&str) -> bool| {
            let said: Vec<&str> = names.iter().filter_map(|it| properties.attribute(it)).collect();
            (!said.is_empty()).then(|| said.into_iter().any(is))
        };
        let is_drawn = |value: &str| value != "none";
        let lines = ["style:text-line-through-style", "style:text-line-through-type"];
        let marks = ["style:text-underline-style", "style:text-emphasize"];
        Self {
            bold: any(&["fo:font-weight", "style:font-weight-asian"], &is_bold),
            italic: any(&["fo:font-style", "style:font-style-asian"], &|value| value != "normal"),
            marked: any(&marks, &is_drawn),
            strike: any(&lines, &is_drawn),
            height: properties.attribute("style:text-position").and_then(height),
            hidden: properties.attribute("text:display").map(|value| value == "none"),
        }
    }
}

fn is_bold(value: &str) -> bool {
    value == "bold" || value.parse::<u16>().is_ok_and(|weight| weight >= 600)
}

/// `super 58%`, `-33% 58%`.
fn height(position: &str) -> Option<Height> {
    let first = position.split_whitespace().next()?;
    let part = |text: &str| text.strip_suffix('%')?.parse::<f64>().ok();
    Some(match (first, part(first)) {
        ("super", _) => Height::Above,
        ("sub", _) => Height::Below,
        (_, Some(part)) if part > 0.0 => Height::Above,
        (_, Some(part)) if part < 0.0 => Height::Below,
        (_, Some(_)) => Height::Line,
        (_, None) => return None,
    })
}

/// What a style makes of a paragraph or of characters.
#[derive(Clone, Debug, Default)]
pub(super) struct Look {
    /// The names, in small letters, of the style and of those that it inherits from; automatic
    /// styles have none.
    pub names: Vec<String>,
    /// The level of a heading, from 1.
    pub level: Option<u8>,
    /// The style of its lists.
    pub list: Option<String>,
    pub manner: Manner,
}

/// The styles of a text by their names.
#[derive(Debug, Default)]
pub(super) struct Styles {
    paragraphs: BTreeMap<String, Look>,
    characters: BTreeMap<String, Look>,
    /// The first number of each level, none where it has signs.
    lists: BTreeMap<String, Vec<Option<u64>>>,
}

/// A style, and whether the program made it for what was set by hand.
#[derive(Clone, Copy)]
struct Definition<'e> {
    style: &'e Element,
    is_automatic: bool,
}

impl Styles {
    /// The styles that stand in the roots of a text's parts.
    pub fn of(roots: &[Element]) -> Self {
        let mut styles = Self::default();
        let mut paragraphs = BTreeMap::new();
        let mut characters = BTreeMap::new();
        for (name, is_automatic) in [("office:styles", false), ("office:automatic-styles", true)] {
            // Those of the part with the text go before those of headers, which may be called alike.
            let all = roots.iter().rev().filter_map(|root| root.child(name));
            for style in all.flat_map(Element::elements) {
                let Some(name) = style.attribute("style:name") else { continue };
                let definition = Definition { style, is_automatic };
                if style.name == "text:list-style" {
                    styles.lists.insert(name.to_owned(), starts(style));
                } else if style.name == "style:style" {
                    match style.attribute("style:family") {
                        Some("paragraph") => drop(paragraphs.insert(name, definition)),
                        Some("text") => drop(characters.insert(name, definition)),
                        Some(_) | None => {}
                    }
                }
            }
        }
        styles.paragraphs = looks(&paragraphs, Whose::Paragraphs);
        styles.characters = looks(&characters, Whose::Characters);
        styles
    }

    /// What a paragraph looks like.
    pub fn paragraph(&self, name: Option<&str>) -> Look {
        let look = name.and_then(|name| self.paragraphs.get(name)).cloned();
        look.unwrap_or_else(|| bare(name))
    }

    /// What characters look like.
    pub fn characters(&self, name: Option<&str>) -> Look {
        let look = name.and_then(|name| self.characters.get(name)).cloned();
        look.unwrap_or_else(|| bare(name))
    }

    /// The first number of a list at a level from 0; none where it has signs.
    pub fn start(&self, list: &str, level: usize) -> Option<u64> {
        self.lists.get(list)?.get(level).copied().flatten()
    }
}

/// What a style that is nowhere said to be anything is by its name.
fn bare(name: Option<&str>) -> Look {
    Look { names: name.map(spelled).into_iter().collect(), ..Look::default() }
}

/// What styles are for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whose {
    Paragraphs,
    Characters,
}

fn looks(by_name: &BTreeMap<&str, Definition<'_>>, whose: Whose) -> BTreeMap<String, Look> {
    by_name.keys().map(|name| ((*name).to_owned(), look(name, by_name, whose))).collect()
}

/// A style with what it inherits.
///
/// What a named style makes of the characters of a whole paragraph is how the document is designed,
/// and a book has a design of its own: only what was set by hand counts there. So it is with lines
/// below characters, which are mostly those of links.
fn look(name: &str, by_name: &BTreeMap<&str, Definition<'_>>, whose: Whose) -> Look {
    let mut look = Look::default();
    let mut level: Option<&str> = None;
    let mut next = Some(name);
    for _ in 0..LONGEST_CHAIN {
        let Some(name) = next else { break };
        let Some(Definition { style, is_automatic }) = by_name.get(name).copied() else {
            look.names.push(spelled(name));
            break;
        };
        if !is_automatic {
            look.names.push(
                style
                    .attribute("style:display-name")
                    .map_or_else(|| spelled(name), str::to_lowercase),
            );
        }
        // An empty level ends what is inherited.
        level = level.or_else(|| style.attribute("style:default-outline-level"));
        look.list =
            look.list.or_else(|| style.attribute("style:list-style-name").map(str::to_owned));
        if whose == Whose::Characters || is_automatic {
            let properties = style.child("style:text-properties");
            let mut manner = properties.map(Manner::of).unwrap_or_default();
            manner.marked = manner.marked.filter(|_| is_automatic);
            look.manner = look.manner.within(manner);
        }
        next = style.attribute("style:parent-style-name");
    }
    look.level = level.and_then(|level| level.parse().ok());
    look.list = look.list.filter(|list| !list.is_empty());
    look
}

/// A name as people read it: `Heading_20_1` is `heading 1`.
fn spelled(name: &str) -> String {
    let mut text = String::new();
    let mut rest = name;
    while let Some((before, after)) = rest.split_once('_') {
        text += before;
        let coded = after.split_once('_').and_then(|(code, after)| {
            Some((char::from_u32(u32::from_str_radix(code, 16).ok()?)?, after))
        });
        match coded {
            Some((c, after)) => {
                text.push(c);
                rest = after;
            }
            None => {
                text.push(' ');
                rest = after;
            }
        }
    }
    (text + rest).to_lowercase()
}

/// The first numbers of a list's levels.
fn starts(list: &Element) -> Vec<Option<u64>> {
    let mut starts = Vec::new();
    for level in list.elements() {
        let place = level.attribute("text:level").and_then(|it| it.parse::<usize>().ok());
        let Some(place) = place.filter(|place| (1..=10).contains(place)) else { continue };
        let is_numbered = level.name == "text:list-level-style-number"
            && level.attribute("style:num-format").is_some_and(|format| !format.is_empty());
        let start = level.attribute("text:start-value").and_then(|it| it.parse().ok());
        if starts.len() < place {
            starts.resize(place, None);
        }
        starts[place - 1] = is_numbered.then(|| start.unwrap_or(1));
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::xml;

    #[test]
    fn names_are_read_as_people_do() {
        assert_eq!(spelled("Heading_20_1"), "heading 1");
        assert_eq!(spelled("Source_Text"), "source text");
        assert_eq!(spelled("_6807__9898_"), "标题");
    }

    #[test]
    fn styles_inherit_and_what_is_set_by_hand_goes_before() {
        let root = xml::read(
            "<r><office:styles>
            <style:style style:name='A' style:family='text' style:parent-style-name='B'/>
            <style:style style:name='B' style:family='text' style:parent-style-name='A'>
            <style:text-properties fo:font-weight='bold' style:text-underline-style='solid'/></style:style>
            <style:style style:name='Q' style:display-name='Quotations' style:family='paragraph'>
            <style:text-properties fo:font-style='italic'/></style:style></office:styles>
            <office:automatic-styles>
            <style:style style:name='T1' style:family='text' style:parent-style-name='A'>
            <style:text-properties style:text-position='-33% 58%'/></style:style>
            <style:style style:name='P1' style:family='paragraph' style:parent-style-name='Q'>
            <style:text-properties style:font-weight-asian='600'/></style:style>
            </office:automatic-styles></r>",
        )
        .unwrap();
        let styles = Styles::of(&[root]);
        let manner = styles.characters(Some("T1")).manner;
        let expected =
            Manner { bold: Some(true), height: Some(Height::Below), ..Manner::default() };
        assert_eq!(manner, expected);
        let look = styles.paragraph(Some("P1"));
        assert_eq!(look.names, ["quotations"]);
        assert_eq!(look.manner, Manner { bold: Some(true), ..Manner::default() });
        let plain = Manner { bold: Some(false), ..Manner::default() };
        assert_eq!(plain.within(look.manner).bold, Some(false));
    }
}
