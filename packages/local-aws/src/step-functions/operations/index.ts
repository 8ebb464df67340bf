import { describeExecution } from './describe-execution';
import { listExecutions } from './list-executions';
import type { StepFunctionsOperation } from './operation';

/** Operations of the Step Functions API that local-aws supports, by name. */
export const operations: Readonly<Record<string, StepFunctionsOperation>> = {
  DescribeExecution: describeExecution,
  ListExecutions: listExecutions,
};
