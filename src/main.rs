//! The program: see [`banxin`] for what it does.

mod cli;

fn main() -> std::process::ExitCode {
    cli::run().into()
}
