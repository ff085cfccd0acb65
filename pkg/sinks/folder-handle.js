/** A folder of File System Access: free names in it, and what the browser refuses. */

import { MgdcDecryptError } from '../core/errors.js';
import { fold, numbered, partial } from './file-names.js';

export class Folder {
  /** @type {Map<string, Promise<Folder>>} */
  #children = new Map();
  /** @type {Set<string>} */
  #claimed = new Set();

  /**
   * @param {FileSystemDirectoryHandle} handle
   * @param {string} path with a slash at the end
   */
  constructor(handle, path) {
    this.handle = handle;
    this.path = path;
  }

  /**
   * The subfolder of this name. It is created if missing, and gets another name if there is a file of this name.
   * @param {string} name
   */
  child(name) {
    let child = this.#children.get(name);
    if (!child) {
      child = allowed(name, (name) => this.#openChild(name));
      this.#children.set(name, child);
      child.catch(() => this.#children.delete(name));
    }
    return child;
  }

  /** @param {string} wanted */
  async #openChild(wanted) {
    for (let number = 1; ; number++) {
      const name = number > 1 ? numbered(wanted, number) : wanted;
      try {
        return new Folder(await this.handle.getDirectoryHandle(name, { create: true }), `${this.path}${name}/`);
      } catch (error) {
        if (nameOf(error) !== 'TypeMismatchError') throw error;
      }
    }
  }

  /**
   * Claims a name that is not in the folder, and that no other pending file has claimed. Call `release` when the file
   * exists or the name is no longer needed.
   * @param {string} name
   */
  claim(name) {
    return allowed(name, (name) => this.#claim(name));
  }

  /** @param {string} wanted */
  async #claim(wanted) {
    for (let number = 1; ; number++) {
      const name = number > 1 ? numbered(wanted, number) : wanted;
      const key = fold(name);
      if (this.#claimed.has(key)) continue;
      this.#claimed.add(key);
      try {
        if (await this.isFree(name)) return name;
      } catch (error) {
        this.#claimed.delete(key);
        throw error;
      }
      this.#claimed.delete(key);
    }
  }

  /**
   * Claims a temporary name. A file that a crash left under that name is overwritten.
   * @param {string} name
   */
  claimPartial(name) {
    let number = 1;
    while (this.#claimed.has(fold(partial(name, number)))) number++;
    this.#claimed.add(fold(partial(name, number)));
    return partial(name, number);
  }

  /**
   * Creates an empty file under a temporary name.
   * @param {string} name
   */
  async createPartial(name) {
    const temporary = this.claimPartial(name);
    try {
      return { temporary, handle: await this.handle.getFileHandle(temporary, { create: true }) };
    } catch (error) {
      this.release(temporary);
      throw error;
    }
  }

  /**
   * Tries for a second, because a worker that was stopped keeps its lock a moment longer.
   * @param {string} name
   */
  async remove(name) {
    for (let left = 20; left > 0; left--) {
      const error = await this.handle.removeEntry(name).catch((error) => error);
      if (error?.name !== 'NoModificationAllowedError') return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** @param {string} name */
  release(name) {
    this.#claimed.delete(fold(name));
  }

  /** @param {string} name */
  async isFree(name) {
    try {
      await this.handle.getFileHandle(name);
      return false;
    } catch (error) {
      if (nameOf(error) === 'TypeMismatchError') return false; // a folder
      if (nameOf(error) === 'NotFoundError') return true;
      throw error;
    }
  }
}

/**
 * Calls `action` with the name. If the browser refuses the name, which it does with a TypeError, tries another one.
 * @template Result
 * @param {string} name
 * @param {(name: string) => Promise<Result>} action
 */
export async function allowed(name, action) {
  try {
    return await action(name);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return action(acceptable(name)).catch((error) => {
      if (!(error instanceof TypeError)) throw error;
      const message = 'the browser does not allow a file or folder of this name; save as ZIP';
      throw new MgdcDecryptError('ERR_UNSAFE_NAME', message, { cause: error });
    });
  }
}

/**
 * Replaces with _ what Chromium refuses although file systems accept it (IsSafePathComponent in
 * file_system_access_manager_impl.cc). Format characters occur in emoji (ZWJ) and in Arabic text. Names that lead
 * elsewhere ('.' and '..') are left as they are, so they are refused.
 * @param {string} name
 */
function acceptable(name) {
  if (name === '' || name === '.' || name === '..') return name;
  return name
    .replace(/[~\p{Cf}\p{Noncharacter_Code_Point}]/gu, '_')
    .replace(/^(\.?)[\s.]/u, '$1_')
    .replace(/\s$/u, '_')
    .replace(/\.(?:lnk|scf|url|\{.*\})$/i, '$&_')
    .replace(/^(?:desktop\.ini|thumbs\.db|clock\$)$/i, '_$&');
}

/**
 * The name of a DOMException, which says what kind it is.
 * @param {unknown} error
 */
export function nameOf(error) {
  return /** @type {Error} */ (error).name;
}
