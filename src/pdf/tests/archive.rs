//! What the screen PDF promises to those who cannot see it or keep it: faults that are refused.

use super::super::preflight;
use super::*;
use crate::diag::{Code, Span};
use crate::layout::{Element, Role};
use crate::profile::SCREEN;

/// What is wrong with a screen PDF after something has been done to it, by code and words.
fn faults(injure: impl FnOnce(&mut Document)) -> Vec<(Code, String)> {
    let fonts = fonts();
    let (book, layout) = everything(&fonts);
    let mut document = read(&written(&book, &fonts, &layout, Product::Screen));
    let place: Span = book.printer.span;
    assert_eq!(preflight::check(&document, &[], &SCREEN, place), []);
    injure(&mut document);
    let findings = preflight::check(&document, &[], &SCREEN, place);
    findings.into_iter().map(|finding| (finding.code, finding.message.english())).collect()
}

fn catalogue(document: &mut Document) -> &mut Dictionary {
    document.catalog_mut().unwrap()
}

#[test]
fn a_font_without_unicode_is_refused() {
    let faults = faults(|document| {
        for object in document.objects.values_mut() {
            if let Ok(font) = object.as_dict_mut() {
                font.remove(b"ToUnicode");
            }
        }
    });
    let [(Code::FontWithoutUnicode, message)] = &faults[..] else { panic!("{faults:?}") };
    assert!(message.ends_with("does not say which characters its glyphs are"), "{message}");
}

#[test]
fn a_figure_without_alternative_text_is_refused() {
    let fonts = fonts();
    let (book, mut layout) = everything(&fonts);
    let role = Role::Figure { alt: String::new() };
    layout.structure.push(Element { role, parent: None, place: None });
    let mut sink = Sink::default();
    assert!(write(&book, &fonts, &layout, &[Product::Screen], &mut sink).is_err());
    let [finding] = sink.findings() else { panic!("{:?}", sink.findings()) };
    let message = "a figure has no alternative text, which PDF/UA-1 asks for";
    assert_eq!((finding.code, &*finding.message.english()), (Code::UndescribedFigure, message));
    // A press shows it all the same.
    assert!(write(&book, &fonts, &layout, &[Product::Print], &mut Sink::default()).is_ok());
}

#[test]
fn a_figure_whose_words_say_nothing_costs_a_promise() {
    let fonts = fonts();
    let (book, mut layout) = everything(&fonts);
    let mut kept = |alt: &str| {
        let role = Role::Figure { alt: alt.to_owned() };
        layout.structure.push(Element { role, parent: None, place: None });
        let files = write(&book, &fonts, &layout, &[Product::Screen], &mut Sink::default());
        let (_, written) = files.unwrap().remove(0);
        let claims = written.bytes.windows(9).any(|bytes| bytes == b"pdfuaid:p");
        (written.keeps, claims)
    };
    assert_eq!(kept("一张图"), (vec!["PDF/A-2a", "PDF/UA-1"], true));
    assert_eq!(kept("图片"), (vec!["PDF/A-2a"], false));
}

#[test]
fn a_file_that_does_not_say_what_it_is_is_refused() {
    let without = |key: &'static [u8]| {
        let mut faults = faults(|document| {
            catalogue(document).remove(key);
        });
        assert_eq!(faults.len(), 1, "{faults:?}");
        faults.remove(0)
    };
    let untagged = |message: &str| (Code::Untagged, message.to_owned());
    let nothing = untagged("the file does not say what its contents are");
    assert_eq!(without(b"StructTreeRoot"), nothing);
    assert_eq!(without(b"MarkInfo"), nothing);
    assert_eq!(without(b"Lang"), untagged("the file does not say its language"));
    let title = untagged("the file does not ask viewers to show its title");
    assert_eq!(without(b"ViewerPreferences"), title);
}

#[test]
fn a_page_with_the_sign_for_a_missing_glyph_is_refused() {
    let fonts = fonts();
    let (book, mut layout) = everything(&fonts);
    layout.pages[1].glyphs[0].id = 0;
    let mut sink = Sink::default();
    assert!(write(&book, &fonts, &layout, &[Product::Screen], &mut sink).is_err());
    let [finding] = sink.findings() else { panic!("{:?}", sink.findings()) };
    let message = "page 2 shows the sign for a missing glyph for `第`";
    assert_eq!((finding.code, &*finding.message.english()), (Code::MissingGlyph, message));
}
