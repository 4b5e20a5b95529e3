//! The markup of a drawing, before it is resolved: what may not be in a book at all, and what the
//! resolver would leave out without a word.

use std::collections::BTreeSet;

use resvg::usvg::roxmltree::{self, Document, Node};

use super::simplified::Simplified;
use super::unfold;
use crate::diag::{Code, Message};
use crate::image::Fault;
use crate::message;

/// The namespace of SVG.
pub const NAMESPACE: &str = "http://www.w3.org/2000/svg";

/// The most nodes of markup: a map of a whole country has fewer.
const MOST_NODES: u32 = 1_000_000;

/// Parses the markup.
pub fn parse(text: &str) -> Result<Document<'_>, Fault> {
    let options = roxmltree::ParsingOptions {
        allow_dtd: true,
        nodes_limit: MOST_NODES,
        ..roxmltree::ParsingOptions::default()
    };
    Document::parse_with_options(text, options).map_err(|error| {
        Fault::new(Code::BrokenImage, message!("the drawing is not well-formed: {error}", error))
    })
}

/// Looks at every element for what may not be there and for what will be left out.
pub fn check(document: &Document<'_>) -> Result<BTreeSet<Simplified>, Fault> {
    if document.root_element().tag_name().namespace() != Some(NAMESPACE) {
        let message = "the `svg` element does not say that it is one";
        return Err(Fault::new(Code::BrokenImage, message).hint(message!(
            "give it `xmlns=\"{namespace}\"`: readers of books want it",
            namespace = NAMESPACE
        )));
    }
    let mut simplified = BTreeSet::new();
    for node in document.descendants() {
        if node.pi().is_some_and(|instruction| instruction.target == "xml-stylesheet") {
            return Err(outside("a style sheet"));
        }
        if node.is_element() {
            check_element(node, &mut simplified)?;
        }
    }
    unfold::check(document)?;
    Ok(simplified)
}

fn check_element(node: Node<'_, '_>, simplified: &mut BTreeSet<Simplified>) -> Result<(), Fault> {
    let name = node.tag_name().name();
    match name {
        "script" => return Err(script("a script")),
        "image" => drop(simplified.insert(Simplified::Raster)),
        "foreignObject" => drop(simplified.insert(Simplified::Foreign)),
        "animate" | "animateMotion" | "animateTransform" | "set" => {
            simplified.insert(Simplified::Motion);
        }
        "style"
            if node.descendants().any(|text| names_outside(text.text().unwrap_or_default())) =>
        {
            return Err(outside("a style sheet"));
        }
        _ => {}
    }
    for attribute in node.attributes() {
        let value = attribute.value().trim();
        match attribute.name() {
            handler if handler.starts_with("on") => {
                return Err(script(message!("the script `{handler}`", handler)));
            }
            "href" if value.to_ascii_lowercase().starts_with("javascript:") => {
                return Err(script("a script in a link"));
            }
            // A link may lead anywhere; everything else would be loaded.
            "href" | "src"
                if name != "a" && !value.starts_with('#') && !value.starts_with("data:") =>
            {
                return Err(outside(message!("`{value}`", value)));
            }
            _ if names_outside(value) => return Err(outside(message!("`{value}`", value))),
            _ => {}
        }
    }
    Ok(())
}

/// Whether a style loads something from elsewhere: `@import`, or `url()` of neither an id nor data.
fn names_outside(style: &str) -> bool {
    let leads_away = |rest: &str| {
        let target = rest.trim_start_matches([' ', '"', '\'', '\t', '\r', '\n']);
        !target.starts_with('#') && !target.starts_with("data:")
    };
    style.contains("@import") || style.split("url(").skip(1).any(leads_away)
}

fn script(what: impl Into<Message>) -> Fault {
    let what = what.into();
    Fault::new(Code::UnsupportedImage, message!("the drawing carries {what}", what))
        .hint("a book shows pictures that stand still; export it as a plain SVG")
}

fn outside(what: impl Into<Message>) -> Fault {
    let what = what.into();
    Fault::new(
        Code::UnsupportedImage,
        message!("the drawing takes {what} from outside of its file", what),
    )
    .hint("export it with everything inside of it; a book loads nothing from elsewhere")
}
