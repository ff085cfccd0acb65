//! Quotes text so that a shell takes it literally.

/// What PowerShell takes for a single quotation mark: `'` and the curly ones (about_Quoting_Rules; `IsSingleQuote` in
/// PowerShell's CharTraits.cs).
const SINGLE: [char; 5] = ['\'', '\u{2018}', '\u{2019}', '\u{201A}', '\u{201B}'];

/// An argument for PowerShell, in single quotes where it needs any: nothing is expanded in these, and each quotation
/// mark is doubled.
///
/// ```
/// use mgdc_decrypt::readiness::quoted;
///
/// assert_eq!(quoted("Fabrikam's $5"), "'Fabrikam''s $5'");
/// assert_eq!(quoted("USA_mailboxes"), "USA_mailboxes");
/// ```
pub fn quoted(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('\'');
    for c in text.chars() {
        quoted.push(c);
        if SINGLE.contains(&c) {
            quoted.push(c);
        }
    }
    quoted.push('\'');
    quoted
}

/// An argument for a POSIX shell. Single quotes cannot be escaped inside single quotes: they stand outside of them.
pub(super) fn shell_quoted(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { format!("'{}'", text.replace('\'', r"'\''")) }
}

/// Whether the text needs no quotation marks: it begins with a letter, so it is neither a number nor a parameter.
fn is_plain(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.:/-".contains(&byte))
}
