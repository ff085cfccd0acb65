//! Moments as tools write them → seconds since 1970.
//!
//! A date in the order of some country is not read: nobody can tell 05/06 from 06/05.

use super::members::{Object, member, set};
use serde::Serializer;
use serde_json::Value;

/// Beyond this, a number with a fraction has no exact seconds, and JavaScript has no exact number: 2^53.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// What a member says of a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Moment {
    /// Visible and unset.
    Unset,
    /// A moment. `zone` is false when the text names no time zone, and UTC was taken.
    Set { seconds: i64, zone: bool },
    /// There is something that is no date, or one in the order of some country.
    Unreadable(String),
}

/// Reads a JSON value: seconds, `/Date(milliseconds)/`, ISO 8601, or PowerShell's objects around one of them.
pub(super) fn moment(value: &Value) -> Moment {
    match value {
        Value::Null => Moment::Unset,
        Value::Number(number) => number
            .as_i64()
            .or_else(|| number.as_f64().filter(|float| float.abs() < EXACT).map(|float| float.floor() as i64))
            .map_or_else(|| Moment::Unreadable(number.to_string()), |seconds| Moment::Set { seconds, zone: true }),
        Value::String(text) => of_text(text),
        Value::Object(object) => of_object(object),
        other => Moment::Unreadable(short(&other.to_string())),
    }
}

fn of_object(object: &Object) -> Moment {
    for name in ["value", "datetime"] {
        if let Some(value) = set(object, name).filter(|value| !value.is_object()) {
            return moment(value);
        }
    }
    let is_known = ["value", "datetime"].iter().any(|name| member(object, name).is_some());
    if is_known { Moment::Unset } else { Moment::Unreadable("an object".to_owned()) }
}

fn of_text(text: &str) -> Moment {
    let text = text.trim();
    if text.is_empty() {
        return Moment::Unset;
    }
    let seconds = of_date_call(text).or_else(|| text.parse().ok());
    match seconds.map(|seconds| (seconds, true)).or_else(|| iso(text)).or_else(|| invariant(text)) {
        Some((seconds, zone)) => Moment::Set { seconds, zone },
        None => Moment::Unreadable(short(text)),
    }
}

/// At most 60 characters, for messages.
fn short(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(60).collect()
}

/// `/Date(1827619199000)/`, also with an offset, which does not change the moment.
fn of_date_call(text: &str) -> Option<i64> {
    let inner = text.strip_prefix("/Date(").or_else(|| text.strip_prefix("\\/Date("))?;
    let (inner, _) = inner.split_once(')')?;
    let end = inner.char_indices().skip(1).find(|(_, c)| !c.is_ascii_digit()).map_or(inner.len(), |(at, _)| at);
    let milliseconds: i64 = inner.get(..end)?.parse().ok()?;
    Some(milliseconds.div_euclid(1000))
}

/// ISO 8601: `2027-11-30T23:59:59.0000000+00:00`, also with a blank for the `T`, without seconds, or a date alone.
fn iso(text: &str) -> Option<(i64, bool)> {
    let mut rest = text;
    let year = digits(&mut rest, 4)?;
    let month = after(&mut rest, '-', 2)?;
    let day = after(&mut rest, '-', 2)?;
    let days = days(year, month, day)?;
    if rest.is_empty() {
        return Some((days * 86_400, false));
    }
    rest = rest.strip_prefix(['T', 't', ' '])?;
    let time = clock(&mut rest)?;
    let rest = rest.trim_start();
    let (offset, zone) = match rest {
        "" => (0, false),
        "Z" | "z" | "UTC" | "GMT" => (0, true),
        _ => (offset(rest)?, true),
    };
    Some((days * 86_400 + time - offset, zone))
}

/// `23:59`, `23:59:59`, `23:59:59.1234567`, in seconds.
fn clock(rest: &mut &str) -> Option<i64> {
    let (hour, minute) = (digits(rest, 2)?, after(rest, ':', 2)?);
    let second = if rest.starts_with(':') { after(rest, ':', 2)? } else { 0 };
    if let Some(fraction) = rest.strip_prefix(['.', ',']) {
        let end = fraction.find(|c: char| !c.is_ascii_digit()).unwrap_or(fraction.len());
        if end == 0 {
            return None;
        }
        *rest = fraction.get(end..)?;
    }
    (hour < 24 && minute < 60 && second < 60).then_some(hour * 3600 + minute * 60 + second)
}

/// `+05:30`, `+0530`, `-08`.
fn offset(text: &str) -> Option<i64> {
    let sign = match text.chars().next()? {
        '+' => 1,
        '-' | '\u{2212}' => -1,
        _ => return None,
    };
    let mut rest = text.get(text.chars().next()?.len_utf8()..)?;
    let hour = digits(&mut rest, 2)?;
    rest = rest.strip_prefix(':').unwrap_or(rest);
    let minute = if rest.is_empty() { 0 } else { digits(&mut rest, 2)? };
    (rest.is_empty() && hour <= 18 && minute < 60).then_some(sign * (hour * 3600 + minute * 60))
}

/// The forms of .NET that no country changes: `11/30/2027 23:59:59`, which names no zone, and
/// `Tue, 30 Nov 2027 23:59:59 GMT` (RFC 1123).
fn invariant(text: &str) -> Option<(i64, bool)> {
    if let Some((_, date)) = text.split_once(", ") {
        let mut rest = date;
        let day = digits(&mut rest, 2)?;
        let name = rest.strip_prefix(' ')?;
        let month = MONTHS.iter().position(|month| name.starts_with(month))? as i64 + 1;
        rest = name.get(3..)?.strip_prefix(' ')?;
        let year = digits(&mut rest, 4)?;
        rest = rest.strip_prefix(' ')?;
        let time = clock(&mut rest)?;
        return (rest == " GMT").then_some(()).and_then(|()| Some((days(year, month, day)? * 86_400 + time, true)));
    }
    let mut rest = text;
    let month = digits(&mut rest, 2)?;
    let day = after(&mut rest, '/', 2)?;
    let year = after(&mut rest, '/', 4)?;
    rest = rest.strip_prefix(' ')?;
    let time = clock(&mut rest)?;
    // With an offset: a DateTimeOffset in the same form.
    let (offset, zone) = match rest.trim_start() {
        "" => (0, false),
        "Z" | "UTC" => (0, true),
        text => (offset(text)?, true),
    };
    Some((days(year, month, day)? * 86_400 + time - offset, zone))
}

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

fn digits(rest: &mut &str, count: usize) -> Option<i64> {
    let (digits, behind) = rest.split_at_checked(count)?;
    *rest = behind;
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())?
}

fn after(rest: &mut &str, sign: char, count: usize) -> Option<i64> {
    *rest = rest.strip_prefix(sign)?;
    digits(rest, count)
}

/// Days since 1970 of a date that exists (Howard Hinnant, "chrono-compatible low-level date algorithms").
fn days(year: i64, month: i64, day: i64) -> Option<i64> {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        2 => 28 + i64::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if !(1..=9999).contains(&year) || !(1..=last).contains(&day) {
        return None;
    }
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
}

/// A moment for people: `2027-11-30 23:59:59 UTC`.
pub fn date_of(seconds: i64) -> String {
    let (days, time) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02} {:02}:{:02}:{:02} UTC", time / 3600, time / 60 % 60, time % 60)
}

/// A moment as a number that JavaScript takes, too: beyond 2^53 it is only nearly the same.
pub(super) fn as_number<S: Serializer>(moment: &Option<Option<i64>>, serializer: S) -> Result<S::Ok, S::Error> {
    match moment.flatten() {
        Some(seconds) if (seconds as f64).abs() >= EXACT => serializer.serialize_f64(seconds as f64),
        Some(seconds) => serializer.serialize_i64(seconds),
        None => serializer.serialize_none(),
    }
}

/// Reads a moment in ISO 8601, or in seconds since 1970; `None` for anything else.
pub fn parse_instant(text: &str) -> Option<i64> {
    match of_text(text) {
        Moment::Set { seconds, .. } => Some(seconds),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Moment, date_of, moment};
    use serde_json::json;

    const EXPIRY: i64 = 1_827_619_199; // 2027-11-30T23:59:59Z

    #[test]
    fn every_form_gives_the_same_moment() {
        for (value, zone) in [
            (json!(EXPIRY), true),
            (json!(EXPIRY.to_string()), true),
            (json!(1_827_619_199.5), true),
            (json!("/Date(1827619199000)/"), true),
            (json!("/Date(1827619199000+0200)/"), true),
            (json!("2027-11-30T23:59:59Z"), true),
            (json!("2027-11-30T23:59:59.9999999Z"), true),
            (json!("2027-11-30T23:59:59+00:00"), true),
            (json!("2027-12-01T05:29:59+05:30"), true),
            (json!("2027-11-30 15:59:59-0800"), true),
            (json!("2027-11-30T23:59:59"), false),
            (json!("11/30/2027 23:59:59"), false),
            (json!("11/30/2027 23:59:59 +00:00"), true),
            (json!("Tue, 30 Nov 2027 23:59:59 GMT"), true),
            (
                json!({"value": "/Date(1827619199000)/", "DisplayHint": 2, "DateTime": "Tuesday, November 30, 2027"}),
                true,
            ),
            (json!({"DateTime": "2027-11-30T23:59:59Z"}), true),
        ] {
            assert_eq!(moment(&value), Moment::Set { seconds: EXPIRY, zone }, "{value}");
        }
    }

    #[test]
    fn what_is_no_date_is_never_guessed() {
        for value in [
            json!("never"),
            json!("2027-02-30T00:00:00Z"),
            json!("2027-13-01T00:00:00Z"),
            json!("2027-11-30T24:00:00Z"),
            json!("30/11/2027 23:59:59"),
            json!("11/30/2027 11:59:59 PM"),
            json!("30.11.2027 23:59:59"),
            json!("30 November 2027"),
            json!(1e300),
            json!(u64::MAX),
            json!("99999999999999999999"),
            json!(true),
            json!([1]),
            json!({"a": 1}),
            json!("2027-11-30T23:59:59+25:00"),
            json!("/Date(abc)/"),
            json!("+"),
            json!("/Date()/"),
        ] {
            assert!(matches!(moment(&value), Moment::Unreadable(_)), "{value}");
        }
        assert_eq!((moment(&json!(null)), moment(&json!(" "))), (Moment::Unset, Moment::Unset));
    }

    #[test]
    fn dates_are_written_as_they_are_read() {
        for seconds in [0, EXPIRY, -1, 253_402_300_799, 951_782_400, 951_868_800] {
            let text = date_of(seconds).replace(" UTC", "Z");
            assert_eq!(moment(&json!(text)), Moment::Set { seconds, zone: true }, "{text}");
        }
        assert_eq!(date_of(253_402_300_800), "10000-01-01 00:00:00 UTC");
        // No number overflows.
        assert!(date_of(i64::MAX).ends_with(" UTC") && date_of(i64::MIN).ends_with(" UTC"));
    }
}
