import type { Shape, StructureShape } from '../../protocol/validation';
import type { StepFunctions } from '../step-functions';

export interface Operation {
  readonly input: StructureShape;
  /** Is given an input of that shape. */
  readonly call: (stepFunctions: StepFunctions, input: never) => object;
}

const arn: Shape = { type: 'string', min: 1, max: 256 };

/** What Step Functions can do over its API here, by the names of its operations. */
export const operations: Readonly<Record<string, Operation>> = {
  ListExecutions: {
    input: {
      type: 'structure',
      required: ['stateMachineArn'],
      members: {
        stateMachineArn: arn,
        statusFilter: { type: 'string', values: ['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'] },
        maxResults: { type: 'long', min: 0, max: 1_000 },
        nextToken: { type: 'string', min: 1, max: 3_096 },
      },
    },
    call: (stepFunctions, input) => stepFunctions.listExecutions(input),
  },
  DescribeExecution: {
    input: { type: 'structure', required: ['executionArn'], members: { executionArn: arn } },
    call: (stepFunctions, input) => stepFunctions.describeExecution(input),
  },
};
