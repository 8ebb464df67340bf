import type { ReceiptTask } from '@log-archiver/core';
import { BUCKET, TestArchive } from '../archive';
import { runCli } from '../run-cli';

async function createArchive() {
  const archive = new TestArchive();
  await archive.createLogGroup();
  await archive.putEvents([
    { stream: 'a', timestamp: '2026-10-05T10:00:00.000Z', message: 'one' },
    { stream: 'b', timestamp: '2026-10-05T10:00:00.000Z', message: 'two' },
  ]);
  const receipt = await archive.archive({ period: '2026-10' });
  archive.putStatus('2026-10');
  // The sizes of compressed objects differ between versions of Node.
  const { taskId, bytes } = receipt.tasks[0] as ReceiptTask;
  return { archive, folder: `${receipt.destinationPrefix}/${taskId}/`, bytes };
}

function verify({ aws }: TestArchive, ...args: string[]) {
  return runCli(['verify', '--period', '2026-10', '--bucket', BUCKET, ...args], aws);
}

describe('verify', () => {
  test('finds no difference in an intact archive, and writes nothing', async () => {
    const { archive, bytes } = await createArchive();
    const before = archive.aws.buckets.listObjects(BUCKET);
    const { exitCode, stdout, stderr } = await verify(archive);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toBe(`\
┌──────────┬──────────────┬────────────────┬──────────┬──────────┬─────────┬───────┬──────────┐
│ status   │ account      │ Region         │ archiver │ receipts │ objects │ bytes │ findings │
├──────────┼──────────────┼────────────────┼──────────┼──────────┼─────────┼───────┼──────────┤
│ COMPLETE │ 123456789012 │ ap-northeast-1 │ Archiver │        1 │       2 │    ${bytes} │        0 │
└──────────┴──────────────┴────────────────┴──────────┴──────────┴─────────┴───────┴──────────┘
`);
    expect(archive.aws.buckets.listObjects(BUCKET)).toEqual(before);
  });

  test('finds an object that was removed', async () => {
    const { archive, folder, bytes } = await createArchive();
    archive.aws.buckets.deleteObject(BUCKET, `${folder}b/000000.gz`);
    const { exitCode, stdout } = await verify(archive);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('│ TAMPERED │');
    expect(stdout).toMatch(/^ObjectsMissing: _log-archiver\/receipts\/.*\/~app~web@[0-9a-f]{8}\.json: /m);
    expect(stdout).toContain(`${folder} must have 2 objects, ${bytes} bytes, a/000000.gz to b/000000.gz, digest `);
  });

  test('finds that no archiver has completed the period', async () => {
    const { archive } = await createArchive();
    archive.putStatus('2026-10', { status: 'INCOMPLETE' });
    expect(await verify(archive)).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('│ INCOMPLETE │') });
  });

  test('does not expect objects that the bucket has expired', async () => {
    const { archive, folder } = await createArchive();
    archive.aws.buckets.deleteObject(BUCKET, `${folder}b/000000.gz`);
    await archive.passTo('2027-01-01T00:00:00.000Z');
    expect(await verify(archive, '--retention-days', '30')).toMatchObject({ exitCode: 0 });
    expect(await verify(archive, '--retention-days', '365')).toMatchObject({ exitCode: 1 });
  });

  test('prints the statements as JSON', async () => {
    const { archive, bytes } = await createArchive();
    const { stdout } = await verify(archive, '--json');
    const verified = { receipts: 1, expired: 0, objects: 2, bytes };
    expect(JSON.parse(stdout)).toMatchObject([{ period: '2026-10', status: 'COMPLETE', findings: 0, verified }]);
  });

  test('says that the period has no record', async () => {
    const { archive } = await createArchive();
    expect(await runCli(['verify', '--period', '2026-11', '--bucket', BUCKET], archive.aws)).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: 'No archiver has a record of 2026-11.\n',
    });
  });
});
