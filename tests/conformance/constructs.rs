//! A book that has every construct once or more, the same every time.

use std::io::Cursor;

use banxin::files::Folder;
use image::{DynamicImage, GrayImage, ImageFormat, Luma, Rgb, RgbImage, Rgba, RgbaImage};

use crate::sample;

/// What a build says about it.
pub const FINDINGS: &str = "warning[wide-table] tables.md:97:1: this table of 15 columns is wider \
    than the measure and stands in 3 parts\n  hint: turn its rows into columns\n\
    warning[low-resolution] figures.md:7:10: this picture is 96.3 mm wide and has 158 dpi there; \
    the printer asks for 300 dpi of pictures\n  hint: it passes at a width of 50.8 mm, or with \
    1138 × 569 pixels\n\
    warning[low-resolution] figures.md:9:11: this picture is 96.3 mm wide and has 105 dpi there; \
    the printer asks for 300 dpi of pictures\n  hint: it passes at a width of 33.8 mm, or with \
    1138 × 1138 pixels\n";
/// Where a text is too long to be written out.
const LONG: &str = "×LONG";
/// Where a table has many columns.
const WIDE: &str = "×WIDE";

/// Its folder.
pub fn folder() -> Folder {
    let text = include_str!("constructs.txt");
    let (before_notes, rest) = text.split_once(LONG).expect("a long note");
    let (notes, tables) = rest.split_once(LONG).expect("a long table");
    let text = [before_notes, &long_note(), notes, &long_table(), tables].concat();
    let Folder::Memory(mut files) = sample::folder(&text.replace(WIDE, &wide_table())) else {
        panic!("a folder in memory");
    };
    let drawing = include_bytes!("constructs.svg");
    files.insert("drawing.svg".into(), drawing.to_vec());
    files.insert("photo.jpg".into(), photo());
    files.insert("alpha.png".into(), alpha());
    files.insert("grey.png".into(), grey());
    Folder::Memory(files)
}

/// A note that does not fit the page it begins on.
fn long_note() -> String {
    "这是一个很长的注，长到要接到下一页去，所以同一句话说了许多遍。".repeat(40)
}

/// A table that goes over several pages.
fn long_table() -> String {
    let row =
        |number| format!("| 第{number}行 | {} | 说明文字若干，其中有《书名》 |\n", number * 7);
    let rows: String = (1..=70).map(row).collect();
    format!("| 行 | 数 | 说明 |\n|---|---:|---|\n{rows}")
}

/// A table that is wider than the page, whose head and first column come again.
fn wide_table() -> String {
    let row = |words: &str| format!("| 项目 |{}\n", format!(" {words} |").repeat(14));
    let rule = format!("|---|{}\n", "---|".repeat(14));
    row("很长的栏目") + &rule + &row("一些文字").repeat(6)
}

/// A picture in the bytes of a file.
pub fn packed(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.into().write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn photo() -> Vec<u8> {
    let picture = RgbImage::from_fn(1200, 800, |x, y| Rgb([(x / 5) as u8, (y / 4) as u8, 90]));
    packed(picture, ImageFormat::Jpeg)
}

/// A picture whose right half lets the paper through.
fn alpha() -> Vec<u8> {
    let cover = |x| if x < 300 { 255 } else { 64 };
    let picture = RgbaImage::from_fn(600, 300, |x, y| Rgba([200, (y / 2) as u8, 30, cover(x)]));
    packed(picture, ImageFormat::Png)
}

fn grey() -> Vec<u8> {
    packed(GrayImage::from_fn(400, 400, |x, y| Luma([((x + y) / 4) as u8])), ImageFormat::Png)
}
