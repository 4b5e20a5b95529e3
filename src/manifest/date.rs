//! Days, and the moment an edition was last changed.

/// The last second that a year of four digits has.
const LAST_SECOND: u64 = 253_402_300_799;
/// Seconds in a day.
const DAY: u64 = 86_400;

/// Whether `text` is a day that exists, written `YYYY-MM-DD` (ISO 8601, extended format).
pub fn is_day(text: &str) -> bool {
    let bytes = text.as_bytes();
    let shaped = bytes.len() == 10
        && bytes.iter().enumerate().all(|(place, byte)| match place {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if !shaped {
        return false;
    }
    let number = |from: usize, to: usize| text[from..to].parse::<u32>().unwrap_or(0);
    let (year, month, day) = (number(0, 4), number(5, 7), number(8, 10));
    year > 0 && (1..=days_in(year, month)).contains(&day)
}

/// How many days a month has; none for a month that does not exist.
fn days_in(year: u32, month: u32) -> u32 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    }
}

/// `YYYY-MM-DDThh:mm:ssZ`: the moment that the environment gives in seconds since 1970, else the
/// start of the day of publication.
pub fn modified(epoch: Option<u64>, day: &str) -> String {
    epoch.map_or_else(|| format!("{day}T00:00:00Z"), moment)
}

/// A moment in seconds since 1970, as [`modified`] writes it.
pub fn moment(seconds: u64) -> String {
    let seconds = seconds.min(LAST_SECOND);
    let (year, month, day) = civil(seconds / DAY);
    let second = seconds % DAY;
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

/// Year, month and day of the day that is `days` after 1970-01-01.
///
/// Counted in eras of 400 years that begin on 1 March, so that a leap day ends its year.
fn civil(days: u64) -> (u64, u64, u64) {
    // Days from 0000-03-01 to 1970-01-01, and days in 400, 100, 4 years and one.
    let days = days + 719_468;
    let (era, of_era) = (days / 146_097, days % 146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let (month, next) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    (era * 400 + year + next, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_must_exist() {
        for day in ["2025-12-23", "2024-02-29", "2000-02-29"] {
            assert!(is_day(day), "{day}");
        }
        for no_day in ["2025-2-3", "2025-13-01", "2025-02-29", "1900-02-29", "2025-04-31", "年月日"]
        {
            assert!(!is_day(no_day), "{no_day}");
        }
    }

    #[test]
    fn the_moment_of_change_is_the_environments_or_the_day_of_publication() {
        assert_eq!(modified(None, "2025-12-23"), "2025-12-23T00:00:00Z");
        assert_eq!(modified(Some(0), ""), "1970-01-01T00:00:00Z");
        assert_eq!(modified(Some(951_782_399), ""), "2000-02-28T23:59:59Z");
        assert_eq!(modified(Some(951_782_400), ""), "2000-02-29T00:00:00Z");
        assert_eq!(modified(Some(1_735_689_599), ""), "2024-12-31T23:59:59Z");
        assert_eq!(modified(Some(u64::MAX), ""), "9999-12-31T23:59:59Z");
    }
}
