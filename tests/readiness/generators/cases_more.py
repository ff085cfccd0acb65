import json, os, sys, base64
import producers as P
from producers import Key, Vault, rest, arm, jwk, ps_obj, ps5_text, ps7_text, vault_rest, vault_ps, acls, policy
from build import Set, seen, vseen, u16, BOM8, HIDDEN, exo, spo, refused, uri_of
from rules import DEFENDER_IPS
S = Set(sys.argv[1], "2026-12-01T00:00:00Z")
T = "5b1d7c0e-2f64-4a93-8b1c-90e3d7a6f215"
SUB1, SUB2 = "11f6a0c2-7d35-4b19-9e80-3a5c2d7b4e61", "2c84e9d7-051b-46fa-b3c8-d90a17f2e653"
V1 = "6f0c1d2e3a4b59687f8e9dacbb0c1d2e"; V2 = "0a9b8c7d6e5f40312233445566778899"
ALL = ["encrypt", "decrypt", "sign", "verify", "wrapKey", "unwrapKey"]; WRAP = ["wrapKey", "unwrapKey"]
PS = "Recoverable+ProtectedSubscription"
J = lambda o: json.dumps(o, indent=2) + "\n"
def mg(**kw):
    a = dict(src="A-2048-1", vault="kv-fabrikam-mgdc", name=T, version=V1, exp="2027-11-30T23:59:59Z"); a.update(kw); return Key(**a)
def ck(n=1, **kw):
    a = dict(src=f"A-2048-{n + 1}", vault=f"Fabrikam-CK-EX-EU-Vault{n}", name=f"Fabrikam-CK-EX-EU-Key{n}", version=(V1, V2)[n - 1], kty="RSA-HSM", ops=WRAP, level=PS); a.update(kw); return Key(**a)
k = mg()
# text shapes
S.add("u16be", [("k.json", u16(J(rest(k)), True))], [seen(k)])
S.add("u16-nobom", [("k.json", J(rest(k)).encode("utf-16-le"))], [seen(k)])
S.add("u16be-ps7", [("k.json", u16(ps7_text(ps_obj(k)), True))], [seen(k)])
S.add("concat", [("k.json", J(rest(ck(1))) + J(rest(ck(2))))], [seen(ck(1)), seen(ck(2))])
S.add("console", [("k.txt", "PS C:\\> az keyvault key show\r\n" + J(rest(k)))], [seen(k)])
S.add("value-list", [("k.json", {"value": [rest(ck(1)), rest(ck(2))]})], [seen(ck(1)), seen(ck(2))])
S.add("jwks", [("k.json", {"keys": [jwk(ck(1)), jwk(ck(2))]})], [seen(ck(1), "attrs", "ops"), seen(ck(2), "attrs", "ops")])
for how in (5, 7, "value", "obj", "frac", (-480,), (840,), (0,)):
    x = mg(nbf="2026-01-02T03:04:05Z")
    S.add("ps-" + str(how).strip("(),"), [("k.json", (ps5_text if how in (5, "value") else ps7_text)(ps_obj(x, how)))], [seen(x)])
x = ck(exp=253402300799)
S.add("ps7-9999-offset", [("k.json", ps7_text(ps_obj(ck(exp=253402250400), (-600,))))], [seen(ck(exp=253402250400))])
o = rest(mg()); o["attributes"]["exp"] = str(o["attributes"]["exp"]); o["attributes"]["created"] = str(1)
S.add("exp-string", [("k.json", o)], [seen(mg())])
o = rest(mg()); o["attributes"]["exp"] = float(o["attributes"]["exp"])
S.add("exp-float", [("k.json", o)], [seen(mg())])
o = rest(ck()); o["attributes"]["exp"] = 10**18
S.add("exp-huge", [("k.json", o)], [seen(ck(exp=1e18))])   # a number of JavaScript
S.add("exp-zero", [("k.json", rest(ck(exp=0)))], [seen(ck(exp=0))])
S.add("exp-negative", [("k.json", rest(ck(exp=-1)))], [seen(ck(exp=-1))])
S.add("exp-1601", [("k.json", ps5_text(ps_obj(ck(exp=-11644473600), 5)))], [seen(ck(exp=-11644473600))])
o = rest(mg(src="A-3072-1")); o["attributes"]["keySize"] = "2048"
S.add("size-str", [("k.json", o)], [seen(mg(src="A-3072-1"))], warnings=["size-differs"])
o = ps_obj(mg(src="A-4096-1")); o["KeySize"] = 2048
S.add("size-ps", [("k.json", ps7_text(o))], [seen(mg(src="A-4096-1"))], warnings=["size-differs"])
S.add("std-b64-lines", [("k.json", rest(mg(), enc=lambda b: "\n".join(base64.b64encode(b).decode()[i:i+64] for i in range(0, 400, 64)).strip()))], [seen(mg())])
S.add("kty-lower", [("k.json", rest(mg(kty="rsa-hsm")))], [seen(mg(kty="rsa-hsm"))])
S.add("arm-version", [("k.json", arm(mg(), SUB1, "rg", "North Europe", True))], [seen(mg(), "n", sub=SUB1, location="North Europe")])
S.add("arm-ec", [("k.json", arm(mg(src="A-ec256", kty="EC", ops=["sign"]), SUB1, "rg", "North Europe"))], [seen(mg(src="A-ec256", kty="EC", ops=["sign"]), "n", sub=SUB1, location="North Europe")])
S.add("arm-list-full", [("k.json", {"value": [arm(ck(1), SUB1, "r", "westeurope"), arm(ck(2), SUB1, "r", "northeurope")]})], [seen(ck(1), "n", sub=SUB1, location="westeurope"), seen(ck(2), "n", sub=SUB1, location="northeurope")])
li = arm(ck(1), SUB1, "r", "westeurope"); li["properties"] = {"attributes": li["properties"]["attributes"], "keyUri": li["properties"]["keyUri"]}
S.add("arm-list-thin", [("k.json", {"value": [li]})], kind="key-list", say="az keyvault key show")
S.add("ps-noidmod", [("k.json", ps7_text(ps_obj(mg(kty="RSA-HSM"), 5, key_size=False, old=True)))], [seen(mg(kty="RSA-HSM"))])
S.add("ps-two", [("k.json", ps7_text([ps_obj(ck(1)), ps_obj(ck(2))]))], [seen(ck(1)), seen(ck(2))])
S.add("ps5-wrapped-array", [("k.json", ps5_text({"value": [ps_obj(ck(1), 5), ps_obj(ck(2), 5)], "Count": 2}))], [seen(ck(1)), seen(ck(2))])
S.add("jwk-customkid", [("k.json", jwk(mg(), kid="my-key"))], [seen(mg(), "attrs", "ops", "id")])
S.add("jwk-nokid", [("k.json", jwk(mg(name="")))], [seen(mg(), "attrs", "ops", "id")])
S.add("jwk-private-nokid", [("k.json", jwk(mg(name=""), True))], [seen(mg(), "attrs", "ops", "id", private=True)])
S.add("jwk-private-4096", [("k.json", jwk(mg(src="A-4096-1"), True))], [seen(mg(src="A-4096-1"), "attrs", "ops", private=True)])
S.add("level-unknown", [("k.json", rest(mg(level="Purgeable")))], [seen(mg(level="Purgeable"))])
S.add("noversion", [("k.json", rest(mg(version="")))], [seen(mg(version=None))])
S.add("gov", [("k.json", rest(mg(suffix=".vault.usgovcloudapi.net", port=":443")))], [seen(mg(suffix=".vault.usgovcloudapi.net"))])
S.add("hsm", [("k.json", rest(ck(suffix=".managedhsm.azure.net")))], [seen(ck(suffix=".managedhsm.azure.net"))])
S.add("tenant-braces", [("k.json", rest(mg()))], [seen(mg())], typed={"tenantId": " {" + T.upper() + "} "})
S.add("three-keys", [("a.json", rest(ck(1))), ("b.json", rest(ck(2))), ("c.json", rest(mg()))], [seen(ck(1)), seen(ck(2)), seen(mg())])
S.add("key-and-uri", [("a.json", rest(ck(1)))], [seen(ck(1)), {"what": "uri", "name": "k2", "version": None, "host": "kv-2aa.vault.azure.net", "kid": HIDDEN, "grade": "ok"}], uri="https://kv-2aa.vault.azure.net/keys/k2")
S.add("same-twice", [("a.json", rest(mg())), ("b.json", ps7_text(ps_obj(mg())))], [seen(mg()), seen(mg())])
S.add("two-names-one-mod", [("a.json", rest(mg())), ("b.json", rest(mg(name="other", version=V2)))], [seen(mg()), seen(mg(name="other", version=V2))])
def drop(*v): return {"DecryptionKeyDetails": [{"PublicKeyVersion": x, "DecryptionKeyValue": P.b64(os.urandom(256)), "DecryptionKeyIV": P.b64(os.urandom(16))} for x in v]}
D = lambda *v: {"what": "drop", "versions": list(v)}
S.add("drop-mixed", [("k.json", rest(mg())), ("encryptionKeyDetails.json", drop(V1, V2))], [seen(mg()), D(V1, V2)])
S.add("drop-bare", [("k.json", rest(mg())), ("encryptionKeyDetails.json", drop(V1)["DecryptionKeyDetails"])], [seen(mg()), D(V1)])
S.add("drop-only-uri", [("encryptionKeyDetails.json", drop(V1))], [D(V1), {"what": "uri", "name": T, "version": V1, "host": "kv-fabrikam-mgdc.vault.azure.net", "grade": "ok"}], uri=f"https://kv-fabrikam-mgdc.vault.azure.net/keys/{T}/{V1}")
# vaults
ADMIN = policy("9d0f7a61-3b2c-4d5e-8f90-a1b2c3d4e5f6", ["create", "import", "list", "get", "backup", "restore"], T)
EXO = policy("41c2b3a4-d5e6-47f8-9a0b-1c2d3e4f5a6b", ["wrapKey", "unwrapKey", "get"], T)
BY = policy("c7d8e9f0-a1b2-43c4-9d5e-6f708192a3b4", ["list", "wrapKey", "unwrapKey"], T)
ALLP = policy("c7d8e9f0-a1b2-43c4-9d5e-6f708192a3b4", ["all"], T)
ip = DEFENDER_IPS
n = 0
for deep in (True, False):
    for enums in (True, False):
        for orig in (True, False):
            n += 1
            v = Vault("kv-fabrikam-def", SUB1, "North Europe", purge=True, policies=[ADMIN, BY], acls=acls(ip), tenant=T, sku="premium")
            for f, nm in ((ps5_text, "5"), (ps7_text, "7")):
                S.add(f"vps-{n}-{nm}", [("v.json", f(vault_ps(v, deep, enums, orig)))], [vseen(v)])
for i, kw in enumerate((dict(policies=[ALLP]), dict(policies=[]), dict(rbac=False, policies=[EXO]), dict(rbac=True), dict(soft=False, purge=None), dict(soft=None, purge=True), dict(pna="Disabled"), dict(pna=None), dict(acls=acls(["0.0.0.0/0"])), dict(acls=acls([], default="Deny")), dict(sku="premium"))):
    v = Vault("kv-fabrikam-x", SUB1, "westeurope", tenant=T, **{**dict(purge=True), **kw})
    S.add(f"vr-{i}", [("v.json", vault_rest(v))], [vseen(v)])
    S.add(f"vr-key-{i}", [("v.json", vault_rest(v)), ("k.json", rest(mg(level="Recoverable")))], [vseen(v), seen(mg(level="Recoverable"))])
    S.add(f"vr-key2-{i}", [("v.json", ps7_text(vault_ps(v))), ("k.json", rest(ck(level=None)))], [vseen(v), seen(ck(), "level")])
for i, (l1, l2, s2) in enumerate((("eastus", "westus", SUB2), ("West Europe", "northeurope", SUB2), ("eastus", "East US", SUB2), ("eastus", "westus", SUB1.upper()), ("eastus", "francecentral", SUB2))):
    v1, v2 = Vault("kv-a-1", SUB1, l1, purge=True, tenant=T), Vault("kv-a-2", s2, l2, purge=True, tenant=T)
    S.add(f"vv-{i}", [("v.json", [vault_rest(v1), vault_rest(v2)])], [vseen(v1), vseen(v2)])
# pfx
pem = lambda nm: open(f"{P.POOL}/{nm}.pem", "rb").read()
def pfx(protection, src="A-2048-6", private=True, opened=True, kty="RSA", **kw):
    s = {"what": "file", "form": "pfx", "protection": protection, "private": private, "opened": opened, "kty": kty, "bits": P.pem(src).key_size}
    if not opened: s.update(private=HIDDEN, kty=HIDDEN, bits=HIDDEN)
    s.update(kw); return s
pw = {"passwords": {"key.pfx": "pa55"}}
S.add("pfx-maconly", [("key.pfx", P.pfx_openssl("A-2048-6", "pa55", "-keypbe", "NONE", "-certpbe", "NONE"))], [pfx("mac-only")], typed=pw, kind="pfx")
S.add("pfx-maconly-nopw", [("key.pfx", P.pfx_openssl("A-2048-6", "pa55", "-keypbe", "NONE", "-certpbe", "NONE"))], [pfx("mac-only")], kind="pfx")
S.add("pfx-half", [("key.pfx", P.pfx_openssl("A-2048-6", "pa55", "-keypbe", "NONE"))], [pfx("half")], typed=pw, kind="pfx")
S.add("pfx-certclear", [("key.pfx", P.pfx_openssl("A-2048-6", "pa55", "-certpbe", "NONE"))], [pfx("password")], typed=pw, kind="pfx")
S.add("pfx-nomac", [("key.pfx", P.pfx_openssl("A-2048-6", "pa55", "-nomac"))], [pfx("password")], typed=pw, kind="pfx")
S.add("pfx-nomac-none", [("key.pfx", P.pfx_openssl("A-2048-6", "pa55", "-nomac"))], [pfx("password", opened=False)], kind="pfx")
S.add("pfx-nomac-empty", [("key.pfx", P.pfx_openssl("A-2048-6", "", "-nomac"))], [pfx("empty")], kind="pfx")
S.add("pfx-wrong", [("key.pfx", P.pfx_openssl("A-2048-6", "other"))], [pfx("password", opened=False)], typed=pw, kind="pfx")
S.add("pfx-1024", [("key.pfx", P.pfx_openssl("A-1024-1", "pa55"))], [pfx("password", "A-1024-1")], typed=pw, kind="pfx")
S.add("pfx-keytool", [("key.pfx", P.pfx_keytool("changeit-1", "rr", 3072))], [pfx("password", "A-3072-1")], typed={"passwords": {"key.pfx": "changeit-1"}}, kind="pfx")
S.add("pfx-python-none", [("key.pfx", P.pfx_python("A-2048-6", ""))], [pfx("empty")], kind="pfx")
S.add("pfx-certonly-empty", [("key.pfx", P.pfx_openssl("A-2048-6", "", cert_only=True))], [pfx("empty", private=False)], kind="pfx")
S.add("pfx-named-byok", [("key.byok", P.pfx_openssl("A-2048-6", "pa55"))], [pfx("password", opened=False, odd_suffix=True)], kind="pfx")
S.add("pfx-aes128", [("key.pfx", P.pfx_openssl("A-2048-6", "pässwörd", "-keypbe", "AES-128-CBC", "-macalg", "sha512"))], [pfx("password")], typed={"passwords": {"key.pfx": "pässwörd"}}, kind="pfx")
pemf = lambda private, kty="RSA", bits=2048: {"what": "file", "form": "pem", "private": private, "kty": kty, "bits": bits}
S.add("der-priv", [("key.pfx", P.run("openssl", "pkey", "-in", f"{P.POOL}/A-2048-5.pem", "-outform", "DER"))], [pemf(True)], kind="pem")
S.add("der-pub", [("key.der", P.run("openssl", "pkey", "-in", f"{P.POOL}/A-3072-2.pem", "-pubout", "-outform", "DER"))], [pemf(False, bits=3072)], kind="pem")
S.add("pkcs1-pem", [("key.pem", P.run("openssl", "rsa", "-traditional", "-in", f"{P.POOL}/A-4096-2.pem"))], [pemf(True, bits=4096)], kind="pem")
S.add("rsapub", [("key.pem", P.run("openssl", "rsa", "-RSAPublicKey_out", "-in", f"{P.POOL}/A-4096-2.pem"))], [pemf(False, bits=4096)], kind="pem")
S.add("ec-pem", [("key.pem", pem("A-ec256"))], [pemf(True, "EC", 256)], kind="pem")
S.add("ec-sec1", [("key.pem", P.run("openssl", "ec", "-in", f"{P.POOL}/A-ec384.pem"))], [pemf(True, "EC", 384)], kind="pem")
S.add("ec-pub", [("key.pem", P.run("openssl", "pkey", "-in", f"{P.POOL}/A-ec384.pem", "-pubout"))], [pemf(False, "EC", 384)], kind="pem")
from cryptography.hazmat.primitives import serialization as ser
S.add("cert", [("c.pem", P.cert_for("A-2048-5", "x").public_bytes(ser.Encoding.PEM))], [pemf(False)], kind="pem")
S.add("cert-der", [("c.cer", P.cert_for("A-2048-5", "x").public_bytes(ser.Encoding.DER))], [pemf(False)], kind="pem")
S.add("cert-and-key", [("c.pem", P.cert_for("A-2048-5", "x").public_bytes(ser.Encoding.PEM) + pem("A-2048-5"))], [pemf(True)], kind="pem")
S.add("pem-1024", [("k.pem", pem("A-1024-1"))], [pemf(True, bits=1024)], kind="pem")
S.add("pem-u16", [("k.pem", u16(pem("A-2048-5").decode()))], [pemf(True)], kind="pem")
S.add("pem-enc", [("k.pem", P.run("openssl", "pkcs8", "-topk8", "-in", f"{P.POOL}/A-2048-5.pem", "-passout", "pass:pa55"))], [pemf(True)], typed={"passwords": {"k.pem": "pa55"}}, kind="pem")
S.add("pem-enc-ec", [("k.pem", P.run("openssl", "pkcs8", "-topk8", "-in", f"{P.POOL}/A-ec256.pem", "-passout", "pass:pa55"))], [pemf(True, "EC", 256)], typed={"passwords": {"k.pem": "pa55"}}, kind="pem")
# byok
def KEK(b, **kw): return Key(**{**dict(src=f"A-{b}-2", vault="kv-fabrikam-hsm", name="kek-" + str(b), version=V2, kty="RSA-HSM", ops=["import"], exp="2027-01-15T00:00:00Z"), **kw})
def B(kb, target, what, problems=(), cut=0, length=None, **kw):
    kid = kw.pop("kid", KEK(kb).kid)
    data, n = P.byok(f"A-{kb}-2", target, kid, cut=cut, **kw)
    s = {"what": "byok", "state": "odd" if problems else "json", "target": what, "kekBits": kb, "kid": kid, "length": n}
    if cut: s.update(target=HIDDEN, kekBits=HIDDEN)
    return data, s
for i, (args, kw) in enumerate((((3072, "A-ec256", "EC-P-256"), {}), ((2048, "A-ec384", "EC-P-384"), {}), ((2048, "A-2048-3", "RSA-2048", ["schema_version"]), dict(schema="2.0")), ((2048, "A-2048-3", "RSA-2048", ["alg"]), dict(alg="RSA-OAEP")),
        ((2048, "A-2048-3", "RSA-2048", ["length"]), dict(cut=3)), ((2048, "A-2048-3", "RSA-2048", ["length"]), dict(cut=40)), ((2048, "A-2048-3", "RSA-2048", ["base64url"]), dict(std_b64=True)),
        ((2048, "A-2048-3", "RSA-2048", ["kid"]), dict(kid="https://kv-fabrikam-hsm.vault.azure.net/keys/kek")), ((2048, "A-2048-3", "RSA-2048", []), dict(indent=2)))):
    data, s = B(*args, **kw)
    S.add(f"byok-{i}", [("t.byok", data)], [s], kind="byok", extra={"problems": list(args[3]) if len(args) > 3 else []})
data, s = B(4096, "A-2048-3", "RSA-2048")
S.add("byok-bom", [("t.byok", BOM8 + data)], [s], kind="byok")
for i, (kek, want) in enumerate(((KEK(4096, kty="RSA"), dict(kty="fail")), (KEK(2048), dict(size="fail", kid="fail")), (KEK(4096, ops=["import", "encrypt"]), dict(key_ops="fail")), (KEK(4096, version=V1), dict(kid="fail")), (KEK(4096, exp="2026-01-15T00:00:00Z"), dict(expiry="fail")), (KEK(4096, exp=None), {}))):
    S.add(f"kek-{i}", [("t.byok", data), ("kek.json", rest(kek))], [s], kind="byok", extra={"kek": {**{n: "pass" for n in ("kty", "size", "key_ops", "kid", "expiry")}, **want}})
S.add("byok-empty", [("t.byok", b"")], [{"what": "byok", "state": "broken"}], kind="byok-broken")
S.add("byok-bin30", [("t.byok", b"\x30\x82" + os.urandom(700))], [{"what": "byok", "state": "ncipher"}], kind="byok-ncipher")
def U(name=HIDDEN, version=HIDDEN, host=HIDDEN, grade="ok"): return {"what": "uri", "name": name, "version": version, "host": host, "grade": grade}
for id, uri, s in (("query", "https://kv-fabrikam.vault.azure.net/keys/a/" + V1 + "?api-version=7.4", U("a", V1, "kv-fabrikam.vault.azure.net", "soft")),
    ("angle", "<https://kv-fabrikam.vault.azure.net/keys/a>", U("a", None, "kv-fabrikam.vault.azure.net", "soft")), ("cert", "https://kv-fabrikam.vault.azure.net/certificates/a", U(grade="bad")),
    ("arm", f"/subscriptions/{SUB1}/resourceGroups/r/providers/Microsoft.KeyVault/vaults/kv/keys/a", U(grade="bad")), ("suffix", "https://kv-fabrikam.vault.example.org/keys/a", U("a", None, "kv-fabrikam.vault.example.org", "suffix")),
    ("de", "https://kv-fabrikam.vault.microsoftazure.de/keys/a", U("a", None, "kv-fabrikam.vault.microsoftazure.de")), ("fr", "https://kv-fabrikam.managedhsm.sovcloud-api.fr/keys/a", U("a", None, "kv-fabrikam.managedhsm.sovcloud-api.fr")),
    ("esc", "https://kv-fabrikam.vault.azure.net/keys/Key\\_01", U(grade="bad")), ("short", "https://kv.vault.azure.net/keys/a", U("a", None, "kv.vault.azure.net", "bad")), ("dd", "https://kv--x.vault.azure.net/keys/a", U("a", None, "kv--x.vault.azure.net", "bad")),
    ("empty", " ", U(grade="bad")), ("upper", f"HTTPS://KV-FABRIKAM.VAULT.AZURE.NET/KEYS/{T.upper()}/{V1.upper()}", U(T.upper(), V1, "kv-fabrikam.vault.azure.net"))):
    S.add("uri-" + id, [], [s], uri=uri, kind="uri")
S.add("uri-3", [], [U("a", None, "kv-aaa.vault.azure.net"), U("b", None, "kv-bbb.vault.azure.net"), U("c", None, "kv-ccc.vault.azure.net")], uri=["https://kv-aaa.vault.azure.net/keys/a", "https://kv-bbb.vault.azure.net/keys/b", "https://kv-ccc.vault.azure.net/keys/c"], kind="uri")
for i, nm in enumerate(("", " ", "A B", " Ab ", "A\tB", "A\u00a0B", "Ä-1", "x'y")):
    S.add(f"policy-{i}", [("a.json", rest(ck(1))), ("b.json", rest(ck(2)))], [seen(ck(1)), seen(ck(2))], typed={"policyName": nm})
# others
S.add("b64backup", [("b.backup", base64.b64encode(b"&AzureKeyVaultKeyBackupV1.microsoft.com" + os.urandom(200)))], kind="backup")
S.add("err-txt", [("k.json", "ERROR: (KeyNotFound) A key with (name/id) a was not found in this key vault.\n")], kind="error")
S.add("vlist", [("k.json", [{"id": f"/subscriptions/{SUB1}/resourceGroups/r/providers/Microsoft.KeyVault/vaults/kv", "location": "x", "name": "kv", "resourceGroup": "r", "tags": {}, "type": "Microsoft.KeyVault/vaults"}])], kind="vault-list")
S.add("empty-file", [("k.json", b"")], kind="unknown")
S.add("empty-list", [("k.json", "[]")], kind="unknown")
S.add("html", [("k.json", "<html><body>{}</body></html>")], kind="unknown")
S.add("bundle-del", [("k.json", dict(rest(mg()), recoveryId="https://kv/deletedkeys/x", deletedDate=5, scheduledPurgeDate=7))], kind="deleted-key")
# commands
a, b = "https://fab-ex-1.vault.azure.net/keys/EX-Key-1", "https://fab-ex-2.vault.azure.net/keys/EX-Key-2"; av, bv = a + "/" + V1, b + "/" + V2
for i, t in enumerate(("it\u2019s", "\u2018a\u2019 \u201ab\u201b", "\u201cq\u201d", "--%", "-x", "@{a=1}", "a,b", "%TEMP%", "#c", "a;b|c&d", "$env:X", "`", "''", " lead", "trail ", "(1)", "tab\tx", "1e3", "\u2013Name x", "{x}", "\ud83d\ude00".encode("utf-16","surrogatepass").decode("utf-16"))):
    S.command(f"d{i}", "exchange", [a, b], exo("exchange", "Q1", t, [a, b]), "Q1", t, also_ok=[refused("description")] if "\t" in t else None)
for i, t in enumerate(("Q-1", "Q'1", "Q$1", "123", "-Name", "Ä", "Q\u2019s", "a;b", "@x", "Q\"1")):
    S.command(f"n{i}", "multi-workload", [av, bv], exo("multi-workload", t, None, [av, bv]), t)
S.command("noname", "exchange", [a, b], refused("C14"))
S.command("emptyname", "exchange", [a, b], refused("C14"), "")
S.command("three", "exchange", [a, b, "https://fab-ex-3.vault.azure.net/keys/x"], refused("C8"), "Q")
S.command("bad", "exchange", [a, "https://fab-ex-2.vault.azure.net/secrets/x"], refused("C15"), "Q")
S.command("port", "sharepoint", [av.replace(".net/", ".net:443/"), bv + "/"], spo(("fab-ex-1", "EX-Key-1", V1), ("fab-ex-2", "EX-Key-2", V2)))
S.command("id", "sharepoint", [av, bv], spo(("fab-ex-1", "EX-Key-1", V1), ("fab-ex-2", "EX-Key-2", V2), "https://x-admin.sharepoint.com/?a=1&b='2'"), identity="https://x-admin.sharepoint.com/?a=1&b='2'")
S.write(); print(len(S.cases), len(S.commands))
