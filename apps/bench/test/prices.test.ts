import { computePrice, type Use } from '../src/prices';

const NOTHING: Use = { transitions: 0, lambda: [] };
const GB_HOUR = { megabytes: 1_024, invocations: 0, milliseconds: 3_600_000 };

describe('the price of a run', () => {
  it.each<[name: string, use: Use, dollars: number]>([
    ['state transitions', { ...NOTHING, transitions: 1_000 }, 0.025],
    ['a GB of memory for an hour on arm64', { ...NOTHING, lambda: [{ ...GB_HOUR, architecture: 'arm64' }] }, 0.048],
    ['a GB of memory for an hour on x86_64', { ...NOTHING, lambda: [{ ...GB_HOUR, architecture: 'x86_64' }] }, 0.06],
    ['operations of a durable function', { ...NOTHING, durableOperations: 1_000_000 }, 8],
    ['S3 requests', { ...NOTHING, s3Writes: 1_000, s3Reads: 1_000 }, 0.0054],
  ])('has %s', (_, use, dollars) => {
    expect(computePrice(use)).toBeCloseTo(dollars, 5);
  });

  it('has invocations', () => {
    const lambda = [{ megabytes: 128, architecture: 'arm64' as const, invocations: 1_000_000, milliseconds: 0 }];
    expect(computePrice({ ...NOTHING, lambda })).toBeCloseTo(0.2);
  });
});
