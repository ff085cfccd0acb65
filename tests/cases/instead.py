"""Saved in place of the blob; and, beside it, what is clear by right and needs no word."""

import base64
from case import case, with_key
from drop import EVENTS, MESSAGES, Drop

SIGN_IN = (b'<!DOCTYPE html>\n<html dir="ltr" class="" lang="en">\n<head>\n<title>Sign in to your account</title>\n'
           b'<meta http-equiv="Content-Type" content="text/html; charset=UTF-8">\n</head>\n<body></body>\n</html>\n')
PAGES = {
    'signin': SIGN_IN,
    'proxy': b'<html><head><title>407 Proxy Authentication Required</title></head><body><h1>Access denied</h1></body></html>',
    'upper-case': b'<HTML><HEAD><TITLE>Object moved</TITLE></HEAD><BODY><h2>Object moved to <a href="/login">here</a>.</h2></BODY></HTML>',
    'xhtml': b'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "">\n<html><body>503</body></html>',
}
ERRORS = {
    'storage': '\ufeff<?xml version="1.0" encoding="utf-8"?><Error><Code>AuthenticationFailed</Code><Message>Server failed to authenticate the'
               ' request.\nRequestId:00000000-0000-0000-0000-000000000000</Message></Error>',
    'storage-plain': '<?xml version="1.0" encoding="utf-8"?>\n<Error><Code>BlobNotFound</Code><Message>The specified blob does not exist.</Message></Error>',
    'datalake': '{"error":{"code":"AuthorizationFailure","message":"This request is not authorized to perform this operation."}}',
}
LFS = b'version https://git-lfs.github.com/spec/v1\noid sha256:%064d\nsize 1234\n' % 7


@case
def sign_in_pages(folder):
    """A browser or a script without rights saved the sign-in page."""
    drop = Drop(folder)
    for name, page in PAGES.items():
        drop.told(f'{MESSAGES}{name}.json', page)
    return with_key(drop, None)


@case
def whole_second_dataset(folder):
    """Every file of the second dataset is a sign-in page: no encrypted file is beside them, still a page is no data."""
    drop = Drop(folder)
    for i in range(4):
        drop.told(f'{EVENTS}part-{i:05}.json', SIGN_IN.replace(b'lang="en"', b'lang="e%d"' % i), says='page|HTML')
    return with_key(drop, None)


@case
def error_documents(folder):
    """Storage's error in XML or JSON, and a Git LFS pointer."""
    drop = Drop(folder)
    for name, text in ERRORS.items():
        drop.told(f'{MESSAGES}{name}.json', text.encode())
    drop.told(MESSAGES + 'pointer.json', LFS, says='LFS')
    return with_key(drop, None)


@case
def nothing_at_all(folder):
    """Nothing, blanks, zeros (a download that only reserved its space): beside encrypted files of the dataset."""
    drop = Drop(folder)
    for name, data in {'empty': b'', 'line-end': b'\r\n', 'blanks': b' ' * 64, 'zeros': bytes(4096), 'zeros-odd': bytes(5000)}.items():
        drop.told(f'{MESSAGES}{name}.json', data)
    return with_key(drop, None)


@case
def clear_beside_encrypted(folder):
    """A file of the dataset that somebody decrypted or wrote by hand: copied, with a word."""
    drop = Drop(folder)
    for name, data in {'rows.json': b'{"id":1}\n', 'table.csv': 'Größe;Name\r\n1;Ärger\r\n'.encode(), 'page.txt': 'Žluťoučký kůň\n'.encode('utf-16')}.items():
        drop.copied(MESSAGES + name, data, warns=True, says='not encrypted')
    return with_key(drop)


@case
def clear_by_right(folder):
    """Datasets that are not eligible, the job's metadata, Spark's and Hadoop's marks: copied, and not a word."""
    drop = Drop(folder)
    viva = 'VivaInsights.Users/'
    for path, data in {
        viva + 'part-00000.json': b'{"PersonId":"a","Hours":1}\n', viva + 'part-00001.json': b'',
        viva + 'base64.csv': b'Id,Photo\r\n' + b''.join(b'%d,%s\r\n' % (i, base64.b64encode(bytes(range(i, i + 90)))) for i in range(60)),
        viva + 'han.csv': '人员,小时\r\n王伟,八\r\n'.encode(), viva + 'latin.csv': 'Größe;Ärger\r\n'.encode('latin-1') * 20,
        viva + 'ghosts.json': '{"text":"a \ufffd that was there before"}\n'.encode(),
        'metadata/JobMetadata.json': b'{"JobId":"1"}', MESSAGES + '_SUCCESS': b'', MESSAGES + '_committed_12345': b'{"added":[]}',
        MESSAGES + '_started_12345': b'', MESSAGES + '.part-00000.json.crc': b'crc\0\0\0\2\0abcd',
    }.items():
        drop.copied(path, data, warns=False)
    return with_key(drop)


@case
def another_details(folder):
    """A sign-in page in place of the key details: said so, and nothing starts."""
    drop = Drop(folder, details=SIGN_IN)
    return {**with_key(drop, 1), 'lines': None, 'error': {'code': 'ERR_KEY_DETAILS_JSON', 'says': 'key details'}}


@case
def page_of_block_length(folder):
    """A sign-in page of whole 16-byte blocks is no ciphertext either."""
    drop = Drop(folder)
    drop.told(MESSAGES + 'part-00001.json', SIGN_IN + b'\n' * (-len(SIGN_IN) % 16))
    drop.told(MESSAGES + 'part-00002.json', LFS + b'\n' * (-len(LFS) % 16))
    return with_key(drop, None)
