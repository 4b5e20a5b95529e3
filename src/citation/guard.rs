//! A call of a back end that may give up on a hostile text by a panic, or need a deep stack.

use std::thread;

/// Enough for texts nested as deep as the readers follow.
const STACK: usize = 16 * 1024 * 1024;

/// What `call` gives; none where it gave up.
pub fn guarded<T: Send>(call: impl FnOnce() -> T + Send) -> Option<T> {
    thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(STACK);
        thread.spawn_scoped(scope, call).ok()?.join().ok()
    })
}
