//! Text → the JSON values in it: usually one; several in JSON Lines and in files that were joined.

use crate::error::Error;
use crate::text;
use serde_json::Value;

/// A value with its place, or the error of its line.
pub(super) type Document = (String, Result<Value, Error>);

/// Every JSON value of UTF-8 or UTF-16 text. In JSON Lines a damaged line does not hide the others.
///
/// # Errors
/// `ERR_KEY_DETAILS_JSON` when there is none.
pub(super) fn documents(json: &[u8]) -> Result<Vec<Document>, Error> {
    let fault = |problem, line, column| Error::KeyDetailsJson { problem, line, column };
    let text = text::decode(json).ok_or_else(|| fault("it is neither UTF-8 nor UTF-16 text", 0, 0))?;
    // A block of fixed size is filled up with zeros.
    let text = Some(text.trim_end_matches('\0')).filter(|rest| !rest.is_empty()).unwrap_or(&text);
    if is_blank(text) {
        return Err(fault("the file is empty", 1, 1));
    }
    match in_a_row(text) {
        Ok(values) => Ok(values),
        Err(error) => by_line(text, describe(&error, 0, 0)),
    }
}

fn in_a_row(text: &str) -> Result<Vec<Document>, serde_json::Error> {
    let mut values: Vec<(usize, Value)> = Vec::new();
    let mut stream = serde_json::Deserializer::from_str(text).into_iter();
    loop {
        let start = stream.byte_offset();
        match stream.next() {
            Some(value) => values.push((start, value?)),
            None => break,
        }
    }
    let is_one = values.len() == 1;
    let (mut line, mut at) = (1, 0);
    let mut place = |start: usize| {
        let end = start + text.get(start..).map_or(0, |rest| rest.len() - rest.trim_start().len());
        line += text.get(at..end).map_or(0, |passed| passed.matches('\n').count());
        at = end;
        if is_one { "$".into() } else { format!("line {line}: $") }
    };
    Ok(values.into_iter().map(|(start, value)| (place(start), Ok(value))).collect())
}

/// The values of single lines, for a damaged text that is JSON Lines, or an array with one element in each line. For
/// any other text the result is `whole`, the error of the text as a whole.
fn by_line(text: &str, whole: Error) -> Result<Vec<Document>, Error> {
    let mut documents: Vec<Document> = Vec::new();
    let (mut found, mut damaged, mut is_lines) = (false, false, None);
    for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !is_blank(line)) {
        let value = element(line);
        let values = in_a_row(value);
        let is_lines = *is_lines.get_or_insert(values.is_ok());
        match values {
            Ok(values) if value.starts_with(['{', '[']) => {
                found = true;
                documents.extend(values.into_iter().map(|(_, value)| (format!("line {number}: $"), value)));
            }
            // A part of a value that spans several lines.
            Err(_) if !is_lines && (!value.starts_with('{') || value.ends_with(['{', '['])) => {}
            Err(error) => {
                damaged = true;
                let before = value.as_ptr().addr() - line.as_ptr().addr();
                documents.push((String::new(), Err(describe(&error, number - 1, before))));
            }
            Ok(_) => {}
        }
    }
    if !found {
        return Err(whole);
    }
    if !damaged {
        documents.push((String::new(), Err(whole)));
    }
    Ok(documents)
}

/// A line without the brackets and commas of an array around it.
fn element(line: &str) -> &str {
    let value = line.trim_matches(|c: char| c.is_whitespace() || c == BYTE_ORDER_MARK).trim_end_matches(',');
    match value.strip_prefix('[').filter(|rest| rest.starts_with('{')).unwrap_or(value) {
        object if object.starts_with('{') => object.strip_suffix(']').unwrap_or(object),
        other => other,
    }
}

/// Joined files have it in the middle.
const BYTE_ORDER_MARK: char = '\u{FEFF}';

fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || c == BYTE_ORDER_MARK)
}

/// `lines` and `columns` are counted before the parsed text.
fn describe(error: &serde_json::Error, lines: usize, columns: usize) -> Error {
    // The parser has no other sign of its own limits.
    let (text, limits) = (error.to_string(), ["recursion limit", "number out of range"]);
    let problem = match limits.map(|beginning| text.starts_with(beginning)) {
        _ if error.is_eof() => "it ends too early",
        [true, _] => "more than the 127 levels that this tool reads",
        [_, true] => "a number that is too big for this tool",
        _ => "a character that does not belong",
    };
    Error::KeyDetailsJson { problem, line: lines + error.line(), column: columns + error.column() }
}
