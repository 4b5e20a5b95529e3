//! The print PDFs through a PDF/X-4 checker of its own, and through Ghostscript, which counts inks.

use std::path::PathBuf;
use std::process::{Command, Output};

use banxin::diag::Sink;
use banxin::files::Folder;
use banxin::layout::{self, Item, Page};
use banxin::profile::Product;

use super::{built, call, constructs, printed, python_package, resolved, run, sample, traditional};

/// Runs a script that stands beside this file and needs pikepdf.
fn script(name: &str, files: &[PathBuf]) -> Option<Output> {
    python_package("pikepdf")?;
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/conformance/");
    call(Command::new("python3").arg(folder.to_owned() + name).args(files))
}

#[test]
fn print_pdfs_keep_pdf_x_4() {
    let print = Product::Print;
    let cover = Product::Cover;
    let files = [
        built(print),
        traditional(print),
        constructs(print),
        built(cover),
        traditional(cover),
        constructs(cover),
    ];
    let Some(output) = script("x4.py", &files) else { return };
    assert!(output.status.success() && printed(&output) == "\n", "{}", printed(&output));
}

#[test]
fn the_checker_of_pdf_x_4_finds_each_fault() {
    let Some(output) = script("x4_faults.py", &[built(Product::Print)]) else { return };
    assert!(output.status.success(), "{}", printed(&output));
}

/// The inks of a page as Ghostscript lays them: how much of it each of C, M, Y and K covers.
fn inks(line: &str) -> [f64; 4] {
    let mut numbers = line.split_whitespace().map_while(|word| word.parse().ok());
    std::array::from_fn(|_| numbers.next().expect("four inks"))
}

#[test]
fn pages_of_text_have_ink_on_black_alone() {
    // Marks stand outside the trim, and on every plate.
    let arguments = "-q -dBATCH -dNOPAUSE -dUseTrimBox -sDEVICE=inkcov -r40 -o -";
    let arguments: Vec<&str> = arguments.split(' ').collect();
    let Some(output) = run("gs", &arguments, &built(Product::Print)) else { return };
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    let lines = String::from_utf8(output.stdout).unwrap();
    let (book, fonts) = resolved(&Folder::Disk(sample()));
    let layout = layout::lay_out(&book, &fonts, &mut Sink::default());
    assert!(lines.lines().count() >= layout.pages.len(), "{lines}");
    let has_picture =
        |page: &Page| page.items.iter().any(|item| matches!(item, Item::Picture { .. }));
    let mut texts = 0;
    for (page, line) in layout.pages.iter().zip(lines.lines()) {
        let [c, m, y, k] = inks(line);
        if has_picture(page) {
            continue;
        }
        assert_eq!([c, m, y], [0.0; 3], "{line}");
        texts += usize::from(k > 0.0);
    }
    assert!(texts > 40, "{texts} pages of text");
}
