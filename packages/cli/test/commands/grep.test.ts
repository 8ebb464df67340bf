import { TestArchive } from '../archive';
import { runCli } from '../run-cli';

async function createArchive(): Promise<TestArchive> {
  const archive = new TestArchive();
  await archive.createLogGroup();
  await archive.putEvents([
    { stream: 'a', timestamp: '2026-10-05T10:00:00.000Z', message: 'ERROR payment 42 failed\n  at pay (pay.ts:1)' },
    { stream: 'b', timestamp: '2026-10-05T09:00:00.000Z', message: 'info order 7' },
    { stream: 'b', timestamp: '2026-10-06T09:00:00.000Z', message: 'error [x] 日本' },
  ]);
  await archive.archive({ period: '2026-10' });
  return archive;
}

const FIRST = '2026-10-05T10:00:00.000Z ERROR payment 42 failed\n  at pay (pay.ts:1)\n';
const LAST = '2026-10-06T09:00:00.000Z error [x] 日本\n';

describe('grep', () => {
  test.each([
    ['a literal', ['ERROR'], FIRST],
    ['a literal, ignoring case', ['-i', 'error'], FIRST + LAST],
    ['an expression', ['payment \\d+ failed$|日本'], LAST],
    ['an expression over several lines', ['failed\\s+at pay'], FIRST],
    ['a literal on a later line', ['pay.ts:1'], FIRST],
    ['the start of a message', ['^ERROR'], FIRST],
    ['an expression that starts with a dash', ['--', '-?\\[x]'], LAST],
    ['no character of the timestamp', ['2026'], ''],
    ['nothing', ['unknown'], ''],
  ])('prints the events that match %s', async (_, args, expected) => {
    const { aws } = await createArchive();
    const { exitCode, stdout, stderr } = await runCli(['grep', '--bucket', 'archive', ...args, '/app/web'], aws);
    expect({ stdout, stderr }).toEqual({ stdout: expected, stderr: '' });
    expect(exitCode).toBe(expected === '' ? 1 : 0);
  });

  test('fails if part of the range is missing, although an event matched', async () => {
    const { aws } = await createArchive();
    const args = ['grep', 'ERROR', '/app/web', '--bucket', 'archive', '--to', '2026-11-02'];
    expect(await runCli(args, aws)).toEqual({
      exitCode: 1,
      stdout: FIRST,
      stderr: 'missing: 2026-11-01T00:00:00.000Z to 2026-11-01T23:59:59.999Z: not over yet\n',
    });
  });
});
