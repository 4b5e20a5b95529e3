//! The parts that people have in a book, as libraries name them.
//!
//! Codes: MARC Code List for Relators, <https://id.loc.gov/vocabulary/relators>.

/// Every current code.
const CODES: &str = "\
    abr acp act adi adp aft anc anl anm ann ant ape apl app aqt arc ard arr art asg asn ato att \
    auc aud aue aui aup aus aut bdd bjd bka bkd bkp blw bnd bpd brd brl bsl cad cas ccp chr cli \
    cll clr clt cmm cmp cmt cnd cng cns coe col com con cop cor cos cot cou cov cpc cpe cph cpl \
    cpt cre crp crr crt csl csp cst ctb cte ctg ctr cts ctt cur cwt dbd dbp dfd dfe dft dgc dgg \
    dgs djo dln dnc dnr dpc dpt drm drt dsr dst dtc dte dtm dto dub edc edd edm edt egr elg elt \
    eng enj etr evp exp fac fds fld flm fmd fmk fmo fmp fnd fon fpy frg gdv gis his hnr hst ill \
    ilu ins inv isb itr ive ivr jud jug lbr lbt ldr led lee lel len let lgd lie lil lit lsa lse \
    lso ltg lyr mcp mdc med mfp mfr mka mod mon mrb mrk msd mte mtk mup mus mxe nan nrt onp opn \
    org orm osp oth own pad pan pat pbd pbl pdr pfr pht plt pma pmn pop ppm ppt pra prc prd pre \
    prf prg prm prn pro prp prs prt prv pta pte ptf pth ptt pup rap rbr rcd rce rcp rdd red ren \
    res rev rpc rps rpt rpy rse rsg rsp rsr rst rth rtm rxa sad sce scl scr sde sds sec sfx sgd \
    sgn sht sll sng spk spn spy srv std stg stl stm stn str swd tau tcd tch ths tld tlg tlh tlp \
    trc trl tyd tyg uvp vac vdg vfx wac wal wam wat wdc wde win wit wpr wst";

/// What the usual labels mean, by code.
///
/// `com` compiles a work from others' (`cmp` would compose music). 审校 and 审订 work on the text, so
/// they edit, where `rev` reviews a published book; so do 审核 and the first two of three readings
/// (三审), which an editor and a head of editors have, while the third is the chief editor's
/// (《图书质量保障体系》). 监审 answers for what the book says, which the list calls an editorial
/// director, as does whoever lets a page out (签发, 值班); 监制 has the direction of the whole, a
/// project director. 校 alone edits an old text, 校对 reads proofs. 注 adds a commentary (`ann` writes
/// into a single copy). 图 may be drawings or photographs: `ill` has both. 供稿 contributes to an
/// anthology. 美编 designs one thing, where `bkd` designs a whole book.
const LABELS: [(&str, &str); 27] = [
    (
        "aut",
        "著 作者 编著 撰 撰文 撰稿 撰写 合著 著者 文 文字 文案 图文 著作 作 著述 执笔 执笔人 原作者 \
         原创作者 本文作者 特约作者 特约撰稿 執筆 撰寫 지은이 글 저 author",
    ),
    (
        "rpt",
        "记者 采写 采编 通讯员 本报记者 特约记者 特约通讯员 实习记者 见习记者 記者 採寫 通訊員",
    ),
    (
        "edt",
        "编 编辑 编者 主编 副主编 执行主编 常务副主编 本册主编 特约编辑 责任编辑 责任编审 编审 \
         编校 审校 审订 审定 校订 校 点校 校点 校勘 整理 責任編輯 編 編者 編集 編輯 主編 校訂 監修 \
         责编 技术责编 执行编辑 本期编辑 本期责编 值班编辑 助理编辑 编辑助理 实习编辑 文字编辑 \
         图文编辑 图片编辑 网络编辑 网编 新媒体编辑 微信编辑 编委 编务 译审 译校 校译 \
         审核 审稿 审读 初审 复审 一审 二审 一审一校 二审二校 責編 審核 審校 審訂 審定 初審 複審 \
         一審 二審 엮은이 편집 editor editors",
    ),
    (
        "edd",
        "监审 总编 总编辑 总主编 终审 三审 三审三校 主审 签发 值班主任 值班编委 值班主编 值班总编 \
         監審 總編輯 終審 三審 簽發 editorial-director",
    ),
    ("com", "编撰 编纂 汇编 选编 辑 编选 辑录 編撰 編纂 彙編 compiler"),
    (
        "trl",
        "译 译者 翻译 编译 合译 译注 口译 譯 譯者 翻譯 編譯 訳 訳者 翻訳 옮긴이 번역 translator",
    ),
    (
        "ill",
        "插图 绘图 绘 图 图片 配图 题图 插画 绘画 手绘 漫画 圖 圖片 插圖 繪圖 插畫 繪 絵 挿絵 그림 \
         일러스트 illustrator",
    ),
    ("pht", "摄影 摄 拍摄 图片摄影 攝影 撮影 写真 사진 photographer"),
    ("bkd", "设计 装帧设计 装帧 书籍设计 整体设计 設計 裝幀 裝幀設計 装幀 装丁 디자인 designer"),
    ("dsr", "美编 美术 美术编辑 美术设计 平面设计 视觉 视觉设计 海报 海报设计 美編"),
    ("cov", "封面设计 封面 封面設計 カバーデザイン 표지-디자인 cover-designer"),
    ("tyg", "版式设计 版式 排版 编排 版式設計 組版 typesetter"),
    ("cll", "题签 题字 书名题字 題簽 題字"),
    (
        "pfr",
        "校对 责任校对 特约校对 责校 初校 复校 终校 一校 二校 三校 校對 責任校對 校正 교정 \
         proofreader",
    ),
    ("aui", "序 作序 序言 序文 导读 前言 導讀 서문"),
    ("aft", "跋 后记 跋文 後記 解説 解说"),
    ("wac", "注 注释 笺注 校注 评注 批注 疏 注疏 註 註釋 校註 評註 訳注 주해"),
    (
        "pdr",
        "监制 总监制 策划 总策划 选题策划 统筹 总统筹 出品 出品人 出版人 統籌 監製 策劃 企画 기획",
    ),
    ("bkp", "制作 製作"),
    ("csl", "顾问 学术顾问 指导 顧問 고문 consultant"),
    ("pbl", "发布 出版 出版者 发行 發布 發行 発行 発行者 펴낸곳 펴낸이 publisher"),
    ("prt", "印刷 印刷者 印制 责任印制 承印 印製 인쇄 printer"),
    ("ctg", "地图 地图绘制 制图 地圖 cartographer"),
    ("ivr", "采访 访谈 採訪 interviewer"),
    ("res", "调研 研究 资料 調研 researcher"),
    ("nrt", "朗读 口述 朗诵 诵读 主播 播音 配音 朗讀 narrator"),
    ("ctb", "供稿 投稿 来稿"),
];

/// What the labels begin with of those who work on a book for its publisher.
const FOR_PUBLISHER: &str = "\
    责任 責任 特约编 特約編 特约校 特約校 责编 責編 技术责编 本期 值班 审核 審核 审稿 审读 初审 初審 \
    复审 複審 一审 一審 二审 二審";

/// Those who translate for a digest as its editors edit for it, and not one article of it.
const FOR_DIGEST: [&str; 2] = ["编译", "編譯"];

/// The codes of those who make one text, with its pictures, where a book has several.
const OF_TEXT: [&str; 7] = ["aut", "ctb", "ill", "ivr", "pht", "rpt", "trl"];

/// The code for a label; `oth` for one that the table does not have.
pub fn relator(label: &str) -> &'static str {
    let label = label.to_ascii_lowercase().replace(' ', "-");
    let names = |labels: &str| labels.split_ascii_whitespace().any(|known| known == label);
    LABELS.iter().find(|(_, labels)| names(labels)).map_or("oth", |(code, _)| code)
}

/// Whether a label says what some of those who make a book do.
pub fn is_role(label: &str) -> bool {
    relator(label) != "oth"
}

/// Whether those of a label made a text and its pictures, so that of several texts each has its own;
/// others work on the book that holds them.
pub fn is_of_text(label: &str) -> bool {
    OF_TEXT.contains(&relator(label)) && !FOR_DIGEST.contains(&label)
}

/// Whether those of a label work on a book for its publisher: title pages do not name them.
pub fn is_for_publisher(label: &str) -> bool {
    FOR_PUBLISHER.split_ascii_whitespace().any(|start| label.starts_with(start))
}

/// `code` if the list has it.
pub fn known(code: &str) -> Option<&'static str> {
    CODES.split_ascii_whitespace().find(|known| *known == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_of_the_list_and_no_label_has_two() {
        let mut seen = std::collections::BTreeSet::new();
        for (code, labels) in LABELS {
            assert_eq!(known(code), Some(code));
            for label in labels.split_ascii_whitespace() {
                assert!(seen.insert(label), "{label}");
            }
        }
    }

    #[test]
    fn a_label_in_any_language_has_its_code() {
        for (label, code) in [
            ("编译", "trl"),
            ("编撰", "com"),
            ("编辑", "edt"),
            ("主编", "edt"),
            ("副主编", "edt"),
            ("责任编辑", "edt"),
            ("审校", "edt"),
            ("监制", "pdr"),
            ("监审", "edd"),
            ("发布", "pbl"),
            ("校对", "pfr"),
            ("插图", "ill"),
            ("封面设计", "cov"),
            ("译", "trl"),
            ("著", "aut"),
            ("注", "wac"),
            ("序", "aui"),
            ("Editor", "edt"),
            ("Cover designer", "cov"),
            ("옮긴이", "trl"),
            ("鸣谢", "oth"),
        ] {
            assert_eq!(relator(label), code, "{label}");
        }
        assert_eq!(known("xyz"), None);
    }

    #[test]
    fn the_labels_below_pages_of_wechat_have_their_codes() {
        for (label, code) in [
            ("文", "aut"),
            ("撰文", "aut"),
            ("记者", "rpt"),
            ("采写", "rpt"),
            ("图", "ill"),
            ("摄", "pht"),
            ("责编", "edt"),
            ("审核", "edt"),
            ("审校", "edt"),
            ("一审", "edt"),
            ("初审", "edt"),
            ("二审", "edt"),
            ("三审", "edd"),
            ("终审", "edd"),
            ("签发", "edd"),
            ("二校", "pfr"),
            ("美编", "dsr"),
            ("排版", "tyg"),
            ("统筹", "pdr"),
            ("制作", "bkp"),
            ("供稿", "ctb"),
        ] {
            assert_eq!(relator(label), code, "{label}");
        }
    }

    #[test]
    fn those_of_one_text_are_not_those_of_the_book() {
        for label in ["作者", "文", "译者", "译", "记者", "采访", "图", "摄影", "供稿", "author"]
        {
            assert!(is_of_text(label), "{label}");
        }
        for label in ["编译", "编辑", "责任编辑", "审核", "校对", "监制", "发布", "排版", "鸣谢"]
        {
            assert!(!is_of_text(label), "{label}");
        }
    }

    #[test]
    fn those_who_read_for_a_publisher_are_not_on_the_title_page() {
        for label in
            ["责任编辑", "特约编辑", "特约校对", "责编", "审核", "一审", "复审", "值班编辑"]
        {
            assert!(is_for_publisher(label), "{label}");
        }
        for label in ["编辑", "主编", "审订", "审校", "特约作者", "译者"] {
            assert!(!is_for_publisher(label), "{label}");
        }
    }
}
