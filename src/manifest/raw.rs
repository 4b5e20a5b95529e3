//! `book.toml` as typed: the tables and keys it may have, and nothing but their types.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, MapAccess, Unexpected, Visitor};
use toml::Spanned;

/// A string and its place.
pub type Text = Spanned<String>;
/// A table and its place.
pub type Placed<T> = Spanned<Table<T>>;

/// The whole file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Book {
    pub title: Option<Text>,
    pub subtitle: Option<Text>,
    pub language: Option<Text>,
    pub identifier: Option<Text>,
    pub publisher: Option<Text>,
    pub date: Option<Spanned<Day>>,
    pub description: Option<Text>,
    pub rights: Option<Text>,
    pub licence: Option<Text>,
    pub source: Option<Text>,
    pub isbn: Option<Text>,
    #[serde(default)]
    pub subjects: Vec<Spanned<Subject>>,
    pub series: Option<Placed<Series>>,
    pub slug: Option<Text>,
    pub cover: Option<Spanned<Cover>>,
    #[serde(rename = "half-title")]
    pub half_title: Option<bool>,
    pub dedication: Option<Text>,
    pub copyright: Option<Placed<Copyright>>,
    #[serde(default)]
    pub credits: Vec<Placed<Credit>>,
    pub contents: Option<Placed<Contents>>,
    #[serde(default)]
    pub pages: Table<Pages>,
    #[serde(default)]
    pub headings: Table<Headings>,
    #[serde(default)]
    pub text: Table<Typesetting>,
    #[serde(default)]
    pub fonts: Table<Fonts>,
    #[serde(default)]
    pub print: Table<Print>,
    #[serde(default)]
    pub booklet: Table<Booklet>,
    #[serde(default)]
    pub epub: Table<Epub>,
    pub citations: Option<Placed<Citations>>,
    #[serde(default)]
    pub index: Table<Index>,
    #[serde(default)]
    pub glossary: Table<Glossary>,
    #[serde(default)]
    pub archive: Table<Archive>,
    #[serde(default)]
    pub outputs: Table<Outputs>,
    #[serde(default)]
    pub editions: Vec<Placed<Edition>>,
}

/// One `[[credits]]`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Credit {
    pub role: Option<Text>,
    pub kind: Option<Text>,
    pub names: Option<Spanned<Vec<Spanned<Name>>>>,
    pub sort: Option<Spanned<Vec<Text>>>,
    pub relator: Option<Text>,
}

/// An entry of `names`: `"name"` or `{ name = … }`.
pub type Name = Brief<NameTable>;

/// A name with its forms in other scripts.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NameTable {
    pub name: Option<Text>,
    pub sort: Option<Text>,
    #[serde(default)]
    pub alternate: Vec<Placed<Alternate>>,
}

/// A name in another script.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Alternate {
    pub lang: Option<Text>,
    pub name: Option<Text>,
}

/// `cover`: `"file"` or `[cover]`.
pub type Cover = Brief<CoverTable>;

/// `[cover]`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CoverTable {
    pub file: Option<Text>,
    pub design: Option<Text>,
    pub ink: Option<Text>,
    pub paper: Option<Text>,
    pub accent: Option<Text>,
    pub blurb: Option<Text>,
    pub spine: Option<Placed<Spine>>,
}

/// `[cover.spine]`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spine {
    pub stock: Option<Text>,
    pub weight: Option<Spanned<f64>>,
    pub bulk: Option<Spanned<f64>>,
    pub caliper: Option<Text>,
    pub board: Option<Text>,
}

/// `[copyright]`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Copyright {
    pub place: Option<Text>,
    pub address: Option<Text>,
    pub distributor: Option<Text>,
    pub printer: Option<Text>,
    pub edition: Option<Spanned<Count>>,
    pub printing: Option<Spanned<Count>>,
    pub printed: Option<Text>,
    pub copies: Option<Text>,
    pub price: Option<Text>,
    pub csbn: Option<Text>,
    pub internal: Option<Spanned<bool>>,
    pub permit: Option<Text>,
    pub recipients: Option<Text>,
    pub notice: Option<Text>,
    pub cip: Option<Placed<Cip>>,
}

/// `[copyright.cip]`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cip {
    pub number: Option<Text>,
    pub classification: Option<Spanned<Vec<Text>>>,
    pub record: Option<Text>,
}

/// `[series]`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Series {
    pub name: Option<Text>,
    pub position: Option<Spanned<Count>>,
    pub issn: Option<Text>,
}

/// An entry of `subjects`: `"word"` or `{ name = … }`.
pub type Subject = Brief<SubjectTable>;

/// A subject with its code.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubjectTable {
    pub name: Option<Text>,
    pub authority: Option<Text>,
    pub term: Option<Text>,
}

/// `[contents]`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contents {
    #[serde(default)]
    pub front: Vec<Spanned<Entry>>,
    pub body: Option<Spanned<Vec<Spanned<Entry>>>>,
    #[serde(default)]
    pub appendix: Vec<Spanned<Entry>>,
    #[serde(default)]
    pub back: Vec<Spanned<Entry>>,
    #[serde(rename = "picture-credits")]
    pub picture_credits: Option<bool>,
    pub figures: Option<bool>,
    pub tables: Option<bool>,
}

/// `[pages]`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pages {
    pub trim: Option<Text>,
    pub opening: Option<Text>,
    pub binding: Option<Text>,
}

/// `[headings]`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Headings {
    pub numbers: Option<bool>,
    pub scheme: Option<Text>,
}

/// `[text]`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Typesetting {
    pub emphasis: Option<Text>,
    pub punctuation: Option<Text>,
    pub kinsoku: Option<Text>,
}

/// `[fonts]`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fonts {
    pub folder: Option<Text>,
    pub serif: Option<Text>,
    pub sans: Option<Text>,
    pub kai: Option<Text>,
    pub mono: Option<Text>,
    pub system: Option<bool>,
}

/// `[print]`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Print {
    pub printer: Option<Text>,
    pub standard: Option<Text>,
    pub colour: Option<Text>,
    pub bleed: Option<Text>,
    pub marks: Option<bool>,
    pub slug: Option<bool>,
    pub sheet: Option<Text>,
    pub ink: Option<Spanned<Count>>,
    pub pages: Option<Spanned<Count>>,
}

/// `[booklet]`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Booklet {
    pub kind: Option<Text>,
    pub paper: Option<Text>,
    pub signature: Option<Spanned<Count>>,
    pub thickness: Option<Text>,
    pub weight: Option<Spanned<f64>>,
    pub bulk: Option<Spanned<f64>>,
    pub cover: Option<bool>,
    pub marks: Option<bool>,
    pub scale: Option<Text>,
    pub colour: Option<Text>,
    pub notes: Option<Text>,
    pub lines: Option<Text>,
    pub pages: Option<Text>,
    pub chapters: Option<Spanned<Vec<Text>>>,
}

/// `[epub]`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Epub {
    pub profile: Option<Text>,
    pub embed: Option<Text>,
    pub writing: Option<Text>,
    #[serde(rename = "toc-depth")]
    pub toc_depth: Option<Spanned<Count>>,
    #[serde(rename = "certified-by")]
    pub certified_by: Option<Text>,
}

/// `[archive]`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Archive {
    pub target: Option<Text>,
    pub forms: Option<Spanned<Vec<Text>>>,
    #[serde(default)]
    pub reports: Vec<Text>,
}

/// `[index]`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Index {
    pub sort: Option<Text>,
    #[serde(default)]
    pub see: BTreeMap<String, Text>,
    #[serde(default)]
    pub also: BTreeMap<String, Vec<Text>>,
    #[serde(default)]
    pub readings: BTreeMap<String, Text>,
}

/// `[glossary]`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Glossary {
    pub links: Option<Text>,
}

/// `[citations]`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Citations {
    pub files: Option<Spanned<Vec<Text>>>,
    pub style: Option<Text>,
    pub form: Option<Text>,
    pub punctuation: Option<Text>,
    pub scope: Option<Text>,
    #[serde(default)]
    pub nocite: Vec<Text>,
}

/// `[outputs]`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outputs {
    pub formats: Option<Spanned<Vec<Text>>>,
}

/// One `[[editions]]`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edition {
    pub name: Option<Text>,
    pub language: Option<Text>,
    pub convert: Option<Text>,
    #[serde(default)]
    pub words: BTreeMap<String, Text>,
    pub identifier: Option<Text>,
    pub isbn: Option<Text>,
    pub slug: Option<Text>,
    pub formats: Option<Spanned<Vec<Text>>>,
}

/// An entry of `front`, `body`, `back` or of a part's `chapters`: `"file.md"`, `{ file = … }` or
/// `{ part = … }`.
pub type Entry = Brief<EntryTable>;

/// A word, or the table that says more than that.
#[derive(Debug)]
pub enum Brief<T> {
    /// `"word"`
    Word(String),
    /// `{ … }`
    Table(Box<T>),
}

/// A table that one word can stand for.
pub trait Shorthand {
    /// The word and the table, as a sentence has them.
    const EXPECTED: &'static str;
}

impl Shorthand for EntryTable {
    const EXPECTED: &'static str = "a file's name or a table";
}

impl Shorthand for SubjectTable {
    const EXPECTED: &'static str = "a string or a table";
}

impl Shorthand for NameTable {
    const EXPECTED: &'static str = "a string or a table";
}

impl Shorthand for CoverTable {
    const EXPECTED: &'static str = "a file's name or a table";
}

/// An entry that says more than its file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EntryTable {
    pub file: Option<Text>,
    pub source: Option<Placed<Source>>,
    pub editions: Option<Spanned<Vec<Text>>>,
    pub part: Option<Text>,
    pub chapters: Option<Spanned<Vec<Spanned<Entry>>>>,
}

/// `source = { … }`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    pub institution: Option<Text>,
    pub title: Option<Text>,
    pub date: Option<Spanned<Day>>,
    pub language: Option<Text>,
    pub url: Option<Text>,
    pub note: Option<Text>,
}

/// A table. The reader that serde derives for a struct would take an array as well.
#[derive(Debug, Default)]
pub struct Table<T>(pub T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Table<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(TableVisitor(PhantomData)).map(Self)
    }
}

struct TableVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for TableVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a table")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map))
    }
}

impl<'de, T: Deserialize<'de> + Shorthand> Deserialize<'de> for Brief<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(BriefVisitor(PhantomData))
    }
}

struct BriefVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de> + Shorthand> Visitor<'de> for BriefVisitor<T> {
    type Value = Brief<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::EXPECTED)
    }

    fn visit_str<E: Error>(self, word: &str) -> Result<Brief<T>, E> {
        Ok(Brief::Word(word.to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Brief<T>, A::Error> {
        let table = T::deserialize(MapAccessDeserializer::new(map))?;
        Ok(Brief::Table(Box::new(table)))
    }
}

/// A number of things.
#[derive(Debug)]
pub struct Count(pub i64);

impl<'de> Deserialize<'de> for Count {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_i64(CountVisitor)
    }
}

struct CountVisitor;

impl Visitor<'_> for CountVisitor {
    type Value = Count;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an integer")
    }

    fn visit_i64<E: Error>(self, count: i64) -> Result<Count, E> {
        Ok(Count(count))
    }
}

/// A day as typed: the characters of a string or of a TOML date.
#[derive(Debug)]
pub struct Day(pub String);

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(DayVisitor)
    }
}

struct DayVisitor;

impl<'de> Visitor<'de> for DayVisitor {
    type Value = Day;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a date")
    }

    fn visit_str<E: Error>(self, day: &str) -> Result<Day, E> {
        Ok(Day(day.to_owned()))
    }

    /// TOML's dates come as tables with a key of their own.
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Day, A::Error> {
        let date = toml::value::Datetime::deserialize(MapAccessDeserializer::new(map));
        let date = date.map_err(|_| A::Error::invalid_type(Unexpected::Map, &self))?;
        Ok(Day(date.to_string()))
    }
}
