//! The feed of OPDS 2.0, in the words of the Readium Web Publication Manifest.

use serde_json::{Map, Value, json};

use super::atom::{IMAGES, OPEN_ACCESS};
use super::volume::{Item, Volume};
use super::{ATOM, Catalogue, JSON, PAGE, atom};

/// What the feed is (OPDS 2.0, 2).
pub const TYPE: &str = "application/opds+json";

/// The feed.
pub fn feed(catalogue: &Catalogue) -> String {
    let publications: Vec<Value> =
        catalogue.volumes().map(|volume| publication(catalogue, volume)).collect();
    let feed = json!({
        "metadata": {
            "title": catalogue.title,
            "modified": catalogue.updated,
            "numberOfItems": publications.len(),
        },
        "links": [
            { "rel": "self", "href": JSON, "type": TYPE },
            { "rel": "alternate", "href": ATOM, "type": atom::TYPE },
            { "rel": "alternate", "href": PAGE, "type": "text/html" },
        ],
        "publications": publications,
    });
    format!("{feed:#}\n")
}

/// A book (OPDS 2.0, 5).
fn publication(catalogue: &Catalogue, volume: &Volume) -> Value {
    let files: Vec<Value> = volume.files.iter().map(|file| acquisition(catalogue, file)).collect();
    let images = IMAGES.into_iter().zip(volume.cover.iter().flatten()).map(|(rel, cover)| {
        let (width, height) = cover.pixels;
        json!({
            "rel": rel,
            "href": cover.address,
            "type": cover.media_type,
            "width": width,
            "height": height,
        })
    });
    let images: Vec<Value> = images.collect();
    json!({ "metadata": metadata(volume), "links": files, "images": images })
}

fn acquisition(catalogue: &Catalogue, file: &Item) -> Value {
    json!({
        "rel": OPEN_ACCESS,
        "href": file.address(),
        "type": file.kind.media_type(),
        "title": catalogue.output(file),
    })
}

/// What is said of a book; nothing of what it does not tell.
fn metadata(volume: &Volume) -> Value {
    let about = &volume.about;
    let mut metadata = Map::new();
    let mut say = |key: &str, value: Value| {
        let empty = match &value {
            Value::String(text) => text.is_empty(),
            Value::Array(values) => values.is_empty(),
            Value::Null => true,
            Value::Bool(_) | Value::Number(_) | Value::Object(_) => false,
        };
        if !empty {
            metadata.insert(key.to_owned(), value);
        }
    };
    say("@type", json!("http://schema.org/Book"));
    say("title", json!(about.title));
    say("subtitle", json!(about.subtitle));
    say("identifier", json!(about.identifier));
    say("language", json!(about.language));
    say("modified", json!(about.modified));
    say("published", json!(about.date));
    say("publisher", json!(about.publisher));
    say("description", json!(about.description));
    say("author", json!(about.authors));
    for (role, names) in roles(volume) {
        say(role, json!(names));
    }
    say("subject", about.subjects.iter().map(subject).collect());
    if let Some((name, position)) = &about.series {
        let series = match position {
            Some(position) => json!({ "name": name, "position": position }),
            None => json!({ "name": name }),
        };
        say("belongsTo", json!({ "series": series }));
    }
    Value::Object(metadata)
}

/// The contributors by the keys that the manifest has for what they did.
fn roles(volume: &Volume) -> [(&'static str, Vec<&str>); 4] {
    let key = |relator: &str| match relator {
        "trl" => "translator",
        "edt" => "editor",
        "ill" => "illustrator",
        _ => "contributor",
    };
    ["translator", "editor", "illustrator", "contributor"].map(|role| {
        let people = volume.about.contributors.iter();
        let names = people.filter(|(_, relator)| key(relator) == role);
        (role, names.map(|(name, _)| name.as_str()).collect())
    })
}

fn subject((name, code): &(String, Option<(String, String)>)) -> Value {
    match code {
        Some((scheme, term)) => json!({ "name": name, "scheme": scheme, "code": term }),
        None => json!(name),
    }
}
