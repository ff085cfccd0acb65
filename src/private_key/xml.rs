//! `RSAKeyValue` (XML Signature, section 4.5.2.2, with the private members that .NET adds) → RSA key.

use super::der;
use super::rsa_key::{Numbers, RsaKey};
use crate::error::Error;
use crate::text;
use zeroize::Zeroizing;

/// `None` when there is no such element.
pub(super) fn private_key(text: &str) -> Option<Result<RsaKey, Error>> {
    let (_, key) = text.split_once("<RSAKeyValue")?;
    let key = key.split_once("</RSAKeyValue>").map_or(key, |(key, _)| key);
    let number = |name: &str| -> Option<Zeroizing<Vec<u8>>> {
        let (_, content) = key.split_once(&format!("<{name}>"))?;
        text::base64(content.split_once(&format!("</{name}>"))?.0).ok()
    };
    const DAMAGED: Error =
        Error::PrivateKeyInvalid { problem: "it is an RSA key in XML, but is incomplete or damaged" };
    const UNFIT: Error =
        Error::PrivateKeyInvalid { problem: "it is an RSA key in XML, but its numbers do not fit together" };
    if !key.contains("<D>") {
        return Some(Err(Error::PrivateKeyMissing { found: "a public key (XML)", remedy: der::NEED_PRIVATE }));
    }
    let (Some(n), Some(e), Some(d)) = (number("Modulus"), number("Exponent"), number("D")) else {
        return Some(Err(DAMAGED));
    };
    let primes = [number("P"), number("Q")].into_iter().flatten().collect::<Vec<_>>();
    let primes = if primes.len() == 2 { primes } else { Vec::new() };
    Some(Numbers { n, e, d, primes }.key(UNFIT))
}
