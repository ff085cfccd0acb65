"""Key details as tools rewrite them: JSON Lines, in another encoding, much bigger than usual."""

import json
from case import case, put, with_key
from drop import CURRENT, DETAILS, EVENTS, MESSAGES, OLD_PEM, OTHER, Drop


def with_both(folder, details, **more):
    """A drop with files of two versions, and the keys of both."""
    drop = Drop(folder, details=details)
    drop.decrypted(EVENTS + 'part-00000.json', key=OTHER)
    put(folder, 'old.pem', OLD_PEM)
    made = with_key(drop, **more)
    return {**made, 'args': [*made['args'], '--key', 'old.pem']}


LINES = ''.join(json.dumps(key.entry()) + '\n' for key in (CURRENT, OTHER))


@case
def json_lines(folder):
    """One entry a line, as Spark and Data Factory write JSON."""
    return with_both(folder, LINES.encode())


@case
def json_lines_of_documents(folder):
    """One whole document a line: several jobs' key details, put together."""
    return with_both(folder, '\r\n'.join(json.dumps({'DecryptionKeyDetails': key.entry()}) for key in (CURRENT, OTHER)).encode())


@case
def json_lines_blank(folder):
    """Blank lines between, none at the end, and a byte order mark."""
    return with_both(folder, ('\ufeff\n' + LINES.replace('\n', '\n\n').strip()).encode())


@case
def json_lines_damaged(folder):
    """One line is damaged: the others are read, and the damage is said; or it is an error that names the line."""
    first, second = LINES.strip().split('\n')
    made = with_both(folder, f'{first}\n{second[:-20]}\n'.encode(), exit=None)
    return {**made, 'lines': None, 'stderr': 'line 2|ERR_KEY_DETAILS'}


@case
def utf16(folder):
    return with_both(folder, json.dumps({'DecryptionKeyDetails': [key.entry() for key in (CURRENT, OTHER)]}).encode('utf-16'))


@case
def over_1_mib(folder):
    """One entry for each of 2,500 files; the wrapped key is the same, so it is unwrapped once."""
    entry = CURRENT.entry()
    entries = [{**entry, 'DecryptionKeyIV': 'AAAAAAAAAAAAAAAAAAAAAA==', 'FilePath': f'{MESSAGES}part-{i:05}.json'} for i in range(2_500)] + [entry]
    details = json.dumps({'DecryptionKeyDetails': entries}, indent=1).encode()
    assert len(details) > 1 << 20
    return with_key(Drop(folder, details=details), cpu=10)


@case
def over_any_limit(folder):
    """Far over what key details can be: said by its size, never "empty"."""
    drop = Drop(folder, details=b'[' + b' ' * (80 << 20) + b']', part=False)
    return {**with_key(drop, None), 'notExit': 0, 'lines': None, 'error': {'code': '.', 'says': 'MiB|MB|bytes|limit|big'}, 'cpu': 10}


@case
def empty(folder):
    """That one is empty."""
    drop = Drop(folder, details=b'\n', part=False)
    return {**with_key(drop, None), 'notExit': 0, 'lines': None, 'error': {'code': 'ERR_KEY_DETAILS', 'says': 'empty|ends'}}


@case
def twice(folder):
    """The document lies in the drop twice, once under a browser's second name."""
    drop = Drop(folder)
    drop.put(DETAILS.replace('.json', ' (1).json'), json.dumps({'DecryptionKeyDetails': CURRENT.entry()}).encode())
    return with_key(drop)


@case
def entry_of_another_key(folder):
    """One entry of which nobody has the key: files of the other come out."""
    drop = Drop(folder, keys=(OTHER, CURRENT))
    return with_key(drop, None)
