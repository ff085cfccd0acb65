//! The layout of a drop, the unlocking of its entries, and the verdict on each file.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use crate::make;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use make::{IV, KEY, Noise, encrypt, encrypt_with, gzip, json_lines, private_key, wrap};
use mgdc_decrypt::PathRole::{Data, KeyDetails, Metadata};
use mgdc_decrypt::{
    Algorithm, Candidate, Content, DataDrop, Error, KEY_DETAILS_PATH, Layout, Lookalike, Options, PathRole, Probe,
    Verdict, is_safe_path, mentions_keys,
};

fn layout(paths: &[&str]) -> (String, Vec<PathRole>) {
    let layout = Layout::of(paths);
    (layout.root, layout.roles)
}

#[test]
fn the_drop_itself_has_an_empty_root() {
    let paths = [
        KEY_DETAILS_PATH,
        "metadata/JobMetadata/Metadata.json",
        "metadata/x",
        "BasicDataSet_v0.Message_v0/part-00000.json",
        "BasicDataSet_v0.Message_v0/metadata/part-00001.json",
        "_SUCCESS",
    ];
    assert_eq!(layout(&paths), (String::new(), vec![KeyDetails, Metadata, Metadata, Data, Data, Data]));
}

#[test]
fn a_folder_around_the_drop_is_its_root() {
    for folder in ["export/", "a/b c/日本語/"] {
        let paths = [
            format!("{folder}Messages/part-0"),
            format!("{folder}{KEY_DETAILS_PATH}"),
            format!("{folder}metadata/JobMetadata/Metadata.json"),
            format!("{folder}Messages/metadata/part-1"),
        ];
        let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
        assert_eq!(layout(&paths), (folder.to_owned(), vec![Data, KeyDetails, Metadata, Data]));
    }
    // By the older path alone.
    let paths = ["export/metadata/JobMetadata/Metadata.json", "export/x"];
    assert_eq!(layout(&paths), ("export/".into(), vec![Metadata, Data]));
}

#[test]
fn paths_are_compared_without_case_and_kept_as_they_are() {
    let paths = ["Export/METADATA/moremetadata/EncryptedDatasets/ENCRYPTIONKEYDETAILS.JSON", "Export/Data/X"];
    assert_eq!(layout(&paths), ("Export/".into(), vec![KeyDetails, Data]));
}

#[test]
fn several_drops_keep_their_paths_apart() {
    let (first, second) = (format!("a/{KEY_DETAILS_PATH}"), format!("b/{KEY_DETAILS_PATH}"));
    let paths = [&first, "a/x", "a/metadata/y", &second, "b/x", "b/data/metadata/y", "c/metadata/z"];
    let roles = vec![KeyDetails, Data, Metadata, KeyDetails, Data, Data, Metadata];
    assert_eq!(layout(&paths), (String::new(), roles));
    // A file beside the drop's folder does not belong to it.
    assert_eq!(layout(&[&first, "a/x", "beside"]), (String::new(), vec![KeyDetails, Data, Data]));
    // One drop inside another: the innermost root counts.
    let paths = [KEY_DETAILS_PATH, &first, "a/metadata/x", "metadata/x", "a/data/metadata/x"];
    assert_eq!(layout(&paths), (String::new(), vec![KeyDetails, KeyDetails, Metadata, Metadata, Data]));
}

#[test]
fn loose_files_are_told_by_their_names() {
    let paths = ["encryptionKeyDetails.json", "encryptionKeyDetails (1).json", "part-0", "metadata.json", "key.pem"];
    assert_eq!(layout(&paths), (String::new(), vec![KeyDetails, KeyDetails, Data, Data, Data]));
    // Windows hides the second ending.
    assert_eq!(layout(&["encryptionKeyDetails.json.txt", "encryptionKeyDetails.txt"]).1, vec![KeyDetails, Data]);
    // No root is known, so a folder of that name at any depth counts.
    let paths = ["x/metadata/JobMetadata/other.json", "metadata/a", "x/data", "notmetadata/a", "metadata"];
    assert_eq!(layout(&paths), (String::new(), vec![Metadata, Metadata, Data, Data, Data]));
    assert_eq!(layout(&[]), (String::new(), vec![]));
}

#[test]
fn a_folder_that_only_ends_in_metadata_is_no_root() {
    let paths = ["my-metadata/moremetadata/encrypteddatasets/x", "y"];
    assert_eq!(layout(&paths), (String::new(), vec![Data, Data]));
    // …and does not hide the real one below it.
    let path = format!("my-{KEY_DETAILS_PATH}/{KEY_DETAILS_PATH}");
    let (root, roles) = layout(&[&path]);
    assert_eq!((root, roles), (format!("my-{KEY_DETAILS_PATH}/"), vec![KeyDetails]));
}

/// A document with an entry for each private key: `(private key, AES key, kind)`.
fn document(entries: &[(&str, [u8; 32], &str)]) -> Vec<u8> {
    let entries = entries.iter().map(|(name, key, kind)| {
        let value = STANDARD.encode(wrap(name, Algorithm::RsaOaep, key));
        format!(r#"{{"type": "{kind}", "value": "{value}", "iv": "{}"}}"#, STANDARD.encode(IV))
    });
    format!("[{}]", entries.collect::<Vec<_>>().join(",")).into_bytes()
}

fn judge(drop: &DataDrop, file: &[u8]) -> Result<Verdict, Error> {
    drop.judge(Data, &Probe::of(file), Options::default())
}

fn code(drop: &DataDrop, file: &[u8]) -> &'static str {
    judge(drop, file).unwrap_err().code()
}

const OTHER: [u8; 32] = [0x0F; 32];

#[test]
fn a_drop_is_judged_file_by_file() {
    let mut drop = DataDrop::default();
    assert_eq!(drop.add_document("k.json", &document(&[("contoso-2048", KEY, "File")])), 1);
    assert_eq!(code(&drop, &encrypt(b"{}")), "ERR_FILE_KEY_MISSING");
    assert_eq!(drop.unlock(&private_key("contoso-2048"), None), Ok(vec![0]));
    assert_eq!(drop.unlock(&private_key("contoso-2048"), None), Ok(vec![]), "nothing is left to unlock");
    let encrypted = |content| Ok(Verdict::Encrypted { entry: 0, content, repair: None });
    assert_eq!(judge(&drop, &encrypt(&json_lines(5000))), encrypted(Content::Json));
    assert_eq!(judge(&drop, &encrypt(&gzip(b"{}"))), encrypted(Content::Gzip));
    assert_eq!(judge(&drop, &encrypt(b"")), encrypted(Content::Empty));
    assert_eq!(judge(&drop, &json_lines(64)), Ok(Verdict::Clear { content: Some(Content::Json), resembles: None }));
    assert_eq!(
        judge(&drop, b""),
        Ok(Verdict::Clear { content: Some(Content::Empty), resembles: Some(Lookalike::Nothing) })
    );
    assert_eq!(code(&drop, &encrypt_with(&OTHER, &IV, &json_lines(500))), "ERR_PADDING");
    // The content of metadata is not examined.
    for role in [Metadata, KeyDetails] {
        let verdict = drop.judge(role, &Probe::of(&Noise(1).bytes(100)), Options::default());
        assert_eq!(verdict, Ok(Verdict::Clear { content: None, resembles: None }));
    }
}

#[test]
fn a_locked_drop_still_knows_its_clear_files() {
    let mut drop = DataDrop::default();
    assert_eq!(judge(&drop, &json_lines(64)), Ok(Verdict::Clear { content: Some(Content::Json), resembles: None }));
    assert_eq!(code(&drop, &encrypt(b"{}")), "ERR_KEY_DETAILS_MISSING");
    assert_eq!(drop.unlock(&private_key("contoso-2048"), None), Err(Error::KeyDetailsMissing));
    drop.add_document("k.json", b"{");
    assert_eq!(code(&drop, &encrypt(b"{}")), "ERR_KEY_DETAILS_JSON");
    assert_eq!(drop.unlock(&private_key("contoso-2048"), None).unwrap_err().code(), "ERR_KEY_DETAILS_JSON");
    drop.add_document("l.json", &document(&[("stranger-2048", KEY, "File")]));
    assert_eq!(drop.unlock(&private_key("contoso-2048"), None).unwrap_err().code(), "ERR_FILE_KEY_UNWRAP");
    assert_eq!(code(&drop, &encrypt(b"{}")), "ERR_FILE_KEY_UNWRAP");
}

#[test]
fn faults_stay_with_their_document() {
    let mut drop = DataDrop::default();
    assert_eq!(drop.add_document("a.json", b"{}"), 0);
    assert_eq!(drop.add_document("b.json", &document(&[("contoso-2048", KEY, "File")])), 1);
    assert_eq!(drop.add_document("c.json", br#"[{"value": "!", "iv": "AAAA"}, {"value": "AAAA", "iv": "AAAA"}]"#), 0);
    let faults: Vec<_> = drop.faults().iter().map(|fault| (fault.path.as_str(), fault.error.code())).collect();
    let expected =
        [("a.json", "ERR_KEY_DETAILS_FIELD"), ("c.json", "ERR_KEY_DETAILS_BASE64"), ("c.json", "ERR_IV_LENGTH")];
    assert_eq!(faults, expected);
    assert_eq!(drop.entries().len(), 1);
    assert_eq!(drop.entries()[0].path, "b.json");
    assert_eq!(drop.unlock(&private_key("contoso-2048"), None), Ok(vec![0]));
    // A file that the good entry does not open may belong to the damaged one.
    assert_eq!(
        judge(&drop, &encrypt(b"{}")),
        Ok(Verdict::Encrypted { entry: 0, content: Content::Json, repair: None })
    );
    assert_eq!(code(&drop, &encrypt_with(&OTHER, &IV, &json_lines(500))), "ERR_FILE_KEY_UNWRAP");
}

#[test]
fn the_same_key_in_two_documents_is_one_entry() {
    let mut drop = DataDrop::default();
    let json = document(&[("contoso-2048", KEY, "File")]);
    assert_eq!((drop.add_document("a.json", &json), drop.add_document("b.json", &json)), (1, 0));
    assert_eq!(drop.entries()[0].path, "a.json");
}

#[test]
fn a_column_key_does_not_hide_the_same_key_for_files() {
    let mut drop = DataDrop::default();
    let column = document(&[("contoso-2048", KEY, "Column")]);
    let file = String::from_utf8(column.clone()).unwrap().replace("Column", "File");
    assert_eq!((drop.add_document("a.json", &column), drop.add_document("b.json", file.as_bytes())), (1, 1));
    assert_eq!(drop.unlock(&private_key("contoso-2048"), None), Ok(vec![0, 1]));
    assert_eq!(
        judge(&drop, &encrypt(b"{}")),
        Ok(Verdict::Encrypted { entry: 1, content: Content::Json, repair: None })
    );
}

#[test]
fn a_rotated_drop_opens_as_far_as_its_keys_reach() {
    let mut drop = DataDrop::default();
    drop.add_document("k.json", &document(&[("contoso-2048-old", OTHER, "File"), ("contoso-2048", KEY, "File")]));
    let (old, new) = (encrypt_with(&OTHER, &IV, &json_lines(500)), encrypt(&json_lines(500)));
    assert_eq!(drop.unlock(&private_key("contoso-2048"), None), Ok(vec![1]));
    assert_eq!(judge(&drop, &new), Ok(Verdict::Encrypted { entry: 1, content: Content::Json, repair: None }));
    // The other entry is still locked, which is a likelier reason than damage.
    let error = judge(&drop, &old).unwrap_err();
    assert_eq!(error.code(), "ERR_FILE_KEY_UNWRAP");
    assert!(error.to_string().contains("still locked"), "{error}");
    // Damage is distinguished from that.
    assert_eq!(code(&drop, &new[..new.len() - 16]), "ERR_PADDING");
    // A key that unlocks no further entry gives the reason, and changes nothing else.
    assert_eq!(drop.unlock(&private_key("stranger-2048"), None).unwrap_err().code(), "ERR_FILE_KEY_UNWRAP");
    assert_eq!(drop.entries()[0].error.as_ref().map(Error::code), Some("ERR_FILE_KEY_UNWRAP"));
    assert_eq!(drop.unlock(&private_key("contoso-2048-old"), None), Ok(vec![0]));
    assert_eq!(drop.entries()[0].error, None);
    assert_eq!(judge(&drop, &old), Ok(Verdict::Encrypted { entry: 0, content: Content::Json, repair: None }));
    assert_eq!(judge(&drop, &new), Ok(Verdict::Encrypted { entry: 1, content: Content::Json, repair: None }));
}

#[test]
fn column_keys_are_never_tried_on_files() {
    let mut drop = DataDrop::default();
    drop.add_document("k.json", &document(&[("contoso-2048", OTHER, "Column"), ("stranger-2048", KEY, "File")]));
    assert_eq!(drop.unlock(&private_key("contoso-2048"), None), Ok(vec![0]));
    // The key would open the file, but it is not meant for files.
    let file = encrypt_with(&OTHER, &IV, &json_lines(500));
    assert_eq!(code(&drop, &file), "ERR_FILE_KEY_UNWRAP", "of the file's own entry, which is locked");
    assert_eq!(drop.unlock(&private_key("stranger-2048"), None), Ok(vec![1]));
    assert_eq!(code(&drop, &file), "ERR_PADDING");
    assert_eq!(
        judge(&drop, &encrypt(b"{}")),
        Ok(Verdict::Encrypted { entry: 1, content: Content::Json, repair: None })
    );
    // A locked column key does not explain why a file does not open.
    let mut drop = DataDrop::default();
    drop.add_document("k.json", &document(&[("contoso-2048", OTHER, "Column"), ("stranger-2048", KEY, "File")]));
    assert_eq!(drop.unlock(&private_key("stranger-2048"), None), Ok(vec![1]));
    assert_eq!(code(&drop, &file), "ERR_PADDING");
}

#[test]
fn a_vault_answer_unlocks_the_entry_that_it_is_for() {
    let mut drop = DataDrop::default();
    drop.add_document("k.json", &document(&[("stranger-2048", OTHER, "File"), ("stranger-2048", KEY, "File")]));
    assert_eq!(code(&drop, &encrypt(b"{}")), "ERR_FILE_KEY_MISSING");
    assert_eq!(drop.answer(1, STANDARD.encode(KEY).as_bytes()), Ok(()));
    assert_eq!(
        judge(&drop, &encrypt(b"{}")),
        Ok(Verdict::Encrypted { entry: 1, content: Content::Json, repair: None })
    );
    let refused = drop.answer(0, b"{}").unwrap_err();
    assert_eq!(refused.code(), "ERR_VAULT_ANSWER");
    assert_eq!(drop.entries()[0].error, Some(refused));
    assert_eq!(drop.answer(2, STANDARD.encode(KEY).as_bytes()), Err(Error::KeyDetailsMissing));
}

#[test]
fn the_files_prove_which_value_of_an_answer_opens_which_entry() {
    let mut drop = DataDrop::default();
    drop.add_document("k.json", &document(&[("stranger-2048", OTHER, "File"), ("stranger-2048", KEY, "File")]));
    let wrong = STANDARD.encode([9; 32]);
    // An answer that opens nothing becomes the error of its entries, and unlocks none.
    let trial = drop.trial(wrong.as_bytes(), &[0, 1]).unwrap();
    assert_eq!(trial.judge(&Probe::of(&encrypt(b"{}"))), None);
    assert!(drop.reject(&trial).to_string().contains("opens no file"));
    assert!(drop.entries().iter().all(|entry| entry.file_key.is_none() && entry.error.is_some()));
    // Three values in one text: each is assigned to the entry whose file it opens, in any order of the files.
    let text = format!("{wrong}\n{}\n{}\n", STANDARD.encode(KEY), STANDARD.encode(OTHER));
    let mut trial = drop.trial(text.as_bytes(), &[0, 1]).unwrap();
    let pair = trial.judge(&Probe::of(&encrypt_with(&OTHER, &IV, b"{}"))).unwrap();
    assert_eq!(drop.accept(&mut trial, pair), [0]);
    assert_eq!(drop.accept(&mut trial, pair), [0; 0], "it is open already");
    assert!(!trial.is_over());
    assert_eq!(code(&drop, &encrypt(b"{}")), "ERR_FILE_KEY_UNWRAP", "its entry is still locked");
    let pair = trial.judge(&Probe::of(&encrypt(b"{}"))).unwrap();
    assert_eq!(drop.accept(&mut trial, pair), [1]);
    assert!(trial.is_over());
    assert_eq!(
        judge(&drop, &encrypt(b"{}")),
        Ok(Verdict::Encrypted { entry: 1, content: Content::Json, repair: None })
    );
}

#[test]
fn a_value_that_has_its_entry_is_not_taken_for_another_one_with_the_same_iv() {
    let mut drop = DataDrop::default();
    drop.add_document("k.json", &document(&[("stranger-2048", OTHER, "File"), ("stranger-2048", KEY, "File")]));
    let text = format!("{}\n{}\n", STANDARD.encode(OTHER), STANDARD.encode(KEY));
    let mut trial = drop.trial(text.as_bytes(), &[0, 1]).unwrap();
    let files = [encrypt_with(&OTHER, &IV, b"{}"), encrypt_with(&OTHER, &IV, b"[1]")];
    let pair = trial.judge(&Probe::of(&files[0])).unwrap();
    assert_eq!(drop.accept(&mut trial, pair), [0]);
    for file in &files {
        assert_eq!(trial.judge(&Probe::of(file)), None, "it would unlock the other entry with the wrong key");
    }
    let pair = trial.judge(&Probe::of(&encrypt(b"{}"))).unwrap();
    assert_eq!(drop.accept(&mut trial, pair), [1]);
}

#[test]
fn litter_is_told_by_its_name_wherever_it_lies() {
    let litter = [
        ".DS_Store",
        "a/.ds_store",
        "Thumbs.db",
        "b/ehthumbs.db",
        "c/Desktop.ini",
        "__MACOSX/metadata/._x",
        "x/__MACOSX/y",
        ".Spotlight-V100/Store-V2/x",
        ".Trashes/501/part-0",
        "$RECYCLE.BIN/S-1-5/part-0",
        ".Trash-1000/files/a",
        "System Volume Information/x",
        "set/.azDownload-0b1c-part-0.json",
        "set/~$Report.docx",
        "set/._part-0.json",
        ".localized",
        ".directory",
        ".fseventsd/0",
        "metadata/JobMetadata/.DS_Store",
        ".TemporaryItems/folders.501/x",
        ".DocumentRevisions-V100/db-V1/db.sqlite",
        ".Trash/part-0",
        "set/@eaDir/part-0.json@SynoEAStream",
        "set/.AppleDouble/part-0.json",
        ".apdisk",
        ".VolumeIcon.icns",
        ".com.apple.timemachine.donotpresent",
        "b/ehthumbs_vista.db",
    ];
    for name in
        include_str!("../src/litter.rs").lines().filter_map(|line| line.strip_prefix("    (\"")?.split('"').next())
    {
        let has = |part: &str| part == name || name.ends_with(['_', '$', '-']) && part.starts_with(name);
        let is_tried = litter.iter().any(|path| path.to_ascii_lowercase().split('/').any(has));
        assert!(is_tried, "{name}: add a path with it to this test");
    }
    assert_eq!(layout(&litter).1, vec![PathRole::Litter; litter.len()]);
    for path in litter {
        assert!(mgdc_decrypt::litter(path).is_some(), "{path}");
    }
    let data = [
        "._",
        "~$",
        "thumbs.db/part-0",
        "set/thumbs.db.json",
        "DS_Store",
        "set/.part-0.crc",
        "_SUCCESS",
        "a~",
        "set/.x.swp",
        "my__MACOSX/x",
        "lost+found/x",
        "desktop.ini/x",
    ];
    assert_eq!(layout(&data).1, vec![Data; data.len()]);
    assert_eq!(mgdc_decrypt::litter("_SUCCESS"), None);
}

#[test]
fn litter_has_no_say_in_where_the_root_is() {
    let inside = format!("export/{KEY_DETAILS_PATH}");
    let copy = format!("__MACOSX/export/{KEY_DETAILS_PATH}");
    let paths = [".DS_Store", &copy, &inside, "export/set/part-0"];
    assert_eq!(layout(&paths), ("export/".into(), vec![PathRole::Litter, PathRole::Litter, KeyDetails, Data]));
    // Files that are not litter.
    let paths = ["beside", &inside];
    assert_eq!(layout(&paths).0, "");
}

#[test]
fn apple_double_is_told_by_its_content() {
    assert!(mgdc_decrypt::is_apple_double(b"\0\x05\x16\x07\0\x02\0\0Mac OS X"));
    assert!(mgdc_decrypt::is_apple_double(b"\0\x05\x16\0\0\x01\0\0"));
    // Hadoop's checksum of `_SUCCESS`, `._SUCCESS.crc`; an empty file; a ciphertext.
    for other in [b"crc\0\0\0\x02\0".as_slice(), b"", b"\0\x05\x16", &encrypt(b"{}")] {
        assert!(!mgdc_decrypt::is_apple_double(other));
    }
}

#[test]
fn archives_are_told_by_their_content() {
    let mut tar = vec![0; 512];
    tar[..4].copy_from_slice(b"drop");
    tar[257..262].copy_from_slice(b"ustar");
    let zip = |name: &str| [b"PK\x03\x04".as_slice(), &[0; 26], name.as_bytes()].concat();
    let archives: [(&[u8], &str); 9] = [
        (&zip("metadata/x"), "a ZIP archive"),
        (b"PK\x05\x06", "a ZIP archive"),
        (b"PK\x07\x08PK\x03\x04", "a ZIP archive"),
        (b"7z\xBC\xAF\x27\x1C\0", "a 7-Zip archive"),
        (b"Rar!\x1A\x07\x01\0", "a RAR archive"),
        (b"\xFD7zXZ\0", "an XZ archive"),
        (b"BZh91AY&SY", "a bzip2 archive"),
        (&tar, "a tar archive"),
        (&gzip(&tar), "a compressed tar archive"),
    ];
    for (head, words) in archives {
        assert_eq!(mgdc_decrypt::archive(head), Some(words));
    }
    let others: [&[u8]; 8] = [
        &zip("[Content_Types].xml"),
        &zip("mimetypeapplication/epub"),
        &gzip(b"{}"),
        b"",
        b"PK",
        b"\x1F\x8B",
        b"BZh9",
        &json_lines(600),
    ];
    for head in others {
        assert_eq!(mgdc_decrypt::archive(head), None);
    }
    for seed in 0..2000 {
        assert_eq!(mgdc_decrypt::archive(&Noise(seed).bytes(600)), None);
    }
}

#[test]
fn key_details_are_looked_for_where_no_sender_can_plant_them() {
    let of = |path, role| Candidate::of(path, role, 1000);
    assert_eq!(of("encryptionKeyDetails.json", KeyDetails), Candidate::Document);
    assert_eq!(of("metadata/JobMetadata/Metadata.json", Metadata), Candidate::Perhaps);
    assert_eq!(of("renamed.json", Data), Candidate::Perhaps);
    for (path, role) in
        [("Set/part.json", Data), ("key.txt", Data), ("metadata/x", Metadata), ("a.json", PathRole::Litter)]
    {
        assert_eq!(of(path, role), Candidate::No, "{path}");
    }
}

#[test]
fn a_candidate_that_is_too_big_is_refused_by_its_name_and_ignored_otherwise() {
    let limit = 64 << 20;
    assert_eq!(Candidate::of("encryptionKeyDetails.json", KeyDetails, limit), Candidate::Document);
    assert_eq!(Candidate::of("encryptionKeyDetails.json", KeyDetails, limit + 1), Candidate::TooBig { limit });
    assert_eq!(Candidate::of("renamed.json", Data, 1 << 20), Candidate::Perhaps);
    assert_eq!(Candidate::of("renamed.json", Data, (1 << 20) + 1), Candidate::No);

    let mut drop = DataDrop::default();
    assert!(drop.wants("renamed.json", Data, 1 << 20) && drop.wants("encryptionKeyDetails.json", KeyDetails, limit));
    assert!(!drop.wants("renamed.json", Data, limit) && !drop.wants("Set/part.json", Data, 1));
    assert!(drop.faults().is_empty());
    assert!(!drop.wants("encryptionKeyDetails.json", KeyDetails, limit + 1));
    assert_eq!((drop.faults()[0].path.as_str(), drop.faults().len()), ("encryptionKeyDetails.json", 1));
    assert!(drop.faults()[0].error.to_string().contains("67108865 bytes, more than the 67108864 that are read"));
}

#[test]
fn only_documents_that_mention_keys_are_read_as_key_details() {
    let text = br#"{"DecryptionKeyValue": 1}"#;
    let utf16: Vec<u8> = text.iter().flat_map(|byte| [*byte, 0]).collect();
    assert!(mentions_keys(Data, text) && mentions_keys(Metadata, text) && mentions_keys(Metadata, &utf16));
    assert!(mentions_keys(Metadata, br#"{"decryption_key": 1}"#));
    assert!(!mentions_keys(Metadata, br#"{"notes": 1}"#) && mentions_keys(KeyDetails, br#"{"notes": 1}"#));
    assert!(!mentions_keys(Data, b"a text about a decryptionKey, and no JSON"));
}

#[test]
fn a_path_is_safe_if_it_stays_below_its_folder() {
    for path in ["a.json", "Set/a b.json", "Set/..a", "Set/日本.json"] {
        assert!(is_safe_path(path), "{path}");
    }
    for path in ["", "/a", "a//b", "a/", "../a", "a/../b", "a/./b", "a\0b"] {
        assert!(!is_safe_path(path), "{path}");
    }
    assert_eq!(is_safe_path("a\\..\\b"), !cfg!(windows));
}
