//! Who may ask: the page itself, and nobody who does not know its token.

use crate::files;

/// The address of the page.
#[derive(Clone, Debug)]
pub struct Address {
    port: u16,
    token: String,
}

impl Address {
    /// With a token of its own.
    pub fn new(port: u16) -> Self {
        Self { port, token: files::fresh_token() }
    }

    /// As a browser wants it.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/{}/", self.port, self.token)
    }

    /// Whether a request is for this page: a name of another server means that another page sent the
    /// browser here (DNS rebinding).
    pub fn is_of(&self, host: Option<&str>, path: &str) -> bool {
        let named = |name: &str| host == Some(&format!("{name}:{}", self.port));
        let token = path.trim_start_matches('/').split('/').next();
        (named("127.0.0.1") || named("localhost")) && token == Some(&self.token)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn host_and_token_must_be_right() {
        let address = Address { port: 8000, token: "secret".to_owned() };
        assert_eq!(address.url(), "http://127.0.0.1:8000/secret/");
        for host in ["127.0.0.1:8000", "localhost:8000"] {
            assert!(address.is_of(Some(host), "/secret/state"));
        }
        let local = Some("127.0.0.1:8000");
        for (host, path) in [
            (None, "/secret/"),
            (Some("evil.example"), "/secret/"),
            (Some("127.0.0.1:8001"), "/secret/"),
            (local, "/"),
            (local, "/secre/"),
            (local, "/other/secret/"),
        ] {
            assert!(!address.is_of(host, path), "{host:?} {path}");
        }
    }
}
