//! How many instructions a program takes, which other programs do not change.

use std::process::{Command, Stdio};

/// The user instructions of `words` on one thread, in G: counted by `perf` where the machine has
/// counters, else by Valgrind, else none.
pub fn counted(words: &[&str]) -> Option<f64> {
    let count = perf(words).or_else(|| callgrind(words))?;
    Some(count as f64 / 1e9)
}

/// `perf stat` writes `count,,instructions:u,…`.
fn perf(words: &[&str]) -> Option<u64> {
    let said = said(&["perf", "stat", "-x,", "-e", "instructions:u", "--"], words)?;
    said.lines().find(|line| line.contains("instructions"))?.split(',').next()?.parse().ok()
}

/// Makes glibc fill and copy without the instructions that repeat themselves: Valgrind counts each round
/// of those, a processor the whole as one.
const NO_REPETITION: &str = "GLIBC_TUNABLES=glibc.cpu.x86_rep_stosb_threshold=1000000000:\
                             glibc.cpu.x86_rep_movsb_threshold=1000000000";

/// Valgrind writes `Collected : count`.
fn callgrind(words: &[&str]) -> Option<u64> {
    let valgrind = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"];
    let said = said(&[&["env", NO_REPETITION], &valgrind[..]].concat(), words)?;
    said.lines().find_map(|line| line.split_once("Collected :"))?.1.trim().parse().ok()
}

/// What a program that runs another says at its end.
fn said(by: &[&str], words: &[&str]) -> Option<String> {
    let (program, rest) = by.split_first()?;
    let mut command = Command::new(program);
    command.args(rest).args(words).env("RAYON_NUM_THREADS", "1").stdout(Stdio::null());
    Some(String::from_utf8_lossy(&command.output().ok()?.stderr).into_owned())
}

/// The figure of an instruction count, or that there is none.
pub fn shown(count: Option<f64>) -> String {
    count.map_or("not counted".to_owned(), |count| format!("{count:.3}"))
}
