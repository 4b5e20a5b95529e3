//! The page that a person opens first: what the package holds, and what each part is for.

use std::fmt::Write;

use super::{Held, Role};
use crate::book::Book;

/// What the page says, in the language of the book: Chinese, or English for all others.
struct Words {
    /// What the package is.
    what: &'static str,
    /// The heads of the columns: file, size, checksum.
    heads: [&'static str; 3],
    /// What each role is for, in the order of [`Role::ALL`].
    roles: [&'static str; 8],
}

static ENGLISH: Words = Words {
    what: "Archive package: all files of the book, with checksums",
    heads: ["File", "Bytes", "SHA-256"],
    roles: [
        "To read on an e-reader",
        "To keep for good (PDF/A), and to read on a screen",
        "To print",
        "What the book was made from",
        "Licences of its fonts",
        "Reports of validators",
        "Records for catalogues",
        "This page",
    ],
};
static CHINESE: Words = Words {
    what: "存档包：本书的全部文件和校验值",
    heads: ["文件", "字节", "SHA-256"],
    roles: [
        "供阅读器阅读",
        "供长期保存（PDF/A），也可在屏幕上阅读",
        "供印刷",
        "制作本书所用的文件",
        "字体的许可证",
        "验证报告",
        "编目记录",
        "本页",
    ],
};
static TRADITIONAL: Words = Words {
    what: "存檔包：本書的全部檔案和校驗值",
    heads: ["檔案", "位元組", "SHA-256"],
    roles: [
        "供閱讀器閱讀",
        "供長期保存（PDF/A），也可在螢幕上閱讀",
        "供印刷",
        "製作本書所用的檔案",
        "字型的授權",
        "驗證報告",
        "編目記錄",
        "本頁",
    ],
};

/// How it looks: nothing from elsewhere, on narrow screens too.
const STYLE: &str = "body{max-width:60em;margin:1em auto;padding:0 1em;line-height:1.6;\
font-family:sans-serif}table{border-collapse:collapse;width:100%;table-layout:fixed}\
th,td{text-align:start;vertical-align:top;padding:.3em .5em .3em 0;border-bottom:1px solid #777;\
overflow-wrap:anywhere}th:nth-child(2),td:nth-child(2){width:6em}\
td:nth-child(3){font-family:monospace;font-size:.85em}";

/// The page, whose links start in `data/`.
pub fn page(book: &Book, held: &[Held]) -> Vec<u8> {
    let words = match book.metadata.rules.tag {
        "zh-Hant" => &TRADITIONAL,
        tag if tag.starts_with("zh") => &CHINESE,
        _ => &ENGLISH,
    };
    let title = escaped(&book.metadata.full_title());
    let lang = escaped(&book.metadata.language);
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n<p>{}</p>\n<p>{}</p>\n",
        words.what,
        escaped(&book.metadata.identifier),
    );
    for (role, what) in Role::ALL.iter().zip(words.roles) {
        let files: Vec<&Held> = held.iter().filter(|file| file.role == *role).collect();
        if !files.is_empty() {
            table(&mut page, what, words, &files);
        }
    }
    page.push_str("</main>\n</body>\n</html>\n");
    page.into_bytes()
}

/// The files of one role.
fn table(page: &mut String, what: &str, words: &Words, files: &[&Held]) {
    let [file, bytes, sum] = words.heads;
    // Writing into a string does not fail.
    let _ = writeln!(
        page,
        "<h2>{what}</h2>\n<table>\n<thead><tr><th scope=\"col\">{file}</th>\
         <th scope=\"col\">{bytes}</th><th scope=\"col\">{sum}</th></tr></thead>\n<tbody>"
    );
    for held in files {
        let path = held.path.strip_prefix("data/").unwrap_or(&held.path);
        let _ = writeln!(
            page,
            "<tr><td><a href=\"{}\">{}</a></td><td>{}</td><td>{}</td></tr>",
            address(path),
            escaped(path),
            held.size,
            held.sha256
        );
    }
    page.push_str("</tbody>\n</table>\n");
}

/// A path as a relative address (RFC 3986): all but letters, digits and a few marks by their codes.
fn address(path: &str) -> String {
    let mut address = String::new();
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                address.push(char::from(byte));
            }
            other => {
                let _ = write!(address, "%{other:02X}");
            }
        }
    }
    address
}

/// A text between tags or quotes of HTML.
fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.replace('"', "&quot;")
}
