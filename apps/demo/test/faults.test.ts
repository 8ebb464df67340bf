import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FaultName, NAMED_FAULTS } from '@log-archiver/local-aws';
import { formatResult, isComplete } from '../src/print-result';
import { checkFault, FAULT_CASES, runWithFaults } from './fault-cases';

/** One fault of each kind. The deep test has all. */
const SAMPLE: FaultName[] = ['lost-answer', 'task-fails', 'function-dies'];

describe('the demo', () => {
  it.each(FAULT_CASES.filter(([fault]) => SAMPLE.includes(fault)))(
    'runs with %s, with outcomes %j and errors %j, in %p s',
    async (...faultCase) => {
      await checkFault(faultCase);
    },
  );

  it('has a test for every fault', () => {
    expect(FAULT_CASES.map(([fault]) => fault)).toEqual(Object.keys(NAMED_FAULTS));
  });

  it('has a row in the runbook for every fault', () => {
    const page = readFileSync(join(__dirname, '../../../docs/runbook.md'), 'utf8');
    const [, table = ''] = page.split('| you see | `--fault` | it means | do |');
    const rows = table.split('\n').filter((line) => line.startsWith('| `'));
    const documented = rows.flatMap((row) =>
      [...(row.split('|')[2] ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => name),
    );
    expect(documented.sort()).toEqual(Object.keys(NAMED_FAULTS).sort());
  });

  it('shows what failed and why, and what the second run archived', async () => {
    const result = await runWithFaults('task-cancelled');
    const { bucket, page } = result;
    expect(formatResult(result).split('\n').slice(4)).toEqual([
      '│ 2026-10 │ /file/one │ FAILED (CANCELLED) │      0 │       0 │     0 │',
      '│ 2026-10 │ /file/two │ ARCHIVED           │      1 │       1 │    47 │',
      '└─────────┴───────────┴────────────────────┴────────┴─────────┴───────┘',
      'The run ended with FAILED: 2 exports, 17 state transitions, 30 s of virtual time.',
      'ArchiveIncomplete: 1 of 2 log groups × periods have status FAILED.',
      'Errors during the run: 1 × CANCELLED.',
      `Failed: 2026-10 /file/one, CANCELLED: export task ${result.leftovers[0]?.taskId} of log group /file/one is CANCELLED.`,
      'Orphaned task, not part of the archive: 2026-10 /file/one, its export task ended with CANCELLED.',
      '1 receipt under _log-archiver/receipts/; all objects match them.',
      'Events of 2026-10 (Asia/Tokyo) in the log groups: 2',
      'Events found through the receipts:                1',
      'THE COUNTS DIFFER.',
      'A second run, for the rest, ended with SUCCEEDED: 1 × ARCHIVED, 1 × ARCHIVED before; 1 export, 13 state transitions, 23 s of virtual time.',
      'Events found after it: 2 of 2.',
      'On AWS, the schedule starts the second run on the next day. No action is needed.',
      `The page of 2026-10: ${page}`,
      `The archive is in ${bucket}`,
    ]);
    expect(result.stateMachineArn).toMatch(
      /^arn:aws:states:ap-northeast-1:123456789012:stateMachine:LogArchiverDemo-LogArchiverWorkflowStateMachine[0-9A-F]{8}$/,
    );
    expect(result.run.cause).toMatch(
      /^ArchiveIncomplete: 1 of 2 log groups × periods have status FAILED: \[{"logGroupName":"\/file\/one",/,
    );
    expect(isComplete(result)).toBe(false);
  });

  it('mentions the orphaned task of a healed failure, and calls the archive complete', async () => {
    const lines = formatResult(await runWithFaults('task-fails')).split('\n');
    expect(lines).toContain(
      'Orphaned task, not part of the archive: 2026-10 /file/one, its export task ended with FAILED.',
    );
    expect(lines).toContain('The archive is complete.');
    expect(lines.filter((line) => /No action|Failed:|retry/.test(line))).toEqual([]);
  });

  it('does not call the archive complete if a log group failed and the counts agree', async () => {
    const result = await runWithFaults('task-cancelled');
    const lines = formatResult({ ...result, eventsPutIn: 1 }).split('\n');
    expect(lines).not.toContain('The archive is complete.');
    expect(lines).not.toContain('THE COUNTS DIFFER.');
  });
});
