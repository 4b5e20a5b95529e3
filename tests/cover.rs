//! The cover sheet, as it is written.

use banxin::diag::Sink;
use banxin::files::Folder;
use banxin::profile::Product;

/// The findings of a book with these tables, and its cover sheet.
fn built(tables: &str) -> (Vec<String>, Option<Vec<u8>>) {
    let toml = format!(
        "title = \"书\"\nidentifier = \"urn:uuid:0\"\ndate = \"2025-12-23\"\n\
         isbn = \"978-0-306-40615-7\"\n{tables}\n[contents]\nbody = [\"one.md\"]\n"
    );
    let files = [("book.toml".to_owned(), toml.into()), ("one.md".into(), "# 章\n\n文".into())];
    let mut sink = Sink::default();
    let folder = Folder::Memory(files.into());
    let edition = banxin::build(&folder, None, &[Product::Cover], &mut sink);
    let said = sink.findings().iter().map(|finding| sink.line(finding)).collect();
    (said, edition.ok().map(|mut edition| edition.files.remove(0).bytes))
}

/// The trim box of the one page and the content of its marks, in points.
fn trim_and_marks(pdf: &[u8]) -> ([f64; 4], String) {
    let document = lopdf::Document::load_mem(pdf).unwrap();
    let page = document.get_dictionary(document.get_pages()[&1]).unwrap();
    let side = |object: &lopdf::Object| f64::from(object.as_float().unwrap());
    let sides: Vec<f64> =
        page.get(b"TrimBox").unwrap().as_array().unwrap().iter().map(side).collect();
    let resources =
        document.get_object(page.get(b"Resources").unwrap().as_reference().unwrap_or((0, 0)));
    let resources = resources.or(page.get(b"Resources")).unwrap().as_dict().unwrap();
    let objects = resources.get(b"XObject").unwrap().as_dict().unwrap();
    let marks = objects.get(b"Marks").unwrap().as_reference().unwrap();
    let stream = document.get_object(marks).unwrap().as_stream().unwrap();
    let content = stream.decompressed_content().unwrap_or_else(|_| stream.content.clone());
    (sides.try_into().unwrap(), String::from_utf8(content).unwrap())
}

const POINTS: f64 = 72.0 / 25.4;

#[test]
fn the_spine_between_the_folds_is_half_the_pages_by_the_leaf_and_twice_the_board() {
    let tables = "[cover.spine]\nweight = 800\nbulk = 1.3\n";
    assert_eq!(built(tables).0.len(), 1, "no paper weighs so much");
    // The pages are filled up to 64: 32 leaves of 0.26 mm.
    let tables =
        "[print]\npages = 64\n[cover.spine]\nweight = 200\nbulk = 1.3\nboard = \"0.5mm\"\n";
    let (said, pdf) = built(tables);
    assert_eq!(said, [] as [&str; 0]);
    let ([left, _, right, _], marks) = trim_and_marks(&pdf.unwrap());
    let spine = (32.0 * 0.26 + 2.0 * 0.5) * POINTS;
    assert!((right - left - 2.0 * 148.0 * POINTS - spine).abs() < 0.01);
    let folds = &marks[marks.find("[3 1.5]").expect("marks of the folds")..];
    let words: Vec<&str> = folds.split_whitespace().collect();
    let starts = words.windows(3).filter(|words| words[2] == "m");
    let mut places: Vec<f64> = starts.map(|words| words[0].parse().unwrap()).collect();
    places.dedup();
    let middle = (left + right) / 2.0;
    assert_eq!(places.len(), 2, "{folds}");
    assert!((places[0] - (middle - spine / 2.0)).abs() < 0.01, "{places:?}");
    assert!((places[1] - (middle + spine / 2.0)).abs() < 0.01, "{places:?}");
}

#[test]
fn a_spine_too_narrow_for_words_is_told_and_the_sheet_is_written() {
    let (said, pdf) = built("[cover.spine]\ncaliper = \"0.2mm\"\n");
    assert_eq!(
        said,
        ["warning[narrow-spine] book.toml:5:1: the spine is 1.3 mm wide and stays without words; \
          they stand on one from 5.0 mm on\n  hint: tell the paper in `[cover.spine]`, if the book is thicker"]
    );
    assert!(pdf.is_some());
}

#[test]
fn a_blurb_that_has_no_room_is_told_at_its_key() {
    let words = "一段话。".repeat(1000);
    let (said, pdf) = built(&format!("[cover]\nblurb = \"{words}\"\n"));
    assert!(pdf.is_none());
    assert_eq!(
        said,
        [
            "error[bad-value] book.toml:6:9: the back cover has no room for a blurb of 4000 characters\n  \
          hint: shorten it: at its smallest size, 1258 characters fit"
        ]
    );
}

#[test]
fn a_cover_wider_than_every_sheet_is_refused() {
    let (said, pdf) = built("[pages]\ntrim = \"16开\"\n[print]\nprinter = \"office\"\n");
    assert!(pdf.is_none());
    assert!(said.iter().any(|said| said.contains("sheet-too-small")), "{said:?}");
}
