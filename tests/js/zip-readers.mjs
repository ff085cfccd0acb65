/** Opens an archive with every available ZIP reader, and compares what they find. Not a test itself. */

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import zlib from 'node:zlib';

const options = { maxBuffer: 2 ** 28, env: { ...process.env, LC_ALL: 'C.UTF-8' } };

function run(command, args) {
  const running = promisify(execFile)(command, args, options);
  running.child.stdin?.end(); // unzip asks when two files have one name
  return running;
}

export const folder = await mkdtemp(join(tmpdir(), 'mgdc-zip-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

/** `expected`: a Map from name to Uint8Array. Every reader must agree on names, sizes, CRCs and contents. */
export async function verify(archive, expected) {
  const readers = await available();
  assert.ok(readers.length > 0, 'no ZIP reader is installed');
  for (const name of readers) {
    assert.deepEqual(
      sorted(await READERS[name](archive, expected)),
      sorted(wantedOf(expected)),
      `${name} reads ${archive}`,
    );
  }
}

export const python = async (script, ...args) => JSON.parse((await run('python3', ['-c', script, ...args])).stdout);
export const unzip = async (...args) => (await run('unzip', args)).stdout;
export const sevenZip = async (...args) => (await run('7z', args)).stdout;

const READERS = {
  // Extracts, and so compares contents, unless there are too many files.
  async unzip(archive, expected) {
    if (expected.size === 0) return []; // Info-ZIP calls an empty archive an error
    assert.match(await unzip('-tq', archive), /^No errors detected/);
    if (expected.size > 1000) return wantedOf(expected);
    const target = await mkdtemp(join(folder, 'unzip-'));
    await unzip('-q', archive, '-d', target);
    const found = [];
    for (const entry of await readdir(target, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath ?? entry.path, entry.name);
      const bytes = await readFile(path);
      const name = path.slice(target.length + 1);
      assert.ok(bytes.equals(expected.get(name) ?? Buffer.alloc(0)), `unzip: contents of ${name}`);
      found.push([name, bytes.length, zlib.crc32(bytes)]);
    }
    await rm(target, { recursive: true });
    return found;
  },

  async '7z'(archive) {
    const tested = await sevenZip('t', archive);
    assert.match(tested, /Everything is Ok/);
    assert.doesNotMatch(tested, /warning|error/i);
    const records = (await sevenZip('l', '-slt', archive)).split('----------\n')[1]?.trim().split('\n\n') ?? [];
    return records.filter(Boolean).map((record) => {
      const field = (name) => record.match(new RegExp(`^${name} = (.*)$`, 'm'))?.[1];
      return [field('Path'), Number(field('Size')), Number.parseInt(field('CRC') || '0', 16)];
    });
  },

  async python3(archive, expected) {
    const found = await python(
      `import zipfile,hashlib,json,sys
z=zipfile.ZipFile(sys.argv[1])
assert z.testzip() is None
print(json.dumps([[i.filename,i.file_size,i.CRC,hashlib.sha256(z.read(i)).hexdigest()] for i in z.infolist()]))`,
      archive,
    );
    return found.map(([name, size, crc, hash]) => {
      assert.equal(
        hash,
        createHash('sha256')
          .update(expected.get(name) ?? '')
          .digest('hex'),
        `python: contents of ${name}`,
      );
      return [name, size, crc];
    });
  },

  async java(archive) {
    const { stdout } = await run('java', [
      '-Dfile.encoding=UTF-8',
      '-Dstdout.encoding=UTF-8',
      '-cp',
      await javaClasses(),
      'ReadZip',
      archive,
    ]);
    return stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => {
        const [size, crc, ...name] = line.split(' ');
        return [name.join(' '), Number(size), Number(crc)];
      });
  },
};

// Reads every entry through java.util.zip.ZipFile, and computes the CRC itself.
const JAVA = `
import java.util.zip.*;
import java.io.*;
public class ReadZip {
  public static void main(String[] args) throws Exception {
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, "UTF-8");
    byte[] buffer = new byte[1 << 16];
    try (ZipFile zip = new ZipFile(args[0])) {
      for (var e = zip.entries(); e.hasMoreElements();) {
        ZipEntry entry = e.nextElement();
        CRC32 crc = new CRC32();
        long size = 0;
        try (InputStream in = zip.getInputStream(entry)) {
          for (int n; (n = in.read(buffer)) > 0; size += n) crc.update(buffer, 0, n);
        }
        if (size != entry.getSize() || crc.getValue() != entry.getCrc()) throw new IOException("differs: " + entry.getName());
        out.println(size + " " + crc.getValue() + " " + entry.getName());
      }
    }
    out.flush();
  }
}`;

let classes;
function javaClasses() {
  return (classes ??= (async () => {
    await writeFile(join(folder, 'ReadZip.java'), JAVA);
    await run('javac', ['-encoding', 'UTF-8', '-d', folder, join(folder, 'ReadZip.java')]);
    return folder;
  })());
}

let found;
function available() {
  return (found ??= (async () => {
    const names = [];
    for (const name of Object.keys(READERS)) {
      const commands = name === 'java' ? ['java', 'javac'] : [name];
      const all = commands.map((command) =>
        run('which', [command]).then(
          () => true,
          () => false,
        ),
      );
      if ((await Promise.all(all)).every(Boolean)) names.push(name);
      else console.error(`not installed, so not tried: ${name}`);
    }
    return names;
  })());
}

const wantedOf = (expected) => [...expected].map(([name, bytes]) => [name, bytes.length, zlib.crc32(bytes)]);
const sorted = (list) => list.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
