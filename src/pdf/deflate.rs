//! Compression of streams: each is compressed once, by one library, at one level.

use libdeflater::{CompressionLvl, Compressor};
use lopdf::{Dictionary, Stream};

/// Compresses streams (ISO 32000-1, 7.4.4), keeping its buffers from one to the next.
pub struct Deflater {
    compressor: Compressor,
    buffer: Vec<u8>,
}

impl Deflater {
    /// Level 6: more costs much time and saves under one part in a hundred.
    pub fn new() -> Self {
        Self { compressor: Compressor::new(CompressionLvl::default()), buffer: Vec::new() }
    }

    /// `bytes` in the zlib format.
    #[expect(clippy::expect_used, reason = "the buffer is as long as the longest possible output")]
    pub fn compress(&mut self, bytes: &[u8]) -> Vec<u8> {
        self.buffer.resize(self.compressor.zlib_compress_bound(bytes.len()), 0);
        let length =
            self.compressor.zlib_compress(bytes, &mut self.buffer).expect("the output fits");
        self.buffer[..length].to_vec()
    }

    /// A compressed stream with the entries of `dictionary`.
    pub fn stream(&mut self, dictionary: Dictionary, bytes: &[u8]) -> Stream {
        packed(dictionary, self.compress(bytes))
    }
}

/// A stream whose bytes are already in the zlib format.
pub fn packed(mut dictionary: Dictionary, bytes: Vec<u8>) -> Stream {
    dictionary.set("Filter", "FlateDecode");
    Stream::new(dictionary, bytes)
}
