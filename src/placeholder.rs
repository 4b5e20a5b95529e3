//! What stands where a picture, or the words on one, are still to be supplied.

/// A frame, and in it a hint that a picture is to be put there.
pub const PICTURE: &str = "\
<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"360\" height=\"200\" viewBox=\"0 0 360 200\">
  <rect x=\"0.5\" y=\"0.5\" width=\"359\" height=\"199\" fill=\"#f4f4f4\" stroke=\"#999999\"/>
  <path d=\"M130 130 L165 85 L190 115 L205 98 L230 130 Z\" fill=\"none\" stroke=\"#999999\" stroke-width=\"2\"/>
  <circle cx=\"212\" cy=\"76\" r=\"8\" fill=\"none\" stroke=\"#999999\" stroke-width=\"2\"/>
  <text x=\"180\" y=\"165\" font-size=\"14\" text-anchor=\"middle\" fill=\"#666666\">图片待补</text>
</svg>
";
/// What is written as the words on a picture that came along without any.
pub const WORDS: &str = "图片";
/// The same of a picture that did not come along.
pub const WORDS_OF_NONE: &str = "图片待补";

/// What says that there is a picture and not what is on it, in small letters: words of editors'
/// programs, and those that they give their files.
const SILENT: [&str; 43] = [
    "alt",
    "dsc",
    "dscn",
    "fig",
    "figure",
    "image",
    "img",
    "photo",
    "pic",
    "picture",
    "screenshot",
    "untitled",
    "图",
    "图像",
    "图片",
    "图片描述",
    "图片说明",
    "圖",
    "圖像",
    "圖片",
    "图片待补",
    "圖片待補",
    "截图",
    "截屏",
    "截圖",
    "屏幕截图",
    "插图",
    "插圖",
    "替代文字",
    "无标题",
    "未命名",
    "配图",
    "配圖",
    "微信图片",
    "照片",
    "写真",
    "図",
    "図版",
    "画像",
    "그림",
    "사진",
    "이미지",
    "도판",
];
/// How names of picture files end.
const ENDINGS: [&str; 10] =
    [".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".tif", ".tiff", ".bmp", ".heic"];

/// Whether a picture's file is [`PICTURE`], with the line ends of any system.
pub fn is_picture(bytes: &[u8]) -> bool {
    bytes.iter().copied().filter(|byte| *byte != b'\r').eq(PICTURE.bytes())
}

/// Whether an alternative text says what is on the picture, and not only that it is one or what its
/// file is called. A number behind such a word says no more.
pub fn describes(alt: &str) -> bool {
    let said = alt.trim().to_lowercase();
    if said.is_empty() || ENDINGS.iter().any(|ending| said.ends_with(ending)) {
        return false;
    }
    let is_mark = |c: char| !c.is_alphanumeric() || c.is_numeric() || NUMBERS.contains(c);
    let word = said.trim_start_matches(|c: char| !c.is_alphanumeric()).trim_end_matches(is_mark);
    !SILENT.contains(&word)
}

/// Hanzi that count.
const NUMBERS: &str = "一二三四五六七八九十";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_names_no_more_than_a_picture_says_nothing() {
        for alt in [
            "",
            " ",
            "图片",
            "图",
            "[图片]",
            "圖片",
            "配图。",
            "图 1-1",
            "图一",
            "Image",
            "img",
            "IMG_2041",
            "Figure 3.",
            "picture (2)",
            "chart.png",
            "截图 2025-12-23.PNG",
            "微信图片_20251223",
            WORDS,
            WORDS_OF_NONE,
        ] {
            assert!(!describes(alt), "{alt}");
        }
        for alt in
            ["地图", "一张图", "图片社的门面", "一", "3", "2025年的用量", "imagery", "某人的照片"]
        {
            assert!(describes(alt), "{alt}");
        }
    }

    #[test]
    fn a_placeholder_is_known_again() {
        assert!(is_picture(PICTURE.as_bytes()));
        assert!(is_picture(PICTURE.replace('\n', "\r\n").as_bytes()));
        assert!(!is_picture(PICTURE.replace("待补", "待補").as_bytes()));
        assert!(!is_picture(&PICTURE.as_bytes()[1..]) && !is_picture(b""));
    }
}
