//! Which faces a book is set in: its own, the machine's when asked for, the bundled ones.

use std::borrow::Cow;
use std::sync::{Arc, LazyLock, OnceLock};

use resvg::usvg::fontdb;

use super::{Chains, Face, FaceId, Family, Fonts, Style, Weight, bundled, id};
use crate::diag::{Code, Diagnostic, List, Message, Outcome, Place, Sink};
use crate::files::{BookPath, Folder};
use crate::manifest::{FontChoice, Located};
use crate::message;
use crate::script::Forms;

/// The most faces a build keeps.
const MOST_FACES: usize = 200;

/// The bundled faces, shared by all books that one process builds: the tables of each are made when
/// the first book looks into it.
static BUNDLED: LazyLock<Vec<Arc<Face>>> =
    LazyLock::new(|| bundled::ALL.iter().map(|file| Arc::new(Face::bundled(file))).collect());

/// What the machine has, looked through when the first book asks for it.
static MACHINE: LazyLock<fontdb::Database> = LazyLock::new(|| {
    let mut database = fontdb::Database::new();
    database.load_system_fonts();
    database
});

/// Loads the faces that `choice` asks for, with the bundled ones behind them.
///
/// # Errors
/// A font file cannot be used, or a family is nowhere to be found.
pub fn load(choice: &FontChoice, files: &Folder, sink: &mut Sink) -> Outcome<Fonts> {
    let mut faces = own_faces(choice, files, sink);
    let machine = choice.system.then(|| &*MACHINE);
    let mut asked: Vec<(Family, FaceId)> = Vec::new();
    for (family, name) in [
        (Family::Serif, &choice.serif),
        (Family::Sans, &choice.sans),
        (Family::Kai, &choice.kai),
        (Family::Mono, &choice.mono),
    ] {
        let Some(name) = name else { continue };
        if !faces.iter().any(|face| face.family() == name.value) {
            faces.extend(machine_faces(machine, &name.value).into_iter().map(Arc::new));
        }
        let found = faces.iter().enumerate().filter(|(_, face)| face.family() == name.value);
        let before = asked.len();
        asked.extend(found.map(|(index, _)| (family, id(index))));
        if asked.len() == before {
            sink.report(unknown_family(name, &faces, choice.system));
        }
    }
    let first_bundled = faces.len();
    faces.extend(BUNDLED.iter().map(Arc::clone));
    let home = choice.forms;
    let chains = Forms::ALL.map(|forms| chains(&faces, &asked, first_bundled, home, forms));
    sink.settle(Fonts { faces, home, chains, database: OnceLock::new() })
}

/// The faces of the files in the book's font folder.
fn own_faces(choice: &FontChoice, files: &Folder, sink: &mut Sink) -> Vec<Arc<Face>> {
    let Some(folder) = &choice.folder else { return Vec::new() };
    let is_font = |name: &str| {
        let name = name.to_ascii_lowercase();
        [".ttf", ".otf", ".ttc", ".otc"].iter().any(|ending| name.ends_with(ending))
    };
    let mut faces = Vec::new();
    let names = files.list(&folder.value);
    for path in names.iter().filter(|path| is_font(path.as_str())) {
        let Ok(bytes) = files.read(path) else {
            let finding = Diagnostic::new(
                Code::UnreadableFile,
                Place::File(path.to_string()),
                "this font file cannot be read",
            );
            sink.report(finding);
            continue;
        };
        for index in 0..Face::count(&bytes).min(64) {
            match Face::parse(Cow::Owned(bytes.clone()), index) {
                Ok(face) if faces.len() < MOST_FACES => faces.push(Arc::new(face)),
                Ok(_) => {}
                Err(why) => sink.report(broken(path, &why)),
            }
        }
    }
    if faces.is_empty() {
        let message = message!("there is no font file in `{folder}`", folder = folder.value);
        sink.report(Diagnostic::new(Code::MissingFile, folder.span, message));
    }
    faces
}

/// The machine's faces of a family, regular and bold.
fn machine_faces(machine: Option<&fontdb::Database>, family: &str) -> Vec<Face> {
    let Some(database) = machine else { return Vec::new() };
    let weights = [fontdb::Weight::NORMAL, fontdb::Weight::BOLD];
    weights
        .into_iter()
        .filter_map(|weight| {
            let families = [fontdb::Family::Name(family)];
            let query = fontdb::Query { families: &families, weight, ..Default::default() };
            let found = database.query(&query)?;
            database.with_face_data(found, |bytes, index| {
                Face::parse(Cow::Owned(bytes.to_vec()), index).ok()
            })?
        })
        .collect()
}

/// How early a face is tried: by its forms and family, then by family and weight.
type Rank = (usize, u8, u8);
/// After all others.
const LAST: Rank = (usize::MAX, 0, 0);

/// For every style of text that has `forms`, the faces it tries. In the book's own language
/// (`home`) those asked for by name come first, elsewhere the bundled ones with the same forms, its
/// own family and weight before the others; after them the faces with other forms, and last those
/// that the book brings along without a name for them.
fn chains(
    faces: &[Arc<Face>],
    asked: &[(Family, FaceId)],
    first_bundled: usize,
    home: Forms,
    forms: Forms,
) -> Chains {
    let mut chains = Chains::default();
    for family in Family::ALL {
        for weight in [Weight::Regular, Weight::Bold] {
            let mut ranked: Vec<(Rank, FaceId)> = Vec::new();
            for &(for_family, face) in asked {
                let other_family = u8::from(for_family != family);
                let other_weight = u8::from(faces[face.index()].weight() != weight);
                let group = if forms == home && other_family == 0 { 0 } else { 2 };
                ranked.push(((group, other_family, other_weight), face));
            }
            for (offset, file) in bundled::ALL.iter().enumerate() {
                let Style { family: of, weight: dark } = file.style;
                let distance = if of == family { 0 } else { 1 + of as u8 };
                let group = match away_from(file.forms, forms) {
                    0 if distance == 0 || forms != home => 1,
                    away => 3 + away,
                };
                let rank = (group, distance, u8::from(dark != weight));
                ranked.push((rank, id(first_bundled + offset)));
            }
            ranked.extend((0..first_bundled).map(|index| (LAST, id(index))));
            ranked.sort();
            let chain = &mut chains[Style::new(family, weight).index()];
            for (_, face) in ranked {
                if !chain.contains(&face) {
                    chain.push(face);
                }
            }
        }
    }
    chains
}

/// How far the nearest of `these` forms is from those of a text.
fn away_from(these: &[Forms], forms: Forms) -> usize {
    these.iter().map(|&of| forms.distance(of)).min().unwrap_or(Forms::ALL.len())
}

fn broken(path: &BookPath, why: &Message) -> Diagnostic {
    let place = Place::File(path.to_string());
    Diagnostic::new(
        Code::BrokenFont,
        place,
        message!("this font cannot be used: {why}", why = *why),
    )
}

fn unknown_family(name: &Located<String>, faces: &[Arc<Face>], system: bool) -> Diagnostic {
    let message = message!("no font of the family `{value}` was found", value = name.value);
    let finding = Diagnostic::new(Code::UnknownFont, name.span, message);
    let families: std::collections::BTreeSet<&str> =
        faces.iter().map(|face| face.family()).collect();
    let finding = if families.is_empty() {
        finding.hint("name a folder with font files as `folder`")
    } else {
        let list: List = families.iter().map(|family| format!("`{family}`")).collect();
        finding.hint(message!("the book's font folder has {list}", list))
    };
    if system {
        finding
    } else {
        finding.hint("`system = true` also looks among the machine's fonts")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bundled_only() -> Fonts {
        load(&FontChoice::default(), &Folder::Memory(Default::default()), &mut Sink::default())
            .unwrap()
    }

    fn face_of(family: Family, weight: Weight, c: char) -> Option<String> {
        let fonts = bundled_only();
        fonts.pick(Style::new(family, weight), c).map(|id| fonts.face(id).name().to_owned())
    }

    #[test]
    fn a_character_is_set_in_the_face_asked_for() {
        let set = |family, weight, c| face_of(family, weight, c).unwrap();
        assert_eq!(set(Family::Serif, Weight::Regular, '版'), "NotoSerifSC-Regular");
        assert_eq!(set(Family::Serif, Weight::Bold, '版'), "NotoSerifSC-Bold");
        assert_eq!(set(Family::Kai, Weight::Regular, '心'), "BanxinKai-Regular");
        assert_eq!(set(Family::Mono, Weight::Regular, 'x'), "NotoSansMono-Regular");
    }

    #[test]
    fn another_face_stands_in_for_a_missing_character() {
        assert_eq!(face_of(Family::Mono, Weight::Regular, '版').unwrap(), "NotoSerifSC-Regular");
        assert_eq!(face_of(Family::Kai, Weight::Bold, '心').unwrap(), "BanxinKai-Regular");
        assert_eq!(face_of(Family::Serif, Weight::Regular, '\u{2A6A5}'), None);
    }

    #[test]
    fn each_language_has_its_own_forms_of_a_character() {
        let fonts = bundled_only();
        let set = |family, forms, c| {
            let face = fonts.pick_in(Style::new(family, Weight::Regular), forms, c).unwrap();
            fonts.face(face).name()
        };
        for c in ['骨', '直', '角'] {
            let names = Forms::ALL.map(|forms| set(Family::Serif, forms, c));
            let own = ["NotoSerifSC-Regular", "NotoSerifTC-Regular", "NotoSerifJP-Regular"];
            assert_eq!(names[..3], own);
            // A book in English quotes hanzi as China has them.
            assert_eq!(names[4], own[0]);
        }
        assert_eq!(set(Family::Sans, Forms::Korean, '한'), "NotoSansKR-Regular");
        // Hanja are few in Korean, and nearest to them are those of Taiwan.
        assert_eq!(set(Family::Sans, Forms::Korean, '漢'), "NotoSansTC-Regular");
        // The Kai face is simplified; what quotes other languages is set in their own forms.
        assert_eq!(set(Family::Kai, Forms::Japanese, '骨'), "NotoSerifJP-Regular");
        assert_eq!(set(Family::Kai, Forms::Western, 'x'), "NotoSerifKR-Regular");
        assert_eq!(set(Family::Mono, Forms::Japanese, 'x'), "NotoSansMono-Regular");
    }

    #[test]
    fn a_book_is_set_in_the_forms_of_its_language() {
        let choice = FontChoice { forms: Forms::Japanese, ..FontChoice::default() };
        let files = Folder::Memory(Default::default());
        let fonts = load(&choice, &files, &mut Sink::default()).unwrap();
        let style = Style::new(Family::Serif, Weight::Bold);
        let name = |face| fonts.face(face).name();
        assert_eq!(fonts.pick(style, '版').map(name), Some("NotoSerifJP-Bold"));
        // Another language has what this one lacks.
        assert_eq!(fonts.pick(style, '闫').map(name), Some("NotoSerifSC-Bold"));
    }

    #[test]
    fn a_han_advance_is_an_em() {
        let fonts = bundled_only();
        let style = Style::new(Family::Serif, Weight::Regular);
        let face = fonts.face(fonts.pick(style, '版').unwrap());
        assert_eq!(face.advance(face.glyph('版').unwrap()), face.units_per_em());
    }

    #[test]
    fn a_face_that_the_book_brings_without_naming_it_comes_last() {
        let own = Arc::clone(&BUNDLED[0]);
        let faces: Vec<Arc<Face>> = [own].into_iter().chain(BUNDLED.iter().cloned()).collect();
        for chain in chains(&faces, &[], 1, Forms::Simplified, Forms::Simplified) {
            assert_eq!(chain.len(), faces.len());
            assert_eq!(chain.last(), Some(&id(0)));
        }
        // One that is named comes first for its family, and stands there once.
        let asked = [(Family::Serif, id(0))];
        let chains = chains(&faces, &asked, 1, Forms::Simplified, Forms::Simplified);
        let serif = &chains[Style::new(Family::Serif, Weight::Regular).index()];
        assert_eq!((serif.len(), serif[0]), (faces.len(), id(0)));
    }

    #[test]
    fn a_family_that_is_nowhere_is_an_error_with_a_place() {
        let mut sink = Sink::default();
        let source = sink.sources.add("book.toml", "[fonts]\nserif = \"Nowhere\"\n");
        let span = crate::diag::Span::new(source, 16..25);
        let choice = FontChoice {
            serif: Some(Located { value: "Nowhere".into(), span }),
            ..FontChoice::default()
        };
        assert!(load(&choice, &Folder::Memory(Default::default()), &mut sink).is_err());
        assert!(sink.line(&sink.findings()[0]).starts_with("error[unknown-font] book.toml:2:9"));
    }
}
