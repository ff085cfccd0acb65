"""Builds the cases into a folder: `$MGDC_PYTHON tests/cases/build.py target/cases [case or kind…]`. README.md says what a case is."""

import importlib
import json
import os
import shutil
import sys
from concurrent.futures import ProcessPoolExecutor

KINDS = ['changed', 'instead', 'content', 'containers', 'numbers', 'texts', 'other_keys', 'answers', 'several_answers',
         'walk', 'litter', 'details', 'limits', 'pages']


def cases():
    """Name → (kind, function). A function's name is the case's; its first line says what happened to somebody."""
    found = {}
    for kind in KINDS:
        module = importlib.import_module(kind)
        for name, make in vars(module).items():
            if getattr(make, 'is_case', False) and make.__module__ == kind:
                found[f'{kind}-{name}'.replace('_', '-').strip('-')] = (kind, name)
    return found


def make(target, full, kind, name):
    function = getattr(importlib.import_module(kind), name)
    folder = os.path.join(target, full)
    delete(folder)
    os.makedirs(folder)
    expected = function(folder)
    expected['what'] = ' '.join((function.__doc__ or full).split())
    # Last, so that a case that broke off has none.
    with open(os.path.join(folder, 'expected.json'), 'w', encoding='utf-8') as file:
        json.dump(expected, file, indent=1, ensure_ascii=False)


def delete(folder):
    """What may not be read, too: that is what some cases are about."""
    if not os.path.isdir(folder):
        return
    for path, folders, _ in os.walk(folder):
        for name in folders:
            if not os.path.islink(os.path.join(path, name)):
                os.chmod(os.path.join(path, name), 0o700)
    shutil.rmtree(folder)


def main(target, names):
    os.makedirs(target, exist_ok=True)
    all_cases = cases()
    if not names:
        for old in os.listdir(target):
            if old not in all_cases:
                delete(os.path.join(target, old))
    chosen = {full: place for full, place in all_cases.items() if not names or full in names or place[0] in names}
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for made in [pool.submit(make, target, full, *place) for full, place in chosen.items()]:
            made.result()
    print('\n'.join(chosen))


if __name__ == '__main__':
    main(os.path.abspath(sys.argv[1]), sys.argv[2:])
