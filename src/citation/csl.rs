//! Styles in CSL, by the processor of `hayagriva`.

use std::collections::BTreeSet;

use hayagriva::archive::{self, ArchivedStyle};
use hayagriva::citationberg::taxonomy::Locator as Part;
use hayagriva::citationberg::{
    self, CitationFormat, FontStyle, FontWeight, IndependentStyle, LocaleCode, StyleCategory,
    StyleClass, VerticalAlign,
};
use hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, CitePurpose, ElemChild,
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

    /// Whether citations say authors in the text, who may be left out.
    fn says_authors(&self) -> bool {
        let numeric = StyleCategory::CitationFormat { format: CitationFormat::Numeric };
        !self.is_in_notes() && !self.style.info.category.contains(&numeric)
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
            let items = citation.items.iter().map(|item| self.cited(library, item)).collect();
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

    /// A work as the processor is told of it.
    fn cited<'a>(&self, library: &'a Library, item: &'a Item) -> CitationItem<'a, Source> {
        let part = |part, text| Some(SpecificLocator(part, LocatorPayload::Str(text)));
        let locator = match &item.locator {
            Locator::None => None,
            Locator::Pages(pages) => part(Part::Page, pages),
            Locator::Words(words) => part(Part::Custom, words),
        };
        let cited = CitationItem::with_locator(&library.work(item.work).entry, locator);
        match item.author {
            Author::Suppressed if self.says_authors() => cited.kind(CitePurpose::Year),
            Author::Shown | Author::Suppressed => cited,
        }
    }
}

/// What the processor made.
fn gather(library: &Library, citations: &[Citation], rendered: Rendered) -> Set {
    let of_text = citations.iter().zip(&rendered.citations);
    let set = of_text.map(|(citation, made)| {
        let mut parts = Vec::new();
        parts_of(&made.citation, None, &mut parts);
        pieces(parts, citation)
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

/// A part of a citation, and which of its items it is of.
type PartOf = (Option<usize>, Vec<Run>);

/// The parts of a citation, with what its author has put before them.
fn pieces(parts: Vec<PartOf>, citation: &Citation) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut work = citation.items.first().map(|item| item.work);
    let mut told = BTreeSet::new();
    for (index, runs) in parts {
        let item = index.and_then(|index| citation.items.get(index));
        if let Some(item) = item.filter(|item| told.insert(index) && !item.prefix.is_empty()) {
            pieces.push(Piece { work: None, runs: vec![Run::plain(item.prefix.clone())] });
        }
        // Words between two works go with the one before, so that all of a citation leads somewhere.
        work = item.map_or(work, |item| Some(item.work));
        pieces.push(Piece { work, runs });
    }
    pieces
}

/// Adds the parts of a citation.
fn parts_of(children: &ElemChildren, item: Option<usize>, parts: &mut Vec<PartOf>) {
    for child in &children.0 {
        match child {
            ElemChild::Elem(elem) => {
                let inner = match elem.meta {
                    Some(ElemMeta::Entry(index)) => Some(index),
                    _ => item,
                };
                parts_of(&elem.children, inner, parts);
            }
            ElemChild::Text(_)
            | ElemChild::Markup(_)
            | ElemChild::Link { .. }
            | ElemChild::Transparent { .. } => {
                let mut runs = Vec::new();
                runs_of_child(child, &mut runs);
                match parts.last_mut() {
                    Some((last, before)) if *last == item => before.extend(runs),
                    _ => parts.push((item, runs)),
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
