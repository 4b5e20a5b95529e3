//! What a book cites: citations and lists of references, resolved.

use std::collections::{BTreeMap, BTreeSet};

use super::notes::written_note;
use super::outline::Outline;
use super::walk::{self, Node};
use super::{AnchorId, Inline, Reference, Target};
use crate::citation::{self, Face, Item, Library, Locator, Piece, Run, Stands, WorkId};
use crate::diag::{Code, Diagnostic, Sink, SourceId, Span};
use crate::files::{BookPath, Folder};
use crate::manifest::{
    ChapterEntry, Citations, EditionChoice, Entry, Located, Manifest, Matter, Scope,
};
use crate::manuscript::{self, Block, Chapter, Citation, Heading, Manuscript, Purpose, Text};
use crate::message;
use crate::script::{self, Labels, Rules};

/// Where a citation or a heading stands.
type Spot = (SourceId, u32);

fn spot(span: Span) -> Spot {
    (span.source, span.start)
}

/// The citations of a book and its lists of references.
#[derive(Default)]
pub(super) struct Works {
    library: Option<Library>,
    /// By where they stand.
    citations: BTreeMap<Spot, Cited>,
    lists: Vec<List>,
}

/// A citation, set.
struct Cited {
    pieces: Vec<Piece>,
    /// The list that it leads to, where that is shown.
    list: Option<usize>,
    /// Whether it becomes a note.
    becomes: Becomes,
    /// The works that are cited here first, in words that a page shows, and where to come back to.
    first: BTreeMap<WorkId, Option<AnchorId>>,
}

/// What becomes of a citation.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Becomes {
    /// Words where it stands.
    Words,
    /// A note.
    Note,
}

/// A list of references.
struct List {
    /// The chapter that it stands in.
    chapter: usize,
    /// The heading that it stands under.
    heading: Spot,
    entries: Vec<citation::Entry>,
    /// The anchors of the entries.
    anchors: BTreeMap<WorkId, AnchorId>,
}

/// A citation as found.
struct Found<'a> {
    citation: &'a Citation,
    chapter: usize,
    stands: Stands,
    /// Whether it stands in a paragraph, whose lines a page can lead back to.
    in_paragraph: bool,
}

impl Works {
    /// Reads what `manifest` says of cited works, sets all citations, and gives every list its place:
    /// under the heading that asks for it, else under one that is added at the end.
    pub fn read(
        manifest: &mut Manifest,
        manuscript: &mut Manuscript,
        folder: &Folder,
        sink: &mut Sink,
    ) -> Self {
        let Some(choice) = manifest.citations.clone() else {
            sink.report_all(first_citation(manuscript).map(unasked));
            return Self::default();
        };
        let rules = manifest.metadata.rules;
        let Some(library) = citation::read(&choice, rules, folder, sink) else {
            return Self::default();
        };
        let more = listed_anyway(&choice, &library, sink);
        let mut found = Vec::new();
        for (index, chapter) in manuscript.chapters.iter().enumerate() {
            gather(chapter, index, &mut found);
        }
        let found: Vec<(Found<'_>, Vec<Item>)> = found
            .into_iter()
            .map(|found| {
                let items = items(found.citation, &library, &manifest.edition, sink);
                (found, items)
            })
            .collect();
        let listed: BTreeSet<WorkId> = found
            .iter()
            .flat_map(|(_, items)| items.iter().map(|item| item.work))
            .chain(more.iter().copied())
            .collect();
        sink.report_all(listed.into_iter().filter_map(|work| library.lacks(work)));
        let mut works = Self::default();
        let mut homes = Vec::new();
        for group in groups(choice.scope, &found, manuscript.chapters.len()) {
            let more = if group.chapter.is_none() { more.as_slice() } else { &[] };
            let edition = &manifest.edition;
            homes.push((group.chapter, works.set(&library, &group.found, more, edition, sink)));
        }
        for (home, (entries, spots)) in homes {
            if entries.is_empty() {
                continue;
            }
            let place = place_of(home, manuscript);
            let place = match (place, library.stands()) {
                (Some(place), _) => place,
                (None, Stands::InText) => {
                    add_place(home, choice.style.span, manifest, manuscript, sink)
                }
                // Each note says what it cites: nothing leads to a list.
                (None, Stands::InNote) => continue,
            };
            let list = works.lists.len();
            // What a note says of a work is all that its entry says.
            let leading = if library.stands() == Stands::InText { spots } else { Vec::new() };
            for spot in leading {
                if let Some(cited) = works.citations.get_mut(&spot) {
                    cited.list = Some(list);
                }
            }
            let (chapter, heading) = place;
            works.lists.push(List { chapter, heading, entries, anchors: BTreeMap::new() });
        }
        works.library = Some(library);
        works
    }

    /// Sets the citations of a list; gives its entries and where the citations stand.
    fn set(
        &mut self,
        library: &Library,
        found: &[&(Found<'_>, Vec<Item>)],
        more: &[WorkId],
        edition: &EditionChoice,
        sink: &mut Sink,
    ) -> (Vec<citation::Entry>, Vec<Spot>) {
        let requests: Vec<citation::Citation> = found
            .iter()
            .map(|(found, items)| citation::Citation {
                items: items.clone(),
                stands: found.stands,
                chapter: found.chapter,
            })
            .collect();
        let mut set = library.set(&requests, more, sink);
        // Works in other languages and addresses are the same in all editions.
        let converted = |work: &WorkId| library.language(*work).is_none();
        let cited = set.citations.iter_mut().flatten();
        let cited = cited.filter(|piece| piece.work.as_ref().is_none_or(converted));
        let listed = set.entries.iter_mut().filter(|entry| converted(&entry.work));
        let runs = cited.flat_map(|it| &mut it.runs).chain(listed.flat_map(|it| &mut it.runs));
        runs.filter(|run| run.url.is_none()).for_each(|run| edition.convert(&mut run.text));
        let mut seen = BTreeSet::new();
        let mut spots = Vec::new();
        for ((found, items), pieces) in found.iter().zip(set.citations) {
            let mut first = BTreeMap::new();
            for item in items {
                if found.in_paragraph && seen.insert(item.work) {
                    first.insert(item.work, None);
                }
            }
            let becomes = match (library.stands(), found.stands) {
                (Stands::InNote, Stands::InText) => Becomes::Note,
                (Stands::InNote, Stands::InNote) | (Stands::InText, _) => Becomes::Words,
            };
            let at = spot(found.citation.span);
            spots.push(at);
            self.citations.insert(at, Cited { pieces, list: None, becomes, first });
        }
        (set.entries, spots)
    }

    /// Gives anchors to the entries of lists and to the places to come back to. Their labels are what a
    /// link to them says to those who do not see it.
    pub fn anchor(
        &mut self,
        outline: &mut Outline,
        sources: &BTreeMap<SourceId, usize>,
        labels: &Labels,
    ) {
        for (number, list) in self.lists.iter_mut().enumerate() {
            let prefix = if number == 0 { String::new() } else { format!("{}-", number + 1) };
            for (index, entry) in list.entries.iter().enumerate() {
                let name = format!("ref-{prefix}{}", index + 1);
                let label = match entry.label.as_str() {
                    "" => labels.references,
                    label => label,
                };
                list.anchors.insert(entry.work, outline.add(list.chapter, name, label.to_owned()));
            }
        }
        let mut count = 0;
        for (at, cited) in &mut self.citations {
            let (Some(_), Some(&chapter)) = (cited.list, sources.get(&at.0)) else { continue };
            for anchor in cited.first.values_mut() {
                count += 1;
                *anchor = Some(outline.add(
                    chapter,
                    format!("cite-{count}"),
                    labels.back_to_text.to_owned(),
                ));
            }
        }
    }

    /// Whether the citation at a place becomes a note.
    pub fn is_note(&self, span: Span) -> bool {
        self.citations.get(&spot(span)).is_some_and(|cited| cited.becomes == Becomes::Note)
    }

    /// The words of the citation at a place.
    pub fn words(&self, span: Span, rules: &'static Rules) -> Vec<Inline> {
        let Some(cited) = self.citations.get(&spot(span)) else { return Vec::new() };
        let list = cited.list.and_then(|list| self.lists.get(list));
        let point = Span { end: span.start, ..span };
        let mut words = Vec::new();
        let mut marked = BTreeSet::new();
        for (index, piece) in cited.pieces.iter().enumerate() {
            let mut content = inlines(&piece.runs, point);
            if index == 0 && piece.runs.first().is_some_and(|run| run.face == Face::Superscript) {
                // It must not begin a line.
                join(&mut content);
            }
            let entry = piece.work.zip(list).and_then(|(work, list)| list.anchors.get(&work));
            match (entry, piece.work) {
                (Some(&entry), Some(work)) => {
                    let anchor = cited.first.get(&work).copied().flatten();
                    let mark = anchor.filter(|_| marked.insert(work));
                    let target = Target::Entry { entry, mark };
                    words.push(Inline::Link { target, content });
                }
                (None, Some(work)) => words.extend(self.in_its_language(work, content, rules)),
                (_, None) => words.extend(content),
            }
        }
        words
    }

    /// The list that stands under the heading at a place.
    pub fn list(&self, heading: Span, rules: &'static Rules) -> Option<Vec<Reference>> {
        let number = self.lists.iter().position(|list| list.heading == spot(heading))?;
        let list = &self.lists[number];
        let library = self.library.as_ref()?;
        let mut back = BTreeMap::new();
        for cited in self.citations.values().filter(|cited| cited.list == Some(number)) {
            back.extend(cited.first.iter().filter_map(|(work, anchor)| Some((*work, (*anchor)?))));
        }
        let references = list.entries.iter().map(|entry| {
            let span = library.span(entry.work);
            let point = Span { end: span.start, ..span };
            let content = inlines(&entry.runs, point);
            let label = Inline::Text(Text { text: entry.label.clone(), span: point });
            let label = match back.get(&entry.work) {
                Some(&anchor) => {
                    Inline::Link { target: Target::Citation(anchor), content: vec![label] }
                }
                None => label,
            };
            Some(Reference {
                anchor: *list.anchors.get(&entry.work)?,
                label: if entry.label.is_empty() { Vec::new() } else { vec![label] },
                content: self.in_its_language(entry.work, content, rules),
            })
        });
        references.collect()
    }

    /// The words of an entry as words of its language, where that is not the book's.
    fn in_its_language(
        &self,
        work: WorkId,
        content: Vec<Inline>,
        rules: &'static Rules,
    ) -> Vec<Inline> {
        let chinese = rules.tag.starts_with("zh");
        let own = self.library.as_ref().and_then(|library| library.language(work));
        let tag = own.or((!chinese).then_some("zh-Hans"));
        match tag {
            Some(tag) if tag != rules.tag => {
                let rules = script::rules(tag).unwrap_or(rules);
                vec![Inline::Foreign { language: tag.to_owned(), rules, content }]
            }
            Some(_) | None => content,
        }
    }
}

/// Puts a joiner before the first characters.
fn join(content: &mut [Inline]) {
    match content.first_mut() {
        Some(Inline::Text(text)) => text.text.insert(0, '\u{2060}'),
        Some(Inline::Superscript(inner)) => join(inner),
        Some(_) | None => {}
    }
}

/// Runs as inlines, all at one point of the source.
fn inlines(runs: &[Run], point: Span) -> Vec<Inline> {
    let inline = |run: &Run| {
        let mut content = vec![Inline::Text(Text { text: run.text.clone(), span: point })];
        content = match run.face {
            Face::Plain => content,
            // Hanzi have no italics, and the titles that a style slants need no dots.
            Face::Italic if run.text.contains(script::is_cjk) => content,
            Face::Italic => vec![Inline::Emphasis(super::Emphasis::default(), content)],
            Face::Bold => vec![Inline::Strong(content)],
            Face::Superscript => vec![Inline::Superscript(content)],
            Face::Subscript => vec![Inline::Subscript(content)],
        };
        match &run.url {
            Some(url) => vec![Inline::Link { target: Target::Url(url.clone()), content }],
            None => content,
        }
    };
    runs.iter().flat_map(inline).collect()
}

/// The citations that share a list.
struct Group<'f, 'a> {
    /// The chapter that the list is for; none for the book.
    chapter: Option<usize>,
    found: Vec<&'f (Found<'a>, Vec<Item>)>,
}

fn groups<'f, 'a>(
    scope: Scope,
    found: &'f [(Found<'a>, Vec<Item>)],
    chapters: usize,
) -> Vec<Group<'f, 'a>> {
    match scope {
        Scope::Book => vec![Group { chapter: None, found: found.iter().collect() }],
        Scope::Chapter => (0..chapters)
            .map(|chapter| Group {
                chapter: Some(chapter),
                found: found.iter().filter(|(found, _)| found.chapter == chapter).collect(),
            })
            .collect(),
    }
}

/// The heading that asks for the list of a chapter, or of the book.
fn place_of(chapter: Option<usize>, manuscript: &Manuscript) -> Option<(usize, Spot)> {
    let wanted = |index: &usize| chapter.is_none_or(|chapter| chapter == *index);
    let asks = |heading: &Heading| heading.purpose == Purpose::References;
    (0..manuscript.chapters.len()).filter(wanted).find_map(|index| {
        let chapter = &manuscript.chapters[index];
        let inner = chapter.blocks.iter().filter_map(|block| {
            if let Block::Heading(heading) = block { Some(heading) } else { None }
        });
        let heading = std::iter::once(&chapter.title).chain(inner).find(|it| asks(it))?;
        Some((index, spot(heading.span)))
    })
}

/// Adds a heading for a list where no author has written one: at the end of its chapter, or over a
/// chapter of its own at the end of the book, which `book.toml` asks for at `asked`.
fn add_place(
    chapter: Option<usize>,
    asked: Span,
    manifest: &mut Manifest,
    manuscript: &mut Manuscript,
    sink: &Sink,
) -> (usize, Spot) {
    let title = manifest.metadata.rules.labels.references;
    let heading = |level, span| Heading {
        level,
        id: None,
        numbered: false,
        purpose: Purpose::References,
        content: vec![manuscript::Inline::Text(Text { text: title.to_owned(), span })],
        span,
    };
    if let Some(index) = chapter {
        let chapter = &mut manuscript.chapters[index];
        let source = chapter.title.span.source;
        let end = sink.sources.get(source).text.len();
        let span = Span::new(source, end..end);
        chapter.blocks.push(Block::Heading(heading(2, span)));
        return (index, spot(span));
    }
    let path = free_path(manuscript);
    let entry = ChapterEntry {
        file: Located { value: path.clone(), span: asked },
        matter: Matter::Back,
        source: None,
    };
    manifest.contents.push(Entry::Chapter(entry));
    let title = heading(1, asked);
    let (blocks, notes) = (Vec::new(), Vec::new());
    manuscript.chapters.push(Chapter { path, title, blocks, notes });
    (manuscript.chapters.len() - 1, spot(asked))
}

/// A name for a file that no chapter has.
#[expect(clippy::expect_used, reason = "there are more names than chapters")]
fn free_path(manuscript: &Manuscript) -> BookPath {
    let is_free = |path: &BookPath| manuscript.chapters.iter().all(|it| it.path != *path);
    let names = (0..).map(|count| format!("references{}.md", "-".repeat(count)));
    let mut paths = names.filter_map(|name| BookPath::new(&name)).filter(is_free);
    paths.next().expect("a name")
}

/// The works that are listed whether they are cited or not.
fn listed_anyway(choice: &Citations, library: &Library, sink: &mut Sink) -> Vec<WorkId> {
    let mut works = Vec::new();
    for key in &choice.nocite {
        match (key.value.as_str(), library.find(&key.value)) {
            ("*", _) => works.extend(library.all()),
            (_, Some(work)) => works.push(work),
            (name, None) => sink.report(unknown(name, key.span, library)),
        }
    }
    works
}

/// The works of a citation, each once; a key that names none is reported.
fn items(
    citation: &Citation,
    library: &Library,
    edition: &EditionChoice,
    sink: &mut Sink,
) -> Vec<Item> {
    let mut items = Vec::new();
    for cited in &citation.works {
        let Some(work) = library.find(&cited.key.text) else {
            sink.report(unknown(&cited.key.text, cited.key.span, library));
            continue;
        };
        let mut locator = cited.locator.clone();
        if library.language(work).is_some() {
            // It stands among the words of the work, which are not converted.
            edition.convert(&mut locator);
        }
        let mut prefix = cited.prefix.clone();
        if prefix.ends_with(|c: char| c.is_ascii()) {
            prefix.push(' ');
        }
        let locator = Locator::read(&locator);
        let item = Item { work, prefix, locator, author: cited.author };
        if !items.contains(&item) {
            items.push(item);
        }
    }
    items
}

/// Says that no file describes a work.
fn unknown(key: &str, span: Span, library: &Library) -> Diagnostic {
    let message = message!("no file of works has the key `{key}`", key);
    let finding = Diagnostic::new(Code::UnknownCitation, span, message);
    match library.nearest(key) {
        Some(near) => finding.hint(message!("did you mean `@{near}`?", near)),
        None => finding.hint("add the work to a file in `[citations]`, or write `\\[` before `@`"),
    }
}

/// Says that a text cites and `book.toml` knows of no works.
fn unasked(citation: &Citation) -> Diagnostic {
    let message = "this cites a work, and `book.toml` names no file of works";
    Diagnostic::new(Code::MissingKey, citation.span, message).hint(
        "add `[citations]` with `files = [\"references.bib\"]`, or write `\\[` where nothing is cited",
    )
}

fn first_citation(manuscript: &Manuscript) -> Option<&Citation> {
    manuscript.chapters.iter().enumerate().find_map(|(index, chapter)| {
        let mut found = Vec::new();
        if holds_citation(chapter) {
            gather(chapter, index, &mut found);
        }
        found.first().map(|first| first.citation)
    })
}

/// Whether a citation stands anywhere in a chapter or its notes.
fn holds_citation(chapter: &Chapter) -> bool {
    let mut holds = false;
    let mut visit = |node: Node<'_>| {
        holds |= matches!(node, Node::Inline(manuscript::Inline::Citation(_)));
    };
    walk::inlines(&chapter.title.content, &mut visit);
    walk::blocks(&chapter.blocks, 0, &mut visit);
    chapter.notes.iter().for_each(|note| walk::blocks(&note.blocks, 1, &mut visit));
    holds
}

/// Finds the citations of a chapter in the order in which they are read: those of a note where its
/// mark stands.
fn gather<'a>(chapter: &'a Chapter, index: usize, found: &mut Vec<Found<'a>>) {
    let mut signs: Vec<&manuscript::Inline> = Vec::new();
    let mut in_paragraph = BTreeSet::new();
    walk::inlines(&chapter.title.content, &mut |node| signs.extend(sign(node)));
    walk::blocks(&chapter.blocks, 0, &mut |node| {
        if let Node::Block(Block::Paragraph(content), _) = node {
            walk::inlines(content, &mut |node| {
                if let Node::Inline(manuscript::Inline::Citation(citation)) = node {
                    in_paragraph.insert(citation.span.start);
                }
            });
        }
        signs.extend(sign(node));
    });
    let mut noted = BTreeSet::new();
    let mut add = |citation: &'a Citation, stands, in_paragraph| {
        found.push(Found { citation, chapter: index, stands, in_paragraph });
    };
    for sign in signs {
        if let manuscript::Inline::Citation(citation) = sign {
            let in_paragraph = in_paragraph.contains(&citation.span.start);
            add(citation, Stands::InText, in_paragraph);
        }
        let manuscript::Inline::NoteMark(name) = sign else { continue };
        let Some(note) = written_note(chapter, name).filter(|&it| noted.insert(it)) else {
            continue;
        };
        walk::blocks(&chapter.notes[note].blocks, 1, &mut |node| {
            if let Node::Inline(manuscript::Inline::Citation(citation)) = node {
                add(citation, Stands::InNote, false);
            }
        });
    }
}

/// A citation or the mark of a note.
fn sign(node: Node<'_>) -> Option<&manuscript::Inline> {
    match node {
        Node::Inline(
            inline @ (manuscript::Inline::Citation(_) | manuscript::Inline::NoteMark(_)),
        ) => Some(inline),
        Node::Inline(_) | Node::Block(..) => None,
    }
}
