//! The words of the copyright page and of what belongs to it.

/// Where the copyright page stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placement {
    /// On the back of the title page.
    Verso,
    /// At the end of the book (奥付).
    End,
}

/// The words of the copyright page. A line whose label is empty does not stand in this language.
#[derive(Debug, PartialEq, Eq)]
pub struct Imprint {
    /// Title of the page for readers that list it.
    pub title: &'static str,
    /// Where it stands.
    pub placement: Placement,
    /// Before the title of the book.
    pub book: &'static str,
    /// Before the series.
    pub series: &'static str,
    /// Before the publisher.
    pub publisher: &'static str,
    /// Before the publisher of 内部资料, who is none.
    pub issuer: &'static str,
    /// Before the place of publication.
    pub place: &'static str,
    /// Before the address.
    pub address: &'static str,
    /// Before who sells it.
    pub distributor: &'static str,
    /// Before who prints it.
    pub printer: &'static str,
    /// Before the size of the page.
    pub format: &'static str,
    /// That size, with `{width}`, `{height}` and the part of a full sheet, `{parts}`.
    pub size: &'static str,
    /// Before the number of printed sheets.
    pub sheets: &'static str,
    /// Before the number of characters.
    pub characters: &'static str,
    /// A number of thousands of characters at `{}`.
    pub thousands: &'static str,
    /// Before the edition.
    pub edition: &'static str,
    /// The edition, its number at `{number}` and its month at `{month}`.
    pub edition_of: &'static str,
    /// Before the printing.
    pub printing: &'static str,
    /// The printing, likewise.
    pub printing_of: &'static str,
    /// A month, with `{year}` and `{month}`.
    pub month: &'static str,
    /// Before the number of copies.
    pub copies: &'static str,
    /// Before the ISBN.
    pub number: &'static str,
    /// Before the number among Chinese books before there were ISBNs (统一书号).
    pub csbn: &'static str,
    /// Before the price.
    pub price: &'static str,
    /// Before the number of the permit of 内部资料.
    pub permit: &'static str,
    /// Before those to whom 内部资料 is given.
    pub recipients: &'static str,
    /// What stands on 内部资料; empty where there is no such thing.
    pub internal: &'static str,
    /// Title of the data of cataloguing in publication; empty where they have another form.
    pub cip: &'static str,
    /// Their number at `{}`.
    pub cip_number: &'static str,
    /// Their number, in the form given out up to 2023, at `{}`.
    pub cip_number_before: &'static str,
    /// That the book is under a licence, whose name stands at `{}`.
    pub licensed: &'static str,
    /// That nobody has rights in the book, by the mark of the public domain, whose name stands at `{}`.
    pub free: &'static str,
    /// How licences of Creative Commons are called.
    pub commons: Commons,
}

/// The names of the licences of Creative Commons.
#[derive(Debug, PartialEq, Eq)]
pub struct Commons {
    /// A name, its elements at `{elements}` and its version at `{version}`.
    pub name: &'static str,
    /// Between two elements.
    pub between: &'static str,
    /// Attribution.
    pub by: &'static str,
    /// Not for commercial use.
    pub nc: &'static str,
    /// No derivatives.
    pub nd: &'static str,
    /// Share alike.
    pub sa: &'static str,
    /// After version 4.0.
    pub international: &'static str,
    /// The name of a waiver of all rights, its version at `{version}`.
    pub zero: &'static str,
    /// The name of the mark of the public domain, likewise.
    pub mark: &'static str,
}

/// The words of the list of where pictures come from.
#[derive(Debug, PartialEq, Eq)]
pub struct PictureCredits {
    /// Its title.
    pub title: &'static str,
    /// The title of a picture at `{}`.
    pub work: &'static str,
    /// Who allowed its use at `{}`.
    pub permission: &'static str,
    /// Between two statements.
    pub between: &'static str,
}
