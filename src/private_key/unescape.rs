//! Undoes what tools do to a PEM text: escapes of JSON, YAML, shells, XML and URLs, and the typography of word
//! processors.

use zeroize::Zeroizing;

/// The text without escapes, however often they were applied: PEM itself has no backslashes. The result is never longer
/// than the text, so the buffer never grows and leaves no copy behind.
pub(super) fn unescaped(text: &str) -> Zeroizing<String> {
    let is_url = text.contains("BEGIN%20") || text.contains("BEGIN+");
    let mut plain = Zeroizing::new(String::with_capacity(text.len()));
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let behind = rest.get(c.len_utf8()..).unwrap_or_default();
        let (meant, left) = match c {
            '\\' => escape(behind),
            '&' => entity(behind),
            '%' if is_url => digits(behind, 2).unwrap_or(('%', behind)),
            '+' if is_url => (' ', behind),
            _ => (c, behind),
        };
        typed(meant, &mut plain);
        rest = left;
    }
    plain
}

/// The character after a backslash, and the rest. Further backslashes are escapes of escapes.
fn escape(text: &str) -> (char, &str) {
    let text = text.trim_start_matches('\\');
    let Some(c) = text.chars().next() else { return (' ', text) };
    let behind = text.get(c.len_utf8()..).unwrap_or_default();
    match c {
        'n' => ('\n', behind),
        'r' => ('\r', behind),
        't' => ('\t', behind),
        'u' => digits(behind, 4).unwrap_or((c, behind)),
        'U' => digits(behind, 8).unwrap_or((c, behind)),
        'x' => digits(behind, 2).unwrap_or((c, behind)),
        _ => (c, behind),
    }
}

fn digits(text: &str, count: usize) -> Option<(char, &str)> {
    let (digits, behind) = text.split_at_checked(count)?;
    let code = u32::from_str_radix(digits, 16).ok().filter(|_| !digits.starts_with('+'))?;
    Some((char::from_u32(code)?, behind))
}

/// The character of the entity after an ampersand, and the rest.
fn entity(text: &str) -> (char, &str) {
    let found = text.split_once(';').filter(|(name, _)| name.len() <= 8).and_then(|(name, behind)| {
        let c = match name {
            "quot" => '"',
            "apos" => '\'',
            "amp" => '&',
            "plus" => '+',
            "NewLine" => '\n',
            _ => {
                let number = name.strip_prefix('#')?;
                let code = match number.strip_prefix(['x', 'X']) {
                    Some(hex) => u32::from_str_radix(hex, 16),
                    None => number.parse(),
                };
                char::from_u32(code.ok()?)?
            }
        };
        Some((c, behind))
    });
    found.unwrap_or(('&', text))
}

/// Appends a character as PEM has it: a hyphen for any dash, a blank for any blank, nothing for characters without
/// width.
fn typed(c: char, plain: &mut String) {
    match c {
        '\u{2010}'..='\u{2013}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}' => plain.push('-'),
        // A long dash stands for several hyphens.
        '\u{2014}' | '\u{2015}' => plain.push_str("--"),
        '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' => plain.push(' '),
        '\u{85}' | '\u{2028}' | '\u{2029}' => plain.push('\n'),
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\0' => {}
        '\u{201C}'..='\u{201F}' | '\u{AB}' | '\u{BB}' => plain.push('"'),
        '\u{2018}'..='\u{201B}' => plain.push('\''),
        _ => plain.push(c),
    }
}

#[cfg(test)]
mod tests {
    use super::unescaped;

    #[test]
    fn undoes_escapes_of_any_depth() {
        for (escaped, plain) in [
            (r"a\nb", "a\nb"),
            (r"a\\nb\\\\r\\\\n", "a\nb\r\n"),
            (r"a\u002Bb\u002fc\/d", "a+b/c/d"),
            (r"\x2B\U0000002B\u{2B}", "++u{2B}"),
            ("a&#10;b&#xA;c&#x2B;&quot;&plus;&nothing;", "a\nb\nc+\"+&nothing;"),
            ("-----BEGIN%20KEY-----%0AM%2B", "-----BEGIN KEY-----\nM+"),
            ("100%20", "100%20"),
            ("––––– BEGIN\u{A0}KEY —–\u{2212}", "----- BEGIN KEY ----"),
            ("“a‘\u{200B}\u{FEFF}", "\"a'"),
            ("end\\", "end "),
            (r"\u12", "u12"),
            ("&", "&"),
            ("", ""),
        ] {
            assert_eq!(unescaped(escaped).as_str(), plain, "{escaped}");
        }
    }

    #[test]
    fn never_grows() {
        for c in ('\0'..='\u{FFFF}').chain(['\u{1F600}']) {
            assert!(unescaped(&c.to_string()).len() <= c.len_utf8(), "{c:?}");
        }
    }
}
