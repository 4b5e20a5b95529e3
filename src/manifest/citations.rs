//! `[citations]`: the works that the book cites, and how it cites them.

use super::meaning::Reader;
use super::raw;
use super::{
    CitationForm, CitationStyle, Citations, GbEdition, GbStyle, Located, MarkWidth, Scope,
};
use crate::diag::Code;
use crate::message;

impl Reader<'_> {
    /// The choices for citations, if the book has any.
    pub fn citations(&mut self, given: Option<raw::Placed<raw::Citations>>) -> Option<Citations> {
        let given = given?;
        let table = given.span();
        let raw::Citations { files, style, form, punctuation, scope, nocite } =
            given.into_inner().0;
        let files = match files {
            Some(files) => {
                if files.get_ref().is_empty() {
                    let message = "`files` must name at least one file";
                    self.report(Code::BadValue, files.span(), message);
                }
                let files = files.into_inner();
                files.iter().filter_map(|file| self.path("files", file)).collect()
            }
            None => {
                let hint = "name the files of works: `files = [\"references.bib\"]`";
                self.missing(&table, "files", hint);
                Vec::new()
            }
        };
        let forms = [
            ("numeric", CitationForm::Numeric),
            ("author-date", CitationForm::AuthorDate),
            ("notes", CitationForm::Notes),
        ];
        let widths = [("full", MarkWidth::Full), ("half", MarkWidth::Half)];
        let scopes = [("book", Scope::Book), ("chapter", Scope::Chapter)];
        let chosen_form = form.as_ref().and_then(|given| self.choose("form", given, &forms));
        let chosen_width =
            punctuation.as_ref().and_then(|given| self.choose("punctuation", given, &widths));
        let scope = scope.and_then(|given| self.choose("scope", &given, &scopes));
        let span = self.span(style.as_ref().map_or(table, |style| style.span()));
        let name = style.as_ref().map_or("gb-7714-2015", |style| style.get_ref().trim());
        let gb = |edition, width| GbStyle {
            edition,
            form: chosen_form.unwrap_or_default(),
            width: chosen_width.unwrap_or(width),
        };
        let value = match name {
            // The edition of 2015 is silent on widths, and most print half ones; that of 2025 prints
            // full ones itself.
            "gb-7714-2015" => CitationStyle::Gb(gb(GbEdition::Of2015, MarkWidth::Half)),
            "gb-7714-2025" => CitationStyle::Gb(gb(GbEdition::Of2025, MarkWidth::Full)),
            name => {
                for (key, given) in [("form", &form), ("punctuation", &punctuation)] {
                    if let Some(given) = given {
                        let message = message!(
                            "`{key}` is a choice of `gb-7714-2015` and `gb-7714-2025`",
                            key
                        );
                        let hint = "a style in CSL says so itself; take the key out";
                        self.report(Code::BadValue, given.span(), message).hint(hint);
                    }
                }
                let file = style.as_ref().filter(|_| name.ends_with(".csl"));
                match file.map(|file| self.path("style", file)) {
                    Some(path) => path.map(|path| CitationStyle::File(path.value))?,
                    None => CitationStyle::Named(name.to_owned()),
                }
            }
        };
        let nocite = nocite.into_iter().map(|key| {
            let span = self.span(key.span());
            Located { value: self.filled("nocite", key), span }
        });
        let nocite = nocite.collect();
        let style = Located { value, span };
        Some(Citations { files, style, scope: scope.unwrap_or_default(), nocite })
    }
}
