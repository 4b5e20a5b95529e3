//! What the lists of figures and tables say.

use super::{Block, Book, Caption, Listing, plain};

impl Book {
    /// The title of a list.
    pub const fn listing_title(&self, listing: Listing) -> &'static str {
        match listing {
            Listing::Figures => self.metadata.rules.labels.figures,
            Listing::Tables => self.metadata.rules.labels.tables,
        }
    }

    /// The captions of the figures or tables, in the order of the text.
    pub fn listed(&self, listing: Listing) -> Vec<&Caption> {
        let mut captions = Vec::new();
        for chapter in &self.chapters {
            gather(&chapter.blocks, listing, &mut captions);
            for note in &chapter.notes {
                gather(&note.blocks, listing, &mut captions);
            }
        }
        captions
    }
}

impl Caption {
    /// The title as plain characters.
    pub fn plain_title(&self) -> String {
        plain::resolved(&self.title)
    }
}

/// Adds the captions of blocks and of those that they hold.
fn gather<'a>(blocks: &'a [Block], listing: Listing, captions: &mut Vec<&'a Caption>) {
    for block in blocks {
        match block {
            Block::Figure(figure) if listing == Listing::Figures => {
                captions.extend(&figure.caption);
            }
            Block::Table(table) if listing == Listing::Tables => captions.extend(&table.caption),
            Block::Quote(inner) => gather(inner, listing, captions),
            Block::List(list) => {
                list.items.iter().for_each(|item| gather(&item.blocks, listing, captions));
            }
            Block::Definitions(definitions) => {
                let bodies = definitions.iter().flat_map(|definition| &definition.bodies);
                bodies.for_each(|body| gather(body, listing, captions));
            }
            Block::Heading(_)
            | Block::Paragraph(_)
            | Block::Code { .. }
            | Block::Figure(_)
            | Block::Table(_)
            | Block::Index(_)
            | Block::References(_)
            | Block::Divider => {}
        }
    }
}
