//! Key details in several JSON values (JSON Lines, joined files), and the limit of entries.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use mgdc_decrypt::{DataDrop, Error, KeyDetailsDocument, TooMuch};

/// One entry, identified by `number`.
fn entry(number: usize) -> String {
    let value = format!("{number:0>6}{:A>338}", "==");
    format!(
        r#"{{"PublicKeyVersion":"{number:032x}","DecryptionKeyValue":"{value}","DecryptionKeyIV":"vLvaqqAN8GaYI9gGuX1bsQ=="}}"#
    )
}

/// The numbers of the entries that are found, and the errors of the others.
fn read(json: &[u8]) -> (Vec<usize>, Vec<String>) {
    let document = KeyDetailsDocument::parse(json).unwrap();
    let numbers = document.entries.iter().map(|entry| entry.public_key_version.as_deref().unwrap());
    let numbers = numbers.map(|version| usize::from_str_radix(version, 16).unwrap()).collect();
    (numbers, document.faults.iter().map(ToString::to_string).collect())
}

#[test]
fn json_lines_and_values_in_a_row_are_read() {
    let (one, two, three) = (entry(1), entry(2), entry(3));
    for text in [
        format!("{one}\n{two}\n{three}"),
        format!("{one}\n{two}\n{three}\n"),
        format!("{one}\r\n{two}\r\n{three}\r\n"),
        format!("\n\n{one}\n  \n{two}\n\n\n{three}\n \n"),
        format!("\u{FEFF}{one}\n{two}\n{three}\n"),
        format!("{one}{two}{three}"),
        format!("{one} {two}\n{three}"),
        format!("[{one},\n{two},\n{three}]"),
        format!("[{one}]\n[{two},{three}]\n"),
        format!("{{\"DecryptionKeyDetails\":{one}}}\n{{\"DecryptionKeyDetails\":[{two},{three}]}}\n"),
        // Joined files, each with its byte order mark.
        format!("\u{FEFF}{one}\n\u{FEFF}{two}\n\u{FEFF}{three}\n"),
    ] {
        let utf16 = |unit: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
        for json in [text.clone().into_bytes(), utf16(u16::to_le_bytes), utf16(u16::to_be_bytes)] {
            let (numbers, faults) = read(&json);
            assert_eq!(numbers, [1, 2, 3], "{text}");
            // Only the last of the texts is read line by line, because byte order marks are not blanks in JSON.
            assert!(faults.is_empty() || text.matches('\u{FEFF}').count() == 3, "{faults:?}");
        }
    }
}

#[test]
fn entries_of_several_lines_are_told_apart_by_their_place() {
    let text = format!("{}\n\n[{}, {}]\n", entry(1), entry(2), entry(3));
    let document = KeyDetailsDocument::parse(text.as_bytes()).unwrap();
    let places: Vec<&str> = document.entries.iter().map(|entry| entry.place.as_str()).collect();
    assert_eq!(places, ["line 1: $", "line 3: $[0]", "line 3: $[1]"]);
}

#[test]
fn a_damaged_line_hides_no_other_and_is_named() {
    let (one, two, three) = (entry(1), entry(2), entry(3));
    let cut = &two[..100];
    let headless = &two[30..];
    for (text, numbers, lines) in [
        (format!("{one}\n{cut}\n{three}\n"), vec![1, 3], vec!["line 2"]),
        (format!("{one}\n{headless}\n{three}\n"), vec![1, 3], vec!["line 2"]),
        (format!("{one}\n<html>\n{three}\n{cut}"), vec![1, 3], vec!["line 2", "line 4"]),
        (format!("{cut}\n{two}\n\n{three}\n"), vec![2, 3], vec!["line 1"]),
        (format!("{one}\n{two}\n{three}\n{cut}"), vec![1, 2, 3], vec!["line 4"]),
        // An array with an element in each line, damaged or cut.
        (format!("[\n  {one},\n  {cut},\n  {three}\n]\n"), vec![1, 3], vec!["line 3"]),
        (format!("[{one},\n{two},\n{cut}"), vec![1, 2], vec!["line 3"]),
        (format!("[{one},\n{two},\n"), vec![1, 2], vec!["line 3"]),
        (format!("{{\"DecryptionKeyDetails\": [\n{one},\n{cut},\n{three}]}}"), vec![1], vec!["line 3", "line 4"]),
    ] {
        let (found, faults) = read(text.as_bytes());
        assert_eq!(found, numbers, "{text}");
        assert_eq!(faults.len(), lines.len(), "{text}: {faults:?}");
        for (fault, line) in faults.iter().zip(lines) {
            assert!(fault.contains(&format!("at {line},")), "{fault}");
        }
    }
}

#[test]
fn a_document_over_many_lines_that_is_damaged_is_one_fault() {
    let text = "{\n  \"DecryptionKeyDetails\": [\n    {\n      \"DecryptionKeyValue\": \"AAAA\",\n    }\n  ]\n}\n";
    let fault = KeyDetailsDocument::parse(text.as_bytes()).unwrap_err();
    assert!(fault.to_string().contains("at line 5, column 5"), "{fault}");
}

#[test]
fn more_entries_than_wanted_are_refused_as_a_limit_and_not_as_damage() {
    let document = |numbers: std::ops::Range<usize>| numbers.map(entry).collect::<Vec<_>>().join("\n");
    let refused = |drop: &DataDrop| drop.faults().iter().map(|fault| fault.error.clone()).collect::<Vec<_>>();
    let limit = Error::KeyDetailsLimit { reason: TooMuch::Entries { limit: 5 } };

    let mut drop = DataDrop::with_limit(5);
    assert_eq!(drop.add_document("a.json", document(0..6).as_bytes()), 0);
    assert_eq!(refused(&drop), std::slice::from_ref(&limit));
    assert!(limit.to_string().contains("more than 5 entries"), "{limit}");

    // Each document is within the limit, but both together exceed it. An entry in both counts once.
    let mut drop = DataDrop::with_limit(5);
    assert_eq!(drop.add_document("a.json", document(0..3).as_bytes()), 3);
    assert_eq!(drop.add_document("b.json", document(1..5).as_bytes()), 2);
    assert_eq!(drop.add_document("c.json", document(0..5).as_bytes()), 0);
    assert_eq!(refused(&drop), []);
    assert_eq!(drop.add_document("d.json", document(5..6).as_bytes()), 0);
    assert_eq!((refused(&drop), drop.entries().len()), (vec![limit], 5));

    let mut drop = DataDrop::default();
    assert_eq!(drop.add_document("a.json", document(0..10_000).as_bytes()), 10_000, "as many as usual");
    assert_eq!(drop.add_document("b.json", document(10_000..10_001).as_bytes()), 0);

    let mut drop = DataDrop::default();
    drop.refuse_document("a.json", 70_000_000, 67_108_864);
    let fault = &drop.faults()[0].error;
    assert_eq!(fault.code(), "ERR_KEY_DETAILS_LIMIT");
    assert!(fault.to_string().contains("70000000 bytes, more than the 67108864 that are read"), "{fault}");
}

#[test]
fn faults_count_as_entries_do() {
    let lines = format!("{}\n{}", entry(1), "{\n".repeat(9));
    assert_eq!(DataDrop::with_limit(10).add_document("a.json", lines.as_bytes()), 1);
    let mut drop = DataDrop::with_limit(9);
    assert_eq!(drop.add_document("a.json", lines.as_bytes()), 0);
    assert_eq!(drop.faults()[0].error.code(), "ERR_KEY_DETAILS_LIMIT");
}
