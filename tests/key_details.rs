//! Key details in every JSON shape that a writer may have chosen: Microsoft's article does not show the nesting.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use mgdc_decrypt::{Error, Iv, KeyDetails, KeyDetailsDocument, KeyKind, parse_key_details};

const VERSION: &str = "501bc4c9f66d877902c60ab27d226ed6";
const IV: [u8; 16] = [0xBF; 16];

fn wrapped(number: u8) -> Vec<u8> {
    vec![number ^ 0xF8; 256]
}

/// Replaces `V1`, `V2`, `V3` (wrapped keys) and `I1` (the IV) by Base64, and `KV` by the version.
fn fill(template: &str) -> String {
    let mut json = template.replace("I1", &STANDARD.encode(IV)).replace("KV", VERSION);
    for number in 1..=3 {
        json = json.replace(&format!("V{number}"), &STANDARD.encode(wrapped(number)));
    }
    json
}

fn parse(template: &str) -> Result<Vec<KeyDetails>, Error> {
    parse_key_details(fill(template).as_bytes())
}

fn assert_one(json: &[u8], what: &str) {
    let details = parse_key_details(json).unwrap_or_else(|error| panic!("{what}: {error}"));
    assert_eq!(details.len(), 1, "{what}");
    // Objects that only pass a part on, or that are no entries, are not damaged entries.
    assert_eq!(KeyDetailsDocument::parse(json).unwrap().faults, [], "{what}");
    let expected = KeyDetails {
        place: details[0].place.clone(),
        public_key_version: Some(VERSION.into()),
        key_identifier: None,
        wrapped_key: wrapped(1),
        iv: Iv::Clear(IV),
        kind: KeyKind::File,
    };
    assert_eq!(details[0], expected, "{what}");
}

const FIELDS: &str = r#""PublicKeyVersion": "KV", "DecryptionKeyValue": "V1", "DecryptionKeyIV": "I1""#;

#[test]
fn every_nesting_gives_the_same_entry() {
    for template in [
        r#"{"DecryptionKeyDetails": {FIELDS}}"#,
        r#"{"DecryptionKeyDetails": [{FIELDS}]}"#,
        r#"[{"DecryptionKeyDetails": {FIELDS}}]"#,
        r#"[{FIELDS}]"#,
        r#"[[{FIELDS}]]"#,
        r#"{FIELDS}"#,
        r#"{"EncryptionKeyDetails": {"DecryptionKeyDetails": {FIELDS}}}"#,
        r#"{"PublicKeyVersion": "KV", "DecryptionKeyDetails": {"DecryptionKeyValue": "V1", "DecryptionKeyIV": "I1"}}"#,
        r#"{"DecryptionKeyDetails": {"DecryptionKeyValue": "V1", "DecryptionKeyIV": "I1"}, "PublicKeyVersion": "KV"}"#,
        r#"{"DecryptionKeyDetails": "RSA wrapped AES-256 key", FIELDS}"#,
        r#"{"DecryptionKeyDetails": {"PublicKeyVersion": "KV", "DecryptionKey": {"value": "V1", "iv": "I1"}}}"#,
        r#"{"DecryptionKeyDetails": {"PublicKeyVersion": "KV", "value": "V1", "iv": "I1"}}"#,
        r#"{"PublicKeyVersion": "KV", "DecryptionKeyDetails": [{"Value": "V1", "IV": "I1"}]}"#,
        r#"{"PublicKeyVersion": "KV", "value": "V1", "iv": "I1"}"#,
        r#"{"PublicKeyVersion": "KV", "DecryptionKeyValue": {"value": "V1", "iv": "I1"}}"#,
        r#"{"PublicKeyVersion": "KV", "DecryptionKeyIV": "I1", "DecryptionKeyDetails": [{"DecryptionKeyValue": "V1"}]}"#,
        r#"{"PublicKeyVersion": "KV", "DecryptionKeyValue": "V1", "DecryptionKeyDetails": {"DecryptionKeyIV": "I1"}}"#,
        r#"{"DecryptionKeyDetails": {"PublicKeyVersion": "KV", "IV": "I1", "Keys": [{"Value": "V1"}]}}"#,
        r#"{"PublicKeyVersion": "KV", "decryptionKeys": [{"type": "File", "value": "V1", "iv": "I1"}]}"#,
        r#"{"PublicKeyVersion": "KV", "DecryptionKeys": [{"DecryptionKeyType": "File", "Value": "V1", "IV": "I1"}]}"#,
        // JobMetadata/Metadata.json, among other properties of a copy activity.
        r#"{"JobId": 7, "Datasets": [{"iv": 1}, {"value": "x", "type": "Column"}], "RunDetails": {FIELDS}}"#,
        r#"{"SchemaVersion": 3, "Notes": null, "DecryptionKeyDetails": {"Algorithm": "A256CBC", "Δοκιμή": [], FIELDS}}"#,
    ] {
        assert_one(fill(&template.replace("FIELDS", FIELDS)).as_bytes(), template);
    }
}

#[test]
fn field_names_are_compared_without_case_and_separators() {
    for [details, version, value, iv] in [
        ["DecryptionKeyDetails", "PublicKeyVersion", "DecryptionKeyValue", "DecryptionKeyIV"],
        ["decryptionKeyDetails", "publicKeyVersion", "decryptionKeyValue", "decryptionKeyIv"],
        ["DECRYPTIONKEYDETAILS", "PUBLICKEYVERSION", "DECRYPTIONKEYVALUE", "DECRYPTIONKEYIV"],
        ["decryption_key_details", "public_key_version", "decryption_key_value", "decryption_key_iv"],
        ["decryption-key-details", "public-key-version", "decryption key value", "Decryption.Key.IV"],
    ] {
        let template = format!(r#"{{"{details}": {{"{version}": "KV", "{value}": "V1", "{iv}": "I1"}}}}"#);
        assert_one(fill(&template).as_bytes(), &template);
    }
}

#[test]
fn every_unicode_encoding_is_read() {
    let json = fill(&format!(r#"{{"Anmerkung": "Grüße 😀", "DecryptionKeyDetails": {{{FIELDS}}}}}"#));
    let marked = format!("\u{FEFF}{json}");
    let utf16 = |text: &str, unit: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
    assert_one(json.as_bytes(), "UTF-8");
    assert_one(marked.as_bytes(), "UTF-8 with BOM");
    for (name, unit) in [("LE", u16::to_le_bytes as fn(u16) -> [u8; 2]), ("BE", u16::to_be_bytes)] {
        assert_one(&utf16(&json, unit), &format!("UTF-16{name}"));
        assert_one(&utf16(&marked, unit), &format!("UTF-16{name} with BOM"));
    }
    assert_one(format!("\r\n {json}\r\n\r\n").as_bytes(), "blank lines around");
}

#[test]
fn base64_is_read_in_every_spelling() {
    let value = STANDARD.encode(wrapped(1));
    assert!(value.contains('+') && value.ends_with('='));
    let wrapped_lines = value.as_bytes().chunks(76).map(|line| str::from_utf8(line).unwrap()).collect::<Vec<_>>();
    for spelled in [
        value.trim_end_matches('=').to_owned(),
        URL_SAFE_NO_PAD.encode(wrapped(1)),
        format!("{}==", URL_SAFE_NO_PAD.encode(wrapped(1))),
        format!("  {value} "),
        wrapped_lines.join("\\r\\n"),
        value.replace('/', "\\/"),
        value.replace('+', "\\u002B"),
    ] {
        let json = fill(r#"{"PublicKeyVersion": "KV", "DecryptionKeyValue": "VALUE", "DecryptionKeyIV": "I1"}"#);
        assert_one(json.replace("VALUE", &spelled).as_bytes(), &spelled);
    }
}

#[test]
fn a_document_inside_a_string_is_read_as_deep_as_any_writer_nests() {
    let document = fill(&format!(r#"{{"DecryptionKeyDetails": {{{FIELDS}}}}}"#));
    let mut nested = document;
    for depth in 1..=3 {
        nested = serde_json::to_string(&nested).unwrap();
        assert_one(nested.as_bytes(), &format!("string {depth} deep"));
        assert_one(format!("{{\"Value\": {nested}}}").as_bytes(), &format!("string {depth} deep in a field"));
    }
    let details = serde_json::to_string(&fill(&format!("[{{{FIELDS}}}]"))).unwrap();
    assert_one(format!("{{\"DecryptionKeyDetails\": {details}}}").as_bytes(), "entries in a string");
}

#[test]
fn hostile_nesting_neither_crashes_nor_takes_long() {
    let deep = "[".repeat(100_000);
    assert_eq!(parse_key_details(deep.as_bytes()).unwrap_err().code(), "ERR_KEY_DETAILS_JSON");
    let mut nested = "{}".to_owned();
    for _ in 0..12 {
        let brackets = |bracket: &str| bracket.repeat(120);
        nested = format!("{}{}{}", brackets("["), serde_json::to_string(&nested).unwrap(), brackets("]"));
    }
    assert_eq!(parse_key_details(nested.as_bytes()).unwrap_err().code(), "ERR_KEY_DETAILS_FIELD");
}

#[test]
fn every_entry_is_kept_in_document_order_with_its_place() {
    let details = parse(
        r#"{"DecryptionKeyIV": "I1", "DecryptionKeyDetails": [
            {"PublicKeyVersion": "A", "DecryptionKeyValue": "V1"},
            {"PublicKeyVersion": "B", "DecryptionKeyValue": "V2", "DecryptionKeyIV": "AAAAAAAAAAAAAAAAAAAAAA=="},
            {"Keys": {"DecryptionKeyValue": "V3"}}]}"#,
    )
    .unwrap();
    let places: Vec<&str> = details.iter().map(|entry| entry.place.as_str()).collect();
    assert_eq!(places, ["$.DecryptionKeyDetails[0]", "$.DecryptionKeyDetails[1]", "$.DecryptionKeyDetails[2].Keys"]);
    for (entry, number) in details.iter().zip(1..) {
        assert_eq!(entry.wrapped_key, wrapped(number));
        assert_eq!(entry.iv, Iv::Clear(if number == 2 { [0; 16] } else { IV }));
    }
    let versions: Vec<_> = details.iter().map(|entry| entry.public_key_version.as_deref()).collect();
    assert_eq!(versions, [Some("a"), Some("b"), None]);
}

#[test]
fn a_hostile_field_name_does_not_spoil_the_message() {
    let name = format!("a\\n\\u0000{}", "b".repeat(100_000));
    let error = parse(&format!(r#"{{"{name}": {{"value": 1, "iv": "I1"}}}}"#)).unwrap_err().to_string();
    assert!(error.len() < 400 && !error.contains(char::is_control), "{error}");
    assert!(error.contains("$.a\u{FFFD}\u{FFFD}bbb"), "{error}");
}

#[test]
fn column_keys_are_told_from_file_keys() {
    let kinds = |template: &str| parse(template).unwrap().iter().map(|entry| entry.kind).collect::<Vec<_>>();
    for [keys, kind, value, iv] in
        [["DecryptionKeys", "DecryptionKeyType", "Value", "IV"], ["decryptionKeys", "type", "value", "iv"]]
    {
        let entry = |name: &str, number: u8| format!(r#"{{"{kind}": "{name}", "{value}": "V{number}", "{iv}": "I1"}}"#);
        let entries = [entry("File", 1), entry("Column", 2), entry("COLUMN", 3)].join(", ");
        let template = format!(r#"{{"PublicKeyVersion": "KV", "{keys}": [{entries}]}}"#);
        assert_eq!(kinds(&template), [KeyKind::File, KeyKind::Column, KeyKind::Column]);
    }
    // Without a kind, or with an unknown one, an entry is for files.
    assert_eq!(kinds(r#"{"type": "Dataset", "value": "V1", "iv": "I1"}"#), [KeyKind::File]);
}

#[test]
fn a_damaged_entry_takes_no_other_with_it() {
    let template = r#"[{"value": "V1", "iv": "I1"}, {"value": "!", "iv": "I1"}, {"value": "V2", "iv": "AAAA"},
        {"DecryptionKeyValue": "V3"}, {"value": "V3", "iv": "I1"}]"#;
    let document = KeyDetailsDocument::parse(fill(template).as_bytes()).unwrap();
    let keys: Vec<_> = document.entries.iter().map(|entry| entry.wrapped_key.clone()).collect();
    assert_eq!(keys, [wrapped(1), wrapped(3)]);
    let codes: Vec<_> = document.faults.iter().map(Error::code).collect();
    assert_eq!(codes, ["ERR_KEY_DETAILS_BASE64", "ERR_IV_LENGTH", "ERR_KEY_DETAILS_FIELD"]);
    assert_eq!(parse(template).unwrap().len(), 2);
}

#[test]
fn the_same_key_is_listed_once() {
    assert_eq!(parse(r#"[{"value": "V1", "iv": "I1"}, {"value": "V1", "iv": "I1"}]"#).unwrap().len(), 1);
    // Another IV makes another file key.
    let other_iv = r#"[{"value": "V1", "iv": "I1"}, {"value": "V1", "iv": "AAAAAAAAAAAAAAAAAAAAAA=="}]"#;
    assert_eq!(parse(other_iv).unwrap().len(), 2);
    // If only the entry for columns were kept, no file could be opened.
    let [column, file] = ["Column", "File"].map(|kind| format!(r#"{{"type": "{kind}", "value": "V1", "iv": "I1"}}"#));
    let kinds: Vec<_> =
        parse(&format!("[{column}, {file}, {column}]")).unwrap().iter().map(|entry| entry.kind).collect();
    assert_eq!(kinds, [KeyKind::Column, KeyKind::File]);
    // Of a repeated field the last one counts, as in every JSON parser.
    assert_one(fill(&format!(r#"{{"DecryptionKeyValue": "V2", {FIELDS}}}"#)).as_bytes(), "repeated field");
}

#[test]
fn the_iv_may_be_base64_twice_or_wrapped_like_the_key() {
    let iv = |text: String| {
        parse(r#"{"DecryptionKeyValue": "V1", "DecryptionKeyIV": "IV"}"#.replace("IV\"}", &(text + "\"}")).as_str())
            .unwrap()
            .swap_remove(0)
            .iv
    };
    assert_eq!(iv(STANDARD.encode(IV)), Iv::Clear(IV));
    assert_eq!(iv(STANDARD.encode(STANDARD.encode(IV))), Iv::Clear(IV));
    assert_eq!(iv(STANDARD.encode(wrapped(9))), Iv::Wrapped(wrapped(9)));
    assert_eq!(iv(STANDARD.encode(vec![1; 384])), Iv::Wrapped(vec![1; 384]));
}

#[test]
fn the_version_may_be_a_whole_key_identifier() {
    let name = "5f0c1c1e-7a44-4a0e-9d52-0c6f4d1b7a11";
    let url = format!("https://contoso-kv.vault.azure.net/keys/{name}");
    let version = Some(VERSION.to_owned());
    for (text, expected) in [
        (VERSION.to_owned(), (version.clone(), None)),
        (VERSION.to_uppercase(), (version.clone(), None)),
        (format!("{url}/{VERSION}"), (version.clone(), Some(format!("{url}/{VERSION}")))),
        (format!(" {url}/{VERSION}/ "), (version.clone(), Some(format!("{url}/{VERSION}")))),
        (format!("https://CONTOSO.vault.azure.net:443/KEYS/{name}/{VERSION}"), {
            (version, Some(format!("https://CONTOSO.vault.azure.net:443/KEYS/{name}/{VERSION}")))
        }),
        (url.clone(), (None, Some(url))),
        (" ".to_owned(), (None, None)),
    ] {
        let template = r#"{"PublicKeyVersion": "TEXT", "value": "V1", "iv": "I1"}"#.replace("TEXT", &text);
        let entry = parse(&template).unwrap().swap_remove(0);
        assert_eq!((entry.public_key_version, entry.key_identifier), expected, "{text}");
    }
    for absent in ["null", "7", "{}"] {
        let template = r#"{"PublicKeyVersion": TEXT, "value": "V1", "iv": "I1"}"#.replace("TEXT", absent);
        assert_eq!(parse(&template).unwrap()[0].public_key_version, None);
    }
}

#[test]
fn faults_say_what_stood_where() {
    for (template, code, words) in [
        ("", "ERR_KEY_DETAILS_JSON", "the file is empty at line 1"),
        (" \n", "ERR_KEY_DETAILS_JSON", "the file is empty"),
        ("\u{FEFF}", "ERR_KEY_DETAILS_JSON", "the file is empty"),
        ("{\"a\": 1,\n  \"b\"", "ERR_KEY_DETAILS_JSON", "ends too early at line 2, column 5"),
        ("<html>", "ERR_KEY_DETAILS_JSON", "does not belong at line 1, column 1"),
        ("{}", "ERR_KEY_DETAILS_FIELD", "$ has nothing where DecryptionKeyValue"),
        ("[]", "ERR_KEY_DETAILS_FIELD", "$ has nothing where DecryptionKeyValue"),
        ("7", "ERR_KEY_DETAILS_FIELD", "$ has nothing where DecryptionKeyValue"),
        (r#"{"DecryptionKeyIV": "I1"}"#, "ERR_KEY_DETAILS_FIELD", "$ has nothing where DecryptionKeyValue"),
        (r#"{"DecryptionKeyValue": "V1"}"#, "ERR_KEY_DETAILS_FIELD", "$ has nothing where DecryptionKeyIV"),
        (r#"[{"value": null, "iv": "I1"}]"#, "ERR_KEY_DETAILS_FIELD", "$[0] has null where DecryptionKeyValue"),
        (r#"{"value": 7, "iv": "I1"}"#, "ERR_KEY_DETAILS_FIELD", "has a number where"),
        (r#"{"value": true, "iv": "I1"}"#, "ERR_KEY_DETAILS_FIELD", "has true or false where"),
        (r#"{"value": "V1", "iv": []}"#, "ERR_KEY_DETAILS_FIELD", "has an array where DecryptionKeyIV"),
        (r#"{"value": "V1", "iv": {}}"#, "ERR_KEY_DETAILS_FIELD", "has an object where DecryptionKeyIV"),
        (r#"{"value": "", "iv": "I1"}"#, "ERR_KEY_DETAILS_FIELD", "has an empty text where DecryptionKeyValue"),
        (
            r#"{"value": "AB*D", "iv": "I1"}"#,
            "ERR_KEY_DETAILS_BASE64",
            "DecryptionKeyValue in $ is not Base64 (character 3 of 4)",
        ),
        (
            r#"{"value": "V1", "iv": "AAAAÄ"}"#,
            "ERR_KEY_DETAILS_BASE64",
            "DecryptionKeyIV in $ is not Base64 (character 5 of 5)",
        ),
        (r#"{"value": "V1", "iv": "AAAAA"}"#, "ERR_KEY_DETAILS_BASE64", "DecryptionKeyIV in $ is not Base64"),
        (r#"{"value": "V1", "iv": "AAAA"}"#, "ERR_IV_LENGTH", "the IV in $ is 3 bytes long, expected 16"),
        (r#"{"value": "V1", "iv": "AAAAAAAAAAAAAAAAAAAA"}"#, "ERR_IV_LENGTH", "is 15 bytes long"),
    ] {
        let error = parse(template).unwrap_err();
        assert_eq!(error.code(), code, "{template}");
        assert!(error.to_string().contains(words), "{template}: {error}");
    }
    assert_eq!(parse_key_details(b"{\"a\": \"\xE4\"}").unwrap_err().code(), "ERR_KEY_DETAILS_JSON");
}

#[test]
fn zeros_that_fill_up_a_block_are_no_damage() {
    for zeros in [1, 512] {
        let json = [
            fill(r#"{"DecryptionKeyDetails": {FIELDS}}"#.replace("FIELDS", FIELDS).as_str()).into_bytes(),
            vec![0; zeros],
        ]
        .concat();
        assert_one(&json, "zeros behind");
    }
    assert_eq!(parse_key_details(&[0; 512]).unwrap_err().code(), "ERR_KEY_DETAILS_JSON");
}

#[test]
fn base64_may_mix_both_alphabets_and_be_encoded_twice() {
    let json = |value: &str| {
        format!(
            r#"{{"PublicKeyVersion": "{VERSION}", "DecryptionKeyValue": "{value}", "DecryptionKeyIV": "{}"}}"#,
            STANDARD.encode(IV)
        )
    };
    let random: Vec<u8> = (0..256u32).map(|n| (n * n * 31 + 7) as u8).collect();
    let value = STANDARD.encode(&random);
    assert!(value.matches('+').count() > 1 && value.contains('/'));
    for text in [
        value.replacen('+', "-", 1),
        value.replacen('/', "_", 1),
        STANDARD.encode(&value),
        URL_SAFE_NO_PAD.encode(&value),
    ] {
        let details = parse_key_details(json(&text).as_bytes()).unwrap();
        assert_eq!(details[0].wrapped_key, random, "{text}");
    }
}

#[test]
fn a_limit_of_the_parser_is_no_damage() {
    let with = |value: &str| fill(&format!(r#"{{"Note": {value}, "DecryptionKeyDetails": {{{FIELDS}}}}}"#));
    let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
    for value in [deep.as_str(), "1e999", &"9".repeat(400)] {
        let error = parse_key_details(with(value).as_bytes()).unwrap_err();
        assert_eq!(error.code(), "ERR_KEY_DETAILS_JSON", "{error}");
        assert!(error.to_string().contains("this tool"), "{error}");
    }
    // What is no text has no line.
    let error = parse_key_details(&[0x1F, 0x8B, 8, 0, 0xFF]).unwrap_err();
    assert!(!error.to_string().contains("line 0"), "{error}");
}
