//! Inlines: runs of text, emphasis, links, note marks.

use std::ops::Range;

use memchr::memchr3;
use pulldown_cmark::{CowStr, Event, LinkType, Tag};

use super::html::{Html, Shift, classify};
use super::parse::{Parser, is_inline};
use super::{Inline, Name, Text, links};

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
        (self.marked(line.inlines), closed)
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
            Html::Comment => {}
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
        if text.len() == place.len() && text.contains("[^") {
            for mark in undefined_marks(&text) {
                // After a backslash the bracket is meant as it is.
                if mark.start == 0 && self.text[..place.start].ends_with('\\') {
                    continue;
                }
                self.push_text(line, &text[done..mark.start], place.start + done);
                let name = mark.start + 2..mark.end - 1;
                let span = self.span(place.start + name.start..place.start + name.end);
                line.inlines.push(Inline::NoteMark(Name { text: text[name].to_owned(), span }));
                done = mark.end;
            }
            self.push_text(line, &text[done..], place.start + done);
        } else {
            let span = self.span(place);
            line.inlines.push(Inline::Text(Text { text, span }));
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
