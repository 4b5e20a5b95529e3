//! Inlines as Markdown.

use super::Writer;
use crate::import::article::{Fate, Inline, Mark, Remark, Shown, Style, Target, plain};
use crate::import::escape;
use crate::message;
use crate::script::is_cjk;

/// What inlines stand in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Setting {
    /// A paragraph, which may have several lines.
    Paragraph,
    /// A heading, a caption, a cell: one line.
    Line,
}

impl Writer<'_> {
    /// Inlines as a line or lines, without white space at the ends.
    pub(super) fn written(&mut self, content: &[Inline], setting: Setting) -> String {
        let mut content = settled(content.to_vec());
        while matches!(content.last(), Some(Inline::Break)) {
            content.pop();
        }
        let breaks = content.iter().take_while(|inline| matches!(inline, Inline::Break)).count();
        let mut text = String::new();
        self.append(&content[breaks..], setting, &mut text);
        // A backslash before white space at the end is none of ours.
        text.trim().to_owned()
    }

    /// Appends inlines to a text.
    fn append(&mut self, content: &[Inline], setting: Setting, text: &mut String) {
        for inline in content {
            match inline {
                Inline::Text(words) => {
                    let line = text.rfind('\n').map_or(0, |at| at + 1);
                    let words = if text[line..].is_empty() { words.trim_start() } else { words };
                    let escaped = escape::text(words, &text[line..]);
                    text.push_str(&escaped);
                }
                Inline::Code(code) => text.push_str(&escape::code(code)),
                Inline::Styled(style, content) => self.styled(*style, content, setting, text),
                Inline::Ruby { base, reading } => text.push_str(&ruby(base, reading)),
                Inline::Marked(mark, content) => {
                    text.push('[');
                    self.append(content, setting, text);
                    text.push_str(&format!("]{{{}}}", marked(mark, content)));
                }
                Inline::Place(entry) => {
                    text.push_str(&format!("[]{{index=\"{}\"}}", escape::value(entry)));
                }
                Inline::Reference { anchor, words, shown } => {
                    self.reference(anchor, words, *shown, text);
                }
                Inline::Task(true) => text.push_str("[x] "),
                Inline::Task(false) => text.push_str("[ ] "),
                Inline::Link(target, content) => self.link(target, content, setting, text),
                Inline::NoteMark(name) => self.note_mark(name, text),
                Inline::Picture { picture, alt } => {
                    let kept = self.pictures.keep(picture, self.stem, self.remarks);
                    if let Some(path) = kept {
                        text.push_str(&format!("![{}]({path})", escape::text(alt, "[")));
                    }
                }
                Inline::Break => match setting {
                    Setting::Paragraph => text.push_str("\\\n"),
                    Setting::Line => text.push_str("<br>"),
                },
            }
        }
    }

    /// Appends characters in a manner.
    fn styled(&mut self, style: Style, content: &[Inline], setting: Setting, text: &mut String) {
        let (open, close) = match style {
            Style::Emphasis => ("*", "*"),
            Style::Strong => ("**", "**"),
            Style::Strike => ("~~", "~~"),
            Style::Subscript => ("<sub>", "</sub>"),
            Style::Superscript => ("<sup>", "</sup>"),
        };
        // Two runs of stars in a row would be one.
        if text.ends_with(['*', '~']) && open.starts_with(['*', '~']) && !ends_escaped(text) {
            text.push_str("<!-- -->");
        }
        text.push_str(open);
        self.append(content, setting, text);
        text.push_str(close);
    }

    /// Appends words that lead somewhere; the words alone where it is nowhere.
    fn link(&mut self, target: &Target, content: &[Inline], setting: Setting, text: &mut String) {
        let destination = match target {
            Target::Url(url) => escape::destination(url),
            Target::Anchor(anchor) => self.ids.get(anchor).map(|id| format!("#{id}")),
        };
        // Without words, a link would say what it leads to.
        match destination.filter(|_| !plain(content).trim().is_empty()) {
            Some(destination) => {
                text.push('[');
                self.append(content, setting, text);
                text.push_str(&format!("]({destination})"));
            }
            None => {
                let (Target::Url(to) | Target::Anchor(to)) = target;
                let what = message!("a link to `{to}`, which leads nowhere from a book", to);
                self.remarks.push(Remark::new(Fate::Left, what, ""));
                self.append(content, setting, text);
            }
        }
    }

    /// Appends what banxin calls a thing by; the words of the source where it leads nowhere.
    fn reference(&mut self, anchor: &str, words: &str, shown: Shown, text: &mut String) {
        let class = match shown {
            Shown::Label => "",
            Shown::Page => "{.page}",
        };
        match self.ids.get(anchor) {
            Some(id) => text.push_str(&format!("[](#{id}){class}")),
            None => text.push_str(&escape::text(words, "x")),
        }
    }

    /// Appends the mark of a note; in a note, which can have none, what that one says is told.
    fn note_mark(&mut self, name: &str, text: &mut String) {
        let number = if self.in_note { None } else { self.note_number(name) };
        match number {
            Some(number) => text.push_str(&format!("[^{number}]")),
            None => {
                let what = message!(
                    "the mark of a note, `{name}`, that has no note or stands in one",
                    name
                );
                self.remarks.push(Remark::new(Fate::Left, what, ""));
            }
        }
    }
}

/// What stands in the braces behind marked words.
fn marked(mark: &Mark, content: &[Inline]) -> String {
    match mark {
        Mark::Name => ".name".to_owned(),
        Mark::Work => ".book".to_owned(),
        Mark::Gloss => ".gloss".to_owned(),
        Mark::Language(tag) => format!("lang={tag}"),
        Mark::Abbreviation(words) => format!("abbr=\"{}\"", escape::value(words)),
        Mark::Entry(entry) if *entry == plain(content) => ".index".to_owned(),
        Mark::Entry(entry) => format!("index=\"{}\"", escape::value(entry)),
    }
}

/// Whether the last character of some Markdown is escaped.
fn ends_escaped(text: &str) -> bool {
    let mut before = text.chars().rev().skip(1);
    let slashes = before.by_ref().take_while(|c| *c == '\\').count();
    slashes % 2 == 1
}

/// A reading over hanzi, as banxin writes it; in brackets where it stands over other things.
fn ruby(base: &str, reading: &str) -> String {
    let (under, over) = (escape::text(base, "x"), escape::text(reading, "x"));
    if base.contains(is_cjk) && !reading.trim().is_empty() {
        format!("{{{under}|{over}}}")
    } else if reading.trim().is_empty() {
        under
    } else {
        format!("{under}（{over}）")
    }
}

/// The same inlines with nothing empty among them, texts and manners joined, no manner in itself, and
/// manners that begin and end where Markdown lets them.
pub(super) fn settled(content: Vec<Inline>) -> Vec<Inline> {
    let mut row: Vec<Inline> = Vec::with_capacity(content.len());
    for inline in content {
        match inline {
            Inline::Text(text) if text.is_empty() => {}
            Inline::Styled(style, content) => {
                let (before, content, after) = apart(without(style, content));
                push(&mut row, Inline::Text(before));
                if !content.is_empty() {
                    push(&mut row, Inline::Styled(style, content));
                }
                push(&mut row, Inline::Text(after));
            }
            Inline::Link(target, content) => row.push(Inline::Link(target, settled(content))),
            Inline::Marked(mark, content) => row.push(Inline::Marked(mark, settled(content))),
            other => push(&mut row, other),
        }
    }
    free_ends(row)
}

/// Adds an inline, to the last one where both are of one kind.
fn push(row: &mut Vec<Inline>, inline: Inline) {
    match (row.last_mut(), inline) {
        (_, Inline::Text(text)) if text.is_empty() => {}
        (Some(Inline::Text(last)), Inline::Text(text)) => last.push_str(&text),
        (Some(Inline::Styled(a, last)), Inline::Styled(b, content)) if *a == b => {
            let mut all = std::mem::take(last);
            all.extend(content);
            *last = settled(all);
        }
        // Readings of single characters are told apart by spaces.
        (Some(Inline::Ruby { base, reading }), Inline::Ruby { base: next, reading: own })
            if next.chars().count() == 1
                && own.split_whitespace().count() == 1
                && base.chars().count() == reading.split_whitespace().count()
                && base.chars().chain(next.chars()).all(is_cjk) =>
        {
            base.push_str(&next);
            reading.push(' ');
            reading.push_str(&own);
        }
        (_, inline) => row.push(inline),
    }
}

/// The inlines without `style` anywhere in them.
fn without(style: Style, content: Vec<Inline>) -> Vec<Inline> {
    let mut row = Vec::new();
    for inline in content {
        match inline {
            Inline::Styled(inner, content) if inner == style => row.extend(without(style, content)),
            Inline::Styled(inner, content) => {
                row.push(Inline::Styled(inner, without(style, content)));
            }
            other => row.push(other),
        }
    }
    settled(row)
}

/// The white space at the ends, apart; and what is between.
fn apart(mut content: Vec<Inline>) -> (String, Vec<Inline>, String) {
    let (mut before, mut after) = (String::new(), String::new());
    if let Some(Inline::Text(first)) = content.first_mut() {
        let rest = first.trim_start().to_owned();
        before = first[..first.len() - rest.len()].to_owned();
        *first = rest;
    }
    if let Some(Inline::Text(last)) = content.last_mut() {
        let kept = last.trim_end().len();
        after = last.split_off(kept);
    }
    content.retain(|inline| !matches!(inline, Inline::Text(text) if text.is_empty()));
    (before, content, after)
}

/// Puts signs out of manners that could not begin or end at them.
fn free_ends(row: Vec<Inline>) -> Vec<Inline> {
    let mut free: Vec<Inline> = Vec::with_capacity(row.len());
    let mut rest = row.into_iter().peekable();
    while let Some(inline) = rest.next() {
        let Inline::Styled(style, mut content) = inline else {
            push(&mut free, inline);
            continue;
        };
        if matches!(style, Style::Subscript | Style::Superscript) {
            free.push(Inline::Styled(style, content));
            continue;
        }
        let outer = free.last().and_then(last_character);
        if let Some(Inline::Text(first)) = content.first_mut() {
            while let Some(c) = first.chars().next().filter(|c| escape::blocks_emphasis(outer, *c))
            {
                first.remove(0);
                push(&mut free, Inline::Text(c.to_string()));
            }
        }
        let outer = rest.peek().and_then(first_character);
        let mut after = String::new();
        if let Some(Inline::Text(last)) = content.last_mut() {
            while let Some(c) = last.chars().last().filter(|c| escape::blocks_emphasis(outer, *c)) {
                last.pop();
                after.insert(0, c);
            }
        }
        content.retain(|inline| !matches!(inline, Inline::Text(text) if text.is_empty()));
        if !content.is_empty() {
            free.push(Inline::Styled(style, content));
        }
        push(&mut free, Inline::Text(after));
    }
    free
}

/// The first character that an inline shows.
fn first_character(inline: &Inline) -> Option<char> {
    plain(std::slice::from_ref(inline)).chars().next()
}

/// The last character that an inline shows.
fn last_character(inline: &Inline) -> Option<char> {
    plain(std::slice::from_ref(inline)).chars().last()
}
