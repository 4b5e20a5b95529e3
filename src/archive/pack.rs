//! A package as one file, the same for the same package.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::File;

/// Why a package could not be packed: the words of the library that failed.
pub type Failure = Box<dyn std::error::Error>;

/// How a file of a package may be used: read by all, written by its owner.
const MODE: u32 = 0o644;

/// A ZIP file with everything in the folder `root`.
///
/// # Errors
/// The library refuses.
pub fn zip(root: &str, files: &[File]) -> Result<Vec<u8>, Failure> {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in files {
        let method =
            if is_packed(path) { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .last_modified_time(DateTime::default())
            .unix_permissions(MODE);
        out.start_file(format!("{root}/{path}"), options)?;
        out.write_all(bytes)?;
    }
    Ok(out.finish()?.into_inner())
}

/// Whether a file is compressed already.
fn is_packed(path: &str) -> bool {
    [".epub", ".jpg", ".jpeg", ".pdf", ".png", ".webp"].iter().any(|ending| path.ends_with(ending))
}

/// A tar file (POSIX.1-1988, with the long names of GNU) with everything in the folder `root`.
///
/// # Errors
/// The library refuses.
pub fn tar(root: &str, files: &[File]) -> Result<Vec<u8>, Failure> {
    let mut out = tar::Builder::new(Vec::new());
    for (path, bytes) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(MODE);
        out.append_data(&mut header, format!("{root}/{path}"), bytes.as_slice())?;
    }
    Ok(out.into_inner()?)
}
