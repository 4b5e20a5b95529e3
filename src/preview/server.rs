//! What a browser may ask for, and what it gets.
//!
//! Every address begins with the token, so that relative ones carry it along; nothing but `GET` is
//! answered, and a browser that asks for another server or without the token learns nothing.

use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{Path, RawQuery, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde_json::{Value, json};
use tokio::sync::watch;

use crate::image;
use crate::profile::Binding;

use super::Tongue;
use super::address::Address;
use super::proof::{Pages, Proof, State as Stage};
use super::{volume, words};

/// How long a browser waits for news before it asks again.
const PATIENCE: Duration = Duration::from_secs(20);

/// What the browser may do with the page: nothing that leaves it, and no script but its own.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
                      img-src 'self' data:; font-src 'self'; connect-src 'self'; frame-src 'self'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'self'";
/// The same for what is in the book: it has no scripts, and would run none.
const POLICY_OF_BOOK: &str = "default-src 'none'; style-src 'self' 'unsafe-inline'; \
                              img-src 'self' data:; font-src 'self'; media-src 'self'; \
                              base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

#[derive(Clone)]
struct Desk {
    address: Address,
    proofs: watch::Receiver<Arc<Proof>>,
    page: Arc<String>,
}

/// Answers until the program ends; tells `ready` the address as soon as it can be opened.
///
/// # Errors
/// The system takes the port away, or gives no threads.
pub fn run(
    listener: TcpListener,
    address: Address,
    proofs: watch::Receiver<Arc<Proof>>,
    tongue: Arc<Tongue>,
    ready: impl FnOnce(&str),
) -> std::io::Result<()> {
    listener.set_nonblocking(true)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let url = address.url();
    let desk = Desk { address, proofs, page: Arc::new(words::page(&tongue)) };
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        ready(&url);
        axum::serve(listener, router(desk)).await
    })
}

/// What there is below the token.
fn router(desk: Desk) -> Router {
    Router::new()
        .route("/{token}/", get(page))
        .route("/{token}/style.css", get(style))
        .route("/{token}/script.js", get(script))
        .route("/{token}/state", get(state))
        .route("/{token}/page/{side}", get(side))
        .route("/{token}/picture/{picture}", get(picture))
        .route("/{token}/source/{*path}", get(source))
        .route("/{token}/epub/{*path}", get(epub))
        .fallback(async || StatusCode::NOT_FOUND)
        .layer(middleware::from_fn_with_state(desk.clone(), guard))
        .with_state(desk)
}

/// Lets nobody in who is not meant, and has no answer kept or looked at by others.
async fn guard(State(desk): State<Desk>, request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    if !desk.address.is_of(host, request.uri().path()) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
    ] {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

async fn page(State(desk): State<Desk>) -> Response {
    of_type("text/html; charset=utf-8", desk.page.as_bytes().to_vec())
}

async fn style() -> Response {
    of_type("text/css; charset=utf-8", include_bytes!("style.css").to_vec())
}

async fn script() -> Response {
    of_type("text/javascript; charset=utf-8", include_bytes!("script.js").to_vec())
}

/// What there is to see, as soon as it differs from what the browser has: `state?after=3`.
async fn state(State(desk): State<Desk>, RawQuery(query): RawQuery) -> Response {
    let after = query.as_deref().and_then(|query| query.strip_prefix("after="));
    let after: u64 = after.and_then(|after| after.parse().ok()).unwrap_or(0);
    let mut proofs = desk.proofs.clone();
    let newer = proofs.wait_for(|proof| proof.version > after);
    match tokio::time::timeout(PATIENCE, newer).await {
        Ok(Ok(proof)) => {
            let told = told(&proof);
            drop(proof);
            of_type("application/json", told.to_string().into_bytes())
        }
        Ok(Err(_)) | Err(_) => StatusCode::NO_CONTENT.into_response(),
    }
}

/// A proof as the page's script reads it.
fn told(proof: &Proof) -> Value {
    let state = match proof.state {
        Stage::Beginning => "beginning",
        Stage::Pages => "pages",
        Stage::Whole => "whole",
        Stage::Errors => "errors",
    };
    let epub = proof.epub.as_ref().map(
        |volume| json!({ "stamp": format!("{:x}", volume.stamp), "documents": volume.documents }),
    );
    json!({
        "version": proof.version,
        "state": state,
        "findings": *proof.findings,
        "book": proof.pages.as_deref().map(book),
        "epub": epub,
    })
}

fn book(pages: &Pages) -> Value {
    let (book, layout) = (&pages.resolved.book, &pages.layout);
    let sides = pages.sides.iter();
    let sides: Vec<Value> = sides
        .map(|side| json!({ "label": side.label, "stamp": format!("{:x}", side.stamp) }))
        .collect();
    let contents: Vec<Value> = layout
        .outline
        .iter()
        // The front cover comes before the pages.
        .map(|it| json!({ "level": it.level, "title": it.title, "side": it.place.page + 1 }))
        .collect();
    json!({
        "title": book.metadata.title,
        "language": book.metadata.rules.tag,
        "ratio": pages.paper().width.as_pt() / pages.paper().height.as_pt(),
        "direction": match book.cover.binding {
            Binding::Left => "ltr",
            Binding::Right => "rtl",
        },
        "paged": pages.wanted(),
        "back": layout.back.is_some(),
        "sides": sides,
        "contents": contents,
    })
}

async fn side(State(desk): State<Desk>, Path((_, side)): Path<(String, usize)>) -> Response {
    let pages = desk.proofs.borrow().pages.clone();
    match pages.and_then(|pages| pages.html(side)) {
        Some(html) => of_type("text/html; charset=utf-8", html.into_bytes()),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// A raster picture as e-readers have it: no larger than screens need, in their colours.
async fn picture(
    State(desk): State<Desk>,
    Path((_, picture)): Path<(String, usize)>,
    RawQuery(query): RawQuery,
) -> Response {
    let pages = desk.proofs.borrow().pages.clone();
    // A large one takes its time; others go on meanwhile.
    let made = tokio::task::spawn_blocking(move || {
        let shown = image::for_reader(pages.as_ref()?.resolved.book.pictures.get(picture)?).ok()?;
        let stamp = pages.as_ref()?.stamp(picture);
        Some((of_type(shown.kind.media_type(), shown.bytes.to_vec()), stamp))
    });
    let Ok(Some((mut response, stamp))) = made.await else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY_OF_BOOK));
    // Its address changes with its bytes; one from before a change gives others.
    if query == Some(format!("{stamp:x}")) {
        let kept = HeaderValue::from_static("private, max-age=86400, immutable");
        headers.insert(header::CACHE_CONTROL, kept);
    }
    response
}

/// A text of the book, if it was read: whatever else lies on the disk is not looked for.
async fn source(State(desk): State<Desk>, Path((_, path)): Path<(String, String)>) -> Response {
    let proof = Arc::clone(&desk.proofs.borrow());
    let found = proof.texts.iter().find(|text| *text.path == *path);
    match found {
        Some(text) => of_type("text/plain; charset=utf-8", text.text.as_bytes().to_vec()),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn epub(State(desk): State<Desk>, Path((_, path)): Path<(String, String)>) -> Response {
    let volume = desk.proofs.borrow().epub.clone();
    let Some(bytes) = volume.and_then(|volume| volume.file(&path)) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let mut response = of_type(volume::media_type(&path), bytes);
    let policy = HeaderValue::from_static(POLICY_OF_BOOK);
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    response
}

fn of_type(media: &'static str, bytes: Vec<u8>) -> Response {
    let headers = HeaderMap::from_iter([(header::CONTENT_TYPE, HeaderValue::from_static(media))]);
    (headers, bytes).into_response()
}
