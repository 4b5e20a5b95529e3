//! Pictures of every kind, in the colours of every kind of product.

use super::*;
use crate::files::BookPath;
use crate::image::ShownBy;
use crate::pdf::intent::{FOGRA39, SRGB};
use crate::profile::Standard;

/// A picture as the reader of pictures makes it, and the codes of what it remarks.
fn opened(name: &str, bytes: Vec<u8>) -> (Picture, Vec<&'static str>) {
    let path = BookPath::new(name).unwrap();
    let (picture, remarks) = crate::image::read(&path, bytes, &fonts(), ShownBy::Pages).unwrap();
    (picture, remarks.iter().map(|remark| remark.code.as_str()).collect())
}

fn jpeg(name: &str) -> Vec<u8> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/image/");
    let files = Folder::Disk(folder.into());
    files.read(&BookPath::new(name).unwrap()).unwrap()
}

/// A JPEG of one colour.
fn plain_jpeg(colour: [u8; 3]) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let image = image::RgbImage::from_pixel(16, 8, image::Rgb(colour));
    image.write_to(&mut bytes, image::ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

/// A JPEG with a colour profile in two pieces (ISO 15076-1, annex B.4).
fn with_profile(jpeg: &[u8], profile: &[u8]) -> Vec<u8> {
    let mut bytes = jpeg[..2].to_vec();
    for (number, piece) in profile.chunks(profile.len().div_ceil(2)).enumerate() {
        bytes.extend([0xFF, 0xE2]);
        bytes.extend(u16::try_from(piece.len() + 16).unwrap().to_be_bytes());
        bytes.extend(b"ICC_PROFILE\0");
        bytes.extend([number as u8 + 1, 2]);
        bytes.extend(piece);
    }
    bytes.extend(&jpeg[2..]);
    bytes
}

/// A PNG of the colour type `colour` with `rows` as they stand before compression, and what stands
/// before them.
fn png_of(
    (width, height): (u32, u32),
    [bits, colour, interlaced]: [u8; 3],
    before: &[(&[u8; 4], &[u8])],
    rows: &[u8],
) -> Vec<u8> {
    let header =
        [&width.to_be_bytes()[..], &height.to_be_bytes(), &[bits, colour, 0, 0, interlaced]];
    let packed = super::super::deflate::Deflater::new().compress(rows);
    let mut bytes = b"\x89PNG\r\n\x1A\n".to_vec();
    let header: (&[u8; 4], &[u8]) = (b"IHDR", &header.concat());
    let after: [(&[u8; 4], &[u8]); 2] = [(b"IDAT", &packed), (b"IEND", &[])];
    for (name, data) in [&[header], before, &after].concat() {
        bytes.extend(u32::try_from(data.len()).unwrap().to_be_bytes());
        let chunk = [name, data].concat();
        bytes.extend(&chunk);
        bytes.extend(libdeflater::crc32(&chunk).to_be_bytes());
    }
    bytes
}

/// The pictures on one page of a product: their dictionaries with what they hold.
fn shown(pictures: &[Picture], product: Product, printed_by: Printer) -> (Document, Vec<ObjectId>) {
    let fonts = fonts();
    let mut hand = Hand::new(&fonts, Numerals::Arabic, 1);
    for (id, _) in pictures.iter().enumerate() {
        let rect = Rect {
            origin: Point::default(),
            size: Size { width: Length::pt(9.0), height: Length::pt(5.0) },
        };
        let picture = PictureId(u32::try_from(id).unwrap());
        let alt = String::from("图");
        hand.page.items.push(Item::Picture { picture, rect, alt });
    }
    let mut book = book(pictures.to_vec());
    book.printer = printer(printed_by);
    let layout = layout(vec![hand.page]);
    let document = read(&written(&book, &fonts, &layout, product));
    // Behind the cover of a screen, before the blank pages of a press.
    let number = if product == Product::Screen { 2 } else { 1 };
    let page = document.get_dictionary(document.get_pages()[&number]).unwrap();
    let objects = page.get(b"Resources").unwrap();
    let objects = document.dereference(objects).unwrap().1.as_dict().unwrap();
    let objects = document.dereference(objects.get(b"XObject").unwrap()).unwrap().1;
    let objects = objects.as_dict().unwrap();
    let names = (0..pictures.len() as u32).map(|id| {
        let name = super::super::content::picture_name(PictureId(id));
        objects.get(name.as_bytes()).unwrap().as_reference().unwrap()
    });
    let ids = names.collect();
    (document, ids)
}

fn on_screen(pictures: &[Picture]) -> (Document, Vec<ObjectId>) {
    shown(pictures, Product::Screen, Printer::default())
}

fn on_press(pictures: &[Picture]) -> (Document, Vec<ObjectId>) {
    shown(pictures, Product::Print, Printer::default())
}

fn in_greys(pictures: &[Picture]) -> (Document, Vec<ObjectId>) {
    let greys = Printer { standard: Standard::Plain, colours: Colours::Grey, ..Printer::default() };
    shown(pictures, Product::Print, greys)
}

/// The filter, the bits and the colour space of a picture, in words.
fn described(document: &Document, id: ObjectId) -> String {
    let image = &document.get_object(id).unwrap().as_stream().unwrap().dict;
    let text = |key: &[u8]| image.get(key).map_or(String::new(), |value| format!("{value:?}"));
    let space = image.get(b"ColorSpace").unwrap();
    let space = match space {
        Object::Array(parts) => {
            let inside = |part: &Object| match part {
                Object::Reference(id) => {
                    let stream = document.get_object(*id).unwrap().as_stream().unwrap();
                    format!("N {}", stream.dict.get(b"N").unwrap().as_i64().unwrap())
                }
                other => format!("{other:?}"),
            };
            parts.iter().map(inside).collect::<Vec<_>>().join(" ")
        }
        other => format!("{other:?}"),
    };
    let mask = if image.has(b"SMask") { " masked" } else { "" };
    let turned = if image.has(b"Decode") { " turned" } else { "" };
    format!("{} {} {space}{mask}{turned}", text(b"Filter"), text(b"BitsPerComponent"))
}

fn samples(document: &Document, id: ObjectId) -> Vec<u8> {
    let stream = document.get_object(id).unwrap().as_stream().unwrap();
    stream.decompressed_content().unwrap()
}

fn content_of(document: &Document, id: ObjectId) -> &[u8] {
    &document.get_object(id).unwrap().as_stream().unwrap().content
}

#[test]
fn a_colour_jpeg_stays_on_a_screen_and_becomes_inks_on_a_press() {
    let bytes = plain_jpeg([200, 30, 30]);
    let (picture, remarks) = opened("a.jpg", bytes.clone());
    assert!(remarks.is_empty());
    let pictures = [picture];
    let (document, ids) = on_screen(&pictures);
    assert_eq!(described(&document, ids[0]), "/DCTDecode 8 /DeviceRGB");
    assert_eq!(content_of(&document, ids[0]), bytes);
    let (document, ids) = on_press(&pictures);
    assert_eq!(described(&document, ids[0]), "/FlateDecode 8 /Indexed /DeviceCMYK 0 <00ecd029>");
    let (document, ids) = in_greys(&pictures);
    assert_eq!(described(&document, ids[0]), "/FlateDecode 8 /Indexed /DeviceGray 0 <52>");
}

#[test]
fn a_grey_jpeg_goes_through_everywhere() {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::GrayImage::new(16, 8).write_to(&mut bytes, image::ImageFormat::Jpeg).unwrap();
    let bytes = bytes.into_inner();
    let pictures = [opened("a.jpg", bytes.clone()).0];
    for (document, ids) in [on_screen(&pictures), on_press(&pictures), in_greys(&pictures)] {
        assert_eq!(described(&document, ids[0]), "/DCTDecode 8 /DeviceGray");
        assert_eq!(content_of(&document, ids[0]), bytes);
    }
}

#[test]
fn a_cmyk_jpeg_keeps_its_inks_on_a_press_unless_they_are_too_much() {
    let (light, heavy) = (jpeg("cmyk.jpg"), jpeg("heavy.jpg"));
    let pictures = [opened("a.jpg", light.clone()).0, opened("b.jpg", heavy).0];
    let (document, ids) = on_press(&pictures);
    assert_eq!(described(&document, ids[0]), "/DCTDecode 8 /DeviceCMYK turned");
    assert_eq!(content_of(&document, ids[0]), light);
    // 255 + 240 + 230 + 220 hundredths of 255 are 370 %; 765 of them are 300 %.
    assert_eq!(described(&document, ids[1]), "/FlateDecode 8 /Indexed /DeviceCMYK 0 <bfb4acdc>");
    let (document, ids) = on_screen(&pictures);
    assert_eq!(described(&document, ids[0]), "/DCTDecode 8 /ICCBased N 4 turned");
    assert_eq!(content_of(&document, ids[0]), light);
    let (document, ids) = in_greys(&pictures);
    assert_eq!(described(&document, ids[0]), "/FlateDecode 8 /Indexed /DeviceGray 1 <78d9>");
}

#[test]
fn inks_behind_luminance_are_found() {
    let mut bytes = jpeg("cmyk.jpg");
    // What is stored for the right half is 215 225 235 245; as luminance and chroma those are others.
    let adobe = bytes.windows(5).position(|window| window == b"Adobe").unwrap();
    bytes[adobe + 11] = 2;
    let raster = crate::image::pixels(&opened("a.jpg", bytes).0).unwrap();
    assert_eq!(raster.colour, Colour::Cmyk);
    // 215 + 1.402 · 107, 215 − 0.344 · 97 − 0.714 · 107 and 215 + 1.772 · 97, of 255 at most.
    assert_eq!(raster.samples[60..64], [255, 105, 255, 10]);
}

#[test]
fn profiles_are_kept_on_a_screen_each_once_and_followed_on_a_press() {
    let with = |colour| opened("a.jpg", with_profile(&plain_jpeg(colour), SRGB.profile));
    let (picture, remarks) = with([200, 30, 30]);
    assert!(remarks.is_empty());
    let pictures = [picture, with([30, 200, 30]).0];
    let (document, ids) = on_screen(&pictures);
    let space = |id| {
        let image = document.get_object(id).unwrap().as_stream().unwrap();
        image.dict.get(b"ColorSpace").unwrap().as_array().unwrap()[1].as_reference().unwrap()
    };
    assert_eq!(described(&document, ids[0]), "/DCTDecode 8 /ICCBased N 3");
    assert_eq!(space(ids[0]), space(ids[1]));
    assert_eq!(samples(&document, space(ids[0])), SRGB.profile);
    let (document, ids) = on_press(&pictures);
    assert_eq!(described(&document, ids[0]), "/FlateDecode 8 /Indexed /DeviceCMYK 0 <00ecd029>");
}

#[test]
fn inks_by_the_profile_of_the_press_are_its_own() {
    let light = with_profile(&jpeg("cmyk.jpg"), FOGRA39.profile);
    let pictures = [opened("a.jpg", light.clone()).0];
    let (document, ids) = on_press(&pictures);
    assert_eq!(content_of(&document, ids[0]), light);
    assert_eq!(described(&document, ids[0]), "/DCTDecode 8 /DeviceCMYK turned");
}

#[test]
fn a_profile_that_is_broken_or_of_other_colours_is_left_out_with_a_word() {
    let broken: Vec<u8> = SRGB.profile[..200].to_vec();
    for profile in [FOGRA39.profile, &broken, &[7; 40]] {
        let (picture, remarks) = opened("a.jpg", with_profile(&plain_jpeg([9, 99, 9]), profile));
        assert_eq!(remarks, ["broken-profile"]);
        let (document, ids) = on_screen(&[picture]);
        assert_eq!(described(&document, ids[0]), "/DCTDecode 8 /DeviceRGB");
    }
}

#[test]
fn a_png_lends_its_pixels_where_their_colours_stay() {
    let kinds = [
        png_of((9, 1), [1, 0, 0], &[], &[0, 0x80, 0x80]),
        png_of((1, 1), [16, 0, 0], &[], &[0, 0x12, 0x34]),
        png_of((2, 1), [2, 3, 0], &[(b"PLTE", &[255, 0, 0, 7, 7, 7])], &[0, 0x10]),
        png_of((2, 1), [1, 3, 0], &[(b"PLTE", &[0, 0, 0, 255, 255, 255])], &[0, 0x40]),
    ];
    let pictures = kinds.map(|bytes| opened("a.png", bytes).0);
    let (document, ids) = on_screen(&pictures);
    let words = |(document, ids): &(Document, Vec<ObjectId>)| -> Vec<String> {
        ids.iter().map(|&id| described(document, id)).collect()
    };
    assert_eq!(
        words(&(document, ids)),
        [
            "/FlateDecode 1 /DeviceGray",
            "/FlateDecode 16 /DeviceGray",
            "/FlateDecode 2 /Indexed /DeviceRGB 1 <ff0000070707>",
            "/FlateDecode 1 /Indexed /DeviceRGB 1 <000000ffffff>",
        ]
    );
    let press = on_press(&pictures);
    let inks = words(&press);
    assert_eq!(inks[0..2], ["/FlateDecode 1 /DeviceGray", "/FlateDecode 16 /DeviceGray"]);
    assert!(inks[2].starts_with("/FlateDecode 2 /Indexed /DeviceCMYK 1 <00e5d809"), "{inks:?}");
    assert_eq!(inks[3], "/FlateDecode 1 /Indexed /DeviceGray 1 <00ff>");
}

#[test]
fn what_a_png_cannot_lend_is_decoded() {
    let kinds = [
        // Interlaced: one pixel, the one beside it, the row below.
        png_of((2, 2), [8, 0, 1], &[], &[0, 1, 0, 2, 0, 3, 4]),
        // One colour of two is clear.
        png_of(
            (2, 1),
            [1, 3, 0],
            &[(b"PLTE", &[255, 0, 0, 0, 0, 255]), (b"tRNS", &[0])],
            &[0, 0x40],
        ),
        png_of((1, 1), [16, 2, 0], &[], &[0, 255, 255, 0, 0, 0, 0]),
    ];
    let pictures = kinds.map(|bytes| opened("a.png", bytes).0);
    let (document, ids) = on_press(&pictures);
    assert_eq!(described(&document, ids[0]), "/FlateDecode 8 /DeviceGray");
    assert_eq!(samples(&document, ids[0]), [1, 2, 3, 4]);
    let clear = described(&document, ids[1]);
    assert!(clear.starts_with("/FlateDecode 8 /Indexed /DeviceCMYK 1 <00e5d809"), "{clear}");
    assert!(clear.ends_with(" masked"), "{clear}");
    assert_eq!(described(&document, ids[2]), "/FlateDecode 8 /Indexed /DeviceCMYK 0 <00e5d809>");
    let (document, ids) = on_screen(&pictures);
    assert_eq!(described(&document, ids[2]), "/FlateDecode 16 /DeviceRGB");
}
