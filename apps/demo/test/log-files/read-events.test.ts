import { readEvents } from '../../src/log-files/read-events';

const read = (text: string | Buffer, timestampFields = ['timestamp']) =>
  readEvents('app.log', Buffer.from(text), { timeZone: 'Asia/Tokyo', timestampFields });

const at = (instant: string, message: string) => ({ timestamp: Date.parse(instant), message });

describe('the events of a file', () => {
  it.each([
    [
      'include the following lines without a timestamp',
      '2026-10-31 12:00:00 a\n\tat b\n\n 2026-10-31 12:00:01 c\n2026-10-31 12:00:02 d\n',
      [
        at('2026-10-31T03:00:00Z', '2026-10-31 12:00:00 a\n\tat b\n\n 2026-10-31 12:00:01 c'),
        at('2026-10-31T03:00:02Z', '2026-10-31 12:00:02 d'),
      ],
    ],
    [
      'are sorted by time, and keep their order within a millisecond',
      '2026-10-31 12:00:01 b\n2026-10-31 12:00:00 a\n2026-10-31 12:00:01 c',
      [
        at('2026-10-31T03:00:00Z', '2026-10-31 12:00:00 a'),
        at('2026-10-31T03:00:01Z', '2026-10-31 12:00:01 b'),
        at('2026-10-31T03:00:01Z', '2026-10-31 12:00:01 c'),
      ],
    ],
    [
      'contain neither CR LF nor a byte order mark',
      '\uFEFF2026-10-31 12:00:00 a\r\n  b\r\n2026-10-31 12:00:01 c\r\n',
      [at('2026-10-31T03:00:00Z', '2026-10-31 12:00:00 a\n  b'), at('2026-10-31T03:00:01Z', '2026-10-31 12:00:01 c')],
    ],
    [
      'end only with LF',
      '2026-10-31 12:00:00 a\u20282026-10-31 12:00:01 b\r2026-10-31 12:00:02 c',
      [at('2026-10-31T03:00:00Z', '2026-10-31 12:00:00 a\u20282026-10-31 12:00:01 b\r2026-10-31 12:00:02 c')],
    ],
  ])('%s', (_, text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it('have padded hours of their own, and none is added to the event before it', () => {
    const lines = ['2019-10-31 23:00:00 a', '2019-11-01  0:05:00 b', '2019-11-01  9:05:00 c', '2019-11-01 10:05:00 d'];
    const times = ['2019-10-31T14:00:00Z', '2019-10-31T15:05:00Z', '2019-11-01T00:05:00Z', '2019-11-01T01:05:00Z'];
    expect(read(lines.join('\n'))).toEqual(times.map((time, index) => at(time, lines[index] ?? '')));
  });

  const start = 'the first line must start with a timestamp such as 2026-10-31T12:00:00Z or 2026-10-31 12:00:00, got ';
  const none = 'no line starts with a timestamp such as 2026-10-31T12:00:00Z or 2026-10-31 12:00:00, got ';
  it.each([
    ['\n2026-10-31 12:00:00 a', ':1', `${start}""`],
    ['\tat b\n2026-10-31 12:00:00 a', ':1', `${start}"\\tat b"`],
    ['\n', '', `${none}""`],
    [`${'no "timestamp" '.repeat(10)}\n\tat b`, '', `${none}${JSON.stringify('no "timestamp" '.repeat(4))}`],
    [
      '2026-10-31 12:00:00 a\n2026-10-32 12:00:00 b',
      ':2',
      'timestamp must be a valid date and time since 1970, got "2026-10-32 12:00:00"',
    ],
    [
      '2026-10-31 12:00:00 a\n\tat b\nNov  1 12:00:00 c',
      ':3',
      'a line that starts with a date must start with a timestamp such as 2026-10-31T12:00:00Z or 2026-10-31 12:00:00, got "Nov  1 12:00:00 c"',
    ],
  ])('are rejected in %j, line %s', (text, line, message) => {
    expect(() => read(text)).toThrow(new Error(`app.log${line}: ${message}`));
  });

  it.each([
    ['Latin-1', Buffer.from('2026-10-31 12:00:00 a\n2026-10-31 12:00:01 caf\u00e9\n', 'latin1'), 2],
    ['Shift JIS', Buffer.from([...Buffer.from('2026-10-31 12:00:00 '), 0x83, 0x8d, 0x83, 0x4f]), 1],
    ['UTF-16', Buffer.from('\uFEFF2026-10-31 12:00:00 a\n', 'utf16le'), 1],
  ])('are rejected with the number of the line in %s', (_, bytes, line) => {
    expect(() => read(bytes)).toThrow(
      new Error(`app.log:${line}: line must be UTF-8; convert the file first, for example with iconv`),
    );
  });

  it('have at most the bytes that PutLogEvents accepts', () => {
    const begin = '2026-10-31 12:00:00 ';
    const longest = `${begin}${'あ'.repeat(349_510)}`;
    expect(Buffer.byteLength(longest)).toBe(1_048_550);
    expect(read(longest)).toEqual([at('2026-10-31T03:00:00Z', longest)]);
    expect(() => read(`${begin}\n${longest}x`)).toThrow(
      new Error('app.log:2: event must be at most 1048550 bytes long, got 1048551'),
    );
  });
});

describe('the events of JSON lines', () => {
  const lambda = '{"timestamp":"2026-10-03T04:05:06.789Z","level":"INFO","message":"a"}';

  it('have the time of the field timestamp, as functions of Lambda write it', () => {
    expect(read(`${lambda}\n\tat b\n{"level":"INFO","timestamp":"2026-10-03T04:05:07Z"}\n`)).toEqual([
      at('2026-10-03T04:05:06.789Z', `${lambda}\n\tat b`),
      at('2026-10-03T04:05:07.000Z', '{"level":"INFO","timestamp":"2026-10-03T04:05:07Z"}'),
    ]);
  });

  it.each([
    ['{"time":"2026-10-03T04:05:06.789Z"}', '2026-10-03T04:05:06.789Z'],
    ['{"@timestamp":"2026-10-03T04:05:06.789+0900"}', '2026-10-02T19:05:06.789Z'],
    ['{"@timestamp":"2026-10-03 04:05:06"}', '2026-10-02T19:05:06.000Z'],
    ['{"ts":1793404799}', '2026-10-30T23:59:59.000Z'],
    ['{"ts":1793404799.123}', '2026-10-30T23:59:59.123Z'],
    ['{"ts":1793404799.999999}', '2026-10-30T23:59:59.999Z'],
    ['{"ts":1793404799123}', '2026-10-30T23:59:59.123Z'],
    ['{"ts":1793404799123.9}', '2026-10-30T23:59:59.123Z'],
    ['{"ts":"1793404799"}', '2026-10-30T23:59:59.000Z'],
    ['{"ts":0}', '1970-01-01T00:00:00.000Z'],
  ])('%s has the time %s', (line, time) => {
    expect(read(line, ['time', '@timestamp', 'ts'])).toEqual([at(time, line)]);
  });

  it('can have the time in one of several fields', () => {
    const [platform, message] = ['{"time":"2026-10-03T04:05:06Z"}', '{"timestamp":"2026-10-03T04:05:07Z"}'];
    expect(read(`${platform}\n${message}`, ['timestamp', 'time'])).toEqual([
      at('2026-10-03T04:05:06Z', platform),
      at('2026-10-03T04:05:07Z', message),
    ]);
  });

  it('belong to the event before them if it is a line of text, and they have no time', () => {
    expect(read('2026-10-31 12:00:00 a\n{"level":"INFO"}')).toEqual([
      at('2026-10-31T03:00:00Z', '2026-10-31 12:00:00 a\n{"level":"INFO"}'),
    ]);
  });

  it.each([
    ['{"time":"2026-10-03T04:05:06Z"}', 1],
    [`${lambda}\n{"time":"2026-10-03T04:05:06Z"}`, 2],
    [`${lambda}\n{"timestamp":"2026-10-03T04:05:0`, 2],
  ])('are rejected if the field is missing: %j, line %s', (text, line) => {
    const got = JSON.stringify(text.split('\n').at(-1));
    expect(() => read(text)).toThrow(
      new Error(
        `app.log:${line}: line must be a JSON object with the field timestamp, got ${got}; --timestamp-field names other fields`,
      ),
    );
  });

  it.each(['null', '""', '"yesterday"', '-1', '1e14', '1793404799123456', 'true', '{}'])(
    'are rejected if the time is %s',
    (value) => {
      expect(() => read(`{"timestamp":${value}}`)).toThrow(
        new Error(
          `app.log:1: timestamp must be a timestamp such as "2026-10-31T12:00:00Z", or seconds or milliseconds since the epoch, got ${JSON.stringify(JSON.parse(value))}`,
        ),
      );
    },
  );
});
