//! What of a text does not come into a book: headers, footers, macros, controls, marks.

use std::collections::BTreeSet;

use super::text::words;
use crate::import::article::{Fate, Remark};
use crate::import::xml::Element;
use crate::message;

/// Tells what is left, by the roots of the parts and the names of all parts.
pub(super) fn left(roots: &[Element], names: &[String]) -> Vec<Remark> {
    let mut remarks = margins(roots);
    let macros = names.iter().filter(|name| {
        let is_code = name.starts_with("Basic/") || name.starts_with("Scripts/");
        is_code && !name.ends_with('/')
    });
    remarks.extend(macros.map(|name| of_macros(name)));
    let mut calls = BTreeSet::new();
    let mut entries = 0;
    for element in roots.iter().flat_map(Element::all) {
        match element.name.as_str() {
            "office:script" => {
                remarks.push(of_macros(element.attribute("script:language").unwrap_or_default()));
            }
            "script:event-listener" | "presentation:event-listener" => {
                calls.insert(element.attribute("xlink:href").unwrap_or_default());
            }
            "text:alphabetical-index-mark" | "text:alphabetical-index-mark-start" => entries += 1,
            "form:form" => {
                let name = element.attribute("form:name").unwrap_or_default();
                let what = message!("the controls of the form `{name}`", name);
                remarks.push(Remark::new(Fate::Left, what, ""));
            }
            _ => {}
        }
    }
    remarks.extend(calls.into_iter().map(|address| {
        let what = message!("a call of the macro `{address}`, which was not run", address);
        Remark::new(Fate::Left, what, "")
    }));
    if entries > 0 {
        let what =
            message!("the marks of {entries} entries in an index; their words stayed", entries);
        remarks.push(Remark::new(Fate::Left, what, ""));
    }
    remarks
}

fn of_macros(name: &str) -> Remark {
    Remark::new(Fate::Left, message!("macros in `{name}`, which were not run", name), "")
}

/// The words above and below the pages; pages of several kinds often have the same.
fn margins(roots: &[Element]) -> Vec<Remark> {
    let pages = roots.iter().filter_map(|root| root.child("office:master-styles"));
    let parts = pages.flat_map(Element::elements).flat_map(Element::elements);
    let mut told = BTreeSet::new();
    let mut remarks = Vec::new();
    for part in parts {
        let kind = match part.name.strip_prefix("style:") {
            Some(name) if name.starts_with("header") => "header",
            Some(name) if name.starts_with("footer") => "footer",
            Some(_) | None => continue,
        };
        let words = words(part);
        if !words.trim().is_empty() && told.insert((kind, words.clone())) {
            remarks.push(Remark::new(Fate::Left, kind, words));
        }
    }
    remarks
}
