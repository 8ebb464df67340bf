import { runExecution } from '../executions';
import { type AutomatedTrial, inconclusive } from '../trial';

/** Runs a Distributed Map over a child that fails, one that crashes, and one that succeeds. */
export const failedChild: AutomatedTrial = {
  number: 13,
  title: 'The result of a child execution that crashed',
  prepare: async (account) => async () => {
    const items = [{ kind: 'FAIL' }, { kind: 'CRASH' }, { kind: 'PASS' }];
    const execution = await runExecution(account, 'children', { items });
    if (!Array.isArray(execution.output)) {
      return inconclusive('the execution did not succeed', execution);
    }
    const isAsAssumed = execution.output.slice(0, 2).every(isFailure);
    return {
      answer: isAsAssumed ? 'STATUS_ERROR_CAUSE' : 'OTHER',
      holds: isAsAssumed,
      note: isAsAssumed ? 'both failures have Status, Error and Cause' : 'a failure has another form',
      evidence: execution,
    };
  },
};

function isFailure(result: unknown): boolean {
  const { Status, Error: error, Cause } = Object(result);
  return Status === 'FAILED' && typeof error === 'string' && typeof Cause === 'string';
}
