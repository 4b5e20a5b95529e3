//! `[[credits]]`: who had which part in the book.

use std::ops::Range;

use toml::Spanned;

use super::meaning::Reader;
use super::raw::{self, Text};
use super::{Alternate, Credit, Kind, roles};
use crate::diag::Code;
use crate::message;
use crate::script;

/// A name as read, and what stands beside it.
struct Name {
    name: String,
    sort: Option<String>,
    alternates: Vec<(String, String)>,
}

impl Reader<'_> {
    /// A part in making the book, and those who had it.
    pub fn credit(&mut self, credit: raw::Placed<raw::Credit>) -> Credit {
        let table = credit.span();
        let raw::Credit { role, kind, names, sort, relator } = credit.into_inner().0;
        let role = self.required(&table, "role", role);
        let kinds = [("person", Kind::Person), ("organisation", Kind::Organisation)];
        let kind = kind.and_then(|given| self.choose("kind", &given, &kinds));
        let read = match names {
            Some(names) => self.names(&table, names),
            None => {
                self.missing(&table, "names", "who had this part: `names = [\"…\"]`");
                Vec::new()
            }
        };
        let sort = match sort {
            Some(sort) => self.sort_names(&read, sort),
            None => sorted_by(&read),
        };
        let code = relator.as_ref().and_then(|code| roles::known(code.get_ref()));
        if let (Some(relator), None) = (&relator, code) {
            let message =
                message!("there is no relator code `{relator}`", relator = relator.get_ref());
            let hint = "the codes are those of the MARC list, such as `aut`, `edt`, `trl`";
            self.report(Code::BadValue, relator.span(), message).hint(hint);
        }
        let relator = code.unwrap_or_else(|| roles::relator(&role));
        let alternates = read.iter().enumerate().flat_map(|(of, name)| {
            let others = name.alternates.iter();
            others.map(move |(language, name)| Alternate {
                of,
                language: language.clone(),
                name: name.clone(),
            })
        });
        Credit {
            role,
            relator,
            kind: kind.unwrap_or_default(),
            alternates: alternates.collect(),
            names: read.into_iter().map(|name| name.name).collect(),
            sort,
        }
    }

    /// What names are sorted by: one for each.
    fn sort_names(&mut self, names: &[Name], sort: Spanned<Vec<Text>>) -> Vec<String> {
        let (own, others) = (sort.get_ref().len(), names.len());
        if own != others && own > 0 && others > 0 {
            let message = message!("`sort` holds {own} of {others} names", own, others);
            let hint = "say of each name in `names` how it is sorted, in the same order";
            self.report(Code::BadValue, sort.span(), message).hint(hint);
        }
        sort.into_inner().into_iter().map(|name| self.filled("sort", name)).collect()
    }

    fn names(
        &mut self,
        table: &Range<usize>,
        names: Spanned<Vec<Spanned<raw::Name>>>,
    ) -> Vec<Name> {
        if names.get_ref().is_empty() && !self.is_cut(table, "names") {
            let message = "`names` must hold at least one name";
            self.report(Code::BadValue, names.span(), message);
        }
        names.into_inner().into_iter().map(|name| self.name(name)).collect()
    }

    /// A name alone, or with its forms in other scripts.
    fn name(&mut self, given: Spanned<raw::Name>) -> Name {
        let at = given.span();
        match given.into_inner() {
            raw::Brief::Word(name) => {
                let name = self.filled("names", Spanned::new(at, name));
                Name { name, sort: None, alternates: Vec::new() }
            }
            raw::Brief::Table(table) => {
                let raw::NameTable { name, sort, alternate } = *table;
                Name {
                    name: self.required(&at, "name", name),
                    sort: sort.map(|sort| self.filled("sort", sort)),
                    alternates: alternate.into_iter().map(|it| self.alternate(it)).collect(),
                }
            }
        }
    }

    /// The language of a name's other form, and that form.
    fn alternate(&mut self, given: raw::Placed<raw::Alternate>) -> (String, String) {
        let table = given.span();
        let raw::Alternate { lang, name } = given.into_inner().0;
        let at = lang.as_ref().map(Text::span);
        let language = self.required(&table, "lang", lang);
        if let Some(at) = at.filter(|_| !language.is_empty() && !script::is_tag(&language)) {
            self.bad_tag(at, &language);
        }
        (language, self.required(&table, "name", name))
    }

    /// Reports what is no language tag.
    pub fn bad_tag(&mut self, at: Range<usize>, tag: &str) {
        let message = message!("`{tag}` is not a language tag", tag);
        self.report(Code::BadValue, at, message).hint("write one such as `en`, `ja`, `zh-Hant`");
    }
}

/// What names are sorted by where some of them say it themselves: the others by what they are.
fn sorted_by(names: &[Name]) -> Vec<String> {
    if names.iter().all(|name| name.sort.is_none()) {
        return Vec::new();
    }
    names.iter().map(|name| name.sort.as_ref().unwrap_or(&name.name).clone()).collect()
}
