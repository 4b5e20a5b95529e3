//! What styles and names of elements say: manners, sizes, what is hidden, what stands in a line.

use scraper::ElementRef;

use super::Manner;
use crate::import::article::{Style, Target};

/// What is around some text.
#[derive(Clone, Default)]
pub(super) struct Around {
    pub styles: Vec<Style>,
    pub link: Option<Target>,
    /// Whether its type is much larger than that of text.
    pub large: bool,
}

/// What surrounds a block of its own: the link, no manner.
pub(super) fn plainly(around: &Around) -> Around {
    Around { link: around.link.clone(), ..Around::default() }
}

/// What surrounds the content of an element.
pub(super) fn inside(element: ElementRef<'_>, around: &Around, manner: Manner<'_>) -> Around {
    let mut inner = around.clone();
    let style = style(element);
    let named = match element.value().name() {
        "b" | "strong" => Some(Style::Strong),
        "i" | "em" | "cite" | "dfn" => Some(Style::Emphasis),
        "s" | "del" | "strike" => Some(Style::Strike),
        "sub" => Some(Style::Subscript),
        "sup" => Some(Style::Superscript),
        _ => None,
    };
    let weight = value(&style, "font-weight");
    let bold = weight.is_some_and(|it| {
        it.starts_with("bold") || it.parse().is_ok_and(|weight: u32| weight >= 600)
    });
    if weight.is_some_and(|it| it == "normal" || it == "400") {
        inner.styles.retain(|style| *style != Style::Strong);
    }
    let italic = value(&style, "font-style").is_some_and(|it| it == "italic");
    let drawn = [bold.then_some(Style::Strong), italic.then_some(Style::Emphasis)];
    for style in drawn.into_iter().chain([named]).flatten() {
        if !inner.styles.contains(&style) {
            inner.styles.push(style);
        }
    }
    if let Some(size) = value(&style, "font-size").and_then(pixels) {
        inner.large = size >= 19.5;
    }
    if element.value().name() == "a" {
        let href = element.value().attr("href").map(str::trim).unwrap_or_default();
        let leads = crate::manifest::is_address(href) || href.starts_with("mailto:");
        let anchor = match manner {
            Manner::Web => href.strip_prefix('#').filter(|it| !it.is_empty()).map(str::to_owned),
            Manner::Leaf(leaf) => leaf.address(href),
        };
        let anchor = anchor.map(Target::Anchor);
        inner.link = leads.then(|| Target::Url(href.to_owned())).or(anchor);
    }
    inner
}

/// The style of an element, in small letters without spaces.
pub(super) fn style(element: ElementRef<'_>) -> String {
    let style = element.value().attr("style").unwrap_or_default();
    style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase()
}

/// The value of a property in a style.
pub(super) fn value<'s>(style: &'s str, name: &str) -> Option<&'s str> {
    let mut found = style.split(';').filter_map(|property| property.split_once(':'));
    found
        .find(|(property, _)| *property == name)
        .map(|(_, value)| value.trim_end_matches("!important"))
}

/// A length in pixels.
fn pixels(length: &str) -> Option<f64> {
    let number = |unit: &str| length.strip_suffix(unit)?.parse::<f64>().ok();
    number("px")
        .or_else(|| number("pt").map(|points| points * 4.0 / 3.0))
        .or_else(|| number("em").map(|ems| ems * 16.0))
}

/// Whether an element is not shown.
pub(super) fn is_hidden(element: ElementRef<'_>, manner: Manner<'_>) -> bool {
    let style = style(element);
    let name = element.value().name();
    let is_beside = matches!(name, "footer" | "aside" | "form") && matches!(manner, Manner::Web);
    is_beside
        || matches!(name, "script" | "style" | "template" | "noscript" | "head" | "nav" | "button" | "input" | "select" | "textarea")
        || element.value().attr("hidden").is_some()
        || value(&style, "display") == Some("none")
        // WeChat's text is not shown before its script has run: the article itself has that style.
        || (value(&style, "visibility") == Some("hidden") && element.value().attr("id") != Some("js_content"))
}

/// Whether an element stands in a line by its name (HTML 3.2.5.2.5).
pub(super) fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "b"
            | "bdi"
            | "bdo"
            | "big"
            | "cite"
            | "code"
            | "data"
            | "del"
            | "dfn"
            | "em"
            | "font"
            | "i"
            | "ins"
            | "kbd"
            | "label"
            | "mark"
            | "q"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "tt"
            | "u"
            | "var"
            | "wbr"
            | "picture"
            | "source"
            | "center"
            | "mp-style-type"
    )
}

/// Whether an element of a line is set as a box of its own.
pub(super) fn shows_as_block(element: ElementRef<'_>) -> bool {
    let style = style(element);
    element.value().name() == "center"
        || value(&style, "display").is_some_and(|it| matches!(it, "block" | "flex" | "table"))
}
