//! Styles in CSL, by the processor of `hayagriva`.

use hayagriva::archive::{self, ArchivedStyle};
use hayagriva::citationberg::taxonomy::Locator as Part;
use hayagriva::citationberg::{
    self, FontStyle, FontWeight, IndependentStyle, LocaleCode, StyleClass, VerticalAlign,
};
use hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, ElemChild,
    ElemChildren, ElemMeta, Entry as Source, Formatting, LocatorPayload, Rendered, SpecificLocator,
};

use super::guard::guarded;
use super::{Author, Citation, Entry, Face, Item, Library, Locator, Piece, Run, Set, WorkId};
use crate::diag::{Code, Diagnostic, Place, Sink, SourceId, Span, nearest};
use crate::message;
use crate::script::Rules;

/// A style with the terms of the book's language.
pub struct Style {
    style: IndependentStyle,
    locale: LocaleCode,
    locales: Vec<citationberg::Locale>,
}

/// The style that the program brings along by a name.
///
/// # Errors
/// There is none.
pub fn named(name: &str, rules: &Rules, span: Span) -> Result<Style, Box<Diagnostic>> {
    let found = ArchivedStyle::by_name(name).map(ArchivedStyle::get);
    match found {
        Some(citationberg::Style::Independent(style)) => Ok(Style::new(style, rules)),
        Some(citationberg::Style::Dependent(_)) | None => {
            let names = ArchivedStyle::all().iter().flat_map(|style| style.names().iter().copied());
            let message = message!("there is no style of references `{name}`", name);
            let finding = Diagnostic::new(Code::BrokenStyle, span, message);
            Err(Box::new(match nearest(name, names) {
                Some(near) => finding.hint(message!("did you mean `{near}`?", near)),
                None => finding.hint(
                    "name `gb-7714-2015`, `gb-7714-2025`, a style such as `apa`, \
                     or a file of the book that ends in `.csl`",
                ),
            }))
        }
    }
}

/// The style that a file holds.
///
/// # Errors
/// It holds none.
pub fn from_text(text: &str, rules: &Rules, source: SourceId) -> Result<Style, Box<Diagnostic>> {
    let read = guarded(|| IndependentStyle::from_xml(text).map_err(|error| error.to_string()));
    let said = match read {
        Some(Ok(style)) => return Ok(Style::new(style, rules)),
        Some(Err(said)) => said,
        None => "it is too tangled".to_owned(),
    };
    let said = said.lines().next().unwrap_or_default();
    let message = message!("this is no style in CSL: {said}", said);
    let start = Span::new(source, 0..0);
    let finding = Diagnostic::new(Code::BrokenStyle, start, message);
    Err(Box::new(finding.hint("a style that only names another (`independent-parent`) is none")))
}

impl Style {
    fn new(style: IndependentStyle, rules: &Rules) -> Self {
        let locale = match rules.tag {
            "zh-Hans" => "zh-CN",
            "zh-Hant" => "zh-TW",
            "ja" => "ja-JP",
            "ko" => "ko-KR",
            _ => "en-US",
        };
        Self { style, locale: LocaleCode(locale.to_owned()), locales: archive::locales() }
    }

    /// Whether citations are notes.
    pub fn is_in_notes(&self) -> bool {
        self.style.settings.class == StyleClass::Note
    }

    /// Sets citations and the list of what they cite and of `more`.
    pub fn set(
        &self,
        library: &Library,
        citations: &[Citation],
        more: &[WorkId],
        sink: &mut Sink,
    ) -> Set {
        // A processor may fail on works that its style did not foresee.
        match guarded(|| self.render(library, citations, more)) {
            Some(rendered) => gather(library, citations, rendered),
            None => {
                let message = "the style of references cannot be applied to these works";
                sink.report(Diagnostic::new(Code::BrokenStyle, Place::Book, message));
                Set {
                    citations: citations.iter().map(|_| Vec::new()).collect(),
                    entries: Vec::new(),
                }
            }
        }
    }

    fn render(&self, library: &Library, citations: &[Citation], more: &[WorkId]) -> Rendered {
        let mut driver = BibliographyDriver::new();
        for (index, citation) in citations.iter().enumerate() {
            let items = citation.items.iter().map(|item| cited(library, item)).collect();
            driver.citation(self.request(items, Some(index + 1)));
        }
        for &work in more {
            let mut item = CitationItem::with_entry(&library.work(work).entry);
            item.hidden = true;
            driver.citation(self.request(vec![item], None));
        }
        driver.finish(BibliographyRequest {
            style: &self.style,
            locale: Some(self.locale.clone()),
            locale_files: &self.locales,
        })
    }

    fn request<'a>(
        &'a self,
        items: Vec<CitationItem<'a, Source>>,
        note: Option<usize>,
    ) -> CitationRequest<'a, Source> {
        let locale = Some(self.locale.clone());
        CitationRequest::new(items, &self.style, locale, &self.locales, note)
    }
}

/// A work as the processor is told of it.
fn cited<'a>(library: &'a Library, item: &'a Item) -> CitationItem<'a, Source> {
    let locator = match &item.locator {
        Locator::None => None,
        Locator::Pages(pages) => Some(SpecificLocator(Part::Page, LocatorPayload::Str(pages))),
        Locator::Words(words) => Some(SpecificLocator(Part::Custom, LocatorPayload::Str(words))),
    };
    let entry = &library.work(item.work).entry;
    let cited = CitationItem::with_locator(entry, locator);
    match item.author {
        Author::Shown => cited,
        Author::Suppressed => cited.kind(hayagriva::CitePurpose::Year),
    }
}

/// What the processor made.
fn gather(library: &Library, citations: &[Citation], rendered: Rendered) -> Set {
    let of_text = citations.iter().zip(&rendered.citations);
    let set = of_text.map(|(citation, made)| {
        let mut pieces = Vec::new();
        pieces_of(&made.citation, citation, None, &mut pieces);
        // Words between two works go with the one before, so that all of a citation leads somewhere.
        let first = citation.items.first().map(|item| item.work);
        for index in 0..pieces.len() {
            if pieces[index].work.is_none() {
                let before = index.checked_sub(1).and_then(|before| pieces[before].work);
                pieces[index].work = before.or(first);
            }
        }
        if let (Some(piece), Some(item)) = (pieces.first_mut(), citation.items.first())
            && !item.prefix.is_empty()
        {
            piece.runs.insert(0, Run::plain(item.prefix.clone()));
        }
        pieces
    });
    let set = set.collect();
    let list = rendered.bibliography.map(|list| list.items).unwrap_or_default();
    let entries = list.into_iter().filter_map(|item| {
        let mut label = Vec::new();
        item.first_field.iter().for_each(|field| runs_of_child(field, &mut label));
        let mut runs = Vec::new();
        runs_of(&item.content, &mut runs);
        let label = label.into_iter().map(|run| run.text).collect::<String>();
        Some(Entry { work: library.find(&item.key)?, label: label.trim().to_owned(), runs })
    });
    Set { citations: set, entries: entries.collect() }
}

/// Adds the parts of a citation.
fn pieces_of(
    children: &ElemChildren,
    citation: &Citation,
    work: Option<WorkId>,
    pieces: &mut Vec<Piece>,
) {
    for child in &children.0 {
        match child {
            ElemChild::Elem(elem) => {
                let inner = match elem.meta {
                    Some(ElemMeta::Entry(index)) => citation.items.get(index).map(|it| it.work),
                    _ => None,
                };
                pieces_of(&elem.children, citation, inner.or(work), pieces);
            }
            ElemChild::Text(_)
            | ElemChild::Markup(_)
            | ElemChild::Link { .. }
            | ElemChild::Transparent { .. } => {
                let mut runs = Vec::new();
                runs_of_child(child, &mut runs);
                match pieces.last_mut() {
                    Some(last) if last.work == work => last.runs.extend(runs),
                    _ => pieces.push(Piece { work, runs }),
                }
            }
        }
    }
}

fn runs_of(children: &ElemChildren, runs: &mut Vec<Run>) {
    children.0.iter().for_each(|child| runs_of_child(child, runs));
}

fn runs_of_child(child: &ElemChild, runs: &mut Vec<Run>) {
    match child {
        ElemChild::Text(text) => push(&text.text, text.formatting, None, runs),
        ElemChild::Elem(elem) => runs_of(&elem.children, runs),
        ElemChild::Markup(text) => push(text, Formatting::default(), None, runs),
        ElemChild::Link { text, url } => push(&text.text, text.formatting, Some(url), runs),
        // No locator of ours is of this kind.
        ElemChild::Transparent { .. } => {}
    }
}

/// Adds words, to those before them where they look the same.
fn push(text: &str, formatting: Formatting, url: Option<&String>, runs: &mut Vec<Run>) {
    let face = match formatting {
        Formatting { vertical_align: VerticalAlign::Sup, .. } => Face::Superscript,
        Formatting { vertical_align: VerticalAlign::Sub, .. } => Face::Subscript,
        Formatting { font_style: FontStyle::Italic, .. } => Face::Italic,
        Formatting { font_weight: FontWeight::Bold, .. } => Face::Bold,
        _ => Face::Plain,
    };
    match runs.last_mut() {
        Some(last) if last.face == face && last.url.as_ref() == url => last.text.push_str(text),
        _ => runs.push(Run { text: text.to_owned(), face, url: url.cloned() }),
    }
}
