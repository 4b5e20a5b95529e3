//! Where those who made an article are named: of one of several, below its title; else by the book.

use super::article::{Article, Block, Credit, Fate, Inline, Remark, Work};
use super::kind::Kind;
use crate::manifest;
use crate::message;

/// Whether those that a work names made all of it: an EPUB and mdBook say who made the book; of the
/// chapters of a document, the first alone says it of all.
pub(super) fn is_of_whole(kind: Kind, work: &Work) -> bool {
    let is_of_text = |credit: &Credit| manifest::is_of_text(&credit.role);
    match kind {
        Kind::Epub | Kind::Summary => true,
        Kind::Docx | Kind::Odt => match work.articles.as_slice() {
            [] | [_] => false,
            [_, others @ ..] => !others.iter().flat_map(|it| &it.credits).any(is_of_text),
        },
        Kind::Text | Kind::Html | Kind::Mhtml | Kind::Other(_) => false,
    }
}

/// Puts those who made the texts of a work below their titles, and tells it.
pub(super) fn keep(work: &mut Work) {
    for article in &mut work.articles {
        let lines = of_text(article).into_iter().map(|credit| line(&credit.role, &credit.names));
        let lines: Vec<String> = lines.collect();
        let remarks = lines.iter().map(|line| {
            let what = message!(
                "`{line}` stands below the title: those who made one article did not make the book",
                line
            );
            Remark::new(Fate::Taken, what, "")
        });
        work.remarks.extend(remarks);
        let lines = lines.into_iter().map(|line| Block::Paragraph(vec![Inline::Text(line)]));
        article.blocks.splice(..0, lines);
    }
}

/// Takes those who made the text out of what an article says of its makers, role by role.
fn of_text(article: &mut Article) -> Vec<Credit> {
    let mut taken: Vec<Credit> = Vec::new();
    for credit in article.credits.extract_if(.., |credit| manifest::is_of_text(&credit.role)) {
        let at = taken.iter().position(|known| known.role == credit.role);
        let at = at.unwrap_or_else(|| {
            taken.push(Credit { role: credit.role.clone(), ..Credit::default() });
            taken.len() - 1
        });
        for name in credit.names {
            if !taken[at].names.contains(&name) {
                taken[at].names.push(name);
            }
        }
    }
    taken
}

/// A line that says who made a text: 作者：王五、赵六.
pub(super) fn line(role: &str, names: &[String]) -> String {
    match role.is_ascii() {
        true => format!("{role}: {}", names.join(", ")),
        false => format!("{role}：{}", names.join("、")),
    }
}
