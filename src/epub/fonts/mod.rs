//! The fonts that an EPUB brings along, and what its style sheet says of them.
//!
//! By default only characters that readers lack come along: the pages mark them, and no other text
//! has a family, so that the reader's choice holds. When the whole book's faces are asked for, every
//! text is set in the face of the printed book.

mod common;
mod used;

use std::collections::BTreeMap;
use std::fmt::Write;

use rayon::prelude::*;

pub use common::is_rare;
pub use used::Used;
use used::{ROLES, Setting};

use super::xhtml::Text;
use crate::book::Book;
use crate::diag::{Code, Diagnostic, Message, Place, Sink};
use crate::font::{Characters, FaceId, Family, Fonts, Weight};
use crate::manifest::Embed;
use crate::message;
use crate::script::Forms;

/// The media type of a TrueType font (EPUB 3.3, 3.2).
pub const MEDIA_TYPE: &str = "font/ttf";
/// The class of characters that readers may lack.
pub const RARE: &str = "rare";

/// A font by its path from the package document.
type CutFont = (String, Vec<u8>);

/// Fonts that go along.
#[derive(Default)]
pub struct Embedded {
    /// The fonts.
    pub files: Vec<CutFont>,
    /// What the style sheet says of them.
    pub css: String,
}

/// What a page shows that fonts are brought along for.
pub fn used(book: &Book, page: &Text) -> Used {
    match book.epub.embed {
        Embed::None => Used::default(),
        Embed::Rare => Used::rare(characters(page), book.metadata.rules.forms),
        Embed::Full => Used::of(characters(page), book.metadata.rules.forms),
    }
}

/// A page as characters: the writer of XML was given nothing else.
fn characters(page: &Text) -> &str {
    std::str::from_utf8(&page.bytes).unwrap_or_default()
}

/// Cuts the fonts for what all pages show. A face that cannot go along is reported, and left to the
/// reader.
pub fn embed(book: &Book, fonts: &Fonts, used: &Used, sink: &mut Sink) -> Embedded {
    match book.epub.embed {
        Embed::None => Embedded::default(),
        Embed::Rare => rare(fonts, used, sink),
        Embed::Full => full(book, fonts, used, sink),
    }
}

/// The characters that each face is needed for.
type Needed = BTreeMap<FaceId, Characters>;

/// Only the characters that readers may lack.
fn rare(fonts: &Fonts, used: &Used, sink: &mut Sink) -> Embedded {
    let mut needed = Needed::new();
    for (&Setting { style, forms }, characters) in &used.characters {
        for c in characters.iter() {
            if let Some(face) = fonts.pick_in(style, forms, c) {
                needed.entry(face).or_default().insert(c);
            }
        }
    }
    let (files, paths) = cut(fonts, &needed, sink);
    let mut css = String::new();
    for (face, path) in &paths {
        rule(&mut css, RARE, Weight::Regular, path, Some(&needed[face]));
    }
    if !paths.is_empty() {
        css.push_str("\n.rare { font-family: \"rare\", serif; }\n");
    }
    Embedded { files, css }
}

/// Every character, in the faces of the printed book.
fn full(book: &Book, fonts: &Fonts, used: &Used, sink: &mut Sink) -> Embedded {
    let home = book.metadata.rules.forms;
    let mut by_setting: BTreeMap<Setting, Needed> = BTreeMap::new();
    let mut needed = Needed::new();
    for (&setting, characters) in &used.characters {
        let faces = by_setting.entry(setting).or_default();
        for c in characters.iter() {
            if let Some(face) = fonts.pick_in(setting.style, setting.forms, c) {
                faces.entry(face).or_default().insert(c);
                needed.entry(face).or_default().insert(c);
            }
        }
    }
    let (files, paths) = cut(fonts, &needed, sink);
    let mut css = String::new();
    for (setting, faces) in &by_setting {
        let family = family(setting.style.family, setting.forms, home);
        // The face asked for says by itself what it has; those that stand in for it hold only for
        // what it lacks, and come later, which gives them the word (CSS Fonts 4, 4.5).
        let first = fonts.chain_in(setting.style, setting.forms).first();
        let mut faces: Vec<_> = faces.iter().collect();
        faces.sort_by_key(|&(face, _)| Some(face) != first);
        for (face, characters) in faces {
            if let Some(path) = paths.get(face) {
                let range = (Some(face) != first).then_some(characters);
                rule(&mut css, &family, setting.style.weight, path, range);
            }
        }
    }
    if !paths.is_empty() {
        roles(&mut css, home, used);
    }
    Embedded { files, css }
}

/// The path of each face's font.
type Paths = BTreeMap<FaceId, String>;

/// The fonts, and where each face's is.
fn cut(fonts: &Fonts, needed: &Needed, sink: &mut Sink) -> (Vec<CutFont>, Paths) {
    let needed: Vec<(FaceId, &Characters)> = needed.iter().map(|(&id, it)| (id, it)).collect();
    let excerpts: Vec<Result<Vec<u8>, Message>> =
        needed.par_iter().map(|&(id, characters)| fonts.face(id).excerpt(characters)).collect();
    let mut files = Vec::new();
    let mut paths = Paths::new();
    for ((id, _), excerpt) in needed.into_iter().zip(excerpts) {
        match excerpt {
            Ok(bytes) => {
                let path = format!("fonts/font{:02}.ttf", files.len() + 1);
                paths.insert(id, path.clone());
                files.push((path, bytes));
            }
            Err(why) => sink.report(left_out(fonts.face(id).name(), &why)),
        }
    }
    (files, paths)
}

/// Says that a face does not go along.
fn left_out(name: &str, why: &Message) -> Diagnostic {
    let message = message!("the EPUB leaves the font `{name}` out: {why}", name, why = *why);
    Diagnostic::new(Code::FontLeftOut, Place::Book, message)
        .hint("use a font with TrueType outlines whose licence permits embedding")
        .hint("`embed = \"none\"` in `[epub]` leaves all characters to the reader's own fonts")
}

/// The name of a family in the style sheet.
fn family(family: Family, forms: Forms, home: Forms) -> String {
    let name = match family {
        Family::Serif => "book-serif",
        Family::Sans => "book-sans",
        Family::Kai => "book-kai",
        Family::Mono => "book-mono",
    };
    if forms == home {
        return name.to_owned();
    }
    let forms = match forms {
        Forms::Simplified => "simplified",
        Forms::Traditional => "traditional",
        Forms::Japanese => "japanese",
        Forms::Korean => "korean",
        Forms::Western => "western",
    };
    format!("{name}-{forms}")
}

/// What stands in where a reader has no use for the fonts that come along.
const fn generic(family: Family) -> &'static str {
    match family {
        Family::Serif => "serif",
        Family::Sans => "sans-serif",
        Family::Kai => "\"Kaiti SC\", STKaiti, KaiTi, serif",
        Family::Mono => "monospace",
    }
}

/// `@font-face` for a file, for the characters of `range` alone if there is one.
fn rule(css: &mut String, family: &str, weight: Weight, path: &str, range: Option<&Characters>) {
    let weight = match weight {
        Weight::Regular => 400,
        Weight::Bold => 700,
    };
    let range = range.map_or_else(String::new, |characters| {
        format!("  unicode-range: {};\n", stretches(characters).join(", "))
    });
    let _ = write!(
        css,
        "\n@font-face {{\n  font-family: \"{family}\";\n  font-style: normal;\n  \
         font-weight: {weight};\n  src: url(\"{path}\");\n{range}}}\n"
    );
}

/// The stretches of a set, as CSS writes them: `U+9FA6-9FB0`.
fn stretches(characters: &Characters) -> Vec<String> {
    let mut stretches: Vec<(u32, u32)> = Vec::new();
    for code in characters.iter().map(u32::from) {
        match stretches.last_mut() {
            Some((_, last)) if *last + 1 == code => *last = code,
            Some(_) | None => stretches.push((code, code)),
        }
    }
    let written = stretches.into_iter().map(|(first, last)| {
        if first == last { format!("U+{first:X}") } else { format!("U+{first:X}-{last:X}") }
    });
    written.collect()
}

/// Which text is set in which family, for the book's language and those that it quotes.
fn roles(css: &mut String, home: Forms, used: &Used) {
    let mut say = |selectors: &str, of: Family, forms: Forms| {
        let (name, generic) = (family(of, forms, home), generic(of));
        let _ = write!(css, "\n{selectors} {{ font-family: \"{name}\", {generic}; }}\n");
    };
    let named = || ROLES.into_iter().filter_map(|(selector, family, _)| Some((selector, family?)));
    say("body", Family::Serif, home);
    named().for_each(|(selector, family)| say(selector, family, home));
    for (&forms, languages) in &used.languages {
        for language in languages {
            say(&format!(":lang({language})"), Family::Serif, forms);
            for (selector, family) in named() {
                let selectors =
                    format!("{selector}:lang({language}), {selector} :lang({language})");
                say(&selectors, family, forms);
            }
        }
    }
}
