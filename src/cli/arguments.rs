//! Words as typed become a request as meant.

use std::path::{Path, PathBuf};

use banxin::files::{BookPath, Folder, Found, look};
use banxin::import::Given;
use banxin::profile::Product;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Args, CommandFactory, Parser, Subcommand};

/// What the program is to do.
#[derive(Debug)]
pub enum Order {
    /// Build a book.
    Make(Request),
    /// Make chapters of a book from articles.
    Import(Import),
}

/// What to import, and where to.
#[derive(Debug)]
pub struct Import {
    /// Files and folders.
    pub given: Vec<Given>,
    /// The book's folder, which need not exist.
    pub into: PathBuf,
}

/// What to build, from where, to what end.
#[derive(Debug, PartialEq, Eq)]
pub struct Request {
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
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Build a book
    #[command(after_long_help = include_str!("help.txt"))]
    Build(Build),
    /// Do all that a build does, write nothing, and tell what is wrong
    Check(Check),
    /// Make chapters of a book from web pages and texts, and tell what became of them
    Import(Articles),
}

#[derive(Debug, Args)]
struct Articles {
    /// Files, or folders of them: .txt, .html, .mhtml
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// The book's folder; made, with a `book.toml`, where there is none
    #[arg(long, value_name = "BOOK")]
    into: PathBuf,
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

/// The keyword of a product.
fn product() -> impl TypedValueParser<Value = Product> {
    PossibleValuesParser::new(Product::ALL.map(Product::keyword)).map(|word| {
        let named = |product: &Product| product.keyword() == word;
        // The parser before lets nothing else through.
        Product::ALL.into_iter().find(named).unwrap_or(Product::Epub)
    })
}

/// Reads the words that the program was called with.
///
/// # Errors
/// They make no sense, or ask for help; the error says it, and knows to which stream.
pub fn read() -> Result<Order, clap::Error> {
    meant(Typed::try_parse()?)
}

fn meant(typed: Typed) -> Result<Order, clap::Error> {
    match typed.command {
        Command::Build(Build { choice, out }) => choice
            .request(|folder| Task::Write { out: out.unwrap_or_else(|| folder.join("build")) })
            .map(Order::Make),
        Command::Check(Check { choice, json }) => {
            let findings = if json { Findings::Json } else { Findings::Text };
            choice.request(|_| Task::Check(findings)).map(Order::Make)
        }
        Command::Import(Articles { files, into }) => {
            let given = files.iter().map(|path| given(path)).collect::<Result<_, _>>()?;
            let into = match look(&into) {
                Found::Nothing => into,
                Found::Folder | Found::File => folder(&into).map_err(|why| refused(&into, why))?,
            };
            Ok(Order::Import(Import { given, into }))
        }
    }
}

/// A path as what is to be imported.
fn given(path: &Path) -> Result<Given, clap::Error> {
    let shown = path.display().to_string();
    match look(path) {
        Found::Folder => Ok(Given { folder: Folder::Disk(path.to_owned()), file: None, shown }),
        Found::File => {
            let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
            let name = path.file_name().and_then(|name| name.to_str()).and_then(BookPath::new);
            let why = "has a name that cannot be read here: give it another";
            let file = Some(name.ok_or_else(|| refused(path, why))?);
            let folder = Folder::Disk(parent.unwrap_or(Path::new(".")).to_owned());
            Ok(Given { folder, file, shown })
        }
        Found::Nothing => Err(refused(path, "does not exist")),
    }
}

/// Why a path makes no sense.
fn refused(path: &Path, why: &str) -> clap::Error {
    let message = format!("`{}` {why}", path.display());
    Typed::command().error(ErrorKind::ValueValidation, message)
}

impl Choice {
    fn request(self, task: impl FnOnce(&Path) -> Task) -> Result<Request, clap::Error> {
        let folder = folder(&self.book).map_err(|why| refused(&self.book, why))?;
        Ok(Request { task: task(&folder), folder, edition: self.edition, products: self.only })
    }
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

    fn request(words: &[&str]) -> Result<Request, ErrorKind> {
        called(&[&["build"], words].concat())
    }

    fn called(words: &[&str]) -> Result<Request, ErrorKind> {
        match ordered(words)? {
            Order::Make(request) => Ok(request),
            Order::Import(import) => panic!("{import:?} is no build"),
        }
    }

    fn ordered(words: &[&str]) -> Result<Order, ErrorKind> {
        let typed = Typed::try_parse_from([&["banxin"], words].concat());
        typed.and_then(meant).map_err(|error| error.kind())
    }

    #[test]
    fn files_and_folders_are_imported_into_a_book_that_need_not_exist() {
        let words = ["import", "README.md", "src", "--into", "nowhere"];
        let Ok(Order::Import(import)) = ordered(&words) else { panic!("it is an import") };
        assert_eq!(import.into, Path::new("nowhere"));
        let files: Vec<_> = import.given.iter().map(|given| given.file.is_some()).collect();
        assert_eq!(files, [true, false]);
        for words in
            [&["import", "nowhere", "--into", "x"][..], &["import", "src", "--into", "README.md"]]
        {
            assert_eq!(ordered(words).unwrap_err(), ErrorKind::ValueValidation);
        }
        assert_eq!(ordered(&["import", "src"]).unwrap_err(), ErrorKind::MissingRequiredArgument);
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
        let checked = |words| called(words).unwrap().task;
        assert_eq!(checked(&["check", "book"]), Task::Check(Findings::Text));
        assert_eq!(checked(&["check", "--json", "book"]), Task::Check(Findings::Json));
    }

    #[test]
    fn words_without_a_meaning_are_refused() {
        assert_eq!(request(&["nowhere"]), Err(ErrorKind::ValueValidation));
        assert_eq!(request(&["book/preface.md"]), Err(ErrorKind::ValueValidation));
        assert_eq!(request(&["--only", "pdf"]), Err(ErrorKind::InvalidValue));
        assert_eq!(request(&["--colour"]), Err(ErrorKind::UnknownArgument));
        assert_eq!(called(&["check", "--out", "there"]), Err(ErrorKind::UnknownArgument));
    }
}
