//! What is put otherwise in the text of a chapter, for banxin to read it as mdBook does.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, LinkType, Tag, TagEnd};

use super::chapter::{Chapter, Located, To};
use super::html;
use super::told::{Told, left};
use crate::files::Folder;
use crate::import::article::{Inline, Picture, Stretch, Style};
use crate::import::escape;
use crate::import::html::unescaped;
use crate::message;
use crate::script::is_cjk;

/// The most bytes of a picture.
const LARGEST: u64 = 128 << 20;
/// How far the answer of a bracket is looked for.
const LONGEST_MARK: usize = 300;
/// The most tags that are told of a chapter.
const MOST_TAGS: usize = 12;

/// What chapters are compared with.
pub(super) struct Door<'a> {
    /// Where links can lead.
    pub anchors: &'a BTreeMap<String, String>,
    /// Where some lead.
    pub linked: &'a BTreeSet<String>,
    /// Where pictures lie.
    pub folder: &'a Folder,
    /// How many bytes of them may still be read.
    pub room: &'a Cell<u64>,
}

/// The names of notes in an article, which may hold several chapters.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// Those of the chapters before, in small letters.
    taken: BTreeSet<String>,
    /// What those of this chapter are called instead of their own names.
    names: BTreeMap<String, String>,
}

impl Marks {
    /// Gives names to the notes of a chapter.
    fn give(&mut self, events: &[Located<'_>]) {
        self.names.clear();
        let mut own = BTreeSet::new();
        for (event, _) in events {
            if let Event::Start(Tag::FootnoteDefinition(name)) | Event::FootnoteReference(name) =
                event
            {
                own.insert(name.to_string());
            }
        }
        for name in &own {
            let numbered = (2..).map(|number| format!("{name}-{number}"));
            let is_free = |it: &String| {
                let small = it.to_lowercase();
                !self.taken.contains(&small) && (it == name || !own.contains(it))
            };
            let given = std::iter::once(name.clone()).chain(numbered).find(is_free);
            let given = given.unwrap_or_default();
            self.taken.insert(given.to_lowercase());
            self.names.insert(name.clone(), given);
        }
    }
}

/// The edits of a chapter.
pub(super) struct Edits<'a> {
    chapter: &'a Chapter,
    door: Door<'a>,
    marks: &'a mut Marks,
    found: Vec<(Range<usize>, Vec<Stretch>)>,
    /// The elements that are open.
    open: Vec<Open<'a>>,
    /// Headings so far.
    headings: usize,
    in_code: bool,
    in_heading: bool,
    /// The title of the chapter.
    pub title: Vec<Inline>,
    pub told: Told,
}

/// An element that is being read.
struct Open<'a> {
    tag: Tag<'a>,
    range: Range<usize>,
    /// What it holds.
    content: Option<Range<usize>>,
    /// Line ends in it.
    breaks: Vec<Range<usize>>,
    /// Its words, for a title.
    inlines: Vec<Inline>,
}

impl<'a> Edits<'a> {
    pub fn of(chapter: &'a Chapter, door: Door<'a>, marks: &'a mut Marks) -> Self {
        Self {
            chapter,
            door,
            marks,
            found: Vec::new(),
            open: Vec::new(),
            headings: 0,
            in_code: false,
            in_heading: false,
            title: Vec::new(),
            told: Told::default(),
        }
    }

    /// Finds all edits.
    pub fn find(&mut self) {
        let events = self.chapter.events();
        self.marks.give(&events);
        for event in events {
            self.event(event);
        }
        // Links say themselves where they lead: what another chapter calls so is nothing to them.
        for definition in self.chapter.definitions() {
            self.put(definition, Vec::new());
        }
    }

    /// Calls a note by the name that it has among those of the article: at `range` of the text.
    fn note(&mut self, name: &str, range: Range<usize>) {
        let given = self.marks.names.get(name).filter(|given| *given != name);
        let named = given.map(|given| vec![Stretch::Text(format!("[^{given}]"))]);
        if let Some(named) = named {
            let length = self.chapter.text[range.clone()].find(']').map_or(0, |end| end + 1);
            self.put(range.start..range.start + length, named);
        }
    }

    fn event(&mut self, (event, range): Located<'a>) {
        if !matches!(event, Event::End(_)) {
            self.widen(&range);
        }
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                self.in_code = true;
                if let CodeBlockKind::Fenced(info) = kind {
                    self.code(&info, &range);
                }
            }
            Event::End(TagEnd::CodeBlock) => self.in_code = false,
            Event::Start(Tag::HtmlBlock) => self.html_block(range),
            Event::Start(tag) => {
                if let Tag::FootnoteDefinition(name) = &tag {
                    self.note(name, range.clone());
                }
                self.in_heading |= matches!(tag, Tag::Heading { .. });
                let (content, breaks, inlines) = (None, Vec::new(), Vec::new());
                self.open.push(Open { tag, range, content, breaks, inlines });
            }
            Event::End(TagEnd::HtmlBlock) => {}
            Event::End(_) => self.close(),
            Event::Text(text) if !self.in_code => {
                self.hold(Inline::Text(text.to_string()));
                self.signs(range);
            }
            Event::Code(code) => self.hold(Inline::Code(code.to_string())),
            Event::InlineHtml(tag) => self.inline_html(&tag, range),
            Event::SoftBreak => {
                self.hold(Inline::Text(" ".to_owned()));
                self.open.last_mut().into_iter().for_each(|open| open.breaks.push(range.clone()));
            }
            Event::HardBreak => self.hold(Inline::Break),
            Event::FootnoteReference(name) => self.note(&name, range),
            Event::Text(_)
            | Event::Html(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::Rule
            | Event::TaskListMarker(_) => {}
        }
    }

    /// The innermost element that is open holds `range`.
    fn widen(&mut self, range: &Range<usize>) {
        if let Some(open) = self.open.last_mut() {
            let content = open.content.get_or_insert(range.clone());
            content.end = content.end.max(range.end);
        }
    }

    /// Remembers the words of a heading.
    fn hold(&mut self, inline: Inline) {
        if let Some(open) = self.open.last_mut().filter(|_| self.in_heading) {
            open.inlines.push(inline);
        }
    }

    /// Ends the element that is open.
    fn close(&mut self) {
        let Some(mut open) = self.open.pop() else { return };
        let mut inlines = std::mem::take(&mut open.inlines);
        let is_heading = matches!(open.tag, Tag::Heading { .. });
        if let Some(outer) = self.open.last_mut().filter(|_| self.in_heading && !is_heading) {
            outer.breaks.append(&mut open.breaks);
            match open.tag {
                Tag::Emphasis => outer.inlines.push(Inline::Styled(Style::Emphasis, inlines)),
                Tag::Strong => outer.inlines.push(Inline::Styled(Style::Strong, inlines)),
                _ => outer.inlines.append(&mut inlines),
            }
            inlines = Vec::new();
        }
        match open.tag.clone() {
            Tag::Heading { level, .. } => {
                self.in_heading = false;
                self.heading(level, open, inlines);
            }
            Tag::Link { link_type, dest_url, .. } => self.link(link_type, &dest_url, &open),
            Tag::Image { link_type, dest_url, title, .. } => {
                self.image(link_type, &dest_url, &title, &open);
            }
            _ => {}
        }
    }

    fn put(&mut self, range: Range<usize>, meant: Vec<Stretch>) {
        self.found.push((range, meant));
    }

    /// A heading: the title of an article is written anew, those of chapters below it and all others
    /// lie as deep as they are to, and those that links lead to have an id.
    fn heading(&mut self, level: HeadingLevel, open: Open<'_>, words: Vec<Inline>) {
        let number = self.headings;
        self.headings += 1;
        let is_title = number == 0 && self.chapter.titled;
        if is_title && self.chapter.entry.depth == 0 {
            self.title = words;
            let rest = &self.chapter.text[open.range.end..];
            let blank = rest.len() - rest.trim_start_matches('\n').len();
            self.put(open.range.start..open.range.end + blank, Vec::new());
            return;
        }
        self.told.titles += usize::from(level == HeadingLevel::H1 && !is_title);
        let Some(content) = open.content else { return };
        let level = self.chapter.level(level, is_title);
        let end = open.range.start + self.chapter.text[open.range.clone()].trim_end().len();
        // Only headings that stand in nothing else have numbers.
        let opening = match self.open.is_empty() {
            true => Stretch::Opening(level),
            false => Stretch::Text(format!("{} ", "#".repeat(usize::from(level)))),
        };
        self.put(open.range.start..content.start, vec![opening]);
        for line_end in open.breaks {
            self.put(line_end, vec![Stretch::Text(" ".to_owned())]);
        }
        let anchor = self.chapter.anchor(number);
        let anchors = self.door.linked.get(&anchor).cloned().into_iter().collect();
        let closing = Stretch::Closing { anchors, numbered: true };
        self.put(content.end..end.max(content.end), vec![closing]);
    }

    /// What follows the words of a link or a picture, up to its end.
    fn tail(&self, open: &Open<'_>, sign: usize) -> Option<Range<usize>> {
        let start = open.content.as_ref().map_or(open.range.start + sign, |content| content.end);
        let rest = self.chapter.text.get(start..open.range.end)?;
        let bracket = rest.find(']')?;
        Some(start + bracket..open.range.end)
    }

    fn link(&mut self, kind: LinkType, destination: &str, open: &Open<'_>) {
        if matches!(kind, LinkType::Autolink | LinkType::Email) {
            return;
        }
        let Some(tail) = self.tail(open, 1) else { return };
        match self.chapter.to(destination, self.door.anchors) {
            To::Web if matches!(kind, LinkType::Inline) => {}
            To::Web => {
                let address = escape::destination(destination).unwrap_or_default();
                self.put(tail, vec![Stretch::Text(format!("]({address})"))]);
            }
            To::Anchor(anchor) => {
                let text = |text: &str| Stretch::Text(text.to_owned());
                self.put(tail, vec![text("]("), Stretch::Link(anchor), text(")")]);
            }
            To::Nothing => {
                let path = self.chapter.path();
                let what = message!(
                    "a link in `{path}` to `{destination}`, which leads nowhere from a book",
                    path,
                    destination
                );
                self.told.remarks.push(left(what));
                self.put(open.range.start..open.range.start + 1, Vec::new());
                self.put(tail, Vec::new());
            }
        }
    }

    fn image(&mut self, kind: LinkType, destination: &str, title: &str, open: &Open<'_>) {
        let Some(tail) = self.tail(open, 2).filter(|_| !matches!(kind, LinkType::Autolink)) else {
            return;
        };
        let picture = self.picture(destination);
        let title = if title.is_empty() {
            ")".to_owned()
        } else {
            format!(" \"{}\")", escape::title(&title.replace('\n', " ")))
        };
        let open = Stretch::Text("](".to_owned());
        self.put(tail, vec![open, Stretch::Picture(picture), Stretch::Text(title)]);
    }

    /// The picture at an address.
    fn picture(&self, address: &str) -> Picture {
        let is_here = !address.contains("://") && !address.starts_with("//");
        let path = self.chapter.beside(&unescaped(address)).filter(|_| is_here);
        let most = self.door.room.get().min(LARGEST);
        let bytes = path.and_then(|path| self.door.folder.read_at_most(&path, most).ok());
        match bytes {
            Some(bytes) => {
                self.door.room.set(self.door.room.get() - bytes.len() as u64);
                Picture::Here { name: address.to_owned(), bytes }
            }
            None => Picture::Wanted { address: address.chars().take(200).collect() },
        }
    }

    /// A block of HTML; one that only shows pictures becomes these.
    fn html_block(&mut self, range: Range<usize>) {
        let text = &self.chapter.text[range.clone()];
        let pictures = html::pictures(text);
        if pictures.is_empty() || !html::words(text).trim().is_empty() {
            self.tell_tags(text);
            return;
        }
        let mut stretches = Vec::new();
        for (address, alt) in pictures {
            if !stretches.is_empty() {
                stretches.push(Stretch::Text("\n".to_owned()));
            }
            stretches.extend(self.written(&address, &alt));
            stretches.push(Stretch::Text("\n".to_owned()));
        }
        self.put(range, stretches);
    }

    fn inline_html(&mut self, tag: &str, range: Range<usize>) {
        match html::pictures(tag).into_iter().next() {
            Some((address, alt)) => {
                let stretches = self.written(&address, &alt);
                self.put(range, stretches);
            }
            None => self.tell_tags(tag),
        }
    }

    /// A picture as Markdown.
    fn written(&self, address: &str, alt: &str) -> Vec<Stretch> {
        let alt = escape::text(alt, "[");
        let picture = self.picture(address);
        vec![
            Stretch::Text(format!("![{alt}](")),
            Stretch::Picture(picture),
            Stretch::Text(")".to_owned()),
        ]
    }

    fn tell_tags(&mut self, text: &str) {
        if self.told.tags.len() >= MOST_TAGS {
            return;
        }
        for tag in html::unknown(text).into_iter().take(MOST_TAGS) {
            if !self.told.tags.contains(&tag) {
                self.told.tags.push(tag);
            }
        }
    }

    /// The language of a block of code alone: mdBook has other words behind it.
    fn code(&mut self, info: &str, range: &Range<usize>) {
        let text = &self.chapter.text[range.clone()];
        let line = text.lines().next().unwrap_or_default();
        let language = info.split([',', ' ', '{', '\t']).next().unwrap_or_default();
        if language == "rust" && text.lines().any(|line| line.trim_start().starts_with("# ")) {
            self.told.hidden += 1;
        }
        let start = line.len() - line.trim_start().trim_start_matches(['`', '~']).len();
        if language != line[start..].trim() {
            let meant = vec![Stretch::Text(language.to_owned())];
            self.put(range.start + start..range.start + line.len(), meant);
        }
    }

    /// Puts a backslash before what banxin would take for a mark of its own.
    fn signs(&mut self, range: Range<usize>) {
        let text = &self.chapter.text;
        for (at, sign) in text[range.clone()].match_indices(['[', '{']) {
            let at = range.start + at;
            let rest = &text[at + 1..];
            let near = rest.char_indices().nth(LONGEST_MARK).map_or(rest.len(), |(end, _)| end);
            let rest = rest[..near].lines().next().unwrap_or_default();
            let is_mark = match sign {
                "[" => {
                    let inner = rest.split(']').next().unwrap_or_default();
                    inner.starts_with('^') || inner.contains('@')
                }
                _ => {
                    let inner = rest.split('}').next().unwrap_or_default();
                    let base = inner.split('|').next().unwrap_or_default();
                    text[..at].ends_with([']', ')'])
                        || (base.len() < inner.len() && base.contains(is_cjk))
                }
            };
            if is_mark && !text[..at].ends_with('\\') {
                self.put(at..at, vec![Stretch::Text("\\".to_owned())]);
            }
        }
    }

    /// The text with its edits.
    pub fn stretches(self) -> Vec<Stretch> {
        let text = &self.chapter.text;
        let mut found = self.found;
        found.sort_by_key(|(range, _)| (range.start, range.end));
        let mut stretches = Vec::new();
        let mut done = 0;
        for (range, meant) in found {
            if range.start < done {
                continue;
            }
            stretches.push(Stretch::Text(text[done..range.start].to_owned()));
            stretches.extend(meant);
            done = range.end;
        }
        stretches.push(Stretch::Text(text[done..].to_owned()));
        if let Some(Stretch::Text(first)) = stretches.first_mut() {
            *first = first.trim_start_matches('\n').to_owned();
        }
        stretches
    }
}
