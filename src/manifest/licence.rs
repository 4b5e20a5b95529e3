//! Licences of Creative Commons, its waiver CC0 and its mark of the public domain, by their address or
//! by their name. All other licences are only what they are called.

use std::collections::BTreeSet;

use crate::script::{self, Commons as Labels};

/// The versions that there are.
const VERSIONS: [&str; 6] = ["1.0", "2.0", "2.1", "2.5", "3.0", "4.0"];
/// The last version that was ported to the law of a country.
const LAST_PORTED: &str = "3.0";
/// Up to this version a licence may do without [`Element::By`].
const LAST_ANONYMOUS: &str = "2.0";
/// The one version of waiver and mark.
const FIRST: &str = "1.0";

/// What a licence of Creative Commons asks for, in the order of its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Element {
    /// Attribution.
    By,
    /// Not for commercial use.
    Nc,
    /// No derivatives.
    Nd,
    /// Share alike.
    Sa,
}

impl Element {
    const ALL: [Self; 4] = [Self::By, Self::Nc, Self::Nd, Self::Sa];

    /// Its two letters, as addresses have them.
    pub const fn code(self) -> &'static str {
        match self {
            Self::By => "by",
            Self::Nc => "nc",
            Self::Nd => "nd",
            Self::Sa => "sa",
        }
    }

    /// What it is called in a language.
    pub const fn name(self, labels: &Labels) -> &'static str {
        match self {
            Self::By => labels.by,
            Self::Nc => labels.nc,
            Self::Nd => labels.nd,
            Self::Sa => labels.sa,
        }
    }
}

/// What Creative Commons offers for a work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Commons {
    /// A licence.
    Licence(Terms),
    /// The waiver of all rights, CC0.
    Zero,
    /// The mark of a work that nobody has rights in.
    Mark,
}

/// A licence of Creative Commons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// At least one.
    pub elements: BTreeSet<Element>,
    version: &'static str,
    /// The country to whose law it is ported, `CN`; empty where it is to none.
    port: String,
}

impl Commons {
    /// What is written as an address or as a name; none for all else.
    pub fn read(written: &str) -> Option<Self> {
        let written = written.trim();
        address(written).or_else(|| named(written))
    }

    /// Where it stands.
    pub fn url(&self) -> String {
        let path = match self {
            Self::Licence(terms) => terms.path(),
            Self::Zero => format!("publicdomain/zero/{FIRST}/"),
            Self::Mark => format!("publicdomain/mark/{FIRST}/"),
        };
        format!("https://creativecommons.org/{path}")
    }

    /// What lists call it: `CC BY-SA 4.0`.
    pub fn short(&self) -> String {
        match self {
            Self::Licence(terms) => {
                format!("CC {} {}", terms.codes().to_ascii_uppercase(), terms.version(""))
            }
            Self::Zero => format!("CC0 {FIRST}"),
            Self::Mark => format!("Public Domain Mark {FIRST}"),
        }
    }

    /// What it is called in a language.
    pub fn name(&self, labels: &Labels) -> String {
        match self {
            Self::Licence(terms) => terms.name(labels),
            Self::Zero => labels.zero.replace("{version}", FIRST),
            Self::Mark => labels.mark.replace("{version}", FIRST),
        }
    }
}

impl Terms {
    /// The licence that asks for these elements, if there is one.
    fn new(elements: &[Element], version: &str, port: &str) -> Option<Self> {
        let version = VERSIONS.into_iter().find(|known| *known == version)?;
        let count = elements.len();
        let elements: BTreeSet<Element> = elements.iter().copied().collect();
        let has = |element| elements.contains(&element);
        let sound = count > 0
            && count == elements.len()
            && (has(Element::By) || version <= LAST_ANONYMOUS)
            && !(has(Element::Nd) && has(Element::Sa))
            && (port.is_empty() || version <= LAST_PORTED);
        sound.then(|| Self { elements, version, port: port.to_ascii_uppercase() })
    }

    /// Its elements as addresses have them.
    fn codes(&self) -> String {
        let codes: Vec<&str> = self.elements.iter().map(|element| element.code()).collect();
        codes.join("-")
    }

    /// Where it stands, from the root.
    fn path(&self) -> String {
        let Self { version, port, .. } = self;
        let codes = match *version {
            // Here these two stand the other way round.
            FIRST => self.codes().replace("nc-nd", "nd-nc"),
            _ => self.codes(),
        };
        match port.to_ascii_lowercase().as_str() {
            "" => format!("licenses/{codes}/{version}/"),
            port => format!("licenses/{codes}/{version}/{port}/"),
        }
    }

    fn name(&self, labels: &Labels) -> String {
        let names = self.elements.iter().map(|element| element.name(labels));
        let names: Vec<&str> = names.collect();
        let name = labels.name.replace("{elements}", &names.join(labels.between));
        name.replace("{version}", &self.version(labels.international))
    }

    /// The version and the country that it is for; `all` after one that is for every country.
    fn version(&self, all: &str) -> String {
        let place = if self.version > LAST_PORTED { all } else { &self.port };
        format!("{} {place}", self.version).trim_end().to_owned()
    }
}

/// What stands at an address.
fn address(url: &str) -> Option<Commons> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let rest = rest.strip_prefix("www.").unwrap_or(rest).strip_prefix("creativecommons.org/")?;
    let mut parts = rest.split(['?', '#']).next()?.split('/');
    match (parts.next()?, parts.next()?, parts.next()?) {
        ("publicdomain", "zero", FIRST) => Some(Commons::Zero),
        ("publicdomain", "mark", FIRST) => Some(Commons::Mark),
        ("licenses", codes, version) => {
            let of_code = |code| Element::ALL.into_iter().find(|element| element.code() == code);
            let elements: Option<Vec<Element>> = codes.split('-').map(of_code).collect();
            // In the place of a country there may be the page's form: `deed.zh-hans`, `legalcode`.
            let port = parts.next().filter(|part| is_port(part)).unwrap_or_default();
            Terms::new(&elements?, version, port).map(Commons::Licence)
        }
        _ => None,
    }
}

/// Whether licences are ported to what has this code: a country, or what is like one.
fn is_port(code: &str) -> bool {
    let code = code.to_ascii_lowercase();
    let letters = code.bytes().all(|byte| byte.is_ascii_alphabetic());
    matches!(code.as_str(), "igo" | "scotland") || (code.len() == 2 && letters)
}

/// What the words of a name mean.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Word {
    Commons,
    Element(Element),
    Zero,
    Mark,
    Version(&'static str),
    Port(String),
    /// Nothing that is not said already: `License`.
    Idle,
}

/// What has a name: `CC BY-SA 3.0 CN`, `CC0-1.0`, `知识共享 署名 4.0 国际`.
fn named(name: &str) -> Option<Commons> {
    let mut words = words(name)?;
    words.retain(|word| *word != Word::Idle);
    let after = words.strip_prefix(&[Word::Commons]);
    let licence = |elements: &[Word], version, port| {
        // Words like `nc` mean something else by themselves.
        after?;
        let elements = elements.iter().map(|word| match word {
            Word::Element(element) => Some(*element),
            Word::Commons | Word::Zero | Word::Mark => None,
            Word::Version(_) | Word::Port(_) | Word::Idle => None,
        });
        let elements: Option<Vec<Element>> = elements.collect();
        Terms::new(&elements?, version, port).map(Commons::Licence)
    };
    match after.unwrap_or(&words) {
        [Word::Zero] | [Word::Zero, Word::Version(FIRST)] => Some(Commons::Zero),
        [Word::Mark] | [Word::Mark, Word::Version(FIRST)] => Some(Commons::Mark),
        [elements @ .., Word::Version(version)] => licence(elements, version, ""),
        [elements @ .., Word::Version(version), Word::Port(port)] => {
            licence(elements, version, port)
        }
        [..] => None,
    }
}

/// The words of a name; none where one has no meaning here.
fn words(name: &str) -> Option<Vec<Word>> {
    let known = known();
    let name = plain(name);
    let (mut rest, mut words) = (name.as_str(), Vec::new());
    while !rest.is_empty() {
        let mut known = known.iter();
        let found = known.find_map(|(said, word)| Some((word.clone(), after(rest, said)?)));
        let (word, after) = found.or_else(|| port(rest))?;
        words.push(word);
        rest = after.trim_start();
    }
    Some(words)
}

/// What follows `word` at the head of `text`; none where another word stands there.
fn after<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let is_letter = |c: char| c.is_ascii_alphanumeric();
    let rest = text.strip_prefix(word)?;
    (!word.ends_with(is_letter) || !rest.starts_with(is_letter)).then_some(rest)
}

/// The country at the head of `text`.
fn port(text: &str) -> Option<(Word, &str)> {
    let (code, rest) = text.split_once(' ').unwrap_or((text, ""));
    is_port(code).then(|| (Word::Port(code.to_owned()), rest))
}

/// All words with a meaning, the longest first.
fn known() -> Vec<(String, Word)> {
    let mut known: Vec<(String, Word)> = Vec::new();
    let mut add = |said: &str, word: Word| known.push((plain(said), word));
    add("CC", Word::Commons);
    ["CC0", "Zero"].into_iter().for_each(|said| add(said, Word::Zero));
    add("PDM", Word::Mark);
    for element in Element::ALL {
        add(element.code(), Word::Element(element));
    }
    for (said, element) in OTHERWISE {
        add(said, Word::Element(element));
    }
    VERSIONS.into_iter().for_each(|version| add(version, Word::Version(version)));
    IDLE.into_iter().for_each(|said| add(said, Word::Idle));
    for rules in script::ALL {
        let labels = &rules.labels.imprint.commons;
        let before = |name: &'static str| name.split('{').next().unwrap_or_default();
        add(before(labels.name), Word::Commons);
        add(before(labels.mark), Word::Mark);
        add(labels.international, Word::Idle);
        for element in Element::ALL {
            add(element.name(labels), Word::Element(element));
        }
    }
    known.sort_by_key(|(said, _)| std::cmp::Reverse(said.len()));
    known
}

/// Elements as names also have them.
const OTHERWISE: [(&str, Element); 5] = [
    ("Non Commercial", Element::Nc),
    ("No Derivatives", Element::Nd),
    ("NoDerivs", Element::Nd),
    ("No Derivs", Element::Nd),
    ("Share Alike", Element::Sa),
];

/// Words that say nothing further.
const IDLE: [&str; 11] = [
    "License",
    "Licence",
    "Public License",
    "Unported",
    "Generic",
    "Universal",
    "许可协议",
    "授權條款",
    "ライセンス",
    "라이선스",
    "Deed",
];

/// A name in capitals, one space where there are spaces, hyphens and the like.
fn plain(name: &str) -> String {
    let is_gap = |c: char| c.is_whitespace() || "-‐–—_/,()（）".contains(c);
    let name = name.to_ascii_uppercase();
    let parts: Vec<&str> = name.split(is_gap).filter(|part| !part.is_empty()).collect();
    parts.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What lists call it, and where it stands.
    fn read(written: &str) -> Option<(String, String)> {
        let commons = Commons::read(written)?;
        let url = commons.url();
        assert_eq!(Commons::read(&url).as_ref(), Some(&commons), "{written}: {url}");
        let path = url.strip_prefix("https://creativecommons.org/").unwrap();
        Some((commons.short(), path.to_owned()))
    }

    #[test]
    fn licences_are_known_by_address_and_by_name() {
        let at = "https://creativecommons.org/";
        for (address, names, short) in [
            (
                "licenses/by/4.0/",
                &["CC BY 4.0", "cc-by-4.0", "Creative Commons Attribution 4.0 International"][..],
                "CC BY 4.0",
            ),
            (
                "licenses/by-nc-sa/4.0/",
                &["知识共享署名-非商业性使用-相同方式共享 4.0 国际许可协议", "CC BY-NC-SA 4.0"],
                "CC BY-NC-SA 4.0",
            ),
            ("licenses/by/3.0/cn/", &["CC BY 3.0 CN", "CC-BY-3.0-CN"], "CC BY 3.0 CN"),
            ("licenses/by-sa/2.1/jp/", &["CC BY-SA 2.1 JP"], "CC BY-SA 2.1 JP"),
            ("licenses/by-sa/3.0/igo/", &["CC-BY-SA-3.0-IGO"], "CC BY-SA 3.0 IGO"),
            (
                "licenses/by-sa/3.0/",
                &["Creative Commons Attribution-Share Alike 3.0 Unported"],
                "CC BY-SA 3.0",
            ),
            ("licenses/by-nd-nc/1.0/", &["CC BY-NC-ND 1.0", "CC BY-ND-NC 1.0"], "CC BY-NC-ND 1.0"),
            ("licenses/sa/1.0/", &["CC SA 1.0"], "CC SA 1.0"),
            ("publicdomain/zero/1.0/", &["CC0", "CC0 1.0", "CC0-1.0", "CC Zero"], "CC0 1.0"),
            (
                "publicdomain/mark/1.0/",
                &["Public Domain Mark 1.0", "公共领域标记", "PDM 1.0"],
                "Public Domain Mark 1.0",
            ),
        ] {
            let expected = Some((short.to_owned(), address.to_owned()));
            assert_eq!(read(&format!("{at}{address}")), expected, "{address}");
            for name in names {
                assert_eq!(read(name), expected, "{name}");
            }
        }
    }

    #[test]
    fn an_address_may_be_that_of_a_page_in_some_words() {
        for rest in ["deed.zh-hans", "legalcode", "deed.de?a=1", "", "#by"] {
            let url = format!("http://www.creativecommons.org/licenses/by-sa/4.0/{rest}");
            assert_eq!(Commons::read(&url).unwrap().short(), "CC BY-SA 4.0", "{rest}");
        }
        let url = "https://creativecommons.org/licenses/by-nc/2.5/cn/deed.zh";
        assert_eq!(Commons::read(url).unwrap().short(), "CC BY-NC 2.5 CN");
    }

    #[test]
    fn what_creative_commons_never_had_is_not_known() {
        let at = "https://creativecommons.org";
        for rest in [
            "licenses/gpl/2.0/",
            "licenses/by-sa-nd/4.0/",
            "licenses/by-by/4.0/",
            "licenses/by",
            "licenses/by/5.0/",
            "licenses/by/4.0/cn/",
            "licenses/nc/4.0/",
            "publicdomain/zero/4.0/",
            "",
        ] {
            assert_eq!(Commons::read(&format!("{at}/{rest}")), None, "{rest}");
        }
        for name in
            ["CC BY", "BY 4.0", "CC 4.0", "公有领域", "CC BYE 4.0", "CC BY 4.0 CN", "MIT", ""]
        {
            assert_eq!(Commons::read(name), None, "{name}");
        }
    }

    #[test]
    fn names_that_are_printed_are_read_again() {
        for rules in script::ALL {
            let labels = &rules.labels.imprint.commons;
            for name in ["CC BY-NC-ND 4.0", "CC BY-SA 3.0 CN", "CC0", "PDM"] {
                let commons = Commons::read(name).unwrap();
                let printed = commons.name(labels);
                assert_eq!(Commons::read(&printed), Some(commons), "{printed}");
            }
        }
    }
}
