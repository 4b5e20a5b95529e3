//! The page that a person opens first: what the package holds, how large each file is, and by which
//! checksum it is known. It needs nothing but itself.

use super::held::Held;
use super::{Role, records};
use crate::book::Book;
use crate::epub::Xml;
use crate::script::PackageLabels;

/// How it looks: on paper and screens of any width, in light and dark.
const STYLE: &str = "
:root { color-scheme: light dark; }
body { font-family: system-ui, sans-serif; line-height: 1.6; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; }
h1 { line-height: 1.3; }
dl { display: grid; gap: .25rem 1rem; grid-template-columns: max-content 1fr; }
dd { margin: 0; overflow-wrap: anywhere; }
ul { list-style: none; padding: 0; }
li { border-top: 1px solid #8888; padding: .5rem 0; }
li a { overflow-wrap: anywhere; }
small { display: block; overflow-wrap: anywhere; }
";

/// The page of a package that holds `held`, and the records.
pub fn page(book: &Book, held: &[Held]) -> Vec<u8> {
    let metadata = &book.metadata;
    let labels = &metadata.rules.labels.package;
    let mut xml = Xml::indented();
    xml.doctype();
    let namespace = ("xmlns", "http://www.w3.org/1999/xhtml");
    xml.element("html", &[namespace, ("lang", &metadata.language)], |xml| {
        xml.element("head", &[], |xml| {
            xml.empty("meta", &[("charset", "utf-8")]);
            let view = "width=device-width, initial-scale=1";
            xml.empty("meta", &[("name", "viewport"), ("content", view)]);
            xml.leaf("title", &[], &metadata.full_title());
            xml.leaf("style", &[], STYLE);
        });
        xml.element("body", &[], |xml| {
            xml.element("main", &[], |xml| {
                xml.leaf("h1", &[], &metadata.full_title());
                about(xml, book);
                for role in Role::ALL {
                    section(xml, role, held, labels);
                }
            });
        });
    });
    xml.finish()
}

/// Who made the book, and what it is known by.
fn about(xml: &mut Xml, book: &Book) {
    let metadata = &book.metadata;
    if !metadata.description.is_empty() {
        xml.leaf("p", &[], &metadata.description);
    }
    let labels = &metadata.rules.labels;
    let separator = labels.name_separator;
    let credits = book.credits.iter().map(|credit| (&*credit.role, credit.names.join(separator)));
    let known = [
        (labels.package.publisher, metadata.publisher.clone()),
        (labels.package.date, metadata.rules.day(&metadata.date)),
        (labels.package.identifier, metadata.identifier.clone()),
        (labels.package.rights, [&*metadata.rights, &*metadata.licence].join(" ")),
    ];
    xml.element("dl", &[], |xml| {
        for (term, said) in credits.chain(known).filter(|(_, said)| !said.trim().is_empty()) {
            xml.leaf("dt", &[], term);
            xml.leaf("dd", &[], said.trim());
        }
    });
}

/// The files with a role.
fn section(xml: &mut Xml, role: Role, held: &[Held], labels: &PackageLabels) {
    let title = match role {
        Role::Preservation => labels.preservation,
        Role::Access => labels.access,
        Role::Print => labels.print,
        Role::Source => labels.source,
        Role::Licence => labels.licence,
        Role::Report => labels.report,
        Role::Metadata => labels.metadata,
        Role::Start => return,
    };
    let files: Vec<&Held> = held.iter().filter(|file| file.role == role).collect();
    let records: &[&str] = if role == Role::Metadata { &records::NAMES } else { &[] };
    if files.is_empty() && records.is_empty() {
        return;
    }
    xml.leaf("h2", &[], title);
    xml.element("ul", &[], |xml| {
        for file in files {
            let name = file.path.strip_prefix("data/").unwrap_or(&file.path);
            xml.element("li", &[], |xml| {
                xml.leaf("a", &[("href", &address(name))], name);
                let kind = [file.format.name, file.format.version].join(" ");
                let size = labels.bytes.replace("{}", &file.size.to_string());
                xml.leaf("small", &[], &format!("{} · {size}", kind.trim()));
                xml.leaf("small", &[], &format!("SHA-256 {}", file.sha256));
            });
        }
        for name in records {
            let name = format!("metadata/{name}");
            xml.element("li", &[], |xml| xml.leaf("a", &[("href", &name)], &name));
        }
    });
}

/// A path as the reference of a link (RFC 3986, 3.3): what is no plain letter or digit is encoded.
fn address(path: &str) -> String {
    let mut address = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                address.push(char::from(byte));
            }
            other => address += &format!("%{other:02X}"),
        }
    }
    address
}
