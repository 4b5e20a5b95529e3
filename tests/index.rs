//! Terms in, the same in the order of an index out.

use banxin::script::{Collation, Initial, Order, rules};

use crate::cases;

/// The expected order is not ours: `order.mjs` beside the cases takes it from the ICU of Node 20, which
/// is another program with the same data.
#[test]
fn terms_stand_in_the_order_of_readings_or_strokes() {
    cases::run("script/order.txt", |terms| {
        // The first case is by readings: only there do they matter.
        let by_strokes = terms.starts_with(STROKES);
        let terms = terms.strip_prefix(STROKES).unwrap_or(terms);
        sorted(terms, if by_strokes { Order::Strokes } else { Order::Pinyin })
    });
}

/// The first line of a case by strokes.
const STROKES: &str = "strokes\n";

/// The terms of lines `term` or `term = reading`, group by group.
fn sorted(lines: &str, order: Order) -> String {
    let collation = Collation::new(order);
    let key = |line: &str| {
        let (term, reading) = line.split_once(" = ").map_or((line, None), |it| (it.0, Some(it.1)));
        let reading = reading.filter(|_| order == Order::Pinyin);
        let key = collation.key(term, reading).unwrap_or_else(|| panic!("{line}"));
        (key, term.to_owned())
    };
    let mut terms: Vec<(String, String)> = lines.lines().map(key).collect();
    terms.sort_by(|(a, one), (b, other)| {
        collation.compare(a, b).then_with(|| collation.compare(one, other))
    });
    grouped(&collation, &terms)
}

/// Terms with the title of each group before them.
fn grouped(collation: &Collation, terms: &[(String, String)]) -> String {
    let mut text = String::new();
    let mut last: Option<Initial> = None;
    for (key, term) in terms {
        let initial = collation.initial(key);
        if last != Some(initial) {
            text += &format!("[{}]\n", initial.title(rules("zh-Hans").unwrap()));
            last = Some(initial);
        }
        text += &(term.clone() + "\n");
    }
    text
}

#[test]
fn other_languages_have_orders_of_their_own() {
    let order = |order, terms: &str| sorted(terms, order).replace('\n', " ");
    let kana = "さくら\nいろは\nあおい\nガラス\nAI\n漢字\n";
    assert_eq!(
        order(Order::Kana, kana),
        "[西文字母] AI [あ] あおい いろは [か] ガラス [さ] さくら [其他] 漢字 "
    );
    assert_eq!(order(Order::Hangul, "나무\n가을\n까치\n"), "[가] 가을 까치 [나] 나무 ");
    assert_eq!(
        order(Order::Letters, "banana\nÉcole\nApple\n2025\n"),
        "[数字与符号] 2025 [A] Apple [B] banana [E] École "
    );
}

#[test]
fn what_stands_around_a_title_is_not_sorted() {
    let collation = Collation::new(Order::Pinyin);
    assert_eq!(collation.key("《史记》", None).unwrap(), "史记");
    assert_eq!(collation.key("“双引擎”", None).unwrap(), "双引擎");
}

#[test]
fn readings_are_taken_as_they_are_written() {
    let collation = Collation::new(Order::Pinyin);
    let key = |words, reading| collation.key(words, Some(reading));
    assert_eq!(key("重庆", "chóng qìng"), Some("虫庆".into()));
    assert_eq!(key("重庆", "Chong2'qing4"), Some("虫庆".into()));
    assert_eq!(key("重点", "zhong dian"), Some("重点".into()));
    assert_eq!(key("旅行", "lv xing"), Some("旅行".into()));
    // 尉 is in the table, 冼 is not: it stays where the collation has it.
    assert_eq!(key("尉迟", "yu chi"), Some("玉迟".into()));
    assert_eq!(key("重庆", "chong"), None);
    assert_eq!(key("重庆", "chong qing shi"), None);
    assert_eq!(key("重庆", "chong xyz"), None);
}

#[test]
fn only_doubtful_words_are_doubted() {
    let collation = Collation::new(Order::Pinyin);
    assert_eq!(collation.doubt("重庆"), Some(('重', vec!["zhong", "chong"])));
    assert_eq!(collation.doubt("银行"), Some(('行', vec!["xing", "hang"])));
    assert_eq!(collation.doubt("大语言模型"), None);
    assert_eq!(Collation::new(Order::Strokes).doubt("重庆"), None);
}
