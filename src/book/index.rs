//! The index: from the marks in the text to entries in order.

use std::collections::{BTreeMap, BTreeSet};

use super::outline::Outline;
use super::{
    AnchorId, Block, Chapter, CrossEntry, Index, IndexEntry, IndexGroup, IndexPlace, Inline,
    Purpose, Text,
};
use crate::diag::{Code, Diagnostic, List, Message, Sink, Span, nearest};
use crate::manifest::{IndexChoice, Manifest, Matter};
use crate::manuscript::{IndexMark, Reach};
use crate::message;
use crate::script::{Collation, Rules};

/// The words of an entry, after those of the entries above it.
type Path = Vec<String>;

/// What parts the words of a path in `book.toml`.
const BETWEEN: [char; 2] = ['!', '！'];
/// The most entries that a finding names.
const MOST_NAMED: usize = 20;

/// Puts the index of a book at the end of the chapter that asks for it, or in one of its own at the
/// end; nothing where no text has a mark.
pub(super) fn add(
    manifest: &Manifest,
    chapters: &mut Vec<Chapter>,
    outline: &mut Outline,
    sink: &mut Sink,
) {
    let marks = std::mem::take(&mut outline.marks);
    let mut draft = Draft::new(&manifest.index, manifest.metadata.rules);
    draft.marks(&marks, sink);
    draft.cross(sink);
    let Some((_, first)) = marks.first() else { return };
    let own = chapters.iter().position(|chapter| chapter.purpose == Purpose::Index);
    let at = own.unwrap_or(chapters.len());
    if own.is_none() {
        let title = manifest.metadata.rules.labels.index.title;
        let anchor = outline.add(at, "index".to_owned(), title.to_owned());
        chapters.push(chapter(anchor, title, first.span));
    }
    draft.number(at, outline);
    let index = draft.index(sink);
    let told = marks.iter().map(|(anchor, mark)| (*anchor, mark.span));
    chapters[at].pages_told.extend(told);
    chapters[at].blocks.push(Block::Index(index));
}

/// A chapter for the index. Its title stands nowhere in a source: its place is a point.
fn chapter(anchor: AnchorId, title: &str, span: Span) -> Chapter {
    let span = Span { end: span.start, ..span };
    Chapter {
        anchor,
        stem: "index".to_owned(),
        matter: Matter::Back,
        purpose: Purpose::Index,
        part: None,
        number: None,
        title: vec![Inline::Text(Text { text: title.to_owned(), span })],
        plain_title: title.to_owned(),
        source: None,
        blocks: Vec::new(),
        notes: Vec::new(),
        pages_told: Vec::new(),
    }
}

/// An entry in the making.
#[derive(Default)]
struct Node {
    places: Vec<IndexPlace>,
    /// How its words are read.
    reading: Option<(String, Span)>,
    /// Where its first mark stands.
    span: Option<Span>,
    see: Option<Path>,
    also: Vec<Path>,
    below: BTreeMap<String, Node>,
}

/// An index in the making.
struct Draft<'a> {
    choice: &'a IndexChoice,
    rules: &'static Rules,
    collation: Collation,
    top: BTreeMap<String, Node>,
    /// The entries that others send the reader to.
    targets: BTreeMap<Path, Option<AnchorId>>,
    /// Entries whose reading is in doubt, with the readings.
    doubtful: Vec<(Message, Option<Span>)>,
}

impl<'a> Draft<'a> {
    fn new(choice: &'a IndexChoice, rules: &'static Rules) -> Self {
        let collation = Collation::new(choice.order);
        let (top, targets, doubtful) = (BTreeMap::new(), BTreeMap::new(), Vec::new());
        Self { choice, rules, collation, top, targets, doubtful }
    }

    /// The entry of a path, made where there is none yet.
    fn node(&mut self, path: &[String]) -> &mut Node {
        let (last, above) = path.split_last().map_or(("", &[][..]), |(last, above)| (last, above));
        let mut level = &mut self.top;
        for words in above {
            level = &mut level.entry(words.clone()).or_default().below;
        }
        level.entry(last.to_owned()).or_default()
    }

    /// The entry of a path.
    fn find(&self, path: &[String]) -> Option<&Node> {
        let (first, below) = path.split_first()?;
        let node = self.top.get(first)?;
        below.iter().try_fold(node, |node, words| node.below.get(words))
    }

    /// Takes up the marks of the text.
    fn marks(&mut self, marks: &[(AnchorId, IndexMark)], sink: &mut Sink) {
        // Places that have begun, with their first anchor and where it stands.
        let mut open: BTreeMap<&Path, (AnchorId, Span)> = BTreeMap::new();
        for (anchor, mark) in marks {
            for path in &mark.entries {
                let node = self.node(path);
                node.span = node.span.or(Some(mark.span));
                if let (Some(sort), None) = (&mark.sort, &node.reading) {
                    node.reading = Some((sort.text.clone(), sort.span));
                }
                let place = IndexPlace { from: *anchor, to: None };
                match mark.reach {
                    Reach::Here => node.places.push(place),
                    Reach::Start => {
                        node.places.push(place);
                        let before = open.insert(path, (*anchor, mark.span));
                        sink.report_all(before.map(|(_, span)| endless(path, span)));
                    }
                    Reach::End => match open.remove(path) {
                        Some((start, _)) => {
                            let begun = node.places.iter_mut().find(|place| place.from == start);
                            begun.into_iter().for_each(|place| place.to = Some(*anchor));
                        }
                        None => sink.report(beginless(path, mark.span)),
                    },
                }
            }
        }
        let mut open: Vec<(&Path, (AnchorId, Span))> = open.into_iter().collect();
        open.sort_by_key(|(_, (anchor, _))| *anchor);
        sink.report_all(open.into_iter().map(|(path, (_, span))| endless(path, span)));
    }

    /// Takes up what `book.toml` says of entries.
    fn cross(&mut self, sink: &mut Sink) {
        for (from, to) in &self.choice.see {
            self.node(&path(from)).see = Some(path(&to.value));
        }
        for (from, to) in &self.choice.also {
            match self.find(&path(from)) {
                Some(_) => self.node(&path(from)).also.push(path(&to.value)),
                None => sink.report(self.unknown(from, to.span)),
            }
        }
        for (_, to) in self.choice.see.iter().chain(&self.choice.also) {
            if self.find(&path(&to.value)).is_none() {
                sink.report(self.unknown(&to.value, to.span));
            } else {
                self.targets.insert(path(&to.value), None);
            }
        }
        for (words, reading) in &self.choice.readings {
            let span = reading.span;
            if read(&mut self.top, words, &(reading.value.clone(), span)) == 0 {
                sink.report(self.unknown(words, span));
            }
        }
        self.report_circles(sink);
    }

    /// Says that the index has no such entry.
    fn unknown(&self, words: &str, span: Span) -> Diagnostic {
        let message = message!("the index has no entry `{words}`", words);
        let finding = Diagnostic::new(Code::UnknownEntry, span, message);
        let mut known = Vec::new();
        gather(&self.top, "", &mut known);
        match nearest(words, known.iter().map(String::as_str)) {
            Some(near) => finding.hint(message!("did you mean `{near}`?", near)),
            None => finding.hint(message!("mark what it tells: `[]{{index=\"{words}\"}}`", words)),
        }
    }

    /// Reports entries that send the reader round, once for each circle.
    fn report_circles(&self, sink: &mut Sink) {
        let mut seen = BTreeSet::new();
        for (from, to) in &self.choice.see {
            let mut circle = vec![path(from)];
            while let Some(next) =
                circle.last().and_then(|last| self.find(last)).and_then(|node| node.see.clone())
            {
                if circle.contains(&next) {
                    break;
                }
                circle.push(next);
            }
            let last = circle.last().and_then(|last| self.find(last));
            let closes = last.and_then(|node| node.see.as_ref()) == circle.first();
            let known = circle.iter().any(|path| seen.contains(path));
            if !closes || known {
                continue;
            }
            let round: Vec<String> =
                circle.iter().chain(circle.first()).map(|path| shown(path)).collect();
            let message =
                message!("entries send the reader round: {entries}", entries = round.join(" → "));
            let hint = "send all but one of them to the one that tells the pages";
            sink.report(Diagnostic::new(Code::CircularSee, to.span, message).hint(hint));
            seen.extend(circle);
        }
    }

    /// Gives an anchor to the entries that others send the reader to, in chapter `at`.
    fn number(&mut self, at: usize, outline: &mut Outline) {
        for (count, (path, anchor)) in self.targets.iter_mut().enumerate() {
            let name = format!("ix-entry-{}", count + 1);
            *anchor = Some(outline.add(at, name, shown(path)));
        }
    }

    /// The index, and what is wrong with readings.
    fn index(&mut self, sink: &mut Sink) -> Index {
        let top = std::mem::take(&mut self.top);
        let mut groups: Vec<IndexGroup> = Vec::new();
        let mut last = None;
        for (key, entry) in self.entries(top, &[], sink) {
            let initial = self.collation.initial(&key);
            if last != Some(initial) {
                groups.push(IndexGroup { title: initial.title(self.rules), entries: Vec::new() });
                last = Some(initial);
            }
            if let Some(group) = groups.last_mut() {
                group.entries.push(entry);
            }
        }
        self.report_doubts(sink);
        Index { groups }
    }

    /// Entries in order, with what they are sorted by.
    fn entries(
        &mut self,
        nodes: BTreeMap<String, Node>,
        above: &[String],
        sink: &mut Sink,
    ) -> Vec<(String, IndexEntry)> {
        let entry = |(words, node)| self.entry(words, node, above, sink);
        let mut entries: Vec<(String, IndexEntry)> = nodes.into_iter().map(entry).collect();
        entries.sort_by(|(a, one), (b, other)| {
            let compare = |a, b| self.collation.compare(a, b);
            compare(a, b).then_with(|| compare(&one.words, &other.words))
        });
        entries
    }

    fn entry(
        &mut self,
        words: String,
        node: Node,
        above: &[String],
        sink: &mut Sink,
    ) -> (String, IndexEntry) {
        let key = self.key(&words, &node, sink);
        let path = [above, std::slice::from_ref(&words)].concat();
        let below = self.entries(node.below, &path, sink);
        let cross = |path: Path| {
            let anchor = (*self.targets.get(&path)?)?;
            Some(CrossEntry { words: path.join(self.rules.labels.colon), anchor })
        };
        let entry = IndexEntry {
            anchor: self.targets.get(&path).copied().flatten(),
            words,
            places: node.places,
            see: node.see.and_then(cross),
            also: node.also.into_iter().filter_map(cross).collect(),
            entries: below.into_iter().map(|(_, entry)| entry).collect(),
        };
        (key, entry)
    }

    /// What an entry is sorted by.
    fn key(&mut self, words: &str, node: &Node, sink: &mut Sink) -> String {
        let reading = node.reading.as_ref();
        if let (None, Some((c, readings))) = (reading, self.collation.doubt(words)) {
            let readings: List = readings.iter().collect();
            let said = message!("`{words}` ({c}: {readings})", words, c, readings);
            self.doubtful.push((said, node.span));
        }
        if let Some((reading, span)) = reading {
            if let Some(key) = self.collation.key(words, Some(reading)) {
                return key;
            }
            let message = message!("`{words}` cannot be read as `{reading}`", words, reading);
            let hint = "write a syllable for each hanzi, such as `chong qing`";
            sink.report(Diagnostic::new(Code::BadReading, *span, message).hint(hint));
        }
        self.collation.key(words, None).unwrap_or_default()
    }

    /// Reports the entries whose reading is in doubt, all at once.
    fn report_doubts(&self, sink: &mut Sink) {
        let Some(span) = self.doubtful.iter().find_map(|(_, span)| *span) else { return };
        let count = self.doubtful.len();
        let more = (count > MOST_NAMED).then(|| Message::from("…"));
        let named = self.doubtful.iter().take(MOST_NAMED).map(|(said, _)| said);
        let named: List = named.chain(&more).collect();
        let message = match count {
            1 => message!("an entry of the index may be read otherwise: {named}", named),
            _ => message!("entries of the index may be read otherwise: {named}", named),
        };
        let hint = "say how each is read: `[index] readings = { \"重庆\" = \"chong qing\" }`, or \
                    `sort=\"chong qing\"` at a mark";
        sink.report(Diagnostic::new(Code::DoubtfulReading, span, message).hint(hint));
    }
}

/// Gives all entries of these words a reading where their marks have none; says how many there are.
fn read(nodes: &mut BTreeMap<String, Node>, words: &str, reading: &(String, Span)) -> usize {
    let mut count = 0;
    for (of, node) in nodes {
        if of == words {
            count += 1;
            node.reading.get_or_insert_with(|| reading.clone());
        }
        count += read(&mut node.below, words, reading);
    }
    count
}

/// The words of all entries, each with those above it.
fn gather(nodes: &BTreeMap<String, Node>, above: &str, known: &mut Vec<String>) {
    for (words, node) in nodes {
        let path = format!("{above}{words}");
        gather(&node.below, &format!("{path}!"), known);
        known.push(path);
    }
}

/// A path as `book.toml` writes it.
fn path(words: &str) -> Path {
    words.split(BETWEEN).map(|level| level.trim().to_owned()).collect()
}

/// A path as an author writes it.
fn shown(path: &[String]) -> String {
    path.join("!")
}

/// Says that a longer place has no end.
fn endless(path: &[String], span: Span) -> Diagnostic {
    let message = message!("`{shown}` begins here and ends nowhere", shown = shown(path));
    let hint = "write `range=end` where it ends, in the same words";
    Diagnostic::new(Code::OpenRange, span, message).hint(hint)
}

/// Says that a longer place has no start.
fn beginless(path: &[String], span: Span) -> Diagnostic {
    let message = message!("`{shown}` ends here and begins nowhere", shown = shown(path));
    let hint = "write `range=start` where it begins, in the same words";
    Diagnostic::new(Code::OpenRange, span, message).hint(hint)
}
