//! What a package holds, one file after the other: of a folder, a ZIP file, a tar file.

use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use zip::ZipArchive;

use super::Package;
use crate::diag::Code;
use crate::files::{self, Found, Member};

/// The most bytes that are read of one package.
const BYTES_LIMIT: u64 = 1 << 40;
/// A file of a ZIP may have so many times the bytes that it takes there, once it has more than
/// [`SMALL`]. Text comes to some tens; what is made to burst, to a thousand.
const RATIO_LIMIT: u64 = 200;
/// Files up to here are not looked at for their ratio.
const SMALL: u64 = 16 << 20;
/// The signature and the length without names of a file's entry in the directory of a ZIP.
const ENTRY: (&[u8], usize) = (b"PK\x01\x02", 46);

/// Gives every file of the package at `path` to `package`, which also takes the findings.
pub fn walk(path: &Path, package: &mut Package) -> io::Result<()> {
    if files::look(path) == Found::Folder {
        return folder(path, package);
    }
    let mut file = files::open(path)?;
    let mut first = Vec::new();
    file.by_ref().take(4).read_to_end(&mut first)?;
    file.seek(SeekFrom::Start(0))?;
    if first.starts_with(b"PK") { zipped(file, package) } else { taped(file, package) }
}

fn folder(root: &Path, package: &mut Package) -> io::Result<()> {
    for member in files::members(root)? {
        match member {
            Member::Other(path) => refuse(package, &path, LINK),
            Member::File(path) => {
                if package.admits(&path) {
                    let mut file = files::open(&root.join(&path))?;
                    package.take(&path, BYTES_LIMIT, &mut file)?;
                }
            }
        }
    }
    Ok(())
}

/// Why links are refused.
const LINK: &str = "it is a link or another thing that is no plain file";

fn refuse(package: &mut Package, path: &str, why: &'static str) {
    package.note(Code::BagUnsafe, path, why);
}

/// A ZIP file (APPNOTE 6.3.10).
fn zipped(mut file: impl Read + Seek, package: &mut Package) -> io::Result<()> {
    let mut zip = ZipArchive::new(&mut file)?;
    let (start, known) = (zip.central_directory_start(), zip.len());
    let mut total = 0_u64;
    for index in 0..known {
        let entry = zip.by_index_raw(index)?;
        let (path, size, packed) = (entry.name().to_owned(), entry.size(), entry.compressed_size());
        let (encrypted, link, folder) = (entry.encrypted(), entry.is_symlink(), entry.is_dir());
        drop(entry);
        total = total.saturating_add(size);
        if encrypted {
            refuse(package, &path, "the file is encrypted");
        } else if link {
            refuse(package, &path, LINK);
        } else if size > SMALL && size / packed.max(1) > RATIO_LIMIT || total > BYTES_LIMIT {
            refuse(package, &path, "the file unpacks to more bytes than makes sense");
        } else if folder {
            if !super::is_safe(path.trim_end_matches('/')) {
                refuse(package, &path, "the name leads out of the package");
            }
        } else if package.admits(&path) {
            package.take(&path, size, &mut zip.by_index(index)?)?;
        }
    }
    drop(zip);
    // The reader of ZIP files keeps one entry of each name; others may keep another one.
    file.seek(SeekFrom::Start(start))?;
    if listed(io::BufReader::new(file))? != known {
        refuse(package, "", "two files have the same name");
    }
    Ok(())
}

/// How many entries follow each other in the directory of a ZIP.
fn listed(mut directory: impl Read) -> io::Result<usize> {
    let (signature, length) = ENTRY;
    for count in 0.. {
        let mut entry = Vec::new();
        directory.by_ref().take(length as u64).read_to_end(&mut entry)?;
        if entry.len() < length || !entry.starts_with(signature) {
            return Ok(count);
        }
        let long = |at: usize| u64::from(u16::from_le_bytes([entry[at], entry[at + 1]]));
        let names = long(28) + long(30) + long(32);
        io::copy(&mut directory.by_ref().take(names), &mut io::sink())?;
    }
    Ok(0)
}

/// A tar file (POSIX.1-2017, pax).
fn taped(file: impl Read, package: &mut Package) -> io::Result<()> {
    let mut total = 0_u64;
    for entry in tar::Archive::new(file).entries()? {
        let mut entry = entry?;
        let path = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        let (kind, size) = (entry.header().entry_type(), entry.size());
        total = total.saturating_add(size);
        if kind.is_dir() {
            if !super::is_safe(path.trim_end_matches('/')) {
                refuse(package, &path, "the name leads out of the package");
            }
        } else if !kind.is_file() {
            refuse(package, &path, LINK);
        } else if total > BYTES_LIMIT {
            refuse(package, &path, "the file unpacks to more bytes than makes sense");
        } else if package.admits(&path) {
            package.take(&path, size, &mut entry)?;
        }
    }
    Ok(())
}
