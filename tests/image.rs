//! Drawings: SVG in, shapes and findings out.

use std::fmt::Write;

use banxin::diag::Sink;
use banxin::files::{BookPath, Folder};
use banxin::font::{self, Fonts};
use banxin::image::{self, Kind, Rgb, Segment, Shape, ShownBy};
use banxin::manifest::FontChoice;
use banxin::profile::Product;

#[test]
fn drawings_become_shapes() {
    let files = Folder::Memory(Default::default());
    let fonts = font::load(&FontChoice::default(), &files, &mut Sink::default()).unwrap();
    super::cases::run("image/drawings.txt", |svg| describe(svg, &fonts));
}

/// The shapes of a drawing, one a line, then the remarks; or why it cannot be used.
fn describe(svg: &str, fonts: &Fonts) -> String {
    let path = BookPath::new("figure.svg").unwrap();
    let (picture, remarks) = match image::read(&path, svg.into(), fonts, ShownBy::Pages) {
        Ok(read) => read,
        Err(fault) => return format!("fault {}: {}", fault.code, fault.message.english()),
    };
    let Kind::Drawing(drawing) = &picture.kind else { panic!("a drawing is a drawing") };
    let mut text = format!("{} × {}\n", drawing.size.width, drawing.size.height);
    for shape in &drawing.shapes {
        writeln!(text, "{}", shape_line(shape, fonts)).unwrap();
    }
    for remark in remarks {
        writeln!(text, "{}: {}", remark.code, remark.message.english()).unwrap();
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

/// A book of one chapter with `pictures` in a folder in memory.
fn folder(chapter: &str, pictures: &[(&str, Vec<u8>)]) -> Folder {
    let toml = "title = \"图\"\nidentifier = \"urn:uuid:0\"\ndate = \"2026-11-24\"\n\
                [contents]\nbody = [\"a.md\"]\n";
    let texts = [("book.toml", toml.into()), ("a.md", chapter.into())];
    let files = texts.iter().chain(pictures).map(|(name, bytes)| ((*name).into(), bytes.clone()));
    Folder::Memory(files.collect())
}

/// A PNG of many colours at 96 dots an inch.
fn png(width: u32, height: u32) -> Vec<u8> {
    let picture = ::image::RgbImage::from_fn(width, height, |x, y| {
        ::image::Rgb([x as u8, y as u8, (x * y) as u8])
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ::image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// The products of a book and what was found on the way.
fn built(folder: &Folder, products: &[Product]) -> (Option<Vec<Vec<u8>>>, String) {
    let mut sink = Sink::default();
    let built = banxin::build(folder, None, products, &mut sink);
    let files =
        built.ok().map(|edition| edition.files.into_iter().map(|file| file.bytes).collect());
    (files, super::conformance::findings(&sink))
}

#[test]
fn a_coarse_picture_is_told_in_print_and_refused_when_it_is_too_coarse() {
    let picture = |width| [("a.png", png(width, width / 2))];
    let chapter = "# 一\n\n![甲](a.png \"题\")\n";
    let (files, findings) = built(&folder(chapter, &picture(260)), &[Product::Print]);
    assert!(files.is_some());
    assert_eq!(
        findings,
        "warning[low-resolution] a.md:3:6: this picture is 68.8 mm wide and has 96 dpi there; the \
         printer asks for 300 dpi of pictures\n  hint: it passes at a width of 22.0 mm, or with \
         813 × 407 pixels\n"
    );
    let mut coarse = png(20, 10);
    // 51 dots an inch are 2000 a metre.
    let dots = 2000_u32.to_be_bytes();
    let chunk = [b"pHYs".as_slice(), &dots, &dots, &[1]].concat();
    let crc = libdeflater::crc32(&chunk).to_be_bytes();
    coarse.splice(33..33, [&9_u32.to_be_bytes()[..], &chunk, &crc].concat());
    let folder = folder(chapter, &[("a.png", coarse)]);
    let (files, findings) = built(&folder, &[Product::Print]);
    assert!(files.is_none());
    assert!(findings.starts_with("error[too-coarse] a.md:3:6: "), "{findings}");
    assert_eq!(built(&folder, &[Product::Screen, Product::Epub]).1, "");
}

#[test]
fn a_picture_under_two_names_is_in_each_file_once() {
    let chapter = "# 一\n\n![甲](a.png \"题\")\n\n![图](b.png \"题\")\n";
    let once = folder(&chapter.replace("b.png", "a.png"), &[("a.png", png(100, 50))]);
    let twice = folder(chapter, &[("a.png", png(100, 50)), ("b.png", png(100, 50))]);
    let products = [Product::Epub, Product::Screen];
    let [once, twice] = [once, twice].map(|folder| built(&folder, &products).0.unwrap());
    assert_eq!(once, twice);
}

#[test]
fn a_profile_that_cannot_be_used_is_told_with_its_place() {
    let mut jpeg = std::io::Cursor::new(Vec::new());
    ::image::RgbImage::new(200, 100).write_to(&mut jpeg, ::image::ImageFormat::Jpeg).unwrap();
    let mut jpeg = jpeg.into_inner();
    jpeg.splice(2..2, *b"\xFF\xE2\x00\x14ICC_PROFILE\0\x01\x01none");
    let folder = folder("# 一\n\n![甲](a.jpg \"题\")\n", &[("a.jpg", jpeg)]);
    let (files, findings) = built(&folder, &[Product::Screen]);
    assert!(files.is_some());
    let start = "warning[broken-profile] a.md:3:6: the picture's colour profile is left out: it ";
    assert!(findings.starts_with(start), "{findings}");
}

#[test]
fn what_a_page_cannot_draw_is_told_where_the_book_has_pages() {
    let svg = "<svg xmlns='http://www.w3.org/2000/svg' width='100' height='50'>\
               <text y='40' font-family='Nowhere'>版心</text></svg>";
    let Folder::Memory(mut files) =
        folder("# 一\n\n![甲](a.svg \"题\")\n", &[("a.svg", svg.into())])
    else {
        panic!("a folder in memory")
    };
    files.get_mut("book.toml").unwrap().extend(b"\n[outputs]\nformats = [\"epub\"]\n");
    let folder = Folder::Memory(files);
    let (_, findings) = built(&folder, &[]);
    assert!(!findings.contains("drawing-simplified"), "{findings}");
    let (files, findings) = built(&folder, &[Product::Screen]);
    assert!(findings.contains("warning[drawing-simplified] a.md:3:6: "), "{findings}");
    assert!(files.is_some());
}
