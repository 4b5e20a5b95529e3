//! What the machine has to look files over with, and how to get what it lacks.

use banxin::files;
use banxin::message;

use super::language::Speaker;

/// A program that proves or shows what banxin made; banxin itself needs none.
struct Tool {
    /// The names that it is called by.
    names: &'static [&'static str],
    /// What it is good for.
    purpose: &'static str,
    /// How it is installed: by Debian's packages, by Homebrew, and elsewhere.
    install: [&'static str; 3],
}

const TOOLS: [Tool; 8] = [
    Tool {
        names: &["epubcheck"],
        purpose: "proves that an EPUB keeps EPUB 3.3",
        install: ["apt install epubcheck", "brew install epubcheck", EPUBCHECK],
    },
    Tool {
        names: &["ace"],
        purpose: "looks whether an EPUB is accessible",
        install: [
            "npm install -g @daisy/ace",
            "npm install -g @daisy/ace",
            "npm install -g @daisy/ace",
        ],
    },
    Tool {
        names: &["verapdf"],
        purpose: "proves that a PDF keeps PDF/A-2a and PDF/UA-1",
        install: [VERAPDF, "brew install verapdf", VERAPDF],
    },
    Tool {
        names: &["qpdf"],
        purpose: "looks whether a PDF is sound",
        install: ["apt install qpdf", "brew install qpdf", "winget install qpdf.qpdf"],
    },
    Tool {
        names: &["pdftotext"],
        purpose: "reads the text of a PDF, as readers aloud do",
        install: [
            "apt install poppler-utils",
            "brew install poppler",
            "winget install oschwartz10612.Poppler",
        ],
    },
    Tool {
        names: &["mutool"],
        purpose: "shows EPUBs and PDFs",
        install: [
            "apt install mupdf-tools",
            "brew install mupdf-tools",
            "https://mupdf.com/releases",
        ],
    },
    Tool {
        names: &["bagit.py"],
        purpose: "proves that an archive package is whole",
        install: ["pip install bagit", "pip install bagit", "pip install bagit"],
    },
    Tool {
        names: &["chromium", "google-chrome", "chrome", "msedge"],
        purpose: "shows chapters of an EPUB and web pages",
        install: [
            "apt install chromium",
            "brew install --cask chromium",
            "winget install Google.Chrome",
        ],
    },
];

const EPUBCHECK: &str = "https://www.w3.org/publishing/epubcheck/";
const VERAPDF: &str = "https://verapdf.org/software/";

/// A line for each program.
pub fn text(speaker: &Speaker) -> String {
    let way = if cfg!(target_os = "linux") {
        0
    } else if cfg!(target_os = "macos") {
        1
    } else {
        2
    };
    let own = "banxin needs none of these; they prove and show what it made";
    let mut text = format!("{}\n\n", speaker.words(own));
    for Tool { names, purpose, install } in &TOOLS {
        let found = names.iter().find_map(|name| files::program(name));
        let line = match &found {
            Some(place) => format!("{}\n", place.display()),
            None => {
                let how = message!("missing; to install: {how}", how = install[way]);
                speaker.say(&how) + "\n"
            }
        };
        let mark = if found.is_some() { "✓" } else { "✗" };
        text += &format!("{mark} {}: {}\n    {line}", names[0], speaker.words(purpose));
    }
    text
}
