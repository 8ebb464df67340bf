import { readEvents } from '../../src/log-files/read-events';
import { writeLogFile } from '../temporary-folder';

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
    expect(readEvents(writeLogFile(text), 'Asia/Tokyo')).toEqual(expected);
  });

  const first = 'the first line must start with a timestamp such as 2026-10-31T12:00:00Z or 2026-10-31 12:00:00, got ';
  it.each([
    ['', 1, `${first}""`],
    ['\n2026-10-31 12:00:00 a', 1, `${first}""`],
    [`${'no "timestamp" '.repeat(10)}\n`, 1, `${first}${JSON.stringify('no "timestamp" '.repeat(4))}`],
    [
      '2026-10-31 12:00:00 a\n2026-10-32 12:00:00 b',
      2,
      'timestamp must be a valid date and time since 1970, got "2026-10-32 12:00:00"',
    ],
  ])('are rejected in %j, line %s', (text, line, message) => {
    const path = writeLogFile(String(text));
    expect(() => readEvents(path, 'Asia/Tokyo')).toThrow(new Error(`${path}:${line}: ${message}`));
  });

  it('have at most the bytes that PutLogEvents accepts', () => {
    const start = '2026-10-31 12:00:00 ';
    const longest = `${start}${'あ'.repeat(349_510)}`;
    expect(Buffer.byteLength(longest)).toBe(1_048_550);
    expect(readEvents(writeLogFile(longest), 'Asia/Tokyo')).toEqual([at('2026-10-31T03:00:00Z', longest)]);
    const path = writeLogFile(`${start}\n${longest}x`);
    expect(() => readEvents(path, 'Asia/Tokyo')).toThrow(
      new Error(`${path}:2: event must be at most 1048550 bytes long, got 1048551`),
    );
  });

  it('are rejected if the file does not exist', () => {
    expect(() => readEvents('/none.log', 'UTC')).toThrow(
      new Error("/none.log cannot be read: ENOENT: no such file or directory, open '/none.log'"),
    );
  });
});
