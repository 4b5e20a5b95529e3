//! The parts of an article that its paragraphs only look like: title, byline, places of pictures,
//! sources, the end, credits.

use super::article::{
    Article, Block, Fate, Figure, Inline, Picture, Remark, is_strong, plain, unstyled,
};
use super::{captions, clean, labels, pieces};

/// The most characters of a heading, of a caption, and of a title.
const LONGEST_HEADING: usize = 30;
const LONGEST_CAPTION: usize = 60;
const LONGEST_TITLE: usize = 70;

/// What a line says that is no part of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Special {
    /// The place of a picture.
    Placeholder,
    /// Where the picture beside it comes from.
    PictureSource(String),
    /// Its words below it.
    Caption(String),
    /// Its words, after its number.
    Numbered(String),
    /// The words of a table, with its number.
    OfTable,
    /// The end of the article.
    End,
    /// Labels with what they say.
    Labels(Vec<(String, String)>),
}

/// What `line` says, where it is no text.
pub(super) fn special(line: &str) -> Option<Special> {
    let line = line.trim();
    let bare = line.trim_matches(|c| "[]【】（）()".contains(c)).trim();
    if matches!(bare, "图片" | "图" | "插图" | "image" | "Image") {
        return Some(Special::Placeholder);
    }
    if is_end(line) {
        return Some(Special::End);
    }
    let said = labels::of(line);
    if let Some(said) = said.clone().filter(|said| said.len() > 1) {
        return Some(Special::Labels(said));
    }
    for word in labels::PICTURE_SOURCES {
        if let Some(rest) = bare.strip_prefix(word).and_then(after_colon) {
            return Some(Special::PictureSource(rest.to_owned()));
        }
    }
    if let Some(rest) = bare.strip_prefix("图片来自").filter(|rest| !rest.trim().is_empty()) {
        return Some(Special::PictureSource(
            rest.trim_start_matches(['：', ':']).trim().to_owned(),
        ));
    }
    if let Some(caption) = line.strip_prefix(['▲', '△', '▼', '↑']) {
        return Some(Special::Caption(caption.trim().to_owned()));
    }
    if is_short_at(line, LONGEST_CAPTION) {
        if let Some(words) = captions::labelled(line, '图') {
            return Some(Special::Numbered(words.to_owned()));
        }
        if captions::labelled(line, '表').is_some() {
            return Some(Special::OfTable);
        }
    }
    // 图/受访者提供 names nobody.
    let source = bare.strip_prefix("图/").or_else(|| bare.strip_prefix("图／")).map(str::trim);
    let source = source.filter(|source| !source.is_empty() && is_short(source));
    let source = source.map(|source| Special::PictureSource(source.to_owned()));
    said.map(Special::Labels).or(source)
}

/// Whether a line only says that the article ends.
pub(super) fn is_end(line: &str) -> bool {
    let bare = line.trim_matches(|c: char| !c.is_alphanumeric());
    matches!(bare, "END" | "End" | "end" | "完" | "全文完" | "THE END" | "FIN")
        && line.chars().count() <= 20
}

/// Whether a line has the length of a heading, some words, and no mark at its end but one that asks, and
/// does not stand in brackets; whether a question is a heading, more than its length must say.
pub(super) fn is_short(line: &str) -> bool {
    is_short_at(line, LONGEST_HEADING) && (!is_bracketed(line) || rank(line).is_some())
}

/// Whether a line stands in brackets from its beginning to its end.
fn is_bracketed(line: &str) -> bool {
    let inside = line.strip_prefix(['（', '(']).and_then(|rest| rest.strip_suffix(['）', ')']));
    inside.is_some_and(|inside| !inside.contains(['）', ')']))
}

fn is_short_at(line: &str, most: usize) -> bool {
    let width: usize = line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
    width <= 2 * most
        && line.contains(char::is_alphanumeric)
        && !is_reference(line)
        && !line.ends_with(['。', '！', '；', '，', '、', '.', '!', ';', ',', '：', ':', '…', '—'])
}

/// Kinds of works, and of what carries them (GB/T 7714, appendix B).
const WORKS: [&str; 16] =
    ["M", "C", "G", "N", "J", "D", "R", "S", "P", "DB", "CP", "EB", "A", "CM", "DS", "Z"];
const CARRIERS: [&str; 4] = ["MT", "DK", "CD", "OL"];

/// Whether a line is an entry of a list of works, whose marks mean something: `[1]王五.芯片[J].…`. It
/// names the kind of the work before a stop, and has a number in brackets or no full-width stop.
pub(super) fn is_reference(line: &str) -> bool {
    let line = line.trim();
    let is_kind = |inside: &str| {
        let (work, carrier) = inside.split_once('/').unwrap_or((inside, CARRIERS[0]));
        WORKS.contains(&work) && CARRIERS.contains(&carrier)
    };
    let stops = |rest: &str| rest.is_empty() || rest.starts_with(['.', '．', ',', '，', ':']);
    let in_brackets = line.split(['[', '［']).skip(1);
    let mut in_brackets = in_brackets.filter_map(|rest| rest.split_once([']', '］']));
    let has_kind = in_brackets.clone().any(|(inside, rest)| is_kind(inside) && stops(rest));
    let number = in_brackets.next().filter(|_| line.starts_with(['[', '［']));
    let has_number = number.is_some_and(|(number, _)| number.trim().parse::<u32>().is_ok());
    has_kind && (has_number || !line.contains('。'))
}

/// The level that the number of a heading says.
pub(super) fn level(line: &str) -> Option<u8> {
    // Headings without a number stand beside chapters: 引言, 第一章.
    rank(line).map(|rank| rank.max(2))
}

/// Whether one heading stands under another by their numbers: 一、 under 第一章, （一） under 一、.
pub(super) fn is_under(lower: &str, upper: &str) -> bool {
    matches!((rank(lower), rank(upper)), (Some(lower), Some(upper)) if lower > upper)
}

/// Where the number of a heading stands among those of books: 第一章, 第一节, 一、, （一）, 1.
fn rank(line: &str) -> Option<u8> {
    if let Some(rest) = line.strip_prefix('第') {
        let digit = |c: char| c.is_ascii_digit() || is_numeral(c) || matches!(c, '百' | ' ');
        let sign = rest.trim_start_matches(digit);
        let parts = ["章", "編", "编", "讲", "回", "部分", "节"];
        let part = parts.into_iter().find(|part| sign.starts_with(part) && sign != rest);
        return part.map(|part| u8::from(part == "节"));
    }
    let rest = line.trim_start_matches(is_numeral);
    if rest != line && rest.starts_with(['、', '．', '.', ' ', '，']) {
        return Some(2);
    }
    if let Some(inner) = line.strip_prefix(['（', '(']) {
        let rest = inner.trim_start_matches(is_numeral);
        return (rest != inner && rest.starts_with(['）', ')'])).then_some(3);
    }
    // Four digits are a year.
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_number = (1..=2).contains(&(line.len() - rest.len()));
    (is_number && rest.starts_with(['.', '．', '、'])).then_some(4)
}

fn is_numeral(c: char) -> bool {
    "一二三四五六七八九十".contains(c)
}

/// Whether a heading or a title says its number itself.
pub(super) fn has_number(words: &str) -> bool {
    let counts = |(number, _): (&str, &str)| number.len() == 2 && number.starts_with('0');
    let first = words.split_once(' ').filter(|(number, _)| is_number(number));
    rank(words).is_some() || first.is_some_and(counts)
}

/// Whether a line is nothing but the number of what follows it: `1`, `02`.
pub(super) fn is_number(line: &str) -> bool {
    let digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    (1..=2).contains(&line.chars().count()) && line.chars().all(digit)
}

/// What follows a colon.
fn after_colon(text: &str) -> Option<&str> {
    let rest = text.trim_start().strip_prefix(['：', ':', '|', '｜', '丨', '/', '／'])?.trim();
    (!rest.is_empty()).then_some(rest)
}

/// A day as `book.toml` has it: the digits of year, month and day.
pub(super) fn day(text: &str) -> Option<String> {
    let mut numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    let year = numbers.next().filter(|year| year.len() == 4)?;
    let rest: Vec<u32> = numbers.take(2).filter_map(|number| number.parse().ok()).collect();
    match rest.as_slice() {
        [month @ 1..=12, day @ 1..=31] => Some(format!("{year}-{month:02}-{day:02}")),
        [month @ 1..=12, ..] => Some(format!("{year}-{month:02}")),
        _ => Some(year.to_owned()),
    }
}

/// Puts a line such as 单位：亿元 between the words of a table and the table behind those words.
fn with_units(blocks: Vec<Block>) -> Vec<Block> {
    let mut settled: Vec<Block> = Vec::new();
    let mut blocks = blocks.into_iter().peekable();
    while let Some(block) = blocks.next() {
        let unit = unit(&block).filter(|_| matches!(blocks.peek(), Some(Block::Table(_))));
        match (unit, settled.last_mut()) {
            (Some(unit), Some(Block::Paragraph(words)))
                if captions::labelled(&plain(words), '表').is_some() =>
            {
                if is_strong(words) {
                    *words = unstyled(std::mem::take(words));
                }
                words.push(Inline::Text(unit));
            }
            _ => settled.push(block),
        }
    }
    settled
}

/// What a line says of the unit of all numbers, in brackets.
fn unit(block: &Block) -> Option<String> {
    let Block::Paragraph(content) = block else { return None };
    let words = plain(content);
    let bare = words.trim().trim_matches(|c| "（）()".contains(c));
    let is_unit =
        ["单位：", "单位:", "單位：", "單位:"].iter().any(|label| bare.starts_with(label));
    (is_unit && is_short(bare)).then(|| format!("（{bare}）"))
}

/// Finds the parts of an article among its blocks; its title too, where it has none.
pub(super) fn settle(article: &mut Article, remarks: &mut Vec<Remark>) {
    let blocks = with_units(labels::apart(std::mem::take(&mut article.blocks)));
    let mut blocks = blocks.into_iter().peekable();
    if article.title.is_empty() {
        let title = blocks.next_if(|block| title_of(block).is_some());
        article.title = title.as_ref().and_then(title_of).unwrap_or_default();
    }
    let mut waiting: Option<(String, String)> = None;
    while let Some(block) = blocks.next() {
        let line = match &block {
            Block::Paragraph(content) if content.iter().all(is_plain) => plain(content),
            _ => String::new(),
        };
        let found = special(&line);
        let is_text = found.is_none() && !line.is_empty();
        match found {
            None => article.blocks.push(block),
            Some(Special::Placeholder) => {
                let mut figure = wanted();
                if let Some((source, words)) = waiting.take() {
                    figure.source = source;
                    remarks.push(Remark::new(Fate::Taken, "the source of a picture", words));
                }
                remarks.push(Remark::new(Fate::Taken, "the place of a picture", line));
                article.blocks.push(Block::Figure(Box::new(figure)));
            }
            Some(Special::PictureSource(source)) => match article.blocks.last_mut() {
                Some(Block::Figure(figure)) if figure.source.is_empty() => {
                    figure.source = source;
                    remarks.push(Remark::new(Fate::Taken, SOURCE_BEFORE, line));
                }
                Some(_) | None => {
                    unplaced(article, waiting.take());
                    waiting = Some((source, line));
                }
            },
            Some(Special::Caption(words)) => {
                match article.blocks.last_mut().and_then(captions::bare_figure) {
                    Some(figure) => {
                        figure.caption = words;
                        let what = "words below the picture before them";
                        remarks.push(Remark::new(Fate::Guessed, what, line));
                    }
                    None => article.blocks.push(block),
                }
            }
            Some(Special::Numbered(words)) => {
                let beside = [article.blocks.last_mut(), blocks.peek_mut()];
                let free = beside.into_iter().flatten().find_map(captions::bare_figure);
                // Where no picture is, 图：张三 says who made them.
                let said = labels::of(&line).filter(|_| free.is_none());
                let figure = Figure { caption: words.clone(), ..wanted() };
                match (free, &said) {
                    (Some(figure), _) => figure.caption = words,
                    (None, Some(said)) => settle_labels(article, said),
                    (None, None) => article.blocks.push(Block::Figure(Box::new(figure))),
                }
                remarks.push(match said {
                    Some(_) => Remark::new(Fate::Taken, WHO, line),
                    None => Remark::new(
                        Fate::Guessed,
                        "the words below a picture, with its number",
                        line,
                    ),
                });
            }
            Some(Special::OfTable) => {
                // They stand above their table, or else below it.
                let beside = [blocks.peek_mut(), article.blocks.last_mut()];
                let table = beside.into_iter().flatten().find_map(captions::bare_table);
                if let (Some(table), Some(content)) = (table, block.line()) {
                    table.caption = captions::without_number(content.to_vec());
                    let what = "the words beside a table, with its number";
                    remarks.push(Remark::new(Fate::Guessed, what, line));
                } else {
                    unplaced(article, waiting.take());
                    article.blocks.push(block);
                }
            }
            Some(Special::End) => {
                remarks.push(Remark::new(Fate::Left, "the sign of the end", line))
            }
            Some(Special::Labels(said)) => match (said.as_slice(), article.blocks.last_mut()) {
                ([(label, value)], Some(Block::Figure(figure)))
                    if labels::is_of_picture(label) && figure.source.is_empty() =>
                {
                    figure.source.clone_from(value);
                    remarks.push(Remark::new(Fate::Taken, SOURCE_BEFORE, line));
                }
                (said, _) => {
                    settle_labels(article, said);
                    remarks.push(Remark::new(Fate::Taken, WHO, line));
                }
            },
        }
        // A source that no picture follows stays where it stood.
        if is_text && waiting.is_some() {
            let last = article.blocks.pop();
            unplaced(article, waiting.take());
            article.blocks.extend(last);
        }
    }
    unplaced(article, waiting);
    say_title_once(article, remarks);
}

/// What is told of labels, and of a picture's source below it.
const WHO: &str = "who, where and when";
const SOURCE_BEFORE: &str = "the source of the picture before it";

/// Puts what labels say into its place.
fn settle_labels(article: &mut Article, said: &[(String, String)]) {
    said.iter().for_each(|(label, value)| labels::settle(article, label, value));
}

/// Takes out what says the title again: the first words below it, or the first heading.
fn say_title_once(article: &mut Article, remarks: &mut Vec<Remark>) {
    let title = clean::meant(&article.title);
    let mut blocks = article.blocks.iter();
    let words = blocks.position(|it| !matches!(it, Block::Figure(_) | Block::Divider));
    let heading = article.blocks.iter().position(|it| matches!(it, Block::Heading(_)));
    let says_title =
        |at: &usize| article.blocks[*at].line().is_some_and(|it| clean::meant(it) == title);
    let again = [words, heading].into_iter().flatten().find(says_title);
    let Some(again) = again.filter(|_| !title.is_empty()) else { return };
    let block = article.blocks.remove(again);
    if let Block::Heading(heading) = &block {
        article.anchors.extend_from_slice(&heading.anchors);
    }
    let content = block.line().map(<[Inline]>::to_vec).unwrap_or_default();
    let what = "what says the same as the title, which stands once";
    remarks.push(Remark::new(Fate::Taken, what, plain(&content)));
    // The marks of notes come along.
    if content.iter().any(pieces::is_mark) {
        article.title = unstyled(content);
    }
}

/// A source that belongs to no picture stays text.
fn unplaced(article: &mut Article, waiting: Option<(String, String)>) {
    if let Some((_, words)) = waiting {
        article.blocks.push(Block::Paragraph(vec![Inline::Text(words)]));
    }
}

/// Whether an inline has only characters, in any manner.
pub(super) fn is_plain(inline: &Inline) -> bool {
    match inline {
        Inline::Text(_) => true,
        Inline::Styled(_, content) | Inline::Link(_, content) => content.iter().all(is_plain),
        Inline::Code(_)
        | Inline::Marked(..)
        | Inline::Place(_)
        | Inline::Reference { .. }
        | Inline::Task(_)
        | Inline::Ruby { .. }
        | Inline::NoteMark(_)
        | Inline::Picture { .. }
        | Inline::Break => false,
    }
}

/// A picture that is to be supplied.
fn wanted() -> Figure {
    Figure {
        picture: Picture::Wanted { address: String::new() },
        alt: String::new(),
        caption: String::new(),
        source: String::new(),
        anchors: Vec::new(),
    }
}

/// The title that a first block can be.
fn title_of(block: &Block) -> Option<Vec<Inline>> {
    match block {
        Block::Heading(heading) => Some(heading.content.clone()),
        Block::Paragraph(content) => {
            let words = plain(content);
            let sound = words.chars().count() <= LONGEST_TITLE
                && !words.ends_with('。')
                && special(&words).is_none();
            sound.then(|| content.clone())
        }
        Block::Quote(_)
        | Block::List { .. }
        | Block::Definitions(_)
        | Block::Code { .. }
        | Block::Figure(_)
        | Block::Table(_)
        | Block::Divider
        | Block::Markdown(_) => None,
    }
}
