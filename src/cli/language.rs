//! The language that the program speaks to people.

use banxin::diag::Message;
use banxin::files;
use polib::catalog::Catalog;
use polib::po_file;

/// Every sentence in Chinese.
const CHINESE: &str = include_str!("zh.po");

/// A language that findings are told in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Chinese.
    Zh,
}

impl Language {
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

    /// The tag of the language (BCP 47).
    pub fn tag(&self) -> &'static str {
        if self.sentences.is_some() { "zh-Hans" } else { "en" }
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
