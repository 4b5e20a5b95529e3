//! Texts of no meaning for books of any size, the same every time, written as Markdown and as what a
//! reader should find at once.

use super::words::Words;

/// What sentences are put together from, and what the book calls things.
pub struct Phrases {
    who: [&'static str; 6],
    when: [&'static str; 5],
    what: [&'static str; 7],
    and: [&'static str; 5],
    /// `图`
    pub figure: &'static str,
    /// `表`
    pub table: &'static str,
    /// What stands before the source of a figure or table.
    pub source: &'static str,
    /// What stands inside lines: as Markdown, and its characters.
    pieces: &'static [(&'static str, &'static str)],
}

/// Of simplified Chinese.
pub static SIMPLIFIED: Phrases = Phrases {
    who: ["渡口的船家", "抄书的人", "测水的技师", "山里的驿站", "两位校者", "城东的印坊"],
    when: ["入冬以前", "在第三年春天", "天刚亮时", "议定之后", "照旧例"],
    what: [
        "把账目重抄了一遍",
        "量了河水的深浅",
        "换下了旧的字模",
        "收到远处寄来的图样",
        "在墙上记下日期",
        "核对了每一页的号码",
        "停了三天工",
    ],
    and: ["没有人问起缘由", "这件事后来写进了志书", "数目与上次相同", "只差最后一项", "大家都说好"],
    figure: "图",
    table: "表",
    source: "资料来源：",
    pieces: &[
        ("*着重的话*", "着重的话"),
        ("**要紧处**", "要紧处"),
        ("~~删去的~~", "删去的"),
        ("`let n = 1;`", "let n = 1;"),
        ("[水经]{.book}", "水经"),
        ("[扬州]{.name}", "扬州"),
        ("[加点]{.dot}", "加点"),
        ("[夹在行里的话]{.gloss}", "夹在行里的话"),
        ("{汉字|hàn zì}", "汉hàn字zì"),
        ("{北京|Běijīng}", "北京Běijīng"),
        ("[直]{lang=ja}", "直"),
        ("H<sub>2</sub>O", "H2O"),
        ("10<sup>6</sup>", "106"),
        ("\\*星号\\*", "*星号*"),
        ("A&amp;B &lt;C&gt;", "A&B <C>"),
        ("[地址](https://example.org/a?b=1&c=2)", "地址"),
        ("上一行\n下一行", "上一行下一行"),
        ("two\nwords", "two words"),
        ("“引文里的‘话’”", "“引文里的‘话’”"),
        ("列奥纳多·达·芬奇", "列奥纳多·达·芬奇"),
        ("鿏字", "鿏字"),
        ("2025年12月5日", "2025年12月5日"),
        ("省略……破折——", "省略……破折——"),
    ],
};

/// Of traditional Chinese.
pub static TRADITIONAL: Phrases = Phrases {
    who: ["渡口的船家", "抄書的人", "測水的技師", "山裡的驛站", "兩位校者", "城東的印坊"],
    when: ["入冬以前", "在第三年春天", "天剛亮時", "議定之後", "照舊例"],
    what: [
        "把帳目重抄了一遍",
        "量了河水的深淺",
        "換下了舊的字模",
        "收到遠處寄來的圖樣",
        "在牆上記下日期",
        "核對了每一頁的號碼",
        "停了三天工",
    ],
    and: ["沒有人問起緣由", "這件事後來寫進了志書", "數目與上次相同", "只差最後一項", "大家都說好"],
    figure: "圖",
    table: "表",
    source: "資料來源：",
    pieces: &[
        ("*著重的話*", "著重的話"),
        ("**要緊處**", "要緊處"),
        ("`let n = 1;`", "let n = 1;"),
        ("[水經]{.book}", "水經"),
        ("[揚州]{.name}", "揚州"),
        ("{漢字|hàn zì}", "漢hàn字zì"),
        ("12月5日", "12月5日"),
        ("民國114年", "民國114年"),
        ("真的嗎！？", "真的嗎！？"),
        ("English words", "English words"),
        ("「引文裡的『話』」", "「引文裡的『話』」"),
        ("上一行\n下一行", "上一行下一行"),
        ("列奧納多·達·文西", "列奧納多·達·文西"),
    ],
};

/// A chapter while it is written.
pub struct Draft {
    phrases: &'static Phrases,
    /// Which chapter of those with numbers.
    chapter: usize,
    /// What the next choice comes from.
    state: u32,
    piece: usize,
    figures: usize,
    tables: usize,
    /// The Markdown.
    pub markdown: String,
    /// What a reader should find.
    pub words: Words,
}

impl Draft {
    /// A chapter with its title; `chapter` is its number.
    pub fn new(phrases: &'static Phrases, chapter: usize, title: &str) -> Self {
        let state = u32::try_from(chapter).unwrap();
        let (markdown, words) = (String::new(), Words::default());
        let (piece, figures, tables) = (chapter, 0, 0);
        let mut draft = Self { phrases, chapter, state, piece, figures, tables, markdown, words };
        draft.block(&format!("# {title} {{#c{chapter}}}"), title);
        draft
    }

    /// A block with the line that a reader finds.
    pub fn block(&mut self, markdown: &str, line: &str) {
        self.silent(markdown);
        self.words.body.push(line.to_owned());
    }

    /// Markdown that no line of the text comes from.
    fn silent(&mut self, markdown: &str) {
        self.markdown.push_str(markdown);
        self.markdown.push_str("\n\n");
    }

    /// One of several, by a linear congruence whose high bits are mixed well enough.
    fn choose<T: Copy>(&mut self, several: &[T]) -> T {
        self.state = self.state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        several[(self.state >> 16) as usize % several.len()]
    }

    /// A sentence without its stop.
    pub fn clause(&mut self) -> String {
        let Phrases { who, when, what, and, .. } = self.phrases;
        let parts = [self.choose(who), self.choose(when), self.choose(what)];
        format!("{}，{}", parts.concat(), self.choose(and))
    }

    /// Sentences with something inside the line, each kind in its turn: Markdown and characters.
    pub fn sentences(&mut self) -> (String, String) {
        let (before, after) = (self.clause(), self.clause());
        let (markdown, words) = self.phrases.pieces[self.piece % self.phrases.pieces.len()];
        self.piece += 1;
        (format!("{before}：{markdown}。{after}"), format!("{before}：{words}。{after}"))
    }

    /// A paragraph.
    pub fn paragraph(&mut self) {
        let (markdown, words) = self.sentences();
        self.block(&format!("{markdown}。"), &format!("{words}。"));
    }

    /// A heading below the title.
    pub fn heading(&mut self, level: usize, title: &str) {
        self.block(&format!("{} {title}", "#".repeat(level)), title);
    }

    /// A paragraph with a note in the middle of it, which has as many paragraphs as asked for.
    pub fn noted(&mut self, paragraphs: usize) {
        let (before, after) = (self.sentences(), self.clause());
        let name = format!("n{}", self.words.notes.len() + 1);
        self.block(
            &format!("{}[^{name}]，{after}。", before.0),
            &format!("{}，{after}。", before.1),
        );
        let said: Vec<(String, String)> = (0..paragraphs).map(|_| self.sentences()).collect();
        let markdown: Vec<String> =
            said.iter().map(|said| said.0.replace('\n', "\n    ")).collect();
        self.silent(&format!("[^{name}]: {}", markdown.join("\n\n    ")));
        self.words.notes.extend(said.into_iter().map(|said| said.1));
    }

    /// A table with a title, a source and so many rows, and a paragraph that refers to it.
    pub fn table(&mut self, columns: usize, rows: usize) {
        self.tables += 1;
        let Phrases { table, .. } = self.phrases;
        let label = format!("{table}{}-{}", self.chapter, self.tables);
        let id = format!("t{}-{}", self.chapter, self.tables);
        let (title, source) = (self.clause(), self.clause());
        let before = self.clause();
        self.block(&format!("{before}，[](#{id})。"), &format!("{before}，{label}。"));
        self.block(&format!("{table}：{title} {{#{id} source=\"{source}\"}}"), &title);
        for row in 0..=rows {
            let cells: Vec<(String, String)> = (0..columns).map(|_| self.cell()).collect();
            let markdown: Vec<&str> = cells.iter().map(|cell| cell.0.as_str()).collect();
            self.markdown.push_str(&format!("| {} |\n", markdown.join(" | ")));
            if row == 0 {
                self.markdown.push_str(&format!("|:--|{}\n", "--:|".repeat(columns - 1)));
            }
            self.words.body.extend(cells.into_iter().map(|cell| cell.1));
        }
        self.markdown.push('\n');
        self.words.body.push(source);
    }

    /// What stands in a cell: a few words or a number.
    fn cell(&mut self) -> (String, String) {
        let number = self.choose(&[7, 19, 230, 1024]);
        let (markdown, words) = match self.choose(&[0, 1, 2]) {
            0 => (number.to_string(), number.to_string()),
            1 => (format!("**{number}**%"), format!("{number}%")),
            _ => (self.choose(&self.phrases.what).to_owned(), String::new()),
        };
        let words = if words.is_empty() { markdown.clone() } else { words };
        (markdown, words)
    }

    /// A figure with a title and a source, and a paragraph that refers to it.
    pub fn figure(&mut self, path: &str) {
        self.figures += 1;
        let label = format!("{}{}-{}", self.phrases.figure, self.chapter, self.figures);
        let id = format!("f{}-{}", self.chapter, self.figures);
        let [alt, title, source, before] = std::array::from_fn(|_| self.clause());
        self.block(&format!("{before}，[](#{id})。"), &format!("{before}，{label}。"));
        self.silent(&format!("![{alt}]({path} \"{title}\"){{#{id} source=\"{source}\"}}"));
        self.words.body.extend([alt, title, source]);
    }

    /// A picture inside a line.
    pub fn picture_in_line(&mut self, path: &str) {
        let [alt, before, after] = std::array::from_fn(|_| self.clause());
        let markdown = format!("{before}![{alt}]({path})，{after}。");
        self.block(&markdown, &format!("{before}{alt}，{after}。"));
    }

    /// A quotation, a list, a list of terms and code.
    pub fn others(&mut self) {
        let [quote, one, two, term, meaning] = std::array::from_fn(|_| self.clause());
        self.block(&format!("> {quote}。"), &format!("{quote}。"));
        self.silent(&format!("3. {one}\n4. {two}\n   - {term}"));
        self.words.body.extend([one, two, term.clone()]);
        self.silent(&format!("{term}\n:   {meaning}"));
        self.words.body.extend([term, meaning]);
        self.silent("```rust\nfn main() {\n    print(\"a < b && c\");\n}\n```");
        let code = ["fn main() {", "    print(\"a < b && c\");", "}"];
        self.words.body.extend(code.map(str::to_owned));
    }
}
