//! The bars on the back cover through a reader of bars.

use std::process::Command;

use banxin::profile::Product;

use super::{call, constructs, printed};

/// At the resolution of an office scanner, and at that of a press.
#[test]
fn zbar_reads_the_isbn_on_the_last_page_of_the_screen_pdf() {
    let file = constructs(Product::Screen);
    let folder = tempfile::tempdir().unwrap();
    for resolution in ["150", "600"] {
        let page = folder.path().join(resolution);
        let last = match call(Command::new("pdfinfo").arg(&file)) {
            Some(output) => last_page(&printed(&output)),
            None => return,
        };
        let mut draw = Command::new("pdftoppm");
        draw.args(["-r", resolution, "-singlefile", "-png", "-f", &last, "-l", &last]);
        let Some(drawn) = call(draw.arg(&file).arg(&page)) else { return };
        assert!(drawn.status.success(), "{}", printed(&drawn));
        let mut read = Command::new("zbarimg");
        read.args(["--quiet", "--nodbus"]).arg(page.with_extension("png"));
        let Some(read) = call(&mut read) else { return };
        assert_eq!(printed(&read), "EAN-13:9780306406157\n", "at {resolution} dpi");
    }
}

/// The number of the last page, as `pdfinfo` tells it.
fn last_page(info: &str) -> String {
    let line = info.lines().find_map(|line| line.strip_prefix("Pages:"));
    line.expect("a number of pages").trim().to_owned()
}
