//! Titles of a whole book that say their numbers, where the new book counts by itself.
//!
//! A number is taken off where banxin will print the same one. Where a source counts otherwise, its
//! titles keep their numbers and get none: what the text says of them stays right. Parts always have
//! one where a book has numbers at all.

use super::article::{
    Article, Block, Division, Extent, Fate, Inline, Remark, Stretch, Work, plain,
};
use super::numbers::{Rank, Said, Sign, at_start};
use super::shape::has_number;
use crate::manifest::Numbering;
use crate::message;
use crate::script::{self, Rules, Scheme};

/// What parts the numbers in the report.
const BETWEEN: &str = " · ";
/// The levels of headings that banxin numbers.
const NUMBERED: std::ops::RangeInclusive<usize> = 2..=4;

/// How the new book counts, and how far it has.
#[derive(Debug)]
pub(super) struct Counter {
    /// Whether it numbers.
    pub numbering: Numbering,
    /// The rules of its language; none for a new book, which takes that of what comes in.
    pub rules: Option<&'static Rules>,
    /// Parts so far.
    pub parts: usize,
    /// Chapters with a number so far.
    pub chapters: usize,
    /// Appendices with a letter so far.
    pub appendices: usize,
}

impl Counter {
    /// Counts the titles of a work, and takes off the numbers that a book says itself.
    pub fn settle(&mut self, work: &mut Work) {
        let mut taken = Vec::new();
        self.parts(work, &mut taken);
        self.titles(work, Division::Body, &mut taken);
        self.titles(work, Division::Appendix, &mut taken);
        if self.is_to_number(work.extent) {
            self.headings(work, &mut taken);
        }
        if !taken.is_empty() {
            let what = "the numbers of titles, which banxin counts itself";
            work.remarks.push(Remark::new(Fate::Taken, what, taken.join(BETWEEN)));
        }
    }

    /// Counts the parts; each has a number of banxin's where it has any.
    fn parts(&mut self, work: &mut Work, taken: &mut Vec<String>) {
        let mut last = String::new();
        let Work { articles, remarks, extent, about, .. } = work;
        for start in 0..articles.len() {
            let part = articles[start].part.clone();
            if articles[start].division != Division::Body || part == last {
                continue;
            }
            last.clone_from(&part);
            self.parts += usize::from(!part.is_empty());
            let said = at_start(&part, Rank::Part).filter(|said| said.length < part.len());
            let Some(said) = said.filter(|_| self.is_to_number(*extent)) else { continue };
            let (number, words) = part.split_at(said.length);
            let number = number.trim();
            if said.counts != [self.parts] {
                let rules = self.rules.or_else(|| script::rules(&about.language));
                let counted = rules.unwrap_or(script::ALL[0]).part_number(self.parts);
                let what = message!(
                    "the number of the part “{words}”, {number}, is {counted} in this book",
                    words,
                    number,
                    counted
                );
                remarks.push(Remark::new(Fate::Guessed, what, ""));
            }
            taken.push(number.to_owned());
            let own = articles[start..].iter_mut().take_while(|article| article.part == part);
            own.for_each(|article| words.clone_into(&mut article.part));
            last = words.to_owned();
        }
    }

    /// Whether titles of such a source are to lose their numbers.
    fn is_to_number(&self, extent: Extent) -> bool {
        extent.is_book() && self.numbering != Numbering::Off
    }

    /// Counts the titles of a division.
    fn titles(&mut self, work: &mut Work, division: Division, taken: &mut Vec<String>) {
        let is_to_number = self.is_to_number(work.extent);
        let (rank, count) = match division {
            Division::Body => (Rank::Chapter, &mut self.chapters),
            Division::Appendix => (Rank::Appendix, &mut self.appendices),
            Division::Front | Division::Back => return,
        };
        let mut own: Vec<&mut Article> =
            work.articles.iter_mut().filter(|article| article.division == division).collect();
        let titles: Vec<String> = own.iter().map(|article| plain(&article.title)).collect();
        let said: Vec<Option<Said>> = titles.iter().map(|title| at_start(title, rank)).collect();
        match verdict(&titles, said, *count).filter(|_| is_to_number) {
            None => *count += own.iter().filter(|article| is_counted(article)).count(),
            Some(Verdict::Take(lengths)) => {
                let mut without = Vec::new();
                for (article, length) in own.iter_mut().zip(&lengths) {
                    article.unnumbered = length.is_none();
                    match length {
                        Some(length) => taken.push(cut(&mut article.title, *length)),
                        None => without.push(plain(&article.title)),
                    }
                }
                *count += lengths.iter().flatten().count();
                work.remarks.extend(uncounted(&without));
            }
            Some(Verdict::Keep) => {
                own.iter_mut().for_each(|article| article.unnumbered = true);
                let what = "chapters that count otherwise than this book does: they keep their \
                            numbers, and banxin gives them none";
                work.remarks.push(Remark::new(Fate::Guessed, what, ""));
            }
        }
    }

    /// Takes off the numbers of the headings in chapters that have one.
    fn headings(&self, work: &mut Work, taken: &mut Vec<String>) {
        let (mut chapters, mut appendices) = (self.chapters, self.appendices);
        let counted = |division: Division| {
            let of = work.articles.iter().filter(|article| article.division == division);
            of.filter(|article| is_counted(article)).count()
        };
        chapters -= counted(Division::Body);
        appendices -= counted(Division::Appendix);
        let (mut kept, mut decimal, mut all) = (0, 0, 0);
        for article in work.articles.iter_mut().filter(|article| is_counted(article)) {
            let count = match article.division {
                Division::Body => &mut chapters,
                Division::Appendix => &mut appendices,
                Division::Front | Division::Back => continue,
            };
            *count += 1;
            let headings = found(&article.blocks);
            let plan = Plan::of(&headings, *count);
            kept += usize::from(plan.has_kept);
            all += plan.lengths.iter().flatten().count();
            decimal += plan.decimal;
            taken.extend(plan.carry_out(&mut article.blocks));
        }
        if all > 0 && decimal == all && work.about.numbering.is_none() {
            work.about.numbering = Some(Numbering::On(Scheme::Decimal));
        }
        if kept > 0 {
            let what = message!(
                "headings in {kept} chapters that count otherwise than this book does: they keep \
                 their numbers, and banxin gives them none",
                kept
            );
            work.remarks.push(Remark::new(Fate::Guessed, what, ""));
        }
    }
}

/// Whether banxin gives a chapter of the body or the appendix a number.
fn is_counted(article: &Article) -> bool {
    !article.unnumbered && !has_number(&plain(&article.title))
}

/// What becomes of the numbers of titles.
enum Verdict {
    /// They are taken off: how many bytes of each title; none where it has no number.
    Take(Vec<Option<usize>>),
    /// They stay.
    Keep,
}

/// What becomes of titles in a book that has counted so far; none where they do not say numbers.
fn verdict(titles: &[String], said: Vec<Option<Said>>, count: usize) -> Option<Verdict> {
    let is_sure = |said: &Said| said.sign != Sign::Space;
    let sure: Vec<_> = said.iter().map(|it| it.clone().filter(is_sure)).collect();
    if let Some(lengths) = lengths(titles, &said, count).or_else(|| lengths(titles, &sure, count)) {
        return Some(Verdict::Take(lengths));
    }
    // A title among many may begin with a number that counts something else.
    let many = 2 * sure.iter().flatten().count() >= titles.len() && !titles.is_empty();
    let named = sure.iter().flatten().any(|said| said.sign == Sign::Word);
    (many || named).then_some(Verdict::Keep)
}

/// How many bytes the numbers of titles take, where they count as banxin will; none where they do not,
/// or there are none.
fn lengths(titles: &[String], said: &[Option<Said>], count: usize) -> Option<Vec<Option<usize>>> {
    let mut count = count;
    let mut lengths = Vec::new();
    for (title, said) in titles.iter().zip(said) {
        if let Some(Said { counts, length, .. }) = said {
            count += 1;
            let rest = &title[*length..];
            if *counts != [count] || rest.trim().is_empty() || has_number(rest) {
                return None;
            }
        }
        lengths.push(said.as_ref().map(|said| said.length));
    }
    let is_one = |said: &Said| said.sign != Sign::Space;
    let many = said.iter().flatten().count();
    // One space says too little.
    (many > 1 || said.iter().flatten().any(is_one)).then_some(lengths)
}

/// Tells of chapters without a number among others.
fn uncounted(titles: &[String]) -> Option<Remark> {
    let words = titles.join(BETWEEN);
    let what = message!(
        "chapters without a number among others that have one: banxin gives them none: “{words}”",
        words
    );
    (!titles.is_empty()).then(|| Remark::new(Fate::Guessed, what, ""))
}

/// Takes so many bytes of their plain words off some inlines; gives these words.
fn cut(content: &mut Vec<Inline>, length: usize) -> String {
    let mut taken = String::new();
    let mut at = 0;
    while taken.len() < length && at < content.len() {
        let left = length - taken.len();
        let whole = plain(&content[at..=at]);
        match &mut content[at] {
            Inline::Text(text) if whole.len() > left => {
                taken.push_str(&text[..left]);
                text.replace_range(..left, "");
            }
            Inline::Styled(_, inner) | Inline::Link(_, inner) if whole.len() > left => {
                taken.push_str(&cut(inner, left));
            }
            // The mark of a note stays.
            _ if whole.is_empty() => at += 1,
            _ => {
                taken.push_str(&whole);
                content.remove(at);
            }
        }
    }
    taken.trim().to_owned()
}

/// A heading that banxin may number.
struct Found {
    /// Its level in the new chapter.
    level: usize,
    /// Its words.
    words: String,
    /// Whether it may have a number.
    numbered: bool,
}

/// The headings of a chapter, in their order.
fn found(blocks: &[Block]) -> Vec<Found> {
    let mut levels: Vec<u8> = blocks.iter().filter_map(level).collect();
    levels.sort_unstable();
    levels.dedup();
    let mut found = Vec::new();
    for block in blocks {
        if let Block::Heading(heading) = block {
            let place = levels.iter().position(|level| *level == heading.level).unwrap_or(0);
            let (words, numbered) = (plain(&heading.content), heading.numbered);
            found.push(Found { level: place + 2, words, numbered });
        } else if let Block::Markdown(stretches) = block {
            for (place, stretch) in stretches.iter().enumerate() {
                if let Stretch::Opening(level) = stretch {
                    let words = match stretches.get(place + 1) {
                        Some(Stretch::Text(text)) => text.clone(),
                        Some(_) | None => String::new(),
                    };
                    found.push(Found { level: usize::from(*level), words, numbered: true });
                }
            }
        }
    }
    found
}

/// The level of a heading in its source.
fn level(block: &Block) -> Option<u8> {
    match block {
        Block::Heading(heading) => Some(heading.level),
        _ => None,
    }
}

/// What becomes of the headings of a chapter.
struct Plan {
    /// How many bytes of each heading are taken off.
    lengths: Vec<Option<usize>>,
    /// Which get no number.
    unnumbered: Vec<bool>,
    /// How many of those that lose theirs have it with dots between.
    decimal: usize,
    /// Whether some keep theirs.
    has_kept: bool,
}

impl Plan {
    /// For the headings of the chapter with a number.
    fn of(headings: &[Found], chapter: usize) -> Self {
        let mut said: Vec<Option<Said>> =
            headings.iter().map(|it| at_start(&it.words, Rank::Section)).collect();
        let mut broken = broken(headings, &said, chapter);
        if broken.contains(&true) {
            for (heading, said) in headings.iter().zip(&mut said) {
                let is_space = said.as_ref().is_some_and(|said| said.sign == Sign::Space);
                said.take_if(|_| is_space && broken[heading.level.min(6)]);
            }
            broken = self::broken(headings, &said, chapter);
        }
        let mut says = [false; 7];
        for (heading, said) in headings.iter().zip(&said) {
            says[heading.level.min(6)] |= said.is_some();
        }
        let mut plan =
            Self { lengths: Vec::new(), unnumbered: Vec::new(), decimal: 0, has_kept: false };
        for (heading, said) in headings.iter().zip(said) {
            let level = heading.level.min(6);
            let is_taken = NUMBERED.contains(&level) && !broken[level];
            plan.has_kept |= said.is_some() && !is_taken && NUMBERED.contains(&level);
            plan.decimal +=
                usize::from(is_taken && said.as_ref().is_some_and(|said| said.counts.len() > 1));
            let length = said.map(|said| said.length).filter(|_| is_taken);
            plan.unnumbered.push(says[level] && length.is_none() || !heading.numbered);
            plan.lengths.push(length);
        }
        plan
    }

    /// Takes the numbers off; gives them.
    fn carry_out(self, blocks: &mut [Block]) -> Vec<String> {
        let mut taken = Vec::new();
        let mut plan = self.lengths.into_iter().zip(self.unnumbered);
        for block in blocks {
            match block {
                Block::Heading(heading) => {
                    let Some((length, unnumbered)) = plan.next() else { break };
                    heading.numbered = !unnumbered;
                    taken.extend(length.map(|length| cut(&mut heading.content, length)));
                }
                Block::Markdown(stretches) => {
                    let mut waiting = None;
                    for stretch in stretches {
                        match stretch {
                            Stretch::Opening(_) => waiting = plan.next(),
                            Stretch::Text(text) => {
                                if let Some(length) = waiting.as_mut().and_then(|it| it.0.take()) {
                                    taken.push(text[..length].trim().to_owned());
                                    text.replace_range(..length, "");
                                }
                            }
                            Stretch::Closing { numbered, .. } => {
                                *numbered = !waiting.take().is_some_and(|it| it.1);
                            }
                            Stretch::Link(_) | Stretch::Picture(_) => {}
                        }
                    }
                }
                Block::Paragraph(_)
                | Block::Quote(_)
                | Block::List { .. }
                | Block::Definitions(_)
                | Block::Code { .. }
                | Block::Figure(_)
                | Block::Table(_)
                | Block::Divider => {}
            }
        }
        taken
    }
}

/// At which levels headings count otherwise than banxin will.
fn broken(headings: &[Found], said: &[Option<Said>], chapter: usize) -> [bool; 7] {
    let mut broken = [false; 7];
    let mut counts = [0; 7];
    let mut spaces = [0; 7];
    let mut others = [0; 7];
    for (heading, said) in headings.iter().zip(said) {
        let level = heading.level.min(6);
        counts[level + 1..].fill(0);
        let Some(Said { counts: own, length, sign }) = said else { continue };
        counts[level] += 1;
        let whole: Vec<usize> = std::iter::once(chapter)
            .chain(counts[2..=level].iter().copied().filter(|count| *count > 0))
            .collect();
        let counts_so = own == &[counts[level]] || *own == whole;
        let rest = heading.words.get(*length..).unwrap_or_default();
        broken[level] |= !counts_so || rest.trim().is_empty();
        match sign {
            Sign::Space => spaces[level] += 1,
            Sign::Word | Sign::Mark => others[level] += 1,
        }
    }
    // One space says too little.
    for level in 0..7 {
        broken[level] |= spaces[level] == 1 && others[level] == 0;
    }
    broken
}
