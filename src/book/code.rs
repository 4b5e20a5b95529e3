//! Which words of code are what.

use std::sync::LazyLock;

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

use super::{Token, TokenKind};

/// The most bytes of a block, and of a line in it, that are looked at: patterns take their time.
const LONGEST: usize = 100_000;
const LONGEST_LINE: usize = 2_000;

/// The languages that are known; read when the first code asks for one.
static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

/// What the scopes of TextMate grammars mean; the longest that a scope begins with is meant.
static KINDS: LazyLock<Vec<(Scope, TokenKind)>> = LazyLock::new(|| {
    let kinds = [
        ("comment", TokenKind::Comment),
        ("string", TokenKind::Literal),
        ("constant", TokenKind::Literal),
        ("keyword", TokenKind::Keyword),
        ("keyword.operator", TokenKind::Plain),
        ("keyword.operator.logical.python", TokenKind::Keyword),
        ("storage", TokenKind::Keyword),
    ];
    let known = |(name, kind)| Some((Scope::new(name).ok()?, kind));
    kinds.into_iter().filter_map(known).collect()
});

/// What `code` in `language` consists of; nothing where that is not known.
pub(super) fn tokens(language: &str, code: &str) -> Vec<Token> {
    let too_long = code.len() > LONGEST || code.lines().any(|line| line.len() > LONGEST_LINE);
    if language.is_empty() || too_long {
        return Vec::new();
    }
    let syntax = SYNTAXES.find_syntax_by_token(language);
    syntax.and_then(|syntax| read(syntax, code)).unwrap_or_default()
}

/// Reads code by a grammar; none where the grammar fails.
fn read(syntax: &SyntaxReference, code: &str) -> Option<Vec<Token>> {
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    let mut tokens = Vec::new();
    let mut start = 0;
    for line in code.split_inclusive('\n') {
        for (at, operation) in state.parse_line(line, &SYNTAXES).ok()? {
            add(&mut tokens, start + at, kind(&stack));
            stack.apply(&operation).ok()?;
        }
        start += line.len();
        add(&mut tokens, start, kind(&stack));
    }
    Some(tokens)
}

/// Goes on to byte `end` with what is of a kind.
fn add(tokens: &mut Vec<Token>, end: usize, kind: TokenKind) {
    let before = tokens.last().map_or(0, |token| token.end);
    match tokens.last_mut() {
        _ if end == before => {}
        Some(token) if token.kind == kind => token.end = end,
        Some(_) | None => tokens.push(Token { end, kind }),
    }
}

/// What the innermost scope that says something says.
fn kind(stack: &ScopeStack) -> TokenKind {
    let meant = |scope: &Scope| {
        let said = KINDS.iter().filter(|(known, _)| known.is_prefix_of(*scope));
        said.max_by_key(|(known, _)| known.len()).map(|(_, kind)| *kind)
    };
    stack.scopes.iter().rev().find_map(meant).unwrap_or(TokenKind::Plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Code with marks around what is not plain.
    fn marked(language: &str, code: &str) -> String {
        let mut start = 0;
        let mut marked = String::new();
        for token in tokens(language, code) {
            let (open, close) = match token.kind {
                TokenKind::Plain => ("", ""),
                TokenKind::Keyword => ("<", ">"),
                TokenKind::Literal => ("[", "]"),
                TokenKind::Comment => ("{", "}"),
            };
            marked += &[open, &code[start..token.end], close].concat();
            start = token.end;
        }
        marked
    }

    #[test]
    fn keywords_literals_and_comments_are_told_apart() {
        assert_eq!(
            marked("rust", "let 章 = \"一\\n\"; // 注\n"),
            "<let> 章 = [\"一\\n\"]; {// 注\n}"
        );
        assert_eq!(
            marked("python", "if a and not 1.5:\n    pass  # 完\n"),
            "<if> a <and> <not> [1.5]:\n    <pass>  {# 完\n}"
        );
        assert_eq!(marked("rust", "/* 一\n二 */ a + b"), "{/* 一\n二 */} a + b");
    }

    #[test]
    fn what_is_not_known_or_too_long_is_plain() {
        assert_eq!(tokens("", "let"), []);
        assert_eq!(tokens("mermaid", "graph"), []);
        assert_eq!(tokens("rust", &"let ".repeat(LONGEST)), []);
        assert_eq!(tokens("rust", &format!("let\n{}", " ".repeat(LONGEST_LINE + 1))), []);
    }
}
