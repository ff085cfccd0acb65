"""Bounded work: hostile key details, key files without an end, outputs that close."""

import base64
import json
import os
import random
from case import case, expected, put, with_key
from drop import CURRENT, KEY, MESSAGES, PEM, Drop


def hostile(count):
    """Random blocks in the range of the key's modulus: each costs a whole private-key operation."""
    noise = random.Random(count)
    below = KEY.private_numbers().public_numbers.n
    entry = CURRENT.entry()
    return [{**entry, 'DecryptionKeyValue': base64.b64encode(noise.randrange(below).to_bytes(256, 'big')).decode()} for _ in range(count)]


@case
def wrapped_keys_500(folder):
    """500 random wrapped keys and the true one."""
    entries = [*hostile(500), CURRENT.entry()]
    return with_key(Drop(folder, details=json.dumps({'DecryptionKeyDetails': entries}).encode()), cpu=10)


@case
def wrapped_keys_20000(folder):
    """20,000 of them: over the cap of entries, said as a limit at once."""
    drop = Drop(folder, details=json.dumps({'DecryptionKeyDetails': hostile(20_000)}).encode())
    return {**with_key(drop, None, cpu=10), 'notExit': 0, 'lines': None, 'error': {'code': '.', 'says': 'limit|at most|more than'}}


def endless(folder, option, make, says='.'):
    """`make` gives the path of something without an end, or of far too much."""
    drop = Drop(folder)
    args = ['drop', *([] if option in ('--key', '--vault-answer') else ['--key', put(folder, 'key.pem', PEM)]), option, make(folder)]
    return {**expected(drop, args, 2, seconds=40, cpu=4), 'lines': {}, 'error': {'code': '.', 'says': says}}


def huge(folder):
    path = os.path.join(folder, 'huge')
    with open(path, 'wb') as file:
        file.truncate(1 << 30)  # sparse
    return 'huge'


def pipe(folder):
    os.mkfifo(os.path.join(folder, 'pipe'))
    return 'pipe'


def zero(_):
    return '/dev/zero'


SOURCES = {'huge': huge, 'pipe': pipe, 'device': zero}
OPTIONS = ('--key', '--vault-answer', '--password-file')


def source(option, name, make):
    def build(folder):
        return endless(folder, option, make)
    build.__doc__ = f'{option} with {dict(huge="1 GiB of zeros", pipe="a FIFO that nobody writes to", device="/dev/zero")[name]}: refused at once.'
    build.__module__ = __name__
    return case(build)


for _option in OPTIONS:
    for _name, _make in SOURCES.items():
        globals()[f'{_option.strip("-").replace("-", "_")}_{_name}'] = source(_option, _name, _make)


def many(folder, **more):
    drop = Drop(folder, part=False)
    for i in range(60):
        drop.decrypted(f'{MESSAGES}part-{i:05}.json', b'{"n":%d}\n' % i)
    return {**with_key(drop), 'lines': None, 'count': 60, **more}


@case
def reader_that_leaves(folder):
    """mgdc-decrypt … --json | head -1: the run goes on to its end."""
    return many(folder, pipe='head -1')


@case
def reader_that_never_comes(folder):
    """Standard output closed from the start."""
    return many(folder, pipe='true')


@case
def full_disk_behind_output(folder):
    """mgdc-decrypt … --json > /dev/full: a clean end, every file or a message, no stack trace."""
    return many(folder, redirect='/dev/full', exit=None, count=None)
