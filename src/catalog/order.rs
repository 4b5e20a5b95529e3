//! In which order books stand: series by their names, their books by their places in them; then the
//! books that are in none, the newest first.

use std::collections::BTreeMap;

use super::volume::Volume;
use crate::script::{self, Collation, Rules};

/// Books that stand together.
pub struct Section {
    /// The series; none for the books that are in none.
    pub series: Option<String>,
    /// The books in their order.
    pub volumes: Vec<Volume>,
}

/// Books in their order, for readers of a language.
pub fn sections(volumes: Vec<Volume>, rules: &Rules) -> Vec<Section> {
    let mut groups: BTreeMap<Option<String>, Vec<Volume>> = BTreeMap::new();
    for volume in volumes {
        let series = volume.about.series.as_ref().map(|(name, _)| name.clone());
        groups.entry(series).or_default().push(volume);
    }
    let mut sections: Vec<Section> =
        groups.into_iter().map(|(series, volumes)| Section { series, volumes }).collect();
    let collation = Collation::new(rules.order);
    // The sort keeps the order of series that the language takes for equal.
    sections.sort_by(|one, other| match (&one.series, &other.series) {
        (Some(one), Some(other)) => collation.compare(one, other),
        (one, other) => one.is_none().cmp(&other.is_none()),
    });
    for section in &mut sections {
        match section.series {
            Some(_) => section.volumes.sort_by(by_place),
            None => section
                .volumes
                .sort_by(|one, other| by_date(other, one).then_with(|| by_name(one, other))),
        }
    }
    sections
}

/// By the place in the series; books without one come after them, the oldest first.
fn by_place(one: &Volume, other: &Volume) -> std::cmp::Ordering {
    let place = |volume: &Volume| {
        let position = volume.about.series.as_ref().and_then(|(_, position)| *position);
        (position.is_none(), position)
    };
    place(one)
        .cmp(&place(other))
        .then_with(|| by_date(one, other))
        .then_with(|| by_name(one, other))
}

fn by_date(one: &Volume, other: &Volume) -> std::cmp::Ordering {
    one.about.date.cmp(&other.about.date)
}

/// Identifiers differ from book to book: two books never are equal.
fn by_name(one: &Volume, other: &Volume) -> std::cmp::Ordering {
    let name = |volume: &Volume| (volume.about.title.clone(), volume.about.identifier.clone());
    name(one).cmp(&name(other))
}

/// The language that most books are in; of equals the one that the program knows first.
pub fn commonest(languages: impl Iterator<Item = &'static Rules>) -> &'static Rules {
    let mut counts = [0_usize; script::ALL.len()];
    for rules in languages {
        counts[rules.index()] += 1;
    }
    let ranked = script::ALL.into_iter().zip(counts);
    // The first language stands for books in languages that the program does not know.
    let first = (script::ALL[0], 0);
    ranked.fold(first, |best, next| if next.1 > best.1 { next } else { best }).0
}
