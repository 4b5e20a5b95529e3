//! Drawings: SVG in, shapes and findings out.

use std::fmt::Write;

use banxin::diag::Sink;
use banxin::files::{BookPath, Folder};
use banxin::font::{self, Fonts};
use banxin::image::{self, Kind, Rgb, Segment, Shape};
use banxin::manifest::FontChoice;

#[test]
fn drawings_become_shapes() {
    let files = Folder::Memory(Default::default());
    let fonts = font::load(&FontChoice::default(), &files, &mut Sink::default()).unwrap();
    super::cases::run("image/drawings.txt", |svg| describe(svg, &fonts));
}

/// The shapes of a drawing, one a line, then the remarks; or why it cannot be used.
fn describe(svg: &str, fonts: &Fonts) -> String {
    let path = BookPath::new("figure.svg").unwrap();
    let (picture, remarks) = match image::read(&path, svg.into(), fonts) {
        Ok(read) => read,
        Err(fault) => return format!("fault {}: {}", fault.code, fault.message),
    };
    let Kind::Drawing(drawing) = &picture.kind else { panic!("a drawing is a drawing") };
    let mut text = format!("{} × {}\n", drawing.size.width, drawing.size.height);
    for shape in &drawing.shapes {
        writeln!(text, "{}", shape_line(shape, fonts)).unwrap();
    }
    for remark in remarks {
        writeln!(text, "{}: {}", remark.code, remark.message).unwrap();
    }
    text
}

fn shape_line(shape: &Shape, fonts: &Fonts) -> String {
    match shape {
        Shape::Path { segments, fill, stroke } => {
            let mut line = segments.iter().map(segment).collect::<Vec<_>>().join(" ");
            if let Some(fill) = fill {
                let rule = if fill.even_odd { "fill-even-odd" } else { "fill" };
                write!(line, " {rule} {}", colour(fill.colour)).unwrap();
            }
            if let Some(stroke) = stroke {
                let width = number(stroke.width);
                write!(line, " stroke {} {width}", colour(stroke.colour)).unwrap();
                write!(line, " cap {} join {}", stroke.cap, stroke.join).unwrap();
                if !stroke.dashes.is_empty() {
                    let dashes: Vec<_> = stroke.dashes.iter().map(|&dash| number(dash)).collect();
                    write!(line, " dashes {}", dashes.join(" ")).unwrap();
                }
            }
            line
        }
        Shape::Glyphs { face, transform, glyphs, colour: ink } => {
            let transform = transform.map(number).join(" ");
            let glyphs: Vec<_> =
                glyphs.iter().map(|glyph| format!("{}@{}", glyph.text, number(glyph.x))).collect();
            let face = fonts.face(*face).name();
            format!("{face} [{transform}] {} {}", colour(*ink), glyphs.join(" "))
        }
    }
}

fn segment(segment: &Segment) -> String {
    let pair = |[x, y]: [f32; 2]| format!("{},{}", number(x), number(y));
    match *segment {
        Segment::Move(to) => format!("M{}", pair(to)),
        Segment::Line(to) => format!("L{}", pair(to)),
        Segment::Cubic(first, second, to) => {
            format!("C{} {} {}", pair(first), pair(second), pair(to))
        }
        Segment::Close => "Z".into(),
    }
}

fn colour(Rgb(red, green, blue): Rgb) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// Two decimals at most, and no negative zero.
fn number(value: f32) -> String {
    let rounded = (f64::from(value) * 100.0).round() / 100.0 + 0.0;
    rounded.to_string()
}
