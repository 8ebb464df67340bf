import { runExecution } from '../executions';
import type { AutomatedTrial } from '../trial';

/** Runs a Distributed Map over an empty list. */
export const emptyMap: AutomatedTrial = {
  number: 14,
  title: 'An empty Distributed Map',
  prepare: async (account) => async () => {
    const execution = await runExecution(account, 'children', { items: [] });
    const { status = 'UNKNOWN', output } = execution;
    const note = status === 'SUCCEEDED' ? `its result is ${JSON.stringify(output)}` : 'a planner must not return it';
    // The planner never returns an empty page, so both answers are right.
    return { answer: status, holds: true, note, evidence: execution };
  },
};
