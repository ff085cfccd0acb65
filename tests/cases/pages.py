"""Keys and answers as they are added to the page or pasted on it: `page` says how. The command line takes the same."""

import base64
import json
from case import case, opened_by, with_key
from drop import CURRENT, PEM, Drop
from limits import hostile

ID = 'https://contoso-invented.vault.azure.net/secrets/tenantkey/' + CURRENT.version
TEXT = PEM.decode()
FORMS = {
    'pem': ('key.txt', TEXT, 'PRIVATE KEY'),
    'secret': ('secret.json', json.dumps({'contentType': None, 'id': ID, 'name': 'tenantkey', 'value': TEXT}, indent=2), 'PRIVATE KEY'),
    'env': ('key.env', 'X=1\nPRIVATE_KEY="' + TEXT.strip().replace('\n', '\\n') + '"\n', 'PRIVATE KEY'),
    'yaml': ('values.yaml', 'key: |\n' + ''.join('  ' + line + '\n' for line in TEXT.strip().split('\n')), 'PRIVATE KEY'),
    'base64-of-pem': ('key.b64', base64.b64encode(PEM).decode(), 'LS0tLS1CRUdJTi'),
    'service-account': ('account.json', json.dumps({'type': 'service_account', 'private_key': TEXT, 'client_email': 'a@invented'}), 'PRIVATE KEY'),
}


def page(way, name, text, secret):
    """`never`: what may not be in the ZIP that the page writes."""
    def make(folder):
        made = opened_by(folder, text, name)
        return {**made, 'page': {'folder': 'drop', way: name, 'never': secret, 'only': way == 'paste'}}
    make.__doc__ = f'{name}, {"added to" if way == "add" else "pasted on"} the page'
    make.__module__ = __name__
    return case(make)


for _name, _form in FORMS.items():
    globals()['add_' + _name.replace('-', '_')] = page('add', *_form)
    globals()['paste_' + _name.replace('-', '_')] = page('paste', *_form)


@case
def key_in_the_drop(folder):
    """The key lies in the folder that is added: it is used, and not in the ZIP."""
    drop = Drop(folder)
    drop.put('key.json', json.dumps({'value': TEXT}).encode())
    drop.left_out('key.json', 'ERR_PRIVATE_KEY_IN_DROP')
    return {**with_key(drop), 'page': {'folder': 'drop', 'never': 'PRIVATE KEY'}}


@case
def hostile_500(folder):
    """500 random wrapped keys: the page answers all the while; at once, they would block it for 15 s."""
    entries = [*hostile(500), CURRENT.entry()]
    drop = Drop(folder, details=json.dumps({'DecryptionKeyDetails': entries}).encode())
    return {**with_key(drop), 'page': {'folder': 'drop', 'add': 'key.pem', 'longest': 1000, 'only': True, 'never': 'PRIVATE KEY'}}
