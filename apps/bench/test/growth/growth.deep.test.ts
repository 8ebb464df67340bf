import { measureDailyRun } from '../../src/growth/daily-run';
import { measurePlan } from '../../src/growth/plan';
import { synthesizeArchiver } from '../../src/ours';

describe('the growth', () => {
  const synthesized = synthesizeArchiver();

  it('of a plan needs one call of CloudWatch Logs per 50 log groups', async () => {
    const [small, large] = [await measurePlan(synthesized, 50), await measurePlan(synthesized, 150)];
    expect([small.logsCalls, large.logsCalls]).toEqual([1, 3]);
    expect(large.s3Calls).toBe(small.s3Calls);
  });

  it('of a daily run with nothing to do needs as many calls of S3 for more log groups', async () => {
    const [one, two] = [await measureDailyRun(synthesized, 1), await measureDailyRun(synthesized, 2)];
    expect(two).toEqual({ ...one, logGroups: 2, cpuSeconds: expect.any(Number) });
    expect(one.transitions).toBe(6);
  });
});
