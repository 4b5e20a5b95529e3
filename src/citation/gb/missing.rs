//! What an entry must say and its file does not: the items of each kind that are 必备 (2015, 4) or
//! stand in brackets as unknown (2025, 8).

use crate::citation::work::{Date, Host, Kind, Work};
use crate::manifest::GbEdition;

/// The items that a work lacks, each with the field of BibTeX that has it.
pub fn lacks(work: &Work, edition: GbEdition) -> Vec<(&'static str, &'static str)> {
    let mut lacks = Vec::new();
    let mut ask = |is_there: bool, item: (&'static str, &'static str)| {
        if !is_there {
            lacks.push(item);
        }
    };
    let says = |text: &str| !text.is_empty();
    let is_online = work.medium.is_some();
    let has_year = work.date.is_some();
    ask(says(&work.title), ("题名", "title"));
    match &work.host {
        Some(Host::Serial { title }) => {
            ask(says(title), ("刊名", "journaltitle"));
            match work.kind {
                Kind::Newspaper => {
                    let is_full = work.date.as_ref().is_some_and(Date::is_full);
                    ask(is_full, ("出版日期", "date"));
                }
                _ => {
                    ask(has_year, ("年", "date"));
                    let is_placed = says(&work.volume) || says(&work.issue);
                    ask(is_placed || is_online, ("卷或期", "volume"));
                    ask(says(&work.pages) || is_online, ("页码", "pages"));
                }
            }
        }
        Some(Host::Volume { title, .. }) => {
            let of_meeting = edition == GbEdition::Of2025 && work.kind == Kind::Proceedings;
            ask(says(title) || (of_meeting && says(&work.meeting)), ("专著题名", "booktitle"));
            ask(has_year, ("出版年", "date"));
            ask(says(&work.pages) || is_online, ("析出文献的页码", "pages"));
            if !of_meeting && !is_online {
                ask(says(&work.place), ("出版地", "location"));
                ask(says(&work.publisher), ("出版者", "publisher"));
            }
        }
        None => match (work.kind, edition) {
            (Kind::Patent, _) => {
                ask(!work.authors.names.is_empty(), ("专利申请者或所有者", "author"));
                ask(says(&work.number), ("专利号", "number"));
                ask(has_year, ("公告日期", "date"));
            }
            (Kind::Standard, GbEdition::Of2025) => {
                ask(says(&work.number), ("标准编号", "number"));
            }
            (Kind::Web | Kind::Preprint, _) | (Kind::Dataset, GbEdition::Of2025) => {
                ask(says(&work.url) || says(&work.doi), ("获取和访问路径", "url"));
            }
            (Kind::Report, GbEdition::Of2025) => ask(has_year, ("发布日期", "date")),
            (Kind::Thesis, _) => {
                ask(says(&work.place) || is_online, ("出版地", "location"));
                ask(says(&work.publisher), ("学位授予单位", "institution"));
                ask(has_year, ("学位授予年", "date"));
            }
            (kind, _) => {
                if kind == Kind::Standard {
                    ask(says(&work.number), ("标准编号", "number"));
                }
                if !is_online {
                    ask(says(&work.place), ("出版地", "location"));
                    ask(says(&work.publisher), ("出版者", "publisher"));
                    ask(has_year, ("出版年", "date"));
                }
            }
        },
    }
    let asks_for_day = match edition {
        GbEdition::Of2015 => says(&work.url),
        GbEdition::Of2025 => matches!(work.kind, Kind::Web | Kind::Dataset | Kind::Preprint),
    };
    ask(!asks_for_day || work.accessed.is_some(), ("引用日期", "urldate"));
    lacks
}
