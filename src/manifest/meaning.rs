//! From [`raw::Book`] to [`Manifest`]: what the keys mean, and whether it can be meant.

use std::ops::{Range, RangeInclusive};

use toml::Spanned;

use super::parse::{Cut, Fault};
use super::raw::{self, Text};
use super::{
    Credit, Emphasis, FontChoice, Kinsoku, Located, Manifest, Metadata, Numbering, Opening,
    Punctuation, Typesetting, date, edition,
};
use crate::diag::{Code, Diagnostic, List, Message, SourceId, Span, nearest};
use crate::files::{self, BookPath};
use crate::message;
use crate::profile::{Binding, Product, TRIMS, Trim};
use crate::script::{self, Forms, Scheme};
use crate::units::Length;

/// The place of the file's own keys.
pub const ROOT: Range<usize> = 0..0;
/// The most characters of a name or title.
const LONGEST_LINE: usize = 1000;

/// The most bytes of a slug: files have more behind it, and systems take names of 255.
pub const LONGEST_SLUG: usize = 100;

/// How many lines a text may have.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lines {
    One,
    Many,
}

/// Reads a file's meaning and notes what has none.
pub struct Reader<'a> {
    pub source: SourceId,
    pub text: &'a str,
    /// Keys that were reported already and are not missing.
    pub cuts: &'a [Cut],
    pub faults: Vec<Fault>,
    /// What is wrong with what is asked of the file.
    pub beside: Vec<Diagnostic>,
}

impl Reader<'_> {
    /// The whole manifest. Where something is wrong it holds a stand-in, and `faults` an error.
    pub fn manifest(&mut self, mut book: raw::Book, wanted: Option<&str>) -> Manifest {
        let mut edition = self.editions(&mut book, wanted);
        let metadata = self.metadata(&mut book);
        let pages = book.pages.0;
        let fonts = self.fonts(book.fonts.0, metadata.rules.forms);
        let trim = self.trim(pages.trim);
        let rules = metadata.rules;
        let credits: Vec<Credit> =
            book.credits.into_iter().map(|credit| self.credit(credit)).collect();
        let epub = self.epub(book.epub.0, &metadata, &credits);
        let picture_credits = book.contents.as_ref().and_then(|it| it.get_ref().0.picture_credits);
        let (contents, listings) = self.contents(book.contents, &mut edition);
        let printer = self.printer(book.print.0, trim);
        let imprint = book.copyright.map(|table| self.imprint(table, &metadata));
        let binding = self.binding(pages.binding);
        let cover = self.cover(book.cover, &printer.value.covers);
        let mut manifest = Manifest {
            metadata,
            credits,
            contents,
            listings,
            picture_credits: picture_credits.unwrap_or(false),
            cover,
            binding,
            half_title: book.half_title.unwrap_or(false),
            dedication: self.optional("dedication", book.dedication, Lines::Many),
            imprint,
            trim,
            opening: self.opening(pages.opening),
            numbering: self.numbering(book.headings.0),
            typesetting: self.typesetting(book.text.0),
            fonts,
            booklet: self.booklet(book.booklet.0, &printer.value, binding),
            printer,
            epub,
            index: self.index(book.index.0, rules),
            glossary: self.glossary(book.glossary.0),
            citations: self.citations(book.citations),
            outputs: self.outputs(book.outputs.0),
            archive: self.archive(book.archive.0),
            edition,
            slug: self.slug(book.slug),
        };
        edition::convert(&mut manifest);
        manifest
    }

    fn metadata(&mut self, book: &mut raw::Book) -> Metadata {
        let date = match book.date.take() {
            Some(day) => self.day(&day),
            None => {
                self.missing(&ROOT, "date", "the day of publication: `date = \"2025-12-23\"`");
                String::new()
            }
        };
        let (language, rules) = self.language(book.language.take());
        let isbn = self.isbn(book.isbn.take(), book.identifier.as_ref());
        Metadata {
            title: self.required(&ROOT, "title", book.title.take()),
            subtitle: self.optional("subtitle", book.subtitle.take(), Lines::One),
            language,
            rules,
            identifier: self.identifier(book.identifier.take()),
            isbn,
            publisher: self.optional("publisher", book.publisher.take(), Lines::One),
            modified: date::modified(files::source_date_epoch(), &date),
            date,
            description: self.optional("description", book.description.take(), Lines::Many),
            rights: self.optional("rights", book.rights.take(), Lines::Many),
            licence: self.licence(book.licence.take()),
            source: self.optional("source", book.source.take(), Lines::One),
            subjects: self.subjects(std::mem::take(&mut book.subjects)),
            series: self.series(book.series.take()),
        }
    }

    /// The language, a BCP 47 tag.
    fn language(&mut self, given: Option<Text>) -> (String, &'static script::Rules) {
        let fallback = script::ALL[0];
        let Some(given) = given else { return (fallback.tag.to_owned(), fallback) };
        let tag = given.get_ref().trim();
        match script::rules(tag) {
            Some(rules) if script::is_tag(tag) => (tag.to_owned(), rules),
            _ => {
                let known: List =
                    script::ALL.iter().map(|rules| format!("`{}`", rules.tag)).collect();
                let message = message!("there are no rules for the language `{tag}`", tag);
                let hint = message!("the languages are {known}", known);
                self.report(Code::BadValue, given.span(), message).hint(hint);
                (fallback.tag.to_owned(), fallback)
            }
        }
    }

    fn trim(&mut self, given: Option<Text>) -> &'static Trim {
        let trims: &'static [Trim] = &TRIMS;
        let choices: Vec<(&str, &Trim)> = trims.iter().map(|trim| (trim.name, trim)).collect();
        let chosen = given.and_then(|given| self.choose("trim", &given, &choices));
        chosen.unwrap_or(&trims[0])
    }

    fn opening(&mut self, given: Option<Text>) -> Opening {
        let choices = [("any", Opening::Any), ("recto", Opening::Recto)];
        let chosen = given.and_then(|given| self.choose("opening", &given, &choices));
        chosen.unwrap_or(Opening::Any)
    }

    fn binding(&mut self, given: Option<Text>) -> Binding {
        let choices = [("left", Binding::Left), ("right", Binding::Right)];
        given.and_then(|given| self.choose("binding", &given, &choices)).unwrap_or_default()
    }

    fn numbering(&mut self, headings: raw::Headings) -> Numbering {
        let choices = [("words", Scheme::Words), ("decimal", Scheme::Decimal)];
        let scheme = headings.scheme.and_then(|given| self.choose("scheme", &given, &choices));
        match headings.numbers {
            Some(false) => Numbering::Off,
            Some(true) | None => Numbering::On(scheme.unwrap_or_default()),
        }
    }

    fn typesetting(&mut self, text: raw::Typesetting) -> Typesetting {
        let choices = [("dots", Emphasis::Dots), ("kai", Emphasis::Kai)];
        let emphasis = text.emphasis.and_then(|given| self.choose("emphasis", &given, &choices));
        let choices = [
            ("full", Punctuation::Full),
            ("kaiming", Punctuation::Kaiming),
            ("half", Punctuation::Half),
        ];
        let punctuation =
            text.punctuation.and_then(|given| self.choose("punctuation", &given, &choices));
        let choices = [
            ("none", Kinsoku::None),
            ("basic", Kinsoku::Basic),
            ("gb", Kinsoku::Gb),
            ("strict", Kinsoku::Strict),
        ];
        let kinsoku = text.kinsoku.and_then(|given| self.choose("kinsoku", &given, &choices));
        Typesetting {
            emphasis: emphasis.unwrap_or_default(),
            punctuation: punctuation.unwrap_or_default(),
            kinsoku: kinsoku.unwrap_or_default(),
        }
    }

    fn outputs(&mut self, outputs: raw::Outputs) -> Vec<Product> {
        let Some(formats) = outputs.formats else { return Product::USUAL.to_vec() };
        if formats.get_ref().is_empty() {
            let message = "`formats` must name at least one output";
            self.report(Code::BadValue, formats.span(), message);
        }
        let choices = Product::ALL.map(|product| (product.keyword(), product));
        let formats = formats.into_inner();
        let mut products: Vec<Product> =
            formats.iter().filter_map(|format| self.choose("formats", format, &choices)).collect();
        products.sort();
        products.dedup();
        products
    }

    fn fonts(&mut self, fonts: raw::Fonts, forms: Forms) -> FontChoice {
        let raw::Fonts { folder, serif, sans, kai, mono, system } = fonts;
        let folder = folder.and_then(|folder| self.path("folder", &folder));
        let mut family = |key, name: Option<Text>| {
            let name = name?;
            let span = self.span(name.span());
            let value = self.text(key, name, Lines::One);
            (!value.is_empty()).then_some(Located { value, span })
        };
        FontChoice {
            forms,
            folder,
            serif: family("serif", serif),
            sans: family("sans", sans),
            kai: family("kai", kai),
            mono: family("mono", mono),
            system: system.unwrap_or(false),
        }
    }

    /// The name is part of a file's name on every system, and of an address.
    fn slug(&mut self, given: Option<Text>) -> String {
        let Some(given) = given else { return "book".to_owned() };
        let slug = given.get_ref();
        let sound = (1..=LONGEST_SLUG).contains(&slug.len())
            && !slug.starts_with('-')
            && slug.chars().all(files::suits_names)
            && !files::is_device(slug);
        if !sound {
            let message = message!("`{slug}` cannot begin a file's name", slug);
            let hint =
                "use letters, digits and `-`, up to 33 hanzi or 100 letters, such as `my-book`";
            self.report(Code::BadValue, given.span(), message).hint(hint);
        }
        given.into_inner()
    }

    /// A day of the calendar.
    fn day(&mut self, day: &Spanned<raw::Day>) -> String {
        let text = day.get_ref().0.trim();
        if !date::is_day(text) {
            let message = message!("`{text}` is not a day of the calendar", text);
            self.report(Code::BadValue, day.span(), message).hint("write it as `2025-12-23`");
        }
        text.to_owned()
    }

    /// A path below the book's folder.
    pub fn path(&mut self, key: &str, given: &Text) -> Option<Located<BookPath>> {
        let text = given.get_ref().trim();
        if text.is_empty() {
            self.report(Code::BadValue, given.span(), message!("`{key}` must not be empty", key));
            return None;
        }
        let Some(value) = BookPath::new(text) else {
            let message = message!("`{text}` does not lead to a file of the book", text);
            let hint = "write paths from the book's folder, with `/`, and without a way out of it";
            self.report(Code::PathOutside, given.span(), message).hint(hint);
            return None;
        };
        Some(Located { value, span: self.span(given.span()) })
    }

    /// The value that a word stands for.
    pub fn choose<T: Copy>(&mut self, key: &str, given: &Text, choices: &[(&str, T)]) -> Option<T> {
        let word = given.get_ref().as_str();
        let found = choices.iter().find(|(name, _)| *name == word).map(|(_, value)| *value);
        if found.is_none() {
            let names: List = choices.iter().map(|(name, _)| format!("`{name}`")).collect();
            let message = message!("`{key}` cannot be `{word}`", key, word);
            let hint = match nearest(word, choices.iter().map(|(name, _)| *name)) {
                Some(near) => message!("did you mean `{near}`? it is one of {names}", near, names),
                None => message!("it is one of {names}", names),
            };
            self.report(Code::BadValue, given.span(), message).hint(hint);
        }
        found
    }

    /// A length in `range`, `such` as this one.
    pub fn length(
        &mut self,
        key: &str,
        given: &Text,
        range: &RangeInclusive<Length>,
        such: &str,
    ) -> Option<Length> {
        let text = given.get_ref().trim();
        let found = Length::parse(text).filter(|length| range.contains(length));
        if found.is_none() {
            let limit = |length: &Length| (length.as_mm() * 100.0).round() / 100.0;
            let (least, most) = (limit(range.start()), limit(range.end()));
            let message = message!("`{key}` cannot be `{text}`", key, text);
            let hint = message!(
                "write a length from `{least}mm` to `{most}mm`, such as `{such}`",
                least,
                most,
                such
            );
            self.report(Code::BadValue, given.span(), message).hint(hint);
        }
        found
    }

    /// A line of text that must be there and say something.
    pub fn required(&mut self, table: &Range<usize>, key: &str, given: Option<Text>) -> String {
        let Some(given) = given else {
            self.missing(table, key, message!("add `{key} = \"…\"`", key));
            return String::new();
        };
        self.filled(key, given)
    }

    /// A line of text that says something.
    pub fn filled(&mut self, key: &str, given: Text) -> String {
        let at = given.span();
        let text = self.text(key, given, Lines::One);
        if text.is_empty() {
            self.report(Code::BadValue, at, message!("`{key}` must not be empty", key));
        }
        text
    }

    /// Lines of text that may be missing.
    pub fn optional_lines(&mut self, key: &str, given: Option<Text>) -> String {
        self.optional(key, given, Lines::Many)
    }

    fn optional(&mut self, key: &str, given: Option<Text>, lines: Lines) -> String {
        given.map(|given| self.text(key, given, lines)).unwrap_or_default()
    }

    /// A line of text that may be missing.
    pub fn optional_line(&mut self, key: &str, given: Option<Text>) -> String {
        self.optional(key, given, Lines::One)
    }

    /// The text without white space around it, in characters that XML has (XML 1.0, 2.2).
    fn text(&mut self, key: &str, given: Text, lines: Lines) -> String {
        let text = given.get_ref().trim().replace("\r\n", "\n");
        let allowed = |c: char| match c {
            '\n' | '\t' => lines == Lines::Many,
            '\u{FFFE}' | '\u{FFFF}' => false,
            c => !c.is_control(),
        };
        if let Some(bad) = text.chars().find(|&c| !allowed(c)) {
            let message = message!(
                "`{key}` holds the control character U+{bad}",
                key,
                bad = format!("{:04X}", u32::from(bad))
            );
            self.report(Code::ControlCharacter, given.span(), message);
        }
        if lines == Lines::One && text.chars().count() > LONGEST_LINE {
            let message =
                message!("`{key}` is longer than {most} characters", key, most = LONGEST_LINE);
            self.report(Code::BadValue, given.span(), message);
        }
        text
    }

    /// Reports a key that is not there, unless it was and has been reported as wrong.
    pub fn missing(&mut self, table: &Range<usize>, key: &str, hint: impl Into<Message>) {
        if !self.is_cut(table, key) {
            let message = message!("the key `{key}` is missing", key);
            self.report(Code::MissingKey, table.clone(), message).hint(hint);
        }
    }

    /// Whether a key, or a part of its value, was wrong and reported.
    pub fn is_cut(&self, table: &Range<usize>, key: &str) -> bool {
        self.cuts
            .iter()
            .any(|cut| cut.table == *table && (cut.key == key || cut.meant.as_deref() == Some(key)))
    }

    /// A stretch of the file.
    pub fn span(&self, at: Range<usize>) -> Span {
        Span::new(self.source, at)
    }

    /// Notes a fault at a stretch of the file.
    pub fn report(
        &mut self,
        code: Code,
        at: Range<usize>,
        message: impl Into<Message>,
    ) -> &mut Fault {
        self.faults.push_mut(Fault { code, at, message: message.into(), hints: Vec::new() })
    }
}
