//! The faces of a book for the reader of drawings, which looks them up in a `fontdb` database.

use std::sync::Arc;

use resvg::usvg::fontdb;

use super::bundled::Bundled;
use super::{Face, FaceId, id};

/// All faces of [`Fonts`](super::Fonts) in one database, and which face each entry is.
#[derive(Debug)]
pub struct Database {
    faces: Arc<fontdb::Database>,
    /// The entry of each face, in the order of the faces.
    entries: Vec<Option<fontdb::ID>>,
}

impl Database {
    /// Enters every face; the bytes are shared, not copied.
    pub(super) fn new(faces: &[Arc<Face>]) -> Self {
        let mut database = fontdb::Database::new();
        let entries = faces.iter().map(|face| enter(&mut database, face)).collect();
        Self { faces: Arc::new(database), entries }
    }

    /// The database itself.
    pub fn shared(&self) -> Arc<fontdb::Database> {
        Arc::clone(&self.faces)
    }

    /// The face that an entry stands for.
    pub fn face(&self, entry: fontdb::ID) -> Option<FaceId> {
        self.entries.iter().position(|&known| known == Some(entry)).map(id)
    }

    /// The entry of a face; none for a font that the database cannot read.
    pub fn entry(&self, face: FaceId) -> Option<fontdb::ID> {
        self.entries.get(usize::from(face.0)).copied().flatten()
    }
}

/// Enters one face. A collection enters with all of its faces, of which only one is meant.
fn enter(database: &mut fontdb::Database, face: &Face) -> Option<fontdb::ID> {
    let source = fontdb::Source::Binary(face.shared_bytes());
    if let Some(file) = face.known() {
        return Some(database.push_face_info(known(file, source)));
    }
    let entered = database.load_font_source(source);
    let is_meant =
        |&entry: &fontdb::ID| database.face(entry).is_some_and(|info| info.index == face.index());
    let meant = entered.iter().copied().find(is_meant);
    for entry in entered {
        if Some(entry) != meant {
            database.remove_face(entry);
        }
    }
    meant
}

/// What the database would read from a bundled font.
fn known(file: &Bundled, source: fontdb::Source) -> fontdb::FaceInfo {
    let chinese = |name: &str| (name.to_owned(), fontdb::Language::Chinese_PeoplesRepublicOfChina);
    let english = (file.family.to_owned(), fontdb::Language::English_UnitedStates);
    fontdb::FaceInfo {
        id: fontdb::ID::dummy(),
        source,
        index: 0,
        families: std::iter::once(english).chain(file.chinese_family().map(chinese)).collect(),
        post_script_name: file.name.to_owned(),
        style: fontdb::Style::Normal,
        weight: fontdb::Weight(file.weight()),
        stretch: fontdb::Stretch::Normal,
        monospaced: false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::bundled;
    use super::*;
    use crate::diag::Sink;
    use crate::files::Folder;
    use crate::manifest::FontChoice;

    #[test]
    fn what_is_known_of_a_bundled_face_is_what_the_database_would_read() {
        for file in &bundled::ALL {
            let source = || fontdb::Source::Binary(Face::bundled(file).shared_bytes());
            let mut read = fontdb::Database::new();
            let entry = read.load_font_source(source())[0];
            let read = read.face(entry).unwrap();
            let fontdb::FaceInfo { families, post_script_name, style, .. } = known(file, source());
            assert_eq!((&families, &post_script_name), (&read.families, &read.post_script_name));
            let known = known(file, source());
            assert_eq!(
                (style, known.weight, known.stretch),
                (read.style, read.weight, read.stretch)
            );
            assert_eq!((known.index, known.monospaced), (read.index, read.monospaced));
        }
    }

    #[test]
    fn every_face_has_an_entry_that_leads_back_to_it() {
        let files = Folder::Memory(Default::default());
        let fonts = crate::font::load(&FontChoice::default(), &files, &mut Sink::default());
        let fonts = fonts.unwrap();
        for (id, face) in fonts.faces() {
            let entry = fonts.database().entry(id).unwrap();
            assert_eq!(fonts.database().face(entry), Some(id));
            let bytes = fonts.database().shared().with_face_data(entry, |data, _| data.as_ptr());
            assert_eq!(bytes, Some(face.bytes().as_ptr()), "{face:?} was copied");
        }
    }
}
