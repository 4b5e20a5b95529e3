//! The bytes of the whole file (ISO 32000-1, 7.5): object streams, packed in parallel, and one
//! cross-reference stream.
//!
//! lopdf's objects are written one after the other as they are. What there are many of, the elements
//! of the structure, comes [`Ready`] in the words of the file: as objects of lopdf they would take ten
//! times the memory.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::deflate::{Deflater, packed};
use super::png;
use super::syntax::{decimal, hexadecimal, name, write_object};
use crate::diag::Message;

/// The most objects in one object stream.
const SHARING: usize = 200;
/// How many ready objects wait until they are packed.
const WAITING: usize = SHARING * 16;
/// Bytes of each half of the file's identifier.
const IDENTIFIER: usize = 16;
/// Bytes of the fields of the cross-reference stream: kind, place, place inside (table 18).
const FIELDS: [usize; 3] = [1, 4, 2];
/// Tells programs that the file is not text (7.5.2).
const BINARY: &[u8] = b"%\xE2\xE3\xCF\xD3\n";

/// Objects in the words of the file, without `obj` and `endobj`; packed as soon as there are many.
#[derive(Default)]
pub struct Ready {
    bytes: Vec<u8>,
    /// The number of each, and where it begins.
    starts: Vec<(u32, usize)>,
    packs: Vec<Pack>,
}

/// An object stream.
struct Pack {
    /// The numbers of its objects.
    numbers: Vec<u32>,
    stream: Stream,
}

impl Ready {
    /// Begins an object; what is written to the bytes is its content.
    pub fn begin(&mut self, (number, _): ObjectId) -> &mut Vec<u8> {
        if self.starts.len() == WAITING {
            self.pack();
        }
        self.starts.push((number, self.bytes.len()));
        &mut self.bytes
    }

    fn pack(&mut self) {
        let ends = self.starts.iter().skip(1).map(|&(_, start)| start);
        let spans = self.starts.iter().zip(ends.chain([self.bytes.len()]));
        let content = |(&(number, start), end)| (number, Content::Ready(&self.bytes[start..end]));
        let objects: Vec<_> = spans.map(content).collect();
        self.packs.extend(packs(&objects));
        self.starts.clear();
        self.bytes.clear();
    }
}

/// What an object is written from.
#[derive(Clone, Copy)]
enum Content<'a> {
    Object(&'a Object),
    Ready(&'a [u8]),
}

/// Where an object stands in the file.
#[derive(Clone, Copy)]
enum Site {
    /// At a distance from its start.
    At(usize),
    /// In an object stream, at a place.
    Within(u32, usize),
}

/// Writes the file. Its identifier (14.4) is the hash of its objects, so that equal identifiers mean
/// equal files.
///
/// # Errors
/// The file would be too large.
pub fn save(document: &Document, mut ready: Ready) -> Result<Vec<u8>, Message> {
    let mut bytes = format!("%PDF-{}\n", document.version).into_bytes();
    bytes.extend_from_slice(BINARY);
    let mut sites: Vec<(u32, Site)> = Vec::with_capacity(document.objects.len());
    let mut sharing = Vec::new();
    for (&(number, _), object) in &document.objects {
        match object {
            Object::Stream(stream) => {
                sites.push((number, Site::At(bytes.len())));
                write_stream(&mut bytes, number, &stream.dict, &stream.content);
            }
            other => sharing.push((number, Content::Object(other))),
        }
    }
    ready.pack();
    let mut next = document.max_id + 1;
    for Pack { numbers, stream } in packs(&sharing).into_iter().chain(ready.packs) {
        sites.push((next, Site::At(bytes.len())));
        sites.extend((0..).zip(numbers).map(|(place, number)| (number, Site::Within(next, place))));
        write_stream(&mut bytes, next, &stream.dict, &stream.content);
        next += 1;
    }
    let start = bytes.len();
    if u32::try_from(start).is_err() {
        return Err("the file would be larger than 4 GB".into());
    }
    sites.push((next, Site::At(start)));
    let mut trailer = document.trailer.clone();
    let hash = Sha256::digest(&bytes);
    let identifier = hexadecimal(&hash[..IDENTIFIER]);
    trailer.set("ID", vec![identifier.clone(), identifier]);
    write_sites(&mut bytes, next, &mut sites, trailer);
    bytes.extend_from_slice(format!("startxref\n{start}\n%%EOF\n").as_bytes());
    Ok(bytes)
}

/// Object streams of so many objects, packed side by side.
fn packs(objects: &[(u32, Content<'_>)]) -> Vec<Pack> {
    let pack = |deflater: &mut Deflater, objects: &[(u32, Content<'_>)]| Pack {
        numbers: objects.iter().map(|&(number, _)| number).collect(),
        stream: share(objects, deflater),
    };
    objects.par_chunks(SHARING).map_init(Deflater::new, pack).collect()
}

/// An object stream (7.5.7): numbers and places first, then the objects.
fn share(pack: &[(u32, Content<'_>)], deflater: &mut Deflater) -> Stream {
    let (mut index, mut body) = (Vec::new(), Vec::new());
    for &(number, content) in pack {
        for value in [number as usize, body.len()] {
            decimal(&mut index, value as i64, 0);
            index.push(b' ');
        }
        match content {
            Content::Object(object) => write_object(&mut body, object),
            Content::Ready(ready) => body.extend_from_slice(ready),
        }
        body.push(b'\n');
    }
    let dictionary = dictionary! {
        "Type" => name("ObjStm"),
        "N" => pack.len() as i64,
        "First" => index.len() as i64,
    };
    index.append(&mut body);
    deflater.stream(dictionary, &index)
}

fn write_stream(out: &mut Vec<u8>, number: u32, dictionary: &Dictionary, content: &[u8]) {
    decimal(out, number.into(), 0);
    out.extend_from_slice(b" 0 obj\n<<");
    for (key, value) in dictionary.iter().filter(|(key, _)| *key != b"Length") {
        write_object(out, &Object::Name(key.clone()));
        out.push(b' ');
        write_object(out, value);
    }
    out.extend_from_slice(b"/Length ");
    decimal(out, content.len() as i64, 0);
    out.extend_from_slice(b">>\nstream\n");
    out.extend_from_slice(content);
    out.extend_from_slice(b"\nendstream\nendobj\n");
}

/// Writes the cross-reference stream (7.5.8), which is also the trailer.
fn write_sites(out: &mut Vec<u8>, number: u32, sites: &mut [(u32, Site)], trailer: Dictionary) {
    const WIDTH: usize = FIELDS[0] + FIELDS[1] + FIELDS[2];
    sites.sort_unstable_by_key(|&(number, _)| number);
    // A number without an object is free.
    let mut rows = vec![0; WIDTH * (number as usize + 1)];
    for &(number, site) in sites.iter() {
        let (kind, place, inside) = match site {
            Site::At(place) => (1, place as u32, 0),
            Site::Within(stream, inside) => (2, stream, inside as u16),
        };
        let row = &mut rows[number as usize * WIDTH..][..WIDTH];
        row[0] = kind;
        row[1..5].copy_from_slice(&place.to_be_bytes());
        row[5..7].copy_from_slice(&inside.to_be_bytes());
    }
    let mut dictionary = trailer;
    dictionary.set("Type", name("XRef"));
    dictionary.set("Size", i64::from(number) + 1);
    dictionary.set("W", FIELDS.map(|width| Object::from(width as i64)).to_vec());
    dictionary.set("DecodeParms", png::predictor(WIDTH as u32, 1, 8));
    let rows = png::pack(&rows, WIDTH, 1, &mut Deflater::new());
    let stream = packed(dictionary, rows);
    write_stream(out, number, &stream.dict, &stream.content);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_as_it_was_written() {
        let mut document = Document::with_version("1.7");
        let stream = Stream::new(Dictionary::new(), b"stream".to_vec());
        let stream = document.add_object(stream);
        let word = document.add_object(Object::string_literal("a)(\\\r"));
        // A number that is not used.
        document.new_object_id();
        let id = document.new_object_id();
        let mut ready = Ready::default();
        ready.begin(id).extend_from_slice(b"<</Kind/Ready>>");
        let more: Vec<ObjectId> = (0..2 * WAITING).map(|_| document.new_object_id()).collect();
        for id in &more {
            ready.begin(*id).extend_from_slice(id.0.to_string().as_bytes());
        }
        for count in 0..2 * SHARING as i64 {
            document.add_object(count);
        }
        document.trailer = dictionary! { "Root" => id, "All" => vec![stream.into(), word.into()] };
        let bytes = save(&document, ready).unwrap();
        let read = Document::load_mem(&bytes).unwrap();
        assert_eq!(read.get_dictionary(id).unwrap().get(b"Kind").unwrap(), &name("Ready"));
        assert_eq!(read.get_object(word).unwrap().as_str().unwrap(), b"a)(\\\r");
        assert_eq!(read.get_object(stream).unwrap().as_stream().unwrap().content, b"stream");
        let last = read.get_object((document.max_id, 0)).unwrap();
        assert_eq!(last.as_i64().unwrap(), 2 * SHARING as i64 - 1);
        for id in more {
            assert_eq!(read.get_object(id).unwrap().as_i64().unwrap(), i64::from(id.0));
        }
        let identifier = read.trailer.get(b"ID").unwrap().as_array().unwrap();
        assert_eq!(identifier[0], identifier[1]);
    }
}
