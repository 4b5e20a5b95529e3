//! Looking through the bytes of long texts.

/// How many bytes are looked at together: as many as a register of every processor holds.
const TOGETHER: usize = 16;

/// Where a byte and the next one (0 after the last) first are `wanted`, which must not branch: then many
/// are looked at together.
pub fn first(bytes: &[u8], wanted: impl Fn(u8, u8) -> bool) -> Option<usize> {
    let (&last, before) = bytes.split_last()?;
    let nexts = &bytes[1..];
    let groups = before.as_chunks::<TOGETHER>().0.iter().zip(nexts.as_chunks::<TOGETHER>().0);
    let without = groups.take_while(|(bytes, nexts)| {
        let pairs = bytes.iter().zip(*nexts);
        pairs.fold(0, |found, (&byte, &next)| found | u8::from(wanted(byte, next))) == 0
    });
    let from = without.count() * TOGETHER;
    let mut pairs = before[from..].iter().zip(&nexts[from..]);
    let found = pairs.position(|(&byte, &next)| wanted(byte, next)).map(|at| from + at);
    found.or_else(|| wanted(last, 0).then_some(before.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_pair_is_found_wherever_it_stands() {
        for length in 0..70 {
            let mut bytes = vec![b'.'; length];
            assert_eq!(first(&bytes, |byte, _| byte == b'*'), None);
            for at in (0..length).rev() {
                bytes[at] = b'*';
                assert_eq!(first(&bytes, |byte, _| byte == b'*'), Some(at), "{length}");
                let alone = |byte, next| (byte == b'.') & (next == b'*');
                assert_eq!(first(&bytes, alone), at.checked_sub(1));
            }
            let end = length.checked_sub(1);
            assert_eq!(first(&bytes, |_, next| next == 0), end);
        }
    }
}
