//! METS 1.12 (Metadata Encoding and Transmission Standard): where every file and record of the
//! package is, and what the book consists of.

use super::{FOLDER, PROGRAM, VERSION, Work};
use crate::archive::{Held, Role};
use crate::book::Chapter;
use crate::epub::Xml;

/// The record of all `held`, among them the other records.
pub fn write(work: Work<'_>, held: &[Held]) -> Vec<u8> {
    let mut xml = Xml::indented();
    let data = &work.book.metadata;
    let title = data.full_title();
    let attributes = [
        ("xmlns", "http://www.loc.gov/METS/"),
        ("xmlns:xlink", "http://www.w3.org/1999/xlink"),
        ("OBJID", data.identifier.as_str()),
        ("LABEL", &title),
        ("TYPE", "book"),
    ];
    xml.element("mets", &attributes, |xml| {
        header(xml, &data.modified);
        let records = held.iter().filter(|file| file.role == Role::Metadata);
        let (about_files, about_book): (Vec<_>, Vec<_>) =
            records.partition(|file| kind(file).1 == "PREMIS");
        for file in &about_book {
            xml.element("dmdSec", &[("ID", kind(file).0)], |xml| reference(xml, file));
        }
        if !about_files.is_empty() {
            xml.element("amdSec", &[("ID", "amd")], |xml| {
                for file in &about_files {
                    let attributes = [("ID", kind(file).0)];
                    xml.element("digiprovMD", &attributes, |xml| reference(xml, file));
                }
            });
        }
        files(xml, held);
        let ids: Vec<&str> = about_book.iter().map(|file| kind(file).0).collect();
        let ids = ids.join(" ");
        physical(xml, held, &ids);
        logical(xml, work, held, &ids);
    });
    xml.finish()
}

/// `metsHdr`.
fn header(xml: &mut Xml, modified: &str) {
    xml.element("metsHdr", &[("CREATEDATE", modified)], |xml| {
        let attributes = [("ROLE", "CREATOR"), ("TYPE", "OTHER"), ("OTHERTYPE", "SOFTWARE")];
        xml.element("agent", &attributes, |xml| {
            xml.leaf("name", &[], PROGRAM);
            xml.leaf("note", &[], VERSION);
        });
    });
}

/// What the section of a record is called, its `MDTYPE`, and what `OTHER` stands for.
fn kind(file: &Held) -> (&'static str, &'static str, &'static str) {
    match file.path.strip_prefix(FOLDER) {
        Some("dc.xml") => ("dc", "DC", ""),
        Some("mods.xml") => ("mods", "MODS", ""),
        Some("marc21.xml") => ("marc21", "MARC", ""),
        Some("onix31.xml") => ("onix31", "OTHER", "ONIX"),
        Some("premis.xml") => ("premis", "PREMIS", ""),
        Some(_) | None => ("other", "OTHER", "OTHER"),
    }
}

/// `mdRef`: a record beside this one.
fn reference(xml: &mut Xml, file: &Held) {
    let (_, kind, other) = kind(file);
    let (size, href) = (file.size.to_string(), address(&file.path));
    let mut attributes = vec![("LOCTYPE", "URL"), ("xlink:href", href.as_str()), ("MDTYPE", kind)];
    if !other.is_empty() {
        attributes.push(("OTHERMDTYPE", other));
    }
    attributes.extend(fixity(file, &size));
    xml.empty("mdRef", &attributes);
}

/// What tells whether a file is whole.
fn fixity<'a>(file: &'a Held, size: &'a str) -> [(&'static str, &'a str); 4] {
    [
        ("MIMETYPE", file.format.media_type),
        ("SIZE", size),
        ("CHECKSUM", &file.sha512),
        ("CHECKSUMTYPE", "SHA-512"),
    ]
}

/// A file as seen from this record (RFC 3986: what a path may not have is written by its bytes).
fn address(path: &str) -> String {
    let mut address = String::new();
    let inside = path.strip_prefix(FOLDER);
    let from_data = path.strip_prefix("data/").map(|rest| ("../", rest));
    let (up, rest) = inside.map(|rest| ("", rest)).or(from_data).unwrap_or(("../../", path));
    address.push_str(up);
    for byte in rest.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                address.push(char::from(byte));
            }
            other => address.push_str(&format!("%{other:02X}")),
        }
    }
    address
}

/// What a file is called in here.
fn name(place: usize) -> String {
    format!("file-{}", place + 1)
}

/// The files of a role, and what each is called.
fn of_role(held: &[Held], role: Role) -> Vec<(String, &Held)> {
    let numbered = held.iter().enumerate().filter(|(_, file)| file.role == role);
    numbered.map(|(place, file)| (name(place), file)).collect()
}

/// `fileSec`: a group for each role.
fn files(xml: &mut Xml, held: &[Held]) {
    if held.is_empty() {
        return;
    }
    xml.element("fileSec", &[], |xml| {
        for role in Role::ALL {
            let files = of_role(held, role);
            if files.is_empty() {
                continue;
            }
            xml.element("fileGrp", &[("USE", role.keyword())], |xml| {
                for (id, file) in files {
                    one_file(xml, &id, file);
                }
            });
        }
    });
}

/// `file`.
fn one_file(xml: &mut Xml, id: &str, file: &Held) {
    let (size, href) = (file.size.to_string(), address(&file.path));
    let mut attributes = vec![("ID", id)];
    attributes.extend(fixity(file, &size));
    xml.element("file", &attributes, |xml| {
        xml.empty("FLocat", &[("LOCTYPE", "URL"), ("xlink:href", &href)]);
    });
}

/// `structMap` of the package: a division for each role.
fn physical(xml: &mut Xml, held: &[Held], described: &str) {
    let map = [("TYPE", "physical"), ("LABEL", "package")];
    xml.element("structMap", &map, |xml| {
        xml.element("div", &book(described), |xml| {
            for role in Role::ALL {
                let files = of_role(held, role);
                if files.is_empty() {
                    continue;
                }
                xml.element("div", &[("TYPE", role.keyword())], |xml| {
                    for (id, _) in files {
                        xml.empty("fptr", &[("FILEID", &id)]);
                    }
                });
            }
        });
    });
}

/// The attributes of the division that is the book; none of description without records.
fn book(described: &str) -> Vec<(&str, &str)> {
    let mut attributes = vec![("TYPE", "book")];
    if !described.is_empty() {
        attributes.push(("DMDID", described));
    }
    attributes
}

/// `structMap` of the text: parts, chapters, and the files that they were made from.
fn logical(xml: &mut Xml, work: Work<'_>, held: &[Held], described: &str) {
    let map = [("TYPE", "logical"), ("LABEL", "contents")];
    xml.element("structMap", &map, |xml| {
        xml.element("div", &book(described), |xml| {
            let mut in_part = false;
            for (place, chapter) in work.book.chapters.iter().enumerate() {
                let order = (place + 1).to_string();
                if let Some(part) = &chapter.part {
                    if in_part {
                        xml.close("div");
                    }
                    in_part = true;
                    xml.open("div", &[("TYPE", "part"), ("LABEL", &part.title)]);
                }
                division(xml, chapter, &order, held);
            }
            if in_part {
                xml.close("div");
            }
        });
    });
}

/// A chapter.
fn division(xml: &mut Xml, chapter: &Chapter, order: &str, held: &[Held]) {
    let attributes =
        [("TYPE", "chapter"), ("ORDER", order), ("LABEL", chapter.plain_title.as_str())];
    xml.element("div", &attributes, |xml| {
        let wanted = format!("/{}.md", chapter.stem);
        let sources = of_role(held, Role::Source);
        for (id, _) in sources.iter().filter(|(_, file)| file.path.ends_with(&wanted)) {
            xml.empty("fptr", &[("FILEID", id)]);
        }
    });
}
