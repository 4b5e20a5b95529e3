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

/// What the usual labels mean. `com` compiles a work from others' (`cmp` would compose music);
/// 审校 and 审订 work on the text, so they edit, where `rev` reviews a published book; 监制 has
/// the direction of the whole, which the list calls a project director.
const LABELS: [(&str, &str); 35] = [
    ("著", "aut"),
    ("作者", "aut"),
    ("编著", "aut"),
    ("撰稿", "aut"),
    ("author", "aut"),
    ("编", "edt"),
    ("编辑", "edt"),
    ("主编", "edt"),
    ("责任编辑", "edt"),
    ("审校", "edt"),
    ("审订", "edt"),
    ("editor", "edt"),
    ("编撰", "com"),
    ("编纂", "com"),
    ("汇编", "com"),
    ("compiler", "com"),
    ("译", "trl"),
    ("译者", "trl"),
    ("翻译", "trl"),
    ("编译", "trl"),
    ("translator", "trl"),
    ("插图", "ill"),
    ("绘图", "ill"),
    ("illustrator", "ill"),
    ("摄影", "pht"),
    ("photographer", "pht"),
    ("设计", "bkd"),
    ("装帧设计", "bkd"),
    ("designer", "bkd"),
    ("校对", "pfr"),
    ("proofreader", "pfr"),
    ("监制", "pdr"),
    ("发布", "pbl"),
    ("出版", "pbl"),
    ("publisher", "pbl"),
];

/// The code for a label; `oth` for one that the table does not have.
pub fn relator(label: &str) -> &'static str {
    let label = label.to_ascii_lowercase();
    LABELS.iter().find(|(known, _)| *known == label).map_or("oth", |(_, code)| code)
}

/// `code` if the list has it.
pub fn known(code: &str) -> Option<&'static str> {
    CODES.split_ascii_whitespace().find(|known| *known == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_label_has_a_code_of_the_list() {
        for (label, code) in LABELS {
            assert_eq!(known(code), Some(code), "{label}");
        }
        assert_eq!(relator("编译"), "trl");
        assert_eq!(relator("Editor"), "edt");
        assert_eq!(relator("监审"), "oth");
        assert_eq!(known("xyz"), None);
    }
}
