//! Web pages with their pictures in one file: MHTML (RFC 2557).

use mail_parser::{MessageParser, MessagePart, MimeHeaders, PartType};

use super::article::Work;
use super::html::{self, Shelf};
use super::no_article;
use super::sources::Source;
use crate::diag::Sink;

/// Reads a page and its pictures; none where it was said why not.
pub(super) fn read(source: &Source<'_>, sink: &mut Sink) -> Option<Work> {
    let message = MessageParser::default().parse(&source.bytes);
    let parts = message.as_ref().map(|message| message.parts.as_slice()).unwrap_or_default();
    let page = parts.iter().find_map(|part| match &part.body {
        PartType::Html(text) => Some((part, text)),
        PartType::Text(_)
        | PartType::Binary(_)
        | PartType::InlineBinary(_)
        | PartType::Message(_)
        | PartType::Multipart(_) => None,
    });
    let Some((page, text)) = page else {
        no_article(source, "there is no web page in this archive", sink);
        return None;
    };
    let base = page.content_location().unwrap_or_default();
    let beside = |address: &str| {
        let part = parts.iter().find(|part| is_meant(part, address, base))?;
        Some(part.contents().to_vec())
    };
    html::page(text, &Shelf { beside: &beside }, source, sink)
}

/// Whether a part is what `address` names in the page at `base`: by `cid:` or by its place.
fn is_meant(part: &MessagePart<'_>, address: &str, base: &str) -> bool {
    if let Some(id) = address.strip_prefix("cid:") {
        return part.content_id() == Some(id);
    }
    let Some(place) = part.content_location() else { return false };
    let absolute = if address.starts_with("//") {
        format!("{}:{address}", base.split_once(':').map_or("https", |(scheme, _)| scheme))
    } else if let Some(path) = address.strip_prefix('/') {
        let origin = base.match_indices('/').nth(2).map_or(base, |(at, _)| &base[..at]);
        format!("{origin}/{path}")
    } else {
        let folder = base.rsplit_once('/').map_or("", |(folder, _)| folder);
        format!("{folder}/{address}")
    };
    !address.is_empty() && (place == address || place == absolute)
}
