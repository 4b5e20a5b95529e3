//! Sheets for printers: what stands on them, what they promise, and faults that are refused.

use super::super::preflight;
use super::*;
use crate::diag::{Code, Diagnostic};
use crate::profile::{Standard, Transparency};

/// The two pages with everything, for a printer.
fn sheets(fonts: &Fonts, printed_by: Printer) -> (Book, Layout) {
    let (mut book, layout) = everything(fonts);
    // A picture with colours and transparency is the business of other tests.
    book.pictures[1] = grey_png();
    book.printer = printer(printed_by);
    (book, layout)
}

fn printed(printed_by: Printer) -> Document {
    let fonts = fonts();
    let (book, layout) = sheets(&fonts, printed_by);
    read(&written(&book, &fonts, &layout, Product::Print))
}

/// The press of the default printer.
fn press() -> Printer {
    Printer::default()
}

fn grey_png() -> Picture {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::GrayImage::new(4, 4).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    let size = Size { width: Length::pt(4.0), height: Length::pt(4.0) };
    Picture { bytes: bytes.into_inner().into(), kind: kind((4, 4)), size }
}

/// A box of a page in tenths of a millimetre.
fn tenths(document: &Document, page: u32, key: &str) -> Vec<i64> {
    let page = document.get_dictionary(document.get_pages()[&page]).unwrap();
    let sides = page.get(key.as_bytes()).unwrap().as_array().unwrap();
    let tenths = |side: &Object| f64::from(side.as_float().unwrap()) * 254.0 / 72.0;
    sides.iter().map(|side| tenths(side).round() as i64).collect()
}

#[test]
fn the_trim_lies_in_the_bleed_and_the_bleed_in_the_sheet() {
    let document = printed(press());
    assert_eq!(document.version, "1.6");
    for (page, id) in document.get_pages() {
        assert_eq!(tenths(&document, page, "MediaBox"), [0, 0, 1740, 2360]);
        assert_eq!(tenths(&document, page, "BleedBox"), [100, 100, 1640, 2260]);
        assert_eq!(tenths(&document, page, "TrimBox"), [130, 130, 1610, 2230]);
        assert!(!document.get_dictionary(id).unwrap().has(b"ArtBox"));
    }
    let document = printed(Printer { marks: false, slug: false, ..press() });
    assert_eq!(tenths(&document, 1, "MediaBox"), [0, 0, 1540, 2160]);
    assert_eq!(tenths(&document, 1, "TrimBox"), [30, 30, 1510, 2130]);
}

#[test]
fn marks_stand_outside_the_bleed_and_on_the_sheet() {
    let document = printed(press());
    let page = document.get_pages()[&1];
    let resources = document.get_dictionary(page).unwrap().get(b"Resources").unwrap();
    let resources = document.dereference(resources).unwrap().1.as_dict().unwrap();
    let marks = resources.get(b"XObject").unwrap().as_dict().unwrap().get(b"Marks").unwrap();
    let marks = document.dereference(marks).unwrap().1.as_stream().unwrap();
    assert!(format!("{:?}", marks.dict).contains("/All [/Separation /All /DeviceCMYK"));
    let (media, bleed) = ([493.229, 668.977], [28.346, 464.882, 28.346, 640.630]);
    let mut count = 0;
    for operation in Content::decode(&marks.content).unwrap().operations {
        if !matches!(operation.operator.as_str(), "m" | "l" | "c") {
            continue;
        }
        let numbers = operation.operands.iter().map(|side| side.as_float().unwrap());
        for place in numbers.collect::<Vec<_>>().chunks(2) {
            let (x, y) = (place[0], place[1]);
            assert!(x >= 0.0 && y >= 0.0 && x <= media[0] && y <= media[1], "{x} {y}");
            let inside = x > bleed[0] && x < bleed[1] && y > bleed[2] && y < bleed[3];
            assert!(!inside, "{x} {y}");
            count += 1;
        }
    }
    // Eight crop marks; four registration marks of a cross and four curves with their start.
    assert_eq!(count, 8 * 2 + 4 * (4 + 1 + 4 * 3));
}

#[test]
fn the_slug_says_page_day_and_title_below_the_bleed() {
    let document = printed(press());
    let text = document.extract_text(&[2]).unwrap();
    assert!(text.contains("2 / 4 · 2026-11-23 · 名不服质 & <书>"), "{text}");
    let content = content(&document, 2);
    assert!(content.ends_with(" TJ\n ET\n Q"), "{content}");
    let places = content.lines().filter_map(|line| line.strip_suffix(" Tm"));
    let last = places.collect::<Vec<_>>().pop().unwrap().to_owned();
    // From the corner of the page: below its bleed of 8.504 points.
    assert!(last.starts_with("1 0 0 1 11.339 -24.6"), "{last}");
    let plain = printed(Printer { slug: false, ..press() });
    assert!(!plain.extract_text(&[2]).unwrap().contains("2026-11-23"));
}

#[test]
fn a_slug_with_a_long_title_ends_before_the_registration_mark() {
    let fonts = fonts();
    let (mut book, layout) = sheets(&fonts, press());
    book.metadata.title = "天地玄黄宇宙洪荒".repeat(20);
    let document = read(&written(&book, &fonts, &layout, Product::Print));
    let text = document.extract_text(&[3]).unwrap();
    let line = text.lines().find(|line| line.starts_with("3 / 4 · ")).unwrap();
    // 180 points from the inset to the mark, 42 of them for page and day, 6 for each hanzi.
    assert!(line.trim().ends_with("玄黄宇…") && line.matches('天').count() == 3, "{line}");
}

#[test]
fn the_last_signature_is_filled_up_with_blank_pages() {
    let fonts = fonts();
    let (book, layout) = sheets(&fonts, press());
    let mut sink = Sink::default();
    let files = write(&book, &fonts, &layout, &Product::USUAL, &mut sink).unwrap();
    let pages: Vec<(Product, usize)> = files.iter().map(|file| (file.0, file.1.pages)).collect();
    assert_eq!(pages, [(Product::Screen, 3), (Product::Print, 4)]);
    let document = read(&files[1].1.bytes);
    assert_eq!(document.get_pages().len(), 4);
    assert_eq!(tenths(&document, 4, "TrimBox"), [130, 130, 1610, 2230]);
    // Nothing but the marks and the slug line.
    let content = content(&document, 4);
    assert!(content.starts_with("/Marks Do\n q\n1 0 0 1 36.85 36.85 cm\n Q\n"), "{content}");
}

#[test]
fn black_is_printed_over_and_tints_and_pictures_are_not() {
    let document = printed(press());
    let content = content(&document, 2);
    assert!(content.contains("/Over gs\n0 0 0 1 k\n"), "{content}");
    assert!(content.contains("/Knock gs\n0 0 0 0.7 k\n"), "{content}");
    assert!(content.contains(" q\n/Knock gs\n200 0 0 100"), "{content}");
    for operator in [" g\n", " G\n", " rg\n", " RG\n"] {
        assert!(!content.contains(operator), "{content}");
    }
    let states: Vec<String> = document
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok())
        .filter(|dictionary| dictionary.has(b"Over"))
        .map(|dictionary| format!("{dictionary:?}"))
        .collect();
    let expected = "<</Over <</Type /ExtGState/OP true/op true/OPM 1>>\
                    /Knock <</Type /ExtGState/OP false/op false/OPM 0>>>>";
    assert_eq!(states, [expected]);
}

#[test]
fn grey_for_a_press_is_grey_everywhere() {
    let document = printed(Printer { colours: Colours::Grey, ..press() });
    for page in 1..=4 {
        let content = content(&document, page);
        assert!(content.contains("0 g\n") && !content.contains(" k\n"), "{content}");
    }
    let marks = document.objects.values().filter_map(|object| object.as_stream().ok());
    assert!(marks.clone().any(|stream| stream.content.starts_with(b"0 G 0.25 w")));
    assert_eq!(document.version, "1.6");
}

#[test]
fn a_press_file_names_its_standard_and_its_printing_condition() {
    let document = printed(press());
    let info = document.trailer.get(b"Info").unwrap().as_reference().unwrap();
    let info = document.get_dictionary(info).unwrap();
    assert_eq!(info.get(b"Trapped").unwrap().as_name().unwrap(), b"False");
    let xmp = from_root(&document, &["Metadata"]).as_stream().unwrap();
    let xmp = String::from_utf8(xmp.content.clone()).unwrap();
    for property in [
        "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>",
        "pdf:Trapped>False<",
        "xmpMM:DocumentID>uuid:",
        "xmpMM:VersionID>1<",
        "xmpMM:RenditionClass>default<",
        "xmp:CreateDate>2026-11-23T00:00:00Z<",
        "xmp:MetadataDate>2026-11-23T00:00:00Z<",
    ] {
        assert!(xmp.contains(property), "{property}: {xmp}");
    }
    let intents = from_root(&document, &["OutputIntents"]).as_array().unwrap();
    let [intent] = &intents[..] else { panic!("{intents:?}") };
    let intent = intent.as_dict().unwrap();
    assert_eq!(intent.get(b"S").unwrap().as_name().unwrap(), b"GTS_PDFX");
    let condition = intent.get(b"OutputConditionIdentifier").unwrap().as_str().unwrap();
    assert_eq!(condition, b"FOGRA39");
}

#[test]
fn no_standard_is_named_where_none_is_promised() {
    let document = printed(Printer { standard: Standard::Plain, ..press() });
    let xmp = from_root(&document, &["Metadata"]).as_stream().unwrap();
    let xmp = String::from_utf8(xmp.content.clone()).unwrap();
    assert!(!xmp.contains("PDF/X") && !xmp.contains("Trapped>"), "{xmp}");
    let root = document.catalog().unwrap();
    assert!(!root.has(b"OutputIntents"));
}

#[test]
fn an_office_machine_is_told_to_print_both_sides_and_a_press_is_not() {
    let preferences =
        |document: &Document| format!("{:?}", from_root(document, &["ViewerPreferences"]));
    assert_eq!(
        preferences(&printed(named("office"))),
        "<</DisplayDocTitle true/PrintScaling /None/Duplex /DuplexFlipLongEdge\
         /PickTrayByPDFSize true>>"
    );
    assert_eq!(preferences(&printed(press())), "<</DisplayDocTitle true>>");
}

#[test]
fn a_thick_book_moves_away_from_its_spine_and_has_no_bookmarks() {
    let fonts = fonts();
    let (book, mut layout) = sheets(&fonts, named("kdp"));
    layout.pages = layout.pages.into_iter().cycle().take(701).collect();
    let document = read(&written(&book, &fonts, &layout, Product::Print));
    assert_eq!(document.get_pages().len(), 702);
    // 22.3 mm at the spine, of which the design gives 22: to the right on a recto, else to the left.
    let start = |page| content(&document, page).lines().nth(1).unwrap().to_owned();
    assert_eq!(start(1), "1 0 0 1 0.85 0 cm");
    assert_eq!(start(2), "1 0 0 1 -0.85 0 cm");
    let root = document.catalog().unwrap();
    assert!(!root.has(b"Outlines") && !root.has(b"Names"));
}

/// What is wrong with a file of the press after something has been done to it.
fn faults(printed_by: Printer, injure: impl FnOnce(&mut Document)) -> Vec<(Code, String)> {
    let mut document = printed(printed_by);
    let place = printer(printed_by).span;
    assert_eq!(preflight::check(&document, &[], &printed_by, place), []);
    injure(&mut document);
    let findings = preflight::check(&document, &[], &printed_by, place);
    findings.into_iter().map(|finding| (finding.code, finding.message.english())).collect()
}

/// The only fault, by its code.
fn fault(injure: impl FnOnce(&mut Document)) -> Code {
    let faults = faults(press(), injure);
    let [(code, _)] = &faults[..] else { panic!("{faults:?}") };
    *code
}

fn page(document: &mut Document, number: u32) -> &mut Dictionary {
    let id = document.get_pages()[&number];
    document.get_dictionary_mut(id).unwrap()
}

#[test]
fn a_trim_larger_than_the_sheet_or_the_bleed_is_refused() {
    let large = |key: &'static str, sides: [i64; 4]| {
        move |document: &mut Document| {
            page(document, 3).set(key, sides.map(Object::from).to_vec());
        }
    };
    assert_eq!(fault(large("TrimBox", [0, 0, 600, 900])), Code::BoxesApart);
    assert_eq!(fault(large("TrimBox", [20, 36, 456, 632])), Code::BoxesApart);
    assert_eq!(fault(large("BleedBox", [-1, 28, 464, 640])), Code::BoxesApart);
    assert_eq!(fault(large("MediaBox", [0, 0, 460, 660])), Code::BoxesApart);
    assert_eq!(fault(large("ArtBox", [40, 40, 400, 400])), Code::BoxesApart);
    let faults = faults(press(), |document| {
        page(document, 2).remove(b"TrimBox");
    });
    let message = "page 2 has no trim box that lies within its bleed box and its sheet";
    assert_eq!(faults, [(Code::BoxesApart, message.to_owned())]);
}

/// The profile's object.
fn profile(document: &Document) -> ObjectId {
    let intent = from_root(document, &["OutputIntents"]).as_array().unwrap()[0].as_dict().unwrap();
    intent.get(b"DestOutputProfile").unwrap().as_reference().unwrap()
}

#[test]
fn a_missing_profile_or_one_of_a_screen_is_refused() {
    let missing = fault(|document| {
        let profile = profile(document);
        document.objects.remove(&profile);
    });
    let screen = fault(|document| {
        let profile = profile(document);
        let stream = document.get_object_mut(profile).unwrap().as_stream_mut().unwrap();
        let mut bytes = stream.decompressed_content().unwrap();
        bytes[12..20].copy_from_slice(b"mntrRGB ");
        stream.set_plain_content(bytes);
    });
    let no_intent = fault(|document| {
        document.catalog_mut().unwrap().remove(b"OutputIntents");
    });
    assert_eq!([missing, screen, no_intent], [Code::ProfileUnusable; 3]);
}

#[test]
fn a_font_that_is_not_in_the_file_is_refused_by_every_printer() {
    let strip = |document: &mut Document| {
        for object in document.objects.values_mut() {
            if let Ok(dictionary) = object.as_dict_mut() {
                dictionary.remove(b"FontFile2");
            }
        }
    };
    for printed_by in [press(), named("office"), named("copyshop")] {
        let faults = faults(printed_by, strip);
        let [(Code::UnembeddedFont, message)] = &faults[..] else { panic!("{faults:?}") };
        assert!(message.ends_with("+NotoSerifSC-Regular` is not in the file"), "{message}");
    }
}

/// Every picture made of pixels.
fn images(document: &mut Document) -> impl Iterator<Item = &mut Dictionary> {
    let streams = document.objects.values_mut().filter_map(|object| object.as_stream_mut().ok());
    streams.map(|stream| &mut stream.dict).filter(|dictionary| dictionary.has(b"Width"))
}

#[test]
fn red_green_and_blue_without_a_profile_is_refused() {
    let bare = fault(|document| {
        images(document).for_each(|image| image.set("ColorSpace", "DeviceRGB"));
    });
    let palette = fault(|document| {
        let space: Vec<Object> =
            vec!["Indexed".into(), "DeviceRGB".into(), 1.into(), Object::string_literal("012345")];
        images(document).for_each(|image| image.set("ColorSpace", space.clone()));
    });
    assert_eq!([bare, palette], [Code::RgbForbidden; 2]);
}

#[test]
fn annotations_and_silence_are_refused_by_a_press() {
    let annotation = fault(|document| page(document, 1).set("Annots", Vec::<Object>::new()));
    assert_eq!(annotation, Code::AnnotationForbidden);
    for key in [b"Trapped".as_slice(), b"Title", b"ModDate"] {
        let silent = fault(|document| {
            let info = document.trailer.get(b"Info").unwrap().as_reference().unwrap();
            document.get_dictionary_mut(info).unwrap().remove(key);
        });
        assert_eq!(silent, Code::MetadataIncomplete);
    }
}

#[test]
fn transparency_is_refused_where_the_printer_forbids_it() {
    let strict = Printer { transparency: Transparency::Forbidden, ..press() };
    let state = |document: &mut Document| {
        let state = lopdf::dictionary! { "Type" => "ExtGState", "ca" => 0.5 };
        let common = lopdf::dictionary! { "ExtGState" => lopdf::dictionary! { "Half" => state } };
        page(document, 1).set("Resources", common);
    };
    let group = |document: &mut Document| {
        page(document, 1).set("Group", lopdf::dictionary! { "S" => "Transparency" });
    };
    let code = |faults: Vec<(Code, String)>| faults.into_iter().map(|fault| fault.0).collect();
    let codes: Vec<Code> = [code(faults(strict, state)), code(faults(strict, group))]
        .into_iter()
        .flat_map(|codes: Vec<Code>| codes)
        .collect();
    assert_eq!(codes, [Code::TransparencyForbidden; 2]);
    assert_eq!(faults(press(), state), []);
}

/// What `write` reports.
fn refusals(book: &Book, fonts: &Fonts, layout: &Layout) -> Vec<Diagnostic> {
    let mut sink = Sink::default();
    assert!(write(book, fonts, layout, &[Product::Print], &mut sink).is_err());
    sink.findings().to_vec()
}

#[test]
fn a_transparent_picture_stops_the_build_for_a_printer_without_transparency() {
    let fonts = fonts();
    let strict = Printer { transparency: Transparency::Forbidden, ..named("copyshop") };
    let (mut book, layout) = sheets(&fonts, strict);
    book.pictures[1] = png();
    let findings = refusals(&book, &fonts, &layout);
    let [finding] = &findings[..] else { panic!("{findings:?}") };
    assert_eq!(finding.code, Code::TransparencyForbidden);
    assert!(finding.message.english().contains("16 × 8 pixels"), "{finding:?}");
}

#[test]
fn a_book_too_thin_for_its_printer_is_refused() {
    let fonts = fonts();
    let (book, layout) = sheets(&fonts, named("kdp"));
    let findings = refusals(&book, &fonts, &layout);
    let [finding] = &findings[..] else { panic!("{findings:?}") };
    assert_eq!(finding.code, Code::PageCount);
    let message = "this printer takes from 24 to 828 pages, and the book has 2";
    assert_eq!((&*finding.message.english(), &finding.place), (message, &book.printer.span.into()));
}
