//! Sets of characters.

/// A set of characters, a bit each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Characters(Vec<u64>);

impl Characters {
    /// Whether `c` is among them.
    pub fn contains(&self, c: char) -> bool {
        let code = u32::from(c);
        self.0.get(code as usize / 64).is_some_and(|bits| bits >> (code % 64) & 1 == 1)
    }

    /// Adds a character.
    pub fn insert(&mut self, c: char) {
        let code = u32::from(c);
        let word = code as usize / 64;
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= 1 << (code % 64);
    }

    /// Adds those of another set.
    pub fn unite(&mut self, other: &Self) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        self.0.iter_mut().zip(&other.0).for_each(|(ours, theirs)| *ours |= theirs);
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|&bits| bits == 0)
    }

    /// Every character, in the order of their codes.
    pub fn iter(&self) -> impl Iterator<Item = char> {
        (0_u32..).zip(&self.0).flat_map(|(word, &bits)| {
            let codes =
                (0..64).filter(move |bit| bits >> bit & 1 == 1).map(move |bit| word * 64 + bit);
            codes.filter_map(char::from_u32)
        })
    }
}

impl FromIterator<char> for Characters {
    fn from_iter<I: IntoIterator<Item = char>>(characters: I) -> Self {
        let mut set = Self::default();
        characters.into_iter().for_each(|c| set.insert(c));
        set
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_holds_what_was_put_into_it_once_and_in_order() {
        let mut set: Characters = "𠀀心版版".chars().collect();
        set.unite(&"a".chars().collect());
        assert_eq!(set.iter().collect::<String>(), "a心版𠀀");
        assert!(set.contains('心') && !set.contains('b') && !set.contains('\u{10FFFF}'));
        assert!(Characters::default().is_empty() && !set.is_empty());
    }
}
