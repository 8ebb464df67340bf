import { createStateMachine } from './create-state-machine';
import { deleteStateMachine } from './delete-state-machine';
import { describeExecution } from './describe-execution';
import { getExecutionHistory } from './get-execution-history';
import { listExecutions } from './list-executions';
import { listMapRuns } from './list-map-runs';
import type { StepFunctionsOperation } from './operation';
import { startExecution } from './start-execution';

/** Operations of the Step Functions API that local-aws supports, by name. */
export const operations: Readonly<Record<string, StepFunctionsOperation>> = {
  CreateStateMachine: createStateMachine,
  DeleteStateMachine: deleteStateMachine,
  DescribeExecution: describeExecution,
  GetExecutionHistory: getExecutionHistory,
  ListExecutions: listExecutions,
  ListMapRuns: listMapRuns,
  StartExecution: startExecution,
};
