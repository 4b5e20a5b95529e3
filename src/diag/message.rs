//! What a finding says, in English, and so that it can be said in other languages.

use std::fmt::{Display, Write};
use std::io;

/// A sentence with gaps, and what fills them. [`message!`](crate::message) makes one; a sentence
/// without gaps is made from its words.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Message {
    /// In English, with `{name}` for each argument; what translations are found by.
    template: &'static str,
    arguments: Vec<(&'static str, Argument)>,
}

/// What fills a gap of a [`Message`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Argument {
    /// The same in all languages: names, numbers, what another program said.
    Literal(String),
    /// Words that have to be translated themselves.
    Words(Message),
    /// Several things, one behind the other.
    Row(List),
}

/// Things in a row; what stands between them is the language's.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct List(Vec<Argument>);

/// What stands between the things of a [`List`] in English; translations are found by it.
const BETWEEN: &str = ", ";

impl List {
    /// How many things there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<T> FromIterator<T> for List
where
    Argument: From<T>,
{
    fn from_iter<I: IntoIterator<Item = T>>(things: I) -> Self {
        Self(things.into_iter().map(Argument::from).collect())
    }
}

/// Gives the sentence of another language for an English one, with the same gaps.
pub type Translation<'a> = &'a dyn Fn(&'static str) -> Option<&'a str>;

impl Message {
    /// A sentence with what fills its gaps; [`message!`](crate::message) checks that they agree.
    pub fn new(template: &'static str, arguments: Vec<(&'static str, Argument)>) -> Self {
        Self { template, arguments }
    }

    /// What another program said, which is the same in all languages.
    pub fn quoted(said: impl Display) -> Self {
        crate::message!("{said}", said)
    }

    /// Why the system does not do something, as the end of a sentence; what is not known as it says it.
    pub fn of_system(error: &io::Error) -> Self {
        use io::ErrorKind;
        match error.kind() {
            // Of contents, what the library says of them is more than the kind of it.
            ErrorKind::UnexpectedEof | ErrorKind::InvalidData if error.get_ref().is_some() => {
                Self::quoted(error)
            }
            ErrorKind::NotFound => "there is no such file or folder".into(),
            ErrorKind::PermissionDenied => "this is not permitted".into(),
            ErrorKind::AlreadyExists => "something else lies there already".into(),
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "there is no room left".into(),
            ErrorKind::FileTooLarge => "the file is too large".into(),
            ErrorKind::IsADirectory => "it is a folder".into(),
            ErrorKind::NotADirectory => "a part of the path is no folder".into(),
            ErrorKind::DirectoryNotEmpty => "the folder is not empty".into(),
            ErrorKind::ReadOnlyFilesystem => "nothing can be written to this disk".into(),
            ErrorKind::InvalidFilename => {
                "the name is too long, or none that a file can have".into()
            }
            ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => {
                "another program is using it".into()
            }
            ErrorKind::AddrInUse => "another program has this port".into(),
            ErrorKind::AddrNotAvailable => "this machine has no such address".into(),
            ErrorKind::TimedOut => "it took too long".into(),
            ErrorKind::UnexpectedEof => "it ends too soon".into(),
            ErrorKind::InvalidData => "it is broken".into(),
            ErrorKind::Unsupported => "files of its kind do not allow it".into(),
            ErrorKind::OutOfMemory => "there is not enough memory".into(),
            _ => Self::quoted(error),
        }
    }

    /// In English.
    pub fn english(&self) -> String {
        self.translated(&|_| None)
    }

    /// In another language; where that lacks a sentence, in English.
    pub fn translated(&self, translation: Translation<'_>) -> String {
        let template = translation(self.template).unwrap_or(self.template);
        if self.arguments.is_empty() {
            return template.to_owned();
        }
        self.filled(template, translation)
    }

    /// A sentence with its gaps filled; `{{` and `}}` are braces.
    fn filled(&self, template: &str, translation: Translation<'_>) -> String {
        let mut said = String::new();
        let mut rest = template;
        while let Some(at) = rest.find(['{', '}']) {
            said.push_str(&rest[..at]);
            rest = &rest[at..];
            let name = rest[1..].split('}').next().unwrap_or_default();
            match self.arguments.iter().find(|(known, _)| *known == name) {
                Some((_, argument)) if rest.starts_with('{') => {
                    argument.say(translation, &mut said);
                    rest = &rest[name.len() + 2..];
                }
                _ => {
                    said.push_str(&rest[..1]);
                    let twice = rest[1..].starts_with(&rest[..1]);
                    rest = &rest[1 + usize::from(twice)..];
                }
            }
        }
        said + rest
    }
}

impl Argument {
    fn say(&self, translation: Translation<'_>, said: &mut String) {
        match self {
            Self::Literal(text) => said.push_str(text),
            Self::Words(words) => said.push_str(&words.translated(translation)),
            Self::Row(List(things)) => {
                let between = translation(BETWEEN).unwrap_or(BETWEEN);
                for (at, thing) in things.iter().enumerate() {
                    said.push_str(if at == 0 { "" } else { between });
                    thing.say(translation, said);
                }
            }
        }
    }
}

impl From<&'static str> for Message {
    fn from(template: &'static str) -> Self {
        Self { template, arguments: Vec::new() }
    }
}

/// That a message has no `Display` of its own keeps its words from being taken for a literal.
impl<T: Display> From<T> for Argument {
    fn from(literal: T) -> Self {
        let mut text = String::new();
        // Writing into a string does not fail.
        let _ = write!(text, "{literal}");
        Self::Literal(text)
    }
}

impl From<&Message> for Argument {
    fn from(words: &Message) -> Self {
        Self::Words(words.clone())
    }
}

impl From<&List> for Argument {
    fn from(things: &List) -> Self {
        Self::Row(things.clone())
    }
}

/// A [`Message`](crate::diag::Message): `message!("there is no picture `{path}`", path)`, or with
/// `path = value` where the value has another name. The gaps are checked when this is compiled.
#[macro_export]
macro_rules! message {
    ($template:literal $(, $name:ident $(= $value:expr)?)+ $(,)?) => {{
        // The compiler checks that gaps and names agree; nothing is formatted.
        let _ = format_args!($template $(, $name = "")+);
        $crate::diag::Message::new(
            $template,
            vec![$((
                stringify!($name),
                $crate::diag::Argument::from(&$crate::message!(@ $name $(= $value)?)),
            )),+],
        )
    }};
    (@ $name:ident) => { $name };
    (@ $name:ident = $value:expr) => { $value };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_filled_by_name_in_the_order_of_each_language() {
        let (name, line) = ("un", 3);
        let said = message!("the note `{name}` is on line {line}: `{{#{name}}}`", name, line);
        assert_eq!(said.english(), "the note `un` is on line 3: `{#un}`");
        let chinese = said.translated(&|_| Some("第{line}行的注`{name}`"));
        assert_eq!(chinese, "第3行的注`un`");
    }

    #[test]
    fn words_in_a_gap_are_translated_too() {
        let said = message!("the drawing uses {what}", what = Message::from("an animation"));
        let chinese = said.translated(&|english| match english {
            "an animation" => Some("动画"),
            _ => Some("图里有{what}"),
        });
        assert_eq!(chinese, "图里有动画");
    }

    #[test]
    fn a_row_has_the_marks_of_the_language_between_its_things() {
        let names: List = ["`a`", "`b`"].into_iter().collect();
        let kinds: List =
            [&Message::from("a string"), &Message::from("a, b")].into_iter().collect();
        let said =
            message!("known here: {names}; {kinds}; {none}", names, kinds, none = List::default());
        assert_eq!(said.english(), "known here: `a`, `b`; a string, a, b; ");
        let chinese = said.translated(&|english| match english {
            ", " => Some("、"),
            "a string" => Some("字符串"),
            "a, b" => None,
            _ => Some("可用：{names}；{kinds}；{none}"),
        });
        assert_eq!(chinese, "可用：`a`、`b`；字符串、a, b；");
    }

    #[test]
    fn what_the_system_says_is_a_sentence_of_ours_where_it_is_known() {
        let said = |error: io::Error| Message::of_system(&error).english();
        assert_eq!(said(io::Error::from_raw_os_error(2)), "there is no such file or folder");
        assert_eq!(said(io::ErrorKind::StorageFull.into()), "there is no room left");
        // As libraries hand on what the system says, in words of their own.
        let wrapped = io::Error::new(io::ErrorKind::PermissionDenied, "denied by a policy");
        assert_eq!(said(wrapped), "this is not permitted");
        for kind in [io::ErrorKind::Other, io::ErrorKind::InvalidData, io::ErrorKind::BrokenPipe] {
            let words = "what a library says";
            assert_eq!(said(io::Error::new(kind, words)), words);
        }
        assert_eq!(said(io::ErrorKind::InvalidData.into()), "it is broken");
    }

    #[test]
    fn braces_of_a_sentence_without_gaps_are_what_they_are() {
        assert_eq!(
            Message::from("put words into braces: `{…}`").english(),
            "put words into braces: `{…}`"
        );
        let odd = message!("{{ {it} }} {{{it}}}", it = "{it}");
        assert_eq!(odd.english(), "{ {it} } {{it}}");
    }
}
