//! Inlines: runs of text, emphasis, links, note marks.

use std::ops::Range;

use memchr::memchr3;
use pulldown_cmark::{CowStr, Event, LinkType, Tag};

use super::citations::{self, Found, Item};
use super::html::{Html, Shift, classify};
use super::parse::{Parser, is_inline};
use super::{Author, Citation, Cited, Inline, Name, Text, links};
use crate::diag::{Code, Diagnostic, Span};

/// Inlines in the making.
#[derive(Default)]
struct Line {
    /// What is done.
    inlines: Vec<Inline>,
    /// The text that may still grow, and its place.
    run: Option<(String, Range<usize>)>,
}

impl Parser<'_> {
    /// Reads inlines up to the end of the element that is open or the next block.
    pub(super) fn inlines(&mut self) -> Vec<Inline> {
        self.inlines_until(None).0
    }

    /// Reads inlines up to the closing tag of `shift`, which is taken, or as far as [`Self::inlines`]
    /// does; says whether the tag came.
    fn inlines_until(&mut self, shift: Option<Shift>) -> (Vec<Inline>, bool) {
        let mut line = Line::default();
        let closed = loop {
            match self.peek() {
                None | Some(Event::End(_) | Event::Rule) => break false,
                Some(Event::Start(tag)) if !is_inline(tag) => break false,
                Some(Event::InlineHtml(html))
                    if shift.is_some_and(|s| classify(html) == Html::Close(s)) =>
                {
                    self.next();
                    break true;
                }
                Some(_) => self.inline(&mut line),
            }
        };
        self.finish_run(&mut line);
        let inlines = self.cited_over_lines(line.inlines);
        (self.marked(inlines), closed)
    }

    /// Reads one inline.
    fn inline(&mut self, line: &mut Line) {
        if let Some(Event::Start(Tag::Image { .. })) = self.peek()
            && self.is_wanted()
        {
            if let Some((path, _, alt)) = self.image() {
                self.push(line, Inline::Image { path, alt });
            }
            return;
        }
        let wanted = self.is_wanted();
        let Some((event, range)) = self.next() else { return };
        match event {
            Event::Start(_) if !wanted => self.close(),
            _ if !wanted => {}
            Event::Start(tag) => self.span_of(tag, range, line),
            Event::Text(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.text_run(&text, range, line);
            }
            Event::Code(code) => {
                let text = self.clean(&code, &range);
                let span = self.span(self.locate_first(&text, &range));
                self.push(line, Inline::Code(Text { text, span }));
            }
            Event::InlineHtml(html) | Event::Html(html) => self.inline_html(&html, range, line),
            Event::FootnoteReference(label) => {
                let text = self.clean(&label, &range);
                let span = self.span(self.locate_first(&text, &range));
                self.push(line, Inline::NoteMark(Name { text, span }));
            }
            Event::SoftBreak => self.text_run(" ", range, line),
            Event::HardBreak => self.push(line, Inline::Break),
            Event::TaskListMarker(_) | Event::Rule | Event::End(_) => {}
        }
    }

    /// Whether the next event lies in the part of the source that is wanted.
    fn is_wanted(&self) -> bool {
        self.ahead()
            .first()
            .is_some_and(|(_, range)| range.start < self.clip.end && range.end > self.clip.start)
    }

    /// Reads the inline that `tag` opens.
    fn span_of(&mut self, tag: Tag<'_>, range: Range<usize>, line: &mut Line) {
        let whole = range.clone();
        let Some(content) = self.nested(range, Self::inlines) else { return };
        let inline = match tag {
            Tag::Emphasis => Inline::Emphasis(content),
            Tag::Strong => Inline::Strong(content),
            Tag::Strikethrough => Inline::Strike(content),
            Tag::Subscript => Inline::Subscript(content),
            Tag::Superscript => Inline::Superscript(content),
            Tag::Link { link_type, dest_url, .. } => {
                self.link(link_type, &dest_url, whole, content)
            }
            // Images were taken before; nothing else stands inside a line.
            _ => return,
        };
        self.push(line, inline);
    }

    /// A link.
    fn link(
        &mut self,
        kind: LinkType,
        destination: &CowStr<'_>,
        range: Range<usize>,
        content: Vec<Inline>,
    ) -> Inline {
        let destination = self.clean(destination, &range);
        let target = links::target(kind, &destination, self.path);
        Inline::Link { target, span: self.span(range), content }
    }

    /// Reads what a tag of HTML opens, or leaves the tag out.
    fn inline_html(&mut self, html: &str, range: Range<usize>, line: &mut Line) {
        match classify(html) {
            Html::Comment => self.comment(range),
            Html::Break => self.push(line, Inline::Break),
            Html::Open(shift) => {
                let read = self.deeper(range.clone(), |parser| parser.inlines_until(Some(shift)));
                let Some((content, closed)) = read else { return };
                if closed {
                    self.push(line, shift.wrap(content));
                } else {
                    self.raw_html(range);
                    self.finish_run(line);
                    line.inlines.extend(content);
                }
            }
            Html::Close(_) | Html::Other => self.raw_html(range),
        }
    }

    /// Adds an inline that is no text.
    fn push(&mut self, line: &mut Line, inline: Inline) {
        self.finish_run(line);
        line.inlines.push(inline);
    }

    /// Adds text, as far as it is wanted. It joins the run before it where both stand in the source
    /// as they are and without a gap, so that every byte of a run has its place.
    fn text_run(&mut self, text: &str, range: Range<usize>, line: &mut Line) {
        let mut text = self.clean(text, &range);
        if memchr3(b'\n', b'\r', b'\t', text.as_bytes()).is_some() {
            text = text.replace(['\n', '\r', '\t'], " ");
        }
        let mut place = range.clone();
        if text.len() == range.len() {
            place = range.start.max(self.clip.start)..range.end.min(self.clip.end);
            if place != range {
                let wanted = place.start - range.start..place.end - range.start;
                text = text.get(wanted).map(str::to_owned).unwrap_or(text);
            }
        }
        if text.is_empty() {
            return;
        }
        match &mut line.run {
            Some((run, so_far))
                if run.len() == so_far.len()
                    && text.len() == place.len()
                    && so_far.end == place.start =>
            {
                run.push_str(&text);
                so_far.end = place.end;
            }
            _ => {
                self.finish_run(line);
                line.run = Some((text, place));
            }
        }
    }

    /// Ends the run of text, if there is one.
    fn finish_run(&mut self, line: &mut Line) {
        let Some((text, place)) = line.run.take() else { return };
        let mut done = 0;
        if text.len() == place.len() && text.contains('[') {
            for (mark, inline) in self.bracketed(&text, place.start) {
                self.push_text(line, &text[done..mark.start], place.start + done);
                line.inlines.push(inline);
                done = mark.end;
            }
            self.push_text(line, &text[done..], place.start + done);
        } else {
            let span = self.span(place);
            line.inlines.push(Inline::Text(Text { text, span }));
        }
    }

    /// The marks of notes and the citations in a text that stands at `start` as it is.
    fn bracketed(&mut self, text: &str, start: usize) -> Vec<(Range<usize>, Inline)> {
        let note = |mark: Range<usize>| {
            let name = mark.start + 2..mark.end - 1;
            let span = self.span(start + name.start..start + name.end);
            (mark, Inline::NoteMark(Name { text: text[name].to_owned(), span }))
        };
        // After a backslash the bracket is meant as it is.
        let is_escaped = self.text[..start].ends_with('\\');
        let is_mark = |mark: &Range<usize>| mark.start > 0 || !is_escaped;
        let mut marks: Vec<_> =
            undefined_marks(text).into_iter().filter(is_mark).map(note).collect();
        for found in citations::found(text).into_iter().filter(|it| is_mark(&it.range)) {
            let range = found.range.clone();
            let citation = self.citation(text, start, found);
            marks.extend(citation.map(|citation| (range, Inline::Citation(citation))));
        }
        marks.sort_by_key(|(range, _)| range.start);
        marks
    }

    /// Finds the citations that go over a line end, which is gone between hanzi: their words are texts
    /// one after the other.
    fn cited_over_lines(&mut self, inlines: Vec<Inline>) -> Vec<Inline> {
        let mut done: Vec<Inline> = Vec::with_capacity(inlines.len());
        for inline in inlines {
            done.push(inline);
            while let Some((from, citation, rest)) = self.cited_at_end(&done) {
                let Some(Inline::Text(first)) = done.get_mut(from) else { break };
                let open = first.text.rfind('[').unwrap_or_default();
                first.text.truncate(open);
                // A bracket is one byte, and the texts stand in the source as they are.
                first.span.end = first.span.start + open as u32;
                done.truncate(from + usize::from(open > 0));
                done.push(Inline::Citation(citation));
                done.extend(rest.map(Inline::Text));
            }
        }
        done
    }

    /// The citation that the last of some texts closes and one before it opens: which, and what follows.
    fn cited_at_end(&mut self, inlines: &[Inline]) -> Option<(usize, Citation, Option<Text>)> {
        let Inline::Text(last) = inlines.last()? else { return None };
        let close = last.text.find(']').filter(|_| is_exact(last))?;
        if last.text[..close].contains('[') {
            return None;
        }
        let texts = inlines.iter().enumerate().rev().skip(1).map_while(|(index, inline)| {
            if let Inline::Text(text) = inline { Some((index, text)) } else { None }
        });
        let (from, first) = texts
            .take_while(|(_, text)| is_exact(text) && !text.text.ends_with(']'))
            .find(|(_, text)| text.text.contains('['))?;
        let open = first.text.rfind('[').filter(|&open| !first.text[open..].contains(']'))?;
        let start = first.span.start as usize + open;
        let range = start..last.span.start as usize + close + 1;
        if self.text[..start].ends_with('\\') {
            return None;
        }
        // Line ends become spaces as long as they are, so that every byte keeps its place.
        let words = self.text[range.clone()].replace(['\n', '\r'], " ");
        let found = citations::found(&words).into_iter().next()?;
        if found.range != (0..words.len()) {
            return None;
        }
        let citation = self.citation(&words, start, found)?;
        let rest = Text {
            text: last.text[close + 1..].to_owned(),
            span: self.span(range.end..last.span.end as usize),
        };
        Some((from, citation, (!rest.text.is_empty()).then_some(rest)))
    }

    /// The citation that a bracket of a text at `start` is. One that names no work is reported; it
    /// stays text.
    fn citation(&mut self, text: &str, start: usize, found: Found) -> Option<Citation> {
        let Found { range, items } = found;
        let span = self.span(start + range.start..start + range.end);
        let (message, hint) = if items.is_empty() {
            (
                "this begins as a citation and is none",
                "works are parted by `;`: `[@a; @b]`; write `\\[` where nothing is to be cited",
            )
        } else if items.iter().any(|item| item.key.is_empty()) {
            (
                "this citation names no work",
                "write a key behind the `@`, or `\\[` where nothing is to be cited",
            )
        } else {
            let works = items.into_iter().map(|item| self.cited(text, start, item)).collect();
            return Some(Citation { works, span });
        };
        self.findings.report(Diagnostic::new(Code::EmptyCitation, span, message).hint(hint));
        None
    }

    /// Reports a citation in words that are taken as they are.
    pub(super) fn uncited(&mut self, text: &str, span: Span) {
        if !citations::found(text).is_empty() {
            let message = "nothing can be cited in these words";
            let finding = Diagnostic::new(Code::EmptyCitation, span, message);
            self.findings.report(finding.hint("cite the work in the text"));
        }
    }

    /// A work that a citation in a text at `start` names.
    fn cited(&self, text: &str, start: usize, item: Item) -> Cited {
        let Item { prefix, dash, key, locator } = item;
        let span = self.span(start + key.start..start + key.end);
        Cited {
            prefix: text[prefix].to_owned(),
            key: Name { text: text[key].to_owned(), span },
            author: if dash { Author::Suppressed } else { Author::Shown },
            locator: text[locator].to_owned(),
        }
    }

    /// Adds text that stands at `start` as it is.
    fn push_text(&self, line: &mut Line, text: &str, start: usize) {
        if !text.is_empty() {
            let span = self.span(start..start + text.len());
            line.inlines.push(Inline::Text(Text { text: text.to_owned(), span }));
        }
    }
}

/// Whether every byte of a text is the byte at its place.
fn is_exact(text: &Text) -> bool {
    text.text.len() == text.span.range().len()
}

/// The note marks in a text. The parser makes marks of those that have a note; the others come as
/// text, and are marks all the same: a note may have been forgotten.
fn undefined_marks(text: &str) -> Vec<Range<usize>> {
    let mut marks = Vec::new();
    let mut open: Option<usize> = None;
    for (at, c) in text.char_indices() {
        match c {
            '[' => open = text[at..].starts_with("[^").then_some(at),
            ']' => marks.extend(open.take().filter(|open| at > open + 2).map(|open| open..at + 1)),
            _ => {}
        }
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_without_notes_are_found_in_text() {
        assert_eq!(undefined_marks("a[^b] [^] [c] [^[^d]"), [1..5, 16..20]);
    }
}
