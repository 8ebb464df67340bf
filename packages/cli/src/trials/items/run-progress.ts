import { ListExecutionsCommand, ListMapRunsCommand } from '@aws-sdk/client-sfn';
import { runExecution } from '../executions';
import { allow } from '../policies';
import { type AutomatedTrial, inconclusive } from '../trial';
import { isDenial } from '../trial-account';

/** Lists the children of a Map run with permission for the Map run, then with permission for the state machine. */
export const runProgress: AutomatedTrial = {
  number: 35,
  title: 'The progress of a run',
  prepare: async (account) => async () => {
    const { executionArn } = await runExecution(account, 'children', { items: [{ kind: 'PASS' }] });
    const { mapRuns: [mapRun] = [] } = await account.sfn.send(new ListMapRunsCommand({ executionArn }));
    const mapRunArn = mapRun?.mapRunArn ?? '';
    const tryWith = async (arn: string) => {
      const { sfn } = await account.assumeRole(allow('states:ListExecutions', arn));
      try {
        const { executions = [] } = await sfn.send(new ListExecutionsCommand({ mapRunArn }));
        return { isDenied: false, executions: executions.length };
      } catch (error) {
        if (!isDenial(error)) {
          throw error;
        }
        return { isDenied: true, error: error.name, message: error.message };
      }
    };
    const evidence = {
      onMapRun: await tryWith(mapRunArn),
      onStateMachine: await tryWith(account.arns.stateMachines.children),
    };
    const { onMapRun, onStateMachine } = evidence;
    if (onMapRun.isDenied && onStateMachine.isDenied) {
      return inconclusive('both permissions were denied', evidence);
    }
    if (!onMapRun.isDenied && !onStateMachine.isDenied) {
      return { answer: 'BOTH', holds: true, note: 'each permission is enough', evidence };
    }
    return onMapRun.isDenied
      ? { answer: 'STATE_MACHINE', holds: true, note: 'the ARN of the state machine is checked', evidence }
      : { answer: 'MAP_RUN', holds: true, note: 'the ARN of the Map run is checked', evidence };
  },
};
