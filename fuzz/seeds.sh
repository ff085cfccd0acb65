#!/usr/bin/env bash
# Fills corpus/TARGET from the samples. decrypt_chunks needs ciphertext under its own key, content what is in it.
set -euo pipefail
cd "$(dirname "$0")"
tests=../tests

# seed TARGET FILE…
seed() {
  local target=corpus/$1 file
  mkdir -p "$target"
  shift
  for file; do cp "$file" "$target/$(sha256sum "$file" | cut -c -16)"; done
}

find $tests/drops/drops -iname '*encryptionKeyDetails.json' -print0 | while IFS= read -r -d '' file; do seed key_details "$file"; done
seed private_key $tests/drops/keys/*/* $tests/drops-extra/keys/*
seed pkcs12 $tests/drops/keys/contoso-2048/*.{pfx,p12,der} $tests/drops-extra/keys/*.{pfx,p12,der}
mkdir -p corpus/readiness
i=0
for file in $tests/readiness/files/*/* $tests/readiness/more/files/*/*; do { printf '\%03o' $(((i += 1) % 256)); cat "$file"; } >corpus/readiness/$i; done
rm -f corpus/*/"$(sha256sum $tests/drops-extra/keys/costly-scrypt-work.der | cut -c -16)"

mkdir -p corpus/vault_answer corpus/decrypt_chunks corpus/content corpus/inflate
answer=q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA
printf '{"kid":"x","value":"%s"}' $answer >corpus/vault_answer/rest
printf '{"algorithm":"RSA-OAEP-256","kid":"x","result":"%s="}' $answer >corpus/vault_answer/az
printf '{"RawResult":[%s1],"Algorithm":"RSA1_5"}' "$(printf '1,%.0s' {1..31})" >corpus/vault_answer/powershell
printf '%s=' $answer >corpus/vault_answer/base64

key=$(printf '07%.0s' {1..32}) iv=$(printf '09%.0s' {1..16})
i=0
for plain in "printf ''" "printf '{\"a\":1}\n'" "printf '{\"a\":1}\n' | gzip" "{ printf a | gzip; printf b | gzip; }" \
  "printf '{\"a\":1}\n' | python3 -c 'import sys,zlib;sys.stdout.buffer.write(zlib.compress(sys.stdin.buffer.read()))'" "head -c 3000 /dev/zero | gzip"; do
  { printf '\017'; eval "$plain" | openssl enc -aes-256-cbc -K "$key" -iv "$iv"; } >corpus/decrypt_chunks/$((i += 1))
  { printf '\017\000'; eval "$plain"; } >corpus/content/$i
done
# The IV in front, as the key has it, and another one before a gzip file.
{ printf '\017'; printf '\t%.0s' {1..16}; tail -c +2 corpus/decrypt_chunks/3; } >corpus/decrypt_chunks/iv-in-front
{ printf '\017\004'; printf '\001%.0s' {1..16}; printf a | gzip; } >corpus/content/iv-in-front
mkdir -p corpus/salvage && cp corpus/decrypt_chunks/* corpus/salvage
mkdir -p corpus/repair
{ printf '\017\000'; tail -c +2 corpus/decrypt_chunks/3 | base64; } >corpus/repair/base64
{ printf '\017\001'; tail -c +2 corpus/decrypt_chunks/3 | od -An -v -tx1; } >corpus/repair/hex
{ printf '\017\002'; tail -c +2 corpus/decrypt_chunks/3 | gzip; } >corpus/repair/gzip
{ printf '\017\004'; tail -c +2 corpus/decrypt_chunks/3 | iconv -f LATIN1 -t UTF-8; } >corpus/repair/latin1
{ printf '\017\011'; printf '\t%.0s' {1..16}; tail -c +2 corpus/decrypt_chunks/3; } >corpus/repair/iv-in-front
for level in 1 6 9; do
  for file in Cargo.toml README.md seeds.sh; do
    { printf '\377'; gzip -c -n -$level $file | tail -c +11 | head -c -8; } >corpus/inflate/$level-$file
  done
done
