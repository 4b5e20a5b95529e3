//! The preview as a browser asks for it, and as others do who should not.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use crate::shelf::{book, word};

/// A preview that runs as long as this lives.
pub struct Preview {
    program: Child,
    /// The address of its page.
    pub url: String,
}

impl Preview {
    /// Shows the book in a folder.
    pub fn of(folder: &Path, language: &str) -> Self {
        let mut program = Command::new(env!("CARGO_BIN_EXE_banxin"))
            .args(["preview", word(folder), "--lang", language])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let said = BufReader::new(program.stdout.take().unwrap()).lines();
        let url = said.map(Result::unwrap).find(|line| line.starts_with("http"));
        Self { program, url: url.unwrap() }
    }

    /// `127.0.0.1:8000`
    fn host(&self) -> &str {
        self.url.trim_start_matches("http://").split('/').next().unwrap()
    }

    /// `/token/`
    fn root(&self) -> String {
        format!("/{}/", self.url.trim_end_matches('/').rsplit('/').next().unwrap())
    }

    /// The status of an answer, its head and its body.
    fn ask(&self, method: &str, path: &str, host: &str) -> (u16, String, String) {
        let mut stream = TcpStream::connect(self.host()).unwrap();
        write!(stream, "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")
            .unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head.split(' ').nth(1).unwrap().parse().unwrap(), head.to_owned(), body.to_owned())
    }

    fn get(&self, inside: &str) -> (u16, String, String) {
        self.ask("GET", &(self.root() + inside), self.host())
    }

    /// What the page is told as soon as it is newer than a version, and meets a condition.
    fn told(&self, after: u64, wanted: impl Fn(&Value) -> bool) -> Value {
        let mut version = after;
        loop {
            let (status, _, body) = self.get(&format!("state?after={version}"));
            assert_eq!(status, 200, "{body}");
            let told: Value = serde_json::from_str(&body).unwrap();
            version = told["version"].as_u64().unwrap();
            if wanted(&told) {
                return told;
            }
        }
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        self.program.kill().unwrap();
        self.program.wait().unwrap();
    }
}

/// A small book in a folder.
fn small() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    book(folder.path(), 1);
    folder
}

fn is_whole(told: &Value) -> bool {
    told["state"] == "whole"
}

#[test]
fn only_who_knows_the_token_is_answered_and_only_about_the_book() {
    let folder = small();
    let preview = Preview::of(folder.path(), "en");
    preview.told(0, is_whole);
    let (root, host) = (preview.root(), preview.host());
    let status = |method: &str, path: &str, host: &str| preview.ask(method, path, host).0;
    let (found, head, page) = preview.get("");
    assert_eq!(found, 200);
    assert!(page.starts_with("<!doctype html>\n<html lang=\"en\">"), "{page}");
    let head = head.to_ascii_lowercase();
    for said in ["default-src 'none'", "referrer-policy: no-referrer", "cache-control: no-store"] {
        assert!(head.contains(said), "{head}");
    }
    let port = host.split(':').nth(1).unwrap();
    assert_eq!(status("GET", &root, &format!("localhost:{port}")), 200);
    for (path, host) in [
        (&*root, "evil.example"),
        (&root, "127.0.0.1"),
        ("/", host),
        ("/wrong/", host),
        ("/wrong/state", host),
        (&format!("/wrong{root}state"), host),
    ] {
        assert_eq!(status("GET", path, host), 403, "{host} {path}");
    }
    assert_eq!(status("GET", &format!("{root}source/one.md"), host), 200);
    for path in [
        "source/../../one.md",
        "source/..%2f..%2fetc%2fpasswd",
        "source//etc/passwd",
        "source/build/b1.epub",
        "epub/../book.toml",
        "epub/..%2fbook.toml",
        "page/99",
        "picture/99",
        "nothing",
    ] {
        let status = status("GET", &(root.clone() + path), host);
        assert_eq!(status, 404, "{path}");
    }
    assert_eq!(status("POST", &root, host), 405);
}

#[test]
fn pages_follow_the_text_and_stay_while_it_has_errors() {
    let folder = small();
    let chapter = folder.path().join("one.md");
    let preview = Preview::of(folder.path(), "en");
    let told = preview.told(0, is_whole);
    assert_eq!(told["book"]["title"], "第1本");
    assert_eq!(told["findings"], serde_json::json!([]));
    let version = |told: &Value| told["version"].as_u64().unwrap();
    let sides = told["book"]["sides"].as_array().unwrap().len();
    // The title is a page, the chapter another one; it says its words and where they stand.
    let shown =
        |text: &str| (0..sides).any(|side| preview.get(&format!("page/{side}")).2.contains(text));
    assert!(shown(
        "<a href=\"#source\" data-path=\"one.md\" data-line=\"3\"><span>第1本的文。</span>"
    ));

    std::fs::write(&chapter, "# 题\n\n又一段文。\n\n![甲](none.svg)\n").unwrap();
    let told = preview.told(version(&told), |told| told["state"] == "errors");
    let finding = &told["findings"][0];
    assert_eq!(finding["code"], "missing-file");
    assert_eq!((&finding["path"], &finding["place"]["line"]), (&"one.md".into(), &5.into()));
    assert_eq!(finding["place"]["marked"], "none.svg");
    assert!(shown("第1本的文。"), "the last good pages stay");

    std::fs::write(&chapter, "# 题\n\n又一段文。\n").unwrap();
    let told = preview.told(version(&told), is_whole);
    assert_eq!(told["findings"], serde_json::json!([]));
    assert!(shown("又一段文。") && !shown("第1本的文。"));
    let document = told["epub"]["documents"].as_array().unwrap().last().unwrap();
    let (status, head, _) = preview.get(&format!("epub/{}", document["path"].as_str().unwrap()));
    assert_eq!(status, 200);
    assert!(head.contains("application/xhtml+xml"), "{head}");
}

#[test]
fn a_book_that_is_to_have_no_pages_is_an_epub() {
    let folder = small();
    let paged = |formats: &str| {
        let toml = std::fs::read_to_string(folder.path().join("book.toml")).unwrap();
        let toml = toml.split("[outputs]").next().unwrap().to_owned();
        let toml = format!("{toml}[outputs]\nformats = [{formats}]\n");
        std::fs::write(folder.path().join("book.toml"), toml).unwrap();
        let told = Preview::of(folder.path(), "en").told(0, is_whole);
        assert!(told["epub"]["documents"].as_array().unwrap().len() > 2);
        told["book"]["paged"] == true
    };
    assert!(!paged("\"epub\""));
    assert!(paged("\"epub\", \"print\""));
}

#[test]
fn a_port_that_is_taken_is_told() {
    let folder = small();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let ended =
        crate::shelf::banxin(&["preview", word(folder.path()), "--port", &port, "--lang", "en"]);
    assert_eq!(ended.status.code(), Some(3));
    let said = String::from_utf8(ended.stderr).unwrap();
    assert!(said.contains("error[no-preview]: the preview cannot be shown: "), "{said}");
}
