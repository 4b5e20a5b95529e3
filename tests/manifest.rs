//! `book.toml` in; the manifest, or what is wrong, out.

use std::fmt::Write;

use banxin::diag::Sink;
use banxin::files::Folder;
use banxin::manifest::{
    self, Alternate, BookletChoice, CoverChoice, Entry, Manifest, Metadata, Palette, Profile,
};

use crate::cases;

#[test]
fn sound() {
    cases::run("manifest/sound.txt", show);
}

#[test]
fn syntax() {
    cases::run("manifest/syntax.txt", show);
}

#[test]
fn shape() {
    cases::run("manifest/shape.txt", show);
}

#[test]
fn meaning() {
    cases::run("manifest/meaning.txt", show);
}

/// The pages around the text, covers, credits.
#[test]
fn imprint() {
    cases::run("manifest/imprint.txt", show);
}

/// What became of a `book.toml`: a line for each thing it says, or for each finding.
fn show(text: &str) -> String {
    // Of a case that has other editions, the first is wanted.
    let edition =
        text.split_once("[[editions]]\nname = \"").and_then(|(_, rest)| rest.split_once('"'));
    let edition = edition.map(|(name, _)| name);
    let mut sink = Sink::default();
    let folder = Folder::Memory([("book.toml".to_owned(), text.into())].into());
    let read = manifest::read(&folder, edition, &mut sink);
    let mut shown: String =
        sink.findings().iter().map(|finding| sink.line(finding) + "\n").collect();
    if let Ok(manifest) = read {
        dump(&manifest, &mut shown).unwrap();
    }
    shown
}

/// `modified` is left out: it depends on the environment.
fn dump(manifest: &Manifest, out: &mut String) -> std::fmt::Result {
    let data = &manifest.metadata;
    writeln!(out, "ok {}: {:?}, {:?}", manifest.slug, data.title, data.subtitle)?;
    if manifest.edition.name != manifest::MAIN {
        let (conversion, words) = (manifest.edition.conversion, &manifest.edition.words);
        writeln!(out, "edition {}: {conversion:?}, {words:?}", manifest.edition.name)?;
    }
    writeln!(out, "language {} by the rules of {}", data.language, data.rules.tag)?;
    writeln!(out, "identifier {:?}, publisher {:?}", data.identifier, data.publisher)?;
    writeln!(out, "date {}, rights {:?}", data.date, data.rights)?;
    writeln!(out, "description {:?}", data.description)?;
    catalogue(data, out)?;
    for credit in &manifest.credits {
        write!(out, "{} ({}): {}", credit.role, credit.relator, credit.names.join(" | "))?;
        let sort = credit.sort.join(" | ");
        writeln!(out, "{}{sort}", if sort.is_empty() { "" } else { ", sorted by " })?;
        for Alternate { of, language, name } in &credit.alternates {
            writeln!(out, "  {}, in {language} {name}", credit.names[*of])?;
        }
    }
    for entry in &manifest.contents {
        match entry {
            Entry::Part(title) => writeln!(out, "part {title:?}")?,
            Entry::Chapter(chapter) => {
                write!(out, "{:?} {}", chapter.matter, chapter.file.value)?;
                match &chapter.source {
                    Some(from) => {
                        writeln!(out, ": {:?}", [&from.institution, &from.title, &from.date])?;
                        let further = [&from.language, &from.url, &from.note];
                        if further.iter().any(|words| !words.is_empty()) {
                            writeln!(out, "  {further:?}")?;
                        }
                    }
                    None => writeln!(out)?,
                }
            }
        }
    }
    let cover = manifest.cover.picture.as_ref().map(|cover| cover.value.as_str());
    writeln!(out, "cover {cover:?}, trim {}, opening {:?}", manifest.trim.name, manifest.opening)?;
    writeln!(out, "numbering {:?}, outputs {:?}", manifest.numbering, manifest.outputs)?;
    writeln!(out, "emphasis {:?}", manifest.typesetting.emphasis)?;
    let print = &manifest.printer.value;
    writeln!(
        out,
        "print {:?} {:?} to {} %, bleed {:.1} mm, marks {}, slug {}, sheet {}, multiple of {}",
        print.standard,
        print.colours,
        print.ink,
        print.bleed.as_mm(),
        print.marks,
        print.slug,
        print.sheet.in_mm(),
        print.pages.multiple
    )?;
    let usual = BookletChoice { printer: manifest.booklet.printer, ..BookletChoice::default() };
    if manifest.booklet != usual {
        booklet(&manifest.booklet, out)?;
    }
    writeln!(out, "contents of the EPUB {} deep", manifest.epub.toc_depth)?;
    if manifest.epub.profile != Profile::Reader {
        let (profile, embed) = (manifest.epub.profile, manifest.epub.embed);
        writeln!(out, "EPUB for {profile:?}, fonts {embed:?}")?;
    }
    if let Some(name) = &manifest.epub.certified_by {
        writeln!(out, "certified by {}", name.value)?;
    }
    around(manifest, out)?;
    let fonts = &manifest.fonts;
    let folder = fonts.folder.as_ref().map(|folder| folder.value.as_str());
    let families = [&fonts.serif, &fonts.sans, &fonts.kai, &fonts.mono]
        .map(|family| family.as_ref().map_or("", |family| family.value.as_str()));
    writeln!(out, "fonts {folder:?} {families:?}, the machine's too: {}", fonts.system)
}

/// The booklet, where the book says anything of it.
fn booklet(choice: &BookletChoice, out: &mut String) -> std::fmt::Result {
    let (paper, colours) = (choice.printer.sheet.in_mm(), choice.printer.colours);
    let (thickness, lines) = (choice.thickness.as_mm(), choice.lines.as_mm());
    writeln!(out, "booklet {:?} on {paper} in {colours:?}, {thickness:.3} mm thick", choice.kind)?;
    writeln!(out, "signature {:?}, cover {:?}", choice.signature, choice.cover)?;
    writeln!(out, "marks {}, {:?}, {:?}", choice.marks, choice.spine, choice.fitting)?;
    writeln!(out, "notes {:?} every {lines:.1} mm, {:?}", choice.notes, choice.part)
}

/// What stands around the text, where the book says any of it.
fn around(manifest: &Manifest, out: &mut String) -> std::fmt::Result {
    let cover = &manifest.cover;
    let (picture, spine) = (cover.picture.clone(), cover.spine);
    if *cover != (CoverChoice { picture, spine, ..CoverChoice::default() }) {
        let Palette { ink, paper, accent } = cover.palette;
        writeln!(out, "cover {:?}, ink {ink:?} on {paper:?}, {accent:?}", cover.design)?;
        let blurb = cover.blurb.as_ref().map_or("", |blurb| &blurb.value);
        writeln!(out, "blurb {blurb:?}")?;
    }
    if manifest.half_title {
        writeln!(out, "half title")?;
    }
    if !manifest.dedication.is_empty() {
        writeln!(out, "dedication {:?}", manifest.dedication)?;
    }
    if manifest.picture_credits {
        writeln!(out, "picture credits")?;
    }
    if let Some(imprint) = &manifest.imprint {
        writeln!(out, "{imprint:#?}")?;
    }
    Ok(())
}

/// What only catalogues ask for, where the book says any of it.
fn catalogue(data: &Metadata, out: &mut String) -> std::fmt::Result {
    if let Some(isbn) = &data.isbn {
        writeln!(out, "isbn {} printed {}", isbn.digits, isbn.written)?;
    }
    for (name, value) in [("licence", &data.licence), ("source", &data.source)] {
        if !value.is_empty() {
            writeln!(out, "{name} {value}")?;
        }
    }
    for subject in &data.subjects {
        writeln!(out, "subject {:?} {:?}", subject.name, subject.code)?;
    }
    if let Some(series) = &data.series {
        write!(out, "series {:?}, place {:?}", series.name, series.position)?;
        writeln!(out, "{}{}", if series.issn.is_empty() { "" } else { ", ISSN " }, series.issn)?;
    }
    Ok(())
}
