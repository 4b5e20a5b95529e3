//! The report on an import, in plain words.

use super::article::{Fate, Remark};

/// What is told of one source.
#[derive(Debug)]
pub(super) struct Told {
    /// What the user calls it.
    pub shown: String,
    /// The chapters that it became: paths and texts.
    pub chapters: Vec<(String, String)>,
    /// What was done.
    pub remarks: Vec<Remark>,
}

/// The order in which the report tells, and its words.
const FATES: [(Fate, &str); 5] = [
    (Fate::Wanted, "pictures to be supplied"),
    (Fate::Guessed, "guessed: please look"),
    (Fate::Left, "left out of the book"),
    (Fate::Cleaned, "cleaned"),
    (Fate::Taken, "taken"),
];

/// The report: source by source, and then what became of `book.toml`.
pub(super) fn text(told: &[Told], manifest: &[Remark]) -> String {
    let mut text = String::new();
    for Told { shown, chapters, remarks } in told {
        let names: Vec<&str> = chapters.iter().map(|(path, _)| path.as_str()).collect();
        text += &format!("{shown} → {}\n", names.join(", "));
        text += &remarks_by_fate(remarks);
        text.push('\n');
    }
    if !manifest.is_empty() {
        text += "book.toml\n";
        text += &remarks_by_fate(manifest);
        text.push('\n');
    }
    text.truncate(text.trim_end().len());
    text + "\n"
}

fn remarks_by_fate(remarks: &[Remark]) -> String {
    let mut text = String::new();
    for (fate, title) in FATES {
        let mut of_fate = remarks.iter().filter(|remark| remark.fate == fate).peekable();
        if of_fate.peek().is_some() {
            text += &format!("  {title}\n");
        }
        for Remark { what, words, .. } in of_fate {
            text += &format!("    {what}");
            if !words.is_empty() {
                let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
                text += &format!(": “{words}”");
            }
            text.push('\n');
        }
    }
    text
}
