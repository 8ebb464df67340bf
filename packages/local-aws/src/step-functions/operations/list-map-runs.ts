import {
  findExecution,
  formatTimes,
  longArn,
  maxResults,
  nextToken,
  type PageRequest,
  paginate,
  type StateMachines,
  type StepFunctionsOperation,
} from './operation';

interface ListMapRunsInput extends PageRequest {
  executionArn: string;
}

/** Lists the runs of Distributed Maps that an execution started. AWS does not document their order. */
export const listMapRuns: StepFunctionsOperation = {
  input: {
    type: 'structure',
    required: ['executionArn'],
    members: { executionArn: longArn, maxResults, nextToken },
  },
  call(stateMachines: StateMachines, input: ListMapRunsInput) {
    const { mapRuns } = findExecution(stateMachines, input.executionArn);
    const { page, ...token } = paginate(mapRuns, ({ mapRunArn }) => mapRunArn, input);
    return {
      mapRuns: page.map(({ executionArn, mapRunArn, stateMachineArn, startDate, stopDate }) => ({
        ...{ executionArn, mapRunArn, stateMachineArn },
        ...formatTimes({ startDate, stopDate }),
      })),
      ...token,
    };
  },
};
