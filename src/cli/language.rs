//! The language that the program speaks to people.

use std::ffi::OsString;

use banxin::diag::Message;
use banxin::files;
use clap::ValueEnum;
use polib::catalog::Catalog;
use polib::po_file;

/// Every sentence in Chinese.
const CHINESE: &str = include_str!("zh.po");

/// A language that findings are told in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Language {
    /// English.
    #[default]
    #[value(aliases = ["en-US", "en-GB"])]
    En,
    /// Chinese.
    #[value(aliases = ["zh-CN", "zh-Hans", "zh-SG", "zh-TW", "zh-HK", "zh-Hant"])]
    Zh,
}

impl Language {
    /// The one that the words of a call ask for, whether or not they make sense otherwise; that of the
    /// machine where they ask for none. A call that makes no sense is answered in it.
    pub fn of_call(words: &[OsString]) -> Self {
        let words = words.iter().map(|word| word.to_string_lossy());
        let words: Vec<_> = words.take_while(|word| word != "--").collect();
        let values = words.iter().enumerate().filter_map(|(at, word)| match word.split_once('=') {
            Some(("--lang", value)) => Some(value),
            Some(_) => None,
            None => words.get(at + 1).filter(|_| word == "--lang").map(|value| &**value),
        });
        let mut known = values.filter_map(|value| Self::from_str(value, false).ok());
        known.next().unwrap_or_else(Self::of_machine)
    }

    /// Its tag (BCP 47).
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Zh => "zh-Hans",
        }
    }

    /// That of the machine; English where it is neither.
    pub fn of_machine() -> Self {
        let chinese = |tag: String| tag.to_ascii_lowercase().starts_with("zh");
        if files::locale().is_some_and(chinese) { Self::Zh } else { Self::En }
    }
}

/// Says sentences in a language.
#[derive(Clone)]
pub struct Speaker {
    /// None for English, which they are written in.
    sentences: Option<Catalog>,
}

impl Speaker {
    /// Speaks a language.
    pub fn new(language: Language) -> Self {
        let sentences = match language {
            Language::En => None,
            // A test reads the catalogue; were it broken, English would be spoken.
            Language::Zh => po_file::parse_from_reader(CHINESE.as_bytes()).ok(),
        };
        Self { sentences }
    }

    /// The language that is spoken.
    pub fn language(&self) -> Language {
        if self.sentences.is_some() { Language::Zh } else { Language::En }
    }

    /// A sentence with what fills its gaps.
    pub fn say(&self, message: &Message) -> String {
        message.translated(&|english| self.find(english))
    }

    /// A sentence without gaps.
    pub fn words<'a>(&'a self, english: &'a str) -> &'a str {
        self.find(english).unwrap_or(english)
    }

    fn find(&self, english: &str) -> Option<&str> {
        let message = self.sentences.as_ref()?.find_message(None, english, None)?;
        message.msgstr().ok().filter(|said| !said.is_empty())
    }
}
