//! A book of mixed text that is the same every time.

use std::collections::BTreeMap;

use banxin::files::Folder;

/// About how many characters each chapter has, and how many chapters.
const CHAPTERS: (usize, usize) = (20, 5_000);

/// Words of two to four characters.
const WORDS: [&str; 96] = [
    "人工智能",
    "治理",
    "规则",
    "标准",
    "对话",
    "联合国",
    "机构",
    "报告",
    "技术",
    "市场",
    "产业",
    "创新",
    "安全",
    "风险",
    "发展中国家",
    "能力建设",
    "数据",
    "算法",
    "芯片",
    "模型",
    "企业",
    "学者",
    "专家",
    "政府",
    "议程",
    "共识",
    "分歧",
    "合作",
    "竞争",
    "框架",
    "原则",
    "透明",
    "责任",
    "监管",
    "评估",
    "开放",
    "应用",
    "城市",
    "教育",
    "医疗",
    "农业",
    "能源",
    "交通",
    "社区",
    "公众",
    "媒体",
    "历史",
    "经验",
    "方法",
    "目标",
    "路径",
    "机制",
    "渠道",
    "资源",
    "投资",
    "人才",
    "研究所",
    "大学",
    "图书馆",
    "论坛",
    "会议",
    "文件",
    "决议",
    "草案",
    "条款",
    "附件",
    "建议",
    "意见",
    "看法",
    "判断",
    "问题",
    "答案",
    "证据",
    "趋势",
    "速度",
    "规模",
    "成本",
    "收益",
    "质量",
    "效率",
    "公平",
    "包容",
    "平衡",
    "关系",
    "结构",
    "层次",
    "阶段",
    "时期",
    "地区",
    "世界",
    "未来",
    "变化",
    "影响",
    "作用",
    "意义",
    "条件",
];

/// What happens between them.
const VERBS: [&str; 24] = [
    "推动",
    "影响",
    "改变",
    "支持",
    "关注",
    "讨论",
    "涉及",
    "取决于",
    "带来",
    "需要",
    "说明",
    "反映",
    "决定着",
    "离不开",
    "得益于",
    "超过了",
    "促进",
    "限制",
    "重视",
    "回应",
    "比较",
    "记录",
    "检验",
    "服务于",
];

/// Between clauses and at their heads.
const LINKS: [&str; 16] = [
    "因此",
    "然而",
    "同时",
    "不过",
    "在这一点上",
    "总的来看",
    "与此相比",
    "从长远看",
    "换句话说",
    "也就是说",
    "在多数情况下",
    "到目前为止",
    "以往",
    "如今",
    "相反",
    "例如",
];

/// Words that put spaces between themselves.
const LATIN: [&str; 20] = [
    "AI",
    "GPT-4",
    "OpenAI",
    "DeepSeek",
    "Transformer",
    "machine learning",
    "large language model",
    "Nature",
    "IEEE",
    "G77",
    "BRICS",
    "open source",
    "benchmark",
    "interoperability",
    "H100",
    "Chatham House",
    "T’Pol",
    "C++",
    "R&D",
    "accountability",
];

/// Numbers with what they count.
const NUMBERS: [&str; 20] = [
    "12.5%",
    "2025年",
    "2019年3月",
    "3 km",
    "20℃",
    "￥100",
    "1,000.50元",
    "第12条",
    "40余个",
    "80%左右",
    "2024—2025年",
    "10～20个",
    "7:30",
    "128 GB",
    "$3.5",
    "1/3",
    "5万人",
    "3～5倍",
    "6‰",
    "0.01",
];

/// Names of people with a dot in them.
const NAMES: [&str; 6] =
    ["阿·乙", "戴维·萨克斯", "玛丽·李·琼斯", "让·雅克", "列·托", "安娜·卡列宁"];

/// Names of writings and addresses.
const ADDRESSES: [&str; 4] = [
    "https://example.org/reports/2025/ai-governance?lang=zh&page=3",
    "https://example.com/a",
    "https://www.example.net/library/index.html#chapter-12",
    "doi:10.1000/xyz123",
];

/// How often Latin words, numbers, addresses, clusters of marks, dashes and ellipses stand in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mix {
    /// In every fifth clause or so, still several times as often as in the sample book.
    Usual,
    /// In most clauses: far more often than in a book that someone wrote.
    Dense,
}

impl Mix {
    /// Of so many of them in the dense text one is kept.
    const fn one_in(self) -> usize {
        match self {
            Self::Usual => 5,
            Self::Dense => 1,
        }
    }
}

/// Small numbers in an order that looks like none.
struct Dice {
    state: u64,
    mix: Mix,
}

impl Dice {
    /// A number below `sides` (Knuth's multiplier and increment).
    fn roll(&mut self, sides: usize) -> usize {
        self.state = self
            .state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.state >> 33) as usize) % sides
    }

    /// Whether the next of what the mix is about stands in the text.
    fn keeps(&mut self) -> bool {
        self.roll(self.mix.one_in()) == 0
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.roll(from.len())]
    }

    fn words(&mut self, count: usize) -> String {
        (0..count).map(|_| self.pick(&WORDS)).collect()
    }

    /// Something to speak of: mostly plain words.
    fn thing(&mut self) -> String {
        let kind = self.roll(24);
        match kind {
            0..12 if !self.keeps() => self.words(1),
            0 | 1 => self.pick(&LATIN).to_owned(),
            2 | 3 => format!("{}的{}", self.pick(&NUMBERS), self.words(1)),
            4 => self.pick(&NAMES).to_owned(),
            5 => format!("《{}》、《{}》", self.words(2), self.words(1)),
            6 => format!("“{}”", self.words(1)),
            7 => format!("“{}”（{}）", self.words(2), self.pick(&LATIN)),
            8 => format!("《{}“{}”》", self.words(1), self.words(1)),
            9 => format!("{}（{}，{}）", self.words(1), self.words(1), self.pick(&NUMBERS)),
            10 => format!("**{}**", self.words(2)),
            11 => format!("`{}`", self.pick(&LATIN)),
            _ => {
                let count = 1 + self.roll(2);
                self.words(count)
            }
        }
    }

    fn clause(&mut self) -> String {
        let head = if self.roll(4) == 0 { self.pick(&LINKS) } else { "" };
        let of = if self.roll(2) == 0 { "的" } else { "" };
        let tail = if of.is_empty() { String::new() } else { self.words(1) };
        format!("{head}{}{}{}{of}{tail}", self.thing(), self.pick(&VERBS), self.thing())
    }

    fn sentence(&mut self) -> String {
        let clauses = 1 + self.roll(4);
        let mut text = String::new();
        for index in 0..clauses {
            if index > 0 {
                let link = ["，", "，", "，", "；", "：", "——", "……", "、"][self.roll(8)];
                let long = matches!(link, "——" | "……");
                text.push_str(if long && !self.keeps() { "，" } else { link });
            }
            text.push_str(&self.clause());
        }
        match self.roll(20) {
            0 => text + "！",
            1 => text + "？",
            2 => text + "？！",
            3 => format!("{}说：“{text}。”", self.words(1)),
            4 => format!("{text}……——“{}”。", self.words(1)),
            5 => format!("{text}（{}。）", self.clause()),
            6 if self.keeps() => format!("{text}，见{}。", self.pick(&ADDRESSES)),
            _ => text + "。",
        }
    }

    /// A paragraph; notes go to `notes`.
    fn paragraph(&mut self, notes: &mut String, count: &mut usize) -> String {
        let sentences = 1 + self.roll(6);
        let mut text = String::new();
        for _ in 0..sentences {
            text.push_str(&self.sentence());
            if self.roll(9) == 0 {
                *count += 1;
                text.push_str(&format!("[^n{count}]"));
                notes.push_str(&format!("[^n{count}]: {}\n\n", self.sentence()));
            }
        }
        text
    }

    fn chapter(&mut self, number: usize, length: usize) -> String {
        let mut text = format!("# {}与{} {{#c{number}}}\n\n", self.words(1), self.words(1));
        let (mut notes, mut count, mut headings) = (String::new(), 0, 0);
        while text.chars().count() + notes.chars().count() < length {
            let block = match self.roll(14) {
                0 => {
                    headings += 1;
                    format!("## {}的{} {{#c{number}-{headings}}}", self.words(2), self.words(1))
                }
                1 => format!("> {}", self.paragraph(&mut notes, &mut count)),
                2 => {
                    let items = 2 + self.roll(4);
                    let each: Vec<String> =
                        (0..items).map(|_| format!("- {}", self.sentence())).collect();
                    each.join("\n")
                }
                3 => {
                    let items = 2 + self.roll(3);
                    let each: Vec<String> =
                        (1..=items).map(|at| format!("{at}. {}", self.sentence())).collect();
                    each.join("\n")
                }
                _ => self.paragraph(&mut notes, &mut count),
            };
            let heading = block.starts_with('#');
            text.push_str(&block);
            text.push_str("\n\n");
            if heading {
                text.push_str(&self.paragraph(&mut notes, &mut count));
                text.push_str("\n\n");
            }
        }
        text + &notes
    }
}

/// The book's folder.
pub fn folder(mix: Mix) -> Folder {
    let mut dice = Dice { state: 1, mix };
    let (chapters, length) = CHAPTERS;
    let mut files = BTreeMap::new();
    let names: Vec<String> = (1..=chapters).map(|number| format!("c{number}.md")).collect();
    for (name, number) in names.iter().zip(1..) {
        files.insert(name.clone(), dice.chapter(number, length).into_bytes());
    }
    let manifest = format!(
        "title = \"混排\"\nidentifier = \"urn:uuid:c3a27b4c-5584-4a3a-88e6-c676eb6a870b\"\n\
         date = \"2025-12-23\"\n\n[contents]\nbody = {names:?}\n"
    );
    files.insert("book.toml".into(), manifest.into_bytes());
    Folder::Memory(files)
}
