//! The finished document against what it promises: every offence that its standard or its printer
//! forbids is looked for in the objects themselves, whatever made them.

use lopdf::{Dictionary, Document, Object, Stream};

use crate::diag::{Diagnostic, Message, Span};
use crate::layout::{Element, Role};
use crate::message;
use crate::profile::{Printer, Transparency};

use super::intent;
use super::standard::Offence;

/// What is wrong with a document made for `printer`, whose contents are what `structure` says;
/// findings stand where the book chooses the printer.
pub fn check(
    document: &Document,
    structure: &[Element],
    printer: &Printer,
    place: Span,
) -> Vec<Diagnostic> {
    let forbidden = |offence: &Offence| {
        printer.standard.forbids(*offence)
            || *offence == Offence::Transparency && printer.transparency == Transparency::Forbidden
    };
    let committed = Offence::ALL.into_iter().filter(forbidden).flat_map(|offence| {
        look(document, structure, offence).into_iter().map(move |what| (offence, what))
    });
    committed.map(|(offence, what)| Diagnostic::new(offence.code(), place, what)).collect()
}

/// Every place where a document commits an offence, in words.
fn look(document: &Document, structure: &[Element], offence: Offence) -> Vec<Message> {
    let document = Reader(document);
    match offence {
        Offence::BoxesApart => document.pages(
            |page| !document.are_nested(page),
            |number| {
                message!(
                    "page {number} has no trim box that lies within its bleed box and its sheet",
                    number
                )
            },
        ),
        Offence::Annotation => document.pages(
            |page| page.has(b"Annots"),
            |number| message!("page {number} has annotations, which must not be printed", number),
        ),
        Offence::UnembeddedFont => document.unembedded_fonts(),
        Offence::RgbWithoutProfile => document.pictures(
            |image| document.is_rgb(image),
            |size| {
                message!(
                    "a picture of {size} pixels is in red, green and blue, without a profile",
                    size
                )
            },
        ),
        Offence::Transparency => document.transparent(),
        Offence::NoPrintingCondition => {
            let catalogue = document.0.catalog();
            let checked = catalogue.map_err(|_| "there is no catalogue");
            let checked = checked.and_then(|catalogue| intent::check(document.0, catalogue));
            checked.err().map(Message::from).into_iter().collect()
        }
        Offence::SilentInfo => document.missing_info(),
        Offence::FontWithoutUnicode => document.fonts_without_unicode(),
        Offence::UndescribedFigure => undescribed_figures(structure).into_iter().collect(),
        Offence::Untagged => document.unsaid(),
    }
}

/// A document while it is read.
#[derive(Clone, Copy)]
struct Reader<'a>(&'a Document);

impl<'a> Reader<'a> {
    /// The dictionaries of all objects, those of streams as well.
    fn dictionaries(self) -> impl Iterator<Item = &'a Dictionary> {
        self.0.objects.values().filter_map(|object| match object {
            Object::Stream(stream) => Some(&stream.dict),
            other => other.as_dict().ok(),
        })
    }

    /// What an entry holds, through a reference.
    fn entry(self, dictionary: &'a Dictionary, key: &str) -> Option<&'a Object> {
        let object = dictionary.get(key.as_bytes()).ok()?;
        self.0.dereference(object).ok().map(|(_, object)| object)
    }

    /// What is said about each page for which `wrong` holds.
    fn pages(
        self,
        wrong: impl Fn(&'a Dictionary) -> bool,
        say: impl Fn(u32) -> Message,
    ) -> Vec<Message> {
        let pages = self.0.get_pages().into_iter();
        let found = pages.filter(|(_, id)| self.0.get_dictionary(*id).map_or(true, &wrong));
        found.map(|(number, _)| say(number)).collect()
    }

    /// Whether trim, bleed and sheet lie in each other; a page without a bleed box bleeds nowhere
    /// (ISO 32000-1, table 30).
    fn are_nested(self, page: &'a Dictionary) -> bool {
        let numbers = |key: &str| -> Option<Vec<f32>> {
            let list = self.entry(page, key)?.as_array().ok()?;
            let numbers: Option<Vec<f32>> = list.iter().map(|side| side.as_float().ok()).collect();
            numbers.filter(|sides| sides.len() == 4 && sides[0] < sides[2] && sides[1] < sides[3])
        };
        let within = |inner: &[f32], outer: &[f32]| {
            inner[0] >= outer[0]
                && inner[1] >= outer[1]
                && inner[2] <= outer[2]
                && inner[3] <= outer[3]
        };
        let (Some(trim), Some(media)) = (numbers("TrimBox"), numbers("MediaBox")) else {
            return false;
        };
        let bleed = if page.has(b"BleedBox") { numbers("BleedBox") } else { Some(media.clone()) };
        bleed.is_some_and(|bleed| within(&trim, &bleed) && within(&bleed, &media))
            && !page.has(b"ArtBox")
    }

    /// The fonts whose programs are missing (9.9); those of composite fonts belong to descendants.
    fn unembedded_fonts(self) -> Vec<Message> {
        let fonts = self.dictionaries().filter(|dictionary| dictionary.has_type(b"Font"));
        let missing = fonts.filter(|font| !self.is_embedded(font));
        let name = |font: &Dictionary| {
            let name = font.get(b"BaseFont").and_then(Object::as_name).unwrap_or(b"?");
            message!("the font `{font}` is not in the file", font = String::from_utf8_lossy(name))
        };
        missing.map(name).collect()
    }

    fn is_embedded(self, font: &'a Dictionary) -> bool {
        if let Some(descendants) = self.entry(font, "DescendantFonts") {
            let list = descendants.as_array().map_or(&[][..], Vec::as_slice);
            let fonts = list.iter().map(|object| {
                let (_, object) = self.0.dereference(object).ok()?;
                object.as_dict().ok()
            });
            return !list.is_empty()
                && fonts.into_iter().all(|font| font.is_some_and(|font| self.is_embedded(font)));
        }
        let descriptor =
            self.entry(font, "FontDescriptor").and_then(|object| object.as_dict().ok());
        descriptor.is_some_and(|descriptor| {
            ["FontFile", "FontFile2", "FontFile3"].into_iter().any(|key| {
                self.entry(descriptor, key).is_some_and(|program| program.as_stream().is_ok())
            })
        })
    }

    /// The composite fonts without a map to characters (9.10.3).
    fn fonts_without_unicode(self) -> Vec<Message> {
        let fonts = self.dictionaries().filter(|font| is_named(font, "Subtype", "Type0"));
        let has_map = |font: &'a Dictionary| {
            self.entry(font, "ToUnicode").is_some_and(|map| map.as_stream().is_ok())
        };
        let missing = fonts.filter(|font| !has_map(font));
        let name = |font: &Dictionary| {
            let name = font.get(b"BaseFont").and_then(Object::as_name).unwrap_or(b"?");
            let name = String::from_utf8_lossy(name);
            message!("the font `{name}` does not say which characters its glyphs are", name)
        };
        missing.map(name).collect()
    }

    /// What the file must say of itself as a whole to those who cannot see it.
    fn unsaid(self) -> Vec<Message> {
        let part = |dictionary: Option<&'a Dictionary>, key| {
            dictionary.and_then(|dictionary| self.entry(dictionary, key)?.as_dict().ok())
        };
        let catalogue = self.0.catalog().ok();
        let yes = |dictionary: Option<&Dictionary>, key: &[u8]| {
            dictionary.is_some_and(|dictionary| {
                dictionary.get(key).and_then(Object::as_bool).unwrap_or(false)
            })
        };
        let titled = part(Some(&self.0.trailer), "Info").is_some_and(|info| says(info, b"Title"));
        let marked = yes(part(catalogue, "MarkInfo"), b"Marked");
        let missing = [
            (titled, "the file does not say its title"),
            (
                yes(part(catalogue, "ViewerPreferences"), b"DisplayDocTitle"),
                "the file does not ask viewers to show its title",
            ),
            (
                catalogue.is_some_and(|catalogue| says(catalogue, b"Lang")),
                "the file does not say its language",
            ),
            (
                marked && catalogue.is_some_and(|catalogue| catalogue.has(b"StructTreeRoot")),
                "the file does not say what its contents are",
            ),
        ];
        let missing = missing.into_iter().filter(|(said, _)| !said);
        missing.map(|(_, what)| Message::from(what)).collect()
    }

    /// What is said about each picture for which `wrong` holds.
    fn pictures(
        self,
        wrong: impl Fn(&'a Stream) -> bool,
        say: impl Fn(&str) -> Message,
    ) -> Vec<Message> {
        let streams = self.0.objects.values().filter_map(|object| object.as_stream().ok());
        let images = streams.filter(|stream| is_named(&stream.dict, "Subtype", "Image"));
        let size = |image: &Stream| {
            let side = |key: &[u8]| image.dict.get(key).and_then(Object::as_i64).unwrap_or(0);
            format!("{} × {}", side(b"Width"), side(b"Height"))
        };
        images.filter(|image| wrong(image)).map(|image| say(&size(image))).collect()
    }

    /// Whether a picture's colours are bare red, green and blue, also those of its palette (8.6.6.3).
    fn is_rgb(self, image: &'a Stream) -> bool {
        let is_device = |space: &Object| space.as_name().is_ok_and(|name| name == b"DeviceRGB");
        self.entry(&image.dict, "ColorSpace").is_some_and(|space| match space {
            Object::Array(parts) => parts.get(1).is_some_and(|base| {
                self.0.dereference(base).is_ok_and(|(_, base)| is_device(base))
            }),
            other => is_device(other),
        })
    }

    /// Soft masks, constant alpha, blend modes and groups (11.6).
    fn transparent(self) -> Vec<Message> {
        let mut found = self.pictures(
            |image| image.dict.has(b"SMask"),
            |size| {
                message!(
                    "a picture of {size} pixels is transparent, which this printer forbids",
                    size
                )
            },
        );
        let mut count = 0;
        for dictionary in self.dictionaries() {
            descend(dictionary, &mut |dictionary| count += usize::from(blends(dictionary)));
        }
        if count > 0 {
            found.push(message!(
                "things show through each other by {count} graphics states or groups, which this \
                 printer forbids",
                count
            ));
        }
        found
    }

    /// What Info must hold (14.3.3).
    fn missing_info(self) -> Vec<Message> {
        let info = self.entry(&self.0.trailer, "Info").and_then(|info| info.as_dict().ok());
        let says = |key: &str| {
            let Some(value) = info.and_then(|info| info.get(key.as_bytes()).ok()) else {
                return false;
            };
            match value {
                Object::String(text, _) => !text.is_empty(),
                Object::Name(word) => key == "Trapped" && matches!(&word[..], b"True" | b"False"),
                _ => false,
            }
        };
        let keys = ["Title", "CreationDate", "ModDate", "Trapped"].into_iter();
        let missing = keys.filter(|key| !says(key));
        missing.map(|key| message!("the file does not say its `{key}`", key)).collect()
    }
}

/// The figures without alternative text (14.9.3).
fn undescribed_figures(structure: &[Element]) -> Option<Message> {
    let silent =
        |element: &&Element| matches!(&element.role, Role::Figure { alt } if alt.is_empty());
    match structure.iter().filter(silent).count() {
        0 => None,
        1 => Some(Message::from("a figure has no alternative text, which PDF/UA-1 asks for")),
        count => Some(message!(
            "figures without the alternative text that PDF/UA-1 asks for: {count}",
            count
        )),
    }
}

/// Whether an entry is a text that says something.
fn says(dictionary: &Dictionary, key: &[u8]) -> bool {
    dictionary.get(key).and_then(Object::as_str).is_ok_and(|text| !text.is_empty())
}

/// Whether an entry is this name.
fn is_named(dictionary: &Dictionary, key: &str, expected: &str) -> bool {
    let value = dictionary.get(key.as_bytes()).and_then(Object::as_name);
    value.is_ok_and(|value| value == expected.as_bytes())
}

/// Whether a graphics state or a group mixes what is painted with what lies under it.
fn blends(dictionary: &Dictionary) -> bool {
    let alpha =
        |key: &[u8]| dictionary.get(key).and_then(Object::as_float).is_ok_and(|alpha| alpha < 1.0);
    let set = |key: &str, plain: &str| {
        dictionary.has(key.as_bytes()) && !is_named(dictionary, key, plain)
    };
    let state = dictionary.has_type(b"ExtGState")
        && (alpha(b"ca") || alpha(b"CA") || set("BM", "Normal") || set("SMask", "None"));
    state || is_named(dictionary, "S", "Transparency")
}

/// A dictionary and all that are written inside it.
fn descend(dictionary: &Dictionary, visit: &mut dyn FnMut(&Dictionary)) {
    visit(dictionary);
    for (_, value) in dictionary {
        descend_object(value, visit);
    }
}

fn descend_object(object: &Object, visit: &mut dyn FnMut(&Dictionary)) {
    match object {
        Object::Dictionary(dictionary) => descend(dictionary, visit),
        Object::Array(list) => list.iter().for_each(|object| descend_object(object, visit)),
        // Streams are objects of their own.
        _ => {}
    }
}
