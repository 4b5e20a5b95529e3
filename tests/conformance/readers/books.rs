//! The books that readers open: the sample, and five that are each heavy with one thing.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use banxin::diag::Sink;
use banxin::files::Folder;
use banxin::profile::Product;
use image::{ImageFormat, Rgb, RgbImage};
use tempfile::TempDir;

use super::super::constructs::packed;
use super::super::{built, findings, sample};
use super::draft::{Draft, Phrases, SIMPLIFIED, TRADITIONAL};
use super::words::Words;

/// A book.
pub struct Sample {
    /// What messages call it.
    pub name: &'static str,
    /// Its folder.
    pub folder: Folder,
    /// What a reader should find in it, where it was generated.
    pub words: Option<Words>,
    /// What stands before the source of a figure or table.
    pub source: &'static str,
    /// The EPUB.
    pub epub: PathBuf,
}

impl Sample {
    /// Whether its EPUB has the pages of a printed book.
    pub fn is_paged(&self) -> bool {
        self.name != "chapters"
    }
}

/// A book to generate.
struct Recipe {
    name: &'static str,
    /// Its `book.toml` up to the contents, and after them.
    manifest: [&'static str; 2],
    phrases: &'static Phrases,
    chapters: usize,
    /// What stands in a chapter below its title.
    chapter: fn(&mut Draft),
}

const RECIPES: [Recipe; 5] = [
    Recipe {
        name: "notes",
        manifest: [
            "title = \"注释集\"\nsubtitle = \"读书\\\"札记\\\" & <补遗>\"\nlanguage = \"zh-Hans\"\n\
             isbn = \"978-0-306-40615-7\"\npublisher = \"渡口书局\"\nsubjects = [\"札记\"]\n\
             series = { name = \"渡口丛书\", position = 3 }\n\
             [[credits]]\nrole = \"著\"\nnames = [\"江渡\", \"山驿\"]\nsort = [\"Jiang, Du\", \"Shan, Yi\"]\n\
             [[credits]]\nrole = \"译\"\nnames = [\"印坊\"]\n",
            "[epub]\nembed = \"full\"\ntoc-depth = 3\n",
        ],
        phrases: &SIMPLIFIED,
        chapters: 6,
        chapter: |draft| {
            for section in 1..=4 {
                draft.heading(2, &format!("第{section}类"));
                draft.paragraph();
                draft.heading(3, &format!("第{section}类之一"));
                (0..10).for_each(|place| draft.noted(1 + place / 7));
                draft.others();
            }
        },
    },
    Recipe {
        name: "tables",
        manifest: ["title = \"表格集\"\nlanguage = \"zh-Hans\"\n", "[epub]\nembed = \"none\"\n"],
        phrases: &SIMPLIFIED,
        chapters: 6,
        chapter: |draft| {
            draft.noted(1);
            for columns in [2, 3, 4, 5] {
                draft.heading(2, &format!("{columns}栏"));
                draft.table(columns, 6);
                draft.table(columns, 12);
            }
        },
    },
    Recipe {
        name: "pictures",
        manifest: ["title = \"图集\"\nlanguage = \"zh-Hans\"\n", ""],
        phrases: &SIMPLIFIED,
        chapters: 5,
        chapter: |draft| {
            for (place, path) in PICTURES.iter().enumerate() {
                draft.heading(2, &format!("第{}组", place + 1));
                draft.figure(path);
                draft.paragraph();
                draft.picture_in_line(path);
                draft.noted(1);
            }
        },
    },
    Recipe {
        name: "vertical",
        manifest: [
            "title = \"直排集\"\nlanguage = \"zh-Hant\"\n\
             [[credits]]\nrole = \"著\"\nnames = [\"江渡\"]\n",
            "[epub]\nwriting = \"vertical\"\nembed = \"full\"\n",
        ],
        phrases: &TRADITIONAL,
        chapters: 5,
        chapter: |draft| {
            for (section, picture) in PICTURES.into_iter().enumerate().skip(1).take(3) {
                draft.heading(2, &format!("第{section}節"));
                (0..6).for_each(|_| draft.paragraph());
                draft.noted(2);
                draft.others();
                draft.table(3, 4);
                draft.figure(picture);
            }
        },
    },
    Recipe {
        name: "chapters",
        manifest: [
            "title = \"长编\"\nlanguage = \"zh-Hans\"\n",
            "[outputs]\nformats = [\"epub\"]\n",
        ],
        phrases: &SIMPLIFIED,
        chapters: 300,
        chapter: |draft| {
            for section in ["上", "下"] {
                draft.heading(2, section);
                draft.paragraph();
                draft.noted(1);
            }
        },
    },
];

/// What every book says of itself beside the rest.
const COMMON: &str = "date = \"2025-12-23\"\n\
                      identifier = \"urn:uuid:c3a27b4c-5584-4a3a-88e6-c676eb6a870a\"\n";
/// The pictures of every book.
const PICTURES: [&str; 4] = ["a.jpg", "b.png", "c.svg", "d.jpg"];
/// One of them.
const DRAWING: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 400 200\">\
    <rect x=\"10\" y=\"10\" width=\"380\" height=\"180\" fill=\"#fff\" stroke=\"#333\"/>\
    <text x=\"40\" y=\"110\" font-family=\"sans-serif\" font-size=\"24\">深浅 12 尺</text></svg>";

/// All six, each built once.
pub fn all() -> &'static [Sample] {
    static BOOKS: OnceLock<(TempDir, Vec<Sample>)> = OnceLock::new();
    let (_, books) = BOOKS.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let digest = folder.path().join("digest.epub");
        std::fs::copy(built(Product::Epub), &digest).unwrap();
        let digest = Sample {
            name: "digest",
            folder: Folder::Disk(sample()),
            words: None,
            source: SIMPLIFIED.source,
            epub: digest,
        };
        let generated =
            RECIPES.iter().map(|recipe| generated(recipe, recipe.chapters, folder.path()));
        let books = std::iter::once(digest).chain(generated).collect();
        (folder, books)
    });
    books
}

/// The sample in traditional characters.
pub fn traditional(folder: &Path) -> Sample {
    let epub = folder.join("traditional.epub");
    std::fs::copy(super::super::traditional(Product::Epub), &epub).unwrap();
    let folder = Folder::Disk(sample());
    Sample { name: "traditional", folder, words: None, source: TRADITIONAL.source, epub }
}

/// The last of them with a tenth of its chapters, for a reader that takes its time over each.
pub fn shortened(folder: &Path) -> Sample {
    let recipe = &RECIPES[RECIPES.len() - 1];
    generated(recipe, recipe.chapters / 10, folder)
}

/// Writes the text of a book with so many chapters, and builds it into a folder.
fn generated(recipe: &Recipe, chapters: usize, folder: &Path) -> Sample {
    let mut words = Words::default();
    let mut files = BTreeMap::new();
    for number in 1..=chapters {
        let mut draft = Draft::new(recipe.phrases, number, &format!("卷{number}"));
        (recipe.chapter)(&mut draft);
        files.insert(format!("c{number}.md"), draft.markdown.into_bytes());
        words.add(draft.words);
    }
    let body: Vec<String> = (1..=chapters).map(|number| format!("\"c{number}.md\"")).collect();
    let [before, after] = recipe.manifest;
    let (top, credits) = before.split_at(before.find("[[").unwrap_or(before.len()));
    let contents = format!("[contents]\nbody = [{}]\n", body.join(", "));
    let manifest = [top, COMMON, credits, &contents, after].concat();
    files.insert("book.toml".into(), manifest.into_bytes());
    files.extend(PICTURES.map(|path| (path.to_owned(), picture(path))));
    let files = Folder::Memory(files);

    let name = recipe.name;
    let mut sink = Sink::default();
    let edition = banxin::build(&files, None, &[Product::Epub], &mut sink)
        .unwrap_or_else(|_| panic!("{name}: {}", findings(&sink)));
    assert_eq!(findings(&sink), "", "{name}");
    let epub = folder.join(name).with_extension("epub");
    std::fs::write(&epub, &edition.files[0].bytes).unwrap();
    Sample { name, folder: files, words: Some(words), source: recipe.phrases.source, epub }
}

/// The picture under a path.
fn picture(path: &str) -> Vec<u8> {
    let tint = path.as_bytes()[0];
    let shades = |x: u32, y: u32| Rgb([(x / 5) as u8, (y / 4) as u8, tint]);
    let pixels = RgbImage::from_fn(1200, 800, shades);
    match path.rsplit_once('.').unwrap().1 {
        "jpg" => packed(pixels, ImageFormat::Jpeg),
        "png" => packed(pixels, ImageFormat::Png),
        _ => DRAWING.into(),
    }
}
