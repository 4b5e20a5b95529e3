//! HTML in Markdown: banxin reads line ends and shifts, and the words of the rest.

use scraper::{ElementRef, Html};

use crate::import::html::is_shallow;

/// What banxin understands.
const KNOWN: [&str; 3] = ["br", "sub", "sup"];

/// What is taken of the elements of a piece of HTML, where that has a sign of them.
fn elements<T>(text: &str, sign: &str, take: impl Fn(ElementRef<'_>) -> Option<T>) -> Vec<T> {
    if !text.to_ascii_lowercase().contains(sign) || !is_shallow(text) {
        return Vec::new();
    }
    let html = Html::parse_fragment(text);
    html.root_element().descendants().filter_map(ElementRef::wrap).filter_map(take).collect()
}

/// The words that it shows.
pub(super) fn words(text: &str) -> String {
    if !is_shallow(text) {
        return String::new();
    }
    let html = Html::parse_fragment(text);
    let shown = |node: &&str| !node.is_empty();
    let mut words = String::new();
    for node in html.root_element().descendants() {
        let parent = node.parent().and_then(ElementRef::wrap);
        let is_hidden = parent.is_some_and(|it| matches!(it.value().name(), "script" | "style"));
        let text = node.value().as_text().map(|text| &**text).filter(shown);
        words.extend(text.filter(|_| !is_hidden));
    }
    words
}

/// The pictures in it: addresses, and what they say.
pub(super) fn pictures(text: &str) -> Vec<(String, String)> {
    elements(text, "<img", |it| {
        let said = |name: &str| it.value().attr(name).unwrap_or_default().to_owned();
        (it.value().name() == "img" && !said("src").is_empty()).then(|| (said("src"), said("alt")))
    })
}

/// The names by which links lead to it.
pub(super) fn names(text: &str) -> Vec<String> {
    let named =
        |it: ElementRef<'_>| it.value().attr("id").or(it.value().attr("name")).map(str::to_owned);
    let mut names = elements(text, "id=", named);
    names.extend(elements(text, "name=", named));
    names
}

/// The elements in it that banxin leaves out.
pub(super) fn unknown(text: &str) -> Vec<String> {
    let tag = |it: ElementRef<'_>| {
        let name = it.value().name();
        (name != "html" && !KNOWN.contains(&name)).then(|| format!("<{name}>"))
    };
    elements(text, "<", tag)
}
