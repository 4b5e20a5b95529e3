//! Words as typed become a request as meant.

use std::path::{Path, PathBuf};

use banxin::diag::Code;
use banxin::files::{Found, look};
use banxin::profile::Product;
use banxin::start::{Kind, Tongue};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Args, CommandFactory, Parser, Subcommand};
use clap_complete::Shell;

use super::language::Language;

/// What is asked for.
#[derive(Debug, PartialEq, Eq)]
pub struct Request {
    /// The language to speak.
    pub language: Language,
    /// What to do.
    pub order: Order,
}

/// What to do.
#[derive(Debug, PartialEq, Eq)]
pub enum Order {
    /// Write a new book.
    Begin(Beginning),
    /// Build a book, or look whether it can be.
    Make(Making),
    /// Tell which faces a book is set in.
    Typefaces {
        /// The book's folder.
        folder: PathBuf,
        /// Which edition; none for the main one.
        edition: Option<String>,
    },
    /// Explain a kind of finding; none for a list of all.
    Explain(Option<Code>),
    /// Tell what the machine has to look files over with.
    Doctor,
    /// Write what a shell completes words by.
    Completions(Shell),
    /// Write the manual page.
    Manual,
}

/// A book to start; what is not said will be asked.
#[derive(Debug, PartialEq, Eq)]
pub struct Beginning {
    /// Its folder.
    pub folder: PathBuf,
    /// Its title.
    pub title: Option<String>,
    /// What its texts are in.
    pub tongue: Option<Tongue>,
    /// What kind of book it is; one that can be in that language.
    pub kind: Option<Kind>,
}

/// What to build, from where, to what end.
#[derive(Debug, PartialEq, Eq)]
pub struct Making {
    /// The book's folder.
    pub folder: PathBuf,
    /// Which edition; none for the main one.
    pub edition: Option<String>,
    /// What to make; empty for what the book asks for.
    pub products: Vec<Product>,
    /// What becomes of it.
    pub task: Task,
}

/// What becomes of a book that is built.
#[derive(Debug, PartialEq, Eq)]
pub enum Task {
    /// Its files are written.
    Write {
        /// The folder for them.
        out: PathBuf,
    },
    /// Its findings are told, and nothing is written.
    Check(Findings),
}

/// How findings are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Findings {
    /// For people.
    Text,
    /// For programs: the report that is written beside outputs.
    Json,
}

/// Builds Chinese books: Markdown in; EPUB 3, screen PDF and print PDF out.
#[derive(Debug, Parser)]
#[command(name = "banxin", version, after_long_help = include_str!("help.txt"))]
struct Typed {
    #[command(subcommand)]
    command: Command,
    /// Speak this language [default: that of the machine]
    #[arg(long, global = true, value_name = "LANGUAGE")]
    lang: Option<Language>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Start a book: a small one that builds at once
    New(New),
    /// Build a book
    #[command(after_long_help = include_str!("help.txt"))]
    Build(Build),
    /// Do all that a build does, write nothing, and tell what is wrong
    Check(Check),
    /// Tell which faces there are, and which characters of a book come from which
    Fonts {
        /// The book's folder, or its `book.toml`
        #[arg(value_name = "BOOK", default_value = ".")]
        book: PathBuf,
        /// Another edition: one of the `[[editions]]` of `book.toml`
        #[arg(long, value_name = "NAME")]
        edition: Option<String>,
    },
    /// Tell why a finding is made and how to mend it
    Explain {
        /// The finding's code, such as `missing-file`; without one, all are listed
        #[arg(value_parser = code())]
        code: Option<Code>,
    },
    /// Tell which programs the machine has to prove and show books with
    Doctor,
    /// Write a script by which a shell completes words
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Write the manual page, for `man`
    Manual,
}

#[derive(Debug, Args)]
struct New {
    /// The folder to make
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,
    /// The book's title [default: asked, or the folder's name]
    #[arg(long)]
    title: Option<String>,
    /// The book's language [default: asked, or zh-Hans]
    #[arg(long, value_parser = one_of(&Tongue::ALL))]
    language: Option<Tongue>,
    /// The kind of book [default: asked, or digest]
    #[arg(long, value_parser = one_of(&Kind::ALL))]
    kind: Option<Kind>,
}

/// Which book, and what of it.
#[derive(Debug, Args)]
struct Choice {
    /// The book's folder, or its `book.toml`
    #[arg(value_name = "BOOK", default_value = ".")]
    book: PathBuf,
    /// Make this alone; may be given more than once [default: what `book.toml` asks for]
    #[arg(long, value_name = "OUTPUT", value_delimiter = ',', value_parser = product())]
    only: Vec<Product>,
    /// Make another edition: one of the `[[editions]]` of `book.toml`
    #[arg(long, value_name = "NAME")]
    edition: Option<String>,
}

#[derive(Debug, Args)]
struct Check {
    #[command(flatten)]
    choice: Choice,
    /// Print the report that a build writes, and no other words
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
struct Build {
    #[command(flatten)]
    choice: Choice,
    /// Write the files here [default: `build` in the book's folder]
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
}

/// One of the values that have words.
fn one_of<T: Copy + Send + Sync + 'static>(
    all: &'static [(&'static str, T)],
) -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(all.iter().map(|(word, _)| *word)).map(|given| {
        let found = all.iter().find(|(word, _)| *word == given);
        // The parser before lets nothing else through.
        found.unwrap_or(&all[0]).1
    })
}

/// The keyword of a product.
fn product() -> impl TypedValueParser<Value = Product> {
    PossibleValuesParser::new(Product::ALL.map(Product::keyword)).map(|word| {
        let named = |product: &Product| product.keyword() == word;
        // The parser before lets nothing else through.
        Product::ALL.into_iter().find(named).unwrap_or(Product::Epub)
    })
}

/// The code of a finding.
fn code() -> impl TypedValueParser<Value = Code> {
    PossibleValuesParser::new(Code::ALL.iter().map(|code| code.as_str())).map(|word| {
        let named = |code: &Code| code.as_str() == word;
        // The parser before lets nothing else through.
        Code::ALL.iter().copied().find(named).unwrap_or(Code::WriterFailed)
    })
}

/// Reads the words that the program was called with.
///
/// # Errors
/// They make no sense, or ask for help; the error says it, and knows to which stream.
pub fn read() -> Result<Request, clap::Error> {
    meant(Typed::try_parse()?)
}

/// A script for a shell.
pub fn completions(shell: Shell) -> Vec<u8> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Typed::command(), "banxin", &mut script);
    script
}

/// The manual page, in roff.
pub fn manual() -> Vec<u8> {
    let mut page = Vec::new();
    // Writing into memory does not fail.
    let _ = clap_mangen::Man::new(Typed::command()).render(&mut page);
    page
}

fn meant(typed: Typed) -> Result<Request, clap::Error> {
    let order =
        match typed.command {
            Command::New(New { folder, title, language, kind }) => {
                let fits = language.zip(kind).is_none_or(|(tongue, kind)| tongue.takes(kind));
                if !fits {
                    let message = "vertical lines are for Chinese";
                    return Err(Typed::command().error(ErrorKind::ArgumentConflict, message));
                }
                Order::Begin(Beginning { folder, title, tongue: language, kind })
            }
            Command::Build(Build { choice, out }) => Order::Make(choice.making(|folder| {
                Task::Write { out: out.unwrap_or_else(|| folder.join("build")) }
            })?),
            Command::Check(Check { choice, json }) => {
                let findings = if json { Findings::Json } else { Findings::Text };
                Order::Make(choice.making(|_| Task::Check(findings))?)
            }
            Command::Fonts { book, edition } => Order::Typefaces { folder: named(&book)?, edition },
            Command::Explain { code } => Order::Explain(code),
            Command::Doctor => Order::Doctor,
            Command::Completions { shell } => Order::Completions(shell),
            Command::Manual => Order::Manual,
        };
    Ok(Request { language: typed.lang.unwrap_or_else(Language::of_machine), order })
}

impl Choice {
    fn making(self, task: impl FnOnce(&Path) -> Task) -> Result<Making, clap::Error> {
        let folder = named(&self.book)?;
        Ok(Making { task: task(&folder), folder, edition: self.edition, products: self.only })
    }
}

/// The folder of a book that was named.
fn named(book: &Path) -> Result<PathBuf, clap::Error> {
    folder(book).map_err(|why| {
        let message = format!("`{}` {why}", book.display());
        Typed::command().error(ErrorKind::ValueValidation, message)
    })
}

/// The folder that is meant by a folder or by the `book.toml` in it.
fn folder(book: &Path) -> Result<PathBuf, &'static str> {
    match look(book) {
        Found::Folder => Ok(book.to_owned()),
        Found::File if book.file_name().is_some_and(|name| name == "book.toml") => {
            let parent = book.parent().filter(|parent| !parent.as_os_str().is_empty());
            Ok(parent.unwrap_or(Path::new(".")).to_owned())
        }
        Found::File => Err("is not a book's folder, nor its `book.toml`"),
        Found::Nothing => Err("does not exist"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(words: &[&str]) -> Result<Making, ErrorKind> {
        made(&[&["build"], words].concat())
    }

    fn made(words: &[&str]) -> Result<Making, ErrorKind> {
        match called(words)?.order {
            Order::Make(making) => Ok(making),
            other => panic!("nothing is made: {other:?}"),
        }
    }

    fn called(words: &[&str]) -> Result<Request, ErrorKind> {
        let typed = Typed::try_parse_from([&["banxin"], words].concat());
        typed.and_then(meant).map_err(|error| error.kind())
    }

    #[test]
    fn the_command_line_is_sound() {
        Typed::command().debug_assert();
    }

    #[test]
    fn words_become_a_request() {
        let found = request(&["src", "--only", "print,epub", "--only", "epub"]).unwrap();
        assert_eq!(found.folder, Path::new("src"));
        assert_eq!(found.task, Task::Write { out: "src/build".into() });
        assert_eq!(found.products, [Product::Print, Product::Epub, Product::Epub]);
        let found = request(&["book/book.toml", "--out", "there"]).unwrap();
        assert_eq!(found.folder, Path::new("book"));
        assert_eq!(found.task, Task::Write { out: "there".into() });
        assert_eq!(request(&[]).unwrap().folder, Path::new("."));
        let checked = |words| made(words).unwrap().task;
        assert_eq!(checked(&["check", "book"]), Task::Check(Findings::Text));
        assert_eq!(checked(&["check", "--json", "book"]), Task::Check(Findings::Json));
    }

    #[test]
    fn a_language_and_a_code_are_chosen_by_name() {
        let found = called(&["explain", "--lang", "zh", "raw-html"]).unwrap();
        let expected =
            Request { language: Language::Zh, order: Order::Explain(Some(Code::RawHtml)) };
        assert_eq!(found, expected);
        let found = called(&["--lang", "en", "explain"]).unwrap();
        assert_eq!(found, Request { language: Language::En, order: Order::Explain(None) });
        assert_eq!(called(&["explain", "raw"]), Err(ErrorKind::InvalidValue));
        assert_eq!(called(&["check", "--lang", "fr"]), Err(ErrorKind::InvalidValue));
    }

    #[test]
    fn words_without_a_meaning_are_refused() {
        assert_eq!(request(&["nowhere"]), Err(ErrorKind::ValueValidation));
        assert_eq!(request(&["book/preface.md"]), Err(ErrorKind::ValueValidation));
        assert_eq!(request(&["--only", "pdf"]), Err(ErrorKind::InvalidValue));
        assert_eq!(request(&["--colour"]), Err(ErrorKind::UnknownArgument));
        assert_eq!(made(&["check", "--out", "there"]), Err(ErrorKind::UnknownArgument));
    }
}
