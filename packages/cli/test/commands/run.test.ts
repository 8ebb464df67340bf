import { refuses } from '@log-archiver/local-aws';
import { LOG_GROUPS, TestArchiver } from '../archiver';
import { runCli } from '../run-cli';

function cli({ aws, stateMachineArn, wait }: TestArchiver, command: string, ...args: string[]) {
  return runCli([command, '--state-machine', stateMachineArn, ...args], aws, { wait });
}

describe('x', () => {
  test('y', async () => {
    const archiver = await TestArchiver.create();
    console.log(await cli(archiver, 'plan', '--period', '2026-10'));
    console.log(await cli(archiver, 'run', '--period', '2026-10'));
    console.log(await cli(archiver, 'run', '--period', '2026-10'));
    console.log(await cli(archiver, 'plan', '--period', '2026-10'));
    console.log(await cli(archiver, 'run'));
    archiver.aws.faults.inject(refuses('AccessDeniedException', 'no permission'), { on: 'EVERY_CALL' } as never);
  });
});
