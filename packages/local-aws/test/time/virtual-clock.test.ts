import { VirtualClock } from '../../src';

const START = '2026-11-01T00:00:00.000Z';

describe('a virtual clock', () => {
  it('fires timers in due order and lets two days pass at once', async () => {
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

  it('stands still while something is in flight', async () => {
    const clock = new VirtualClock(START);
    let firedAt = 0;
    clock.timers.setTimeout(() => {
      firedAt = clock.now();
    }, 1_000);
    const work = new Promise<number>((resolve) => setTimeout(() => resolve(clock.now()), 30));
    await expect(clock.passUntil(clock.holdDuring(work))).resolves.toBe(Date.parse(START));
    expect(firedAt).toBe(0);
  });

  it('moves while all that is in flight sleeps, and not while some of it does', async () => {
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

  it('stands still again for what has slept', async () => {
    const clock = new VirtualClock(START);
    clock.timers.setTimeout(() => {}, 5_000);
    const work = clock.holdDuring(async (sleep) => {
      await sleep(1_000);
      await new Promise((resolve) => setTimeout(resolve, 30));
      return clock.now() - Date.parse(START);
    });
    await expect(clock.passUntil(work)).resolves.toBe(1_000);
  });

  it('says so when there is nothing to wait for', async () => {
    const clock = new VirtualClock(START);
    await expect(clock.passUntil(new Promise(() => {}))).rejects.toThrow(
      'nothing is left to wait for, and the work is not done',
    );
  });

  it('does not go back', async () => {
    const clock = new VirtualClock(START);
    await expect(clock.moveTo('2026-10-31T00:00:00.000Z')).rejects.toThrow(
      'the clock moves forward only: it is 2026-11-01T00:00:00.000Z, got 2026-10-31T00:00:00.000Z',
    );
  });
});
