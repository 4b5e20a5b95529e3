//! Lines of labels: who made an article, where it comes from, when it was published.
//!
//! ```text
//! 编辑：吴越 审核：周海      文/王五      （责编：张三、李四）      来源｜某某研究院
//! ```

use super::article::{Article, Block, Credit, Inline, plain};
use super::people::{is_name, names};
use super::shape::{self, Special, is_plain};
use crate::manifest;

/// Labels of a byline, and what they say.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Label {
    Institution,
    Title,
    Date,
    Url,
    Count,
    Picture,
    Role,
}

/// Labels that are no roles, longest first where one ends with another.
const LABELS: [(&str, Label); 35] = [
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
];

/// Labels of where pictures come from.
pub(super) const PICTURE_SOURCES: [&str; 7] =
    ["图片来源", "图源", "图片出处", "供图", "圖片來源", "圖源", "圖片出處"];

/// Labels that also begin lines about what they name, and words that people speak: they are labels
/// where others stand beside them, or where names follow.
const AMBIGUOUS: &str = "\
    文 文字 文案 图文 图 图片 配图 题图 圖 圖片 地图 插画 绘画 手绘 漫画 摄 拍摄 美术 视觉 海报 设计 制作 \
    出品 审核 审读 初审 复审 终审 一审 二审 三审 複審 一審 二審 三審 終審 审定 整理 编排 版式 记者 主播 播音 \
    采访 访谈 资料 研究 调研 指导 顾问 导读 序 序言 序文 前言 后记 注 注释 解说";

/// Roles that have shorter or longer names, and the one that a book gives.
const ROLES: [(&str, &str); 13] = [
    ("发布者", "发布"),
    ("发布人", "发布"),
    ("发布单位", "发布"),
    ("文", "作者"),
    ("文字", "作者"),
    ("原创作者", "作者"),
    ("本文作者", "作者"),
    ("图片", "图"),
    ("摄", "摄影"),
    ("责编", "责任编辑"),
    ("本期责编", "责任编辑"),
    ("責編", "責任編輯"),
    ("责校", "责任校对"),
];

/// The most characters of a line of labels.
const LONGEST: usize = 200;
/// The most characters of a role.
const LONGEST_ROLE: usize = 8;

/// Signs behind a label.
const COLONS: &str = "：:";
const RULES: &str = "|｜丨";
const SLASHES: &str = "/／";
/// Signs between labels that share what they say: 编辑、排版：张三.
const JOINTS: &str = "、&＆";
/// Brackets around a line, in pairs.
const BRACKETS: [(char, char); 4] = [('（', '）'), ('(', ')'), ('【', '】'), ('[', ']')];

/// A label in a line.
struct Place {
    /// Where it begins.
    start: usize,
    /// Where its sign ends.
    end: usize,
    /// What stands behind it.
    sign: char,
    label: String,
}

/// The labels of a line with what they say, if it consists of them.
pub(super) fn of(line: &str) -> Option<Vec<(String, String)>> {
    let line = unbracketed(line.trim());
    if line.chars().count() > LONGEST || line.contains('。') {
        return None;
    }
    let places = places(line);
    if places.first()?.start > 0 {
        return None;
    }
    let mut values: Vec<&str> = Vec::new();
    let mut end = line.len();
    for place in places.iter().rev() {
        let value = trimmed(&line[place.end..end]);
        // 文/图：王五 says the same of both.
        let shared = values.last().filter(|_| value.is_empty() && !COLONS.contains(place.sign));
        values.push(shared.copied().unwrap_or(value));
        end = place.start;
    }
    values.reverse();
    let is_certain = places.iter().any(|place| !is_ambiguous(&place.label));
    let sound = places.iter().zip(&values).all(|(place, value)| {
        is_value(&place.label, value) && (is_certain || is_meant(place.sign, value))
    });
    let labels = places.into_iter().map(|place| place.label);
    sound.then(|| labels.zip(values.into_iter().map(str::to_owned)).collect())
}

/// A line without the brackets around it.
fn unbracketed(line: &str) -> &str {
    for (open, close) in BRACKETS {
        let Some(inner) = line.strip_prefix(open).and_then(|rest| rest.strip_suffix(close)) else {
            continue;
        };
        let mut depth = 0_i32;
        let closes_early = inner.chars().any(|c| {
            depth += i32::from(c == open) - i32::from(c == close);
            depth < 0
        });
        if !closes_early {
            return inner.trim();
        }
    }
    line
}

/// What a label says, without what parts it from the next one. Addresses may end with any sign.
fn trimmed(value: &str) -> &str {
    match value.contains("://") {
        true => value.trim().trim_end_matches(['|', '｜', '丨', '；', ';']).trim(),
        false => value.trim_matches(is_between),
    }
}

/// Whether a character may stand between two labels and what they say.
fn is_between(c: char) -> bool {
    c.is_whitespace() || "；;，,·•".contains(c) || [RULES, SLASHES, JOINTS].concat().contains(c)
}

/// The labels of a line.
fn places(line: &str) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    let signs = [COLONS, RULES, SLASHES, JOINTS].concat();
    for (at, sign) in line.char_indices().filter(|(_, c)| signs.contains(*c)) {
        let before = line[..at].trim_end();
        let Some(label) = label_before(before, sign) else { continue };
        let start = before.len() - label.len();
        if places.last().is_none_or(|last| start >= last.end) {
            places.push(Place { start, end: at + sign.len_utf8(), sign, label });
        }
    }
    // A joint is one only between labels: 策划：总编辑、张三 are two who planned.
    let mut next = line.len();
    let mut kept: Vec<Place> = Vec::new();
    while let Some(place) = places.pop() {
        let joins = next < line.len() && line[place.end..next].trim().is_empty();
        if joins || !JOINTS.contains(place.sign) {
            next = place.start;
            kept.push(place);
        }
    }
    kept.reverse();
    kept
}

/// The label at the end of `text`, before a sign: a known one, or what makers of a book do.
fn label_before(text: &str, sign: char) -> Option<String> {
    let known = LABELS.iter().map(|(label, _)| *label).chain(PICTURE_SOURCES);
    let known = known.filter(|label| text.ends_with(label));
    let starts = text.char_indices().map(|(at, _)| at);
    let role = starts
        .map(|at| &text[at..])
        .filter(|word| word.chars().count() <= LONGEST_ROLE)
        .find(|word| manifest::is_role(word));
    let label = known.chain(role).max_by_key(|label| label.len())?;
    // Names end with such characters too: 编辑：王图/李四.
    let may_be_name = label.chars().count() == 1 || [SLASHES, JOINTS].concat().contains(sign);
    let before = &text[..text.len() - label.len()];
    let is_apart = before.is_empty()
        || before.ends_with(|c: char| is_between(c) || COLONS.contains(c) || "（(".contains(c));
    (is_apart || !may_be_name).then(|| label.to_owned())
}

/// Whether a label also begins lines of text.
fn is_ambiguous(label: &str) -> bool {
    AMBIGUOUS.split_ascii_whitespace().any(|known| known == label)
}

/// Whether what follows an ambiguous label are names: people with a usual surname or organisations
/// behind a colon, any short ones behind other signs, which text does not have there.
fn is_meant(sign: char, value: &str) -> bool {
    names(value).iter().all(|name| {
        is_name(name) || !COLONS.contains(sign) && (2..=4).contains(&name.chars().count())
    })
}

/// Whether a value can belong to a label.
fn is_value(label: &str, value: &str) -> bool {
    match kind(label) {
        Label::Date => value.contains(|c: char| c.is_ascii_digit()),
        Label::Count => value.chars().count() <= 20,
        Label::Url => value.contains("://"),
        Label::Title | Label::Picture => !value.is_empty(),
        Label::Institution => !value.is_empty() && value.chars().count() <= 60,
        Label::Role => {
            let is_sound = |name: &String| {
                (2..=40).contains(&name.chars().count()) && !name.contains(is_of_sentence)
            };
            let names = names(value);
            !names.is_empty() && names.iter().all(is_sound)
        }
    }
}

/// Marks that no name has.
fn is_of_sentence(c: char) -> bool {
    "：:？?！!…“”《》".contains(c)
}

fn kind(label: &str) -> Label {
    let known = LABELS.iter().find(|(known, _)| *known == label).map(|(_, kind)| *kind);
    let of_picture = PICTURE_SOURCES.contains(&label).then_some(Label::Picture);
    known.or(of_picture).unwrap_or(Label::Role)
}

/// Whether a label says who made pictures, which below a picture is where that comes from.
pub(super) fn is_of_picture(label: &str) -> bool {
    matches!(label, "图" | "图片" | "圖" | "圖片" | "摄" | "摄影" | "拍摄")
}

/// Puts what a label says into its place.
pub(super) fn settle(article: &mut Article, label: &str, value: &str) {
    let origin = &mut article.origin;
    match kind(label) {
        Label::Institution => value.clone_into(&mut origin.institution),
        Label::Title => value.clone_into(&mut origin.title),
        Label::Date => origin.date = shape::day(value).unwrap_or_default(),
        Label::Url => value.clone_into(&mut origin.url),
        Label::Count => {}
        Label::Picture => match article.blocks.last_mut() {
            Some(Block::Figure(figure)) if figure.source.is_empty() => {
                value.clone_into(&mut figure.source);
            }
            Some(_) | None => {
                let words = Inline::Text(format!("{label}：{value}"));
                article.blocks.push(Block::Paragraph(vec![words]));
            }
        },
        Label::Role => {
            let meant = ROLES.iter().find(|(known, _)| *known == label);
            let role = meant.map_or(label, |(_, role)| role).to_owned();
            article.credits.push(Credit { role, names: names(value), ..Credit::default() });
        }
    }
}

/// Blocks in which the lines of paragraphs that only hold labels are paragraphs of their own.
pub(super) fn apart(blocks: Vec<Block>) -> Vec<Block> {
    let mut apart = Vec::new();
    for block in blocks {
        match label_lines(&block) {
            Some(lines) => apart.extend(lines.into_iter().map(Block::Paragraph)),
            None => apart.push(block),
        }
    }
    apart
}

/// The lines of a paragraph that has several, each of labels, of a picture's source or the end.
fn label_lines(block: &Block) -> Option<Vec<Vec<Inline>>> {
    let Block::Paragraph(content) = block else { return None };
    let mut lines = lines(content);
    lines.retain(|line| !plain(line).trim().is_empty());
    let all = lines.iter().all(|line| is_label_line(&plain(line)));
    (all && lines.len() > 1 && lines.iter().flatten().all(is_plain)).then_some(lines)
}

/// Whether a line is of labels, of a picture's source or the end.
fn is_label_line(line: &str) -> bool {
    shape::special(line).is_some_and(|found| match found {
        Special::Labels(_) | Special::PictureSource(_) | Special::End => true,
        // 图：张三 may stand below a picture too.
        Special::Numbered(_) => of(line).is_some(),
        Special::Placeholder | Special::Caption(_) | Special::OfTable => false,
    })
}

/// Inlines line by line.
fn lines(content: &[Inline]) -> Vec<Vec<Inline>> {
    let mut whole = vec![Vec::new()];
    for inline in content {
        let mut pieces: Vec<Vec<Inline>> = match inline {
            Inline::Break => vec![Vec::new(), Vec::new()],
            Inline::Styled(style, inside) => {
                let styled = |line| vec![Inline::Styled(*style, line)];
                lines(inside).into_iter().map(styled).collect()
            }
            Inline::Link(target, inside) => {
                let linked = |line| vec![Inline::Link(target.clone(), line)];
                lines(inside).into_iter().map(linked).collect()
            }
            Inline::Text(_)
            | Inline::Code(_)
            | Inline::Marked(..)
            | Inline::Place(_)
            | Inline::Reference { .. }
            | Inline::Task(_)
            | Inline::Ruby { .. }
            | Inline::NoteMark(_)
            | Inline::Picture { .. } => vec![vec![inline.clone()]],
        };
        let first = pieces.remove(0);
        if let Some(last) = whole.last_mut() {
            last.extend(first);
        }
        whole.extend(pieces);
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The labels of a line as `label=value`.
    fn said(line: &str) -> Vec<String> {
        let said = of(line).unwrap_or_default();
        said.into_iter().map(|(label, value)| format!("{label}={value}")).collect()
    }

    #[test]
    fn two_labels_on_a_line_are_two_whatever_parts_them() {
        for line in [
            "编辑：吴越 审核：周海",
            "编辑：吴越   审核：周海",
            "编辑：吴越\u{3000}审核：周海",
            "编辑：吴越 | 审核：周海",
            "编辑：吴越／审核：周海",
            "编辑:吴越/审核:周海",
            "编辑：吴越；审核：周海",
            "编辑｜吴越 审核｜周海",
            "编辑 | 吴越 | 审核 | 周海",
            "（编辑：吴越 审核：周海）",
            "(编辑：吴越 审核：周海)",
            "【编辑：吴越｜审核：周海】",
        ] {
            assert_eq!(said(line), ["编辑=吴越", "审核=周海"], "{line}");
        }
    }

    #[test]
    fn labels_that_share_names_each_have_them() {
        assert_eq!(said("文/图：王五"), ["文=王五", "图=王五"]);
        assert_eq!(said("编辑、排版：张三 李四"), ["编辑=张三 李四", "排版=张三 李四"]);
        assert_eq!(said("策划：总编辑、张三"), ["策划=总编辑、张三"]);
        assert_eq!(said("编辑：王图/李四"), ["编辑=王图/李四"]);
    }

    #[test]
    fn what_editors_write_below_pages_are_labels() {
        for (line, expected) in [
            ("文/王五", "文=王五"),
            ("文丨王五", "文=王五"),
            ("文｜王五", "文=王五"),
            ("撰文：王五", "撰文=王五"),
            ("图/李四", "图=李四"),
            ("责编：张三", "责编=张三"),
            ("责任编辑 | 张三", "责任编辑=张三"),
            ("审校：王五", "审校=王五"),
            ("审核｜秦川原", "审核=秦川原"),
            ("一审：张三", "一审=张三"),
            ("来源：某某研究院网站", "来源=某某研究院网站"),
            ("原创作者｜李四", "原创作者=李四"),
            ("（责编：赵六(实习生)、李四）", "责编=赵六(实习生)、李四"),
        ] {
            assert_eq!(said(line), [expected], "{line}");
        }
        let three = ["一审=张三", "二审=李四", "三审=王五"];
        assert_eq!(said("一审：张三 二审：李四 三审：王五"), three);
        assert_eq!(said("文：派派 编辑：王五"), ["文=派派", "编辑=王五"]);
    }

    #[test]
    fn lines_of_text_are_no_labels() {
        for line in [
            "一审：死刑",
            "一审：驳回诉讼请求 二审：维持原判",
            "记者：您怎么看？",
            "审核：通过",
            "图片：清晰可辨",
            "视觉｜春天里的大树",
            "编辑：吴越 另一个词：周海",
            "编辑：吴越 审核：",
            "（编辑：吴越）和（审核：周海）",
            "说明：编辑：吴越",
            "编辑：这个词在句子中间。",
        ] {
            assert_eq!(of(line), None, "{line}");
        }
    }
}
