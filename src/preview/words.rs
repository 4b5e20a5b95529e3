//! The words of the page, which is written with gaps for them.

use quick_xml::escape::escape;

use crate::diag::Message;

use super::Tongue;

/// The page.
const PAGE: &str = include_str!("page.html");

/// The gaps of the page, and what fills each.
fn words() -> [(&'static str, Message); 29] {
    [
        ("skip", "Skip to the pages".into()),
        ("pages", "Pages".into()),
        ("epub", "EPUB".into()),
        ("contents", "Contents".into()),
        ("findings", "Findings".into()),
        ("source", "Source".into()),
        ("close", "Close".into()),
        ("larger", "Larger".into()),
        ("smaller", "Smaller".into()),
        ("previous", "Previous".into()),
        ("next", "Next".into()),
        ("document", "Part of the book".into()),
        ("width", "Width of the window".into()),
        ("phone", "Phone".into()),
        ("tablet", "Tablet".into()),
        ("full", "Full width".into()),
        ("cover", "Cover".into()),
        ("error", "Error".into()),
        ("warning", "Warning".into()),
        ("none", "Nothing to mend".into()),
        ("to-page", "Show on the page".into()),
        ("to-source", "Show in the source".into()),
        ("beginning", "Setting the pages".into()),
        ("making", "Pages are up to date, making the files".into()),
        ("whole", "Up to date".into()),
        ("errors", "The book has errors: what is shown is from before".into()),
        ("empty", "The book has errors: there are pages as soon as they are mended".into()),
        ("gone", "The program has ended: start it again and open its new address".into()),
        ("no-epub", "There is no EPUB yet".into()),
    ]
}

/// The page in the language of whoever looks at it.
pub fn page(tongue: &Tongue) -> String {
    let filled = |page: String, (gap, word): (&str, Message)| {
        page.replace(&format!("{{{{{gap}}}}}"), &escape((tongue.say)(&word)))
    };
    let page = PAGE.replace("{{tag}}", tongue.tag);
    words().into_iter().fold(page, filled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_gap_is_filled() {
        let say = Box::new(|message: &Message| format!("<{}>", message.english()));
        let page = page(&Tongue { tag: "en", say });
        assert!(!page.contains("{{"), "{page}");
        assert!(page.contains("&lt;Contents&gt;"));
        for (gap, _) in words() {
            assert!(PAGE.contains(&format!("{{{{{gap}}}}}")), "no gap `{gap}`");
        }
    }
}
