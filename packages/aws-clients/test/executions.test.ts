import { type LocalAws, StateMachine } from '@log-archiver/local-aws';
import { createClients } from '../src/create-clients';
import { describeExecution, listRunningExecutions } from '../src/executions';
import { EXECUTION, startLocalAws } from '../src/testing';

const { stateMachineArn } = EXECUTION;
const DEFINITION = { StartAt: 'Wait', States: { Wait: { Type: 'Wait', Seconds: 60, End: true } } };

function startStateMachine(aws: LocalAws): StateMachine {
  const stateMachine = new StateMachine(stateMachineArn, DEFINITION, new Map(), aws.clock);
  aws.stepFunctions.add(stateMachine);
  return stateMachine;
}

it('lists the running executions, newest first', async () => {
  const aws = startLocalAws();
  const stateMachine = startStateMachine(aws);
  for (const name of ['ended', 'older', 'newer']) {
    stateMachine.startExecution({}, undefined, name);
    await aws.clock.moveTo(aws.clock.now() + 25_000);
  }

  const executions = await listRunningExecutions(
    stateMachineArn,
    createClients({ requestHandler: aws.requestHandler }),
  );

  expect(executions.map(({ name }) => name)).toEqual(['newer', 'older']);
});

it('describes the status and the input of an execution', async () => {
  const aws = startLocalAws();
  startStateMachine(aws).startExecution({ period: '2026-10' }, undefined, 'monthly');

  expect(await describeExecution(EXECUTION.id, createClients({ requestHandler: aws.requestHandler }))).toEqual({
    status: 'RUNNING',
    input: '{"period":"2026-10"}',
  });
});
