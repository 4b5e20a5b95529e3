//! What a package says of the book (EPUB 3.3, 5.5; OPF 2.0.1, 2.2).

use crate::diag::Message;
use crate::import::article::{About, Credit, Fate, Remark, Work};
use crate::import::shape;
use crate::import::xml::Element;
use crate::manifest::{self, Series, Subject};
use crate::message;
use crate::script;

/// What is known of a book.
#[derive(Debug, Default)]
pub(super) struct Metadata {
    /// Its title.
    pub title: String,
    /// What else it is.
    pub about: About,
    people: Vec<Person>,
    credits: Vec<Credit>,
    remarks: Vec<Remark>,
}

/// Someone who made a book.
#[derive(Debug)]
struct Person {
    name: String,
    /// The MARC relator for what they did; empty where nothing is said.
    code: String,
    /// Whether they are named as a creator.
    is_creator: bool,
    /// What the name is sorted by; empty where nothing is said.
    sort: String,
    /// The name in other scripts, each with its language.
    alternates: Vec<(String, String)>,
}

/// What the elements of a metadata element say of each other.
struct Refined<'a> {
    all: Vec<&'a Element>,
}

impl<'a> Refined<'a> {
    /// The elements that say a property of the one with an id.
    fn of(&self, id: Option<&str>, property: &str) -> impl Iterator<Item = &'a Element> {
        let sign = id.map(|id| format!("#{id}"));
        let refines = move |it: &&Element| {
            sign.is_some()
                && it.attribute("refines") == sign.as_deref()
                && it.attribute("property") == Some(property)
        };
        self.all.iter().copied().filter(refines).collect::<Vec<_>>().into_iter()
    }

    /// What the first of them says.
    fn said(&self, id: Option<&str>, property: &str) -> Option<String> {
        self.of(id, property).next().map(|it| it.text().trim().to_owned())
    }
}

impl Metadata {
    /// Reads the metadata element (EPUB 3.3, 5.5; OPF 2.0.1, 2.2).
    pub fn read(&mut self, metadata: &Element, identifier: Option<&str>) {
        let refined = Refined { all: metadata.all() };
        // The language decides how those who made the book are called.
        let language = refined.all.iter().find(|it| it.is("language")).map(|it| it.text());
        self.about.language = language.unwrap_or_default().trim().to_owned();
        for it in &refined.all {
            let text = it.text().split_whitespace().collect::<Vec<_>>().join(" ");
            let id = it.attribute("id");
            match it.name.rsplit(':').next().unwrap_or_default() {
                "meta" => self.meta(it, text, &refined),
                _ if text.is_empty() => {}
                "title" => match refined.said(id, "title-type").as_deref() {
                    Some("subtitle") => self.about.subtitle = text,
                    Some("main") => self.title = text,
                    Some(_) | None if self.title.is_empty() => self.title = text,
                    Some(_) | None => self.tell("another title", text),
                },
                "creator" | "contributor" => self.person(it, text, &refined),
                "language" if self.about.language == text => {}
                "publisher" if self.about.publisher.is_empty() => self.about.publisher = text,
                "description" if self.about.description.is_empty() => {
                    self.about.description = it.text().trim().to_owned();
                }
                "rights" if self.about.rights.is_empty() => self.about.rights = text,
                "source" if self.about.source.is_empty() => self.about.source = text,
                "subject" => {
                    let code = refined.said(id, "authority").zip(refined.said(id, "term"));
                    self.about.subjects.push(Subject { name: text, code });
                }
                "date" if self.about.date.is_empty() => match shape::day(&text) {
                    Some(day) if day.len() == "2025-12-23".len() => self.about.date = day,
                    Some(_) | None => self.tell("the date", text),
                },
                "identifier" if id == identifier => {
                    self.tell("the identifier of the EPUB; a new book has one of its own", text);
                }
                "identifier" | "description" | "rights" | "source" | "relation" | "coverage"
                | "publisher" | "language" | "date" => {
                    self.tell(message!("`{name}` of the package", name = it.name), text);
                }
                _ => {}
            }
        }
    }

    /// Reads a statement: of a series, as EPUB 3 (D.3.2 to D.3.4) and Calibre make it, or of a licence.
    fn meta(&mut self, it: &Element, text: String, refined: &Refined<'_>) {
        let id = it.attribute("id");
        let position = |text: Option<String>| text?.trim().parse().ok().filter(|count| *count > 0);
        match it.attribute("property").or(it.attribute("name")) {
            Some("belongs-to-collection") if self.about.series.is_none() && !text.is_empty() => {
                if refined.said(id, "collection-type").is_none_or(|kind| kind == "series") {
                    let issn = refined.said(id, "dcterms:identifier").unwrap_or_default();
                    let issn = issn.strip_prefix("urn:issn:").unwrap_or_default().to_owned();
                    let position = position(refined.said(id, "group-position"));
                    self.about.series = Some(Series { name: text, position, issn });
                }
            }
            Some("calibre:series") if self.about.series.is_none() => {
                let named = |it: &&&Element| it.attribute("name") == Some("calibre:series_index");
                let place = refined.all.iter().find(named).and_then(|it| it.attribute("content"));
                let place = place.map(|place| place.trim_end_matches(".0").to_owned());
                let name = it.attribute("content").unwrap_or_default().trim().to_owned();
                let (position, issn) = (position(place), String::new());
                self.about.series = (!name.is_empty()).then_some(Series { name, position, issn });
            }
            Some("dcterms:license") if manifest::is_address(&text) => self.about.licence = text,
            Some(_) | None => {}
        }
    }

    /// Remembers someone who made the book.
    fn person(&mut self, it: &Element, name: String, refined: &Refined<'_>) {
        let id = it.attribute("id");
        let code = it.attribute("opf:role").map(str::to_owned);
        let sort = it.attribute("opf:file-as").map(str::to_owned);
        let alternates = refined.of(id, "alternate-script").filter_map(|it| {
            Some((it.attribute("xml:lang")?.to_owned(), it.text().trim().to_owned()))
        });
        self.people.push(Person {
            name,
            code: code.or_else(|| refined.said(id, "role")).unwrap_or_default(),
            is_creator: it.is("creator"),
            sort: sort.or_else(|| refined.said(id, "file-as")).unwrap_or_default(),
            alternates: alternates.collect(),
        });
    }

    /// Takes the roles from a list of those who made the book: what they are called there, and the
    /// names, as far as the package has these people.
    pub fn credited(&mut self, listed: Vec<(String, Vec<String>)>) {
        let rules = script::rules(&self.about.language).unwrap_or(script::ALL[0]);
        for (role, rows) in listed {
            let names: Vec<String> =
                rows.iter().flat_map(|row| self.names(row, rules.labels.name_separator)).collect();
            let own = manifest::relator(&role);
            let found: Option<Vec<&Person>> = names
                .iter()
                .map(|name| {
                    let mut named = self.people.iter().filter(|it| it.name == *name);
                    let exact = named.clone().find(|it| it.code == own);
                    exact
                        .or_else(|| named.find(|it| !it.is_creator || !it.code.is_empty()))
                        .or_else(|| self.people.iter().find(|it| it.name == *name))
                })
                .collect();
            let Some(found) = found.filter(|found| !found.is_empty()) else { continue };
            let code = found[0].code.as_str();
            let relator = if code.is_empty() || code == own { "" } else { code };
            let credit = credit(role, &found, relator);
            self.credits.push(credit);
        }
        if !self.credits.is_empty() {
            let credits = &self.credits;
            self.people.retain(|it| !credits.iter().any(|credit| credit.names.contains(&it.name)));
        }
    }

    /// The names in a row of them.
    fn names(&self, row: &str, separator: &str) -> Vec<String> {
        let is_known = |name: &str| self.people.iter().any(|it| it.name == name);
        let parts: Vec<&str> = row.split(separator).collect();
        match parts.iter().all(|part| is_known(part)) {
            true => parts.into_iter().map(str::to_owned).collect(),
            false => vec![row.to_owned()],
        }
    }

    /// Those who made the book, by what they did, as far as no list named them.
    fn people(&mut self) {
        let people = std::mem::take(&mut self.people);
        let has_role = |name: &str| people.iter().any(|it| it.name == name && !it.code.is_empty());
        let is_chinese = self.about.language.is_empty() || self.about.language.starts_with("zh");
        let mut of_role: Vec<(&str, Vec<&Person>)> = Vec::new();
        for person in &people {
            // Programs that show creators without a role alone have them twice.
            if person.code.is_empty() && has_role(&person.name) {
                continue;
            }
            let code =
                if person.code.is_empty() && person.is_creator { "aut" } else { &person.code };
            match of_role.iter_mut().find(|(known, _)| *known == code) {
                Some((_, found)) => found.push(person),
                None => of_role.push((code, vec![person])),
            }
        }
        for (code, found) in of_role {
            let Some((_, chinese, english)) = ROLES.iter().find(|(known, ..)| *known == code)
            else {
                for person in found {
                    let what = message!("someone who made the book, `{code}`", code);
                    self.tell(what, person.name.clone());
                }
                continue;
            };
            let role = if is_chinese { chinese } else { english };
            let relator = if manifest::relator(role) == code { "" } else { code };
            self.credits.push(credit((*role).to_owned(), &found, relator));
        }
    }

    fn tell(&mut self, what: impl Into<Message>, words: String) {
        self.remarks.push(Remark::new(Fate::Left, what, words));
    }

    /// Gives what is known of the book to what was read of it.
    pub fn told(mut self, work: &mut Work) {
        self.people();
        work.title = self.title;
        work.about = self.about;
        work.remarks.extend(self.remarks);
        if let Some(first) = work.articles.first_mut() {
            first.credits.extend(self.credits);
        }
    }
}

/// A credit for some people.
fn credit(role: String, people: &[&Person], relator: &str) -> Credit {
    let is_sorted = people.iter().any(|it| !it.sort.is_empty());
    let sort = people.iter().map(|it| if it.sort.is_empty() { &it.name } else { &it.sort });
    let alternates = people.iter().enumerate().flat_map(|(of, it)| {
        it.alternates.iter().map(move |(tag, name)| (of, tag.clone(), name.clone()))
    });
    Credit {
        role,
        names: people.iter().map(|it| it.name.clone()).collect(),
        relator: relator.to_owned(),
        sort: if is_sorted { sort.cloned().collect() } else { Vec::new() },
        alternates: alternates.collect(),
    }
}

/// MARC codes of the parts that people have in a book, in Chinese and in English.
const ROLES: [(&str, &str, &str); 20] = [
    ("aut", "作者", "author"),
    ("edt", "编者", "editor"),
    ("edd", "总编", "editorial director"),
    ("trl", "译者", "translator"),
    ("ill", "插图", "illustrator"),
    ("com", "汇编", "compiler"),
    ("pht", "摄影", "photographer"),
    ("bkd", "设计", "designer"),
    ("cov", "封面设计", "cover designer"),
    ("pfr", "校对", "proofreader"),
    ("aui", "序", "author of the introduction"),
    ("aft", "后记", "author of the afterword"),
    ("wac", "注释", "commentator"),
    ("nrt", "朗读", "narrator"),
    ("tyg", "排版", "typesetter"),
    ("pdr", "策划", "project director"),
    ("csl", "顾问", "consultant"),
    ("ctg", "地图", "cartographer"),
    ("res", "研究", "researcher"),
    ("pbl", "出版", "publisher"),
];
