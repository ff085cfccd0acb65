//! The zlib header (RFC 1950, section 2.2).

/// Bytes of the header.
pub(crate) const HEADER: usize = 2;

/// Whether the bytes begin with a zlib header: compression method 8 with a window of at most 32 KiB, no preset
/// dictionary, and a check value that makes the two bytes a multiple of 31.
pub(crate) fn has_header(bytes: &[u8]) -> bool {
    let [cmf, flg, ..] = *bytes else { return false };
    let (is_deflate, has_window) = (cmf & 0x0F == 8, cmf >> 4 <= 7);
    let has_dictionary = flg & 0x20 != 0;
    is_deflate && has_window && !has_dictionary && u16::from_be_bytes([cmf, flg]).is_multiple_of(31)
}

#[cfg(test)]
mod tests {
    use super::has_header;

    #[test]
    fn takes_every_window_that_zlib_has_and_no_bigger_one() {
        for window in 0..16_u8 {
            let cmf = window << 4 | 8;
            let check = 31 - (u16::from_be_bytes([cmf, 0]) % 31) as u8;
            assert_eq!(has_header(&[cmf, check]), window <= 7, "window {window}");
            assert!(!has_header(&[cmf, check + 1]), "window {window}");
        }
        assert!(!has_header(&[0x78]) && !has_header(&[]));
    }

    #[test]
    fn refuses_a_preset_dictionary_and_another_method() {
        assert!(has_header(&[0x78, 0x9C]));
        assert!(!has_header(&[0x78, 0xBB]), "FDICT");
        assert!(!has_header(&[0x79, 0x18]), "CM 9");
    }
}
