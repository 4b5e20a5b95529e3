//! Where the pictures come from (图片来源), picture by picture.

use super::imprint::short_licence;
use super::{AnchorId, Block, Chapter, Figure};
use crate::script::Rules;

/// Where a picture comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The figure; none where the picture has no caption.
    pub anchor: Option<AnchorId>,
    /// `图1-1`, or what the picture shows where it has no number.
    pub label: String,
    /// Its title, author, source, permission and licence.
    pub words: String,
    /// Where it stands on the web.
    pub url: Option<String>,
}

/// The origins of all pictures that say any.
pub(super) fn origins(chapters: &[Chapter], rules: &Rules) -> Vec<Origin> {
    let mut origins = Vec::new();
    for chapter in chapters {
        figures(&chapter.blocks, &mut |figure| origins.extend(origin(figure, rules)));
    }
    origins
}

/// Visits every figure, in reading order.
fn figures(blocks: &[Block], visit: &mut dyn FnMut(&Figure)) {
    for block in blocks {
        match block {
            Block::Figure(figure) => visit(figure),
            Block::Quote(blocks) => figures(blocks, visit),
            Block::List(list) => list.items.iter().for_each(|item| figures(&item.blocks, visit)),
            Block::Definitions(definitions) => {
                let bodies = definitions.iter().flat_map(|definition| &definition.bodies);
                bodies.for_each(|body| figures(body, visit));
            }
            Block::Heading(_)
            | Block::Paragraph(_)
            | Block::Code { .. }
            | Block::Table(_)
            | Block::Index(_)
            | Block::References(_)
            | Block::Divider => {}
        }
    }
}

/// Where the picture of a figure comes from, if it says so.
fn origin(figure: &Figure, rules: &Rules) -> Option<Origin> {
    let words = &rules.labels.pictures;
    let credit = &figure.credit;
    let said = |text: &Option<super::Text>, pattern: &str| {
        let text = text.as_ref().map(|text| text.text.trim()).filter(|text| !text.is_empty());
        text.map(|text| pattern.replace("{}", text))
    };
    let source = figure.caption.as_ref().and_then(|caption| said(&caption.source, "{}"));
    let licence = said(&credit.licence, "{}").map(|licence| short_licence(&licence));
    let parts = [
        said(&credit.title, words.work),
        said(&credit.author, "{}"),
        source,
        said(&credit.permission, words.permission),
        licence,
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let url = said(&credit.url, "{}");
    if parts.is_empty() && url.is_none() {
        return None;
    }
    let caption = figure.caption.as_ref();
    Some(Origin {
        anchor: caption.map(|caption| caption.anchor),
        label: caption.map_or_else(|| figure.alt.clone(), |caption| caption.label.clone()),
        words: parts.join(words.between),
        url,
    })
}
