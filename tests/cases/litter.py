"""What systems and programs leave in folders: left out by name, never "damaged", never copied in silence."""

from case import case, with_key
from drop import MESSAGES, Drop

APPLE_DOUBLE = b'\0\5\x16\7\0\2\0\0Mac OS X        \0\2\0\0\0\x09\0\0\0\x32\0\0\0\x71\0\0\0\2\0\0\0\xa3\0\0\0\0'.ljust(84, b'\0') + b'ATTR'
LITTER = {
    '.DS_Store': b'\0\0\0\1Bud1\0\0\x10\0\0\0\x08\0'.ljust(6148, b'\0'),
    '._part-00000.json': APPLE_DOUBLE.ljust(163, b'\0'),
    'Thumbs.db': b'\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'.ljust(7168, b'\0'),
    'desktop.ini': b'[.ShellClassInfo]\r\nIconResource=C:\\Windows\\System32\\SHELL32.dll,4\r\n',
    '.azDownload-0a1b2c-part-00001.json': bytes(range(256)) * 3 + b'x',
    '~$table.xlsx': b'\x05Admin'.ljust(165, b' '),
}


@case
def of_systems(folder):
    """In the drop's root and beside the files."""
    drop = Drop(folder)
    for place in ('', MESSAGES):
        for name, data in LITTER.items():
            drop.put(place + name, data)
            drop.left_out(place + name, 'ERR_LITTER')
    return with_key(drop, absent=[place + name for place in ('', MESSAGES) for name in LITTER])


@case
def of_archives(folder):
    """__MACOSX beside the drop, as macOS packs it."""
    drop = Drop(folder)
    for path in ('__MACOSX/._metadata', '__MACOSX/drop/BasicDataSet_v0.Message_v0/._part-00000.json'):
        drop.put(path, APPLE_DOUBLE.ljust(163, b'\0'))
        drop.left_out(path, 'ERR_LITTER')
    return with_key(drop)


@case
def of_whole_blocks(folder):
    """Litter of whole 16-byte blocks is no ciphertext."""
    drop = Drop(folder)
    for name in ('.DS_Store', 'Thumbs.db', 'desktop.ini'):
        drop.put(MESSAGES + name, (LITTER[name] * 2)[:16 * 100].ljust(1600, b'\0'))
        drop.left_out(MESSAGES + name, 'ERR_LITTER')
    return with_key(drop)


@case
def that_is_none(folder):
    """Names that only resemble litter belong to the drop."""
    drop = Drop(folder)
    for name in ('DS_Store.json', 'desktop.ini.json', 'Thumbs.db.json', '_part-00001.json', 'azDownload.json'):
        drop.decrypted(MESSAGES + name, b'{"name":"%s"}\n' % name.encode())
    return with_key(drop)


@case
def beside_an_empty_drop(folder):
    """Litter does not make the run a success where its only file is cut."""
    drop = Drop(folder, part=False)
    drop.failed(MESSAGES + 'part-00000.json', bytes(range(128, 256)) * 8 + b'x')
    drop.put('.DS_Store', LITTER['.DS_Store'])
    drop.left_out('.DS_Store', 'ERR_LITTER')
    return with_key(drop, None, notExit=0)
