//! PREMIS 3.0 (Data Dictionary for Preservation Metadata, 2015): each file, its making, who made it,
//! what may be done with it. The figures beside functions are the dictionary's.

use super::{PROGRAM, VERSION, Work};
use crate::archive::{Format, Held, Role};
use crate::epub::Xml;

/// What identifiers in a package are called.
const LOCAL: &str = "local";
/// The program as an agent.
const AGENT: &str = "agent-banxin";
/// The statement of rights.
const RIGHTS: &str = "rights-1";

/// The record of all `held`.
pub fn write(work: Work<'_>, held: &[Held]) -> Vec<u8> {
    let mut xml = Xml::indented();
    let attributes = [
        ("xmlns", "http://www.loc.gov/premis/v3"),
        ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
        ("version", "3.0"),
    ];
    let data = &work.book.metadata;
    let righted = !data.licence.is_empty() || !data.rights.is_empty();
    xml.element("premis", &attributes, |xml| {
        for (place, file) in held.iter().enumerate() {
            object(xml, place, file, &data.modified, righted);
        }
        for (place, file) in held.iter().enumerate().filter(|(_, file)| is_made(file)) {
            event(xml, place, file, &data.modified);
        }
        agent(xml);
        if righted {
            rights(xml, work, held);
        }
    });
    xml.finish()
}

/// Whether the program made the file.
fn is_made(file: &Held) -> bool {
    match file.role {
        Role::Access | Role::Preservation | Role::Print | Role::Metadata | Role::Start => true,
        Role::Source | Role::Licence | Role::Report => false,
    }
}

/// An identifier: its kind and its value, in elements that are called after what they identify.
fn identifier(xml: &mut Xml, of: &str, kind: &str, value: &str) {
    xml.element(&format!("{of}Identifier"), &[], |xml| {
        xml.leaf(&format!("{of}IdentifierType"), &[], kind);
        xml.leaf(&format!("{of}IdentifierValue"), &[], value);
    });
}

/// A file (1.1 to 1.16).
fn object(xml: &mut Xml, place: usize, file: &Held, made: &str, righted: bool) {
    xml.element("object", &[("xsi:type", "file")], |xml| {
        identifier(xml, "object", LOCAL, &file.path);
        xml.element("objectCharacteristics", &[], |xml| {
            for (algorithm, digest) in [("SHA-256", &file.sha256), ("SHA-512", &file.sha512)] {
                xml.element("fixity", &[], |xml| {
                    xml.leaf("messageDigestAlgorithm", &[], algorithm);
                    xml.leaf("messageDigest", &[], digest);
                    xml.leaf("messageDigestOriginator", &[], PROGRAM);
                });
            }
            xml.leaf("size", &[], &file.size.to_string());
            format(xml, file.format);
            if is_made(file) {
                xml.element("creatingApplication", &[], |xml| {
                    xml.leaf("creatingApplicationName", &[], PROGRAM);
                    xml.leaf("creatingApplicationVersion", &[], VERSION);
                    xml.leaf("dateCreatedByApplication", &[], made);
                });
            }
        });
        let name = file.path.rsplit('/').next().unwrap_or(&file.path);
        xml.leaf("originalName", &[], name);
        if is_made(file) {
            identifier(xml, "linkingEvent", LOCAL, &event_of(place));
        }
        if righted && is_book(file) {
            identifier(xml, "linkingRightsStatement", LOCAL, RIGHTS);
        }
    });
}

/// Whether the file is the book itself.
fn is_book(file: &Held) -> bool {
    match file.role {
        Role::Access | Role::Preservation | Role::Print => true,
        Role::Source | Role::Licence | Role::Report | Role::Metadata | Role::Start => false,
    }
}

/// The format, by name and by its key in PRONOM (1.5.4).
fn format(xml: &mut Xml, format: &Format) {
    xml.element("format", &[], |xml| {
        xml.element("formatDesignation", &[], |xml| {
            xml.leaf("formatName", &[], format.name);
            if !format.version.is_empty() {
                xml.leaf("formatVersion", &[], format.version);
            }
        });
        if let Some(puid) = format.pronom {
            xml.element("formatRegistry", &[], |xml| {
                xml.leaf("formatRegistryName", &[], "PRONOM");
                xml.leaf("formatRegistryKey", &[], puid);
                xml.leaf("formatRegistryRole", &[], "specification");
            });
        }
    });
}

/// What the making of a file is called.
fn event_of(place: usize) -> String {
    format!("creation-{}", place + 1)
}

/// The making of a file (2.1 to 2.7).
fn event(xml: &mut Xml, place: usize, file: &Held, made: &str) {
    xml.element("event", &[], |xml| {
        identifier(xml, "event", LOCAL, &event_of(place));
        xml.leaf("eventType", &[], "creation");
        xml.leaf("eventDateTime", &[], made);
        identifier(xml, "linkingAgent", LOCAL, AGENT);
        identifier(xml, "linkingObject", LOCAL, &file.path);
    });
}

/// The program (3.1 to 3.4).
fn agent(xml: &mut Xml) {
    xml.element("agent", &[], |xml| {
        identifier(xml, "agent", LOCAL, AGENT);
        xml.leaf("agentName", &[], PROGRAM);
        xml.leaf("agentType", &[], "software");
        xml.leaf("agentVersion", &[], VERSION);
    });
}

/// What may be done (4.1): a licence where there is one, else what the book says. Copyright as a
/// basis would ask for a status and a country, which no book tells.
fn rights(xml: &mut Xml, work: Work<'_>, held: &[Held]) {
    let data = &work.book.metadata;
    xml.element("rights", &[], |xml| {
        xml.element("rightsStatement", &[], |xml| {
            identifier(xml, "rightsStatement", LOCAL, RIGHTS);
            if data.licence.is_empty() {
                xml.leaf("rightsBasis", &[], "other");
                xml.element("otherRightsInformation", &[], |xml| {
                    xml.leaf("otherRightsBasis", &[], "statement of the publisher");
                    xml.leaf("otherRightsNote", &[], &data.rights);
                });
            } else {
                xml.leaf("rightsBasis", &[], "license");
                xml.element("licenseInformation", &[], |xml| {
                    identifier(xml, "licenseDocumentation", "URI", &data.licence);
                    if !data.rights.is_empty() {
                        xml.leaf("licenseNote", &[], &data.rights);
                    }
                });
            }
            for file in held.iter().filter(|file| is_book(file)) {
                identifier(xml, "linkingObject", LOCAL, &file.path);
            }
        });
    });
}
