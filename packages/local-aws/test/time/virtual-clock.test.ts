import { VirtualClock } from '../../src';

const START = '2026-11-01T00:00:00.000Z';

describe('a virtual clock', () => {
  it('fires timers in due order without waiting for real time', async () => {
    const clock = new VirtualClock(START);
    const fired: string[] = [];
    const timer = (name: string, ms: number) =>
      new Promise<void>((resolve) => {
        clock.timers.setTimeout(() => {
          fired.push(`${name} at ${new Date(clock.now()).toISOString()}`);
          resolve();
        }, ms);
      });
    await clock.passUntil(Promise.all([timer('late', 48 * 3_600_000), timer('early', 1_000)]));
    expect(fired).toEqual(['early at 2026-11-01T00:00:01.000Z', 'late at 2026-11-03T00:00:00.000Z']);
  });

  it('stands still while work is in flight', async () => {
    const clock = new VirtualClock(START);
    let firedAt = 0;
    clock.timers.setTimeout(() => {
      firedAt = clock.now();
    }, 1_000);
    const work = new Promise<number>((resolve) => setTimeout(() => resolve(clock.now()), 30));
    await expect(clock.passUntil(clock.holdDuring(work))).resolves.toBe(Date.parse(START));
    expect(firedAt).toBe(0);
  });

  it('moves only while all work in flight sleeps', async () => {
    const clock = new VirtualClock(START);
    const woken: [string, number][] = [];
    const busy = clock.holdDuring(() => new Promise((resolve) => setTimeout(resolve, 30)));
    const sleeper = clock.holdDuring(async (sleep) => {
      await Promise.all([sleep(2_000), sleep(1_000)]);
      woken.push(['sleeper', clock.now() - Date.parse(START)]);
    });
    await clock.passUntil(busy.then(() => woken.push(['busy', clock.now() - Date.parse(START)])));
    await clock.passUntil(sleeper);
    expect(woken).toEqual([
      ['busy', 0],
      ['sleeper', 2_000],
    ]);
  });

  it('stands still again for work that has slept', async () => {
    const clock = new VirtualClock(START);
    clock.timers.setTimeout(() => {}, 5_000);
    const work = clock.holdDuring(async (sleep) => {
      await sleep(1_000);
      await new Promise((resolve) => setTimeout(resolve, 30));
      return clock.now() - Date.parse(START);
    });
    await expect(clock.passUntil(work)).resolves.toBe(1_000);
  });

  it('rejects when no timer is left to wait for', async () => {
    const clock = new VirtualClock(START);
    await expect(clock.passUntil(new Promise(() => {}))).rejects.toThrow(
      'the work is not done, and no timer is left to wait for',
    );
  });

  it('rejects an earlier instant', async () => {
    const clock = new VirtualClock(START);
    await expect(clock.moveTo('2026-10-31T00:00:00.000Z')).rejects.toThrow(
      'the clock must not go back from 2026-11-01T00:00:00.000Z, got 2026-10-31T00:00:00.000Z',
    );
  });
});
