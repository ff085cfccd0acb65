/** Reproducible random numbers: run again with the SEED that the test printed. */
export function seeded(t) {
  const seed = Number(process.env.SEED ?? Date.now() % 1e6);
  t.diagnostic(`SEED=${seed}`);
  return mulberry32(seed);
}

/** The same numbers from 0 to 1 for the same seed. */
export function mulberry32(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let word = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    word = (word + Math.imul(word ^ (word >>> 7), 61 | word)) ^ word;
    return ((word ^ (word >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** So many random inputs, or a quarter of them where nobody asked for all: `make test CHECK=thorough`. */
export const rounds = (all) => (process.env.MGDC_THOROUGH ? all : Math.ceil(all / 4));
