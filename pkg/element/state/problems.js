/** What went wrong apart from single files, keys and entries. */

export class Problems {
  /** `{ error, retry?, passing? }`; `retry` tries again, `passing` ones are dropped by the next try of anything. */
  all = [];

  add(problem) {
    this.all = [...this.all, problem];
  }

  dismiss(problem) {
    this.all = this.all.filter((other) => other !== problem);
  }

  /** What is tried again now speaks for itself; the rest stays until it was read. */
  dropTriedAgain() {
    this.all = this.all.filter(({ retry, passing }) => !retry && !passing);
  }

  clear() {
    this.all = [];
  }
}
