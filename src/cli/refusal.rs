//! Why the words of a call become no request, in the language of who typed them.

use std::io;

use banxin::diag::{List, Message};
use banxin::message;
use clap::builder::Styles;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::language::Speaker;
use super::{Exit, findings, say};

/// Why words become no request.
#[derive(Debug)]
pub enum Refusal {
    /// clap cannot read them, or they ask it for help.
    Unread(clap::Error),
    /// They can be read, and mean nothing.
    Senseless(Message),
}

impl From<clap::Error> for Refusal {
    fn from(error: clap::Error) -> Self {
        Self::Unread(error)
    }
}

impl From<Message> for Refusal {
    fn from(message: Message) -> Self {
        Self::Senseless(message)
    }
}

impl Refusal {
    /// Prints the help that was asked for, or what is wrong.
    pub fn tell(&self, speaker: &Speaker) -> Exit {
        match self {
            Self::Unread(error) if is_help(error.kind()) => {
                // When even this cannot be printed, the exit code still tells.
                let _ = error.print();
                if error.use_stderr() { Exit::Usage } else { Exit::Done }
            }
            Self::Unread(_) | Self::Senseless(_) => {
                let colour = findings::coloured();
                let styles = if colour { Styles::styled() } else { Styles::plain() };
                say(io::stderr(), self.text(speaker, &styles));
                Exit::Usage
            }
        }
    }

    /// What is wrong, what may have been meant, how the command is called.
    fn text(&self, speaker: &Speaker, styles: &Styles) -> String {
        let (message, hint, usage) = match self {
            Self::Senseless(message) => (message.clone(), None, None),
            Self::Unread(error) => (wrong(error, speaker), hint(error), usage(error)),
        };
        let (error, valid, literal) =
            (styles.get_error(), styles.get_valid(), styles.get_literal());
        let word = speaker.words("error");
        let mut text = format!("{error}{word}:{error:#} {}\n", speaker.say(&message));
        if let Some(hint) = hint {
            let word = speaker.words("hint");
            text += &format!("\n  {valid}{word}:{valid:#} {}\n", speaker.say(&hint));
        }
        if let Some(usage) = usage {
            let (heading, name) = (styles.get_usage(), speaker.words("Usage"));
            text += &format!("\n{heading}{name}:{heading:#} {usage}\n");
        }
        let flag = format!("{literal}--help{literal:#}");
        text + "\n" + &speaker.say(&message!("`{flag}` tells more", flag)) + "\n"
    }
}

/// Whether an error of clap is the help that was asked for.
fn is_help(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::DisplayHelp
            | ErrorKind::DisplayVersion
            | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
    )
}

/// What clap finds wrong.
fn wrong(error: &clap::Error, speaker: &Speaker) -> Message {
    let said = |kind| said(error, kind);
    let arg = || said(ContextKind::InvalidArg);
    match error.kind() {
        ErrorKind::UnknownArgument => message!("there is no argument {arg} here", arg = arg()),
        ErrorKind::InvalidSubcommand => {
            let name = said(ContextKind::InvalidSubcommand);
            message!("there is no command {name}", name)
        }
        ErrorKind::MissingRequiredArgument => message!("{arg} is missing", arg = arg()),
        ErrorKind::ArgumentConflict => {
            let (arg, other) = (arg(), said(ContextKind::PriorArg));
            if arg == other {
                message!("{arg} can be given once only", arg)
            } else {
                message!("{arg} cannot be given together with {other}", arg, other)
            }
        }
        ErrorKind::TooManyValues => message!("{arg} takes no value", arg = arg()),
        ErrorKind::InvalidValue if said(ContextKind::InvalidValue) == List::from_iter(["``"]) => {
            message!("{arg} lacks its value", arg = arg())
        }
        ErrorKind::InvalidValue => {
            let (value, arg) = (said(ContextKind::InvalidValue), arg());
            message!("{value} is no value of {arg}", value, arg)
        }
        ErrorKind::ValueValidation => {
            let (value, arg) = (said(ContextKind::InvalidValue), arg());
            let why = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
            let why = speaker.words(&why);
            message!("{value} is no value of {arg}: {why}", value, arg, why)
        }
        ErrorKind::InvalidUtf8 => "an argument is no text in UTF-8".into(),
        // What no argument of ours brings about, clap says in its own words.
        _ => Message::quoted(error.kind()),
    }
}

/// What may have been meant.
fn hint(error: &clap::Error) -> Option<Message> {
    let suggested =
        [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    let near = suggested.into_iter().map(|kind| said(error, kind)).find(|near| !near.is_empty());
    let values = said(error, ContextKind::ValidValue);
    let count = values.len();
    match near {
        Some(near) if values.is_empty() || count > MOST_VALUES => {
            Some(message!("did you mean {near}?", near))
        }
        Some(near) => Some(message!("did you mean {near}? Possible are {values}", near, values)),
        None if values.is_empty() => None,
        // Only the codes of findings are so many.
        None if count > MOST_VALUES => Some("`banxin explain` lists all".into()),
        None => Some(message!("possible are {values}", values)),
    }
}

/// The most values that are listed.
const MOST_VALUES: usize = 12;

/// How the command is called, without the word before it.
fn usage(error: &clap::Error) -> Option<String> {
    match error.get(ContextKind::Usage)? {
        ContextValue::StyledStr(usage) => {
            let usage = usage.to_string();
            usage.split_once(' ').map(|(_, usage)| usage.to_owned())
        }
        _ => None,
    }
}

/// What clap tells of an error: words of the call, between backticks; empty where it tells nothing.
fn said(error: &clap::Error, kind: ContextKind) -> List {
    let words: &[String] = match error.get(kind) {
        Some(ContextValue::String(word)) => std::slice::from_ref(word),
        Some(ContextValue::Strings(words)) => words,
        _ => &[],
    };
    words.iter().map(|word| format!("`{word}`")).collect()
}
