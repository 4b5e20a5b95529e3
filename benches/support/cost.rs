//! What a build of the generated book costs, beside what it may cost.

use std::path::Path;
use std::process::Command;

use banxin::diag::Sink;
use banxin::files::Folder;
use banxin::profile::Product;

use super::{generated, instructions, memory};

/// A length of the book, and the most that it may cost.
pub struct Size {
    /// How often the chapters stand in it.
    pub times: usize,
    /// G instructions.
    pub instructions: f64,
    /// MiB at the peak.
    pub memory: f64,
}

/// What a run took.
pub struct Cost {
    /// G, where something counts them.
    pub instructions: Option<f64>,
    /// Seconds on a processor.
    pub processor: f64,
    /// MiB at the peak.
    pub memory: f64,
    /// The length of the file.
    pub bytes: f64,
}

/// Writes one product of a book, and prints what that took.
pub fn build(folder: &Path, product: Product, file: &Path) {
    let mut sink = Sink::default();
    let built = banxin::build(&Folder::Disk(folder.to_owned()), None, &[product], &mut sink);
    let findings = || sink.findings().iter().map(|finding| sink.line(finding)).collect::<String>();
    let built = built.unwrap_or_else(|_| panic!("{}", findings()));
    std::fs::write(file, &built.files[0].bytes).expect("the file can be written");
    println!("{} {}", on_processor(), memory::peak_mebibytes());
}

/// The seconds that the threads of this process were on a processor, where the system tells.
fn on_processor() -> f64 {
    let threads = std::fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    let told = threads.filter_map(|thread| {
        let told = std::fs::read_to_string(thread.path().join("schedstat")).ok()?;
        told.split_whitespace().next()?.parse::<f64>().ok()
    });
    told.sum::<f64>() / 1e9
}

/// What this program takes to build the book, with `choices` at the end of its `book.toml`; printed
/// with the gates.
pub fn ours(size: &Size, choices: &str) -> (tempfile::TempDir, Cost) {
    let folder = tempfile::tempdir().expect("there is room for a book");
    generated::write(folder.path(), size.times);
    let manifest = folder.path().join("book.toml");
    let said = std::fs::read_to_string(&manifest).expect("the book has its manifest");
    std::fs::write(&manifest, said + choices).expect("the manifest can be written");
    let program = std::env::current_exe().expect("the bench has a path");
    let file = folder.path().join("banxin.out");
    let words = [&*program.to_string_lossy(), "build", &*folder.path().to_string_lossy()];
    let cost = cost(&words, &file);
    println!("{}× {}", size.times, row("", &head()));
    println!("   {}", row("banxin", &figures(&cost)));
    let most = [size.instructions.to_string(), String::new(), size.memory.to_string()];
    println!("   {}", row("at most", &most));
    (folder, cost)
}

/// What a program costs that writes `file`, its last word, and prints seconds and MiB.
pub fn cost(words: &[&str], file: &Path) -> Cost {
    let path = file.to_string_lossy();
    let all: Vec<&str> = words.iter().copied().chain([&*path]).collect();
    let run = Command::new(all[0]).args(&all[1..]).output().expect("the program can be started");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let said = String::from_utf8_lossy(&run.stdout).into_owned();
    let told: Vec<f64> = said.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    let [processor, memory] = told[..] else { panic!("{said}") };
    let bytes = std::fs::metadata(file).expect("the file is written").len() as f64;
    Cost { instructions: instructions::counted(&all), processor, memory, bytes }
}

fn head() -> [String; 4] {
    ["G instructions", "CPU s", "peak MiB", "bytes"].map(str::to_owned)
}

/// The figures of a cost, in the order of the head.
pub fn figures(cost: &Cost) -> [String; 4] {
    [
        instructions::shown(cost.instructions),
        format!("{:.2}", cost.processor),
        format!("{:.1}", cost.memory),
        cost.bytes.to_string(),
    ]
}

/// A line of figures.
pub fn row(name: &str, figures: &[String]) -> String {
    let figures: String = figures.iter().map(|figure| format!(" {figure:>14}")).collect();
    format!("{name:<10}{figures}")
}
