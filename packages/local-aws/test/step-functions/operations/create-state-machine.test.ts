import {
  CreateStateMachineCommand,
  DeleteStateMachineCommand,
  DescribeExecutionCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { LocalAws } from '../../../src';

const ARN = 'arn:aws:states:ap-northeast-1:123456789012:stateMachine:Lister';
const ROLE_ARN = 'arn:aws:iam::123456789012:role/Lister';
const DEFINITION = {
  StartAt: 'Map',
  States: {
    Map: {
      Type: 'Map',
      ItemReader: {
        Resource: 'arn:aws:states:::s3:listObjectsV2',
        Parameters: { Bucket: 'archive', 'Prefix.$': '$.prefix' },
      },
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: 'Pass',
        States: { Pass: { Type: 'Pass', OutputPath: '$.Key', End: true } },
      },
      End: true,
    },
  },
};

function start(enforcePolicies = false) {
  const aws = new LocalAws({ now: '2026-11-01T18:00:00Z', enforcePolicies });
  aws.buckets.createBucket('archive');
  aws.buckets.putObject('archive', 'a/1', '');
  aws.buckets.putObject('archive', 'b/1', '');
  const sfn = new SFNClient(aws.clientConfig);
  const create = (definition: string = JSON.stringify(DEFINITION)) =>
    sfn.send(new CreateStateMachineCommand({ name: 'Lister', definition, roleArn: ROLE_ARN }));
  const run = async () => {
    const input = JSON.stringify({ prefix: 'a/' });
    const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn: ARN, input }));
    await aws.clock.moveTo(aws.clock.now() + 60_000);
    return sfn.send(new DescribeExecutionCommand({ executionArn }));
  };
  return { sfn, create, run };
}

it('creates a state machine that runs', async () => {
  const { create, run } = start();
  expect((await create()).stateMachineArn).toBe(ARN);
  expect(await run()).toMatchObject({ status: 'SUCCEEDED', output: '["a/1"]' });
});

it('authorizes an item reader by the role', async () => {
  const { create, run } = start(true);
  await create();
  expect(await run()).toMatchObject({ status: 'FAILED', error: 'States.ItemReaderFailed' });
});

it('rejects a definition that is not JSON, and a second state machine of the same name', async () => {
  const { create } = start();
  await expect(create('x')).rejects.toMatchObject({ name: 'InvalidDefinition' });
  await create();
  await expect(create()).rejects.toMatchObject({ name: 'StateMachineAlreadyExists' });
});

it('deletes a state machine', async () => {
  const { sfn, create, run } = start();
  await create();
  await sfn.send(new DeleteStateMachineCommand({ stateMachineArn: ARN }));
  await expect(run()).rejects.toMatchObject({ name: 'StateMachineDoesNotExist' });
});
