//! The signs of a licence of Creative Commons: a letter or two in a circle for each of its elements.
//!
//! They are strokes, not text, and look the same whatever fonts a reader has.

use std::fmt::Write;

use crate::manifest::Commons;

/// How far apart the signs stand, from middle to middle; each is two units wide.
const PITCH: f64 = 2.4;
/// How thick the strokes are.
const STROKE: f64 = 0.15;
/// The height of a sign in points.
const HEIGHT: f64 = 15.0;

/// The letters in a box of one unit, `y` downwards.
const LETTERS: [(char, &str); 9] = [
    ('0', "M.5 0C.1 0 .1 1 .5 1S.9 0 .5 0Z"),
    ('A', "M.05 1L.5 0L.95 1M.22 .65H.78"),
    ('B', "M.15 0V1H.55C.95 1 .95 .5 .55 .5H.15M.15 0H.5C.85 0 .85 .5 .5 .5"),
    ('C', "M.92 .2C.75 -.05 .1 -.15 .1 .5S.75 1.05 .92 .8"),
    ('D', "M.15 0V1H.4C1 1 1 0 .4 0Z"),
    ('N', "M.12 1V0L.88 1V0"),
    ('P', "M.15 1V0H.55C.95 0 .95 .55 .55 .55H.15"),
    ('S', "M.85 .15C.7 -.1 .15 -.05 .15 .25C.15 .6 .87 .4 .87 .75C.87 1.05 .3 1.1 .12 .83"),
    ('Y', "M.08 0L.5 .5L.92 0M.5 .5V1"),
];

/// The signs of a licence: what stands in their circles.
fn signs(commons: &Commons) -> Vec<String> {
    match commons {
        Commons::Licence(terms) => {
            let elements = terms.elements.iter().map(|element| element.code().to_ascii_uppercase());
            std::iter::once("CC".to_owned()).chain(elements).collect()
        }
        Commons::Zero => ["CC", "0"].map(str::to_owned).to_vec(),
        Commons::Mark => vec!["PD".to_owned()],
    }
}

/// The signs of a licence as an SVG.
pub fn draw(commons: &Commons) -> String {
    let signs = signs(commons);
    let width = 2.0 + PITCH * (signs.len() - 1) as f64;
    let mut svg = String::new();
    // Writing into a string cannot fail.
    let _ = write!(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{:.2}pt\" height=\"{HEIGHT}pt\" \
         viewBox=\"0 0 {width:.2} 2\"><g fill=\"none\" stroke=\"#000\" stroke-width=\"{STROKE}\" \
         stroke-linecap=\"round\" stroke-linejoin=\"round\">",
        width * HEIGHT / 2.0
    );
    for (place, letters) in signs.iter().enumerate() {
        let x = 1.0 + PITCH * place as f64;
        let _ = write!(svg, "<circle cx=\"{x:.2}\" cy=\"1\" r=\".9\"/>");
        sign(&mut svg, x, letters);
    }
    svg.push_str("</g></svg>\n");
    svg
}

/// Letters in the middle of a circle.
fn sign(svg: &mut String, x: f64, letters: &str) {
    let count = letters.chars().count().max(1) as f64;
    let (width, height) = (if count > 1.0 { 0.48 } else { 0.6 }, 0.62);
    let gap = 0.12;
    let mut left = x - (width * count + gap * (count - 1.0)) / 2.0;
    for letter in letters.chars() {
        let path = LETTERS.iter().find(|(known, _)| *known == letter).map_or("", |(_, path)| path);
        let _ = write!(
            svg,
            "<path transform=\"translate({left:.3} {:.3}) scale({width} {height})\" d=\"{path}\"/>",
            1.0 - height / 2.0
        );
        left += width + gap;
    }
}
