//! Lines of small texts: where they end, where their glyphs stand.

mod languages;

use super::axis::{Drawn, Spot};
use super::flow::{Content, Flow, Piece};
use super::folios::Folios;
use super::page::Glyph;
use super::set::{Galley, Paragraph};
use super::shape::Shapers;
use super::style::{Adjust, Setting, TextStyle};
use crate::book::{Emphasis, Inline, Text};
use crate::diag::{Sink, Span};
use crate::files::Folder;
use crate::font::{Family, Fonts, Weight, load};
use crate::manifest::FontChoice;
use crate::manifest::{Kinsoku, Punctuation, Typesetting};
use crate::script::rules;
use crate::units::Length;

/// One em of the texts here.
const EM: Length = Length::pt(10.0);

fn fonts() -> Fonts {
    load(&FontChoice::default(), &Folder::Memory(Default::default()), &mut Sink::default()).unwrap()
}

fn setting(ems: i32) -> Setting {
    Setting {
        text: TextStyle::new(Family::Serif, Weight::Regular, EM, rules("zh-Hans").unwrap()),
        measure: EM * ems,
        indent: Length::ZERO,
        leading: Length::pt(17.0),
        adjust: Adjust::Justify,
    }
}

/// Each line of `text` at a measure of `ems`: its characters and where their glyphs begin, in
/// hundredths of an em.
fn set(text: &str, ems: i32) -> Vec<(String, Vec<i32>)> {
    set_as(text, setting(ems))
}

/// Each line of `text` as [`set`] gives it, in another setting.
fn set_as(text: &str, setting: Setting) -> Vec<(String, Vec<i32>)> {
    set_flow(&Flow::text(text, setting.text), setting)
}

/// Each line of a flow as [`set`] gives it.
fn set_flow(flow: &Flow<'_>, setting: Setting) -> Vec<(String, Vec<i32>)> {
    set_flow_by(Typesetting::default(), flow, setting)
}

/// Each line of `text` as [`set`] gives it, under a book's choices.
fn set_by(typesetting: Typesetting, text: &str, setting: Setting) -> Vec<(String, Vec<i32>)> {
    set_flow_by(typesetting, &Flow::text(text, setting.text), setting)
}

fn set_flow_by(
    typesetting: Typesetting,
    flow: &Flow<'_>,
    setting: Setting,
) -> Vec<(String, Vec<i32>)> {
    let fonts = fonts();
    let shapers = Shapers::new(&fonts, setting.text.language).choosing(typesetting);
    let paragraph = Paragraph::new(flow, setting, &shapers);
    let line = |index| {
        let mut galley = Galley::default();
        paragraph.draw(index, Spot::default(), &shapers, &mut galley);
        let mut places = Vec::new();
        for item in &galley.items {
            let Drawn::Glyphs(run) = item else { continue };
            let glyphs = &galley.glyphs[run.glyphs.start as usize..run.glyphs.end as usize];
            // Ten points are an em, so a tenth of a point is a hundredth of it.
            let place =
                |glyph: &Glyph| ((run.origin.inline + glyph.x).as_pt() * 10.0).round() as i32;
            places.extend(glyphs.iter().map(place));
        }
        (galley.text.clone(), places)
    };
    (0..paragraph.lines()).map(line).collect()
}

/// Where the glyphs of one line of `text` begin under a book's choices, in hundredths of an em.
fn places_by(typesetting: Typesetting, text: &str) -> Vec<i32> {
    set_by(typesetting, text, setting(60)).remove(0).1
}

/// The lines of `text` at a measure of `ems`.
fn lines(text: &str, ems: i32) -> Vec<String> {
    set(text, ems).into_iter().map(|(line, _)| line).collect()
}

/// Where the glyphs of a text begin that fits on one line, in hundredths of an em.
fn places(text: &str) -> Vec<i32> {
    set(text, 60).remove(0).1
}

#[test]
fn hanzi_stand_an_em_apart() {
    assert_eq!(places("版心与天头"), [0, 100, 200, 300, 400]);
}

#[test]
fn a_line_does_not_start_with_a_closing_mark() {
    assert_eq!(lines("一二三四五六，七八", 6), ["一二三四五", "六，七八"]);
}

#[test]
fn a_mark_at_the_line_end_takes_half_its_width() {
    // Six hanzi and a comma fit into six and a half ems, and the line is not changed for it.
    let set = set("一二三四五，七八九", 6);
    assert_eq!(set[0].0, "一二三四五，");
}

#[test]
fn adjacent_marks_are_squeezed() {
    // 。 loses its blank to ”, and ” shares one blank with （, whose ink is in its right half (R17).
    assert_eq!(places("了。”（甲"), [0, 100, 150, 200, 300]);
    assert_eq!(places("（《甲》）"), [-50, 0, 100, 200, 250]);
}

#[test]
fn exclamation_and_question_marks_together_take_one_em() {
    assert_eq!(places("么？！他"), [0, 100, 150, 200]);
}

#[test]
fn latin_letters_and_digits_keep_a_quarter_em_from_hanzi() {
    let typed = places("用 A 写");
    let plain = places("用A写");
    assert_eq!(plain[1], 125);
    assert_eq!(typed.first(), plain.first());
    assert_eq!(typed.last(), plain.last());
}

#[test]
fn quotes_are_full_width_beside_chinese_and_proportional_in_english() {
    let advance = |text: &str, index: usize| {
        let places = places(text);
        places[index + 1] - places[index]
    };
    assert_eq!(advance("他说“好”吧", 2), 100);
    assert_eq!(advance("用“AI”写", 4), 100);
    // An apostrophe is narrow, and so are quotes around English in English.
    assert!(advance("It’s", 2) < 35);
    assert!(advance("in “English” text", 3) < 50);
}

#[test]
fn a_dash_and_an_ellipsis_are_two_ems_and_whole() {
    assert_eq!(places("甲——乙"), [0, 100, 300]);
    assert_eq!(places("甲……乙").last(), Some(&300));
    for line in lines("一二三四——六七八九……二三四", 5) {
        assert!(!line.starts_with('…') || line.starts_with("……"), "{line}");
        assert!(!line.ends_with('—') || line.ends_with("——"), "{line}");
    }
}

#[test]
fn a_middle_dot_takes_half_an_em_and_starts_no_line() {
    assert_eq!(places("戴维·萨克斯")[3], 250);
    assert_eq!(lines("一二三四戴维·萨克斯", 6), ["一二三四戴", "维·萨克斯"]);
}

#[test]
fn a_number_keeps_its_percent_sign_and_its_digits() {
    for line in lines("约有1,000.50元与12.5%的企业在2024年之前完成了", 8) {
        assert!(!line.starts_with(['%', ',', '.']), "{line}");
        assert!(!line.ends_with(['1', ',', '.']) || line.ends_with("元"), "{line}");
    }
}

#[test]
fn a_url_is_divided_after_its_separators_and_gains_no_hyphen() {
    let url = "https://example.org/reports/2025/ai-governance?lang=zh&page=3";
    let set = lines(&format!("见{url}。"), 10);
    assert!(set.len() > 2);
    assert_eq!(set.concat(), format!("见{url}。"));
}

#[test]
fn a_long_word_is_divided_with_a_soft_hyphen_that_is_no_part_of_it() {
    let set = lines("这就是所谓accountability的含义", 9);
    assert!(set.len() > 1);
    assert!(set.iter().any(|line| line.ends_with('\u{AD}')), "{set:?}");
    assert_eq!(set.concat().replace('\u{AD}', ""), "这就是所谓accountability的含义");
}

#[test]
fn the_last_line_is_more_than_one_character() {
    for text in ["一二三四五六七八九十一二三。", "一二三四五六七八九十一。"]
    {
        let last = lines(text, 6).pop().unwrap();
        assert!(last.chars().count() > 2, "{last}");
    }
}

#[test]
fn a_word_that_no_line_holds_is_divided_anywhere() {
    let word = "x".repeat(200);
    let set = lines(&word, 10);
    assert!(set.len() > 5);
    assert_eq!(set.concat(), word);
}

#[test]
fn ragged_lines_are_full_from_the_first() {
    let ragged = set_as("美国对外关系委员会", setting(4).adjusted(Adjust::Start));
    let ragged: Vec<String> = ragged.into_iter().map(|(line, _)| line).collect();
    assert_eq!(ragged, ["美国对外", "关系委", "员会"]);
}

#[test]
fn marks_that_no_line_holds_are_divided_rather_than_lost() {
    for text in ["。".repeat(50), "字\u{2060}".repeat(50)] {
        let set = lines(&text, 10);
        assert!(set.len() > 2, "{set:?}");
        assert_eq!(set.concat(), text.replace('\u{2060}', ""));
    }
}

#[test]
fn marks_give_their_blanks_before_hanzi_leave_the_grid() {
    // 。 at the end of the line would leave half an em, to be shared among all gaps (R24, R25).
    let set = set("一二三四五，六七八九十，一二三四五六七。八九十一二三四五", 20);
    assert_eq!(set[0].0, "一二三四五，六七八九十，一二三四五六七。八");
    assert!(set[0].1.iter().all(|place| place % 50 == 0), "{:?}", set[0].1);
}

#[test]
fn a_word_may_be_the_last_line() {
    let set = lines("一二三四五六七八九十（DeepSeek）。", 11);
    assert_eq!(set, ["一二三四五六七八九十", "（DeepSeek）。"]);
}

#[test]
fn a_url_is_divided_anywhere_rather_than_a_line_blown_apart() {
    let set = lines("一二三四五六七八https://organisations.example/", 16);
    assert!(set[0].starts_with("一二三四五六七八https://organ"), "{set:?}");
}

#[test]
fn a_number_keeps_its_unit_a_quarter_em_away() {
    let places = places("约3 km长");
    let digit = places[1];
    let unit = places[3];
    // A digit is a little more than half an em wide.
    assert_eq!(unit - digit, 56 + 25);
    for ems in 4..9 {
        for line in lines("长约3 km左右的路", ems) {
            assert!(!line.ends_with('3') && !line.starts_with("km"), "{line}");
        }
    }
}

#[test]
fn a_decimal_number_is_not_divided_at_its_point() {
    for ems in 4..9 {
        for line in lines("大约是10.55元左右的价钱", ems) {
            assert!(!line.ends_with("10.") && !line.starts_with("55"), "{line}");
        }
    }
}

#[test]
fn a_full_stop_gives_its_blank_last() {
    // The comma alone can give the half em that is needed; the full stop keeps its own (R24).
    let set = set("一二三，四五六七八九十。一二三四五六七八，九十一", 20);
    assert_eq!(set[0].0, "一二三，四五六七八九十。一二三四五六七八，");
    assert_eq!(set[0].1[3..5], [300, 350]);
    assert_eq!(set[0].1[11..13], [1050, 1150]);
}

#[test]
fn a_full_stop_gives_its_blank_before_hanzi_leave_the_grid() {
    let set = set("一二三四五六七八九十。一二三四五六七八九，十一二三", 20);
    assert_eq!(set[0].0, "一二三四五六七八九十。一二三四五六七八九，");
    assert_eq!(set[0].1[11..], [1050, 1150, 1250, 1350, 1450, 1550, 1650, 1750, 1850, 1950]);
}

#[test]
fn a_line_of_hanzi_keeps_its_grid_and_one_with_letters_gives() {
    // An em is to be shared out: among the letters' line, not among the hanzi of the one before.
    let set = set("一二三四五六七八九十一二三四五六七八九十GPT四五六七八九十accountability", 20);
    assert!(set[0].1.iter().all(|place| place % 100 == 0), "{:?}", set[0].1);
}

#[test]
fn a_name_of_two_words_is_divided_between_them() {
    let set = lines("一二三四五六七八九DeepSeek的模型和方法", 12);
    assert_eq!(set[0], "一二三四五六七八九Deep\u{AD}");
}

#[test]
fn no_more_than_two_lines_in_a_row_end_with_a_hyphen() {
    let words = "一二三accountability".repeat(12);
    let fonts = fonts();
    let shapers = Shapers::new(&fonts, rules("zh-Hans").unwrap());
    let setting = setting(7);
    let flow = Flow::text(words, setting.text);
    let paragraph = Paragraph::new(&flow, setting, &shapers);
    let hyphened = |index| {
        let mut galley = Galley::default();
        paragraph.draw(index, Spot::default(), &shapers, &mut galley);
        galley.glyphs.last().is_some_and(|glyph| glyph.text_length == 0)
    };
    let rows: Vec<bool> = (0..paragraph.lines()).map(hyphened).collect();
    assert!(rows.windows(3).all(|row| row.contains(&false)), "{rows:?}");
}

#[test]
fn the_mark_of_a_note_and_the_space_after_it_take_an_em() {
    let fonts = fonts();
    let shapers = Shapers::new(&fonts, rules("zh-Hans").unwrap());
    let setting = setting(20);
    let mut flow = Flow::text("有注", setting.text);
    let mark = Content::Mark(crate::book::NoteId(0));
    flow.pieces.push(Piece {
        content: mark,
        start: None,
        style: setting.text,
        link: None,
        line: None,
        reading: None,
        element: None,
    });
    flow.push_text("的字", setting.text);
    let paragraph = Paragraph::new(&flow, setting, &shapers);
    let mut galley = Galley::default();
    paragraph.draw(0, Spot::default(), &shapers, &mut galley);
    assert_eq!(galley.marks[0].at.inline, EM * 2);
    let mut after = galley.items.iter().filter_map(|item| match item {
        Drawn::Glyphs(run) => Some(run.origin.inline),
        Drawn::Rule { .. }
        | Drawn::Wave { .. }
        | Drawn::Picture { .. }
        | Drawn::Link { .. }
        | Drawn::Tag(_) => None,
    });
    assert_eq!(after.next_back(), Some(EM * 3));
}

#[test]
fn the_sides_of_a_middle_dot_give_way_before_hanzi_do() {
    // Half an em is missing, for the dot takes half of one; it takes a whole one then (R20).
    let set = set("一二三四五六七八·九十一二，三四五六七八九十", 13);
    assert_eq!(set[0].0, "一二三四五六七八·九十一二，");
    let hanzi = |pair: &[i32]| pair[1] - pair[0] == 100;
    assert!(set[0].1[..8].windows(2).all(hanzi), "{:?}", set[0].1);
}

/// The lines of `text` at a measure of `ems`, set in `count` of them.
fn lines_in(text: &str, ems: i32, count: usize) -> Option<Vec<String>> {
    let fonts = fonts();
    let shapers = Shapers::new(&fonts, rules("zh-Hans").unwrap());
    let setting = setting(ems);
    let flow = Flow::text(text, setting.text);
    let mut paragraph = Paragraph::new(&flow, setting, &shapers);
    let ends = paragraph.variants(0).ends(count)?;
    paragraph.end_otherwise(0, &ends);
    let line = |index| {
        let mut galley = Galley::default();
        paragraph.draw(index, Spot::default(), &shapers, &mut galley);
        galley.text
    };
    Some((0..paragraph.lines()).map(line).collect())
}

#[test]
fn a_paragraph_offers_a_line_less_where_its_marks_give_way() {
    let text = "一二三，四五六，七八九，十一二，三四五，六七八，九十一，二三。";
    assert_eq!(
        lines(text, 15),
        ["一二三，四五六，七八九，十一二，", "三四五，六七八，九十一，二三。"]
    );
    let longer = "一二三，四五，六七，八九，十一，二三，四五，六七，八九，十一，二三四五六。七八";
    assert_eq!(lines(longer, 20).len(), 2);
    assert_eq!(lines_in(longer, 20, 1), None);
    assert_eq!(lines_in(text, 15, 2), Some(lines(text, 15)));
}

#[test]
fn a_paragraph_offers_a_line_more_where_its_letters_let_lines_stretch() {
    let text = "一二三AI五六七八九".repeat(10);
    let count = lines(&text, 20).len();
    let longer = lines_in(&text, 20, count + 1).unwrap();
    let ends: Vec<usize> = longer.iter().map(|line| line.chars().count()).collect();
    assert_eq!(ends, [19, 19, 20, 20, 20, 2]);
    // Hanzi alone would have to leave their grid.
    assert_eq!(lines_in(&"字".repeat(20 * 4 - 1), 20, 5), None);
}

/// The place of a text that stands in no file.
fn span() -> Span {
    Span::new(Sink::default().sources.add("test.md", ""), 0..0)
}

fn text(text: &str) -> Inline {
    Inline::Text(Text { text: text.to_owned(), span: span() })
}

fn ruby(base: &str, reading: &str) -> Inline {
    let reading = Text { text: reading.to_owned(), span: span() };
    Inline::Ruby { base: vec![text(base)], reading }
}

/// No page is known.
fn no_folios() -> Folios {
    Folios::new(rules("zh-Hans").unwrap(), Default::default())
}

/// What one line of inlines draws.
fn drawn(inlines: &[Inline]) -> Galley {
    let fonts = fonts();
    let shapers = Shapers::new(&fonts, rules("zh-Hans").unwrap());
    let folios = no_folios();
    let flow = Flow::new(inlines, setting(60).text, &folios);
    let paragraph = Paragraph::new(&flow, setting(60), &shapers);
    let mut galley = Galley::default();
    paragraph.draw(0, Spot::default(), &shapers, &mut galley);
    galley
}

/// Hundredths of an em.
fn hundredths(length: Length) -> i32 {
    (length.as_pt() * 10.0).round() as i32
}

/// A glyph as drawn: its characters, and in hundredths of an em its left and right edge, how far its
/// baseline is below that of the line, and its size.
#[derive(Debug)]
struct Seen {
    text: String,
    left: i32,
    right: i32,
    down: i32,
    size: i32,
}

impl Seen {
    fn middle(&self) -> i32 {
        (self.left + self.right) / 2
    }
}

/// The glyphs of one line of inlines, without spaces.
fn seen(inlines: &[Inline]) -> Vec<Seen> {
    let fonts = fonts();
    let galley = drawn(inlines);
    let mut seen = Vec::new();
    for item in &galley.items {
        let Drawn::Glyphs(run) = item else { continue };
        let face = fonts.face(run.face);
        for glyph in &galley.glyphs[run.glyphs.start as usize..run.glyphs.end as usize] {
            let start = glyph.text_start as usize;
            let text = galley.text[start..start + usize::from(glyph.text_length)].to_owned();
            let (advance, units) = (face.advance(glyph.id), face.units_per_em());
            let x = run.origin.inline + glyph.x;
            let right = x + run.size.fraction(i32::from(advance), i32::from(units));
            let (left, right) = (hundredths(x), hundredths(right));
            let (down, size) = (hundredths(run.origin.block), hundredths(run.size));
            seen.push(Seen { text, left, right, down, size });
        }
    }
    seen.retain(|glyph| glyph.text != " ");
    seen
}

/// The glyphs of one line in the text's own size, and the others.
fn apart(inlines: &[Inline]) -> (Vec<Seen>, Vec<Seen>) {
    seen(inlines).into_iter().partition(|glyph| glyph.size == 100)
}

#[test]
fn a_reading_is_centred_over_its_character_at_half_the_size() {
    for reading in ["è", "chūn", "zhuāng"] {
        let (line, above) = apart(&[text("甲"), ruby("春", reading), text("乙")]);
        let (first, last) = (&above[0], above.last().unwrap());
        assert!((line[1].middle() - (first.left + last.right) / 2).abs() <= 1, "{reading}");
        assert_eq!((first.size, first.down), (50, -94));
        // It leans over neither neighbour.
        assert!(line[0].right <= first.left && last.right <= line[2].left, "{reading}");
    }
}

#[test]
fn readings_stand_a_quarter_of_their_em_apart() {
    let (line, above) = apart(&[ruby("装", "zhuāng"), ruby("床", "chuáng")]);
    // Six letters each.
    assert_eq!(above.len(), 12);
    assert_eq!(above[6].left - above[5].right, 13);
    assert!(line[1].left > line[0].right);
}

#[test]
fn a_character_as_wide_as_its_reading_stays_on_the_grid() {
    let (line, _) = apart(&[text("甲"), ruby("鼓", "gǔ"), text("乙")]);
    assert_eq!(line.iter().map(|glyph| glyph.left).collect::<Vec<_>>(), [0, 100, 200]);
}

#[test]
fn a_reading_leans_a_little_over_a_mark() {
    let (line, above) = apart(&[ruby("床", "chuáng"), text("，甲")]);
    let lean = above.last().unwrap().right - line[1].left;
    assert!((1..=25).contains(&lean), "{lean}");
    assert!((line[0].middle() - (above[0].left + above[5].right) / 2).abs() <= 1);
}

#[test]
fn kana_over_a_group_are_spread_and_letters_are_not() {
    // Three kana over two hanzi leave half an em: a sixth on either side, a third between.
    let (_, kana) = apart(&[ruby("今日", "きょう")]);
    assert_eq!(kana.iter().map(|glyph| glyph.left).collect::<Vec<_>>(), [8, 75, 142]);
    let (_, letters) = apart(&[ruby("今日", "jīnrì")]);
    assert!((letters[0].left + letters.last().unwrap().right - 200).abs() <= 1);
}

#[test]
fn the_hanzi_below_a_long_reading_are_spread() {
    // Five kana and a gap of a quarter em are 2.625 ems over two.
    let (line, kana) = apart(&[ruby("中国", "ちゅうごく")]);
    assert_eq!(line.iter().map(|glyph| glyph.left).collect::<Vec<_>>(), [16, 147]);
    assert_eq!(kana[0].left, 6);
}

#[test]
fn all_letters_of_a_reading_are_of_one_face() {
    let galley = drawn(&[ruby("旅女", "lǚ nǚ")]);
    let faces: Vec<_> = galley
        .items
        .iter()
        .filter_map(|item| match item {
            Drawn::Glyphs(run) if run.size < EM => Some(run.face),
            _ => None,
        })
        .collect();
    assert_eq!(faces.len(), 1);
}

/// The rectangles of the lines under words: left, right, top below the baseline, height.
fn under(inlines: &[Inline]) -> Vec<[i32; 4]> {
    let rect = |item: &Drawn| match item {
        Drawn::Rule { rect, .. } | Drawn::Wave { rect, .. } => {
            let Spot { inline, block } = rect.at;
            Some([inline, inline + rect.length, block, rect.depth].map(hundredths))
        }
        _ => None,
    };
    drawn(inlines).items.iter().filter_map(rect).collect()
}

#[test]
fn lines_of_neighbouring_names_do_not_touch() {
    let name = |words| Inline::Name(vec![text(words)]);
    assert_eq!(under(&[name("孔子"), name("孟子")]), [[6, 194, 17, 5], [206, 394, 17, 5]]);
    let title = Inline::Title(vec![name("孔子"), text("家语")]);
    assert_eq!(under(&[title, text("，")]), [[6, 394, 15, 13]]);
}

#[test]
fn a_line_ends_with_its_words() {
    let name = Inline::Name(vec![text("孔子")]);
    assert_eq!(under(&[name, text("A")])[0][..2], [6, 194]);
}

#[test]
fn a_dot_is_centred_under_its_hanzi_and_below_a_line() {
    let dotted = |inner| Inline::Emphasis(Emphasis::Dots, vec![inner]);
    let (line, dots) = apart(&[dotted(text("重点"))]);
    for (hanzi, dot) in line.iter().zip(&dots) {
        assert!((hanzi.middle() - dot.middle()).abs() <= 1);
    }
    let (_, both) = apart(&[dotted(text("重")), dotted(Inline::Name(vec![text("点")]))]);
    assert_eq!([both[0].down, both[1].down], [dots[0].down, dots[0].down + 12]);
}

#[test]
fn a_note_inside_the_line_is_two_rows_of_half_the_size() {
    let (line, rows) = apart(&[Inline::Gloss(vec![text("甲乙丙丁戊")])]);
    let places: Vec<_> = rows.iter().map(|glyph| (glyph.left, glyph.down)).collect();
    // The rows fill the em box, which is 88 above the baseline and 12 below it.
    assert_eq!(places, [(50, -44), (100, -44), (150, -44), (50, 6), (100, 6)]);
    assert!(rows.iter().all(|glyph| glyph.size == 50));
    assert_eq!(line[1].left, 200);
}

#[test]
fn emphasis_may_be_in_kai() {
    let fonts = fonts();
    let emphasis = |emphasis| Inline::Emphasis(emphasis, vec![text("重点")]);
    // The face, and whether dots are drawn after it.
    let look = |inline| {
        let galley = drawn(&[inline]);
        let runs: Vec<_> = galley
            .items
            .iter()
            .filter_map(|item| if let Drawn::Glyphs(run) = item { Some(run) } else { None })
            .collect();
        (fonts.face(runs[0].face).name().to_owned(), runs.len() > 1)
    };
    assert_eq!(look(emphasis(Emphasis::Kai)), ("BanxinKai-Regular".to_owned(), false));
    assert_eq!(look(emphasis(Emphasis::Dots)), ("NotoSerifSC-Regular".to_owned(), true));
    // Kai has no bold.
    let strong = Inline::Strong(vec![emphasis(Emphasis::Kai)]);
    assert_eq!(look(strong), ("NotoSerifSC-Bold".to_owned(), true));
}

#[test]
fn styles_of_punctuation_leave_blanks_beside_all_marks_or_stops_or_none() {
    let by = |punctuation| {
        places_by(Typesetting { punctuation, ..Typesetting::default() }, "甲，（乙）丙。丁")
    };
    assert_eq!(by(Punctuation::Full), [0, 100, 150, 250, 350, 450, 550, 650]);
    assert_eq!(by(Punctuation::Kaiming), [0, 100, 100, 200, 300, 350, 450, 550]);
    assert_eq!(by(Punctuation::Half), [0, 100, 100, 200, 300, 350, 450, 500]);
}

#[test]
fn levels_of_kinsoku_forbid_one_after_the_other() {
    let starts = |kinsoku, text: &str| {
        let typesetting = Typesetting { kinsoku, ..Typesetting::default() };
        set_by(typesetting, text, setting(4)).remove(1).0.chars().next().unwrap()
    };
    let pause = |kinsoku| starts(kinsoku, "一二三四、五六七八");
    assert_eq!(pause(Kinsoku::None), '、');
    assert_eq!(pause(Kinsoku::Basic), '四');
    let dot = |kinsoku| starts(kinsoku, "一二三四·五六七·八九十一");
    assert_eq!(dot(Kinsoku::Basic), '·');
    assert_eq!(dot(Kinsoku::Gb), '四');
    let ellipsis = |kinsoku| starts(kinsoku, "一二三四……五六七八");
    assert_eq!(ellipsis(Kinsoku::Gb), '…');
    assert_eq!(ellipsis(Kinsoku::Strict), '四');
}
