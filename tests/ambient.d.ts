/** Modules that are not there when the types are checked, and what browsers have beyond TypeScript's list. */

/** Installed by `make bench` and `make seal-report` only. */
declare module 'puppeteer-core';

/** What tests and benches put there, or take away. */
interface Window {
  benchHash(sink: string): Promise<string>;
  benchClean(): Promise<void>;
  showSaveFilePicker?: unknown;
  showDirectoryPicker?: unknown;
  /** Milliseconds of the longest task of the page, and of each. */
  longest: number;
  longTasks: number[];
  begin(): void;
  dismissed: boolean;
  writes: number[];
  titles: string[];
  /** What a screen reader was told. */
  heard: string[];
  /** Reports of the runs so far. */
  reports: { files: { path: string }[] }[];
  /** Whether a disk has no room. */
  full: boolean;
  arrived(): Promise<void>;
}
/** In a worker. */
declare function importScripts(...addresses: string[]): void;
declare var trustedTypes: { createPolicy(name: string, rules: object): { createScriptURL(url: string): string } };

declare namespace CSS {
  /** Chromium. */
  var paintWorklet: Worklet | undefined;
}
interface CredentialRequestOptions {
  /** FedCM. */
  identity?: unknown;
}
