//! Findings as a page shows them.

use serde::Serialize;

use crate::diag::{Diagnostic, Place, Severity, Sink, Span};

use super::Tongue;
use super::block::{Lines, Origin};
use super::proof::Side;

/// The characters that are shown on either side of a place.
const REACH: usize = 40;

/// A finding in words.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// `error` or `warning`.
    pub severity: &'static str,
    /// Its kind.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hints: Vec<String>,
    /// The file that it is about.
    pub path: Option<String>,
    /// Where in it.
    pub place: Option<Spot>,
    /// The side that shows it, and which of its blocks.
    pub shown: Option<(usize, usize)>,
}

/// A place in a text, with its line.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Spot {
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
    /// What stands before it in the line, as far as it is shown.
    pub before: String,
    /// What it is about.
    pub marked: String,
    /// What stands behind it.
    pub after: String,
}

/// All findings, with where on `sides` each is to be seen.
pub fn all(sink: &Sink, sides: &[Side], tongue: &Tongue) -> Vec<Finding> {
    let mut lines = Lines::default();
    let one = |finding| self::one(finding, sink, sides, tongue, &mut lines);
    sink.findings().iter().map(one).collect()
}

fn one(
    finding: &Diagnostic,
    sink: &Sink,
    sides: &[Side],
    tongue: &Tongue,
    lines: &mut Lines,
) -> Finding {
    let (path, place, shown) = match &finding.place {
        Place::Span(span) => {
            let origin = lines.origin(*span, &sink.sources);
            let spot = spot(*span, sink);
            (Some(origin.path.to_string()), Some(spot), shown(&origin, sides))
        }
        Place::File(path) => (Some(path.clone()), None, None),
        Place::Book => (None, None, None),
    };
    Finding {
        severity: match finding.code.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        code: finding.code.as_str(),
        message: (tongue.say)(&finding.message),
        hints: finding.hints.iter().map(&tongue.say).collect(),
        path,
        place,
        shown,
    }
}

/// The line around a stretch.
fn spot(span: Span, sink: &Sink) -> Spot {
    let (line, column) = sink.sources.line_column(span);
    let text = &sink.sources.get(span.source).text;
    let range = span.range();
    let start = text.floor_char_boundary(range.start);
    let from = text[..start].rfind('\n').map_or(0, |end| end + 1);
    let rest = &text[start..];
    let end = start + rest.find('\n').unwrap_or(rest.len());
    let until = text.floor_char_boundary(range.end).clamp(start, end);
    let reached = text[from..start].char_indices().rev().take(REACH).last();
    let before = &text[reached.map_or(start, |(at, _)| from + at)..start];
    Spot {
        line,
        column,
        before: before.to_owned(),
        marked: text[start..until].to_owned(),
        after: text[until..end].chars().take(REACH).collect(),
    }
}

/// The block in which a place is to be seen: the last of its file that begins before it.
fn shown(origin: &Origin, sides: &[Side]) -> Option<(usize, usize)> {
    let mut best: Option<(&Origin, (usize, usize))> = None;
    for (side, number, block) in sides.iter().enumerate().flat_map(|(side, it)| {
        it.blocks.iter().enumerate().map(move |(number, block)| (side, number, block))
    }) {
        let Some(begins) = &block.origin else { continue };
        let before = begins.path == origin.path && begins.start <= origin.start;
        if before && best.is_none_or(|(known, _)| known.start < begins.start) {
            best = Some((begins, (side, number)));
        }
    }
    best.map(|(_, place)| place)
}
