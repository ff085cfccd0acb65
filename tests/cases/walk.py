"""Folders as disks hold them: links, names that are no UTF-8, what may not be read, what is no file, archives."""

import os
import socket
import tarfile
import zipfile
from case import case, put, with_key
from drop import EVENTS, MESSAGES, PART, Drop, sealed


def elsewhere(folder, name='elsewhere'):
    """A folder beside the drop with a file that would open."""
    os.makedirs(os.path.join(folder, name))
    put(os.path.join(folder, name), 'part-00000.json', sealed())


def link(drop, path, target):
    full = os.path.join(drop.root, path)
    os.makedirs(os.path.dirname(full), exist_ok=True)
    os.symlink(target, full)


@case
def links_out(folder):
    """Links to a folder and to a file outside: named, not followed, not copied."""
    drop = Drop(folder)
    elsewhere(folder)
    link(drop, 'BasicDataSet_v0.Event_v0', '../elsewhere')
    link(drop, MESSAGES + 'part-00001.json', '../../elsewhere/part-00000.json')
    link(drop, MESSAGES + 'passwd.json', '/etc/passwd')
    for path in ('BasicDataSet_v0.Event_v0', MESSAGES + 'part-00001.json', MESSAGES + 'passwd.json'):
        drop.left_out(path, 'ERR_LINK_OUTSIDE', 'link')
    return with_key(drop)


@case
def links_inside(folder):
    """Links to a folder and a file of the drop itself are followed."""
    drop = Drop(folder)
    drop.decrypted(EVENTS + 'part-00000.json', b'{"id":7}\n')
    link(drop, 'BasicDataSet_v0.Linked_v0', 'BasicDataSet_v0.Event_v0')
    link(drop, MESSAGES + 'part-00001.json', '../' + EVENTS + 'part-00000.json')
    for path in ('BasicDataSet_v0.Linked_v0/part-00000.json', MESSAGES + 'part-00001.json'):
        drop.lines[path] = {**drop.lines[EVENTS + 'part-00000.json']}
    return with_key(drop)


@case
def links_broken(folder):
    """git-annex and DataLad leave links to objects that were not fetched: each is a failed file."""
    drop = Drop(folder)
    link(drop, MESSAGES + 'part-00001.json', '../.git/annex/objects/xx/yy/SHA256E-s1.json')
    link(drop, MESSAGES + 'part-00002.json', '/nonexistent/object')
    for number in (1, 2):
        drop.expect(f'{MESSAGES}part-0000{number}.json', 'failed', code='ERR_READ', says='link')
    return with_key(drop, 1)


@case
def links_in_a_circle(folder):
    """A link to the drop itself, to its parent within, to itself, and two that lead to each other."""
    drop = Drop(folder)
    link(drop, MESSAGES + 'again', '..')
    link(drop, 'self', 'self')
    link(drop, 'one', 'two')
    link(drop, 'two', 'one')
    drop.expect(MESSAGES + 'again', 'left-out')
    for path in ('self', 'one', 'two'):
        drop.expect(path, 'told')
    return with_key(drop, None, seconds=40)


@case
def no_files(folder):
    """A FIFO, a socket and a device in the drop: named, and never read."""
    drop = Drop(folder)
    os.mkfifo(os.path.join(drop.root, MESSAGES, 'pipe.json'))
    server = socket.socket(socket.AF_UNIX)
    here = os.getcwd()
    os.chdir(os.path.join(drop.root, MESSAGES))  # a socket's path may not be long
    server.bind('socket.json')
    os.chdir(here)
    names = ['pipe.json', 'socket.json']
    if os.geteuid() == 0:
        try:
            os.mknod(os.path.join(drop.root, MESSAGES, 'zero.json'), 0o20666, os.makedev(1, 5))
            names.append('zero.json')
        except PermissionError:  # in a container without the right to
            pass
    link(drop, MESSAGES + 'null.json', '/dev/null')
    drop.expect(MESSAGES + 'null.json', 'left-out')
    for name in names:
        drop.left_out(MESSAGES + name, 'ERR_NOT_A_FILE')
    return with_key(drop, seconds=40)


@case
def folder_name_not_utf8(folder):
    """A folder's name in Latin-1, unpacked from an old ZIP."""
    drop = Drop(folder)
    drop.put(b'Daten\xfcbersicht/part-00000.json', sealed())
    drop.lines['Daten*bersicht/part-00000.json'] = {**drop.lines[PART], 'warns': True, 'says': 'UTF-8'}
    return with_key(drop)


@case
def file_names_not_utf8(folder):
    """Two files whose names differ in bytes that are no UTF-8: both come out."""
    drop = Drop(folder)
    for byte in (b'\xfc', b'\xe4'):
        drop.put(MESSAGES.encode() + b'\xc3\xa4-' + byte + b'.json', sealed())
    drop.lines[MESSAGES + '*.json'] = {**drop.lines[PART], 'times': 2, 'warns': True, 'says': 'UTF-8'}
    return with_key(drop)


@case
def unreadable_folder(folder):
    """lost+found of an external disk: named; the rest is decrypted."""
    drop = Drop(folder)
    os.makedirs(os.path.join(drop.root, 'lost+found'), mode=0)
    drop.expect('lost+found', 'failed', code='ERR_READ')
    return with_key(drop, 1, powerless=True)


@case
def unreadable_file(folder):
    drop = Drop(folder)
    os.chmod(drop.put(MESSAGES + 'part-00001.json', sealed()), 0)
    drop.expect(MESSAGES + 'part-00001.json', 'failed', code='ERR_READ')
    return with_key(drop, 1, powerless=True)


@case
def only_a_zip(folder):
    """The drop as one ZIP in the folder."""
    drop = Drop(folder)
    archive = os.path.join(folder, 'drop.zip')
    with zipfile.ZipFile(archive, 'w') as file:
        for path, _, names in os.walk(drop.root):
            for name in names:
                file.write(os.path.join(path, name), os.path.relpath(os.path.join(path, name), drop.root))
    os.rename(drop.root, os.path.join(folder, 'unpacked'))
    os.makedirs(drop.root)
    os.rename(archive, os.path.join(drop.root, 'drop.zip'))
    return with_key(drop, 0)


@case
def zip_itself(folder):
    """The ZIP in place of the folder."""
    made = only_a_zip(folder)
    return {**made, 'args': ['drop/drop.zip', '--key', 'key.pem']}


@case
def only_a_tar(folder):
    """A .tar.gz in place of the files."""
    drop = Drop(folder)
    os.rename(drop.root, os.path.join(folder, 'unpacked'))
    os.makedirs(drop.root)
    with tarfile.open(os.path.join(drop.root, 'drop.tar.gz'), 'w:gz') as file:
        file.add(os.path.join(folder, 'unpacked'), 'drop')
    drop.lines = {'drop.tar.gz': {'outcome': 'failed', 'code': 'ERR_ARCHIVE', 'says': 'unpack'}}
    return with_key(drop, 1)


@case
def nothing_encrypted(folder):
    """A key was given, and nothing is encrypted: no exit 0."""
    drop = Drop(folder, details=b'', part=False)
    drop.put('VivaInsights.Users/part-00000.json', b'{"id":1}\n')
    made = with_key(drop, None)
    return {**made, 'lines': None, 'error': {'code': 'ERR_NOTHING_ENCRYPTED|ERR_KEY_DETAILS_MISSING', 'says': '.'}, 'notExit': 0}


@case
def empty_folder(folder):
    drop = Drop(folder, details=b'', part=False)
    return {**with_key(drop, None), 'lines': None, 'error': {'code': '.', 'says': '.'}, 'notExit': 0}


@case
def link_in_the_target(folder):
    """The target holds a link that leads out of it under a dataset's name: nothing is written there."""
    drop = Drop(folder)
    os.makedirs(os.path.join(folder, 'outside'))
    os.makedirs(os.path.join(folder, 'target'))
    os.symlink('../outside', os.path.join(folder, 'target', MESSAGES.strip('/')))
    drop.lines[PART] = {'outcome': 'failed', 'says': 'link'}
    return with_key(drop, None, out='target', untouched='outside', notExit=0)
