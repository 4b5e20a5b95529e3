//! Words as typed become a request as meant.

use std::path::{Path, PathBuf};

use banxin::files::{Found, look};
use banxin::profile::Product;
use banxin::shelf::Shard;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Args, CommandFactory, Parser, Subcommand};

/// What the program is asked for.
#[derive(Debug, PartialEq, Eq)]
pub enum Asked {
    /// One book.
    Book(Request),
    /// All books below a folder.
    All(All),
    /// A catalogue of built books.
    Catalogue(Catalogue),
}

/// Which books to build, and where to.
#[derive(Debug, PartialEq, Eq)]
pub struct All {
    /// The folder that they lie in.
    pub root: PathBuf,
    /// Which of them; none for all.
    pub shard: Option<Shard>,
    /// Which edition of each; none for the main one.
    pub edition: Option<String>,
    /// What to make; empty for what each book asks for.
    pub products: Vec<Product>,
    /// The folder in which each has its path; none for a `build` in each book.
    pub out: Option<PathBuf>,
    /// How the end is told.
    pub findings: Findings,
}

/// What to list, and where.
#[derive(Debug, PartialEq, Eq)]
pub struct Catalogue {
    /// The folders that the books lie in.
    pub roots: Vec<PathBuf>,
    /// The folder for the web server.
    pub out: PathBuf,
    /// Its title; none for a plain one.
    pub title: Option<String>,
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
    /// List built books for a web server: a page for people, OPDS for e-readers
    #[command(after_long_help = include_str!("help.txt"))]
    Catalog(Catalog),
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
    /// Build every book below the folder, several at a time
    #[arg(long)]
    all: bool,
    /// Of all books, build this part alone: `1/4` is the first of four
    #[arg(long, value_name = "K/N", requires = "all")]
    shard: Option<Shard>,
    /// Print one report on all books, and no other words
    #[arg(long, requires = "all")]
    json: bool,
}

#[derive(Debug, Args)]
struct Catalog {
    /// The folders that the built books lie in, at any depth
    #[arg(value_name = "DIR", required = true)]
    roots: Vec<PathBuf>,
    /// The folder for the web server: what lies in it already is linked, all else is copied there
    #[arg(long, value_name = "FOLDER", default_value = "catalog")]
    out: PathBuf,
    /// The title of the catalogue
    #[arg(long)]
    title: Option<String>,
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
pub fn read() -> Result<Asked, clap::Error> {
    meant(Typed::try_parse()?)
}

fn meant(typed: Typed) -> Result<Asked, clap::Error> {
    match typed.command {
        Command::Build(Build { choice, out, all: true, shard, json }) => {
            let Choice { book: root, only: products, edition } = choice;
            if look(&root) != Found::Folder {
                return Err(refused(&root, "is no folder that books could lie in"));
            }
            let findings = told(json);
            Ok(Asked::All(All { root, shard, edition, products, out, findings }))
        }
        Command::Build(Build { choice, out, .. }) => choice
            .request(|folder| Task::Write { out: out.unwrap_or_else(|| folder.join("build")) }),
        Command::Check(Check { choice, json }) => choice.request(|_| Task::Check(told(json))),
        Command::Catalog(Catalog { roots, out, title }) => {
            Ok(Asked::Catalogue(Catalogue { roots, out, title }))
        }
    }
}

/// How findings are told where `--json` was said or not.
fn told(json: bool) -> Findings {
    if json { Findings::Json } else { Findings::Text }
}

/// The error that a path is not what it should be.
fn refused(path: &Path, why: &str) -> clap::Error {
    let message = format!("`{}` {why}", path.display());
    Typed::command().error(ErrorKind::ValueValidation, message)
}

impl Choice {
    fn request(self, task: impl FnOnce(&Path) -> Task) -> Result<Asked, clap::Error> {
        let folder = folder(&self.book).map_err(|why| refused(&self.book, why))?;
        let (edition, products) = (self.edition, self.only);
        Ok(Asked::Book(Request { task: task(&folder), folder, edition, products }))
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
        asked(words).map(|asked| match asked {
            Asked::Book(request) => request,
            Asked::All(_) | Asked::Catalogue(_) => panic!("one book is asked for"),
        })
    }

    fn asked(words: &[&str]) -> Result<Asked, ErrorKind> {
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
        let checked = |words| called(words).unwrap().task;
        assert_eq!(checked(&["check", "book"]), Task::Check(Findings::Text));
        assert_eq!(checked(&["check", "--json", "book"]), Task::Check(Findings::Json));
    }

    #[test]
    fn all_books_may_be_asked_for() {
        let words = ["build", "--all", "tests", "--shard", "2/4", "--only", "epub", "--json"];
        let expected = All {
            root: "tests".into(),
            shard: "2/4".parse().ok(),
            edition: None,
            products: vec![Product::Epub],
            out: None,
            findings: Findings::Json,
        };
        assert_eq!(asked(&words), Ok(Asked::All(expected)));
        assert_eq!(asked(&["build", "--all", "Cargo.toml"]), Err(ErrorKind::ValueValidation));
        assert_eq!(asked(&["build", "--all", "--shard", "5/4"]), Err(ErrorKind::ValueValidation));
        let alone = asked(&["build", "--shard", "1/4"]);
        assert_eq!(alone, Err(ErrorKind::MissingRequiredArgument));
    }

    #[test]
    fn a_catalogue_may_be_asked_for() {
        let expected = |out: &str, title: Option<&str>| {
            let roots = vec!["a".into(), "b".into()];
            let title = title.map(str::to_owned);
            Ok(Asked::Catalogue(Catalogue { roots, out: out.into(), title }))
        };
        assert_eq!(asked(&["catalog", "a", "b"]), expected("catalog", None));
        let words = ["catalog", "a", "b", "--out", "c", "--title", "书库"];
        assert_eq!(asked(&words), expected("c", Some("书库")));
        assert_eq!(asked(&["catalog"]), Err(ErrorKind::MissingRequiredArgument));
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
