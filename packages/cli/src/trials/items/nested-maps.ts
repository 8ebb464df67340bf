import { runExecution } from '../executions';
import { type AutomatedTrial, inconclusive } from '../trial';

/** Runs a Distributed Map in the children of another one. The role may start only executions of the state machine. */
export const nestedMaps: AutomatedTrial = {
  number: 26,
  title: 'Nested Distributed Maps',
  prepare: async (account) => async () => {
    const execution = await runExecution(account, 'nested', { items: [{ items: [{}] }] });
    const [child] = Array.isArray(execution.output) ? execution.output : [];
    if (Array.isArray(child)) {
      return { answer: 'ALLOWED', holds: true, note: 'the inner Map started its children', evidence: execution };
    }
    return /AccessDenied/.test(JSON.stringify(execution))
      ? { answer: 'DENIED', holds: false, note: 'the inner Map was not allowed to start', evidence: execution }
      : inconclusive('the execution failed for another reason', execution);
  },
};
