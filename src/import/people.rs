//! Names of people and organisations, as articles give them.

/// What the names of organisations end with.
const ORGANISATIONS: &str = "\
    研究院 研究所 学院 大学 中心 基地 公司 集团 编辑部 出版社 杂志社 报社 通讯社 新华社 协会 学会 委员会 基金会 \
    智库 办公室 实验室 图书馆 团队 工作组 编译组 课题组 论坛 联盟 政府 平台 小组 工作室 传媒 频道";

/// What words end with that say what somebody is.
const POSTS: &str = "\
    教授 研究员 研究員 讲师 講師 导师 導師 博士 博士生 硕士 碩士 研究生 院士 院长 院長 所长 所長 主任 馆长 館長 会长 會長 \
    理事 秘书长 秘書長 主席 总裁 總裁 总监 總監 经理 經理 创始人 創始人 处长 處長 局长 局長 部长 部長 司长 司長 记者 記者 \
    编辑 編輯 主编 主編 评论员 評論員 撰稿人 作家 学者 學者 专家 專家 顾问 顧問 律师 律師 工程师 工程師 分析师 分析師";

/// What most people are called after, in both forms of hanzi, without words that begin much else.
const SURNAMES: &str = "\
    王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗梁郑谢宋唐许韩邓冯曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范\
    廖贾夏韦付邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾郝龚邵钱严覃戴莫孔汤温康施牛樊葛邢齐伍庞颜倪庄聂章鲁岳翟殷詹申欧耿焦\
    俞柳祝宁符舒阮柯梅童凌毕季裴霍涂苗盛翁冉骆蓝辛靳管褚卫尤朴郁窦芦\
    張劉陳楊黃趙吳孫馬羅鄭謝許韓鄧馮蕭葉蘇魏呂盧薑鍾譚陸範賈韋鄒邱閆龍賀顧龔錢嚴湯龐顏倪莊聶魯齊畢駱藍衛";

/// Those of two hanzi.
const LONG_SURNAMES: [&str; 12] = [
    "欧阳", "歐陽", "司马", "司馬", "诸葛", "諸葛", "上官", "皇甫", "令狐", "尉迟", "公孙", "慕容",
];

/// The names in a list of them; what stands in brackets belongs to the name before it, and so does what
/// says what somebody is: `王五，某大学教授` is 王五（某大学教授）.
pub(super) fn names(value: &str) -> Vec<String> {
    let mut depth = 0_i32;
    let parts = value.split(|c: char| {
        depth += i32::from("（(".contains(c)) - i32::from("）)".contains(c));
        depth <= 0 && "、，,；;/／|｜".contains(c)
    });
    let mut names: Vec<String> = Vec::new();
    for part in parts.map(str::trim).filter(|part| !part.is_empty()) {
        match names.last_mut() {
            Some(name) if is_post(part) => {
                let described = name.strip_suffix('）').map(|name| format!("{name}、{part}）"));
                *name = described.unwrap_or_else(|| format!("{name}（{part}）"));
            }
            _ => names.extend(spaced(part)),
        }
    }
    names
}

/// Whether words say what somebody is: 李教授 is somebody.
fn is_post(words: &str) -> bool {
    !is_name(words) && POSTS.split_ascii_whitespace().any(|ending| words.ends_with(ending))
}

/// Between hanzi a space parts names, unless it makes one of two characters wide: 张　三.
fn spaced(name: &str) -> Vec<String> {
    let is_one = |word: &&str| word.chars().count() == 1;
    let words = name.split_whitespace();
    if words.clone().any(str::is_ascii) {
        return vec![name.to_owned()];
    }
    let mut names = Vec::new();
    let mut words = words.peekable();
    while let Some(word) = words.next() {
        match words.next_if(is_one) {
            Some(second) if is_one(&word) => names.push(format!("{word}{second}")),
            None if !is_one(&word) => names.push(word.to_owned()),
            Some(_) | None => return vec![name.to_owned()],
        }
    }
    names
}

/// Whether words are a name for sure: they begin with a surname and are as long as names are, are
/// written with a point or in letters, or are those of an organisation.
pub(super) fn is_name(words: &str) -> bool {
    let bare = words.split(['（', '(']).next().unwrap_or(words).trim();
    let count = bare.chars().count();
    let is_long = LONG_SURNAMES.iter().any(|surname| bare.starts_with(surname));
    let is_person = bare.starts_with(|c: char| SURNAMES.contains(c)) && (2..=3).contains(&count);
    is_person
        || is_long && (3..=4).contains(&count)
        || bare.contains('·') && count <= 20
        || bare.starts_with(|c: char| c.is_ascii_uppercase()) && bare.is_ascii()
        || is_organisation(bare)
}

/// Whether a name is one of an organisation, by how it ends.
pub(super) fn is_organisation(name: &str) -> bool {
    ORGANISATIONS.split_ascii_whitespace().any(|ending| name.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_parted_by_marks_and_spaces() {
        for (value, expected) in [
            ("张三、李四", &["张三", "李四"][..]),
            ("张三 李四", &["张三", "李四"]),
            ("张\u{3000}三", &["张三"]),
            ("张\u{3000}三 李四光", &["张三", "李四光"]),
            ("张三/李四｜王五", &["张三", "李四", "王五"]),
            ("赵六（甲校、乙校）、李四", &["赵六（甲校、乙校）", "李四"]),
            ("Mary Smith, John Doe", &["Mary Smith", "John Doe"]),
            ("李 白石", &["李 白石"]),
            ("王五，某大学教授", &["王五（某大学教授）"]),
            ("王五、李四，某研究所研究员", &["王五", "李四（某研究所研究员）"]),
            (
                "王五，某大学教授、博士生导师；李四，某报记者",
                &["王五（某大学教授、博士生导师）", "李四（某报记者）"],
            ),
            ("王五，李教授", &["王五", "李教授"]),
        ] {
            assert_eq!(names(value), expected, "{value}");
        }
    }

    #[test]
    fn names_look_like_names() {
        for name in ["张三", "李四光", "欧阳小明", "艾伦·图灵", "某某研究院", "新华社", "AI Office"]
        {
            assert!(is_name(name), "{name}");
        }
        for words in ["死刑", "维持原判", "通过", "各国算力", "清晰易读", "张三李四王五"]
        {
            assert!(!is_name(words), "{words}");
        }
    }
}
