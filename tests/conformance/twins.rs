//! Characters that look alike and share a glyph: radicals and the hanzi they are of, compatibility
//! ideographs and those they stand for. What was typed must come out, not its twin.
//!
//! The bundled fonts have no radicals, so a book that has some is refused; a font made of a bundled
//! one, in which twins share a glyph as in whole fonts, shows that they stay apart.

use std::borrow::Cow;
use std::collections::BTreeMap;

use banxin::diag::Sink;
use banxin::files::Folder;
use banxin::font::Face;
use banxin::profile::Product;

use super::{made, page_texts, text};

/// What the radicals of Kangxi, U+2F00 to U+2FD5, are of (their compatibility decompositions).
const KANGXI: &str = "\
    一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀\
    寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋\
    比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸\
    缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛\
    辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻\
    黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";
/// What the radicals of the supplement, U+2E81 to U+2EF3 without U+2E9A, are of
/// (Equivalent_Unified_Ideograph of Unicode).
const SUPPLEMENT: &str = "\
    厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑𫜹忄心扌攵旡日月歺母民氵氺灬爫爫丬牛犭王\
    𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長\
    镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟";
/// The radical of the supplement that is of no hanzi.
const ALONE: char = '\u{2E80}';
/// What the first compatibility ideographs, from U+F900, stand for.
const COMPATIBLE: &str = "豈更車賈滑串句龜龜契金喇";
/// Where radicals and compatibility ideographs come from, to borrow their glyphs where the font has
/// not even the hanzi.
const LENDER: char = '\u{4E00}';

/// Every radical and compatibility ideograph with its twin.
fn twins() -> Vec<(char, char)> {
    let supplement = ('\u{2E81}'..='\u{2EF3}').filter(|&c| c != '\u{2E9A}');
    let twins = ('\u{2F00}'..='\u{2FD5}').zip(KANGXI.chars());
    let twins = twins.chain(supplement.zip(SUPPLEMENT.chars()));
    twins.chain(('\u{F900}'..).zip(COMPATIBLE.chars())).collect()
}

/// The least `book.toml`.
const TOML: &str = "title = \"部首\"\nidentifier = \"urn:uuid:0\"\ndate = \"2025-12-23\"\n";

#[test]
fn the_twins_are_all_there() {
    let twins = twins();
    assert_eq!(KANGXI.chars().count(), 214);
    assert_eq!(SUPPLEMENT.chars().count() + [ALONE].len(), 115);
    assert_eq!(twins.len(), 214 + 114 + 12);
    assert!(twins.contains(&('\u{2FD5}', '龠')) && twins.contains(&('\u{2EF3}', '龟')));
}

#[test]
fn a_radical_without_a_glyph_is_told() {
    let radicals: Vec<char> = twins().iter().map(|&(radical, _)| radical).collect();
    // No more than are told of one file.
    let mut files = BTreeMap::new();
    let mut names = Vec::new();
    for (number, some) in radicals.chunks(90).enumerate() {
        let name = format!("{number}.md");
        let text: String = some.iter().collect();
        files.insert(name.clone(), format!("# 题\n\n{text}\n").into_bytes());
        names.push(name);
    }
    let toml = format!("{TOML}[contents]\nbody = {names:?}\n");
    files.insert("book.toml".into(), toml.into_bytes());
    let mut sink = Sink::default();
    let built = banxin::build(&Folder::Memory(files), None, &[], &mut sink);
    assert!(built.is_err());
    let told: Vec<String> = sink.findings().iter().map(|one| one.message.english()).collect();
    assert_eq!(told.len(), radicals.len());
    for (told, radical) in told.iter().zip(radicals) {
        let expected = format!("no font has U+{:04X} `{radical}`", u32::from(radical));
        assert!(told.starts_with(&expected), "{told}");
    }
}

#[test]
fn twins_come_back_as_they_were_typed() {
    let pairs: String =
        twins().iter().map(|(one, other)| format!("{one}{other}{other}{one}，")).collect();
    let alone: String = twins().iter().map(|&(radical, _)| radical).collect();
    let chapter = format!("# 部首\n\n{pairs}{ALONE}\n\n{alone}\n\n|⽇|日|\n|-|-|\n|⽉|月|\n");
    let toml = format!(
        "{TOML}[contents]\nbody = [\"one.md\"]\n[fonts]\nfolder = \"own\"\nserif = \"Noto Serif SC\"\n"
    );
    let folder = Folder::Memory(BTreeMap::from([
        ("book.toml".into(), toml.into_bytes()),
        ("one.md".into(), chapter.clone().into_bytes()),
        ("own/a.ttf".into(), with_twins()),
    ]));
    let files = made(&folder, None, "");
    for product in [Product::Screen, Product::Print] {
        let file = files.path().join(product.keyword());
        let Some(pages) = page_texts(&file, &[]) else { return };
        let found = pages.concat();
        for (radical, _) in twins().into_iter().chain([(ALONE, ALONE)]) {
            let count = |text: &str| text.matches(radical).count();
            assert_eq!(count(&found), count(&chapter), "{radical}: {found}");
        }
    }
    text::assert_same(&files.path().join(Product::Screen.keyword()), &folder);
}

/// A bundled face in which twins share a glyph.
fn with_twins() -> Vec<u8> {
    let file = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/fonts/NotoSerifSC-Regular.ttf"));
    let file = file.unwrap();
    let face = Face::parse(Cow::Owned(file.clone()), 0).unwrap();
    let mut glyphs: BTreeMap<char, u16> =
        ('\0'..='\u{FFFF}').filter_map(|c| Some((c, face.glyph(c)?))).collect();
    // Where the face lacks the hanzi, the two borrow the glyph of another.
    let mut lenders = LENDER..;
    for (radical, hanzi) in twins().into_iter().chain([(ALONE, ALONE)]) {
        let lent = || lenders.find_map(|lender| face.glyph(lender)).unwrap();
        let glyph = glyphs.get(&hanzi).copied().unwrap_or_else(lent);
        glyphs.extend([(radical, glyph), (hanzi, glyph)]);
    }
    with_table(&file, *b"cmap", &cmap(&glyphs))
}

/// A character map with one subtable of format 12 (OpenType, cmap): a group for each character.
fn cmap(glyphs: &BTreeMap<char, u16>) -> Vec<u8> {
    let mut table = Vec::new();
    // Version, one subtable: Windows, UCS-4, after these 12 bytes.
    [0_u16, 1, 3, 10, 0, 12].iter().for_each(|word| table.extend(word.to_be_bytes()));
    [12_u16, 0].iter().for_each(|word| table.extend(word.to_be_bytes()));
    let count = u32::try_from(glyphs.len()).unwrap();
    [16 + 12 * count, 0, count].iter().for_each(|word| table.extend(word.to_be_bytes()));
    for (&c, &glyph) in glyphs {
        let group = [u32::from(c), u32::from(c), glyph.into()];
        group.iter().for_each(|word| table.extend(word.to_be_bytes()));
    }
    table
}

/// A font with one of its tables replaced (OpenType, table directory); the new one stands at its end.
fn with_table(file: &[u8], tag: [u8; 4], table: &[u8]) -> Vec<u8> {
    let mut font = file.to_vec();
    let count = usize::from(u16::from_be_bytes([file[4], file[5]]));
    let record = (0..count).map(|index| 12 + 16 * index).find(|&at| file[at..at + 4] == tag);
    let record = record.unwrap();
    font.resize(font.len().next_multiple_of(4), 0);
    let place = [font.len(), table.len()].map(|length| u32::try_from(length).unwrap());
    font[record + 8..record + 12].copy_from_slice(&place[0].to_be_bytes());
    font[record + 12..record + 16].copy_from_slice(&place[1].to_be_bytes());
    font.extend_from_slice(table);
    font
}
