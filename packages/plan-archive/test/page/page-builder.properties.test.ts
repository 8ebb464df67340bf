import { EXECUTION, OCTOBER_ITEM, PARAMETERS } from '@log-archiver/aws-clients/testing';
import {
  type ArchiveItem,
  type ArchiveOutcome,
  MAX_INPUT_BYTES,
  MAX_MESSAGE_CHARACTERS,
  MAX_STATE_DATA_BYTES,
  type PlanArchiveRequest,
} from '@log-archiver/core';
import fc from 'fast-check';
import { PageBuilder } from '../../src/page/page-builder';
import { createOutcome, REQUEST } from '../world';

const countBytes = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

const anyName = () => fc.integer({ min: 1, max: 511 }).map((length) => `/${'a'.repeat(length)}`);

const anyItem = (): fc.Arbitrary<ArchiveItem> =>
  fc.record({ logGroupName: anyName(), prefix: fc.integer({ min: 1, max: 453 }) }).map(({ logGroupName, prefix }) => ({
    ...OCTOBER_ITEM,
    logGroupName,
    s3Prefix: 'é'.repeat(prefix / 2 + 1),
    destinationPrefix: `2026/10/${'é'.repeat(prefix / 2)}`,
    losses: [
      { cause: 'RetentionExpired', from: '2026-09-30T15:00:00.000Z', to: '2026-10-03T03:00:04.999Z' },
      { cause: 'LogGroupRecreated', from: '2026-09-30T15:00:00.000Z', to: '2026-10-03T03:00:04.999Z' },
    ],
  }));

/** Message of the maximum length: plain, quoted, not ASCII, or of control characters. */
const anyMessage = () =>
  fc.constantFrom('x', '"', '\\', '漢', '\u0000').map((character) => character.repeat(MAX_MESSAGE_CHARACTERS));

/** Result of an item: an outcome, or what is left of a child execution that crashed. */
const anyResult = () =>
  fc.oneof(
    anyMessage().map(
      (errorMessage) =>
        (item: ArchiveItem): ArchiveOutcome => ({
          ...createOutcome(item),
          status: 'FAILED',
          error: 'Lambda.TooManyRequestsException',
          cause: JSON.stringify({ errorType: 'Lambda.TooManyRequestsException', errorMessage, trace: [] }),
          taskId: '01234567-0123-0123-0123-0123456789ab',
        }),
    ),
    fc.constant((item: ArchiveItem) => {
      const task = {
        ...{ logGroupName: item.logGroupName, s3BucketName: PARAMETERS.s3BucketName, period: item.period },
        ...{ destinationPrefix: item.destinationPrefix, execution: EXECUTION.id, status: null },
        ...{
          taskId: '01234567-0123-0123-0123-0123456789ab',
          createdAt: OCTOBER_ITEM.from,
          completedAt: OCTOBER_ITEM.to,
        },
      };
      const error = { Error: null, Cause: null };
      const child = { item, run: { parameters: PARAMETERS, execution: EXECUTION }, task, error };
      return { Status: 'FAILED', Error: 'States.Runtime', Cause: 'x'.repeat(500), Input: child, Details: child };
    }),
  );

/** Input that is as large as allowed, or smaller. */
const anyInput = () =>
  fc.integer({ min: 0, max: MAX_INPUT_BYTES - 100 }).map((length) => ({ period: 'x'.repeat(length) }));

it('leaves room for the results of all items beside the input, within the limit of Step Functions', () => {
  fc.assert(
    fc.property(
      anyInput(),
      fc.array(anyItem(), { minLength: 1, maxLength: 45 }),
      fc.array(anyResult(), { minLength: 1, maxLength: 45 }),
      (input, items, results) => {
        const request: PlanArchiveRequest = { ...REQUEST, input };
        const page = new PageBuilder(request, {
          exportStop: null,
          slotDeadline: OCTOBER_ITEM.to,
          taskSecret: 'secret',
        });
        page.addAll(items);
        const outcomes = page.items.map((item, index) => results[index % results.length]?.(item));
        const run = { parameters: PARAMETERS, execution: EXECUTION };

        expect(countBytes({ ...request, outcomes })).toBeLessThan(MAX_STATE_DATA_BYTES);
        expect(countBytes({ input, run, page: { number: 1_000, items: outcomes } })).toBeLessThan(MAX_STATE_DATA_BYTES);
        expect(countBytes({ input, run, page: { number: 1_000, items: page.items } })).toBeLessThan(
          MAX_STATE_DATA_BYTES,
        );
      },
    ),
    { numRuns: 60 },
  );
});
