//! Starting a book: what the command line does not say is asked, where somebody can answer.

use std::collections::BTreeMap;
use std::io::{self, BufRead, IsTerminal};
use std::path::Path;

use banxin::diag::{Code, Diagnostic, Message, Place, Sink};
use banxin::files::{self, Folder};
use banxin::manifest;
use banxin::message;
use banxin::start::{self, Kind, Start, Tongue};

use super::arguments::Beginning;
use super::language::Speaker;
use super::{Exit, import};

/// Writes a new book; says what was written, or ends where nothing was and `sink` tells why.
pub fn write(wish: &Beginning, speaker: &Speaker, sink: &mut Sink) -> Result<String, Exit> {
    if files::holds_something(&wish.folder) {
        let message = message!("`{folder}` holds files already", folder = wish.folder.display());
        let finding = Diagnostic::new(Code::FolderTaken, Place::Book, message);
        sink.report(finding.hint("name a folder that does not exist, or an empty one"));
        return Err(Exit::CannotWrite);
    }
    let start = begun(wish, speaker);
    let said = if wish.articles.is_empty() {
        with_samples(&start, &wish.folder, sink)?
    } else {
        with_articles(&start, wish, speaker, sink)?
    };
    let next = message!("next: `banxin build {folder}`", folder = wish.folder.display());
    Ok(said + &speaker.say(&next) + "\n")
}

/// Writes a book with chapters that show how it is done; gives the paths.
fn with_samples(start: &Start, folder: &Path, sink: &mut Sink) -> Result<String, Exit> {
    let made = start.files();
    let made: Vec<(&str, &[u8])> =
        made.iter().map(|(path, text)| (*path, text.as_bytes())).collect();
    match files::save(folder, &made) {
        Ok(places) => Ok(places.iter().map(|place| format!("{}\n", place.display())).collect()),
        Err((place, why)) => {
            let (place, error) = (place.display(), Message::of_system(&why));
            let said = message!("`{place}` cannot be written: {error}", place, error);
            sink.report(Diagnostic::new(Code::Unwritable, Place::Book, said));
            Err(Exit::CannotWrite)
        }
    }
}

/// Writes a book with articles as its chapters; gives the paths, and the report on the import.
fn with_articles(
    start: &Start,
    wish: &Beginning,
    speaker: &Speaker,
    sink: &mut Sink,
) -> Result<String, Exit> {
    let frame = start.frame().into_iter();
    let mut frame: BTreeMap<String, Vec<u8>> =
        frame.map(|(path, text)| (path.to_owned(), text.into_bytes())).collect();
    let folder = Folder::Memory(frame.clone());
    let imported = import::read(&wish.articles, &folder, speaker, sink);
    let mut imported = imported.map_err(|_| Exit::BookHasErrors)?;
    frame.remove(manifest::NAME);
    imported.added.splice(..0, frame);
    let report = import::save(&imported, &wish.folder, speaker, sink)?;
    let added = imported.added.iter().map(|(path, _)| path.as_str());
    let paths = [manifest::NAME].into_iter().chain(added).chain([&*imported.report.path]);
    let places: String =
        paths.map(|path| format!("{}\n", wish.folder.join(path).display())).collect();
    Ok(places + &report)
}

/// What the book starts from.
fn begun(wish: &Beginning, speaker: &Speaker) -> Start {
    let named = wish.folder.file_name().map(|name| name.to_string_lossy().into_owned());
    let named = named.unwrap_or_default();
    let tongue = wish.tongue.unwrap_or_else(|| {
        let names = Tongue::ALL.map(|(tag, tongue)| (tag, "", tongue));
        ask_which("language", &names, speaker)
    });
    let kind = wish.kind.unwrap_or_else(|| {
        let mut kinds = vec![
            ("digest", "articles with their sources", Kind::Digest),
            ("handout", "lessons for a copy shop", Kind::Handout),
            ("monograph", "chapters, cited works, a copyright page", Kind::Monograph),
            ("vertical", "lines that run down the page", Kind::Vertical),
        ];
        kinds.retain(|(.., kind)| tongue.takes(*kind));
        ask_which("kind of book", &kinds, speaker)
    });
    let offered = || banxin::import::title(&wish.articles).unwrap_or_else(|| named.clone());
    let title = wish.title.clone().unwrap_or_else(|| ask_title(offered(), speaker));
    Start {
        title: if title.is_empty() { named.clone() } else { title },
        tongue,
        kind,
        identifier: files::fresh_identifier(),
        date: super::today(),
        slug: start::slug(&named),
    }
}

/// The title that somebody types; the one offered where it is taken, or nobody is there.
fn ask_title(offered: String, speaker: &Speaker) -> String {
    let what = format!("{} [{offered}]", speaker.words("title"));
    ask(&what).filter(|title| !title.is_empty()).unwrap_or(offered)
}

/// A line that somebody types; none where nobody does.
fn ask(what: &str) -> Option<String> {
    if !io::stdin().is_terminal() {
        return None;
    }
    super::say(io::stderr(), format!("{what}: "));
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line).ok()?;
    Some(line.trim().to_owned())
}

/// The one that somebody chooses by its number or its word; the first where nobody does.
fn ask_which<T: Copy>(
    what: &'static str,
    choices: &[(&'static str, &'static str, T)],
    speaker: &Speaker,
) -> T {
    for (number, (word, about, _)) in (1..).zip(choices).filter(|_| io::stdin().is_terminal()) {
        super::say(io::stderr(), format!("{number}  {word}  {}\n", speaker.words(about)));
    }
    let said = ask(speaker.words(what)).unwrap_or_default();
    let number = said.parse().ok().and_then(|number: usize| number.checked_sub(1));
    let by_word = choices.iter().position(|(word, ..)| *word == said);
    let chosen = number.or(by_word).filter(|chosen| *chosen < choices.len());
    choices[chosen.unwrap_or(0)].2
}
