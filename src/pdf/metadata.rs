//! What the document says about itself, in the Info dictionary and as XMP, from one set of facts.

use lopdf::{Dictionary, Object, Stream, dictionary};

use super::navigation::text;
use crate::book::Book;

/// The program's name and version.
const PRODUCER: &str = concat!("banxin ", env!("CARGO_PKG_VERSION"));

/// The facts.
pub struct Facts<'a> {
    title: String,
    creators: Vec<&'a str>,
    publisher: &'a str,
    description: &'a str,
    rights: &'a str,
    language: &'a str,
    identifier: &'a str,
    /// `YYYY-MM-DDThh:mm:ssZ`
    modified: &'a str,
}

impl<'a> Facts<'a> {
    /// The facts of a book.
    pub fn new(book: &'a Book) -> Self {
        let metadata = &book.metadata;
        let colon = metadata.rules.labels.colon;
        let title = match metadata.subtitle.as_str() {
            "" => metadata.title.clone(),
            subtitle => format!("{}{colon}{subtitle}", metadata.title),
        };
        let creators = book.credits.first().map(|credit| credit.names.iter().map(String::as_str));
        Self {
            title,
            creators: creators.into_iter().flatten().collect(),
            publisher: &metadata.publisher,
            description: &metadata.description,
            rights: &metadata.rights,
            language: &metadata.language,
            identifier: &metadata.identifier,
            modified: &metadata.modified,
        }
    }

    /// The Info dictionary (14.3.3).
    pub fn info(&self) -> Dictionary {
        let date: String = self.modified.chars().filter(char::is_ascii_digit).collect();
        let date = Object::string_literal(format!("D:{date}Z"));
        let mut info = dictionary! {
            "Title" => text(&self.title),
            "Producer" => text(PRODUCER),
            "CreationDate" => date.clone(),
            "ModDate" => date,
        };
        if !self.creators.is_empty() {
            info.set("Author", text(&self.creators.join("; ")));
        }
        if !self.description.is_empty() {
            info.set("Subject", text(self.description));
        }
        info
    }

    /// The XMP packet (14.3.2), uncompressed so that any program finds it.
    pub fn xmp(&self) -> Stream {
        let alternative = |name: &str, value: &str| match value {
            "" => String::new(),
            value => format!(
                "<dc:{name}><rdf:Alt><rdf:li xml:lang=\"x-default\">{}</rdf:li></rdf:Alt></dc:{name}>\n",
                escape(value)
            ),
        };
        let list = |name: &str, container: &str, values: &[&str]| {
            let items: String =
                values.iter().map(|value| format!("<rdf:li>{}</rdf:li>", escape(value))).collect();
            match items.as_str() {
                "" => String::new(),
                items => {
                    format!("<dc:{name}><rdf:{container}>{items}</rdf:{container}></dc:{name}>\n")
                }
            }
        };
        let publisher: Vec<&str> =
            Some(self.publisher).filter(|name| !name.is_empty()).into_iter().collect();
        let properties = [
            alternative("title", &self.title),
            list("creator", "Seq", &self.creators),
            list("publisher", "Bag", &publisher),
            alternative("description", self.description),
            alternative("rights", self.rights),
            list("language", "Bag", &[self.language]),
            format!("<dc:identifier>{}</dc:identifier>\n", escape(self.identifier)),
            format!(
                "<xmp:CreateDate>{0}</xmp:CreateDate>\n<xmp:ModifyDate>{0}</xmp:ModifyDate>\n",
                escape(self.modified)
            ),
            format!("<xmp:MetadataDate>{}</xmp:MetadataDate>\n", escape(self.modified)),
            format!("<pdf:Producer>{PRODUCER}</pdf:Producer>\n"),
        ]
        .concat();
        let packet = format!(
            "<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
             <x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n\
             <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n\
             <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
             xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\">\n\
             {properties}</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>"
        );
        let dictionary = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
        let mut stream = Stream::new(dictionary, packet.into_bytes());
        stream.allows_compression = false;
        stream
    }
}

/// Text inside an XML element.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
