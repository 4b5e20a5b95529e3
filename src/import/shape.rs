//! The parts of an article that its paragraphs only look like: title, byline, places of pictures,
//! sources, the end, credits.

use super::article::{Article, Block, Fate, Figure, Inline, Picture, Remark, plain};
use super::labels;

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
    let mut blocks = labels::apart(std::mem::take(&mut article.blocks)).into_iter().peekable();
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
                let free = free_figure(article.blocks.last_mut(), blocks.peek_mut());
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
}

/// What is told of labels, and of a picture's source below it.
const WHO: &str = "who, where and when";
const SOURCE_BEFORE: &str = "the source of the picture before it";

/// Puts what labels say into its place.
fn settle_labels(article: &mut Article, said: &[(String, String)]) {
    said.iter().for_each(|(label, value)| labels::settle(article, label, value));
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

/// Whether an inline has only characters, in any manner.
pub(super) fn is_plain(inline: &Inline) -> bool {
    match inline {
        Inline::Text(_) => true,
        Inline::Styled(_, content) | Inline::Link(_, content) => content.iter().all(is_plain),
        Inline::Code(_)
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
