//! `{{#include file}}`, `{{#playground file}}` and their like, before anything else is read.

use super::LARGEST;
use super::told::left;
use crate::diag::Message;
use crate::files::{BookPath, Folder};
use crate::import::article::Remark;
use crate::import::escape;
use crate::message;

/// How deep files include others, as in mdBook; the most of them in a chapter, and their most bytes.
const DEEPEST: usize = 10;
const MOST: usize = 1_000;
const LIMIT: usize = 16 << 20;
/// The most that are told of a chapter.
const MOST_TOLD: usize = 100;

/// Puts files into a text.
pub(super) struct Includes<'a> {
    folder: &'a Folder,
    /// The files that are being put in, the chapter first.
    open: Vec<BookPath>,
    count: usize,
    size: usize,
    /// What could not be put in.
    pub remarks: Vec<Remark>,
}

impl<'a> Includes<'a> {
    /// For the chapter at `path`.
    pub fn of(folder: &'a Folder, path: &BookPath) -> Self {
        Self { folder, open: vec![path.clone()], count: 0, size: 0, remarks: Vec::new() }
    }

    /// `text` with what it includes.
    pub fn expanded(&mut self, text: &str) -> String {
        let mut expanded = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("{{#") {
            let Some((inner, behind)) = after.split_once("}}").filter(|it| !it.0.contains('\n'))
            else {
                expanded.push_str(before);
                expanded.push_str("{{#");
                rest = after;
                continue;
            };
            rest = behind;
            // After a backslash it is meant as it is.
            if let Some(before) = before.strip_suffix('\\') {
                expanded.push_str(&format!("{before}{{{{#{inner}}}}}"));
                continue;
            }
            expanded.push_str(before);
            let (word, argument) = inner.split_once(char::is_whitespace).unwrap_or((inner, ""));
            match word {
                "include" | "rustdoc_include" | "playground" | "playpen" => {
                    let is_code = matches!(word, "playground" | "playpen");
                    let text = match is_code {
                        true => self.program(argument),
                        false => self.included(argument.trim()),
                    };
                    let text = text.unwrap_or_else(|why| {
                        self.tell(inner, why);
                        format!("{{{{#{inner}}}}}")
                    });
                    expanded.push_str(&text);
                }
                "title" => self.tell(inner, "which names the page of a browser"),
                _ => {
                    self.tell(inner, "which stays as it is");
                    expanded.push_str(&format!("{{{{#{inner}}}}}"));
                }
            }
        }
        expanded + rest
    }

    fn tell(&mut self, inner: &str, why: &'static str) {
        if self.remarks.len() >= MOST_TOLD {
            return;
        }
        let path = self.open.first().map_or("", BookPath::as_str);
        let word = format!("{{{{#{inner}}}}}");
        self.remarks.push(left(message!(
            "`{word}` in `{path}`, {why}",
            word,
            path,
            why = Message::from(why)
        )));
    }

    /// A program as a block of code; words behind its file say how mdBook runs it.
    fn program(&mut self, argument: &str) -> Result<String, &'static str> {
        let file = argument.split_whitespace().next().unwrap_or_default();
        let text = self.included(file)?;
        Ok(escape::code_block("rust", &text))
    }

    /// The text of a file, or of a part of it: `file:2:5`, `file:anchor`.
    fn included(&mut self, argument: &str) -> Result<String, &'static str> {
        let (file, part) = argument.split_once(':').unwrap_or((argument, ""));
        let path = self.open.last().and_then(|open| open.beside(file));
        let path = path.ok_or("which leads out of the book")?;
        self.count += 1;
        if self.open.contains(&path) {
            return Err("which includes itself");
        }
        if self.open.len() > DEEPEST || self.count > MOST {
            return Err("for files include each other without end");
        }
        let bytes = self.folder.read_at_most(&path, LARGEST);
        let bytes = bytes.map_err(|_| "which the book does not have")?;
        let text = crate::import::encoding::decode(&bytes, None).ok_or("which is no text")?.0;
        let text = of_part(&text.replace("\r\n", "\n"), part);
        self.size += text.len();
        if self.size > LIMIT {
            return Err("for the chapter would be too large");
        }
        self.open.push(path);
        let expanded = self.expanded(&text);
        self.open.pop();
        Ok(expanded.trim_end_matches('\n').to_owned())
    }
}

/// Some lines of a text: from one number to another, or between the signs of an anchor; without the signs
/// of all others.
fn of_part(text: &str, part: &str) -> String {
    let is_number = |it: &str| it.is_empty() || it.bytes().all(|byte| byte.is_ascii_digit());
    let (from, to) =
        part.split_once(':').unwrap_or((part, if part.is_empty() { "" } else { part }));
    let lines = text.lines();
    let found: Vec<&str> = if is_number(from) && is_number(to) {
        let first = from.parse().unwrap_or(1).max(1_usize);
        let last: usize = to.parse().unwrap_or(usize::MAX);
        lines.skip(first - 1).take(last.saturating_add(1).saturating_sub(first)).collect()
    } else {
        let has = |line: &str, sign: &str, name: &str| {
            line.split_once(sign).is_some_and(|(_, rest)| {
                let word = rest.split_whitespace().next();
                word == Some(name) || name.is_empty()
            })
        };
        let inside = lines.skip_while(|line| !has(line, "ANCHOR:", from)).skip(1);
        let inside = inside.take_while(|line| !has(line, "ANCHOR_END:", from));
        inside.filter(|line| !line.contains("ANCHOR:") && !line.contains("ANCHOR_END:")).collect()
    };
    found.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_file_is_meant_by_lines_or_by_a_name() {
        let text = "a\n// ANCHOR: x\nb\n// ANCHOR_END: x\nc";
        assert_eq!(of_part(text, ""), text);
        assert_eq!(of_part(text, "3"), "b");
        assert_eq!(of_part(text, "3:"), "b\n// ANCHOR_END: x\nc");
        assert_eq!(of_part(text, ":1"), "a");
        assert_eq!(of_part(text, "5:99"), "c");
        assert_eq!(of_part(text, "x"), "b");
        assert_eq!(of_part(text, "y"), "");
    }
}
