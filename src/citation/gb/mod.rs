//! References as GB/T 7714 has them, 信息与文献　参考文献著录规则, in the editions of 2015 and 2025.
//!
//! Clauses are named beside the code, those of 2015 first. What the standard leaves open is set by
//! these rules:
//!
//! - An entry is in its own language: words such as 等 and et al., and its marks.
//! - Narrow marks are followed by a space, as the drafters of the edition of 2015 have it in their own
//!   papers; its examples are not of one kind.
//! - Whoever edited a work without an author stands in the author's place without a role, as in the
//!   examples of 4.2.
//! - A note that cites a work again in the same chapter gives author, title and page: the standard's
//!   同② (10.1.3) names a note by its number, which a page gives anew.
//!
//! Of what the edition of 2025 has changed (its foreword, and chapters 7 and 8), these are kept: names
//! (7.1.1), the comma in 等，译, no day of access but for the web, data sets and preprints (8.2 to
//! 8.10), the day of an article that is online alone (7.5.4.2), papers of meetings (8.6), reports
//! (8.8), standards (8.9), data sets and preprints (8.14, 8.15), codes `PP` and `MM` (annex A), wide
//! marks. Not kept is that Chinese names in Latin letters should have their given names in full
//! (7.1.1): no file says which names those are.

mod cite;
mod missing;
mod names;
mod words;

use super::Run;
use super::work::{Date, Host, Kind, Language, Medium, Names, Work};
use crate::manifest::{GbEdition, GbStyle};
use names::End;
use words::{Marks, Words};

pub use cite::set;
pub use missing::lacks;

/// What an entry is written for.
#[derive(Clone, Copy)]
struct Wanted<'a> {
    /// How.
    style: GbStyle,
    /// The year behind the author, with its letter, in the form that has it there.
    year: Option<&'a str>,
    /// The page that is cited, in the place of the work's own.
    page: Option<&'a str>,
}

/// An entry.
fn entry(work: &Work, wanted: Wanted<'_>) -> Vec<Run> {
    let mut writer = Writer::new(work, wanted);
    match (wanted.style.edition, work.kind) {
        (GbEdition::Of2025, Kind::Standard) => writer.standard(),
        (GbEdition::Of2015 | GbEdition::Of2025, _) => writer.any(),
    }
    writer.access();
    writer.finish()
}

/// An entry that only says which work is meant: author, title, page.
fn brief(work: &Work, wanted: Wanted<'_>) -> Vec<Run> {
    let mut writer = Writer::new(work, wanted);
    let lead = writer.names(writer.lead());
    if !lead.is_empty() {
        writer.push(&lead);
        writer.stop();
    }
    writer.push(&work.title);
    writer.pages();
    writer.finish()
}

/// Those who stand first: authors, else editors; of what has neither, nobody.
fn lead(work: &Work) -> &Names {
    let of_host = matches!(work.host, Some(Host::Volume { .. }));
    if work.authors.names.is_empty() && !of_host { &work.editors } else { &work.authors }
}

/// An entry while it is written.
struct Writer<'a> {
    work: &'a Work,
    wanted: Wanted<'a>,
    words: Words,
    marks: Marks,
    runs: Vec<Run>,
    text: String,
}

impl<'a> Writer<'a> {
    fn new(work: &'a Work, wanted: Wanted<'a>) -> Self {
        let words = words::words(&work.language);
        let marks = words::marks(wanted.style.width, &work.language);
        Self { work, wanted, words, marks, runs: Vec::new(), text: String::new() }
    }

    fn edition(&self) -> GbEdition {
        self.wanted.style.edition
    }

    /// What the work is. The edition of 2015 has no preprints: they are pages of the web.
    fn kind(&self) -> Kind {
        match (self.edition(), self.work.kind) {
            (GbEdition::Of2015, Kind::Preprint) => Kind::Web,
            (GbEdition::Of2015 | GbEdition::Of2025, kind) => kind,
        }
    }

    fn lead(&self) -> &'a Names {
        lead(self.work)
    }

    fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Ends a part; the stop of an abbreviation ends it too.
    fn stop(&mut self) {
        self.push(if self.text.ends_with('.') { " " } else { ". " });
    }

    /// Begins a part, after a stop where something stands before it.
    fn part(&mut self, text: &str) {
        if !self.text.is_empty() || !self.runs.is_empty() {
            self.stop();
        }
        self.push(text);
    }

    /// Adds words that lead to an address.
    fn link(&mut self, text: &str, url: String) {
        self.runs.push(Run::plain(std::mem::take(&mut self.text)));
        self.runs.push(Run { url: Some(url), ..Run::plain(text.to_owned()) });
    }

    /// The end of the entry (2015, 7.2; 2025, 6.2).
    fn finish(mut self) -> Vec<Run> {
        if !self.text.ends_with('.') {
            self.text.push('.');
        }
        self.runs.push(Run::plain(self.text));
        self.runs.retain(|run| !run.text.is_empty());
        self.runs
    }

    fn names(&self, names: &Names) -> String {
        names::row(names, &self.words, self.marks, self.edition()).0
    }

    /// All kinds but those with a format of their own.
    fn any(&mut self) {
        self.leading();
        self.title();
        self.others();
        match &self.work.host {
            Some(Host::Serial { title }) => self.serial(title),
            Some(Host::Volume { title, authors }) => self.volume(title, authors),
            None => {
                self.issues();
                self.edition_part();
                self.publication();
            }
        }
    }

    /// Of a whole journal, from which issue to which it goes: `1957(1)-1990(4)` (4.3; 8.4).
    fn issues(&mut self) {
        let work = self.work;
        let is_numbered = !work.volume.is_empty() || !work.issue.is_empty();
        if work.kind != Kind::Journal || !is_numbered {
            return;
        }
        let year = self.year();
        let [open, close] = self.marks.brackets;
        let issue = |year: &str, volume: &str, issue: &str| {
            let comma = if volume.is_empty() { "" } else { self.marks.comma };
            let issue = if issue.is_empty() { "" } else { &format!("{open}{issue}{close}") };
            format!("{year}{comma}{volume}{issue}")
        };
        let text = match year.split_once('-') {
            Some((from, to)) => {
                let [volumes, issues] = [&work.volume, &work.issue]
                    .map(|text| text.split_once('-').unwrap_or((text, "")));
                let first = issue(from, volumes.0, issues.0);
                format!("{first}-{}", issue(to, volumes.1, issues.1))
            }
            None => issue(&year, &work.volume, &work.issue),
        };
        self.part(&text);
    }

    /// The author, and the year behind it where it stands there (8.1; 7.1). Without an author the
    /// title comes first, or 佚名 where the year needs one (8.1.3; 7.1.3).
    fn leading(&mut self) {
        let lead = self.names(self.lead());
        match (lead.is_empty(), self.wanted.year) {
            (true, None) => return,
            (true, Some(_)) => self.push(self.words.anonymous),
            (false, _) => self.push(&lead),
        }
        self.year_behind();
        self.stop();
    }

    fn year_behind(&mut self) {
        if let Some(year) = self.wanted.year {
            self.push(self.marks.comma);
            self.push(year);
        }
    }

    /// Title, what follows it, and the code of the kind (8.2, annex B; 7.2, 7.3, annex A).
    fn title(&mut self) {
        let work = self.work;
        self.push(&work.title);
        let mut follow = vec![work.subtitle.clone()];
        if work.host.is_none() && !matches!(work.kind, Kind::Journal | Kind::Newspaper) {
            follow.push(words::volume(&work.volume, &work.language));
        }
        follow.push(work.number.clone());
        for text in follow.iter().filter(|text| !text.is_empty()) {
            self.push(self.marks.colon);
            self.push(text);
        }
        self.code();
    }

    /// The code of the kind, and of what the work is stored on.
    fn code(&mut self) {
        let kind = self.kind();
        // The web is on the net, whether an address is given or not.
        let medium = self.work.medium.or((kind == Kind::Web).then_some(Medium::Online));
        let medium = medium.map(|medium| format!("/{}", medium.code()));
        self.push(&format!("[{}{}]", kind.code(), medium.unwrap_or_default()));
    }

    /// Others who had a part in the work: editors beside authors, translators.
    fn others(&mut self) {
        let work = self.work;
        let beside = work.host.is_none() && !work.authors.names.is_empty();
        if beside {
            let role = match work.editor_role.as_str() {
                "" => self.words.edited,
                role => role,
            };
            self.role(&work.editors, role);
        }
        self.role(&work.translators, self.words.translated);
    }

    /// Names with their role. After 等 the edition of 2015 drops the comma, that of 2025 keeps it.
    fn role(&mut self, names: &Names, role: &str) {
        let (row, end) = names::row(names, &self.words, self.marks, self.edition());
        if row.is_empty() {
            return;
        }
        self.part(&row);
        let dropped = self.edition() == GbEdition::Of2015
            && end == End::Others
            && self.work.language == Language::Chinese;
        if !dropped {
            self.push(self.marks.comma);
        }
        self.push(role);
    }

    /// The edition, unless it is the first (8.3; 7.4).
    fn edition_part(&mut self) {
        if let Some(edition) = words::edition(&self.work.edition, &self.work.language) {
            self.part(&edition);
        }
    }

    /// The journal or newspaper that an article stands in (4.4, 8.8; 8.5).
    fn serial(&mut self, title: &str) {
        let work = self.work;
        self.part(title);
        if work.kind == Kind::Newspaper {
            // 8.8.5; 8.5.1.4
            self.day_behind_comma();
            self.bracketed(self.wanted.page.unwrap_or(&work.pages));
            return;
        }
        let online_alone = work.volume.is_empty() && work.issue.is_empty();
        let in_2025 = self.edition() == GbEdition::Of2025;
        let is_full = work.date.as_ref().is_some_and(Date::is_full);
        if online_alone && in_2025 && is_full && work.medium.is_some() {
            self.day_behind_comma();
        } else if self.wanted.year.is_none() {
            self.push(self.marks.comma);
            self.push(&self.year());
        }
        if !work.volume.is_empty() {
            self.push(self.marks.comma);
            self.push(&work.volume);
        }
        self.bracketed(&work.issue);
        self.pages();
    }

    /// The book that a part stands in (4.2; 8.3), or the meeting that a paper was given at (8.6).
    fn volume(&mut self, title: &str, authors: &Names) {
        let work = self.work;
        self.push("//");
        let names = if authors.names.is_empty() { &work.editors } else { authors };
        let names = self.names(names);
        if !names.is_empty() {
            self.push(&names);
            self.stop();
        }
        let unpublished = work.publisher.is_empty() && work.place.is_empty();
        let is_meeting =
            self.edition() == GbEdition::Of2025 && work.kind == Kind::Proceedings && unpublished;
        if is_meeting {
            let meeting = if work.meeting.is_empty() { title } else { &work.meeting };
            self.push(meeting);
            if self.wanted.year.is_none() {
                self.push(self.marks.comma);
                self.push(&self.year());
            }
            return self.pages();
        }
        match title.split_once(": ") {
            Some((title, follow)) => {
                self.push(title);
                self.push(self.marks.colon);
                self.push(follow);
            }
            None => self.push(title),
        }
        if !work.volume.is_empty() {
            self.push(self.marks.colon);
            self.push(&words::volume(&work.volume, &work.language));
        }
        self.edition_part();
        self.publication();
    }

    /// Town, publisher, year, page (8.4, 8.5; 7.5, 7.7), or what a kind has in their place.
    fn publication(&mut self) {
        let work = self.work;
        let is_electronic = work.medium.is_some();
        let unpublished = work.publisher.is_empty() && work.place.is_empty();
        match (self.edition(), self.kind()) {
            // The day of the announcement (4.5, 8.4.4.1; 8.10).
            (_, Kind::Patent) => self.announcement(),
            // The platform, and the day beside it (8.14, 8.15).
            (GbEdition::Of2025, Kind::Dataset | Kind::Preprint) => {
                let date = self.bracketed_day();
                self.part(&work.publisher);
                self.push(&date);
                self.pages();
            }
            // 8.8: not a book.
            (GbEdition::Of2025, Kind::Report) if unpublished => self.announcement(),
            // 4.6; 8.11
            (_, Kind::Web) => self.electronic(unpublished),
            (_, _) if is_electronic && unpublished => self.electronic(unpublished),
            (_, _) => {
                self.imprint();
                self.pages();
            }
        }
    }

    /// The day alone.
    fn announcement(&mut self) {
        if let Some(day) = self.day() {
            self.part(&day);
        }
        self.pages();
    }

    /// An electronic resource: what is published of it and the page, then its day in brackets (4.6).
    fn electronic(&mut self, unpublished: bool) {
        let date = self.bracketed_day();
        if unpublished {
            self.pages();
            if !date.is_empty() || self.accessed().is_some() {
                self.part(&date);
            }
            return;
        }
        self.imprint();
        self.pages();
        if self.work.date.as_ref().is_some_and(Date::is_full) {
            self.push(&date);
        }
    }

    /// Town, publisher, year. What is not known is said of printed works (8.4.1.3, 8.4.2.3; 7.5.2.3,
    /// 7.5.3.3).
    fn imprint(&mut self) {
        let work = self.work;
        let is_printed = work.medium.is_none();
        let or = |text: &'a str, instead: &'static str| match text {
            "" if is_printed => instead,
            text => text,
        };
        let place = or(&work.place, self.words.no_place);
        let publisher = or(&work.publisher, self.words.no_publisher);
        let mut said: Vec<&str> = vec![place, publisher];
        said.retain(|text| !text.is_empty());
        let mut imprint = said.join(self.marks.colon);
        if self.wanted.year.is_none() {
            if !imprint.is_empty() {
                imprint += self.marks.comma;
            }
            imprint += &self.year();
        }
        self.part(&imprint);
    }

    /// The year, or that nobody knows it.
    fn year(&self) -> String {
        self.work
            .date
            .as_ref()
            .map_or(self.words.no_year.to_owned(), |date| self.widened(date.year()))
    }

    /// The day, or that nobody knows it; none where all that is known of it stands behind the author.
    fn day(&self) -> Option<String> {
        let date = self.work.date.as_ref();
        let is_said = self.wanted.year.is_some() && date.is_none_or(|it| it.day() == it.year());
        (!is_said).then(|| date.map_or(self.words.no_year.to_owned(), Date::day))
    }

    fn day_behind_comma(&mut self) {
        if let Some(day) = self.day() {
            self.push(self.marks.comma);
            self.push(&day);
        }
    }

    /// A year with its brackets as wide as the others (8.4.3.1; 7.5.4.1).
    fn widened(&self, year: String) -> String {
        let [open, close] = self.marks.brackets;
        year.replace(['(', '（'], open).replace([')', '）'], close)
    }

    /// The day in brackets; nothing where it is not known.
    fn bracketed_day(&self) -> String {
        let [open, close] = self.marks.brackets;
        let day = self.day().filter(|_| self.work.date.is_some());
        day.map(|day| format!("{open}{day}{close}")).unwrap_or_default()
    }

    fn bracketed(&mut self, text: &str) {
        if !text.is_empty() {
            let [open, close] = self.marks.brackets;
            self.push(&format!("{open}{text}{close}"));
        }
    }

    /// The page that is cited, else those of the work in its host (8.5; 7.7).
    fn pages(&mut self) {
        let own = if self.work.host.is_some() { self.work.pages.as_str() } else { "" };
        let pages = self.wanted.page.unwrap_or(own);
        if !pages.is_empty() {
            self.push(self.marks.colon);
            self.push(pages);
        }
    }

    /// 2025: a standard is its number and its name (8.9).
    fn standard(&mut self) {
        let work = self.work;
        self.push(&work.number);
        self.year_behind();
        if !work.number.is_empty() {
            self.push(if work.language == Language::Chinese { "\u{3000}" } else { " " });
        }
        self.push(&work.title);
        if !work.subtitle.is_empty() {
            self.push(self.marks.colon);
            self.push(&work.subtitle);
        }
        self.code();
        self.pages();
    }

    /// When the work was looked at, where the edition asks for it: of all that is online (4.1 to 4.6),
    /// or of the web, data sets, databases and preprints alone (8.11, 8.14, 8.15).
    fn accessed(&self) -> Option<String> {
        let is_asked = match (self.edition(), self.kind()) {
            (GbEdition::Of2015, kind) => self.work.medium.is_some() || kind == Kind::Web,
            (GbEdition::Of2025, Kind::Web | Kind::Dataset | Kind::Database | Kind::Preprint) => {
                true
            }
            (GbEdition::Of2025, _) => false,
        };
        self.work.accessed.as_ref().filter(|_| is_asked).map(|date| format!("[{}]", date.day()))
    }

    /// Day of access, address, DOI (8.4.4, 8.6, 8.7; 7.6, 7.8, 7.9). A DOI that stands in the address
    /// is not said again.
    fn access(&mut self) {
        let Work { url, doi, .. } = self.work;
        if let Some(accessed) = self.accessed() {
            self.push(&accessed);
        }
        if !url.is_empty() {
            self.part("");
            self.link(url, url.clone());
        }
        if !doi.is_empty() && !url.to_ascii_lowercase().contains(&doi.to_ascii_lowercase()) {
            self.part("");
            self.link(&format!("DOI:{doi}"), format!("https://doi.org/{doi}"));
        }
    }
}
