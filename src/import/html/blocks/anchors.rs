//! Names by which links lead to places: they wait for a heading or a picture to stand at.

use scraper::ElementRef;

use super::{Manner, Reader};
use crate::import::article::Block;

impl Reader<'_> {
    /// Keeps the names by which links lead to an element.
    pub(super) fn anchored(&mut self, element: ElementRef<'_>) {
        let Manner::Leaf(leaf) = self.manner else { return };
        let names = [element.value().attr("id"), element.value().attr("name")];
        for name in names.into_iter().flatten().filter(|name| !name.is_empty()) {
            let anchor = format!("{}#{name}", leaf.path);
            if self.said[0] == 0 {
                self.first.push(anchor.clone());
            }
            self.anchors.push((anchor, self.said[0]));
        }
    }

    /// Takes the anchors that wait for what comes now; those before the words so far lead to the
    /// heading over these.
    pub(super) fn take_anchors(&mut self) -> Vec<String> {
        if self.inner > 0 {
            return Vec::new();
        }
        self.pass_anchors(self.said[1]);
        std::mem::take(&mut self.anchors).into_iter().map(|(anchor, _)| anchor).collect()
    }

    /// Gives the anchors before which there were fewer texts than `said` to the last heading.
    pub(super) fn pass_anchors(&mut self, said: usize) {
        let (passed, waiting): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.anchors).into_iter().partition(|(_, before)| *before < said);
        self.anchors = waiting;
        self.anchors_above().extend(passed.into_iter().map(|(anchor, _)| anchor));
    }

    /// The anchors of the last heading so far.
    pub(super) fn anchors_above(&mut self) -> &mut Vec<String> {
        let heading = self.blocks.iter_mut().rev().find_map(|block| match block {
            Block::Heading(heading) => Some(&mut heading.anchors),
            _ => None,
        });
        heading.unwrap_or(&mut self.opening)
    }
}
