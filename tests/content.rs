//! The content under the padding: compressed or not, recognised by content, with every check of the format.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing)]

use crate::make;

use make::{GzipMember, Noise, code, deflate, encrypt, gzip, json_lines, open, zlib};
use mgdc_decrypt::{Compression, Error, Options, Pulled, Summary, Verified, decrypt};

const AUTO: Options = Options::new();

fn forced(compression: Compression) -> Options {
    AUTO.with_compression(compression)
}

/// Opens after a look at both ends, like a drop does.
fn decrypted(inside: &[u8], options: Options) -> Result<(Vec<u8>, Summary), Error> {
    decrypt(&encrypt(inside), &make::file_key(), options)
}

#[test]
fn opens_each_compression_by_its_content_and_says_what_was_verified() {
    for plaintext in [b"".to_vec(), b"{".to_vec(), json_lines(100), json_lines(100_000)] {
        for (inside, compression, verified) in [
            (gzip(&plaintext), Compression::Gzip, Some(Verified::Crc32)),
            (zlib(&plaintext), Compression::Zlib, Some(Verified::Adler32)),
            (deflate(&plaintext), Compression::Deflate, None),
            (plaintext.clone(), Compression::None, None),
        ] {
            let (opened, summary) = decrypted(&inside, AUTO).unwrap();
            assert_eq!(opened, plaintext, "{compression:?}");
            assert_eq!((summary.compression, summary.verified), (compression, verified));
            assert_eq!(summary.bytes_in, encrypt(&inside).len() as u64);
            assert_eq!((summary.bytes_out, summary.trailing_zeros), (plaintext.len() as u64, 0));
        }
    }
}

#[test]
fn opens_every_gzip_member() {
    let members = [json_lines(70_000), Vec::new(), json_lines(1), Noise(1).bytes(5000)];
    for count in 2..=members.len() {
        let inside: Vec<u8> = members[..count].iter().flat_map(|member| gzip(member)).collect();
        assert_eq!(decrypted(&inside, AUTO).unwrap().0, members[..count].concat());
    }
}

#[test]
fn many_gzip_members_in_one_piece_cost_no_more_than_in_many() {
    let members = 60_000;
    let ciphertext = encrypt(&gzip(b"{}\n").repeat(members));
    let time = |piece: usize| {
        let started = std::time::Instant::now();
        let (opened, _) = make::open_pieces(&ciphertext, AUTO, &[piece]).unwrap();
        assert_eq!(opened, b"{}\n".repeat(members));
        started.elapsed()
    };
    // If the rest of the piece were copied for each header, this would copy 40 GB and take ten times as long.
    let (in_many, in_one) = (time(4096), time(usize::MAX));
    assert!(in_one < 4 * in_many, "{in_one:?} instead of {in_many:?}");
}

#[test]
fn opens_gzip_with_every_optional_field_in_its_header() {
    for flags in 0..16_u8 {
        let text = |bit: u8, length: usize| (flags & bit != 0).then(|| vec![b'n'; length]);
        let (extra, name, comment) = (text(1, 65_535), text(2, 100), text(4, 70_000));
        let member = GzipMember { extra, name, comment, header_crc: flags & 8 != 0, level: 6 };
        assert_eq!(decrypted(&member.of(b"{}"), AUTO).unwrap().0, b"{}", "flags {flags:#x}");
    }
}

#[test]
fn rejects_gzip_headers_that_are_wrong() {
    let member = GzipMember { header_crc: true, name: Some(b"part-00000.json".to_vec()), ..GzipMember::default() };
    let mut damaged = member.of(b"{}");
    damaged[4] ^= 1;
    assert_eq!(code(decrypted(&damaged, AUTO)), "ERR_COMPRESSED_DATA");
    let mut reserved = gzip(b"{}");
    reserved[3] = 0x20;
    assert_eq!(code(decrypted(&reserved, forced(Compression::Gzip))), "ERR_COMPRESSED_DATA");
    // A header that is too long, cut in any way.
    let endless = GzipMember { name: Some(vec![b'n'; 300_000]), ..GzipMember::default() }.of(b"{}");
    for piece in [1000, 5000, usize::MAX] {
        let result = make::open_pieces(&encrypt(&endless), AUTO, &[piece]);
        assert_eq!(code(result), "ERR_COMPRESSED_DATA", "in pieces of {piece}");
    }
}

#[test]
fn rejects_a_wrong_checksum_and_names_it() {
    let check = |mut inside: Vec<u8>, from_end: usize, name: &str| {
        let place = inside.len() - from_end;
        inside[place] ^= 1;
        let error = decrypted(&inside, AUTO).unwrap_err();
        assert!(matches!(&error, Error::Checksum { check, .. } if *check == name), "{name}: {error}");
    };
    for plaintext in [json_lines(50), json_lines(50_000), Noise(2).bytes(5000)] {
        (5..=8).for_each(|from_end| check(gzip(&plaintext), from_end, "CRC-32"));
        (1..=4).for_each(|from_end| check(gzip(&plaintext), from_end, "length"));
        (1..=4).for_each(|from_end| check(zlib(&plaintext), from_end, "Adler-32"));
    }
    // In any member, not only in the last.
    let mut first = gzip(b"{}");
    *first.last_mut().unwrap() ^= 1;
    assert_eq!(code(decrypted(&[first, gzip(b"{}")].concat(), AUTO)), "ERR_CHECKSUM");
}

#[test]
fn rejects_compressed_data_that_is_cut_anywhere_near_its_end() {
    for plaintext in [json_lines(10), json_lines(2000), json_lines(60_000), Noise(3).bytes(9000)] {
        let two_members = [gzip(&plaintext), gzip(b"{}")].concat();
        for (inside, compression) in [
            (gzip(&plaintext), Compression::Gzip),
            (zlib(&plaintext), Compression::Zlib),
            (deflate(&plaintext), Compression::Deflate),
        ] {
            for cut in 1..=inside.len().min(30) {
                let rest = &inside[..inside.len() - cut];
                // Two bytes or less may be text (`x`) or nothing.
                assert!(rest.len() < 3 || decrypted(rest, AUTO).is_err(), "{compression:?} cut by {cut}");
                let result = decrypted(rest, forced(compression));
                assert!(rest.is_empty() || code(result) == "ERR_COMPRESSED_DATA", "{compression:?} cut by {cut}");
            }
        }
        // A cut exactly after the first member cannot be noticed; every other cut must be.
        for cut in (1..gzip(b"{}").len()).filter(|cut| *cut != gzip(b"{}").len() - 1) {
            let result = decrypted(&two_members[..two_members.len() - cut], AUTO);
            assert_eq!(code(result), "ERR_COMPRESSED_DATA", "two members cut by {cut}");
        }
        let lone_magic = [gzip(&plaintext), vec![0x1F]].concat();
        assert_eq!(code(decrypted(&lone_magic, AUTO)), "ERR_TRAILING_DATA");
    }
}

#[test]
fn skips_zero_bytes_behind_compressed_data_and_counts_them() {
    let plaintext = json_lines(3000);
    for inside in [gzip(&plaintext), zlib(&plaintext), deflate(&plaintext)] {
        for zeros in [1, 15, 16, 512, 100_000] {
            let padded = [inside.as_slice(), &vec![0; zeros]].concat();
            for piece in [7, 1000, usize::MAX] {
                let (opened, summary) = make::open_pieces(&encrypt(&padded), AUTO, &[piece]).unwrap();
                assert_eq!(opened, plaintext);
                assert_eq!(summary.trailing_zeros, zeros as u64);
            }
        }
    }
}

#[test]
fn skips_line_ends_behind_content_that_was_checked_and_says_so() {
    for plaintext in [Vec::new(), json_lines(30), json_lines(3000), json_lines(300_000)] {
        for inside in [gzip(&plaintext), zlib(&plaintext), [gzip(&plaintext), gzip(b"")].concat()] {
            for (end, zeros) in [(&b"\n"[..], 0), (b"\r\n", 0), (b"\r\n\r\n", 0), (b"\0\0\n", 2), (b"\n\0\0\0", 3)] {
                let ciphertext = encrypt(&[&inside, end].concat());
                for piece in [1, 7, 1000, usize::MAX] {
                    if piece == 1 && ciphertext.len() > 5000 {
                        continue;
                    }
                    let (opened, summary) = make::open_pieces(&ciphertext, AUTO, &[piece]).unwrap();
                    assert!(opened == plaintext, "{end:?} behind {} bytes", inside.len());
                    assert!(summary.verified.is_some());
                    let skipped = (summary.trailing_line_ends, summary.trailing_zeros);
                    assert_eq!(skipped, (end.len() as u64 - zeros, zeros));
                    assert!(summary.warnings().iter().any(|warning| warning.contains("line ends")));
                }
            }
        }
    }
    // Without a checksum the data may be damaged, and the line end may be the only sign of it.
    let unchecked = [&deflate(&json_lines(30_000))[..], b"\n"].concat();
    assert_eq!(code(decrypted(&unchecked, AUTO)), "ERR_TRAILING_DATA");
    // A line end hides neither damage nor more data.
    for end in [&b"\nx"[..], b"\r\n\x1F\x8B\x08", b"\n\0garbage"] {
        let error = decrypted(&[&gzip(&json_lines(3000))[..], end].concat(), AUTO).unwrap_err();
        assert_eq!(error, Error::TrailingData { format: "gzip", offset: 3000 });
        assert!(error.to_string().contains("3000 bytes of plaintext are whole and checked"), "{error}");
    }
    let mut damaged = gzip(&json_lines(3000));
    let checksum = damaged.len() - 8;
    damaged[checksum] ^= 1;
    assert_eq!(code(decrypted(&[&damaged[..], b"\n"].concat(), AUTO)), "ERR_CHECKSUM");
    assert!(decrypted(&gzip(&json_lines(30)), AUTO).unwrap().1.warnings().is_empty());
}

/// The inner file may be a user's own.
#[test]
fn warns_of_what_is_compressed_twice_and_undoes_one_layer() {
    for plaintext in [json_lines(10), json_lines(3000), json_lines(300_000), Noise(5).bytes(20_000)] {
        for (inner, again) in [(gzip(&plaintext), Compression::Gzip), (zlib(&plaintext), Compression::Zlib)] {
            for outer in [gzip(&inner), zlib(&inner)] {
                let (opened, summary) = decrypted(&outer, AUTO).unwrap();
                assert!(opened == inner);
                assert_eq!(summary.compressed_again, Some(again));
                let warnings = summary.warnings();
                assert!(warnings.len() == 1 && warnings[0].contains(again.name()), "{warnings:?}");
            }
        }
    }
    // Text that begins like a header, a header before noise, and content that was not decompressed.
    let noise = [&b"\x1F\x8B\x08\0\0\0\0\0\0\x03"[..], &Noise(6).bytes(5000)].concat();
    for inside in [gzip(b"x^ and what follows is text, too"), gzip(&noise), gzip(b""), json_lines(100)] {
        assert_eq!(decrypted(&inside, AUTO).unwrap().1.compressed_again, None);
    }
    let kept = AUTO.with_keep_compressed(true);
    assert_eq!(decrypted(&gzip(&gzip(b"{}")), kept).unwrap().1.warnings(), Vec::<String>::new());
}

#[test]
fn rejects_anything_else_behind_compressed_data_however_it_is_cut() {
    for plaintext in [json_lines(300), json_lines(30_000)] {
        for garbage in [&b"\x1F"[..], b"\x1F\x8C", b"x", b"\0\0x", b"\0\x1F\x8B\x08", b"\x1Fgarbage", &zlib(b"{}")] {
            for inside in [gzip(&plaintext), zlib(&plaintext), deflate(&plaintext)] {
                let options = match inside.len() {
                    // Raw deflate has no magic number: with garbage in the first window it is not recognised.
                    0..4000 if !inside.starts_with(b"\x1F") && !inside.starts_with(b"x") => {
                        forced(Compression::Deflate)
                    }
                    _ => AUTO,
                };
                let ciphertext = encrypt(&[&inside, garbage].concat());
                for piece in [1, 16, 17, usize::MAX] {
                    let result = make::open_pieces(&ciphertext, options, &[piece]);
                    assert_eq!(code(result), "ERR_TRAILING_DATA", "{garbage:?} behind {} bytes", inside.len());
                }
            }
        }
    }
}

#[test]
fn stops_at_the_output_limit_with_little_memory() {
    let length = 5_000_000;
    for inside in [gzip(&vec![b' '; length]), (0..50).flat_map(|_| gzip(&vec![b' '; length / 50])).collect()] {
        assert!(inside.len() < 10_000);
        for limit in [0, 1, 1000, length as u64 - 1] {
            let options = AUTO.with_output_limit(limit);
            let mut decryptor = mgdc_decrypt::Decryptor::new(&make::file_key(), options);
            decryptor.push(&encrypt(&inside)).unwrap();
            let mut total = 0;
            let error = loop {
                match decryptor.pull() {
                    Ok(Pulled::Plaintext(piece)) => total += piece.len() as u64,
                    Ok(Pulled::NeedsInput) => decryptor.end().unwrap(),
                    Ok(Pulled::End) => panic!("the end was reached under a limit of {limit}"),
                    Err(error) => break error,
                }
            };
            assert_eq!(error, Error::OutputLimit { limit });
            assert!(total <= limit, "{total} bytes came out under a limit of {limit}");
        }
        let options = AUTO.with_output_limit(length as u64);
        assert_eq!(open(&encrypt(&inside), options).unwrap().1.bytes_out, length as u64);
    }
    let plain = AUTO.with_output_limit(99);
    assert_eq!(code(decrypted(&json_lines(100), plain)), "ERR_OUTPUT_LIMIT");
    assert!(decrypted(&json_lines(99), plain).is_ok());
}

#[test]
fn a_forced_compression_is_neither_guessed_nor_softened() {
    let plaintext = json_lines(3000);
    let all = [Compression::Gzip, Compression::Zlib, Compression::Deflate, Compression::None];
    let inside = [gzip(&plaintext), zlib(&plaintext), deflate(&plaintext), plaintext.clone()];
    for (content, right) in inside.iter().zip(all) {
        for compression in all {
            let result = decrypted(content, forced(compression));
            match compression {
                Compression::None => assert_eq!(result.unwrap().0, *content),
                _ if compression == right => assert_eq!(result.unwrap().0, plaintext),
                _ => assert_eq!(code(result), "ERR_COMPRESSED_DATA", "{right:?} as {compression:?}"),
            }
        }
        let kept = AUTO.with_keep_compressed(true);
        assert_eq!(decrypted(content, kept).unwrap().0, *content);
        assert_eq!(decrypted(content, forced(right).with_keep_compressed(true)).unwrap().0, *content);
    }
    // An empty file is valid for every compression: .NET's streams write nothing for empty content.
    for compression in all {
        assert_eq!(decrypted(b"", forced(compression)).unwrap().0, b"");
    }
    // Unrecognised content is only delivered with a forced compression.
    let noise = Noise(4).bytes(5000);
    assert_eq!(code(decrypted(&noise, AUTO)), "ERR_UNRECOGNIZED");
    assert_eq!(decrypted(&noise, forced(Compression::None)).unwrap().0, noise);
    assert_eq!(decrypted(&deflate(&noise), forced(Compression::Deflate)).unwrap().0, noise);
}

#[test]
fn one_block_of_padding_is_an_empty_file() {
    let (opened, summary) = decrypted(b"", AUTO).unwrap();
    assert_eq!((opened.len(), summary.bytes_in, summary.verified), (0, 16, None));
}

#[test]
fn compression_names_go_there_and_back() {
    for compression in [Compression::Gzip, Compression::Zlib, Compression::Deflate, Compression::None] {
        assert_eq!(Compression::from_name(compression.name()), Some(compression));
    }
    assert_eq!(Compression::from_name("auto"), None);
}
