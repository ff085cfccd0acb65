"""Ciphertext that a tool changed on its way: read as text, spelled as text, wrapped once more, or its line ends changed.

Also where that was undone the exit is 1: what changed one file may change the next one beyond repair.
"""

import base64
import gzip
import json
import zlib
from case import case, with_key
from drop import EVENTS, MESSAGES, Drop, rows, sealed, sha

# With C1 controls where Windows-1252 has nothing, as browsers and .NET read it.
CP1252 = ''.join(bytes([i]).decode('cp1252', 'ignore') or chr(i) for i in range(256))


def files(drop, convert, add, count=8, folder=MESSAGES):
    """Ciphertexts of many lengths, from one block to a hundred KiB."""
    for i in range(count):
        plain = rows([0, 1, 3, 10, 60, 200, 600, 1500][i % 8], i)
        add(f'{folder}part-{i + 1:05}.json', convert(sealed(plain)), plain)


@case
def utf8(folder):
    """Something read the ciphertext as UTF-8: what is none became U+FFFD, and the bytes are lost."""
    drop = Drop(folder)
    files(drop, lambda data: data.decode('utf-8', 'replace').encode(), lambda path, data, _: drop.failed(path, data, says=r'U\+FFFD'), 8)
    return with_key(drop, 1)


@case
def utf8_twice(folder):
    """The same, and the text was then taken for Latin-1 and written as UTF-8 again."""
    drop = Drop(folder)
    convert = lambda data: data.decode('utf-8', 'replace').encode().decode('latin-1').encode()
    files(drop, convert, lambda path, data, _: drop.told(path, data))
    return with_key(drop, None)


@case
def utf8_whole_dataset(folder):
    """Every file of the drop went through it: no file beside them is whole."""
    drop = Drop(folder, part=False)
    files(drop, lambda data: data.decode('utf-8', 'replace').encode(), lambda path, data, _: drop.failed(path, data, says=r'U\+FFFD'))
    files(drop, lambda data: data.decode('utf-8', 'replace').encode(), lambda path, data, _: drop.failed(path, data, says=r'U\+FFFD'), 3, EVENTS)
    return with_key(drop, 1)


@case
def utf16(folder):
    """PowerShell 5.1: Get-Content | Set-Content -Encoding Unicode. U+FFFD in UTF-16, behind a byte order mark."""
    drop = Drop(folder)
    convert = lambda data: b'\xff\xfe' + data.decode('utf-8', 'replace').encode('utf-16-le')
    files(drop, convert, lambda path, data, _: drop.told(path, data))
    return with_key(drop, None)


@case
def question_marks(folder):
    """Something wrote the ciphertext as ASCII: all above 127 became a question mark."""
    drop = Drop(folder)
    convert = lambda data: bytes(byte if byte < 128 else 63 for byte in data)
    files(drop, convert, lambda path, data, _: drop.told(path, data))
    return with_key(drop, None)


@case
def latin1(folder):
    """Latin-1 to UTF-8: nothing is lost, so it is undone."""
    drop = Drop(folder)
    files(drop, lambda data: data.decode('latin-1').encode(), lambda path, data, plain: drop.repaired(path, data, plain))
    return with_key(drop, 1)


@case
def latin1_twice(folder):
    """Latin-1 to UTF-8, twice."""
    drop = Drop(folder)
    convert = lambda data: data.decode('latin-1').encode().decode('latin-1').encode()
    files(drop, convert, lambda path, data, plain: drop.told(path, data))
    return with_key(drop, None)


@case
def windows_1252(folder):
    """Windows-1252 to UTF-8: the same with other characters for 80 to 9F."""
    drop = Drop(folder)
    convert = lambda data: ''.join(CP1252[byte] for byte in data).encode()
    files(drop, convert, lambda path, data, plain: drop.told(path, data))
    return with_key(drop, None)


@case
def line_ends(folder):
    """FTP in ASCII mode: LF became CR LF, which may be undone; or each CR was dropped, which may not."""
    drop = Drop(folder)

    def add(then):
        # Where no line end is in it, nothing was changed.
        return lambda path, data, plain: drop.decrypted(path, plain) if data == sealed(plain) else then(path, data)

    files(drop, lambda data: data.replace(b'\n', b'\r\n'), add(drop.told))
    files(drop, lambda data: data.replace(b'\r', b''), add(drop.failed), folder=EVENTS)
    return with_key(drop, 1)


@case
def cut_at_zero(folder):
    """A C program took the ciphertext for a string: it ends before the first zero byte."""
    drop = Drop(folder)
    for i in range(6):
        data = sealed(rows(300, i))
        drop.failed(f'{MESSAGES}part-{i + 1:05}.json', data[:data.index(0) + 1])
    return with_key(drop, 1)


@case
def spelled(folder):
    """Base64 and hex, as REST, Logic Apps, certutil and databases hand binary data on."""
    drop = Drop(folder)
    data = sealed()
    spellings = {
        'base64': base64.b64encode(data), 'base64-line-end': base64.b64encode(data) + b'\r\n',
        'base64-lines': base64.encodebytes(data), 'base64-crlf': base64.encodebytes(data).replace(b'\n', b'\r\n'),
        'base64-bom': b'\xef\xbb\xbf' + base64.b64encode(data),
        'hex': data.hex().encode(), 'hex-upper': data.hex().upper().encode() + b'\n',
    }
    for name, spelling in spellings.items():
        drop.repaired(f'{MESSAGES}{name}.json', spelling, says='base64|hex')
    return with_key(drop, 1)


@case
def spelled_in_full(folder):
    """Base64 of files that are bigger than any look at a beginning."""
    drop = Drop(folder)
    for name, count in {'small': 1, 'middle': 5_000, 'big': 40_000}.items():
        plain = rows(count, count)
        drop.repaired(f'{MESSAGES}base64-{name}.json', base64.b64encode(sealed(plain)), plain, says='Base64')
        drop.repaired(f'{MESSAGES}hex-{name}.json', sealed(plain).hex().encode(), plain, says='hex')
        drop.repaired(f'{MESSAGES}latin1-{name}.json', sealed(plain).decode('latin-1').encode(), plain)
    return with_key(drop, 1)


@case
def spelled_otherwise(folder):
    """Base64URL, a data: URI, Logic Apps' $content, a JSON string, an array of numbers: undone or told, never just copied."""
    drop = Drop(folder)
    data = sealed()
    text = base64.b64encode(data).decode()
    spellings = {
        'base64url': base64.urlsafe_b64encode(data).rstrip(b'='), 'data-uri': f'data:application/octet-stream;base64,{text}'.encode(),
        'content': json.dumps({'$content-type': 'application/octet-stream', '$content': text}).encode(),
        'json-string': json.dumps(text).encode(), 'node-buffer': json.dumps({'type': 'Buffer', 'data': list(data)}).encode(),
        'base64-twice': base64.b64encode(base64.b64encode(data)), 'sql-hex': b'0x' + data.hex().encode(),
        'armour': b'-----BEGIN CERTIFICATE-----\r\n' + base64.encodebytes(data) + b'-----END CERTIFICATE-----\r\n',
    }
    for name, spelling in spellings.items():
        drop.told(f'{MESSAGES}{name}.json', spelling)
    return with_key(drop, None)


@case
def outer_gzip(folder):
    """Compressed once more on the way: gzip around the ciphertext, stored or as an upload tool does it."""
    drop = Drop(folder)
    for name, level in {'stored': 0, 'fast': 1, 'best': 9}.items():
        plain = rows(3_000, level)
        drop.repaired(f'{MESSAGES}{name}.json.gz', gzip.compress(sealed(plain), level, mtime=0), plain, says='gzip')
    return with_key(drop, 1)


@case
def outer_otherwise(folder):
    """zlib around the ciphertext, gzip around its Base64, gzip twice around it: undone or told."""
    drop = Drop(folder)
    data = sealed()
    drop.told(MESSAGES + 'zlib.json', zlib.compress(data))
    drop.told(MESSAGES + 'gzip-of-base64.json.gz', gzip.compress(base64.b64encode(data), mtime=0))
    drop.told(MESSAGES + 'gzip-twice.json.gz', gzip.compress(gzip.compress(data, mtime=0), mtime=0))
    return with_key(drop, None)


@case
def changed_and_cut(folder):
    """Base64 or hex of a ciphertext, and cut: it fails, and nothing of it is delivered for whole."""
    drop = Drop(folder)
    data = sealed(rows(500, 3))
    for name, spelling in {'base64': base64.b64encode(data), 'hex': data.hex().encode(), 'latin1': data.decode('latin-1').encode()}.items():
        drop.told(f'{MESSAGES}{name}.json', spelling[:len(spelling) * 2 // 3])
    return with_key(drop, None, never=[sha(rows(500, 3))])
