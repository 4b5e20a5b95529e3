//! The help of the command line in the user's language: clap's own words, and what it is given.

use clap::builder::Styles;
use clap::{Arg, Command};

use super::language::{Language, Speaker};

/// The command line with help in the language of `speaker`. English is what it is written in.
pub fn command(mut command: Command, speaker: &Speaker) -> Command {
    match speaker.language() {
        Language::En => command,
        Language::Zh => {
            // Only now has it the arguments and commands that clap adds.
            command.build();
            translated(command, speaker)
        }
    }
}

/// A command with all below it.
fn translated(command: Command, speaker: &Speaker) -> Command {
    let about = command.get_about().map(|about| speaker.words(&about.to_string()).to_owned());
    let teaches = command.get_after_long_help().is_some();
    let mut command = command
        .mut_args(|arg| argument(arg, speaker))
        .mut_subcommands(|command| translated(command, speaker))
        .subcommand_help_heading(speaker.words("Commands").to_owned())
        .subcommand_value_name(speaker.words("COMMAND").to_owned())
        .help_template(template(speaker));
    if let Some(about) = about {
        command = command.about(about);
    }
    if teaches {
        command = command.after_long_help(include_str!("help.zh.txt"));
    }
    let usage = usage(&command.render_usage().ansi().to_string(), speaker);
    command.override_usage(usage)
}

/// Where the parts of a help stand, as they do in English.
fn template(speaker: &Speaker) -> String {
    let (styles, heading) = (Styles::styled(), speaker.words("Usage"));
    let style = styles.get_usage();
    format!(
        "{{before-help}}{{about-with-newline}}\n{style}{heading}:{style:#} {{usage}}\n\n\
         {{all-args}}{{after-help}}"
    )
}

/// A line of usage without the word before it.
fn usage(line: &str, speaker: &Speaker) -> String {
    let (_, usage) = line.split_once(' ').unwrap_or_default();
    usage.replace("[OPTIONS]", &format!("[{}]", speaker.words("OPTIONS")))
}

/// An argument with its name, its help, and what clap would tell of its values.
fn argument(arg: Arg, speaker: &Speaker) -> Arg {
    let heading = if arg.is_positional() { "Arguments" } else { "Options" };
    let names = arg.get_value_names().unwrap_or_default().iter();
    let names: Vec<String> = names.map(|name| speaker.words(name).to_owned()).collect();
    let values = values(&arg, speaker);
    let said = |help: &dyn ToString| speaker.words(&help.to_string()).to_owned() + &values;
    let (help, long) = (arg.get_help().map(|it| said(it)), arg.get_long_help().map(|it| said(it)));
    let mut arg = arg
        .help_heading(speaker.words(heading).to_owned())
        .hide_default_value(true)
        .hide_possible_values(true);
    if !names.is_empty() {
        arg = arg.value_names(names);
    }
    if let Some(help) = help {
        arg = arg.help(help);
    }
    if let Some(long) = long {
        arg = arg.long_help(long);
    }
    arg
}

/// The value of an argument that is not given, and those that it can have.
fn values(arg: &Arg, speaker: &Speaker) -> String {
    if !arg.get_action().takes_values() {
        return String::new();
    }
    let defaults =
        arg.get_default_values().iter().map(|value| value.to_string_lossy().into_owned());
    let possible = arg.get_possible_values();
    let possible = possible.iter().map(|value| value.get_name().to_owned());
    let lists = [
        ("default", arg.is_hide_default_value_set(), defaults.collect::<Vec<String>>()),
        ("possible values", arg.is_hide_possible_values_set(), possible.collect()),
    ];
    let given = lists.into_iter().filter(|(_, hidden, values)| !hidden && !values.is_empty());
    given
        .map(|(what, _, values)| format!(" [{}: {}]", speaker.words(what), values.join(", ")))
        .collect()
}
