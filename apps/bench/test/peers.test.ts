import { type Column, SMALL_COLUMNS } from '../src/columns';
import { PEERS, simulatePeer } from '../src/peers/peers';

function simulate(name: string, id: string) {
  const peer = PEERS.find((each) => each.name === name);
  const column = SMALL_COLUMNS.find((each) => each.id === id);
  return simulatePeer(peer as (typeof PEERS)[number], column as Column);
}

describe('a modelled archiver', () => {
  // Durations and counts of earlier runs of the published state machines.
  it.each<[name: string, column: string, archived: number, seconds: number]>([
    ['export-manager', 'd20', 30, 900],
    ['export-manager', 'd300', 30, 9_900],
    ['export-manager', 'd3600', 30, 108_900],
    ['export-manager', 'taken-600', 30, 1_680],
    ['gammarers stack', 'd20', 30, 690],
    ['gammarers stack', 'd300', 30, 9_090],
    ['sam-states-cron', 'd20', 30, 900],
    ['sam-states-cron', 'd300', 30, 9_300],
    ['sam-states-cron', 'taken-600', 30, 1_500],
    ['log-exporter', 'd20', 30, 900],
    ['log-exporter', 'd300', 30, 9_900],
    ['CloudWatchLogs-Export', 'd20', 30, 900],
  ])('%s ends column %s with %d log groups in %d s', (name, column, archived, seconds) => {
    expect(simulate(name, column)).toMatchObject({ archived, known: archived, seconds, ending: 'SUCCEEDED' });
  });

  it.each<[name: string, column: string, archived: number, ending: string]>([
    ['gammarers stack', 'd3600', 8, 'FAILED (25,000 events)'],
    ['sam-states-cron', 'd3600', 8, 'FAILED (25,000 events)'],
    ['log-exporter', 'd3600', 23, 'FAILED (25,000 events)'],
    ['gammarers construct', 'd300', 24, 'TIMED_OUT'],
    ['CloudWatchLogs-Export', 'd300', 11, 'TIMED_OUT'],
    ['gammarers stack', 'taken-600', 0, 'LimitExceededException'],
    ['log-exporter', 'taken-600', 0, 'LimitExceededException'],
    ['gammarers construct', 'taken-20h', 0, 'TIMED_OUT'],
  ])('%s starts fewer exports in column %s: %d, and ends with %s', (name, column, archived, ending) => {
    expect(simulate(name, column)).toMatchObject({ archived, ending });
  });

  it('loses the log groups for which export-manager gives up waiting for the slot', () => {
    expect(simulate('export-manager', 'taken-20h')).toMatchObject({ archived: 21, known: 21, ending: 'SUCCEEDED' });
  });

  it.each<[name: string, archived: number, known: number, wronglyKnown: number, ending: string]>([
    ['export-manager', 27, 28, 1, 'SUCCEEDED'],
    ['gammarers stack', 14, 14, 0, 'FAILED'],
    ['gammarers construct', 14, 14, 0, 'FAILED'],
    ['sam-states-cron', 14, 14, 0, 'ResourceNotFoundException'],
    ['log-exporter', 14, 14, 0, 'ResourceNotFoundException'],
    ['CloudWatchLogs-Export', 14, 14, 0, 'FAILED'],
  ])('%s meets three bad log groups', (name, archived, known, wronglyKnown, ending) => {
    expect(simulate(name, 'bad')).toMatchObject({ archived, known, wronglyKnown, ending });
  });

  it('pays for steps and waits of a durable function instead of state transitions', () => {
    const { transitions, historyEvents, invocations, dollars } = simulate('gammarers construct', 'd20');
    expect({ transitions, historyEvents, invocations }).toEqual({
      transitions: 0,
      historyEvents: null,
      invocations: 91,
    });
    // Per log group: a create, four polls and three waits, and three invocations of 20 ms with 512 MB.
    const expected = 1_000 * (8 * 8e-6 + 3 * (2e-7 + 0.02 * 0.5 * 0.0000133334));
    expect(Number(dollars)).toBeCloseTo(expected, 2);
  });
});
