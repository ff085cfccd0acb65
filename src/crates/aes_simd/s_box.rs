//! The S-box and its inverse (FIPS 197, 5.1.1 and 5.3.2).

use crate::bits::State;

/// The constant that the S-box adds to every byte at the end. The functions here leave it out: the caller adds it, or
/// includes it in a round key.
pub(crate) const S_BOX_CONSTANT: u8 = 0x63;

/// The inverse S-box of bytes to which [`S_BOX_CONSTANT`] was added.
///
/// The circuit of 127 gates is that of the crate `aes` 0.9.4 (`fixslice/sbox.rs`, after Boyar, Peralta and Calik; MIT
/// OR Apache-2.0, RustCrypto Developers), with the same names and order of the gates.
#[inline(always)]
#[rustfmt::skip]
pub(crate) fn substitute_back([u7, u6, u5, u4, u3, u2, u1, u0]: State) -> State {
    let t23 = u0 ^ u3; let t8 = u1 ^ t23; let m2 = t23 & t8; let t4 = u4 ^ t8; let t22 = u1 ^ u3; let t2 = u0 ^ u1;
    let t1 = u3 ^ u4; let t9 = u7 ^ t1; let m7 = t22 & t9; let t24 = u4 ^ u7; let t10 = t2 ^ t24; let m14 = t2 & t10;
    let r5 = u6 ^ u7; let t3 = t1 ^ r5; let t13 = t2 ^ r5; let t19 = t22 ^ r5; let t17 = u2 ^ t19; let t25 = u2 ^ t1;
    let r13 = u1 ^ u6; let t20 = t24 ^ r13; let m9 = t20 & t17; let r17 = u2 ^ u5; let t6 = t22 ^ r17;
    let m1 = t13 & t6; let y5 = u0 ^ r17; let m4 = t19 & y5; let m5 = m4 ^ m1; let m17 = m5 ^ t24; let r18 = u5 ^ u6;
    let t27 = t1 ^ r18; let t15 = t10 ^ t27; let m11 = t1 & t15; let m15 = m14 ^ m11; let m21 = m17 ^ m15;
    let m12 = t4 & t27; let m13 = m12 ^ m11; let t14 = t10 ^ r18; let m3 = t14 ^ m1; let m16 = m3 ^ m2;
    let m20 = m16 ^ m13; let r19 = u2 ^ u4; let t16 = r13 ^ r19; let t26 = t3 ^ t16; let m6 = t3 & t16;
    let m8 = t26 ^ m6; let m18 = m8 ^ m7; let m22 = m18 ^ m13; let m25 = m22 & m20; let m26 = m21 ^ m25;
    let m10 = m9 ^ m6; let m19 = m10 ^ m15; let m23 = m19 ^ t25; let m28 = m23 ^ m25; let m24 = m22 ^ m23;
    let m30 = m26 & m24; let m39 = m23 ^ m30; let m48 = m39 & y5; let m57 = m39 & t19; let m36 = m24 ^ m25;
    let m31 = m20 & m23; let m27 = m20 ^ m21; let m32 = m27 & m31; let m29 = m28 & m27; let m37 = m21 ^ m29;
    let m42 = m37 ^ m39; let m52 = m42 & t15; let m61 = m42 & t1; let p0 = m52 ^ m61; let p16 = m57 ^ m61;
    let m60 = m37 & t20; let m51 = m37 & t17; let m33 = m27 ^ m25; let m38 = m32 ^ m33; let m43 = m37 ^ m38;
    let m49 = m43 & t16; let p6 = m49 ^ m60; let p13 = m49 ^ m51; let m58 = m43 & t3; let m50 = m38 & t9;
    let m59 = m38 & t22; let p1 = m58 ^ m59; let p7 = p0 ^ p1; let m34 = m21 & m22; let m35 = m24 & m34;
    let m40 = m35 ^ m36; let m41 = m38 ^ m40; let m45 = m42 ^ m41; let m53 = m45 & t27; let p8 = m50 ^ m53;
    let p23 = p7 ^ p8; let m62 = m45 & t4; let p14 = m49 ^ m62; let s6 = p14 ^ p23; let m54 = m41 & t10;
    let p2 = m54 ^ m62; let p22 = p2 ^ p7; let s0 = p13 ^ p22; let p17 = m58 ^ p2; let p15 = m54 ^ m59;
    let m63 = m41 & t2; let m44 = m39 ^ m40; let m46 = m44 & t6; let p5 = m46 ^ m51; let p18 = m63 ^ p5;
    let p24 = p5 ^ p7; let p12 = m46 ^ m48; let s3 = p12 ^ p22; let m55 = m44 & t13; let p9 = m55 ^ m63;
    let s7 = p9 ^ p16; let m47 = m40 & t8; let p3 = m47 ^ m50; let p19 = p2 ^ p3; let s5 = p19 ^ p24; let p11 = p0 ^ p3;
    let p26 = p9 ^ p11; let m56 = m40 & t23; let p4 = m48 ^ m56; let p20 = p4 ^ p6; let p29 = p15 ^ p20;
    let s1 = p26 ^ p29; let p10 = m57 ^ p4; let p27 = p10 ^ p18; let s4 = p23 ^ p27; let p25 = p6 ^ p10;
    let p28 = p11 ^ p25; let s2 = p17 ^ p28;
    [s7, s6, s5, s4, s3, s2, s1, s0]
}

/// The S-box without its constant. With L as the linear map of the S-box it is L(1/x), and its inverse is 1/L⁻¹(y).
pub(crate) fn substitute(state: State) -> State {
    linear(substitute_back(linear(state)))
}

fn linear([a, b, c, d, e, f, g, h]: State) -> State {
    let all = a ^ b ^ c ^ d ^ e ^ f ^ g ^ h;
    [
        all ^ b ^ c ^ d,
        all ^ c ^ d ^ e,
        all ^ d ^ e ^ f,
        all ^ e ^ f ^ g,
        all ^ f ^ g ^ h,
        all ^ g ^ h ^ a,
        all ^ h ^ a ^ b,
        all ^ a ^ b ^ c,
    ]
}
