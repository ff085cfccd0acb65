#!/usr/bin/env bash
# Decrypts a drop with OpenSSL and gzip alone: decrypt.sh DROP PRIVATE-KEY ALGORITHM OUT. No code of this project.
set -euo pipefail
drop=$1 key=$2 algorithm=$3 out=$4

case $algorithm in
  RSA-OAEP) padding=(rsa_padding_mode:oaep rsa_oaep_md:sha1 rsa_mgf1_md:sha1) ;;
  RSA-OAEP-256) padding=(rsa_padding_mode:oaep rsa_oaep_md:sha256 rsa_mgf1_md:sha256) ;;
  RSA-OAEP-256-MGF1-SHA1) padding=(rsa_padding_mode:oaep rsa_oaep_md:sha256 rsa_mgf1_md:sha1) ;;
  RSA1_5) padding=(rsa_padding_mode:pkcs1) ;;
  *) echo "no such algorithm: $algorithm" >&2; exit 2 ;;
esac

details=$drop/metadata/MoreMetadata/EncryptedDatasets/encryptionKeyDetails.json
field() { sed -nE "s/^ *\"$1\": \"([^\"]*)\",?\$/\1/p" "$details"; }
hex() { od -An -v -tx1 | tr -d ' \n'; }

options=()
for value in "${padding[@]}"; do options+=(-pkeyopt "$value"); done
file_key=$(field DecryptionKeyValue | base64 -d | openssl pkeyutl -decrypt -inkey "$key" "${options[@]}" | hex)
iv=$(field DecryptionKeyIV | base64 -d | hex)
[ ${#file_key} -eq 64 ] && [ ${#iv} -eq 32 ]

for file in "$drop"/rehearsal-*/*; do
  name=${file#"$drop"/}
  mkdir -p "$out/${name%/*}"
  # Delivered in clear: a row of JSON. Three bytes, because one ciphertext in 256 begins with a brace.
  if head -c 3 "$file" | LC_ALL=C grep -aq '^{"[A-Z]'; then
    cp "$file" "$out/$name"
  else
    openssl enc -d -aes-256-cbc -K "$file_key" -iv "$iv" -in "$file" | gunzip > "$out/$name"
  fi
done
