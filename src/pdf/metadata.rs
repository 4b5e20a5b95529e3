//! What the file says about itself, once: the Info dictionary and the XMP packet tell the same.

use std::fmt::Write;

use lopdf::{Dictionary, Object, Stream, StringFormat, dictionary};
use sha2::{Digest, Sha256};

use crate::book::Book;
use crate::profile::Standard;
use crate::script::is_forbidden;

use super::syntax::{name, text_string};

/// What the file says about itself. Empty texts are left out.
pub struct Description<'a> {
    title: String,
    creators: Vec<&'a str>,
    /// The creators in one line.
    author: String,
    subject: &'a str,
    language: &'a str,
    publisher: &'a str,
    rights: &'a str,
    identifier: &'a str,
    /// `YYYY-MM-DDThh:mm:ssZ`
    modified: &'a str,
    producer: String,
}

impl<'a> Description<'a> {
    /// The book's own words.
    pub fn of(book: &'a Book) -> Self {
        let metadata = &book.metadata;
        let labels = &metadata.rules.labels;
        let mut creators: Vec<&str> = Vec::new();
        for name in book.credits.iter().flat_map(|credit| &credit.names) {
            if !creators.contains(&name.as_str()) {
                creators.push(name);
            }
        }
        Self {
            title: metadata.full_title(),
            author: creators.join(labels.name_separator),
            creators,
            subject: &metadata.description,
            language: &metadata.language,
            publisher: &metadata.publisher,
            rights: &metadata.rights,
            identifier: &metadata.identifier,
            modified: &metadata.modified,
            producer: format!("banxin {}", env!("CARGO_PKG_VERSION")),
        }
    }

    /// The same of a file that is not the book itself but something made of it.
    pub fn made(self, what: &str) -> Self {
        Self { title: format!("{} · {what}", self.title), ..self }
    }

    /// The document information dictionary (ISO 32000-1, 14.3.3) of a file that keeps `standard`.
    pub fn info(&self, standard: Standard) -> Dictionary {
        let mut info = Dictionary::new();
        let texts = [
            ("Title", self.title.as_str()),
            ("Author", &self.author),
            ("Subject", self.subject),
            ("Creator", &self.producer),
            ("Producer", &self.producer),
        ];
        for (key, text) in texts {
            if !text.is_empty() {
                info.set(key, text_string(text));
            }
        }
        let digits: String = self.modified.chars().filter(char::is_ascii_digit).collect();
        if digits.len() == 14 {
            let date = Object::String(format!("D:{digits}Z").into(), StringFormat::Literal);
            info.set("CreationDate", date.clone());
            info.set("ModDate", date);
        }
        if standard.says_trapped() {
            info.set("Trapped", name("False"));
        }
        info
    }

    /// The XMP packet (14.3.2; ISO 16684-1), not compressed, so that other programs find it. It names
    /// the standards that the file keeps.
    pub fn xmp(&self, claims: &[Claim]) -> Stream {
        let mut xmp = String::from(HEAD);
        xmp.push_str("<dc:format>application/pdf</dc:format>\n");
        container(&mut xmp, "dc:title", Container::Alternatives, &[&self.title]);
        container(&mut xmp, "dc:creator", Container::Sequence, &self.creators);
        container(&mut xmp, "dc:description", Container::Alternatives, &[self.subject]);
        container(&mut xmp, "dc:language", Container::Bag, &[self.language]);
        container(&mut xmp, "dc:publisher", Container::Bag, &[self.publisher]);
        container(&mut xmp, "dc:rights", Container::Alternatives, &[self.rights]);
        for (element, text) in [
            ("dc:identifier", self.identifier),
            ("pdf:Producer", &self.producer),
            ("xmp:CreatorTool", &self.producer),
            ("xmp:CreateDate", self.modified),
            ("xmp:ModifyDate", self.modified),
            ("xmp:MetadataDate", self.modified),
            ("xmpMM:DocumentID", &uuid(self.identifier)),
            ("xmpMM:VersionID", "1"),
            ("xmpMM:RenditionClass", "default"),
        ] {
            if !text.is_empty() {
                let text = escaped(text);
                // Writing to a string cannot fail.
                let _ = writeln!(xmp, "<{element}>{text}</{element}>");
            }
        }
        xmp.push_str("</rdf:Description>\n");
        claims.iter().for_each(|claim| xmp.push_str(claim.xmp));
        xmp.push_str(TAIL);
        let dictionary = dictionary! { "Type" => name("Metadata"), "Subtype" => name("XML") };
        Stream::new(dictionary, xmp.into_bytes())
    }
}

/// What the packet says of a standard that the file keeps.
pub struct Claim {
    /// The standard's name.
    pub name: &'static str,
    /// A description of its own, whose elements carry no namespaces: programs that tell kinds of files by
    /// their bytes look for `<pdfaid:part>2</pdfaid:part>`.
    xmp: &'static str,
}

/// PDF/A-2a (ISO 19005-2, 6.6.4).
pub const PDF_A_2A: Claim = Claim {
    name: "PDF/A-2a",
    xmp: "<rdf:Description rdf:about=\"\" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">\n\
    <pdfaid:part>2</pdfaid:part>\n<pdfaid:conformance>A</pdfaid:conformance>\n</rdf:Description>\n",
};

/// PDF/UA-1 (ISO 14289-1, 5), with the description that PDF/A asks of a schema which it does not know
/// (ISO 19005-2, 6.6.2.3.3).
pub const PDF_UA_1: Claim = Claim {
    name: "PDF/UA-1",
    xmp: "<rdf:Description rdf:about=\"\" xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\" \
    xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\" \
    xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\" \
    xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n\
    <pdfuaid:part>1</pdfuaid:part>\n<pdfaExtension:schemas>\
    <rdf:Bag><rdf:li rdf:parseType=\"Resource\">\
    <pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>\
    <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
    <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\
    <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\
    <pdfaProperty:name>part</pdfaProperty:name>\
    <pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
    <pdfaProperty:category>internal</pdfaProperty:category>\
    <pdfaProperty:description>the part of ISO 14289</pdfaProperty:description>\
    </rdf:li></rdf:Seq></pdfaSchema:property>\
    </rdf:li></rdf:Bag></pdfaExtension:schemas>\n</rdf:Description>\n",
};

/// PDF/X-4 (ISO 15930-7): also that nobody has trapped the colours.
pub const PDF_X_4: Claim = Claim {
    name: "PDF/X-4",
    xmp: "<rdf:Description rdf:about=\"\" xmlns:pdfxid=\"http://www.npes.org/pdfx/ns/id/\" \
    xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\">\n<pdfxid:GTS_PDFXVersion>PDF/X-4\
    </pdfxid:GTS_PDFXVersion>\n<pdf:Trapped>False</pdf:Trapped>\n</rdf:Description>\n",
};

/// A UUID of the eighth kind (RFC 9562, 5.8), the same for the same identifier of a book.
fn uuid(identifier: &str) -> String {
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&Sha256::digest(identifier)[..16]);
    bytes[6] = bytes[6] & 0x0F | 0x80;
    bytes[8] = bytes[8] & 0x3F | 0x80;
    let mut uuid = String::from("uuid:");
    for (index, byte) in bytes.iter().enumerate() {
        let hyphen = if matches!(index, 4 | 6 | 8 | 10) { "-" } else { "" };
        // Writing to a string cannot fail.
        let _ = write!(uuid, "{hyphen}{byte:02x}");
    }
    uuid
}

/// The start of a packet; the id is the one that every packet has.
const HEAD: &str = "<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
    <x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n\
    <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n\
    <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
    xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" \
    xmlns:xmpMM=\"http://ns.adobe.com/xap/1.0/mm/\">\n";
/// Its end.
const TAIL: &str = "</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>\n";

/// How XMP holds several values.
#[derive(Clone, Copy)]
enum Container {
    /// By language.
    Alternatives,
    /// In order.
    Sequence,
    /// In no order.
    Bag,
}

/// Writes an element with its values; nothing when all are empty.
fn container(xmp: &mut String, element: &str, kind: Container, values: &[&str]) {
    let (kind, attribute) = match kind {
        Container::Alternatives => ("Alt", " xml:lang=\"x-default\""),
        Container::Sequence => ("Seq", ""),
        Container::Bag => ("Bag", ""),
    };
    let items: String = values
        .iter()
        .filter(|value| !value.is_empty())
        .map(|value| format!("<rdf:li{attribute}>{}</rdf:li>", escaped(value)))
        .collect();
    if !items.is_empty() {
        // Writing to a string cannot fail.
        let _ = writeln!(xmp, "<{element}><rdf:{kind}>{items}</rdf:{kind}></{element}>");
    }
}

/// `text` as XML can hold it; characters that it cannot are left out.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\r' => {}
            c if is_forbidden(c) => {}
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_book_has_an_identifier_of_its_own() {
        let one = uuid("urn:isbn:9780000000000");
        assert_eq!(one, uuid("urn:isbn:9780000000000"));
        assert_ne!(one, uuid("urn:isbn:9780000000001"));
        assert_eq!((one.len(), &one[19..20]), (41, "8"));
    }
}
