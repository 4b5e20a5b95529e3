//! Starting a book: what the command line does not say is asked, where somebody can answer.

use std::io::{self, BufRead, IsTerminal};
use std::path::Path;

use banxin::diag::{Code, Diagnostic, Place};
use banxin::files;
use banxin::manifest::moment;
use banxin::message;
use banxin::start::{self, Kind, Start, Tongue};

use super::arguments::Beginning;
use super::language::Speaker;

/// How many characters of a moment are its day.
const DAY: usize = "YYYY-MM-DD".len();

/// Writes a new book; says what was written, or why nothing was.
pub fn write(wish: &Beginning, speaker: &Speaker) -> Result<String, Diagnostic> {
    let unwritable = |place: &Path, why: io::Error| {
        let place = place.display();
        let said = message!("`{place}` cannot be written: {error}", place, error = why);
        Diagnostic::new(Code::Unwritable, Place::Book, said)
    };
    if files::holds_something(&wish.folder) {
        let message = message!("`{folder}` holds files already", folder = wish.folder.display());
        return Err(Diagnostic::new(Code::FolderTaken, Place::Book, message)
            .hint("name a folder that does not exist, or an empty one"));
    }
    let start = begun(wish, speaker);
    let made = start.files();
    let made: Vec<(&str, &[u8])> =
        made.iter().map(|(path, text)| (*path, text.as_bytes())).collect();
    let places =
        files::save(&wish.folder, &made).map_err(|(place, error)| unwritable(&place, error))?;
    let mut said: String = places.iter().map(|place| format!("{}\n", place.display())).collect();
    let next = message!("next: `banxin build {folder}`", folder = wish.folder.display());
    said += &(speaker.say(&next) + "\n");
    Ok(said)
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
    let title = wish.title.clone().or_else(|| ask("title", speaker));
    Start {
        title: title.filter(|title| !title.is_empty()).unwrap_or_else(|| named.clone()),
        tongue,
        kind,
        identifier: files::fresh_identifier(),
        date: moment(files::now()).chars().take(DAY).collect(),
        slug: start::slug(&named),
    }
}

/// A line that somebody types; none where nobody does.
fn ask(what: &'static str, speaker: &Speaker) -> Option<String> {
    if !io::stdin().is_terminal() {
        return None;
    }
    super::say(io::stderr(), format!("{}: ", speaker.words(what)));
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
    let said = ask(what, speaker).unwrap_or_default();
    let number = said.parse().ok().and_then(|number: usize| number.checked_sub(1));
    let by_word = choices.iter().position(|(word, ..)| *word == said);
    let chosen = number.or(by_word).filter(|chosen| *chosen < choices.len());
    choices[chosen.unwrap_or(0)].2
}
