//! `[[editions]]`: other editions of one book, in another Chinese or with other chapters.

use std::ops::Range;

use toml::Spanned;

use super::meaning::Reader;
use super::raw::{self, Placed};
use super::{Entry, Imprint, Manifest};
use crate::diag::{Code, Diagnostic, List, Message, Place, nearest};
use crate::files::BookPath;
use crate::message;
use crate::script::{self, Conversion, Forms};

/// What the edition is called that `book.toml` describes outside `[[editions]]`.
pub const MAIN: &str = "main";

/// Which edition of the book is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditionChoice {
    /// Its name.
    pub name: String,
    /// What becomes of its Chinese.
    pub conversion: Option<Conversion>,
    /// Its own words, and what becomes of them.
    pub words: Vec<(String, String)>,
    /// The names of all editions.
    pub known: Vec<String>,
    /// The chapters that it does not have.
    pub left_out: Vec<BookPath>,
}

impl Default for EditionChoice {
    fn default() -> Self {
        let known = vec![MAIN.to_owned()];
        let (conversion, words, left_out) = (None, Vec::new(), Vec::new());
        Self { name: MAIN.to_owned(), conversion, words, known, left_out }
    }
}

impl EditionChoice {
    /// Puts `text` into the Chinese of the edition.
    pub fn convert(&self, text: &mut String) {
        if let Some(conversion) = self.conversion {
            *text = conversion.apply(text, &self.words);
        }
    }
}

impl Reader<'_> {
    /// Reads the editions; what the wanted one says goes in place of what `book` says.
    pub fn editions(&mut self, book: &mut raw::Book, wanted: Option<&str>) -> EditionChoice {
        let mut choice = EditionChoice::default();
        let mut known = choice.known.clone();
        let tables = std::mem::take(&mut book.editions);
        let has_others = !tables.is_empty();
        for edition in tables {
            let table = edition.span();
            let name = self.edition_name(&edition, &mut known);
            if Some(name.as_str()) == wanted {
                let edition = edition.into_inner().0;
                choice = self.chosen(name, table, edition, book);
            } else if let Some(convert) = &edition.get_ref().0.convert {
                self.choose("convert", convert, &Conversion::ALL);
            }
        }
        if let Some(wanted) = wanted
            && !known.iter().any(|name| name == wanted)
        {
            let (message, hint) = if has_others {
                (message!("the book has no edition `{wanted}`", wanted), names(wanted, &known))
            } else {
                let message =
                    message!("this book has no editions, and so none called `{wanted}`", wanted);
                (message, "call without `--edition`, or describe it in `[[editions]]`".into())
            };
            let finding = Diagnostic::new(Code::BadValue, Place::Book, message);
            self.beside.push(finding.hint(hint));
        }
        choice.known = known;
        choice
    }

    /// The name of an edition: part of its files' names.
    fn edition_name(&mut self, edition: &Placed<raw::Edition>, names: &mut Vec<String>) -> String {
        let table = edition.span();
        let given = edition.get_ref().0.name.clone();
        let at = given.as_ref().map_or(table.clone(), |given| given.span());
        let name = self.required(&table, "name", given);
        let sound = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if !sound || name.len() > 40 {
            let message = message!("`{name}` cannot name an edition", name);
            let hint = "use up to 40 ASCII letters, digits and `-`, such as `zh-Hant`";
            self.report(Code::BadValue, at, message).hint(hint);
        } else if names.contains(&name) {
            let message = message!("there is an edition `{name}` already", name);
            self.report(Code::BadValue, at, message).hint("give each edition a name of its own");
        } else {
            names.push(name.clone());
        }
        name
    }

    /// The edition that is wanted.
    fn chosen(
        &mut self,
        name: String,
        table: Range<usize>,
        edition: raw::Edition,
        book: &mut raw::Book,
    ) -> EditionChoice {
        let raw::Edition { language, convert, words, identifier, isbn, slug, formats, .. } =
            edition;
        if identifier.is_none() {
            let hint = "another edition is another publication: `identifier = \"urn:uuid:…\"`";
            self.missing(&table, "identifier", hint);
        }
        let before = book.language.as_ref().map(|language| language.get_ref().clone());
        let conversion = match convert {
            Some(convert) => self.choose("convert", &convert, &Conversion::ALL),
            None => between(before.as_deref(), language.as_ref().map(|it| it.get_ref().as_str())),
        };
        let spoken = |(word, becomes): (String, raw::Text)| (word, becomes.into_inner());
        let words = words.into_iter().filter(|(word, _)| !word.is_empty()).map(spoken).collect();
        let of_book = book.slug.as_ref().map_or("book", |slug| slug.get_ref());
        let longer = format!("{of_book}-{}", name.to_ascii_lowercase());
        book.slug = Some(slug.unwrap_or_else(|| raw::Text::new(table, longer)));
        book.language = language.or(book.language.take());
        book.identifier = identifier.or(book.identifier.take());
        // The number of one edition is none of another's.
        book.isbn = isbn;
        if let Some(copyright) = &mut book.copyright {
            let copyright = &mut copyright.get_mut().0;
            copyright.cip = None;
            copyright.csbn = None;
            copyright.permit = None;
            copyright.internal.take_if(|internal| *internal.get_ref());
        }
        book.outputs.0.formats = formats.or(book.outputs.0.formats.take());
        EditionChoice { name, conversion, words, ..EditionChoice::default() }
    }

    /// Whether the wanted edition has a chapter that only some have.
    pub fn has(&mut self, edition: &EditionChoice, only: Option<&Spanned<Vec<raw::Text>>>) -> bool {
        let Some(only) = only else { return true };
        for name in only.get_ref() {
            if !edition.known.contains(name.get_ref()) {
                let message =
                    message!("the book has no edition `{wanted}`", wanted = name.get_ref());
                let hint = names(name.get_ref(), &edition.known);
                self.report(Code::BadValue, name.span(), message).hint(hint);
            }
        }
        only.get_ref().iter().any(|name| *name.get_ref() == edition.name)
    }
}

/// Which names there are, the most likely one first.
fn names(name: &str, known: &[String]) -> Message {
    let list: List = known.iter().map(|name| format!("`{name}`")).collect();
    match nearest(name, known.iter().map(String::as_str)) {
        Some(near) => message!("did you mean `{near}`? the editions are {list}", near, list),
        None => message!("the editions are {list}", list),
    }
}

/// The conversion from one language to another; none where it takes none.
fn between(from: Option<&str>, to: Option<&str>) -> Option<Conversion> {
    let forms = |tag: &str| script::rules(tag).map(|rules| rules.forms);
    let from = from.map_or(Some(Forms::Simplified), forms)?;
    let tag = to?;
    match (from, forms(tag)?) {
        // The bundled faces have the forms of Taiwan.
        (Forms::Simplified, Forms::Traditional) => Some(match tag.to_ascii_lowercase().as_str() {
            "zh-hk" | "zh-hant-hk" => Conversion::HongKong,
            _ => Conversion::Taiwan,
        }),
        (Forms::Traditional, Forms::Simplified) => Some(Conversion::Simplified),
        _ => None,
    }
}

/// Puts what a manifest says into the Chinese of its edition.
pub fn convert(manifest: &mut Manifest) {
    let Manifest {
        metadata, credits, contents, cover, dedication, imprint, index, edition, ..
    } = manifest;
    let mut texts = vec![
        &mut metadata.title,
        &mut metadata.subtitle,
        &mut metadata.publisher,
        &mut metadata.description,
        &mut metadata.rights,
        &mut metadata.source,
        dedication,
    ];
    texts.extend(cover.blurb.iter_mut().map(|blurb| &mut blurb.value));
    texts.extend(imprint.iter_mut().flat_map(Imprint::texts));
    texts.extend(metadata.subjects.iter_mut().map(|subject| &mut subject.name));
    texts.extend(metadata.series.iter_mut().map(|series| &mut series.name));
    for credit in credits {
        texts.push(&mut credit.role);
        texts.extend(&mut credit.names);
    }
    for (from, to) in index.see.iter_mut().chain(&mut index.also) {
        texts.extend([from, &mut to.value]);
    }
    texts.extend(index.readings.iter_mut().map(|(words, _)| words));
    for entry in contents {
        match entry {
            Entry::Part(title) => texts.push(title),
            Entry::Chapter(chapter) => {
                let said = chapter.source.iter_mut();
                texts
                    .extend(said.flat_map(|it| [&mut it.institution, &mut it.title, &mut it.note]));
            }
        }
    }
    texts.into_iter().for_each(|text| edition.convert(text));
}
