//! How deep the elements of a page lie, before a tree is made of them: that takes the square of it.

/// The deepest that elements may lie; browsers stop at 512 too.
pub(super) const DEEPEST: usize = 512;

/// Elements that have no content or end by themselves.
const FLAT: [&str; 34] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr", "p", "li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "tfoot", "option",
    "optgroup", "colgroup", "caption", "rp", "rt", "html", "head", "body", "image",
];

/// The line from which elements lie too deep; none where they do not.
pub(super) fn too_deep(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'<', &text.as_bytes()[at..]) {
        let start = at + found;
        let rest = &text[start + 1..];
        let (closes, rest) = match rest.strip_prefix('/') {
            Some(rest) => (true, rest),
            None => (false, rest),
        };
        let end = rest.bytes().take(24).take_while(u8::is_ascii_alphanumeric).count();
        let name = rest[..end].to_ascii_lowercase();
        at = start + 1;
        if rest.starts_with("!--") {
            at = rest.find("-->").map_or(text.len(), |end| start + 1 + end);
        } else if name.is_empty() || FLAT.contains(&name.as_str()) {
            continue;
        } else if closes {
            depth = depth.saturating_sub(1);
        } else if matches!(name.as_str(), "script" | "style" | "textarea" | "title") {
            at = past_raw(text, at, &name);
        } else {
            depth += 1;
        }
        if depth > DEEPEST {
            return Some(text[..start].matches('\n').count() + 1);
        }
    }
    None
}

/// The end of an element in which nothing is markup.
fn past_raw(text: &str, mut at: usize, name: &str) -> usize {
    while let Some(found) = memchr::memmem::find(&text.as_bytes()[at..], b"</") {
        at += found + 2;
        if text.as_bytes()[at..]
            .get(..name.len())
            .is_some_and(|word| word.eq_ignore_ascii_case(name.as_bytes()))
        {
            return at;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_is_that_of_elements_that_stay_open() {
        assert_eq!(too_deep(&"<p><br>".repeat(10_000)), None);
        assert_eq!(too_deep(&"<div></div>".repeat(10_000)), None);
        assert_eq!(too_deep(&format!("\n{}", "<div>".repeat(10_000))), Some(2));
        assert_eq!(too_deep(&format!("<script>{}</script>", "'<b>'".repeat(1_000))), None);
        assert_eq!(too_deep(&format!("<!--{}-->", "<b>".repeat(1_000))), None);
    }
}
