//! The quality of lines, counted.

use std::collections::BTreeMap;
use std::fmt;

use super::glyphs::Glyph;
use super::lines::{Kind, Line, NEAR, Pages, Role, Sign, group};

/// A fault of a line or page that the rules forbid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// A line that ends past the edge.
    Overfull,
    /// A line before the last of a paragraph that does not reach the edge (R9). A line of an
    /// address, with no two hanzi to move apart, may end where the address allows it (R28, R32).
    Short,
    /// A line that starts with what may not (R13, R34).
    KinsokuStart,
    /// A line that ends with what may not (R14).
    KinsokuEnd,
    /// A mark at a line's end with a part of its blank (R15), or two marks with more than they share (R17).
    Squeeze,
    /// Hanzi and Latin without the space between them, or with another (R26).
    Spacing,
    /// A full-width ’ inside a Latin word (R29).
    Quote,
    /// A last line of one character (R12).
    Lonely,
    /// A heading with nothing under it on its page (R50).
    Stranded,
    /// A last line alone at the head of a page (R50).
    Widow,
    /// A first line alone at the foot of a page (R50).
    Orphan,
    /// The mark of a note that does not begin on its page (R51).
    NoteElsewhere,
}

impl Fault {
    const ALL: [Self; 12] = [
        Self::Overfull,
        Self::Short,
        Self::KinsokuStart,
        Self::KinsokuEnd,
        Self::Squeeze,
        Self::Spacing,
        Self::Quote,
        Self::Lonely,
        Self::Stranded,
        Self::Widow,
        Self::Orphan,
        Self::NoteElsewhere,
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::Overfull => "past the edge",
            Self::Short => "short of the edge",
            Self::KinsokuStart => "wrong at the start",
            Self::KinsokuEnd => "wrong at the end",
            Self::Squeeze => "marks not squeezed",
            Self::Spacing => "hanzi-Latin spaces",
            Self::Quote => "quotes too wide",
            Self::Lonely => "lonely last lines",
            Self::Stranded => "stranded headings",
            Self::Widow => "widows",
            Self::Orphan => "orphans",
            Self::NoteElsewhere => "notes elsewhere",
        }
    }
}

/// What was found in a document.
#[derive(Debug)]
pub struct Report {
    /// One em of the text in points.
    pub em: f64,
    /// Ems in a full line.
    pub measure: f64,
    /// Lines of running text.
    pub lines: usize,
    /// The page with its first paragraph of two lines or more.
    pub begins: usize,
    /// Each fault with its page and its line, or what of it is at fault.
    pub faults: Vec<(Fault, usize, String)>,
    /// How far apart hanzi are moved, in ems: one number for each justified line with two of them
    /// together, in increasing order.
    pub stretches: Vec<f64>,
    /// The most stretched line.
    pub loosest: String,
    /// Of the lines without Latin letters or digits, the share whose hanzi stand an em apart.
    pub grid: f64,
    /// The same of all lines.
    pub grid_of_all: f64,
    /// Of the half ems beside marks inside lines, the share that was left to them.
    pub blanks: f64,
    /// Of the lines with three such marks or more, the share in which they have less than a fifth of
    /// it: what the grid costs.
    pub tight: f64,
    /// The share of the full lines that end with a mark which keeps its blank.
    pub kept: f64,
}

/// Reads the quality of a document's running text.
pub fn measure(pages: &[Vec<Glyph>]) -> Report {
    let text = group(pages);
    let mut report = Report {
        em: text.em,
        measure: text.measure,
        lines: text.lines.iter().filter(|line| line.role == Role::Body).count(),
        begins: text.lines.iter().find(|line| line.of > 1).map_or(1, |line| line.page),
        faults: Vec::new(),
        stretches: Vec::new(),
        loosest: String::new(),
        grid: 1.0,
        grid_of_all: 1.0,
        blanks: 1.0,
        tight: 0.0,
        kept: 0.0,
    };
    report.stretch(&text);
    for line in text.lines.iter().filter(|line| line.role == Role::Body) {
        report.edges(line);
        report.kinsoku(line);
        report.pairs(line);
        report.quotes(line);
    }
    report.page_ends(&text);
    report.notes(&text);
    report
}

impl Report {
    /// How many there are of a fault.
    pub fn count(&self, fault: Fault) -> usize {
        self.faults.iter().filter(|(kind, ..)| *kind == fault).count()
    }

    /// The stretch that so large a share of the lines does not pass, in ems.
    pub fn percentile(&self, share: f64) -> f64 {
        let last = self.stretches.len().saturating_sub(1);
        self.stretches.get((last as f64 * share).ceil() as usize).copied().unwrap_or(0.0)
    }

    /// The largest stretch in ems.
    pub fn most(&self) -> f64 {
        self.percentile(1.0)
    }

    fn note(&mut self, fault: Fault, line: &Line, what: &str) {
        self.faults.push((fault, line.page, format!("{} {what}", line.text())));
    }

    fn stretch(&mut self, text: &Pages) {
        let (mut on_grid, mut pure, mut pure_on_grid) = (0, 0, 0);
        for line in text.lines.iter().filter(|line| line.role == Role::Body && line.goes_on()) {
            let Some(stretch) = widest(line) else { continue };
            let on = hanzi_gaps(line).all(|gap| gap.abs() < 0.01);
            let latin = |sign: &Sign| sign.first == Kind::Latin || sign.last == Kind::Latin;
            on_grid += usize::from(on);
            if !line.signs.iter().any(latin) {
                pure += 1;
                pure_on_grid += usize::from(on);
            }
            if stretch > self.most() {
                self.loosest = line.text();
            }
            let at = self.stretches.partition_point(|&other| other < stretch);
            self.stretches.insert(at, stretch);
        }
        let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
        self.squeezed(text);
        self.grid = share(pure_on_grid, pure);
        self.grid_of_all = share(on_grid, self.stretches.len());
    }

    /// How much of their blanks the marks of full lines keep.
    fn squeezed(&mut self, text: &Pages) {
        let (mut all, mut lines, mut tight) = (Vec::new(), 0.0, 0.0);
        let (mut full, mut at_ends) = (0.0, 0.0);
        for line in text.lines.iter().filter(|line| line.role == Role::Body && line.goes_on()) {
            full += 1.0;
            at_ends += f64::from(line.keeps_blank());
            let kept: Vec<f64> = line.signs.windows(2).filter_map(blank).collect();
            if kept.len() >= 3 {
                lines += 1.0;
                tight += f64::from(kept.iter().sum::<f64>() < 0.2 * kept.len() as f64);
            }
            all.extend(kept);
        }
        self.blanks = all.iter().sum::<f64>() / (all.len() as f64).max(1.0);
        self.tight = tight / f64::max(lines, 1.0);
        self.kept = at_ends / f64::max(full, 1.0);
    }

    fn edges(&mut self, line: &Line) {
        let Some(last) = line.signs.last() else { return };
        let past = line.end() - line.edge;
        // Faces give the dot boxes of different widths.
        let near = if last.last == Kind::Dot { 0.1 } else { NEAR };
        if past > near {
            self.note(Fault::Overfull, line, &format!("(by {past:.2} em)"));
        } else if line.goes_on() && past < -near && !line.keeps_blank() && widest(line).is_some() {
            // A mark has its whole blank or none.
            let blank = line.ends_with_mark() && past > -0.5;
            let fault = if blank { Fault::Squeeze } else { Fault::Short };
            self.note(fault, line, &format!("(by {:.2} em)", -past));
        }
        let solid = |sign: &Sign| matches!(sign.first, Kind::Han | Kind::Latin | Kind::Other);
        let solids = line.signs.iter().filter(|sign| solid(sign));
        let characters: usize = solids.map(|sign| sign.text.chars().count()).sum();
        if line.of > 1 && !line.goes_on() && characters < 2 {
            self.note(Fault::Lonely, line, "");
        }
    }

    fn kinsoku(&mut self, line: &Line) {
        let [first, .., last] = line.signs.as_slice() else { return };
        let single_dash = first.text == "—" && line.signs[1].first != Kind::Dash;
        let starts = match first.first {
            Kind::Close | Kind::Shout | Kind::Dot | Kind::Connector | Kind::Slash => true,
            Kind::Suffix | Kind::LatinClose | Kind::Mark => line.place > 0,
            Kind::Dash => single_dash,
            Kind::Han
            | Kind::Open
            | Kind::Ellipsis
            | Kind::Prefix
            | Kind::Latin
            | Kind::LatinOpen
            | Kind::Space
            | Kind::Other => false,
        };
        if starts {
            self.note(Fault::KinsokuStart, line, "");
        }
        let before = &line.signs[line.signs.len() - 2];
        let ends = match last.last {
            Kind::Open | Kind::LatinOpen | Kind::Prefix => true,
            // In an address a line may end after it (R32).
            Kind::Slash => before.last == Kind::Han,
            Kind::Han
            | Kind::Close
            | Kind::Shout
            | Kind::Dot
            | Kind::Dash
            | Kind::Ellipsis
            | Kind::Connector
            | Kind::Suffix
            | Kind::Latin
            | Kind::LatinClose
            | Kind::Mark
            | Kind::Space
            | Kind::Other => false,
        };
        if ends {
            self.note(Fault::KinsokuEnd, line, "");
        }
    }

    /// The room between neighbours against what their kinds ask for.
    fn pairs(&mut self, line: &Line) {
        let stretch = widest(line).unwrap_or(0.25).max(0.0) + NEAR;
        for pair in line.signs.windows(2) {
            let gap = pair[1].left - pair[0].right;
            let Some((fault, least, most)) = wanted(&pair[0], &pair[1]) else { continue };
            if gap < least - NEAR || gap > most + stretch {
                let what = format!("({}|{} {gap:.3} em)", pair[0].text, pair[1].text);
                self.note(fault, line, &what);
            }
        }
    }

    /// Apostrophes that take the em of a Chinese quote.
    fn quotes(&mut self, line: &Line) {
        let inside = |three: &&[Sign]| {
            let latin = three[0].last == Kind::Latin && three[2].first == Kind::Latin;
            latin && three[1].text == "’" && three[1].first == Kind::Close
        };
        for three in line.signs.windows(3).filter(inside) {
            self.note(Fault::Quote, line, &format!("({}’{})", three[0].text, three[2].text));
        }
    }

    /// Headings and single lines where pages end.
    fn page_ends(&mut self, text: &Pages) {
        for (at, line) in text.lines.iter().enumerate() {
            let next = text.lines.get(at + 1).filter(|next| next.page == line.page);
            let note = |next: &Line| next.signs.first().is_some_and(|sign| is_numeral(&sign.text));
            let ends = next.is_none_or(|next| next.role == Role::Other && note(next));
            if line.role == Role::Heading && ends && has_text(text, line.page) {
                self.note(Fault::Stranded, line, "");
            }
            if line.role != Role::Body || line.of < 2 {
                continue;
            }
            let body = |other: &&Line| other.role == Role::Body;
            let after = text.lines[at + 1..].iter().find(body);
            let before = text.lines[..at].iter().rev().find(body);
            let turns = |other: Option<&Line>| other.is_some_and(|other| other.page != line.page);
            if line.place == 0 && turns(after) {
                self.note(Fault::Orphan, line, "");
            }
            if !line.goes_on() && turns(before) {
                self.note(Fault::Widow, line, "");
            }
        }
    }

    /// Marks without the beginning of their note below them on the page.
    fn notes(&mut self, text: &Pages) {
        let mut begun: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        for line in text.lines.iter().filter(|line| line.role == Role::Other) {
            let circled = line.signs[0].text.chars().all(|c| !c.is_ascii_digit());
            let most = if circled { 1 } else { 3 };
            let digits = line.signs.iter().take(most).map(|sign| sign.text.as_str());
            let number: String = digits.take_while(|text| is_numeral(text)).collect();
            begun.entry(line.page).or_default().push(number);
        }
        for line in text.lines.iter().filter(|line| line.role == Role::Body) {
            let before = std::iter::once(None).chain(line.signs.iter().map(Some));
            let marks = before.zip(&line.signs).filter(|(before, sign)| {
                // In brackets it is the number of a cited work.
                sign.first == Kind::Mark && before.is_none_or(|before| before.text != "[")
            });
            for (_, sign) in marks {
                let here = begun.get(&line.page).is_some_and(|on| on.contains(&sign.text));
                if !here {
                    self.note(Fault::NoteElsewhere, line, &format!("({})", sign.text));
                }
            }
        }
    }
}

/// Whether a page has running text, so that what is bold or large on it is a heading.
fn has_text(text: &Pages, page: usize) -> bool {
    text.lines.iter().any(|line| line.page == page && line.role == Role::Body)
}

fn is_numeral(text: &str) -> bool {
    text.chars()
        .all(|c| ('①'..='⓿').contains(&c) || ('㉑'..='㊿').contains(&c) || c.is_ascii_digit())
}

/// The room that hanzi beside each other have between them, in ems.
fn hanzi_gaps(line: &Line) -> impl Iterator<Item = f64> {
    let hanzi = |pair: &&[Sign]| pair[0].last == Kind::Han && pair[1].first == Kind::Han;
    line.signs.windows(2).filter(hanzi).map(|pair| pair[1].left - pair[0].right)
}

/// The widest of them.
fn widest(line: &Line) -> Option<f64> {
    hanzi_gaps(line).max_by(f64::total_cmp)
}

/// How much of the half em is left between a mark and what stands on its blank side.
fn blank(pair: &[Sign]) -> Option<f64> {
    use Kind::{Close, Han, Latin, Open, Shout};
    let between = matches!(
        (pair[0].last, pair[1].first),
        (Close | Shout, Open | Han | Latin) | (Han | Latin, Open)
    );
    between.then(|| ((pair[1].left - pair[0].right) / 0.5).clamp(0.0, 1.0))
}

/// The least and most room between two signs before all gaps stretch, in ems, and what it is when
/// it is otherwise.
fn wanted(before: &Sign, after: &Sign) -> Option<(Fault, f64, f64)> {
    use Kind::{Close, Han, Latin, Open, Shout};
    match (before.last, after.first) {
        // The first keeps no blank, and two shouts share an em (R17, R18).
        (Close | Shout, Close | Shout) => Some((Fault::Squeeze, 0.0, 0.0)),
        (Open, Open | Han | Latin) | (Han | Latin, Close | Shout) => {
            Some((Fault::Squeeze, 0.0, 0.0))
        }
        (Close | Shout, Open | Han | Latin) | (Han | Latin, Open) => {
            Some((Fault::Squeeze, 0.0, 0.5))
        }
        // A quarter em, which gives and takes an eighth or so (R24, R25).
        (Han, Latin) | (Latin, Han) => Some((Fault::Spacing, 0.125, 1.0 / 3.0)),
        _ => None,
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:<20}{:>8}", "begins on page", self.begins)?;
        writeln!(f, "{:<20}{:>8}", "lines", self.lines)?;
        writeln!(f, "{:<20}{:>8.2} pt", "body size", self.em)?;
        writeln!(f, "{:<20}{:>8.2} em", "measure", self.measure)?;
        for fault in Fault::ALL {
            writeln!(f, "{:<20}{:>8}", fault.name(), self.count(fault))?;
        }
        writeln!(f, "{:<20}{:>8.3} em  {}", "most stretched", self.most(), self.loosest)?;
        writeln!(f, "{:<20}{:>8.3} em", "95 % below", self.percentile(0.95))?;
        writeln!(f, "{:<20}{:>8.1} %", "on the grid, pure", self.grid * 100.0)?;
        writeln!(f, "{:<20}{:>8.1} %", "on the grid, all", self.grid_of_all * 100.0)?;
        writeln!(f, "{:<20}{:>8.1} %", "blanks kept", self.blanks * 100.0)?;
        writeln!(f, "{:<20}{:>8.1} %", "tight lines", self.tight * 100.0)?;
        writeln!(f, "{:<20}{:>8.1} %", "blanks at line ends", self.kept * 100.0)?;
        for fault in Fault::ALL {
            let own = self.faults.iter().filter(|(kind, ..)| *kind == fault);
            for (_, page, what) in own.take(10) {
                writeln!(f, "  {}, page {page}: {what}", fault.name())?;
            }
        }
        Ok(())
    }
}
