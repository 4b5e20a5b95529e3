//! What a package says of the book (EPUB 3.3, 5.5; OPF 2.0.1, 2.2).

use crate::diag::Message;
use crate::import::article::{About, Credit, Fate, Remark, Work};
use crate::import::shape;
use crate::import::xml::Element;
use crate::message;

/// What is known of a book.
#[derive(Debug, Default)]
pub(super) struct Metadata {
    /// Its title.
    pub title: String,
    about: About,
    credits: Vec<Credit>,
    remarks: Vec<Remark>,
}

impl Metadata {
    /// Reads the metadata element (EPUB 3.3, 5.5; OPF 2.0.1, 2.2).
    pub fn read(&mut self, metadata: &Element, identifier: Option<&str>) {
        let all: Vec<&Element> = metadata.all();
        let refined = |id: Option<&str>, property: &str| {
            let sign = format!("#{}", id?);
            let found = all.iter().find(|it| {
                it.attribute("refines") == Some(&sign) && it.attribute("property") == Some(property)
            });
            found.map(|it| it.text().trim().to_owned())
        };
        // The language decides how those who made the book are called.
        let language = all.iter().find(|it| it.is("language")).map(|it| it.text());
        self.about.language = language.unwrap_or_default().trim().to_owned();
        for it in &all {
            let text = it.text().split_whitespace().collect::<Vec<_>>().join(" ");
            let id = it.attribute("id");
            match it.name.rsplit(':').next().unwrap_or_default() {
                _ if text.is_empty() => {}
                "title" => match refined(id, "title-type").as_deref() {
                    Some("subtitle") => self.about.subtitle = text,
                    Some("main") => self.title = text,
                    Some(_) | None if self.title.is_empty() => self.title = text,
                    Some(_) | None => self.tell("another title", text),
                },
                "creator" | "contributor" => {
                    let code = it.attribute("opf:role").map(str::to_owned);
                    let code = code.or_else(|| refined(id, "role")).unwrap_or_default();
                    self.people(it.is("creator"), &code, text);
                }
                "language" if self.about.language == text => {}
                "publisher" if self.about.publisher.is_empty() => self.about.publisher = text,
                "date" if self.about.date.is_empty() => match shape::day(&text) {
                    Some(day) if day.len() == "2025-12-23".len() => self.about.date = day,
                    Some(_) | None => self.tell("the date", text),
                },
                "identifier" if id == identifier => {
                    self.tell("the identifier of the EPUB; a new book has one of its own", text);
                }
                "identifier" | "description" | "subject" | "rights" | "source" | "relation"
                | "coverage" | "publisher" | "language" | "date" => {
                    self.tell(message!("`{name}` of the package", name = it.name), text);
                }
                _ => {}
            }
        }
    }

    /// Remembers someone who made the book, by the code of the part that they had.
    fn people(&mut self, is_creator: bool, code: &str, name: String) {
        let code = if code.is_empty() && is_creator { "aut" } else { code };
        let role = ROLES.iter().find(|(known, ..)| *known == code);
        let Some((_, chinese, english)) = role else {
            return self.tell(message!("someone who made the book, `{code}`", code), name);
        };
        let is_chinese = self.about.language.is_empty() || self.about.language.starts_with("zh");
        let role = if is_chinese { chinese } else { english };
        match self.credits.iter_mut().find(|credit| credit.role == *role) {
            Some(credit) => credit.names.push(name),
            None => self.credits.push(Credit { role: (*role).to_owned(), names: vec![name] }),
        }
    }

    fn tell(&mut self, what: impl Into<Message>, words: String) {
        self.remarks.push(Remark::new(Fate::Left, what, words));
    }

    /// Gives what is known of the book to what was read of it.
    pub fn told(self, work: &mut Work) {
        work.title = self.title;
        work.about = self.about;
        work.remarks.extend(self.remarks);
        if let Some(first) = work.articles.first_mut() {
            first.credits.extend(self.credits);
        }
    }
}

/// MARC codes of the parts that people have in a book, in Chinese and in English.
const ROLES: [(&str, &str, &str); 12] = [
    ("aut", "作者", "author"),
    ("edt", "编者", "editor"),
    ("trl", "译者", "translator"),
    ("ill", "插图", "illustrator"),
    ("com", "汇编", "compiler"),
    ("pht", "摄影", "photographer"),
    ("bkd", "设计", "designer"),
    ("cov", "封面设计", "cover designer"),
    ("pfr", "校对", "proofreader"),
    ("aui", "序", "author of the introduction"),
    ("nrt", "朗读", "narrator"),
    ("tyg", "排版", "typesetter"),
];
