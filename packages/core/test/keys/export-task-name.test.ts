import { exportTaskName } from '../../src/keys/export-task-name';

const OCTOBER = {
  logGroupName: '/app/web',
  period: '2026-10',
  from: Date.parse('2026-09-30T15:00:00.000Z'),
  to: Date.parse('2026-10-31T14:59:59.999Z'),
  destinationPrefix: '2026/10/app/web',
};

const SECRET = 'secret';

function readHash(taskName: string): string {
  return taskName.slice(-33);
}

it('consists of readable words and a hash', () => {
  expect(exportTaskName(OCTOBER, 'archive', SECRET)).toBe(
    'log-archiver 2026-10 /app/web 4530a77f5664b10fd2e755d325868e28',
  );
});

it('has another hash for another secret, which an outsider would have to know', () => {
  expect(readHash(exportTaskName(OCTOBER, 'archive', 'guess'))).not.toBe(
    readHash(exportTaskName(OCTOBER, 'archive', SECRET)),
  );
});

it('does not depend on the order of the fields', () => {
  const reordered = Object.fromEntries(Object.entries(OCTOBER).reverse()) as typeof OCTOBER;

  expect(exportTaskName(reordered, 'archive', SECRET)).toBe(exportTaskName(OCTOBER, 'archive', SECRET));
});

it.each([
  ['from', { from: OCTOBER.from + 1 }],
  ['to', { to: OCTOBER.to + 1 }],
  ['log group', { logGroupName: '/app/web2' }],
  ['destination prefix', { destinationPrefix: '2026/10/app/web2' }],
])('has another hash for another %s', (_, other) => {
  const taskName = exportTaskName({ ...OCTOBER, ...other }, 'archive', SECRET);

  expect(taskName).toMatch(/ [0-9a-f]{32}$/);
  expect(readHash(taskName)).not.toBe(readHash(exportTaskName(OCTOBER, 'archive', SECRET)));
});

it('has another hash for another bucket', () => {
  expect(readHash(exportTaskName(OCTOBER, 'archive2', SECRET))).not.toBe(
    readHash(exportTaskName(OCTOBER, 'archive', SECRET)),
  );
});

it('has another hash for fields that are equal only when concatenated', () => {
  const one = exportTaskName({ ...OCTOBER, logGroupName: 'a' }, 'bc', SECRET);
  const other = exportTaskName({ ...OCTOBER, logGroupName: 'ab' }, 'c', SECRET);

  expect(readHash(one)).not.toBe(readHash(other));
});

describe('with the longest log group names', () => {
  const longest = `/${'a'.repeat(510)}`;

  it.each([
    ['a month', '2026-10'],
    ['a day', '2026-10-31'],
  ])('has exactly 512 characters for %s', (_, period) => {
    const taskName = exportTaskName({ ...OCTOBER, period, logGroupName: `${longest}b` }, 'archive', SECRET);

    expect(taskName).toHaveLength(512);
    expect(taskName.slice(0, -33)).toBe(`log-archiver ${period} ${longest}`.slice(0, 479));
    expect(readHash(taskName)).toMatch(/^ [0-9a-f]{32}$/);
  });

  it('differs when only the last character of the log group differs', () => {
    const one = exportTaskName({ ...OCTOBER, logGroupName: `${longest}b` }, 'archive', SECRET);
    const other = exportTaskName({ ...OCTOBER, logGroupName: `${longest}c` }, 'archive', SECRET);

    expect(one).not.toBe(other);
  });
});
