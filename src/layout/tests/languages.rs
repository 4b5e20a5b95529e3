//! Lines of the languages besides simplified Chinese.

use super::*;
use crate::book::{Inline, Text};
use crate::diag::Span;
use crate::script::ALL;

/// The setting of a language.
fn in_language(tag: &str, ems: i32) -> Setting {
    let mut setting = setting(ems);
    setting.text.language = rules(tag).unwrap();
    setting
}

/// The lines of a text in a language.
fn lines_in(tag: &str, text: &str, ems: i32) -> Vec<String> {
    set_as(text, in_language(tag, ems)).into_iter().map(|(line, _)| line).collect()
}

/// Where the glyphs of a text begin that fits on one line, in hundredths of an em.
fn places_in(tag: &str, text: &str) -> Vec<i32> {
    set_as(text, in_language(tag, 60)).remove(0).1
}

#[test]
fn traditional_stops_keep_their_em_and_brackets_give_their_blanks() {
    assert_eq!(places_in("zh-Hant", "甲，乙。丙：丁"), [0, 100, 200, 300, 400, 500, 600]);
    // 」 and ， meet without the blank of 」, ， and 「 without that of 「.
    assert_eq!(places_in("zh-Hant", "「甲」，「乙」丙"), [-50, 50, 150, 200, 250, 350, 450, 550]);
    // ？ and ！ take an em each, which simplified Chinese joins (R18).
    assert_eq!(places_in("zh-Hant", "甲？！乙"), [0, 100, 200, 300]);
    assert_eq!(places_in("zh-Hant", "甲·乙")[2], 200);
}

#[test]
fn a_traditional_stop_keeps_its_em_at_the_line_end() {
    assert_eq!(lines_in("zh-Hant", "一二三四五六，七八九", 6)[0], "一二三四五");
    assert_eq!(lines("一二三四五六，七八九", 7)[0], "一二三四五六，");
    assert_eq!(lines_in("zh-Hant", "一二三四五六，七八九", 7)[0], "一二三四五六，");
    let set = set_as("一二三四五，七八九", in_language("zh-Hant", 6));
    assert_eq!(set[0], ("一二三四五，".to_owned(), vec![0, 100, 200, 300, 400, 500]));
}

#[test]
fn japanese_commas_have_blanks_and_the_other_marks_stand_in_the_middle() {
    assert_eq!(places_in("ja", "甲、乙：丙・丁？戊"), [0, 100, 200, 300, 400, 500, 600, 700, 800]);
    // 。 shares its blank with 「, ： leaves enough before it.
    assert_eq!(places_in("ja", "甲。「乙」：「丙"), [0, 100, 150, 250, 350, 400, 450, 550]);
    assert_eq!(places_in("ja", "甲ABC乙")[1], 125);
}

#[test]
fn the_sides_of_a_japanese_middle_dot_give_way() {
    // Seven characters, two marks and a dot of an em in a line of nine (jlreq 3.8.3).
    let set = set_as("一二三・四五六、七八九十一二三", in_language("ja", 8));
    assert_eq!(set[0].0, "一二三・四五六、七");
    assert!(set[0].1[4] < 400, "{:?}", set[0].1);
}

#[test]
fn no_japanese_line_starts_with_a_small_kana_or_a_mark_of_repetition() {
    let text = "ちょっと待っていたら人々がコンピューターのチェックをしにやってきた";
    let starts_small = |line: &String| line.starts_with(|c| "ょっゅェッー々".contains(c));
    for ems in 4..16 {
        let lines = lines_in("ja", text, ems);
        assert_eq!(lines.concat(), text);
        assert!(!lines.iter().any(starts_small), "{lines:?} at {ems}");
    }
    // Other languages quote kana without the rule.
    assert!((4..16).any(|ems| lines(text, ems).iter().any(starts_small)));
}

#[test]
fn korean_lines_end_at_spaces_alone_and_spaces_alone_stretch() {
    let text = "책은 판면에서 시작하고, 판면은 글자를 놓는 자리(版面)이다.";
    for ems in 10..24 {
        let lines = lines_in("ko", text, ems);
        assert_eq!(lines.join(" "), text, "at {ems}");
    }
    let advance = |places: &[i32]| places[1] - places[0];
    let set = set_as(text, in_language("ko", 13));
    assert!(set.iter().all(|(_, places)| advance(places) == 97), "{set:?}");
}

#[test]
fn korean_brackets_have_no_blanks_and_keep_typed_spaces() {
    let places = places_in("ko", "책 《책》은");
    // A syllable of 0.966 em, a space of 0.256, half an em for 《.
    assert_eq!(places[3], 172);
    assert_eq!(places[5] - places[4], 50);
}

#[test]
fn a_korean_word_longer_than_the_line_is_divided() {
    let word = "책".repeat(40);
    let lines = lines_in("ko", &word, 10);
    assert!(lines.len() > 3);
    assert_eq!(lines.concat(), word);
}

#[test]
fn quotes_are_narrow_where_the_language_has_them_so() {
    for tag in ["ja", "ko", "en"] {
        assert!(places_in(tag, "“A”")[1] < 50, "{tag}");
    }
    // Even where nothing Latin stands beside them.
    assert!(places_in("en", "“版心”")[1] < 50);
    assert_eq!(places_in("zh-Hant", "甲“乙”丙")[1..3], [100, 200]);
}

#[test]
fn plain_words_have_narrow_quotes_too() {
    let fonts = fonts();
    for tag in ["ja", "ko", "en"] {
        let shapers = Shapers::new(&fonts, rules(tag).unwrap());
        let (_, _, advance) = shapers.glyph(in_language(tag, 10).text, '’').unwrap();
        assert!(advance < EM / 2, "{tag}");
    }
}

#[test]
fn an_english_dash_is_as_wide_as_the_face_has_it_and_a_line_may_end_after_it() {
    let places = places_in("en", "a—b");
    assert!((85..95).contains(&(places[2] - places[1])), "{places:?}");
    let lines = lines_in("en", "without—joins", 6);
    assert_eq!(lines, ["without—", "joins"]);
}

#[test]
fn each_language_draws_its_own_glyphs() {
    let fonts = fonts();
    let glyph = |tag: &str, c: char| {
        let shapers = Shapers::new(&fonts, rules(tag).unwrap());
        let (face, id, _) = shapers.glyph(in_language(tag, 10).text, c).unwrap();
        (face, id)
    };
    for c in ['骨', '直', '角'] {
        let mut glyphs = ["zh-Hans", "zh-Hant", "ja"].map(|tag| glyph(tag, c)).to_vec();
        glyphs.dedup();
        assert_eq!(glyphs.len(), 3, "{c}");
    }
}

#[test]
fn words_of_another_language_are_set_by_its_rules() {
    let mut sink = Sink::default();
    let span = Span::new(sink.sources.add("one.md", ""), 0..0);
    let words = |text: &str| Inline::Text(Text { text: text.into(), span });
    let (language, content) = ("zh-TW".to_owned(), vec![words("直？！直")]);
    let foreign = Inline::Foreign { rules: rules(&language).unwrap(), language, content };
    let inlines = [words("直？！"), foreign];
    let folios = no_folios();
    let flow = Flow::new(&inlines, in_language("zh-Hans", 60).text, &folios);
    let set = set_flow(&flow, in_language("zh-Hans", 60));
    assert_eq!(set[0].1, [0, 100, 150, 200, 300, 400, 500]);
    let fonts = fonts();
    let shapers = Shapers::new(&fonts, rules("zh-Hans").unwrap());
    let mut galley = Galley::default();
    let paragraph = Paragraph::new(&flow, in_language("zh-Hans", 60), &shapers);
    paragraph.draw(0, Spot::default(), &shapers, &mut galley);
    let faces: Vec<&str> = galley
        .items
        .iter()
        .filter_map(|item| match item {
            Drawn::Glyphs(run) => Some(fonts.face(run.face).name()),
            Drawn::Rule { .. }
            | Drawn::Wave { .. }
            | Drawn::Link { .. }
            | Drawn::Picture { .. }
            | Drawn::Tag(_) => None,
        })
        .collect();
    assert_eq!(faces, ["NotoSerifSC-Regular", "NotoSerifTC-Regular"]);
}

#[test]
fn emphasis_is_a_dot_under_chinese_and_a_sesame_over_japanese() {
    let baselines = |tag: &str| {
        let mut setting = in_language(tag, 60);
        setting.text.dotted = true;
        let fonts = fonts();
        let shapers = Shapers::new(&fonts, setting.text.language);
        let flow = Flow::text("字", setting.text);
        let mut galley = Galley::default();
        Paragraph::new(&flow, setting, &shapers).draw(0, Spot::default(), &shapers, &mut galley);
        let baseline = |item: &Drawn| match item {
            Drawn::Glyphs(run) => Some((run.origin.block.as_pt() * 10.0).round() as i32),
            Drawn::Rule { .. }
            | Drawn::Wave { .. }
            | Drawn::Link { .. }
            | Drawn::Picture { .. }
            | Drawn::Tag(_) => None,
        };
        galley.items.iter().filter_map(baseline).collect::<Vec<_>>()
    };
    assert_eq!(baselines("zh-Hant"), [0, 62]);
    assert_eq!(baselines("ja"), [0, -92]);
}

#[test]
fn a_dash_is_two_ems_and_whole_in_every_language_of_hanzi() {
    for rules in &ALL[..3] {
        let places = places_in(rules.tag, "甲——乙");
        assert_eq!(*places.last().unwrap(), 300, "{}", rules.tag);
        assert_eq!(*places_in(rules.tag, "甲……乙").last().unwrap(), 300, "{}", rules.tag);
    }
}
