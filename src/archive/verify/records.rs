//! Whether the records of a package agree with its files and with what the bag says of itself.

use quick_xml::Reader;
use quick_xml::events::Event;

use super::Package;
use crate::diag::Code;
use crate::message;

/// Where PREMIS lies in our packages, and others that follow.
const PREMIS: &str = "data/metadata/premis.xml";
/// Where Dublin Core does.
const DUBLIN_CORE: &str = "data/metadata/dc.xml";

/// The records that are looked at.
pub const NAMES: [&str; 2] = [PREMIS, DUBLIN_CORE];

/// What PREMIS says of a file.
#[derive(Default)]
struct Object {
    path: String,
    size: Option<u64>,
    digests: Vec<String>,
}

impl Package {
    /// Reports records that say something else than the files, and than the bag of itself.
    pub(super) fn records(&mut self) {
        let text = |path: &str| Some(String::from_utf8_lossy(self.tags.get(path)?).into_owned());
        let (premis, core, info) = (text(PREMIS), text(DUBLIN_CORE), text("bag-info.txt"));
        for object in premis.iter().flat_map(|text| objects(text)) {
            if object.path.starts_with("data/") {
                self.look(&object);
            }
        }
        let info = info.unwrap_or_default();
        let said = info.lines().find_map(|line| line.strip_prefix("External-Identifier:"));
        let (Some(core), Some(identifier)) = (core, said.map(str::trim)) else { return };
        let mut known = false;
        leaves(&core, |name, value| known |= name == "identifier" && value == identifier);
        if !known {
            let message =
                message!("the record does not have the identifier `{identifier}`", identifier);
            self.note(Code::BagDisagrees, DUBLIN_CORE, message);
        }
    }

    /// Reports an object that is not the file that it describes.
    fn look(&mut self, object: &Object) {
        let path = &object.path;
        let Some(seen) = self.files.get(path) else {
            let message =
                message!("the record describes `{path}`, which is not there", path = *path);
            return self.note(Code::BagDisagrees, PREMIS, message);
        };
        let same = |digest: &String| {
            let digest = digest.to_ascii_lowercase();
            digest == seen.sha256 || digest == seen.sha512
        };
        let known = |digest: &&String| matches!(digest.len(), 64 | 128);
        let digests = object.digests.iter().filter(known).all(same);
        if object.size.is_some_and(|size| size != seen.size) || !digests {
            let message =
                message!("the record has another size or checksum for `{path}`", path = *path);
            self.note(Code::BagDisagrees, PREMIS, message);
        }
    }
}

/// The objects of a record in PREMIS; what cannot be read is left out.
fn objects(text: &str) -> Vec<Object> {
    let mut objects: Vec<Object> = Vec::new();
    leaves(text, |name, value| match (name, objects.last_mut()) {
        ("objectIdentifierValue", _) => {
            objects.push(Object { path: value.to_owned(), ..Object::default() });
        }
        ("size", Some(object)) => object.size = value.parse().ok(),
        ("messageDigest", Some(object)) => object.digests.push(value.to_owned()),
        _ => {}
    });
    objects
}

/// Gives each element that holds nothing but characters, by its name without prefix.
fn leaves(text: &str, mut give: impl FnMut(&str, &str)) {
    let mut reader = Reader::from_str(text);
    let (mut name, mut value) = (String::new(), String::new());
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => {
                name = start.local_name().as_ref().to_owned();
                value.clear();
            }
            Ok(Event::Text(text)) => value += &text.xml10_content(),
            Ok(Event::GeneralRef(entity)) => value += entity_of(&entity),
            Ok(Event::End(_)) => {
                if !name.is_empty() {
                    give(&name, value.trim());
                }
                name.clear();
            }
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
    }
}

/// The character of one of the five entities that XML has; other documents' own are none.
fn entity_of(name: &str) -> &'static str {
    match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => "",
    }
}
