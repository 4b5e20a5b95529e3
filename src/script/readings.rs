//! Readings of hanzi, as far as the order of an index needs them: a hanzi for every syllable, and the
//! commoner hanzi with several readings.

/// For every syllable of standard Chinese, in its spelling without tones, a hanzi that the collation
/// knows by it.
const SYLLABLES: &str = "a啊 ai哀 an安 ang昂 ao熬 ba八 bai百 ban班 bang帮 bao包 bei杯 ben奔 beng崩 bi逼 bian边 \
     biao标 bie别 bin宾 bing兵 bo波 bu补 ca擦 cai猜 can餐 cang仓 cao操 ce册 cen岑 ceng层 cha插 \
     chai拆 chan搀 chang昌 chao抄 che撤 chen尘 cheng成 chi吃 chong充 chou抽 chu初 chuai揣 \
     chuan川 chuang窗 chui吹 chun春 chuo戳 ci词 cong聪 cou凑 cu粗 cuan窜 cui催 cun村 cuo错 da达 \
     dai呆 dan丹 dang党 dao刀 de德 deng灯 di低 dia嗲 dian颠 diao雕 die爹 ding丁 diu丢 dong东 \
     dou兜 du督 duan端 dui堆 dun吨 duo多 e额 en恩 er而 fa法 fan帆 fang方 fei飞 fen芬 feng风 \
     fo仏 fou否 fu夫 ga嘎 gai该 gan甘 gang刚 gao高 ge哥 gei给 gen根 geng耕 gong工 gou沟 gu姑 \
     gua瓜 guai乖 guan官 guang光 gui归 gun滚 guo锅 ha哈 hai孩 han寒 hang航 hao豪 he河 hei黑 \
     hen痕 heng恒 hong轰 hou喉 hu呼 hua花 huai怀 huan欢 huang荒 hui灰 hun昏 huo火 ji机 jia家 \
     jian尖 jiang江 jiao交 jie街 jin今 jing京 jiong窘 jiu究 ju居 juan捐 jue决 jun军 ka咖 kai开 \
     kan刊 kang康 kao考 ke科 ken肯 keng坑 kong恐 kou口 ku哭 kua夸 kuai快 kuan宽 kuang筐 kui亏 \
     kun昆 kuo扩 la拉 lai来 lan兰 lang狼 lao劳 le勒 lei雷 leng冷 li离 lia俩 lian连 liang良 \
     liao疗 lie列 lin林 ling灵 liu流 long龙 lou楼 lu路 lü旅 luan乱 lüe略 lun轮 luo罗 ma妈 mai买 \
     man蛮 mang忙 mao猫 me么 mei梅 men门 meng盟 mi迷 mian棉 miao苗 mie灭 min民 ming名 miu谬 \
     mo摸 mou谋 mu母 na拿 nai奶 nan南 nang囊 nao脑 ne呢 nei内 nen嫩 neng能 ni泥 nian年 niang娘 \
     niao鸟 nie捏 nin您 ning凝 niu牛 nong农 nu奴 nü女 nuan暖 nüe虐 nuo诺 o哦 ou欧 pa趴 pai拍 \
     pan潘 pang旁 pao抛 pei陪 pen喷 peng朋 pi批 pian偏 piao飘 pie撇 pin拼 ping平 po坡 pou剖 \
     pu普 qi七 qia掐 qian千 qiang枪 qiao敲 qie且 qin秦 qing青 qiong穷 qiu丘 qu渠 quan全 que缺 \
     qun群 ran然 rang让 rao绕 re热 ren人 reng仍 ri日 rong容 rou柔 ru如 ruan软 rui瑞 run润 ruo若 \
     sa萨 sai赛 san三 sang桑 sao骚 se涩 sen森 seng僧 sha沙 shai筛 shan山 shang商 shao烧 she奢 \
     shen深 sheng生 shi师 shou收 shu书 shua刷 shuai帅 shuan栓 shuang双 shui水 shun顺 shuo硕 \
     si思 song松 sou搜 su苏 suan酸 sui虽 sun孙 suo缩 ta塔 tai胎 tan贪 tang唐 tao涛 te特 teng疼 \
     ti梯 tian天 tiao条 tie铁 ting厅 tong通 tou偷 tu图 tuan团 tui推 tun吞 tuo拖 wa挖 wai歪 \
     wan弯 wang王 wei威 wen温 weng翁 wo窝 wu乌 xi西 xia虾 xian先 xiang香 xiao消 xie些 xin心 \
     xing星 xiong兄 xiu修 xu需 xuan宣 xue学 xun寻 ya鸦 yan烟 yang央 yao腰 ye爷 yi衣 yin音 \
     ying英 yo哟 yong拥 you优 yu鱼 yuan渊 yue月 yun云 za杂 zai灾 zan赞 zang葬 zao糟 ze则 zei贼 \
     zen怎 zeng增 zha渣 zhai摘 zhan沾 zhang张 zhao招 zhe遮 zhen真 zheng争 zhi知 zhong忠 zhou周 \
     zhu珠 zhua抓 zhuai拽 zhuan专 zhuang庄 zhui追 zhun准 zhuo桌 zi资 zong宗 zou走 zu租 zuan钻 \
     zui嘴 zun尊 zuo左";

/// Hanzi with readings that differ by more than the tone: the one that the collation has, then the
/// others, each with a hanzi that sounds the same.
const POLYPHONES: &str = "重zhong/chong虫 长zhang/chang常 行xing/hang航 乐le/yue月 曾ceng/zeng增 单dan/shan善/chan蝉 \
     朝chao/zhao招 调diao/tiao条 都dou/du督 会hui/kuai快 解jie/xie谢 角jiao/jue决 觉jue/jiao叫 \
     降jiang/xiang祥 强qiang/jiang匠 率lü/shuai帅 盛sheng/cheng成 沈shen/chen陈 省sheng/xing醒 \
     宿su/xiu朽 系xi/ji记 血xue/xie写 叶ye/xie协 藏cang/zang葬 传chuan/zhuan赚 奇qi/ji机 \
     参can/shen深 差cha/chai拆 称cheng/chen趁 弹dan/tan谈 校xiao/jiao叫 卡ka/qia恰 壳ke/qiao俏 \
     屏ping/bing饼 塞sai/se涩 折zhe/she蛇 种zhong/chong虫 查cha/zha渣 仇chou/qiu求 \
     区qu/ou欧 朴pu/piao瓢 阿a/e婀 薄bao/bo博 秘mi/bi必 便bian/pian骈 伯bo/bai百 辟pi/bi必 \
     车che/ju居 澄cheng/deng邓 畜chu/xu续 恶e/wu务 龟gui/qiu丘/jun君 贾jia/gu古 陆lu/liu六 \
     厦sha/xia下 拓ta/tuo唾 尉wei/yu玉 削xue/xiao消 殷yin/yan烟 择ze/zhai宅 著zhu/zhuo浊 \
     琢zuo/zhuo浊 仔zi/zai崽 泊po/bo博 番fan/pan潘 莘shen/xin新 铅qian/yan盐 涡wo/guo锅 \
     牟mou/mu木 乘cheng/sheng胜 佛fu/fo仏 盖gai/ge葛 繁fan/po婆 剥bo/bao包";

/// A hanzi of several readings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Polyphone {
    /// The reading that the collation has.
    pub usual: &'static str,
    /// The others, each before a hanzi that sounds the same.
    others: &'static str,
}

impl Polyphone {
    /// What is known of `c`; none where it has one reading.
    pub fn of(c: char) -> Option<Self> {
        let entry = POLYPHONES.split(' ').find_map(|entry| entry.strip_prefix(c))?;
        let (usual, others) = entry.split_once('/')?;
        Some(Self { usual, others })
    }

    /// The other readings.
    pub fn others(self) -> impl Iterator<Item = (&'static str, char)> {
        self.others.split('/').filter_map(sounding)
    }
}

/// A syllable and the hanzi after it.
fn sounding(entry: &'static str) -> Option<(&'static str, char)> {
    let hanzi = entry.chars().next_back()?;
    Some((&entry[..entry.len() - hanzi.len_utf8()], hanzi))
}

/// The syllables, each with its hanzi.
pub fn syllables() -> impl DoubleEndedIterator<Item = (&'static str, char)> {
    SYLLABLES.split(' ').filter_map(sounding)
}

/// A syllable as a reading writes it, without its tone: `chóng`, `chong2` and `lv` are `chong` and `lü`.
pub fn toneless(syllable: &str) -> String {
    const MARKED: [(&str, char); 6] =
        [("āáǎà", 'a'), ("ēéěè", 'e'), ("īíǐì", 'i'), ("ōóǒò", 'o'), ("ūúǔù", 'u'), ("ǖǘǚǜv", 'ü')];
    let plain = |c: char| {
        let marked = MARKED.iter().find(|(marked, _)| marked.contains(c));
        marked.map_or(c, |&(_, plain)| plain)
    };
    let lower = syllable.to_lowercase();
    lower.trim_end_matches(|c: char| c.is_ascii_digit()).chars().map(plain).collect()
}
