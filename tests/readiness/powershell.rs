//! Reads a PowerShell command line as PowerShell would bind it (about_Parsing, about_Quoting_Rules), and refuses what
//! it would expand or run. The same as generators/ps_arguments.py.

use std::collections::BTreeMap;

const SINGLE: &str = "'\u{2018}\u{2019}\u{201A}\u{201B}";

/// The cmdlet, and the values of each parameter.
pub(crate) fn arguments(command: &str) -> Result<(String, BTreeMap<String, Vec<String>>), String> {
    let chars: Vec<char> = command.chars().collect();
    let (mut tokens, mut at) = (Vec::new(), 0);
    while at < chars.len() {
        let c = chars[at];
        if c == ' ' || c == '\t' || c == ',' {
            at += 1;
        } else if SINGLE.contains(c) {
            let mut text = String::new();
            at += 1;
            loop {
                let c = *chars.get(at).ok_or("the quotation does not end")?;
                let is_double = chars.get(at + 1).is_some_and(|next| SINGLE.contains(*next));
                match (SINGLE.contains(c), is_double) {
                    (true, true) => {
                        text.push(c);
                        at += 2;
                    }
                    (true, false) => break,
                    (false, _) => {
                        text.push(c);
                        at += 1;
                    }
                }
            }
            at += 1;
            tokens.push((true, text));
        } else {
            let is_bare = |c: char| c.is_ascii_alphanumeric() || "_.:/\\-".contains(c);
            let length = chars[at..].iter().take_while(|c| is_bare(**c)).count();
            if length == 0 {
                return Err(format!("bare {c:?}"));
            }
            tokens.push((false, chars[at..at + length].iter().collect()));
            at += length;
        }
    }
    let mut tokens = tokens.into_iter();
    let (_, cmdlet) = tokens.next().ok_or("no cmdlet")?;
    let (mut found, mut name) = (BTreeMap::<String, Vec<String>>::new(), None);
    for (is_quoted, text) in tokens {
        match (&name, text.strip_prefix('-').filter(|_| !is_quoted)) {
            (_, Some(parameter)) => {
                found.insert(parameter.to_owned(), Vec::new());
                name = Some(parameter.to_owned());
            }
            (Some(name), None) => found.get_mut(name).unwrap().push(text),
            (None, None) => return Err(format!("{text} belongs to no parameter")),
        }
    }
    Ok((cmdlet, found))
}
