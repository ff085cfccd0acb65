/** `STAGES=1`: where the time of our runs went, as the workers tell it (pkg/worker/stages.js). */

import { fixed, median, row } from './markdown.mjs';
import { OURS } from './names.mjs';

/**
 * Of P1, with two workers. What waits leaves its core to the others; what does not is the time of a stage.
 * @param {{ task: string, contender: string, place: string, runs: { ms: number, stages?: Record<string, number> }[] }[]} jobs
 */
export function printStages(jobs) {
  const told = jobs.filter(({ task, contender, runs }) => task === 'P1' && contender === OURS && runs[0]?.stages);
  const stages = new Set(told.flatMap(({ runs }) => runs.flatMap((run) => Object.keys(run.stages ?? {}))));
  console.log('\nStages of P1, in ms: medians. "inflater" is the second worker.\n');
  row(['', ...told.map(({ place }) => place)]);
  row(['---', ...told.map(() => '---')]);
  row(['the whole run', ...told.map(({ runs }) => fixed(median(runs.map(({ ms }) => ms)), 0))]);
  for (const stage of stages)
    row([stage, ...told.map(({ runs }) => fixed(median(runs.map((run) => run.stages?.[stage] ?? 0)), 0))]);
}
