// What Key Vault answered, kept for the case that files are added and the drop is opened anew.

export class Answers {
  /** Wrapped key → what was wrong with the last answer for it. */
  errors = new Map();

  #answers = new Map();

  /** Opens one entry of the drop. @throws the reason when the answer does not */
  async open(drop, index, answer) {
    const { wrappedKey } = drop.keyDetails[index];
    try {
      await drop.unlock(answer, { keyDetails: index });
      // Bytes and no string: they can be wiped.
      this.#answers.set(wrappedKey, new TextEncoder().encode(answer));
    } catch (error) {
      this.errors.set(wrappedKey, error.message);
      throw error;
    }
  }

  /** Opens what was opened before. */
  async unlock(drop, signal) {
    for (const [index, { wrappedKey, unlocked }] of drop.keyDetails.entries()) {
      const answer = this.#answers.get(wrappedKey);
      if (answer && !unlocked) await drop.unlock(new TextDecoder().decode(answer), { keyDetails: index, signal });
    }
  }

  clear() {
    for (const answer of this.#answers.values()) answer.fill(0);
    this.#answers.clear();
    this.errors.clear();
  }
}
