import { parseQueryString } from '../../../src/logs/queries/query-string';

const EVENTS = ['2026-10-31T12:00:00.000Z', '2026-10-31T13:00:00.001Z'].map((instant, index) => ({
  timestamp: Date.parse(instant),
  message: 'x',
  ingestionTime: 0,
  number: index + 1,
}));

describe('a query string', () => {
  it.each([
    ['stats count(*) as events', EVENTS, [[{ field: 'events', value: '2' }]]],
    ['  STATS  count(*) AS n ', EVENTS, [[{ field: 'n', value: '2' }]]],
    ['stats count(*) as events', [], []],
    [
      'fields @timestamp | limit 1',
      EVENTS,
      [
        [
          { field: '@timestamp', value: '2026-10-31 13:00:00.001' },
          { field: '@ptr', value: 'Mg==' },
        ],
      ],
    ],
    ['fields @timestamp | limit 1', [], []],
  ])('%j counts or lists %#', (queryString, events, rows) => {
    expect(parseQueryString(queryString).computeRows(events)).toEqual(rows);
  });

  it.each([
    ['stats count(*) as events', [true, true, true, true]],
    [
      'filter toMillis(@timestamp) >= 1 and toMillis(@timestamp) <= 2 | stats count(*) as events',
      [false, true, true, false],
    ],
  ])('%j matches only the events in the range of its filter', (queryString, expected) => {
    const { matches } = parseQueryString(queryString);
    const events = [0, 1, 2, 3].map((timestamp) => ({ timestamp, message: 'x', ingestionTime: 0, number: 1 }));
    expect(events.map(matches)).toEqual(expected);
  });

  it.each([
    ...['stats sum(x) as y', 'fields @message | limit 1', 'fields @timestamp', ''],
    'filter toMillis(@timestamp) >= 1 and toMillis(@timestamp) <= 2',
    'filter @message like /x/ | stats count(*) as events',
    'filter toMillis(@timestamp) >= 1 | stats count(*) as events',
  ])('is rejected if it is %j', (text) => {
    expect(() => parseQueryString(text)).toThrow(
      `local-aws supports only the queries "stats count(*) as events" and "fields @timestamp | limit 1", also after "filter toMillis(@timestamp) >= 0 and toMillis(@timestamp) <= 1 | ", got ${JSON.stringify(text)}`,
    );
  });
});
