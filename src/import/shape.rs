//! The parts of an article that its paragraphs only look like: title, byline, places of pictures,
//! sources, the end, credits.

use super::article::{Article, Block, Credit, Fate, Figure, Inline, Picture, Remark, plain};
use crate::manifest;

/// The most characters of a heading, and of a title.
const LONGEST_HEADING: usize = 30;
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
    /// The end of the article.
    End,
    /// Labels with what they say.
    Labels(Vec<(String, String)>),
}

/// Labels of a byline, and what they say.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Label {
    Institution,
    Title,
    Date,
    Url,
    Count,
    Role,
}

/// Labels that are no roles, longest first where one ends with another.
const LABELS: [(&str, Label); 36] = [
    ("发布时间", Label::Date),
    ("发布日期", Label::Date),
    ("发表时间", Label::Date),
    ("发表日期", Label::Date),
    ("更新时间", Label::Date),
    ("时间", Label::Date),
    ("日期", Label::Date),
    ("浏览次数", Label::Count),
    ("浏览量", Label::Count),
    ("浏览", Label::Count),
    ("阅读数", Label::Count),
    ("阅读", Label::Count),
    ("阅读次数", Label::Count),
    ("阅读量", Label::Count),
    ("点击次数", Label::Count),
    ("点击量", Label::Count),
    ("点击数", Label::Count),
    ("点击", Label::Count),
    ("字号", Label::Count),
    ("文章来源", Label::Institution),
    ("原文来源", Label::Institution),
    ("信息来源", Label::Institution),
    ("稿件来源", Label::Institution),
    ("来源机构", Label::Institution),
    ("来源", Label::Institution),
    ("原文标题", Label::Title),
    ("原标题", Label::Title),
    ("原题", Label::Title),
    ("原文链接", Label::Url),
    ("原文网址", Label::Url),
    ("文章链接", Label::Url),
    ("链接", Label::Url),
    ("发布者", Label::Role),
    ("发布人", Label::Role),
    ("发布单位", Label::Role),
    ("供稿", Label::Role),
];

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
    for word in ["图片来源", "图源", "图片出处", "供图", "圖片來源"] {
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
    if let Some(rest) =
        line.strip_prefix('图').filter(|_| line.chars().count() <= 60 && is_short_at(line, 60))
    {
        let number = rest.trim_start_matches(|c: char| {
            c.is_ascii_digit() || "-—.．一二三四五六七八九十".contains(c)
        });
        let words = number.strip_prefix([' ', '：', ':', '\u{3000}', '、']);
        if let Some(words) = words.map(str::trim).filter(|words| !words.is_empty()) {
            return Some(Special::Numbered(words.to_owned()));
        }
    }
    labels(line).map(Special::Labels)
}

/// Whether a line only says that the article ends.
pub(super) fn is_end(line: &str) -> bool {
    let bare = line.trim_matches(|c: char| !c.is_alphanumeric());
    matches!(bare, "END" | "End" | "end" | "完" | "全文完" | "THE END" | "FIN")
        && line.chars().count() <= 20
}

/// Whether a line has the length of a heading, some words, and no mark at its end.
pub(super) fn is_short(line: &str) -> bool {
    is_short_at(line, LONGEST_HEADING)
}

fn is_short_at(line: &str, most: usize) -> bool {
    let width: usize = line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
    width <= 2 * most
        && line.contains(char::is_alphanumeric)
        && !line.ends_with(['。', '！', '；', '，', '、', '.', '!', ';', ',', '：', ':', '…', '—'])
}

/// The level that the number of a heading says.
pub(super) fn level(line: &str) -> Option<u8> {
    let numerals = |c: char| "一二三四五六七八九十".contains(c);
    let rest = line.trim_start_matches(numerals);
    if rest.len() < line.len() && rest.starts_with(['、', '．', '.', ' ', '，']) {
        return Some(2);
    }
    let inner = line.strip_prefix(['（', '(']).map(|inner| inner.trim_start_matches(numerals));
    if inner.is_some_and(|inner| inner.len() + 4 < line.len() && inner.starts_with(['）', ')'])) {
        return Some(3);
    }
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    (rest.len() < line.len() && rest.starts_with(['.', '．', '、'])).then_some(4)
}

/// Whether a heading or a title says its number itself.
pub(super) fn has_number(words: &str) -> bool {
    let rest = words.strip_prefix('第').map(|rest| {
        rest.trim_start_matches(|c: char| {
            c.is_ascii_digit() || "一二三四五六七八九十百".contains(c)
        })
    });
    level(words).is_some()
        || rest.is_some_and(|rest| {
            rest.starts_with(['章', '节', '編', '编', '讲', '回']) || rest.starts_with("部分")
        })
}

/// What follows a colon.
fn after_colon(text: &str) -> Option<&str> {
    let rest = text.trim_start().strip_prefix(['：', ':', '|', '｜', '丨', '/', '／'])?.trim();
    (!rest.is_empty()).then_some(rest)
}

/// The labels of a line, if it consists of them.
fn labels(line: &str) -> Option<Vec<(String, String)>> {
    if line.chars().count() > 200 || line.contains('。') {
        return None;
    }
    let mut places: Vec<(usize, usize, String)> = Vec::new();
    for (at, sign) in line.char_indices().filter(|(_, c)| "：:|｜丨／/".contains(*c)) {
        let before = line[..at].trim_end();
        let Some(label) = label_before(before) else { continue };
        let start = before.len() - label.len();
        if places.last().is_none_or(|last| start >= last.1) {
            places.push((start, at + sign.len_utf8(), label));
        }
    }
    if places.first()?.0 > 0 {
        return None;
    }
    let ends = places.iter().skip(1).map(|place| place.0).chain([line.len()]);
    let said: Vec<(String, String)> = places
        .iter()
        .zip(ends)
        .map(|((_, start, label), end)| {
            (
                label.clone(),
                line[*start..end]
                    .trim()
                    .trim_end_matches(['|', '｜', '丨', '；', ';'])
                    .trim()
                    .to_owned(),
            )
        })
        .collect();
    let sound = said.iter().all(|(label, value)| is_value(label, value));
    sound.then_some(said)
}

/// The label at the end of `text`: a known one, or what makers of a book do.
fn label_before(text: &str) -> Option<String> {
    let text = text.trim_end();
    let known = LABELS.iter().find(|(label, _)| text.ends_with(label)).map(|(label, _)| *label);
    let starts = text.char_indices().map(|(at, _)| at);
    let role = starts
        .map(|at| &text[at..])
        .filter(|word| word.chars().count() <= 8)
        .find(|word| manifest::is_role(word));
    let longest = [known, role].into_iter().flatten().max_by_key(|label| label.len());
    longest.map(str::to_owned)
}

/// Whether a value can belong to a label.
fn is_value(label: &str, value: &str) -> bool {
    match kind(label) {
        Label::Date => value.contains(|c: char| c.is_ascii_digit()),
        Label::Count => value.chars().count() <= 20,
        Label::Url => value.contains("://"),
        Label::Title => !value.is_empty(),
        Label::Institution => !value.is_empty() && value.chars().count() <= 60,
        Label::Role => {
            let names = names(value);
            !names.is_empty() && names.iter().all(|name| (2..=40).contains(&name.chars().count()))
        }
    }
}

fn kind(label: &str) -> Label {
    let known = LABELS.iter().find(|(known, _)| *known == label);
    known.map_or(Label::Role, |(_, kind)| *kind)
}

/// The names in a list of them.
fn names(value: &str) -> Vec<String> {
    let parts = value.split(['、', '，', ',', '；', ';', '/', '／', '|', '｜']);
    let parts: Vec<&str> = parts.map(str::trim).filter(|name| !name.is_empty()).collect();
    // Between hanzi a space parts names, unless it makes one of two characters wide: 张　三.
    let spaced = |name: &&str| {
        let words: Vec<&str> = name.split_whitespace().collect();
        let hanzi = words.iter().all(|word| !word.is_ascii() && word.chars().count() >= 2);
        if hanzi {
            words.into_iter().map(str::to_owned).collect()
        } else {
            vec![(*name).to_owned()]
        }
    };
    parts.iter().flat_map(spaced).collect()
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

/// Finds the parts of an article among its blocks; its title too, where it has none.
pub(super) fn settle(article: &mut Article, remarks: &mut Vec<Remark>) {
    let mut blocks = std::mem::take(&mut article.blocks).into_iter().peekable();
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
                    remarks.push(Remark::new(
                        Fate::Taken,
                        "the source of the picture before it",
                        line,
                    ));
                }
                Some(_) | None => {
                    unplaced(article, waiting.take());
                    waiting = Some((source, line));
                }
            },
            Some(Special::Caption(words)) => match article.blocks.last_mut() {
                Some(Block::Figure(figure)) if figure.caption.is_empty() => {
                    figure.caption = words;
                    remarks.push(Remark::new(
                        Fate::Guessed,
                        "words below the picture before them",
                        line,
                    ));
                }
                Some(_) | None => article.blocks.push(block),
            },
            Some(Special::Numbered(words)) => {
                let what = "the words below a picture, with its number";
                remarks.push(Remark::new(Fate::Guessed, what, line.clone()));
                match free_figure(article.blocks.last_mut(), blocks.peek_mut()) {
                    Some(figure) => figure.caption = words,
                    None => {
                        let figure = Figure { caption: words, ..wanted() };
                        article.blocks.push(Block::Figure(Box::new(figure)));
                    }
                }
            }
            Some(Special::End) => {
                remarks.push(Remark::new(Fate::Left, "the sign of the end", line))
            }
            Some(Special::Labels(said)) => {
                said.iter().for_each(|(label, value)| label_said(article, label, value));
                remarks.push(Remark::new(Fate::Taken, "who, where and when", line));
            }
        }
        // A source that no picture follows stays where it stood.
        if is_text && waiting.is_some() {
            let last = article.blocks.pop();
            unplaced(article, waiting.take());
            article.blocks.extend(last);
        }
    }
    unplaced(article, waiting);
}

/// The picture before or behind some words that has none.
fn free_figure<'a>(
    before: Option<&'a mut Block>,
    behind: Option<&'a mut Block>,
) -> Option<&'a mut Figure> {
    [before, behind].into_iter().flatten().find_map(|block| match block {
        Block::Figure(figure) => figure.caption.is_empty().then_some(&mut **figure),
        _ => None,
    })
}

/// A source that belongs to no picture stays text.
fn unplaced(article: &mut Article, waiting: Option<(String, String)>) {
    if let Some((_, words)) = waiting {
        article.blocks.push(Block::Paragraph(vec![Inline::Text(words)]));
    }
}

fn is_plain(inline: &Inline) -> bool {
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

/// Puts what a label says into its place.
fn label_said(article: &mut Article, label: &str, value: &str) {
    let origin = &mut article.origin;
    match kind(label) {
        Label::Institution => value.clone_into(&mut origin.institution),
        Label::Title => value.clone_into(&mut origin.title),
        Label::Date => origin.date = day(value).unwrap_or_default(),
        Label::Url => value.clone_into(&mut origin.url),
        Label::Count => {}
        Label::Role => {
            let role = match label {
                "发布者" | "发布人" | "发布单位" => "发布",
                other => other,
            };
            let (role, names) = (role.to_owned(), names(value));
            article.credits.push(Credit { role, names, ..Credit::default() });
        }
    }
}
