//! How often converted ciphertext passes for a clear file without a warning, and how often real data is suspected.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use crate::make;

use make::convert::{self, INVERTIBLE};
use make::{Noise, encrypt, gzip, json_lines};
use mgdc_decrypt::{Content, DataDrop, Error, KeySet, Lookalike, Options, PaddingCause, PathRole, Probe, Verdict};

/// The verdict of a drop whose keys are all unlocked and none of which fits.
fn judged(file: &[u8]) -> Option<(Content, Option<Lookalike>)> {
    let stranger = mgdc_decrypt::FileKey::new([0x33; 32], [0x44; 16]);
    match KeySet::new(vec![(0, stranger)], false).judge(&Probe::of(file), Options::default()) {
        Ok(Verdict::Clear { content, resembles }) => Some((content.unwrap(), resembles)),
        Ok(verdict) => panic!("{verdict:?} under a stranger's key"),
        Err(_) => None,
    }
}

fn is_silent(file: &[u8]) -> bool {
    matches!(judged(file), Some((_, None)))
}

type Convert = fn(&[u8]) -> Vec<u8>;

/// Every conversion, including those that lose bytes.
fn conversions() -> impl Iterator<Item = (&'static str, Convert)> {
    let lossy: [(&str, Convert); 4] = [
        ("U+FFFD", convert::replaced),
        ("question marks", convert::questioned),
        ("seven bits", convert::stripped),
        ("U+FFFD in UTF-16", |file| convert::utf16(&convert::replaced(file))),
    ];
    INVERTIBLE.iter().map(|(name, _, convert)| (*name, *convert)).chain([("nothing", <[u8]>::to_vec as _)]).chain(lossy)
}

/// Goal: under one in 1,000.
#[test]
fn converted_ciphertext_is_hardly_ever_clear_without_a_word() {
    let blocks = [1, 1, 2, 3, 4, 5, 6, 8, 10, 16, 25, 300];
    let (mut tried, mut silent) = (0_u32, 0_u32);
    for (name, convert) in conversions() {
        let mut passed = 0;
        for seed in 0..300_u64 {
            let ciphertext = Noise(seed).bytes(16 * blocks[seed as usize % blocks.len()]);
            passed += u32::from(is_silent(&convert(&ciphertext)));
        }
        println!("{passed} of 300 silent: {name}");
        // A single block with seven bits per byte cannot be told apart.
        assert!(passed <= 4, "{name}: {passed} of 300 were clear without a word");
        (tried, silent) = (tried + 300, silent + passed);
    }
    println!("{silent} of {tried} silent in all");
    assert!(silent * 1000 < tried, "{silent} of {tried} were clear without a word");
}

/// Everyday sentences in many scripts.
const SENTENCES: &[&str] = &[
    "The quick brown fox jumps over the lazy dog, and then again.",
    "Zwölf Boxkämpfer jagen Viktor quer über den großen Sylter Deich; Grüße aus Köln!",
    "Voix ambiguë d’un cœur qui, au zéphyr, préfère les jattes de kiwis – déjà prêt à l’été.",
    "El pingüino Wenceslao hizo kilómetros bajo exhaustiva lluvia y frío, ¿añoraba a su niño?",
    "Kæmi ný öxi hér, ykist þjófum nú bæði víl og ádrepa. Þú átt ótrúlega óþægilegan ættföður.",
    "Pchnąć w tę łódź jeża lub ośm skrzyń fig; zażółć gęślą jaźń.",
    "Příliš žluťoučký kůň úpěl ďábelské ódy. Árvíztűrő tükörfúrógép.",
    "Съешь же ещё этих мягких французских булок, да выпей чаю.",
    "Ξεσκεπάζω τὴν ψυχοφθόρα βδελυγμία. Καλημέρα σας, κύριε.",
    "דג סקרן שט בים מאוכזב ולפתע מצא חברה. שלום לכולם",
    "صِف خَلقَ خَودِ كَمِثلِ الشَمسِ إِذ بَزَغَت. مرحبا بالجميع",
    "いろはにほへと ちりぬるを。会議の資料を送ります、ご確認ください。",
    "敏捷的棕色狐狸跳过了懒狗。请查收附件中的报告,谢谢!",
    "키스의 고유조건은 입술끼리 만나야 하고 특별한 기술은 필요치 않다.",
    "เป็นมนุษย์สุดประเสริฐเลิศคุณค่า กว่าบรรดาฝูงสัตว์เดรัจฉาน",
    "Thanks 😀👍🏽 — see you at 10:30 “sharp” … ok? €5, £4, 50 % off™",
    "Re: FW: [EXTERNAL] Q3 numbers (v2_final).xlsx; cc: a.b@contoso.com; #42",
    "????? ?? ?????, caf\u{FFFD} au lait, na\u{FFFD}ve",
    "C:\\Users\\someone\\Documents\\a.txt\tOK\t0x00ff\t{nested: [1,2,3]}",
    "<p>Hello <b>world</b> &nbsp; &eacute;t&eacute;</p><br/>",
];

/// A file of dataset rows, in one of the usual formats.
fn rows(next: &mut Noise) -> String {
    let mut text = String::new();
    let form = next.next() % 6;
    let count = [1, 1, 2, 3, 8, 40][next.next() as usize % 6];
    // Mostly one language in a file.
    let language = next.next() as usize;
    for row in 0..count {
        let mixed = next.next().is_multiple_of(8);
        let sentence = SENTENCES[if mixed { next.next() as usize } else { language } % SENTENCES.len()];
        let id = next.next();
        let cut = (next.next() as usize % 70).min(sentence.len());
        let cut = (0..=cut).rfind(|cut| sentence.is_char_boundary(*cut)).unwrap();
        let (long, short) = (sentence, &sentence[..cut]);
        let escaped = |text: &str| text.replace('\\', "\\\\").replace('"', "\\\"").replace('\t', "\\t");
        text += &match form {
            0 => format!("{{\"id\":\"{id:016x}\",\"subject\":\"{}\",\"n\":{row}}}\n", escaped(long)),
            1 => format!("{row};{id};\"{}\";{}\r\n", long.replace('"', "\"\""), short.replace([';', '"'], "")),
            2 => format!("{id}\t{}\t{row}\n", long.replace('\t', " ")),
            3 => format!("{id}\u{1}{}\u{1}\\N\u{1}{row}\n", long.replace('\n', " ")),
            4 => format!("<row id=\"{row}\"><body>{}</body></row>\n", long.replace('<', "&lt;").replace('&', "&amp;")),
            _ => format!("{long}\n"),
        };
    }
    match next.next() % 40 {
        0 => text
            .insert(text.len() / 2 + (0..4).find(|by| text.is_char_boundary(text.len() / 2 + by)).unwrap(), '\u{7F}'),
        1 => text.insert(0, '\u{FEFF}'),
        2 => text.push('\u{1A}'),
        _ => {}
    }
    text
}

/// In encodings with one byte per character, by the tables of the WHATWG's Encoding Standard, as far as the sentences
/// need them.
fn one_byte(text: &str, page: &str) -> Option<Vec<u8>> {
    text.chars()
        .map(|c| match (page, c) {
            (_, c) if c.is_ascii() => Some(c as u8),
            ("latin1", c) => u8::try_from(u32::from(c)).ok(),
            ("windows-1251", 'А'..='я') => Some((c as u32 - 'А' as u32 + 0xC0) as u8),
            ("windows-1251", 'ё') => Some(0xB8),
            ("iso-8859-7", 'Ά'..='ώ') => Some((c as u32 - 0x2D0) as u8),
            ("latin2", c) => "ą˘łľśš ˇ"
                .chars()
                .chain("ĄŁĽŚŠŞŤŹŽŻŔÁÂĂÄĹĆÇČÉĘËĚÍÎĎĐŃŇÓÔŐÖŘŮÚŰÜÝŢßŕáâăäĺćçčéęëěíîďđńňóôőöřůúűüýţżźž".chars())
                .position(|known| known == c)
                .map(|at| 0xA1 + (at % 94) as u8),
            _ => None,
        })
        .collect()
}

/// Double-byte characters like Shift-JIS's: hiragana, and kanji from anywhere in their range.
fn shift_jis(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    for c in text.chars() {
        match c {
            c if c.is_ascii() => bytes.push(c as u8),
            'ぁ'..='ん' => bytes.extend([0x82, 0x9F + (c as u32 - 'ぁ' as u32) as u8]),
            'ァ'..='ミ' => bytes.extend([0x83, 0x40 + (c as u32 - 'ァ' as u32) as u8]),
            '一'..='龥' => bytes.extend([0x88 + (c as u32 % 0x17) as u8, 0x9F + (c as u32 % 0x5D) as u8]),
            '。' => bytes.extend([0x81, 0x42]),
            '、' => bytes.extend([0x81, 0x41]),
            _ => return None,
        }
    }
    Some(bytes)
}

/// Goal: not one of 10,000.
#[test]
fn real_data_is_never_suspected() {
    let mut next = Noise(77);
    let (mut tried, mut told) = (0, std::collections::BTreeMap::<&str, u32>::new());
    while tried < 10_000 {
        let text = rows(&mut next);
        let utf16 = |mark: &str, unit: fn(u16) -> [u8; 2]| -> Vec<u8> {
            format!("{mark}{text}").encode_utf16().flat_map(unit).collect()
        };
        let has_mark = text.starts_with('\u{FEFF}');
        let mark = if has_mark { "" } else { "\u{FEFF}" };
        // UTF-16 with control characters is not taken for text.
        let is_plain = !text.contains(|c: char| c.is_control() && !matches!(c, '\t' | '\r' | '\n'));
        let (encoding, file) = match next.next() % 8 {
            0 if is_plain => ("UTF-16LE", utf16(mark, u16::to_le_bytes)),
            1 if is_plain => ("UTF-16BE", utf16(mark, u16::to_be_bytes)),
            2 => match ["latin1", "windows-1251", "iso-8859-7", "latin2"].iter().find_map(|page| one_byte(&text, page))
            {
                Some(file) => ("one byte", file),
                None => continue,
            },
            3 => match shift_jis(&text) {
                Some(file) => ("Shift-JIS", file),
                None => continue,
            },
            4 => ("gzip", gzip(text.as_bytes())),
            _ => ("UTF-8", text.clone().into_bytes()),
        };
        tried += 1;
        match judged(&file) {
            Some((_, None)) => *told.entry(encoding).or_default() += 1,
            Some((_, Some(Lookalike::WebPage))) => {}
            // Short text in a code page, or with control characters, still looks like noise.
            None if !matches!(encoding, "UTF-8" | "gzip") || !is_plain => {
                *told.entry("not recognised").or_default() += 1;
            }
            found => panic!("{encoding}: {found:?} for {text:?}"),
        }
    }
    println!("{told:?} of {tried}");
    let unrecognised = told.get("not recognised").copied().unwrap_or_default();
    assert!(unrecognised * 10 < tried, "{told:?}");
    for encoding in ["one byte", "Shift-JIS", "UTF-16LE", "UTF-16BE", "gzip", "UTF-8"] {
        assert!(told.get(encoding).is_some_and(|count| *count > 100), "{encoding}: {told:?}");
    }
}

#[test]
fn text_with_replacement_characters_here_and_there_is_text() {
    for share in [200, 50, 30, 20] {
        let text: String = String::from_utf8(json_lines(9000)).unwrap();
        let text: String =
            text.chars().enumerate().map(|(at, c)| if at % share == 0 { '\u{FFFD}' } else { c }).collect();
        assert_eq!(judged(text.as_bytes()).map(|(_, resembles)| resembles), Some(None), "one in {share}");
    }
    for short in ["\u{FFFD}", "{\"a\":\"\u{FFFD}\u{FFFD}\"}", "id,subject\n1,caf\u{FFFD} cr\u{FFFD}me\n"] {
        assert_eq!(judged(short.as_bytes()).map(|(_, resembles)| resembles), Some(None), "{short}");
    }
}

#[test]
fn what_is_saved_in_place_of_a_blob_is_named() {
    let mark = "\u{FEFF}";
    for (text, lookalike) in [
        ("", Lookalike::Nothing),
        ("<!DOCTYPE html><html><head><title>Sign in</title></head></html>", Lookalike::WebPage),
        ("\r\n<!doctype HTML public \"x\">\n<html>", Lookalike::WebPage),
        ("<HTML lang=en>", Lookalike::WebPage),
        ("<?xml version=\"1.0\"?>\n<html xmlns=\"http://www.w3.org/1999/xhtml\">", Lookalike::WebPage),
        (
            "<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>AuthenticationFailed</Code></Error>",
            Lookalike::StorageError,
        ),
        ("<Error>\n  <Code>BlobNotFound</Code>\n</Error>", Lookalike::StorageError),
        ("{\"error\":{\"code\":\"InvalidAuthenticationToken\",\"message\":\"x\"}}", Lookalike::ServiceError),
        ("{\r\n  \"error\": {\r\n    \"code\": \"AuthorizationFailed\"\r\n  }\r\n}", Lookalike::ServiceError),
        ("{\"error\":\"invalid_grant\",\"error_description\":\"AADSTS50076\"}", Lookalike::ServiceError),
        ("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1234\n", Lookalike::LfsPointer),
    ] {
        for text in [text.to_owned(), format!("{mark}{text}")] {
            if text == mark {
                continue;
            }
            let found = judged(text.as_bytes()).and_then(|(_, resembles)| resembles);
            assert_eq!(found, Some(lookalike), "{text}");
            assert!(lookalike.words().starts_with("an ") || lookalike.words().starts_with("a "));
        }
    }
    for text in ["{\"errors\":[]}", "<Errors/>", "<row/>", "{\"id\":1,\"error\":{\"code\":1}}", "version 2 of it"] {
        assert_eq!(judged(text.as_bytes()).map(|(_, resembles)| resembles), Some(None), "{text}");
    }
}

#[test]
fn base64_that_is_data_is_no_lookalike() {
    let id = "AAMkAGI2TG93AAAAAAENAAAiIsqMbYjsT5e-T7KzowPTAAAYbvZDAAA=";
    let certificate = convert::base64(&[&[0x30, 0x82, 3, 1, 0x30, 0x82][..], &Noise(1).bytes(767)].concat());
    let certificate = [b"-----BEGIN CERTIFICATE-----\n", &certificate[..], b"\n-----END CERTIFICATE-----\n"].concat();
    let words = "TheseAreWordsWithoutAnyBlanksBetweenThem";
    for text in [
        format!("{{\"id\":\"{id}\",\"subject\":\"short\"}}\n").repeat(3),
        format!("{{\"id\":\"{id}\",\"subject\":\"something\",\"from\":\"someone@contoso.com\"}}\n"),
        String::from_utf8(certificate).unwrap(),
        words.to_owned(),
        "x".repeat(64),
        "20240101,20240102\n".repeat(8),
    ] {
        assert_eq!(judged(text.as_bytes()).map(|(_, resembles)| resembles), Some(None), "{text}");
    }
}

/// With its end gone it is no clear file that only looks like a conversion: the key has opened its beginning.
#[test]
fn a_conversion_that_a_key_opens_and_that_was_cut_is_never_taken_for_clear() {
    let ciphertext = encrypt(&json_lines(3000));
    let cut = &ciphertext[..ciphertext.len() - 16];
    for (what, file) in
        [("Base64", convert::base64(cut)), ("hex", convert::hex(cut, "", "")), ("Latin-1", convert::latin1(cut))]
    {
        for is_partly_locked in [false, true] {
            let keys = KeySet::new(vec![(0, make::file_key())], is_partly_locked);
            let verdict = keys.judge(&Probe::of(&file), Options::default());
            let is_damaged = matches!(verdict, Err(Error::Padding { cause: PaddingCause::EndDamaged }));
            assert!(is_damaged, "{what}, partly locked: {is_partly_locked}: {verdict:?}");
        }
    }
}

/// Base64 or hex of noise: with a locked key it may belong to that key; with all keys unlocked, or with none, it is a
/// clear file.
#[test]
fn what_only_a_key_can_tell_waits_for_the_keys() {
    let stranger = || vec![(0, mgdc_decrypt::FileKey::new([0x33; 32], [0x44; 16]))];
    let options = Options::default();
    let cases: [(Vec<u8>, Lookalike); 4] = [
        (convert::base64(&encrypt(&gzip(b"{}"))), Lookalike::Base64),
        (convert::hex(&encrypt(&gzip(b"{}")), "", ""), Lookalike::Hex),
        (gzip(&encrypt(&gzip(&json_lines(9000)))), Lookalike::NoiseInGzip),
        (gzip(&convert::base64(&encrypt(&gzip(b"{}")))), Lookalike::Base64),
    ];
    for (file, lookalike) in cases {
        let probe = Probe::of(&file);
        assert_eq!(probe.clear(), None, "{lookalike:?}");
        let locked = KeySet::new(stranger(), true).judge(&probe, options);
        assert_eq!(locked.unwrap_err().code(), "ERR_FILE_KEY_UNWRAP");
        let resembles =
            |verdict| matches!(verdict, Ok(Verdict::Clear { resembles: Some(found), .. }) if found == lookalike);
        assert!(resembles(KeySet::new(stranger(), false).judge(&probe, options)), "{lookalike:?}");
        let mut drop = DataDrop::default();
        assert!(resembles(drop.judge(PathRole::Data, &probe, options)), "no key details: {lookalike:?}");
        drop.add_document("k.json", b"{");
        assert_eq!(drop.judge(PathRole::Data, &probe, options).unwrap_err().code(), "ERR_KEY_DETAILS_JSON");
        assert_eq!(KeySet::new(Vec::new(), true).judge(&probe, options).unwrap_err().code(), "ERR_FILE_KEY_MISSING");
    }
}
