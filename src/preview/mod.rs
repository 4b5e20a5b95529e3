//! A local web page that shows a book and follows its edits.
//!
//! ```text
//! folder ─ Watch ─ Proof (pages, findings, EPUB) ─ server ─ a browser on the same machine
//! ```
//!
//! One thread builds the book whenever a file of it has changed; the server hands out what was built
//! last. The pages are those of the PDFs: both are drawn from one [`Layout`](crate::layout::Layout).
//! Nothing is read from the disk when a browser asks for it, so that no address leads out of the book.

mod address;
mod block;
mod drawing;
mod finding;
mod page;
mod proof;
mod server;
mod volume;
mod words;

use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;

use crate::diag::Message;
use crate::files::Watch;

use address::Address;
use proof::Maker;

/// Says sentences in the language of whoever looks at the page, and gives its tag (BCP 47).
pub struct Tongue {
    /// The tag.
    pub tag: &'static str,
    /// Says a sentence.
    pub say: Box<dyn Fn(&Message) -> String + Send + Sync>,
}

/// What is to be shown, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// The book's folder.
    pub folder: PathBuf,
    /// Which of its editions.
    pub edition: Option<String>,
    /// The port of this machine; 0 for any that is free.
    pub port: u16,
}

/// The folder that builds are written into; its files are none of the book's.
const BUILT: &str = "build";

/// Shows a book until the program ends; tells `ready` the address of the page, which holds a token that
/// no other page of a browser knows.
///
/// # Errors
/// The folder cannot be watched, or the port is taken.
pub fn serve(wish: Wish, tongue: Tongue, ready: impl FnOnce(&str)) -> io::Result<()> {
    let mut watch = Watch::new(&wish.folder, BUILT)?;
    // No other machine reaches this address.
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, wish.port))?;
    let address = Address::new(listener.local_addr()?.port());
    let tongue = Arc::new(tongue);
    let (maker, proofs) = Maker::new(wish.folder, wish.edition, Arc::clone(&tongue));
    std::thread::spawn(move || maker.follow(&mut watch));
    server::run(listener, address, proofs, tongue, ready)
}
