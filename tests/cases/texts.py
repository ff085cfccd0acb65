"""Private keys inside other texts: JSON, YAML, .env, mails; and texts that a word processor changed."""

import base64
import json
from case import case, opened_by, with_key
from drop import CURRENT, EVENTS, MESSAGES, OLD_PEM, OTHER, PEM, Drop, sample

TEXT = PEM.decode().strip()
INDENTED = '\n'.join('    ' + line for line in TEXT.split('\n'))


@case
def json_escaped_plus(folder):
    """System.Text.Json writes + as \\u002B; any field name, nested."""
    return opened_by(folder, json.dumps({'outputs': {'privateKeyPem': {'value': TEXT}}}).replace('+', '\\u002B'), 'outputs.json')


@case
def json_escaped_slash(folder):
    """PHP and ConvertTo-Json of Windows PowerShell escape slashes, or whatever they like."""
    text = json.dumps({'key': TEXT + '\n'}).replace('/', '\\/').replace('\\n', '\\u000d\\u000a').replace('=', '\\u003d')
    return opened_by(folder, text, 'key.json')


@case
def json_in_json(folder):
    """A JSON text as a string in JSON, as queues and logs have it."""
    return opened_by(folder, json.dumps({'body': json.dumps({'privateKey': TEXT})}), 'message.json')


@case
def json_array_of_lines(folder):
    """The PEM line by line, as Windows PowerShell's Get-Content | ConvertTo-Json gives it."""
    return opened_by(folder, json.dumps(TEXT.split('\n'), indent=2), 'lines.json')


@case
def json_base64_of_pem(folder):
    """A Kubernetes secret as JSON."""
    return opened_by(folder, json.dumps({'kind': 'Secret', 'data': {'tls.key': base64.b64encode(PEM).decode()}}), 'secret.json')


@case
def yaml_block(folder):
    return opened_by(folder, f'name: tenantkey\nprivateKey: |\n{INDENTED}\nother: 1\n', 'values.yaml')


@case
def yaml_quoted(folder):
    return opened_by(folder, 'privateKey: "' + TEXT.replace('\n', '\\n') + '\\n"\n', 'values.yaml')


@case
def yaml_folded(folder):
    """A double-quoted scalar over several lines, as PyYAML writes it: an escaped line end, a backslash at the end of the line."""
    lines = TEXT.split('\n')
    return opened_by(folder, 'privateKey: "' + '\\n\\\n  '.join(lines) + '\\n"\n', 'values.yaml')


@case
def yaml_secret(folder):
    """A Kubernetes secret as YAML: Base64 of the PEM."""
    return opened_by(folder, f'apiVersion: v1\nkind: Secret\ndata:\n  tls.key: {base64.b64encode(PEM).decode()}\n', 'secret.yaml')


@case
def env_line(folder):
    return opened_by(folder, 'X=1\nPRIVATE_KEY="' + TEXT.replace('\n', '\\n') + '"\n', 'key.env')


@case
def env_base64(folder):
    return opened_by(folder, 'X=1\nPRIVATE_KEY_B64=' + base64.b64encode(PEM).decode() + '\n', '.env')


@case
def shell_export(folder):
    return opened_by(folder, f"export KEY='{TEXT}'\n", 'key.sh')


@case
def one_line(folder):
    """The line ends became blanks in a form's field."""
    return opened_by(folder, TEXT.replace('\n', ' '), 'key.pem')


@case
def quoted_in_a_mail(folder):
    return opened_by(folder, 'On Monday somebody wrote:\n' + '\n'.join('> ' + line for line in TEXT.split('\n')) + '\n', 'mail.txt')


@case
def en_dashes(folder):
    """A word processor made dashes of the hyphens: opened, or named."""
    return {**opened_by(folder, TEXT.replace('-----', '\u2013' * 5), 'key.pem'), 'or': {'code': 'ERR_PRIVATE_KEY_INVALID', 'says': 'dash'}}


@case
def em_dashes(folder):
    """Two hyphens became one em dash each."""
    return {**opened_by(folder, TEXT.replace('-----', '\u2014\u2014-'), 'key.pem'), 'or': {'code': 'ERR_PRIVATE_KEY_INVALID', 'says': 'dash'}}


@case
def no_break_spaces(folder):
    """Copied out of a web page: no-break spaces in the label, zero width at the ends of lines."""
    text = TEXT.replace('BEGIN PRIVATE KEY', 'BEGIN\u00a0PRIVATE\u00a0KEY').replace('\n', '\u200b\n')
    return {**opened_by(folder, text, 'key.pem'), 'or': {'code': 'ERR_PRIVATE_KEY_INVALID', 'says': 'private key'}}


@case
def given_and_in_the_drop(folder):
    """The file that was given as --key lies in the drop: it is no part of it, and never in the output."""
    drop = Drop(folder)
    drop.put('key.pem', PEM)
    drop.lines['key.pem'] = {'outcome': 'left-out', 'optional': True}
    return {**with_key(drop, absent=['key.pem']), 'args': ['drop', '--key', 'drop/key.pem']}


@case
def found_in_the_drop(folder):
    """The key of another version lies in the drop, in JSON: it is used, named and left out."""
    drop = Drop(folder, keys=(CURRENT, OTHER))
    drop.decrypted(EVENTS + 'part-00000.json', key=OTHER)
    drop.put('old/secret.json', json.dumps({'value': OLD_PEM.decode()}).encode())
    drop.left_out('old/secret.json', 'ERR_PRIVATE_KEY_IN_DROP', 'private key')
    return with_key(drop, absent=['old/secret.json'])


@case
def stranger_in_the_drop(folder):
    """A private key that opens nothing here is no data either."""
    drop = Drop(folder)
    for name, data in {'id.pem': sample('stranger-2048/pkcs8.pem'), 'key.b64': base64.b64encode(sample('stranger-2048/pkcs8.pem'))}.items():
        drop.put(MESSAGES + name, data)
        drop.left_out(MESSAGES + name, 'ERR_PRIVATE_KEY_IN_DROP')
    return with_key(drop)
