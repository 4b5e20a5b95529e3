//! For whom a package is made, and as what.

/// A library, by what it wants of a package.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Target {
    /// Any: everything that there is.
    #[default]
    Generic,
    /// Deutsche Nationalbibliothek. It keeps one version where several have the same content, prefers
    /// PDF/A, and wants one page to start from (dnb.de, technische Grundlagen; np_technik).
    Dnb,
    /// 国立国会図書館. It collects publications as they are read: PDF, for which PDF/A is recommended,
    /// and EPUB (ndl.go.jp, オンライン資料収集制度).
    Ndl,
}

impl Target {
    /// Every one, with the word that asks for it.
    pub const ALL: [(&'static str, Self); 3] =
        [("generic", Self::Generic), ("dnb", Self::Dnb), ("ndl", Self::Ndl)];

    /// Whether it takes the EPUB beside the PDF that is kept.
    pub const fn takes_access(self) -> bool {
        match self {
            Self::Generic | Self::Ndl => true,
            Self::Dnb => false,
        }
    }

    /// Whether it takes what the book was made from, and the pages for a printer.
    pub const fn takes_sources(self) -> bool {
        match self {
            Self::Generic => true,
            Self::Dnb | Self::Ndl => false,
        }
    }
}

/// What a package is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// A folder.
    Folder,
    /// A ZIP file.
    Zip,
    /// A tar file.
    Tar,
}

impl Form {
    /// Every one, with the word that asks for it.
    pub const ALL: [(&'static str, Self); 3] =
        [("folder", Self::Folder), ("zip", Self::Zip), ("tar", Self::Tar)];

    /// The ending of its name.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Folder => "",
            Self::Zip => ".zip",
            Self::Tar => ".tar",
        }
    }
}
