//! The pictures that come along, and the places of those that do not.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use super::article::{Fate, Picture, Remark};
use crate::diag::Message;
use crate::{message, placeholder};

/// The folder of pictures in a book.
pub(super) const FOLDER: &str = "pictures";
/// The most pixels that banxin sets.
const MOST_PIXELS: usize = 100_000_000;
/// Pictures that are no wider or no higher than this count readers, or part paragraphs.
const LEAST_SIDE: usize = 2;

/// Files for the folder of pictures.
#[derive(Debug, Default)]
pub(super) struct Pictures {
    /// Paths and bytes, in order.
    pub files: Vec<(String, Vec<u8>)>,
    /// Names that are used, in small letters and without their endings: two that differ in these alone
    /// would be mistaken for each other.
    taken: BTreeSet<String>,
    /// Where pictures that came along stand, by their hashes.
    places: BTreeMap<[u8; 32], String>,
}

impl Pictures {
    /// Pictures beside those that the book has.
    pub fn beside(taken: impl IntoIterator<Item = String>) -> Self {
        let stem = |name: String| {
            let name = name.to_ascii_lowercase();
            name.rsplit_once('.').map_or(name.clone(), |(stem, _)| stem.to_owned())
        };
        let taken = taken.into_iter().map(stem).collect();
        Self { taken, ..Self::default() }
    }

    /// Keeps a picture of the chapter `stem` and gives its path; none for what is no picture to a
    /// reader.
    pub fn keep(
        &mut self,
        picture: &Picture,
        stem: &str,
        remarks: &mut Vec<Remark>,
    ) -> Option<String> {
        match picture {
            Picture::Wanted { address } => Some(self.stand_in(stem, address, remarks)),
            Picture::Here { name, bytes } => match judge(bytes) {
                Verdict::Usable(ending) => Some(self.add(stem, ending, bytes)),
                Verdict::Spacer => {
                    let what = message!("`{name}` is a picture of a pixel or two", name);
                    remarks.push(Remark::new(Fate::Left, what, ""));
                    None
                }
                Verdict::Unusable { kind, ending } => {
                    let kept = self.add(stem, ending, bytes);
                    let path = self.stand_in(stem, name, remarks);
                    let kind = Message::from(kind);
                    let what = message!(
                        "`{kept}` holds `{name}`, which is {kind} and cannot be set: save it as PNG or \
                         JPEG, and name it where the chapter has `{path}`",
                        kept,
                        name,
                        kind,
                        path
                    );
                    remarks.push(Remark::new(Fate::Wanted, what, ""));
                    Some(path)
                }
            },
        }
    }

    /// The path of a picture that came along.
    fn add(&mut self, stem: &str, ending: &str, bytes: &[u8]) -> String {
        let hash: [u8; 32] = Sha256::digest(bytes).into();
        if let Some(path) = self.places.get(&hash) {
            return path.clone();
        }
        let path = self.name(stem, ending);
        self.places.insert(hash, path.clone());
        self.files.push((path.clone(), bytes.to_vec()));
        path
    }

    /// The path of a drawing that keeps the place of a picture.
    fn stand_in(&mut self, stem: &str, address: &str, remarks: &mut Vec<Remark>) -> String {
        let path = self.name(stem, "svg");
        self.files.push((path.clone(), placeholder::PICTURE.as_bytes().to_vec()));
        let what = match address {
            "" => message!("`{path}` keeps the place of a picture that did not come along", path),
            address => message!(
                "`{path}` keeps the place of a picture that did not come along, from {address}",
                path,
                address
            ),
        };
        remarks.push(Remark::new(Fate::Wanted, what, ""));
        path
    }

    /// A path that no picture has.
    fn name(&mut self, stem: &str, ending: &str) -> String {
        let mut names = (1..).map(|number| format!("{stem}-{number}"));
        let stem = names.find(|name| !self.taken.contains(name)).unwrap_or_default();
        let path = format!("{FOLDER}/{stem}.{ending}");
        self.taken.insert(stem);
        path
    }
}

/// What can become of a picture.
#[derive(Debug, PartialEq, Eq)]
enum Verdict {
    /// It can be set; its ending.
    Usable(&'static str),
    /// It is no picture to a reader.
    Spacer,
    /// It cannot be set.
    Unusable { kind: &'static str, ending: &'static str },
}

/// What a picture is, by its first bytes.
fn judge(bytes: &[u8]) -> Verdict {
    let start = &bytes[..bytes.len().min(1024)];
    let is_drawing = memchr::memmem::find(start, b"<svg").is_some();
    let at =
        |place: usize, magic: &[u8]| bytes.get(place..).is_some_and(|rest| rest.starts_with(magic));
    let ending = if at(0, b"\xFF\xD8\xFF") {
        "jpg"
    } else if at(0, b"\x89PNG\r\n\x1A\n") {
        "png"
    } else if at(0, b"RIFF") && at(8, b"WEBP") {
        "webp"
    } else if at(0, b"II*\0") || at(0, b"MM\0*") {
        "tif"
    } else if is_drawing {
        return Verdict::Usable("svg");
    } else if at(0, b"GIF8") {
        return match imagesize::blob_size(bytes) {
            Ok(size) if size.width.min(size.height) <= LEAST_SIDE => Verdict::Spacer,
            Ok(_) | Err(_) => Verdict::Unusable { kind: "a GIF", ending: "gif" },
        };
    } else {
        return Verdict::Unusable { kind: "no kind of picture that is known", ending: "bin" };
    };
    match imagesize::blob_size(bytes) {
        Ok(size) if size.width.min(size.height) <= LEAST_SIDE => Verdict::Spacer,
        Ok(size) if size.width.saturating_mul(size.height) <= MOST_PIXELS => {
            Verdict::Usable(ending)
        }
        Ok(_) => Verdict::Unusable { kind: "larger than any page", ending },
        Err(_) => Verdict::Unusable { kind: "broken", ending },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_kept_once_under_a_name_of_its_own() {
        let mut pictures = Pictures::beside(["A-1.JPG".to_owned()]);
        let mut remarks = Vec::new();
        let drawing = |text: &str| Picture::Here { name: "x".into(), bytes: text.into() };
        let mut keep = |picture| pictures.keep(&picture, "a", &mut remarks).unwrap();
        assert_eq!(keep(drawing("<svg/>")), "pictures/a-2.svg");
        assert_eq!(keep(drawing("<svg></svg>")), "pictures/a-3.svg");
        assert_eq!(keep(drawing("<svg/>")), "pictures/a-2.svg");
        assert_eq!(keep(Picture::Wanted { address: "https://x/y".into() }), "pictures/a-4.svg");
        assert_eq!(keep(Picture::Wanted { address: "https://x/y".into() }), "pictures/a-5.svg");
        assert_eq!(remarks.len(), 2);
        assert!(remarks[0].what.english().ends_with("from https://x/y"), "{remarks:?}");
    }

    #[test]
    fn what_cannot_be_set_is_told() {
        let gif = b"GIF89a\x40\0\x40\0\0\0\0";
        assert_eq!(judge(gif), Verdict::Unusable { kind: "a GIF", ending: "gif" });
        assert_eq!(judge(b"GIF89a\x01\0\x01\0\0\0\0"), Verdict::Spacer);
        assert_eq!(judge(b"\xFF\xD8\xFF\xE0"), Verdict::Unusable { kind: "broken", ending: "jpg" });
        assert_eq!(
            judge(b"<html>"),
            Verdict::Unusable { kind: "no kind of picture that is known", ending: "bin" }
        );
        let mut bomb = b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR".to_vec();
        bomb.extend([0, 1, 0, 0, 0, 1, 0, 0, 8, 2, 0, 0, 0]);
        assert_eq!(judge(&bomb), Verdict::Unusable { kind: "larger than any page", ending: "png" });
    }
}
