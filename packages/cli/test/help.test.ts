import { runCli } from './run-cli';

/** Size of a terminal. */
const [LINES, COLUMNS] = [24, 80];

async function readHelp(...args: string[]): Promise<string[]> {
  const { exitCode, stdout, stderr } = await runCli([...args, '--help']);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return stdout.trimEnd().split('\n');
}

test('shows a help that fits on one screen', async () => {
  const lines = await readHelp();
  expect(lines.length).toBeLessThanOrEqual(LINES);
  expect(lines.filter(({ length }) => length > COLUMNS)).toEqual([]);
});

test.each(['cat', 'grep', 'status', 'verify', 'report', 'trials'])(
  'shows a help of %s with its exit codes',
  async (command) => {
    const lines = await readHelp(command);
    expect(lines.filter(({ length }) => length > COLUMNS)).toEqual([]);
    expect(lines.filter((line) => line.startsWith('Exit codes: 0 '))).toHaveLength(1);
  },
);

test.each(['plan', 'run', 'backfill'])(
  'shows a help of %s with its permissions that fits on one screen',
  async (command) => {
    const lines = await readHelp(command);
    expect(lines.length).toBeLessThanOrEqual(LINES);
    expect(lines.filter(({ length }) => length > COLUMNS)).toEqual([]);
    expect(lines.filter((line) => line.startsWith('Exit codes: 0 '))).toHaveLength(1);
    expect(lines.join('\n')).toContain('states:StartExecution');
  },
);

test('shows the help, and fails, without a command', async () => {
  const help = await readHelp();
  expect(await runCli([])).toEqual({ exitCode: 2, stdout: '', stderr: `${help.join('\n')}\n` });
});
