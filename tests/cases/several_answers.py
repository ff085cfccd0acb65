"""Several answers in one text, answers that cannot do, and one too many."""

import base64
import json
from answers import AZ, B64, ID, REST
from case import answered, case, expected, put
from drop import CURRENT, EVENTS, OTHER, Drop

OTHER_ID = ID.replace(CURRENT.version, OTHER.version)
OTHER_B64 = base64.b64encode(OTHER.key).decode()
OTHER_AZ = json.dumps({'algorithm': 'RSA-OAEP', 'kid': OTHER_ID, 'result': OTHER_B64}, indent=2)

BOTH = {
    'json-after-json': OTHER_AZ + '\n' + AZ + '\n',
    'json-array': f'[{AZ}, {OTHER_AZ}]',
    'json-lines': json.dumps(json.loads(AZ)) + '\n' + json.dumps(json.loads(OTHER_AZ)) + '\n',
    'tsv-lines': f'{B64}\n{OTHER_B64}\n',
    'tsv-tables': f'RSA-OAEP\t{ID}\t{B64}\nRSA-OAEP\t{OTHER_ID}\t{OTHER_B64}\n',
    'console': f'$ az keyvault key decrypt --id {OTHER_ID}\n{OTHER_AZ}\n$ az keyvault key decrypt --id {ID}\n{AZ}\n$ ',
    'yaml-documents': f'kid: {ID}\nresult: {B64}\n---\nkid: {OTHER_ID}\nresult: {OTHER_B64}\n',
    'notes': f'Message: {B64}\nEvent: {OTHER_B64}\n',
}


def both(name, text):
    def make(folder):
        drop = Drop(folder, keys=(CURRENT, OTHER))
        drop.decrypted(EVENTS + 'part-00000.json', key=OTHER)
        put(folder, 'answers.txt', text)
        return expected(drop, ['drop', '--vault-answer', 'answers.txt'])
    make.__doc__ = f'The answers to both entries in one text: {name.replace("-", " ")}'
    make.__module__ = __name__
    return case(make)


for _name, _text in BOTH.items():
    globals()['both_' + _name.replace('-', '_')] = both(_name, _text)


def unanswered(folder, text, says, code='ERR_VAULT_ANSWER|ERR_FILE_KEY_LENGTH'):
    return {**answered(folder, text), 'exit': 2, 'lines': {}, 'error': {'code': code, 'says': says}}


@case
def raw_result_cut(folder):
    """PowerShell's list of a raw key: Result lost bytes, RawResult is cut after four numbers. Said, with what to do."""
    text = f'KeyId     : {ID}\r\nResult    : {CURRENT.key.decode("utf-8", "replace")}\r\nRawResult : {{{", ".join(map(str, CURRENT.key[:4]))}...}}\r\nAlgorithm : RSA-OAEP\r\n'
    return unanswered(folder, text, 'RawResult')


@case
def forbidden(folder):
    """Key Vault's error instead of a value."""
    text = json.dumps({'error': {'code': 'Forbidden', 'message': 'The user does not have keys decrypt permission', 'innererror': {'code': 'ForbiddenByPolicy'}}})
    return unanswered(folder, text, 'error')


@case
def forbidden_az(folder):
    """The same as az prints it."""
    return unanswered(folder, "(Forbidden) Caller is not authorized to perform action on resource.\nCode: Forbidden\nMessage: Caller is not authorized\n", 'vault answer')


@case
def of_another_key(folder):
    """An answer to some other wrapped key: it opens no file, and says so."""
    return unanswered(folder, AZ.replace(B64, OTHER_B64), 'vault answer|answer', 'ERR_VAULT_ANSWER|ERR_FILE_KEY_MISSING|ERR_PADDING')


@case
def only_the_command(folder):
    """The command was copied, and not what it printed: the Base64 in it is the wrapped key."""
    wrapped = CURRENT.entry()['DecryptionKeyValue']
    return unanswered(folder, f'az keyvault key decrypt --id {ID} --algorithm RSA-OAEP --value "{wrapped}"\n', 'answer|file key')


@case
def twice(folder):
    """The same answer twice in one text counts once."""
    return answered(folder, REST + '\n' + REST + '\n')
