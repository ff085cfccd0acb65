"""What comes out of the decryption: gzip in gzip, something behind it, the IV in front."""

import zlib
from case import case, with_key
from drop import CURRENT, MESSAGES, PART, ROWS, Drop, gz, rows, sealed, sha


@case
def line_end_after_gzip(folder):
    """A whole gzip member with right checks, and a line end behind: delivered with a warning, as gunzip does."""
    drop = Drop(folder)
    for name, end in {'lf': b'\n', 'crlf': b'\r\n', 'both': b'\r\n\r\n'}.items():
        drop.decrypted(f'{MESSAGES}{name}.json', data=CURRENT.encrypt(gz() + end), warns=True)
    return with_key(drop)


@case
def other_data_after_gzip(folder):
    """Anything else behind it stays an error: it may be what is left of more."""
    drop = Drop(folder)
    drop.failed(MESSAGES + 'text.json', CURRENT.encrypt(gz() + b'and more'), 'ERR_TRAILING_DATA')
    drop.failed(MESSAGES + 'cut-member.json', CURRENT.encrypt(gz() + gz()[:7]))
    return with_key(drop, 1)


@case
def several_members(folder):
    """Members one after another, and zeros of a tape block behind: that is gzip, and whole."""
    drop = Drop(folder)
    drop.decrypted(MESSAGES + 'members.json', ROWS * 3, data=CURRENT.encrypt(gz() * 3), warns=False)
    drop.decrypted(MESSAGES + 'zeros.json', data=CURRENT.encrypt(gz() + bytes(512)), warns=True, says='512 zero')
    return with_key(drop)


@case
def damaged_check_before_line_end(folder):
    """A line end behind gzip whose CRC is wrong is no reason to believe it."""
    drop = Drop(folder)
    data = bytearray(gz())
    data[-8] ^= 1
    drop.failed(MESSAGES + 'crc.json', CURRENT.encrypt(bytes(data) + b'\n'), 'ERR_CHECKSUM')
    return with_key(drop, 1)


@case
def gzip_in_gzip(folder):
    """Compressed twice before it was encrypted: undone, or said."""
    drop = Drop(folder, part=False)
    drop.put(PART, CURRENT.encrypt(gz(gz())))
    drop.expect(PART, 'decrypted', sha256=[sha(ROWS), sha(gz())], warns=True, says='gzip|compressed')
    drop.decrypted(MESSAGES + 'part-00001.json', warns=False)
    return with_key(drop)


@case
def iv_in_front(folder):
    """The C# sample that Microsoft's article links to writes the IV in front of the ciphertext."""
    drop = Drop(folder)
    for i, count in enumerate([0, 1, 40, 3_000]):
        drop.repaired(f'{MESSAGES}part-{i + 1:05}.json', CURRENT.iv + sealed(rows(count, i)), rows(count, i), says='IV')
    return with_key(drop)


@case
def iv_of_its_own_in_front(folder):
    """Each file has an IV of its own, in front: the one in the key details is not the file's."""
    drop = Drop(folder, part=False)
    for i in range(4):
        other = type(CURRENT)(b'current', CURRENT.version)
        other.iv = bytes(range(i, i + 16))
        drop.repaired(f'{MESSAGES}part-{i:05}.json', other.iv + other.encrypt(gz(rows(99, i))), rows(99, i), says='IV')
    return with_key(drop)


@case
def wrong_iv(folder):
    """No IV in front, and not that of the key details: it is no JSON with a broken beginning, but an error."""
    drop = Drop(folder)
    other = type(CURRENT)(b'current', CURRENT.version)
    other.iv = bytes(16)
    drop.failed(MESSAGES + 'part-00001.json', other.encrypt(gz()))
    return with_key(drop, 1)


@case
def other_formats(folder):
    """zlib, raw deflate, no compression at all, Parquet: as Data Connect or a later step may write them."""
    drop = Drop(folder)
    raw = zlib.compressobj(wbits=-15)
    deflate = raw.compress(ROWS) + raw.flush()
    for name, data in {'zlib': zlib.compress(ROWS), 'deflate': deflate, 'plain': ROWS}.items():
        drop.decrypted(f'{MESSAGES}{name}.json', data=CURRENT.encrypt(data), warns=False)
    parquet = b'PAR1' + bytes(range(256)) * 40 + b'PAR1'
    drop.decrypted(MESSAGES + 'part.parquet', parquet, data=CURRENT.encrypt(parquet), warns=False)
    return with_key(drop)


@case
def preset_dictionary(folder):
    """zlib with a preset dictionary that nobody has: an error, and no plaintext."""
    drop = Drop(folder)
    squeeze = zlib.compressobj(zdict=ROWS)
    drop.failed(MESSAGES + 'part-00001.json', CURRENT.encrypt(squeeze.compress(ROWS) + squeeze.flush()))
    return with_key(drop, 1)
