//! SVG: read with the book's own faces, resolved to shapes, or rendered to pixels.
//!
//! ```text
//! bytes → markup (checked) → tree (usvg) ─┬→ shapes
//!                                         └→ pixels (resvg)
//! ```

mod markup;
mod paint;
mod shapes;
mod simplified;
mod text;
mod tree;
mod unfold;

use resvg::{tiny_skia, usvg};

use super::{Drawing, Fault, Kind, Picture, Remark, ShownBy, Tones, natural_size, raster};
use crate::diag::Code;
use crate::font::Fonts;
use crate::units::{Length, Size};

/// Points in a CSS pixel, the unit that `usvg` resolves every length to.
const POINTS: f32 = 0.75;

/// Reads a drawing.
pub fn read(
    bytes: Vec<u8>,
    fonts: &Fonts,
    shown_by: ShownBy,
) -> Result<(Picture, Vec<Remark>), Fault> {
    let (tree, shapes, remarks) = match shown_by {
        ShownBy::Pages => {
            let (tree, mut remarks) = tree::read(&bytes, fonts)?;
            let (shapes, more) = shapes::draw(&tree, fonts);
            remarks.extend(more);
            (tree, shapes, remarks)
        }
        ShownBy::Readers => (tree::read_wordless(&bytes)?, Vec::new(), Vec::new()),
    };
    let size = Size {
        width: Length::pt(f64::from(tree.size().width() * POINTS)),
        height: Length::pt(f64::from(tree.size().height() * POINTS)),
    };
    let kind = Kind::Drawing(Drawing { size, shapes });
    Ok((Picture { bytes: bytes.into(), kind, size }, remarks))
}

/// Rows of pixels that are rendered at a time: the whole picture would take the memory of a book. A
/// slope or curve that two bands share is drawn in other steps, and its edge differs by a shade.
const BAND: u32 = 128;

/// Renders a drawing on white, `width` pixels wide, as a PNG.
///
/// # Errors
/// The drawing cannot be read, or so many pixels are too many.
pub fn rasterise(svg: &[u8], width: u32, fonts: &Fonts) -> Result<Picture, Fault> {
    let (tree, _) = tree::read(svg, fonts)?;
    let scale = f64::from(width) / f64::from(tree.size().width());
    // `as` saturates, and the check below refuses what is too large.
    let height = (f64::from(tree.size().height()) * scale).round().max(1.0) as u32;
    let pixels = (width, height);
    raster::check_pixels(pixels)?;
    if width == 0 {
        return Err(Fault::new(Code::UnsupportedImage, "a picture needs at least one pixel"));
    }
    // A filter reads what lies around the pixels that it changes.
    let depth = if tree.filters().is_empty() { BAND } else { height };
    let bands = || bands(&tree, pixels, scale as f32, depth).into_iter().flatten();
    let bytes = raster::encode(pixels, bands)?.into();
    let kind = Kind::Png { pixels, tones: Tones::Many, profile: None };
    Ok(Picture { bytes, kind, size: natural_size(pixels, None) })
}

/// The RGB pixels of a drawing on white, `depth` rows at a time; none when there are none.
fn bands(
    tree: &usvg::Tree,
    (width, height): (u32, u32),
    scale: f32,
    depth: u32,
) -> Option<impl Iterator<Item = Vec<u8>>> {
    let mut band = tiny_skia::Pixmap::new(width, depth.min(height))?;
    let tops = (0..height).step_by(depth as usize);
    Some(tops.map(move |top| {
        band.fill(tiny_skia::Color::WHITE);
        let transform = usvg::Transform::from_row(scale, 0.0, 0.0, scale, 0.0, -(top as f32));
        resvg::render(tree, transform, &mut band.as_mut());
        opaque(&band, depth.min(height - top))
    }))
}

/// The colours of the first `rows` of pixels, all of them opaque. Many rows of a drawing are the same
/// as the one above.
fn opaque(band: &tiny_skia::Pixmap, rows: u32) -> Vec<u8> {
    let width = band.width() as usize;
    let mut colours = Vec::with_capacity(width * 3 * rows as usize);
    let mut above: &[u8] = &[];
    for row in band.data().chunks_exact(width * 4).take(rows as usize) {
        let start = colours.len();
        if row == above {
            colours.extend_from_within(start - width * 3..);
            continue;
        }
        colours.resize(start + width * 3, 0);
        let (slots, _) = colours[start..].as_chunks_mut::<3>();
        let (pixels, _) = row.as_chunks::<4>();
        for (slot, &[red, green, blue, _]) in slots.iter_mut().zip(pixels) {
            *slot = [red, green, blue];
        }
        above = row;
    }
    colours
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Sink;
    use crate::files::Folder;
    use crate::manifest::FontChoice;

    fn fonts() -> Fonts {
        let files = Folder::Memory(Default::default());
        crate::font::load(&FontChoice::default(), &files, &mut Sink::default()).unwrap()
    }

    const FLAG: &str = "<svg xmlns='http://www.w3.org/2000/svg' width='30pt' height='20pt' \
                        viewBox='0 0 30 20'><path d='M15 0h15v20H15z' fill='#9d2f22'/></svg>";

    #[test]
    fn a_drawing_is_rendered_on_white_and_always_alike() {
        let fonts = fonts();
        let png = || rasterise(FLAG.as_bytes(), 60, &fonts).unwrap().bytes.to_vec();
        assert_eq!(png(), png());
        let (picture, _) = super::super::png::read(png()).unwrap();
        let raster = raster::pixels(&picture).unwrap();
        assert_eq!((raster.width, raster.height), (60, 40));
        assert_eq!(raster.samples[..3], [255, 255, 255]);
        assert_eq!(raster.samples[raster.samples.len() - 3..], [0x9d, 0x2f, 0x22]);
    }

    #[test]
    fn for_readers_a_drawing_is_checked_and_measured_but_its_text_is_theirs() {
        let svg = |body: &str| {
            let head = "<svg xmlns='http://www.w3.org/2000/svg' width='30pt' height='20pt'>";
            format!("{head}{body}</svg>").into_bytes()
        };
        let fonts = fonts();
        let read = |body: &str, shown_by| read(svg(body), &fonts, shown_by);
        let text = "<text font-family='Nowhere' y='20'>版心</text>";
        let (on_pages, remarks) = read(text, ShownBy::Pages).unwrap();
        assert_eq!(remarks.iter().map(|it| it.code).collect::<Vec<_>>(), [Code::DrawingSimplified]);
        let (for_readers, remarks) = read(text, ShownBy::Readers).unwrap();
        assert_eq!((for_readers.size, remarks), (on_pages.size, vec![]));
        let fault = read("<script/>", ShownBy::Readers).unwrap_err();
        assert_eq!(fault.code, Code::UnsupportedImage);
    }

    /// By how much the pixels of a drawing in bands differ at most from those that are rendered at once.
    fn apart(body: &str) -> u8 {
        let head = "<svg xmlns='http://www.w3.org/2000/svg' width='60' height='90'>";
        let (tree, _) = tree::read(format!("{head}{body}</svg>").as_bytes(), &fonts()).unwrap();
        let pixels = |depth| bands(&tree, (80, 120), 4.0 / 3.0, depth).unwrap().flatten();
        let whole: Vec<u8> = pixels(120).collect();
        assert_eq!(whole.len(), 80 * 120 * 3);
        assert!(whole.iter().any(|&sample| sample < 100), "nothing is drawn");
        let banded: Vec<u8> = pixels(50).collect();
        assert_eq!(banded.len(), whole.len());
        whole.iter().zip(banded).map(|(&whole, band)| whole.abs_diff(band)).max().unwrap()
    }

    #[test]
    fn bands_join_without_a_seam() {
        let upright = "<rect x='3.3' y='10.37' width='40.1' height='33.333' fill='#1f1d1a'/>";
        assert_eq!(apart(upright), 0);
        // At most a quarter of what is between black and white, and only at edges of what is cut.
        for cut in [
            "<path d='M3 1L70 20 10 50 55 88L3 61Z' fill='#1f1d1a'/>",
            "<g opacity='.8'><circle cx='30' cy='45' r='28.3' fill='#1f1d1a'/></g>",
            "<text x='2.4' y='50.2' font-size='27'>版心</text>",
        ] {
            assert!(apart(cut) < 64, "{cut}: {}", apart(cut));
        }
    }

    #[test]
    fn too_many_pixels_and_none_are_refused() {
        let fonts = fonts();
        let code = |width| rasterise(FLAG.as_bytes(), width, &fonts).unwrap_err().code;
        assert_eq!(code(20_000), Code::FileTooLarge);
        assert_eq!(code(u32::MAX), Code::FileTooLarge);
        assert_eq!(code(0), Code::UnsupportedImage);
    }

    /// Neither the markup's depth nor what `use` unfolds may exhaust the stack or the memory.
    #[test]
    fn a_drawing_that_is_a_trap_is_refused() {
        let fonts = fonts();
        let fault = |body: &str| {
            let svg = format!("<svg xmlns='http://www.w3.org/2000/svg' width='9'>{body}</svg>");
            read(svg.into_bytes(), &fonts, ShownBy::Pages).err().map(|fault| fault.code)
        };
        let deep = |depth: usize| format!("{}{}", "<g>".repeat(depth), "</g>".repeat(depth));
        assert_eq!(fault(&deep(60)), None);
        assert_eq!(fault(&deep(100_000)), Some(Code::NestedTooDeep));
        assert_eq!(fault(&"<g>".repeat(100_000)), Some(Code::BrokenImage));

        let chain = |length: usize, copies: usize| {
            let links = (1..length).map(|link| {
                let uses = format!("<use href='#u{}'/>", link - 1).repeat(copies);
                format!("<g id='u{link}'>{uses}</g>")
            });
            format!("<g id='u0'><rect width='1' height='1'/></g>{}", links.collect::<String>())
        };
        assert_eq!(fault(&chain(50, 1)), None);
        assert_eq!(fault(&chain(300, 1)), Some(Code::NestedTooDeep));
        assert_eq!(fault(&chain(12, 10)), Some(Code::FileTooLarge));
    }

    #[test]
    fn entities_that_multiply_are_refused() {
        let entities: String = (1..9)
            .map(|level| format!("<!ENTITY e{level} '{}'>", format!("&e{};", level - 1).repeat(10)))
            .collect();
        let svg = format!(
            "<!DOCTYPE svg [<!ENTITY e0 'lol'>{entities}]>\
             <svg xmlns='http://www.w3.org/2000/svg' width='9'><text>&e8;</text></svg>"
        );
        assert_eq!(
            read(svg.into_bytes(), &fonts(), ShownBy::Pages).unwrap_err().code,
            Code::BrokenImage
        );
    }
}
