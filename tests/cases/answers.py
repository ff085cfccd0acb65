"""Key Vault's answer in the forms in which people have it. Each opens the drop."""

import base64
import json
from case import answered, case
from drop import CURRENT

ID = 'https://contoso-invented.vault.azure.net/keys/tenantkey/' + CURRENT.version
B64 = base64.b64encode(CURRENT.key).decode()
B64URL = base64.urlsafe_b64encode(CURRENT.key).decode().rstrip('=')
AZ = json.dumps({'algorithm': 'RSA-OAEP', 'kid': ID, 'result': B64}, indent=2)
REST = json.dumps({'kid': ID, 'value': B64URL})
RAW = ', '.join(map(str, CURRENT.key))

FORMS = {
    'az-json': AZ,
    'az-jsonc': '\x1b[39;49;00m' + AZ.replace('"result"', '\x1b[94m"result"\x1b[39;49;00m') + '\x1b[39;49;00m\n',
    'az-tsv-value': B64 + '\n',
    'az-tsv-bytes': f"b'{B64}'\n",
    'az-tsv': f'RSA-OAEP\t{ID}\t{B64}\n',
    'az-table': 'Result\n' + '-' * 44 + f'\n{B64}\n',
    'az-table-wide': f'Algorithm    Kid{" " * 80}Result\n{"-" * 11}  {"-" * 81}  {"-" * 44}\nRSA-OAEP     {ID}  {B64}\n',
    'az-yaml': f'algorithm: RSA-OAEP\nkid: {ID}\nresult: {B64}\n',
    'az-yaml-quoted': f"algorithm: RSA-OAEP\nkid: '{ID}'\nresult: '{B64}'\n",
    'warning-in-front': 'WARNING: This command is in preview and under development. Reference and support levels: https://aka.ms/CLI_refstatus\n' + AZ,
    'upgrade-behind': AZ + '\nYou have 2 updates available. Consider updating your CLI installation with \'az upgrade\'\n',
    'console': f'PS C:\\> az keyvault key decrypt --id "{ID}" --algorithm RSA-OAEP --value "AAAA"\n{AZ}\n\nPS C:\\>',
    'bash': f'somebody@host:~$ az keyvault key decrypt --name tenantkey --vault-name contoso-invented --algorithm RSA-OAEP --value "$V" -o tsv --query result\n{B64}\nsomebody@host:~$ ',
    'utf-16': ('\ufeff' + AZ.replace('\n', '\r\n')).encode('utf-16-le'),
    'rest': REST,
    'curl-i': 'HTTP/2 200 \r\ncache-control: no-cache\r\ncontent-type: application/json; charset=utf-8\r\nx-ms-keyvault-region: westeurope\r\n'
              f'strict-transport-security: max-age=31536000;includeSubDomains\r\n\r\n{REST}',
    'curl-v': f'> POST /keys/tenantkey/decrypt?api-version=7.4 HTTP/1.1\n> Host: contoso-invented.vault.azure.net\n>\n< HTTP/1.1 200 OK\n< Content-Length: 90\n<\n{REST}* Connection #0 left intact\n',
    'postman': json.dumps({'status': 'OK', 'response': {'body': REST}}),
    'logic-app': json.dumps({'statusCode': 200, 'headers': {'Content-Type': 'application/json'}, 'body': {'kid': ID, 'value': B64URL}}),
    'logic-app-content': json.dumps({'body': {'$content-type': 'application/octet-stream', '$content': B64}}),
    'python-bytes': repr(CURRENT.key) + '\n',
    'python-bytearray': f'bytearray({CURRENT.key!r})\n',
    'python-result': f"DecryptResult(key_id='{ID}', algorithm=<EncryptionAlgorithm.rsa_oaep: 'RSA-OAEP'>, plaintext={CURRENT.key!r})\n",
    'python-dict': str({'kid': ID, 'value': B64URL}),
    'python-hex': CURRENT.key.hex() + '\n',
    'node-buffer': f'<Buffer {CURRENT.key.hex(" ")}>\n',
    'node-buffer-json': json.dumps({'type': 'Buffer', 'data': list(CURRENT.key)}),
    'node-object': f"{{\n  result: <Buffer {CURRENT.key.hex(' ')}>,\n  algorithm: 'RSA-OAEP',\n  keyID: '{ID}'\n}}\n",
    'node-array': f'Uint8Array(32) [\n  {RAW}\n]\n',
    'java-signed': str([byte - 256 if byte > 127 else byte for byte in CURRENT.key]) + '\n',
    'csharp-json': json.dumps({'KeyId': ID, 'Plaintext': B64, 'Algorithm': {}}),
    'go-slice': '[' + ' '.join(map(str, CURRENT.key)) + ']\n',
    'powershell-numbers': '\r\n'.join(map(str, CURRENT.key)) + '\r\n',
    'powershell-json': json.dumps({'KeyId': ID, 'Result': 'x', 'RawResult': list(CURRENT.key), 'Algorithm': 'RSA-OAEP'}, indent=2),
    'powershell-hex': CURRENT.key.hex('-').upper() + '\r\n',
    'html': f'<pre>{{&quot;kid&quot;:&quot;{ID}&quot;,&quot;value&quot;:&quot;{B64URL}&quot;}}</pre>',
    'markdown': f'The answer:\n\n```json\n{AZ}\n```\n',
}


def form(name, text):
    def make(folder):
        return answered(folder, text)
    make.__doc__ = f'Key Vault\'s answer: {name.replace("-", " ")}'
    make.__module__ = __name__
    return case(make)


for _name, _text in FORMS.items():
    globals()[_name.replace('-', '_')] = form(_name, _text)


@case
def powershell_list(folder):
    """What Az.KeyVault prints by default; RSA wraps Base64 text, as Microsoft's article says, so that Result is whole."""
    return answered(folder, f'\r\nKeyId     : {ID}\r\nResult    : {B64}\r\nAlgorithm : RSA-OAEP\r\n\r\n', wraps=B64.encode())


@case
def powershell_list_raw(folder):
    """The same in newer versions, with RawResult, which PowerShell cuts after four numbers: Result is whole here."""
    raw = ', '.join(map(str, B64.encode()[:4]))
    text = f'\r\nKeyId     : {ID}\r\nResult    : {B64}\r\nRawResult : {{{raw}...}}\r\nAlgorithm : RSA-OAEP\r\n\r\n'
    return answered(folder, text, wraps=B64.encode())


@case
def powershell_list_utf16(folder):
    """RSA wraps the Base64 text in UTF-16: 88 bytes, and PowerShell shows blanks between."""
    spaced = ''.join(character + '\0' for character in B64)
    return answered(folder, f'KeyId     : {ID}\r\nResult    : {spaced}\r\nAlgorithm : RSA-OAEP\r\n', wraps=B64.encode('utf-16-le'))
