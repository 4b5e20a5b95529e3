//! Words as typed become a request as meant.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use banxin::diag::{Code, Message};
use banxin::files::{BookPath, Folder, Found, look};
use banxin::import::Given;
use banxin::manifest::Part;
use banxin::message;
use banxin::preview;
use banxin::profile::Product;
use banxin::shelf::Shard;
use banxin::start::{Kind, Tongue};
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand};
use clap_complete::Shell;

use super::language::{Language, Speaker};
use super::refusal::Refusal;
use super::spoken;

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
    /// Make chapters of articles.
    Import(Import),
    /// Build a book, or look whether it can be.
    Make(Making),
    /// Build all books below a folder.
    All(All),
    /// List built books.
    Catalogue(Catalogue),
    /// Tell which faces a book is set in.
    Typefaces {
        /// The book's folder.
        folder: PathBuf,
        /// Which edition; none for the main one.
        edition: Option<String>,
    },
    /// Show a book in a browser while it is written.
    Preview(Preview),
    /// Look whether a package is whole.
    Verify(PathBuf),
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
    /// Articles that its chapters are made of; none for chapters that show how it is done.
    pub articles: Vec<Given>,
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

/// What to show in a browser.
#[derive(Debug, PartialEq, Eq)]
pub struct Preview {
    /// The book, and where its page is served.
    pub wish: preview::Wish,
    /// Who opens the page.
    pub opening: Opening,
}

/// Who opens the page of a preview.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// Whoever reads its address.
    Reader,
    /// The program, in the machine's browser.
    Program,
}

/// What to import, and where to.
#[derive(Debug, PartialEq, Eq)]
pub struct Import {
    /// Files and folders.
    pub given: Vec<Given>,
    /// The book's folder, which need not exist.
    pub into: PathBuf,
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
    /// Which of its pages a booklet has.
    pub part: Part,
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
    /// List built books for a web server: a page for people, OPDS for e-readers
    #[command(after_long_help = include_str!("help.txt"))]
    Catalog(Catalog),
    /// Make chapters of a book from web pages and texts, and tell what became of them
    Import(Articles),
    /// Tell which faces there are, and which characters of a book come from which
    Fonts {
        /// The book's folder, or its `book.toml`
        #[arg(value_name = "BOOK", default_value = ".")]
        book: PathBuf,
        /// Another edition: one of the `[[editions]]` of `book.toml`
        #[arg(long, value_name = "NAME")]
        edition: Option<String>,
    },
    /// Show a book in a browser, page by page and as an e-book, and follow its edits
    Preview(Shown),
    /// Look whether an archive package is as it was made
    Verify {
        /// The package: a folder, a `.zip` or a `.tar` file
        #[arg(value_name = "PACKAGE")]
        package: PathBuf,
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
struct Articles {
    /// Files, or folders of them: .txt, .html, .mhtml, .docx, .odt, .epub
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// The book's folder; made, with a `book.toml`, where there is none
    #[arg(long, value_name = "BOOK")]
    into: PathBuf,
}

#[derive(Debug, Args)]
struct Shown {
    /// The book's folder, or its `book.toml`
    #[arg(value_name = "BOOK", default_value = ".")]
    book: PathBuf,
    /// Another edition: one of the `[[editions]]` of `book.toml`
    #[arg(long, value_name = "NAME")]
    edition: Option<String>,
    /// The port of this machine [default: any that is free]
    #[arg(long, value_name = "NUMBER", value_parser = port)]
    port: Option<u16>,
    /// Open the page in the machine's browser
    #[arg(long)]
    open: bool,
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
    /// Make the chapters of these articles, as `import` does; one alone offers its title
    #[arg(long, value_name = "ARTICLE", num_args = 1..)]
    from: Vec<PathBuf>,
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
    /// Put these pages alone on the sheets of the booklet, by the numbers printed on them: `12-25`
    #[arg(long, value_name = "NUMBERS", value_parser = pages)]
    pages: Option<Part>,
    /// Put this chapter alone on the sheets of the booklet; may be given more than once
    #[arg(long, value_name = "FILE", conflicts_with = "pages")]
    chapter: Vec<String>,
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
    #[arg(long, conflicts_with_all = ["pages", "chapter"])]
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

/// Other words for values: what people call them besides.
const ALSO: [(&str, &str); 8] = [
    ("zh-Hans", "zh"),
    ("zh-Hans", "zh-CN"),
    ("zh-Hant", "zh-TW"),
    ("zh-Hant", "zh-HK"),
    ("digest", "文摘"),
    ("handout", "讲义"),
    ("monograph", "专著"),
    ("vertical", "竖排"),
];

/// One of the values that have words.
fn one_of<T: Copy + Send + Sync + 'static>(
    all: &'static [(&'static str, T)],
) -> impl TypedValueParser<Value = T> {
    let values = all.iter().map(|(word, _)| {
        let also = ALSO.iter().filter(|(meant, _)| meant == word);
        PossibleValue::new(*word).aliases(also.map(|(_, other)| *other))
    });
    PossibleValuesParser::new(values.collect::<Vec<_>>()).map(|given| {
        let meant = ALSO.iter().find(|(_, other)| *other == given);
        let meant = meant.map_or(given.as_str(), |(meant, _)| meant);
        let found = all.iter().find(|(word, _)| *word == meant);
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
/// They make no sense, or ask for help, which `speaker` gives.
pub fn read(words: &[OsString], speaker: &Speaker) -> Result<Request, Refusal> {
    let mut command = command(speaker);
    let mut matches = command.try_get_matches_from_mut(words)?;
    let typed = Typed::from_arg_matches_mut(&mut matches);
    meant(typed.map_err(|error| error.format(&mut command))?)
}

/// The command line, whose help is in the language of `speaker`.
fn command(speaker: &Speaker) -> clap::Command {
    spoken::command(Typed::command(), speaker)
}

/// A script for a shell.
pub fn completions(shell: Shell, speaker: &Speaker) -> Vec<u8> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command(speaker), "banxin", &mut script);
    script
}

/// The manual page, in roff.
pub fn manual(speaker: &Speaker) -> Vec<u8> {
    let mut page = Vec::new();
    // Writing into memory does not fail.
    let _ = clap_mangen::Man::new(command(speaker)).render(&mut page);
    page
}

fn meant(typed: Typed) -> Result<Request, Refusal> {
    let order = match typed.command {
        Command::New(New { folder, title, language, kind, from }) => {
            let fits = language.zip(kind).is_none_or(|(tongue, kind)| tongue.takes(kind));
            if !fits {
                return Err(Message::from("vertical lines are for Chinese").into());
            }
            let articles = from.iter().map(|path| given(path)).collect::<Result<_, _>>()?;
            Order::Begin(Beginning { folder, title, tongue: language, kind, articles })
        }
        Command::Build(Build { choice, out, all: true, shard, json }) => {
            Order::All(choice.all(out, shard, told(json))?)
        }
        Command::Build(Build { choice, out, .. }) => {
            Order::Make(choice.making(|folder| Task::Write {
                out: out.unwrap_or_else(|| folder.join("build")),
            })?)
        }
        Command::Check(Check { choice, json }) => {
            Order::Make(choice.making(|_| Task::Check(told(json)))?)
        }
        Command::Catalog(Catalog { roots, out, title }) => {
            Order::Catalogue(Catalogue { roots, out, title })
        }
        Command::Import(Articles { files, into }) => {
            let given = files.iter().map(|path| given(path)).collect::<Result<_, _>>()?;
            let into = if look(&into) == Found::Nothing { into } else { named(&into)? };
            Order::Import(Import { given, into })
        }
        Command::Fonts { book, edition } => Order::Typefaces { folder: named(&book)?, edition },
        Command::Preview(Shown { book, edition, port, open }) => {
            let opening = if open { Opening::Program } else { Opening::Reader };
            let wish = preview::Wish { folder: named(&book)?, edition, port: port.unwrap_or(0) };
            Order::Preview(Preview { wish, opening })
        }
        Command::Verify { package } => Order::Verify(package),
        Command::Explain { code } => Order::Explain(code),
        Command::Doctor => Order::Doctor,
        Command::Completions { shell } => Order::Completions(shell),
        Command::Manual => Order::Manual,
    };
    Ok(Request { language: typed.lang.unwrap_or_else(Language::of_machine), order })
}

/// How findings are told where `--json` was said or not.
fn told(json: bool) -> Findings {
    if json { Findings::Json } else { Findings::Text }
}

/// A path as what is to be imported.
fn given(path: &Path) -> Result<Given, Refusal> {
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

impl Choice {
    fn making(self, task: impl FnOnce(&Path) -> Task) -> Result<Making, Refusal> {
        let folder = named(&self.book)?;
        let part = match self.pages {
            Some(pages) => pages,
            None if self.chapter.is_empty() => Part::Whole,
            None => Part::Chapters(self.chapter),
        };
        let products = for_part(self.only, &part)?;
        Ok(Making { task: task(&folder), folder, edition: self.edition, products, part })
    }

    fn all(
        self,
        out: Option<PathBuf>,
        shard: Option<Shard>,
        findings: Findings,
    ) -> Result<All, Refusal> {
        if look(&self.book) != Found::Folder {
            return Err(refused(&self.book, "is no folder that books could lie in"));
        }
        // Parts are of one book: clap refuses them.
        let Self { book: root, only: products, edition, .. } = self;
        Ok(All { root, shard, edition, products, out, findings })
    }
}

/// The error that a path is none that is meant.
fn refused(path: &Path, why: &'static str) -> Refusal {
    message!("`{path}` {why}", path = path.display(), why = Message::from(why)).into()
}

/// What to make of a part: a booklet, which alone can have one.
fn for_part(only: Vec<Product>, part: &Part) -> Result<Vec<Product>, Refusal> {
    if *part == Part::Whole || only.contains(&Product::Booklet) {
        return Ok(only);
    }
    if only.is_empty() {
        return Ok(vec![Product::Booklet]);
    }
    Err(Message::from("`--pages` and `--chapter` are for `--only booklet`").into())
}

/// The numbers of pages.
fn pages(text: &str) -> Result<Part, &'static str> {
    Part::pages(text).ok_or("write numbers such as `12-25` or `iii, 1-4`")
}

/// The number of a port.
fn port(text: &str) -> Result<u16, &'static str> {
    text.parse().map_err(|_| "a port is a number from 1 to 65535")
}

/// The folder of a book that was named.
fn named(book: &Path) -> Result<PathBuf, Refusal> {
    folder(book).map_err(|why| refused(book, why))
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

    fn request(words: &[&str]) -> Result<Making, String> {
        made(&[&["build"], words].concat())
    }

    fn made(words: &[&str]) -> Result<Making, String> {
        match called(words)?.order {
            Order::Make(making) => Ok(making),
            other => panic!("nothing is made: {other:?}"),
        }
    }

    /// What words ask for; or the kind of clap's error, or what else is wrong.
    fn called(words: &[&str]) -> Result<Request, String> {
        let words: Vec<OsString> = ["banxin"].iter().chain(words).map(OsString::from).collect();
        read(&words, &Speaker::new(Language::En)).map_err(|refusal| match refusal {
            Refusal::Unread(error) => format!("{:?}", error.kind()),
            Refusal::Senseless(message) => message.english(),
        })
    }

    fn wrong<T>(why: &str) -> Result<T, String> {
        Err(why.to_owned())
    }

    #[test]
    fn files_and_folders_are_imported_into_a_book_that_need_not_exist() {
        let words = ["import", "README.md", "src", "--into", "nowhere"];
        let Order::Import(import) = called(&words).unwrap().order else {
            panic!("it is an import")
        };
        assert_eq!(import.into, Path::new("nowhere"));
        let files: Vec<_> = import.given.iter().map(|given| given.file.is_some()).collect();
        assert_eq!(files, [true, false]);
        for words in
            [&["import", "nowhere", "--into", "x"][..], &["import", "src", "--into", "README.md"]]
        {
            assert!(called(words).is_err(), "{words:?}");
        }
        assert_eq!(called(&["import", "src"]), wrong("MissingRequiredArgument"));
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
    fn languages_and_kinds_have_other_names() {
        let begun = |language, kind| {
            let words = ["new", "x", "--language", language, "--kind", kind, "--lang", "zh-CN"];
            match called(&words).unwrap() {
                Request { language: Language::Zh, order: Order::Begin(it) } => (it.tongue, it.kind),
                other => panic!("no book is begun: {other:?}"),
            }
        };
        assert_eq!(begun("zh", "文摘"), (Some(Tongue::Simplified), Some(Kind::Digest)));
        assert_eq!(begun("zh-TW", "竖排"), (Some(Tongue::Traditional), Some(Kind::Vertical)));
    }

    #[test]
    fn a_part_is_for_a_booklet() {
        let found = request(&["--pages", "12-25, iii"]).unwrap();
        let range = |from: &str, to: &str| (from.to_owned(), to.to_owned());
        assert_eq!(found.products, [Product::Booklet]);
        assert_eq!(found.part, Part::Pages(vec![range("12", "25"), range("iii", "iii")]));
        let found = request(&["--only", "booklet,print", "--chapter", "a.md", "--chapter", "b.md"]);
        let Making { products, part, .. } = found.unwrap();
        assert_eq!(products, [Product::Booklet, Product::Print]);
        assert_eq!(part, Part::Chapters(vec!["a.md".to_owned(), "b.md".to_owned()]));
        assert_eq!(request(&[]).unwrap().part, Part::Whole);
        assert_eq!(request(&["--pages", "12-"]), wrong("ValueValidation"));
        let both = ["--pages", "1", "--chapter", "a.md"];
        assert_eq!(request(&both), wrong("ArgumentConflict"));
        let other = ["--only", "print", "--chapter", "a.md"];
        assert_eq!(request(&other), wrong("`--pages` and `--chapter` are for `--only booklet`"));
    }

    #[test]
    fn a_language_and_a_code_are_chosen_by_name() {
        let found = called(&["explain", "--lang", "zh", "raw-html"]).unwrap();
        let expected =
            Request { language: Language::Zh, order: Order::Explain(Some(Code::RawHtml)) };
        assert_eq!(found, expected);
        let found = called(&["--lang", "en", "explain"]).unwrap();
        assert_eq!(found, Request { language: Language::En, order: Order::Explain(None) });
        assert_eq!(called(&["explain", "raw"]), wrong("InvalidValue"));
        assert_eq!(called(&["check", "--lang", "fr"]), wrong("InvalidValue"));
    }

    #[test]
    fn all_books_may_be_asked_for() {
        let asked = |words: &[&str]| called(words).map(|request| request.order);
        let words = ["build", "--all", "tests", "--shard", "2/4", "--only", "epub", "--json"];
        let expected = All {
            root: "tests".into(),
            shard: "2/4".parse().ok(),
            edition: None,
            products: vec![Product::Epub],
            out: None,
            findings: Findings::Json,
        };
        assert_eq!(asked(&words), Ok(Order::All(expected)));
        let file = "`Cargo.toml` is no folder that books could lie in";
        assert_eq!(asked(&["build", "--all", "Cargo.toml"]), wrong(file));
        assert_eq!(asked(&["build", "--all", "--shard", "5/4"]), wrong("ValueValidation"));
        let alone = asked(&["build", "--shard", "1/4"]);
        assert_eq!(alone, wrong("MissingRequiredArgument"));
    }

    #[test]
    fn a_catalogue_may_be_asked_for() {
        let asked = |words: &[&str]| called(words).map(|request| request.order);
        let expected = |out: &str, title: Option<&str>| {
            let roots = vec!["a".into(), "b".into()];
            let title = title.map(str::to_owned);
            Ok(Order::Catalogue(Catalogue { roots, out: out.into(), title }))
        };
        assert_eq!(asked(&["catalog", "a", "b"]), expected("catalog", None));
        let words = ["catalog", "a", "b", "--out", "c", "--title", "书库"];
        assert_eq!(asked(&words), expected("c", Some("书库")));
        assert_eq!(asked(&["catalog"]), wrong("MissingRequiredArgument"));
    }

    #[test]
    fn words_without_a_meaning_are_refused() {
        assert_eq!(request(&["nowhere"]), wrong("`nowhere` does not exist"));
        let file = "`book/preface.md` is not a book's folder, nor its `book.toml`";
        assert_eq!(request(&["book/preface.md"]), wrong(file));
        assert_eq!(request(&["--only", "pdf"]), wrong("InvalidValue"));
        assert_eq!(request(&["--colour"]), wrong("UnknownArgument"));
        assert_eq!(made(&["check", "--out", "there"]), wrong("UnknownArgument"));
    }
}
