"""What every case is made with: the mark, and what the command line is to do."""

import json
import os
from drop import CURRENT, PART, PEM, Drop


def case(function):
    function.is_case = True
    return function


def put(folder, name, data):
    with open(os.path.join(folder, name), 'wb') as file:
        file.write(data.encode() if isinstance(data, str) else data)
    return name


def expected(drop, args, exit=0, **more):
    return {'args': args, 'exit': exit, 'lines': drop.lines if drop else {}, **more}


def with_key(drop, exit=0, **more):
    """The drop with the key that opens it."""
    put(drop.folder, 'key.pem', PEM)
    return expected(drop, ['drop', '--key', 'key.pem'], exit, **more)


def opened_by(folder, content, name='key.txt', password=None, **more):
    """A drop, and its key in some form."""
    put(folder, name, content)
    args = ['drop', '--key', name]
    if password:
        args += ['--password-file', put(folder, 'password.txt', password)]
    return expected(Drop(folder), args, **more)


def refused(folder, content, code, says, name='key.txt', password=None, **more):
    """No key comes out of it: nothing starts, and the message says why."""
    made = opened_by(folder, content, name, password, **more)
    return {**made, 'exit': 2, 'lines': {}, 'error': {'code': code, 'says': says}}


def answered(folder, content, wraps=None, key=CURRENT, **more):
    """A drop and Key Vault's answer to it. `wraps`: what RSA wraps in place of the raw key."""
    drop = Drop(folder, details=json.dumps({'DecryptionKeyDetails': key.entry(wraps)}).encode(), part=False)
    drop.decrypted(PART, key=key)
    put(folder, 'answer.txt', content)
    return expected(drop, ['drop', '--vault-answer', 'answer.txt'], **more)
