//! From characters to [`raw::Book`], with every error of syntax, key and type on the way.
//!
//! A reader made by serde stops at the first error. So the key or value that it stops at is noted,
//! cut out, and the rest is read again, until the rest is right.

use std::ops::Range;
use std::thread;

use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue, Deserializer, Error};

use super::raw;
use crate::diag::{Code, List, Message, nearest};
use crate::message;

/// The most faults of syntax, and of shape, that are told: each of shape costs a reading.
const MOST_FAULTS: usize = 100;
/// Tables may be some 6 600 deep (the parser takes 80 levels of braces with keys of 80 parts each),
/// and are dropped level by level.
const STACK: usize = 64 * 1024 * 1024;

/// What became of the text.
#[derive(Debug, Default)]
pub struct Parsed {
    /// What could be read; nothing when the text is not TOML.
    pub book: Option<raw::Book>,
    /// What could not.
    pub faults: Vec<Fault>,
    /// The keys that could not.
    pub cuts: Vec<Cut>,
}

/// Something wrong at a place in the text.
#[derive(Debug)]
pub struct Fault {
    pub code: Code,
    pub at: Range<usize>,
    pub message: Message,
    pub hints: Vec<Message>,
}

impl Fault {
    /// Adds what to do.
    pub fn hint(&mut self, hint: impl Into<Message>) {
        self.hints.push(hint.into());
    }
}

/// A key that has been cut out, or a part of its value.
#[derive(Debug)]
pub struct Cut {
    /// The place of its table: the header, the braces, or nothing for the whole file.
    pub table: Range<usize>,
    pub key: String,
    /// The key that was surely meant, where the table does not have this one.
    pub meant: Option<String>,
    /// What kind of value stood there.
    found: &'static str,
    /// Whether it is a part of the value, as an element of an array is.
    within: bool,
    /// Whether the place is the key's own.
    is_key: bool,
}

/// Reads the text of a `book.toml`.
pub fn parse(text: &str) -> Parsed {
    let parsed = thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(STACK);
        thread.spawn_scoped(scope, || parse_here(text)).ok()?.join().ok()
    });
    parsed.unwrap_or_else(|| Parsed {
        faults: vec![Fault {
            code: Code::TomlSyntax,
            at: 0..0,
            message: "this file is too tangled to be read".into(),
            hints: Vec::new(),
        }],
        ..Parsed::default()
    })
}

fn parse_here(text: &str) -> Parsed {
    let (table, mut errors) = DeTable::parse_recoverable(text);
    let mut parsed = read_shape(text, table);
    errors.sort_by_key(|error| place(error, text).start);
    // What follows an error of syntax is the parser's guess, and not judged.
    if let Some(first) = errors.first().map(|error| place(error, text).start) {
        parsed.book = None;
        parsed.faults.retain(|fault| fault.at.end <= first);
        let told = errors.iter().take(MOST_FAULTS);
        parsed.faults.extend(told.map(|error| syntax_fault(error, text)));
        let more = errors.len().saturating_sub(MOST_FAULTS);
        if let (1.., Some(last)) = (more, parsed.faults.last_mut()) {
            last.hints.push(message!("and {more} more like this one", more));
        }
    }
    parsed
}

/// Reads a table into the shape of a book, as often as it takes.
fn read_shape(text: &str, mut table: Spanned<DeTable<'_>>) -> Parsed {
    let mut parsed = Parsed::default();
    while parsed.faults.len() < MOST_FAULTS {
        match raw::Book::deserialize(Deserializer::from(table.clone())) {
            Ok(book) => {
                parsed.book = Some(book);
                break;
            }
            Err(error) => {
                let at = place(&error, text);
                let mut cut = cut_table(table.get_mut(), 0..0, &at);
                parsed.faults.push(shape_fault(&error, at, cut.as_mut(), text));
                let Some(cut) = cut else { break };
                parsed.cuts.push(cut);
            }
        }
    }
    parsed
}

fn place(error: &Error, text: &str) -> Range<usize> {
    let end = text.len();
    error.span().map_or(0..0, |at| at.start.min(end)..at.end.min(end))
}

/// Cuts out the outermost key or value that stands at `at`.
fn cut_table(table: &mut DeTable<'_>, of: Range<usize>, at: &Range<usize>) -> Option<Cut> {
    let hit = table.iter().find(|(key, value)| key.span() == *at || value.span() == *at);
    if let Some((key, value)) = hit {
        let cut = Cut {
            table: of,
            key: key.get_ref().to_string(),
            meant: None,
            found: kind(value.get_ref()),
            within: false,
            is_key: key.span() == *at,
        };
        table.remove(cut.key.as_str());
        return Some(cut);
    }
    table.iter_mut().find_map(|(key, value)| {
        let inner = value.span();
        match value.get_mut() {
            DeValue::Table(table) => cut_table(table, inner, at),
            DeValue::Array(array) => cut_array(array, (&of, key.get_ref()), at),
            _ => None,
        }
    })
}

/// Cuts out the outermost element that stands at `at`; `owner` is the key that has the array.
fn cut_array(
    array: &mut DeArray<'_>,
    owner: (&Range<usize>, &str),
    at: &Range<usize>,
) -> Option<Cut> {
    if let Some(element) = array.iter().find(|element| element.span() == *at) {
        let cut = Cut {
            table: owner.0.clone(),
            key: owner.1.to_owned(),
            meant: None,
            found: kind(element.get_ref()),
            within: true,
            is_key: false,
        };
        *array = array.iter().filter(|element| element.span() != *at).cloned().collect();
        return Some(cut);
    }
    array.iter_mut().find_map(|element| {
        let inner = element.span();
        match element.get_mut() {
            DeValue::Table(table) => cut_table(table, inner, at),
            DeValue::Array(array) => cut_array(array, owner, at),
            _ => None,
        }
    })
}

/// What serde's error means: a key that the table does not have, or a value of the wrong type.
fn shape_fault(error: &Error, at: Range<usize>, cut: Option<&mut Cut>, text: &str) -> Fault {
    let said = error.message();
    let expected = said.rsplit_once(", expected ").map_or("", |(_, expected)| expected);
    let Some(cut) = cut else {
        let message = message!("{said}", said);
        return Fault { code: Code::WrongType, at, message, hints: Vec::new() };
    };
    let unknown = said.starts_with("unknown field");
    if unknown && cut.is_key {
        let known: Vec<&str> = expected.split('`').skip(1).step_by(2).collect();
        return unknown_key(at, cut, &known);
    }
    // A date in the place of a table is told as a table with an unknown key.
    let expected = match expected {
        _ if unknown => "a table",
        "a sequence" => "an array",
        other => other,
    };
    let (key, kind, found) = (&cut.key, named(expected), Message::from(cut.found));
    let message = if cut.within {
        message!("an entry of `{key}` must be {kind}, not {found}", key, kind, found)
    } else {
        message!("`{key}` must be {kind}, not {found}", key, kind, found)
    };
    let hints = type_hint(expected, cut, &text[at.clone()]).into_iter().collect();
    Fault { code: Code::WrongType, at, message, hints }
}

fn unknown_key(at: Range<usize>, cut: &mut Cut, known: &[&str]) -> Fault {
    cut.meant = nearest(&cut.key, known.iter().copied()).map(str::to_owned);
    let hint = match &cut.meant {
        Some(meant) => message!("did you mean `{meant}`?", meant),
        None => {
            let known: List = known.iter().map(|key| format!("`{key}`")).collect();
            message!("known here: {known}", known)
        }
    };
    let message = message!("there is no key `{key}` here", key = cut.key);
    Fault { code: Code::UnknownKey, at, message, hints: vec![hint] }
}

/// What kind of value it is, as a sentence has it.
fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) => "an integer",
        DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "a boolean",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "an array",
        DeValue::Table(_) => "a table",
    }
}

/// The same kind, as serde names what it expects.
fn named(expected: &str) -> Message {
    const KINDS: [&str; 7] =
        ["a string", "an integer", "a number", "a boolean", "a date", "an array", "a table"];
    match KINDS.into_iter().find(|kind| *kind == expected) {
        Some(kind) => kind.into(),
        None => message!("{expected}", expected),
    }
}

/// How to write the value instead.
fn type_hint(expected: &str, cut: &Cut, value: &str) -> Option<Message> {
    let short = value.len() <= 40 && !value.contains('\n');
    match (expected, cut.found) {
        ("a string", "an integer" | "a number" | "a boolean" | "a date") if short => {
            Some(message!("put it in quotes: `\"{value}\"`", value))
        }
        ("an array", "a string") if short => {
            Some(message!("put it in brackets: `[{value}]`", value))
        }
        ("a boolean", "a string") => Some("write `true` or `false` without quotes".into()),
        ("a date", _) => Some("write it as `2025-12-23`".into()),
        ("a table", _) if !cut.within => {
            Some(message!("write it as `[{key}]` with lines of `key = value` below", key = cut.key))
        }
        _ => None,
    }
}

fn syntax_fault(error: &Error, text: &str) -> Fault {
    let at = place(error, text);
    let line_start = text[..at.start].rfind('\n').map_or(0, |newline| newline + 1);
    let line = text[line_start..].lines().next().unwrap_or_default();
    let mut hints = Vec::new();
    if let Some((typed, meant)) = WIDE.iter().find(|(wide, _)| line.contains(*wide)) {
        hints.push(message!("this line has `{typed}` where TOML may want `{meant}`", typed, meant));
    }
    if error.message().starts_with("string values must be quoted") {
        hints.push("put texts in double quotes".into());
    }
    let known = SYNTAX.iter().find(|(said, _)| error.message().starts_with(said));
    let message =
        known.map_or_else(|| Message::quoted(error.message()), |(_, ours)| (*ours).into());
    if known.is_some_and(|(_, ours)| *ours == NO_KEY) && !line.is_ascii() {
        hints.push(
            "keys are English words, such as `title` and `[cover]`; texts stand in quotes".into(),
        );
    }
    Fault { code: Code::TomlSyntax, at, message, hints }
}

const NO_KEY: &str = "a key is of English letters, digits, `-` and `_`";

/// How the reader of TOML begins what it says, and what that means.
const SYNTAX: [(&str, &str); 13] = [
    ("duplicate key", "this key stands here a second time"),
    ("missing opening quote", "a text stands in quotes, and this one lacks the first"),
    ("invalid basic string", "a text lacks its closing quote, or has a sign that no text can have"),
    (
        "invalid literal string",
        "a text lacks its closing quote, or has a sign that no text can have",
    ),
    ("missing comma between array elements", "a comma is missing between two entries of a list"),
    ("invalid unquoted key", NO_KEY),
    ("unquoted keys cannot be empty", NO_KEY),
    ("invalid key", NO_KEY),
    ("unclosed array table", "the name of a table lacks its `]]`"),
    ("unclosed array", "a list lacks its `]`"),
    ("unclosed table", "the name of a table lacks its `]`"),
    ("missing value", "a value is missing behind the `=`"),
    ("key with no value", "a value is missing behind the key: `key = value`"),
];

/// Signs of a Chinese keyboard, and those of TOML that they stand for.
const WIDE: [(char, char); 9] = [
    ('“', '"'),
    ('”', '"'),
    ('‘', '\''),
    ('’', '\''),
    ('＝', '='),
    ('，', ','),
    ('【', '['),
    ('】', ']'),
    ('＂', '"'),
];
