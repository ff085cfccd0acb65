/** English: the help, with what the page can and cannot do with the data. */

export const help = {
  title: 'Help',
  close: 'Close',
  use: 'Decrypting a delivery',
  useList: [
    'Add the delivery’s folder and its private key, in any order. The page finds out what is what, and tries every ' +
      'key on everything that is locked.',
    'If the key is in Key Vault and cannot leave it, the page shows the command to run there. Paste its answer.',
    'Choose what you need and save it, to a folder or as a ZIP. The delivery itself is never changed.',
    'If one file is damaged, the others are saved all the same, and the page says what is wrong with it.',
  ],
  paste: 'What you can paste',
  pasteList: [
    'A private key as PEM or JWK.',
    'The text of encryptionKeyDetails.json.',
    'What Key Vault answered: from az, PowerShell or REST.',
    'Files that you copied in your file manager.',
  ],
  verified: 'What “verified” means',
  verifiedText:
    'The format has no signature. If a file has a checksum (gzip, zlib), the page checks it and says “verified”: ' +
    'the file is complete and as it was written. That does not show who wrote it. A file without a checksum is ' +
    '“not verified”: it decrypted cleanly, but damage can’t be ruled out.',
  security: 'What this page can and cannot do with your data',
  sealedList: [
    'Before the page reads anything, its own content security policy forbids fetch, XMLHttpRequest, WebSocket, ' +
      'beacons, images, frames and forms. The browser enforces this in the page and in its workers.',
    'A content security policy does not stop everything. With WebRTC, a page can send any amount of data to ' +
      'anybody. By opening another address, it can send as much as fits into that address. When the policy blocks a ' +
      'frame or a form, the browser may still look up its host name and connect to it, and a name can carry data. ' +
      'Only the page’s own code prevents these; a test checks that it does.',
    'Scripts and style sheets come only from this page’s own host. The policy does not stop the page from loading ' +
      'one from there, so its code could send something to that host. It cannot reach any other host in this way.',
  ],
  dataList: [
    'Decrypted data goes only where you save it. While a ZIP or a single file is being made, the browser may keep ' +
      'parts of it in its own temporary files on this computer. If the browser cannot write straight to the disk, a ' +
      'big ZIP or file is kept, decrypted, in the browser’s private storage on this computer until the download is ' +
      'complete. The page tells you first. It deletes the copy afterwards, or the next time the page is opened.',
    'Private keys, passwords and file keys are kept only in memory. Private keys and file keys are overwritten ' +
      'when you remove them, leave the page, or ten seconds after you clear it. Text that you type or paste is in ' +
      'the browser’s own memory, which a page cannot overwrite.',
  ],
  source: 'Source code',
  sourceText:
    'The readable modules of this page’s script are in page.min.js.map beside it, where the developer tools of ' +
    'your browser show them. The WebAssembly module is compiled from Rust code that is not served here; the ' +
    'version at the bottom of the page names the revision it was built from.',
};
