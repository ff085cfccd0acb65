#!/usr/bin/env python3
"""Writes ../keys and ../keys.json: key containers beyond those of ../../drops/keys, see ../README.md.

Needs the openssl command line 3.x, keytool (Java 17), node, ssh-keygen and the Python package `cryptography`.
Run it only to add forms: what lies in ../keys is never written again to make a test pass.
"""
import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.serialization import PrivateFormat, pkcs12
from cryptography.x509 import load_pem_x509_certificate

import pfx
from asn1 import explicit, integer, null, octets, oid, seq, to_ber, tlv

HERE = os.path.dirname(os.path.abspath(__file__))
OUT = os.path.join(HERE, "..", "keys")
DROPS = os.path.join(HERE, "..", "..", "drops")
WORK = tempfile.mkdtemp()
PW = "Contoso-drop-1"
VERSION = "501bc4c9f66d877902c60ab27d226ed6"
KID = "https://contoso-kv.vault.azure.net/keys/5f0c1c1e-7a44-4a0e-9d52-0c6f4d1b7a11/" + VERSION
OPENSSL, PYTHON, CRYPTOGRAPHY, KEYTOOL, NODE = (
    "OpenSSL 3.0 command line", "generators/pfx.py", "Python cryptography 48", "Java 17 keytool", "Node.js 20")

known = {key["name"]: key for line in json.load(open(os.path.join(DROPS, "keys.json"))) for key in line.get("keys", [])}
lines = json.load(open(os.path.join(HERE, "..", "keys.json"))) if os.path.exists(os.path.join(HERE, "..", "keys.json")) else []
have = {line["file"] for line in lines}
fresh = set()


def source(path):
    return os.path.join(DROPS, "keys", path)


def read(path):
    with open(path, "rb") as file:
        return file.read()


def run(*command, text=None):
    result = subprocess.run(command, input=text, capture_output=True)
    if result.returncode:
        sys.exit("%s\n%s" % (" ".join(command), result.stderr.decode()))
    return result.stdout


def note(file, form, writer, password=None, keys=("contoso-2048",), error=None, **more):
    line = {"file": "keys/" + file, "form": form, "password": password, "outcome": "error" if error else "key"}
    line.update({"error_kind": error} if error else {"keys": [known[name] for name in keys]})
    lines.append({**line, **more, "writer": writer})


def add(file, form, content, writer, **more):
    """Never writes over a file that is there."""
    if "keys/" + file in have and file not in fresh:
        return
    if callable(content):
        content = content(os.path.join(WORK, file)) or read(os.path.join(WORK, file))
    with open(os.path.join(OUT, file), "wb") as target:
        target.write(content if isinstance(content, bytes) else content.encode())
    fresh.add(file)
    note(file, form, writer, **more)


def openssl(file, form, *command, password=PW, **more):
    add(file, form, lambda path: run("openssl", *command, "-out", path) and None, OPENSSL, password=password, **more)


PEM = source("contoso-2048/pkcs8.pem")
PKCS8 = read(source("contoso-2048/pkcs8.der"))
OLD = run("openssl", "pkcs8", "-topk8", "-nocrypt", "-in", source("contoso-2048-old/pkcs8.pem"), "-outform", "DER")
CERT = os.path.join(WORK, "cert.pem")
run("openssl", "req", "-x509", "-new", "-key", PEM, "-subj", "/CN=contoso-mgdc", "-days", "3650", "-out", CERT)
N = serialization.load_der_private_key(PKCS8, None).private_numbers()
CERT_DER = run("openssl", "x509", "-in", CERT, "-outform", "DER")
EXPORT = ["pkcs12", "-export", "-inkey", PEM, "-in", CERT]


def pfx_forms():
    pw = ["-passout", "pass:" + PW]
    for name, scheme in {"rc2-128": "PBE-SHA1-RC2-128", "rc2-40": "PBE-SHA1-RC2-40", "2des": "PBE-SHA1-2DES", "3des": "PBE-SHA1-3DES"}.items():
        openssl("pfx-%s.pfx" % name, "PFX: %s for key and certificate, SHA-1 MAC" % scheme,
                *EXPORT, "-legacy", "-keypbe", scheme, "-certpbe", scheme, *pw)
    openssl("pfx-aes128.pfx", "PFX: PBES2 AES-128-CBC", *EXPORT, "-keypbe", "AES-128-CBC", "-certpbe", "AES-128-CBC", *pw)
    openssl("pfx-aes192.pfx", "PFX: PBES2 AES-192-CBC", *EXPORT, "-keypbe", "AES-192-CBC", "-certpbe", "AES-192-CBC", *pw)
    openssl("pfx-rc4.pfx", "PFX: PBE-SHA1-RC4-128", *EXPORT, "-legacy", "-keypbe", "PBE-SHA1-RC4-128", "-certpbe", "PBE-SHA1-3DES", *pw,
            error="unsupported_key_format", says="RC4")
    openssl("pfx-nomac.pfx", "PFX without a MAC", *EXPORT, "-nomac", *pw)
    openssl("pfx-nomac-3des.pfx", "PFX without a MAC, 3DES", *EXPORT, "-legacy", "-nomac", *pw)
    openssl("pfx-clear.pfx", "PFX without encryption and MAC", *EXPORT, "-keypbe", "NONE", "-certpbe", "NONE", "-nomac", *pw, password=None)
    openssl("pfx-clear-mac.pfx", "PFX without encryption, with a MAC", *EXPORT, "-keypbe", "NONE", "-certpbe", "NONE", *pw)
    for alg in ("sha1", "sha224", "sha384", "sha512"):
        openssl("pfx-mac-%s.pfx" % alg, "PFX: MAC with %s" % alg.upper(), *EXPORT, "-macalg", alg, *pw)
    openssl("pfx-mac-1.pfx", "PFX: one iteration everywhere", *EXPORT, "-legacy", "-noiter", "-nomaciter", *pw)
    openssl("pfx-empty-two-zeros.pfx", "PFX by -passout pass: — the empty password as two zero bytes, 3DES", *EXPORT, "-legacy", "-passout", "pass:", password="")
    add("pfx-umlaut.pfx", "PFX: password Schlüssel-ß, PBES2 (UTF-8)", lambda p: run("openssl", *EXPORT, "-passout", "pass:Schlüssel-ß", "-out", p) and None, OPENSSL, password="Schlüssel-ß")
    add("pfx-umlaut-legacy.pfx", "PFX: password Schlüssel-ß, PBE (UTF-16BE)", lambda p: run("openssl", *EXPORT, "-legacy", "-passout", "pass:Schlüssel-ß", "-out", p) and None, OPENSSL, password="Schlüssel-ß")
    add("pfx-emoji-legacy.pfx", "PFX: password 🔑 drop, PBE (surrogates)", lambda p: run("openssl", *EXPORT, "-legacy", "-passout", "pass:🔑 drop", "-out", p) and None, OPENSSL, password="🔑 drop")
    openssl("pfx-4096.pfx", "PFX with an RSA-4096 key only", "pkcs12", "-export", "-inkey", source("contoso-4096/pkcs8.pem"), "-nocerts", *pw, keys=["contoso-4096"])
    run("openssl", "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", os.path.join(WORK, "ec.pem"))
    openssl("pfx-ec.pfx", "PFX with an EC key", "pkcs12", "-export", "-inkey", os.path.join(WORK, "ec.pem"), "-nocerts", *pw, error="not_rsa")


def pfx_of_others():
    key = serialization.load_pem_private_key(read(PEM), None)
    cert = load_pem_x509_certificate(read(CERT))
    for file, pbe, mac in (("pfx-cryptography-pbes2.p12", pkcs12.PBES.PBESv2SHA256AndAES256CBC, hashes.SHA256()),
                           ("pfx-cryptography-3des.p12", pkcs12.PBES.PBESv1SHA1And3KeyTripleDESCBC, hashes.SHA1())):
        build = PrivateFormat.PKCS12.encryption_builder().kdf_rounds(20000).key_cert_algorithm(pbe).hmac_hash(mac).build("Grüße 1".encode())
        add(file, "PFX by cryptography: %s" % pbe.name, pkcs12.serialize_key_and_certificates(b"mgdc", key, cert, None, build), CRYPTOGRAPHY, password="Grüße 1")

    def keystore(path, *options):
        for index, name in enumerate(("contoso-2048", "contoso-2048-old")):
            one = os.path.join(WORK, "one%d.p12" % index)
            run("openssl", "req", "-x509", "-new", "-key", source(name + "/pkcs8.pem"), "-subj", "/CN=" + name, "-out", CERT + name)
            run("openssl", "pkcs12", "-export", "-inkey", source(name + "/pkcs8.pem"), "-in", CERT + name, "-name", name, "-passout", "pass:" + PW, "-out", one)
            run("keytool", *options, "-importkeystore", "-noprompt", "-srckeystore", one, "-srcstoretype", "PKCS12", "-srcstorepass", PW, "-destkeystore", path,
                "-deststoretype", "JKS" if path.endswith("jks") else "PKCS12", "-deststorepass", PW)

    add("pfx-keytool-two-keys.p12", "PFX by Java with two keys", keystore, KEYTOOL, password=PW, keys=["contoso-2048", "contoso-2048-old"])
    add("pfx-keytool-legacy.p12", "PFX by Java: 3DES, RC2-40, SHA-1 (-Dkeystore.pkcs12.legacy), two keys",
        lambda path: keystore(path, "-J-Dkeystore.pkcs12.legacy"), KEYTOOL, password=PW, keys=["contoso-2048", "contoso-2048-old"])
    add("keystore.jks", "Java keystore (JKS)", keystore, KEYTOOL, password=PW, error="unsupported_key_format", says="keytool -importkeystore")


def pfx_by_hand():
    zero, two = b"", b"\0\0"
    weak = lambda password: lambda data: pfx.pbe_3des(data, password)
    strong = lambda password: lambda data: pfx.pbes2(data, password.encode())
    sha1 = lambda password, **more: lambda content: pfx.mac("sha1", pfx.SHA1, password, content, **more)
    sha256 = lambda password: lambda content: pfx.mac("sha256", pfx.SHA256, password, content, parameters=null())
    by_hand = lambda file, form, content, **more: add(file, form, content, PYTHON, **more)

    vault = pfx.pfx([pfx.encrypted_safe(weak(zero), pfx.cert_bag(CERT_DER)), pfx.clear_safe(pfx.shrouded_bag(PKCS8, weak(zero), key_id=b"\1\0\0\0"))], sha1(zero))
    by_hand("pfx-empty-zero-length.pfx", "PFX as Key Vault writes it: 3DES, SHA-1 without NULL, the password is zero bytes long", vault, password="")
    by_hand("pfx-empty-zero-length.base64.txt", "the same as the value of a secret", base64.b64encode(vault), password=None)
    by_hand("pfx-empty-aes.pfx", "PFX: empty password of two zero bytes, PBES2, SHA-256", pfx.pfx([pfx.clear_safe(pfx.shrouded_bag(PKCS8, strong("")))], sha256(two)), password=None)
    widened = "Schlüssel-ß".encode().decode("latin-1").encode("utf-16-be") + b"\0\0"
    by_hand("pfx-umlaut-openssl10.pfx", "PFX: password Schlüssel-ß as OpenSSL before 1.1.0 took it", pfx.pfx([pfx.clear_safe(pfx.shrouded_bag(PKCS8, weak(widened)))], sha1(widened)), password="Schlüssel-ß")
    named = pfx.pfx([pfx.clear_safe(pfx.shrouded_bag(PKCS8, strong(PW), name=VERSION), pfx.shrouded_bag(OLD, strong(PW), name="mgdc", key_id=b"0123456789abcdef0123456789ABCDEF"))], sha256(pfx.bmp(PW)))
    by_hand("pfx-versions.pfx", "PFX with two keys whose friendlyName and localKeyID are versions", named, password=PW,
            keys=["contoso-2048", "contoso-2048-old"], versions=[VERSION, "0123456789abcdef0123456789abcdef"], key_id=VERSION)
    by_hand("pfx-key-in-encrypted-safe.pfx", "PFX: keyBag inside an encrypted safe", pfx.pfx([pfx.encrypted_safe(strong(PW), pfx.cert_bag(CERT_DER), pfx.key_bag(PKCS8))], sha256(pfx.bmp(PW))), password=PW)
    by_hand("pfx-nested.pfx", "PFX: safeContentsBag in safeContentsBag", pfx.pfx([pfx.clear_safe(pfx.nested_bag(pfx.nested_bag(pfx.shrouded_bag(PKCS8, strong(PW)))))], sha256(pfx.bmp(PW))), password=PW)
    by_hand("pfx-pbmac1.pfx", "PFX: PBMAC1 (RFC 9579)", pfx.pfx([pfx.clear_safe(pfx.shrouded_bag(PKCS8, strong("Grüße")))], lambda content: pfx.pbmac1("Grüße".encode(), content)), password="Grüße")
    by_hand("pfx-two-passwords.pfx", "PFX: the MAC has the password, the key another one", pfx.pfx([pfx.clear_safe(pfx.shrouded_bag(PKCS8, strong("another")))], sha256(pfx.bmp(PW))), password=PW, error="wrong_password", says="padding")
    by_hand("pfx-ber.pfx", "PFX in BER: indefinite lengths, octet strings in pieces, inside too",
            pfx.pfx([pfx.encrypted_safe(weak(pfx.bmp(PW)), pfx.cert_bag(CERT_DER)), pfx.clear_safe(pfx.shrouded_bag(PKCS8, weak(pfx.bmp(PW))))], sha1(pfx.bmp(PW)), ber=to_ber), password=PW)
    for name in ("pfx-legacy", "pfx-modern", "pfx-chain"):
        by_hand(name + "-ber.pfx", "%s.pfx of ../drops converted to BER" % name, to_ber(read(source("contoso-2048/%s.pfx" % name))), password=PW)
    by_hand("pkcs8-ber.der", "encrypted PKCS#8 converted to BER", to_ber(read(source("contoso-2048/pkcs8-pbes2-aes256-sha256.der"))), password=PW)
    by_hand("pfx-costly-mac.pfx", "PFX whose MAC takes 1,000,001 iterations", pfx.pfx([pfx.clear_safe(pfx.key_bag(PKCS8))], lambda content: seq(seq(seq(oid(pfx.SHA1)), octets(bytes(20))), octets(bytes(8)), integer(1000001))), error="kdf_too_costly", says="1000001 PKCS#12 iterations")
    signed = seq(integer(3), seq(oid("1.2.840.113549.1.7.2"), explicit(0, seq(integer(1)))))
    by_hand("pfx-signed.pfx", "PFX in public-key integrity mode", signed, error="unsupported_key_format", says="sealed with a certificate")
    sealed = pfx.pfx([seq(oid("1.2.840.113549.1.7.3"), explicit(0, seq(integer(0))))], sha256(pfx.bmp(PW)))
    by_hand("pfx-enveloped.pfx", "PFX whose contents are enveloped, as for an Active Directory group", sealed, password=PW, error="unsupported_key_format", says="Active Directory")

    def costly(derivation):
        scheme = seq(oid("1.2.840.113549.1.5.13"), seq(derivation, seq(oid("2.16.840.1.101.3.4.1.42"), octets(bytes(16)))))
        return seq(scheme, octets(bytes(1232)))

    pbkdf2 = lambda n: costly(seq(oid("1.2.840.113549.1.5.12"), seq(octets(bytes(8)), integer(n), seq(oid("1.2.840.113549.2.9"), null()))))
    scrypt = lambda n, r, p: costly(seq(oid("1.3.6.1.4.1.11591.4.11"), seq(octets(bytes(8)), integer(n), integer(r), integer(p))))
    by_hand("costly-pbkdf2.der", "PKCS#8: PBKDF2 with 2^31 - 1 iterations", pbkdf2(2**31 - 1), password=PW, error="kdf_too_costly", says="2147483647 PBKDF2 iterations")
    by_hand("costly-pbkdf2-10000001.der", "PKCS#8: PBKDF2 with 10,000,001 iterations", pbkdf2(10000001), password=PW, error="kdf_too_costly")
    by_hand("costly-scrypt-memory.der", "PKCS#8: scrypt with N = 2^20, r = 8 (1 GiB)", scrypt(2**20, 8, 1), password=PW, error="kdf_too_costly", says="MiB of scrypt memory")
    scheme, ciphertext = pfx.pbes2(read(source("contoso-2048/pkcs8.der")), PW.encode(), scrypt=(2**15, 8, 1))
    by_hand("pkcs8-scrypt-32mib.der", "PKCS#8: scrypt with N = 2^15, r = 8 (32 MiB, more than OpenSSL allows)", seq(scheme, octets(ciphertext)), password=PW)
    by_hand("costly-scrypt-64mib.der", "PKCS#8: scrypt with N = 2^16, r = 8 (64 MiB)", scrypt(2**16, 8, 1), password=PW, error="kdf_too_costly", says="65 MiB of scrypt memory")
    by_hand("costly-scrypt-work.der", "PKCS#8: scrypt with N = 2^14, r = 8, p = 1000", scrypt(2**14, 8, 1000), password=PW, error="kdf_too_costly", says="scrypt steps")
    by_hand("bad-scrypt-zero.der", "PKCS#8: scrypt with N = 0", scrypt(0, 8, 1), password=PW, error="malformed_key")
    by_hand("bad-scrypt-odd.der", "PKCS#8: scrypt with N = 12345", scrypt(12345, 8, 1), password=PW, error="malformed_key")
    by_hand("bad-pbkdf2-zero.der", "PKCS#8: PBKDF2 with no iteration", pbkdf2(0), password=PW, error="malformed_key")


def pkcs8_forms():
    topk8 = ["pkcs8", "-topk8", "-in", PEM, "-passout", "pass:" + PW]
    for cipher in ("aes-128-cbc", "aes-192-cbc", "aes-256-cbc", "des3"):
        openssl("pkcs8-%s.pem" % cipher, "PKCS#8: PBES2 %s" % cipher, *topk8, "-v2", cipher)
    for prf in ("hmacWithSHA1", "hmacWithSHA224", "hmacWithSHA384", "hmacWithSHA512"):
        openssl("pkcs8-%s.pem" % prf.lower(), "PKCS#8: PBKDF2 %s" % prf, *topk8, "-v2", "aes-256-cbc", "-v2prf", prf)
    openssl("pkcs8-scrypt-aes128.der", "PKCS#8: scrypt with N = 2^12, AES-128, DER", *topk8, "-v2", "aes-128-cbc", "-scrypt", "-scrypt_N", "4096", "-outform", "DER")
    openssl("pkcs8-scrypt-p4.pem", "PKCS#8: scrypt with p = 4, 3DES", *topk8, "-v2", "des3", "-scrypt", "-scrypt_N", "1024", "-scrypt_p", "4")
    for scheme in ("PBE-SHA1-2DES", "PBE-SHA1-RC2-128", "PBE-SHA1-RC2-40", "PBE-MD5-DES", "PBE-MD5-RC2-64", "PBE-SHA1-DES", "PBE-SHA1-RC2-64"):
        openssl("pkcs8-%s.pem" % scheme.lower(), "PKCS#8: PBES1 %s" % scheme, *topk8, "-v1", scheme, "-provider", "legacy", "-provider", "default")
    openssl("pkcs8-des.pem", "PKCS#8: PBES2 des-cbc", *topk8, "-v2", "des-cbc", "-provider", "legacy", "-provider", "default")
    for scheme in ("PBE-SHA1-RC4-128",):
        openssl("pkcs8-%s.pem" % scheme.lower(), "PKCS#8: PBES1 %s" % scheme, *topk8, "-v1", scheme, "-provider", "legacy", "-provider", "default",
                error="unsupported_key_format", says="openssl pkey -provider legacy")
    openssl("pkcs8-camellia.pem", "PKCS#8: PBES2 with Camellia", *topk8, "-v2", "camellia-256-cbc", error="unsupported_key_format")
    add("pkcs8-umlaut.pem", "PKCS#8: password Schlüssel-ß", lambda p: run("openssl", "pkcs8", "-topk8", "-in", PEM, "-passout", "pass:Schlüssel-ß", "-out", p) and None, OPENSSL, password="Schlüssel-ß")
    openssl("pkcs8-empty.pem", "PKCS#8: empty password", "pkcs8", "-topk8", "-in", PEM, "-passout", "pass:", password=None)
    for flag in ("aes128", "aes192", "aes256", "des3"):
        openssl("legacy-%s.pem" % flag, "PEM with Proc-Type: %s" % flag, "rsa", "-in", PEM, "-traditional", "-" + flag, "-passout", "pass:" + PW)
    openssl("legacy-des.pem", "PEM with Proc-Type: DES-CBC", "rsa", "-in", PEM, "-traditional", "-des", "-passout", "pass:" + PW, "-provider", "legacy", "-provider", "default")
    openssl("legacy-camellia.pem", "PEM with Proc-Type: Camellia", "rsa", "-in", PEM, "-traditional", "-camellia256", "-passout", "pass:" + PW, error="unsupported_key_format")

    def node(kind, cipher):
        script = "const c=require('crypto');process.stdout.write(c.createPrivateKey(require('fs').readFileSync(0)).export({type:'%s',format:'pem',cipher:'%s',passphrase:'%s'}))"
        return run("node", "-e", script % (kind, cipher, PW), text=read(PEM))

    for kind, cipher in (("pkcs8", "aes-256-cbc"), ("pkcs8", "des-ede3-cbc"), ("pkcs1", "aes-192-cbc")):
        add("node-%s-%s.pem" % (kind, cipher), "%s by Node with %s" % (kind.upper(), cipher), node(kind, cipher), NODE, password=PW)
    key = serialization.load_pem_private_key(read(PEM), None)
    add("cryptography-pkcs8.pem", "PKCS#8 by cryptography", key.private_bytes(serialization.Encoding.PEM, PrivateFormat.PKCS8, serialization.BestAvailableEncryption(PW.encode())), CRYPTOGRAPHY, password=PW)


def json_forms():
    jwk = json.loads(read(source("contoso-2048/jwk.json")))
    old = json.loads(read(source("contoso-2048/jwks.json")))["keys"][0]
    public = {name: jwk[name] for name in ("kty", "n", "e")}
    by = "edited from Node.js's JWK"
    j = lambda file, form, value, **more: add(file, form, json.dumps(value, indent=1), by, **more)
    j("jwk-n-e-d.json", "JWK with n, e and d only", {name: jwk[name] for name in ("kty", "n", "e", "d")})
    j("jwk-no-crt.json", "JWK without dp, dq and qi", {name: jwk[name] for name in ("kty", "n", "e", "d", "p", "q")})
    j("jwk-hsm.json", "JWK: RSA-HSM, key_ops that forbid decryption, kid", {**jwk, "kty": "RSA-HSM", "key_ops": ["import"], "kid": KID}, versions=[VERSION], key_id=KID)
    j("jwk-version-kid.json", "JWK: kid is the bare version", {**jwk, "kid": VERSION.upper()}, versions=[VERSION], key_id=VERSION.upper())
    standard = lambda text: base64.b64encode(base64.urlsafe_b64decode(text + "==")).decode()
    j("jwk-standard-base64.json", "JWK with Base64 instead of Base64URL, leading zeros in e", {**{name: standard(value) if name != "kty" else value for name, value in jwk.items()}, "e": "AAEAAQ=="})
    numbers = lambda text: list(base64.urlsafe_b64decode(text + "=="))
    j("jwk-numbers.json", "JWK as PowerShell writes it: byte numbers, names in capitals", {"Kty": "RSA", "Kid": KID, **{name.upper(): numbers(jwk[name]) for name in ("n", "e", "d", "p", "q", "dp", "dq", "qi")}}, versions=[VERSION])
    j("jwk-wrapped.json", "JWK, private, inside { key }", {"key": {**jwk, "kid": KID}}, versions=[VERSION])
    j("jwks-mixed.json", "JWK set: EC, public and private RSA", {"keys": [{"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA", "d": "AA"}, public, old, jwk]}, keys=["contoso-2048-old", "contoso-2048"])
    j("jwks-empty.json", "JWK set without a key", {"keys": []}, error="no_private_key")
    j("jwk-oct.json", "JWK: symmetric", {"kty": "oct", "k": "AAAA"}, error="not_rsa", says="symmetric")
    j("jwk-damaged.json", "JWK whose numbers do not fit", {**jwk, "d": jwk["n"]}, error="malformed_key", says="do not fit together")
    j("jwk-zero.json", "JWK with d = 0 and no primes", {**public, "d": "AA"}, error="malformed_key")
    j("jwk-huge.json", "JWK with a modulus of 100,000 bits", {**jwk, "n": base64.urlsafe_b64encode(b"\xff" * 12500).decode()}, error="unsupported_key_format", says="8192 bits")
    add("jwk-cut.json", "JWK that was cut", json.dumps(jwk)[:600], by, error="malformed_key", says="cut or damaged")

    attributes = {"created": "2026-01-01T00:00:00+00:00", "enabled": True, "expires": None, "recoveryLevel": "Recoverable"}
    shown = {"attributes": attributes, "key": {"crv": None, "d": None, "dp": None, "dq": None, "e": "AQAB", "k": None, "keyOps": ["wrapKey", "unwrapKey"], "kid": KID, "kty": "RSA",
                                              "n": standard(jwk["n"]), "p": None, "q": None, "qi": None, "t": None, "x": None, "y": None}, "managed": None, "tags": None}
    never = {"error": "no_private_key", "says": "never gives the private part"}
    j("az-key-show.json", "az keyvault key show", shown, **never)
    j("rest-get-key.json", "REST GetKey", {"key": {**public, "kid": KID, "key_ops": ["wrapKey"]}, "attributes": {"enabled": True, "created": 1}}, **never)
    j("ps-get-key.json", "Get-AzKeyVaultKey | ConvertTo-Json", {"Attributes": {"Enabled": True, "KeyOps": ["wrapKey"], "KeyType": "RSA"}, "Key": {"Kid": KID, "Kty": "RSA", "KeyOps": ["wrapKey"], "N": numbers(jwk["n"]), "E": [1, 0, 1], "D": None}, "Id": KID}, **never)
    j("arm-key.json", "ARM resource of a key", {"id": "/subscriptions/x", "properties": {"kty": "RSA", "keyOps": ["wrapKey"], "keySize": 2048, "keyUri": KID}}, **never)
    j("ps-attributes.json", "(Get-AzKeyVaultKey …).Attributes", {"Enabled": True, "KeyOps": ["wrapKey"], "KeyType": "RSA", "KeySize": 2048}, **never)
    j("az-key-list.json", "az keyvault key list", [{"attributes": attributes, "kid": KID, "managed": None, "tags": None}], error="no_private_key")
    j("rest-key-list.json", "REST GetKeys", {"value": [{"kid": KID, "attributes": {"enabled": True}}], "nextLink": None}, error="no_private_key")
    j("vault-error.json", "an error of Key Vault", {"error": {"code": "Forbidden", "message": "The user does not have keys get permission"}}, error="no_private_key", says="error message of Key Vault")
    j("other.json", "JSON about something else", {"DecryptionKeyDetails": {"PublicKeyVersion": VERSION}}, error="no_private_key", says="JSON without a private key")

    secret = lambda value, kind, **more: {"attributes": attributes, "contentType": kind, "id": KID.replace("/keys/", "/secrets/"), "kid": None, "managed": None, "name": "mgdc", "tags": {}, "value": value, **more}
    blob = base64.b64encode(read(os.path.join(OUT, "pfx-empty-zero-length.pfx"))).decode()
    j("secret-pfx.json", "az keyvault secret show of a certificate: PFX", secret(blob, "application/x-pkcs12", kid=KID), versions=[VERSION], key_id=KID)
    j("secret-pem.json", "az keyvault secret show of a certificate: PEM", secret(read(PEM).decode() + read(CERT).decode(), "application/x-pem-file", kid=KID), versions=[VERSION], key_id=KID)
    j("secret-rest.json", "REST GetSecret, no kid", {"value": blob, "contentType": "application/x-pkcs12", "id": KID.replace("/keys/", "/secrets/")}, versions=[None])
    j("secret-jwk.json", "a secret that holds a JWK", secret(json.dumps({**jwk, "kid": KID}), "application/json"), versions=[VERSION])
    j("secret-other.json", "a secret that holds something else", secret("Server=tcp:contoso", None), error="no_private_key")
    add("secret-value.txt", "the value alone, in quotes, as az prints it", '"%s"\n' % blob, by)
    add("secret-value-utf16.txt", "the value alone, in UTF-16 by Windows PowerShell", ("\ufeff" + "\r\n".join([blob[:1000], blob[1000:]]) + "\r\n").encode("utf-16-le"), by)
    add("pkcs8.base64.txt", "Base64 of PKCS#8 without PEM lines", base64.b64encode(PKCS8), by)


def other_forms():
    header = b"&AzureKeyVaultKeyBackupV1.microsoft.com"
    backup = header + base64.urlsafe_b64encode(json.dumps({"kid": "x", "alg": "RSA-OAEP", "enc": "A128CBC-HS256"}).encode()) + b"." + b".".join([base64.urlsafe_b64encode(os.urandom(60))] * 4)
    made = "made up after key-vault.md"
    told = {"error": "unsupported_key_format", "says": "restore it into a vault"}
    add("mgdc.keybackup", "Key Vault key backup", backup, made, **told)
    add("mgdc.keybackup.base64.txt", "Key Vault key backup in Base64", base64.urlsafe_b64encode(backup), made, **told)
    add("mgdc.keybackup.json", "Key Vault key backup as REST answers it", json.dumps({"value": base64.urlsafe_b64encode(backup).decode().rstrip("=")}), made, **told)
    byok = {"schema_version": "1.0.0", "header": {"kid": KID, "alg": "dir", "enc": "CKM_RSA_AES_KEY_WRAP"}, "ciphertext": base64.urlsafe_b64encode(os.urandom(1480)).decode(), "generator": "test"}
    add("mgdc.byok", "BYOK transfer file", json.dumps(byok), made, error="unsupported_key_format", says="BYOK transfer file")
    shutil.copy(PEM, os.path.join(WORK, "ssh"))
    os.chmod(os.path.join(WORK, "ssh"), 0o600)
    run("ssh-keygen", "-p", "-N", "", "-f", os.path.join(WORK, "ssh"))
    add("openssh.pem", "OpenSSH private key", read(os.path.join(WORK, "ssh")), "ssh-keygen 9")
    add("openssh.pub", "OpenSSH public key", run("ssh-keygen", "-y", "-f", os.path.join(WORK, "ssh")), "ssh-keygen 9", error="no_private_key")
    run("ssh-keygen", "-p", "-N", PW, "-f", os.path.join(WORK, "ssh"))
    add("openssh-passphrase.pem", "OpenSSH private key with a passphrase", read(os.path.join(WORK, "ssh")), "ssh-keygen 9", password=PW, error="unsupported_key_format", says="ssh-keygen -p")
    run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", os.path.join(WORK, "ed25519"))
    add("openssh-ed25519.pem", "OpenSSH Ed25519 key", read(os.path.join(WORK, "ed25519")), "ssh-keygen 9", error="not_rsa", says="OpenSSH key of another kind")
    add("putty.ppk", "PuTTY private key", "PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none\nComment: mgdc\n", made, error="unsupported_key_format", says="PuTTYgen")
    add("rsa.xml", "RSA key in XML by .NET, public", "<RSAKeyValue><Modulus>AA==</Modulus></RSAKeyValue>", made, error="no_private_key", says="a public key (XML)")
    names = zip(("Modulus", "Exponent", "P", "Q", "DP", "DQ", "InverseQ", "D"), (N.public_numbers.n, N.public_numbers.e, N.p, N.q, N.dmp1, N.dmq1, N.iqmp, N.d))
    number = lambda n: base64.b64encode(n.to_bytes((n.bit_length() + 7) // 8, "big")).decode()
    xml = "".join("<%s>%s</%s>" % (name, number(value), name) for name, value in names)
    add("rsa-private.xml", "RSA key in XML by .NET", "<?xml version=\"1.0\"?>\n<RSAKeyValue>%s</RSAKeyValue>\n" % xml, made)
    add("key.pvk", "PVK without a password", run("openssl", "rsa", "-in", PEM, "-outform", "PVK", "-pvk-none"), OPENSSL, error="unsupported_key_format", says="-inform PVK")
    add("key.blob", "PRIVATEKEYBLOB", run("openssl", "rsa", "-in", PEM, "-outform", "MSBLOB"), OPENSSL, error="unsupported_key_format", says="-inform MSBLOB")
    add("keystore.bks", "keystore of Bouncy Castle, its beginning", bytes([0, 0, 0, 2, 0, 0, 0, 20]) + bytes(range(100)), made, error="unsupported_key_format", says="Bouncy Castle")
    add("pgp.asc", "PGP private key, its outline", "-----BEGIN PGP PRIVATE KEY BLOCK-----\nVersion: 1\n\nlQOYBF\n=abcd\n-----END PGP PRIVATE KEY BLOCK-----\n", made, error="unsupported_key_format", says="PGP private key")
    for kind in ("PEM", "DER"):
        openssl("request." + kind.lower(), "certificate request, " + kind, "req", "-new", "-key", PEM, "-subj", "/CN=contoso-mgdc", "-outform", kind, password=None, error="no_private_key", says="certificate request")
    add("certificate.cer", "certificate, DER", CERT_DER, OPENSSL, error="no_private_key", says="a certificate,")
    openssl("bundle.p7b", "bundle of certificates, DER", "crl2pkcs7", "-nocrl", "-certfile", CERT, "-outform", "DER", password=None, error="no_private_key", says="PKCS#7")
    openssl("pfx-public.pfx", "PFX with certificates only", "pkcs12", "-export", "-nokeys", "-in", CERT, "-passout", "pass:" + PW, error="no_private_key", says="no private key")


def numbers():
    """RSA keys whose outline or numbers are rare, and that OpenSSL, Java, Node.js and Python open."""
    n, made = N, "generators/asn1.py"
    values = (n.public_numbers.n, n.public_numbers.e, n.d, n.p, n.q, n.dmp1, n.dmq1, n.iqmp)
    unsigned = lambda value: tlv(0x02, value.to_bytes((value.bit_length() + 7) // 8, "big"))
    pkcs1 = seq(integer(0), *map(integer, values))
    rsa = oid("1.2.840.113549.1.1.1")
    add("pkcs8-no-null.der", "PKCS#8 without NULL", seq(integer(0), seq(rsa), octets(pkcs1)), made)
    add("pkcs8-pss.der", "PKCS#8 of an RSASSA-PSS key", seq(integer(0), seq(oid("1.2.840.113549.1.1.10")), octets(pkcs1)), made)
    add("pkcs8-x500.der", "PKCS#8 with X.500's name of RSA", seq(integer(0), seq(oid("2.5.8.1.1"), null()), octets(pkcs1)), made)
    add("pkcs1-unsigned.der", "PKCS#1 with unsigned integers", seq(integer(0), *map(unsigned, values)), made)
    add("pkcs1-wrong-crt.der", "PKCS#1 with zeros for the CRT", seq(integer(0), *map(integer, values[:5]), *[integer(0)] * 3), made)
    add("pkcs1-no-primes.der", "PKCS#1 with zeros for the primes", seq(integer(0), *map(integer, values[:3]), *[integer(0)] * 5), made)
    add("pkcs1-unfit.der", "PKCS#1 whose numbers do not fit", seq(integer(0), integer(values[0]), integer(values[1]), integer(values[2] ^ 4), *map(integer, values[3:])), made, error="malformed_key", says="do not fit together")
    add("pkcs1-short.der", "PKCS#1 that ends before its primes", seq(integer(0), *map(integer, values[:3])), made, error="malformed_key", says="incomplete or damaged")
    add("pkcs1-long.der", "PKCS#1 with a modulus of 8,200 bits", seq(integer(0), integer(2 ** 8199 + 1), *map(integer, values[1:])), made, error="unsupported_key_format", says="8192 bits")
    # n, e = 3 and d, which fit together: primes cannot be computed from so small an exponent.
    # Of these the tests have no public half: what was wrapped for them lies beside them.
    rare = {"three-primes.pem": ["-pkeyopt", "rsa_keygen_primes:3"], "exponent-3.pem": ["-pkeyopt", "rsa_keygen_pubexp:3"],
            "exponent-66-bits.pem": ["-pkeyopt", "rsa_keygen_pubexp:%d" % (2 ** 65 + 1)], "exponent-2000-bits.pem": ["-pkeyopt", "rsa_keygen_pubexp:%d" % (2 ** 2000 + 1)]}
    for name, options in rare.items():
        path = os.path.join(HERE, "..", "rare", name)
        if os.path.exists(path):
            continue
        os.makedirs(os.path.dirname(path), exist_ok=True)
        run("openssl", "genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", *options, "-out", path)
        public = os.path.join(WORK, "public.pem")
        run("openssl", "pkey", "-in", path, "-pubout", "-out", public)
        wrapped = run("openssl", "pkeyutl", "-encrypt", "-pubin", "-inkey", public, "-pkeyopt", "rsa_padding_mode:oaep", text=bytes([0x5A]) * 32)
        with open(path + ".wrapped", "wb") as file:
            file.write(wrapped)


def wrong_passwords():
    """What is right above, once more with a wrong password and without one."""
    if any(line["form"].endswith("wrong password") for line in lines):
        return
    for line in [line for line in lines if line["outcome"] == "key" and line["password"]]:
        file, form = line["file"].removeprefix("keys/"), line["form"]
        note(file, form + "; wrong password", line["writer"], password="not-the-password", error="wrong_password", says="MAC" if has_mac(file) else "padding")
        note(file, form + "; no password", line["writer"], error="password_required", says="password")


def has_mac(file):
    return file.endswith((".pfx", ".p12")) and "nomac" not in file


for make in (pfx_forms, pfx_of_others, pfx_by_hand, pkcs8_forms, json_forms, other_forms, numbers, wrong_passwords):
    make()
with open(os.path.join(HERE, "..", "keys.json"), "w") as target:
    target.write("[\n" + ",\n".join(json.dumps(line, ensure_ascii=False) for line in lines) + "\n]\n")
shutil.rmtree(WORK)
print(len(lines), "lines,", len(fresh), "files written")
