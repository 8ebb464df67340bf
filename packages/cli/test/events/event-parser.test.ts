import { EventParser, getMessage } from '../../src/events/event-parser';

/** Parses the objects of a log stream, each in chunks of some bytes. */
function parse(objects: string[], chunkBytes = 1_000_000): [string, string][] {
  const parser = new EventParser('task/stream/');
  const events: [string, string][] = [];
  const add = (parsed: ReturnType<EventParser['parse']>) => {
    for (const event of parsed) {
      events.push([new Date(event.timestamp).toISOString(), getMessage(event).toString()]);
    }
  };
  for (const object of objects) {
    const bytes = Buffer.from(object);
    for (let start = 0; start < bytes.length; start += chunkBytes) {
      add(parser.parse(bytes.subarray(start, start + chunkBytes)));
    }
    add(parser.endObject());
  }
  add(parser.end());
  return events;
}

const TIME = '2026-10-05T10:00:00.000Z';
const LATER = '2026-10-05T10:00:00.001Z';

describe('EventParser', () => {
  test.each<[string, string[], [string, string][]]>([
    ['an event', [`${TIME} a\n`], [[TIME, 'a']]],
    ['an empty object', [''], []],
    [
      'an empty message',
      [`${TIME} \n${LATER} b\n`],
      [
        [TIME, ''],
        [LATER, 'b'],
      ],
    ],
    [
      'an empty message without a space',
      [`${TIME}\n${LATER} b\n`],
      [
        [TIME, ''],
        [LATER, 'b'],
      ],
    ],
    [
      'a message of several lines',
      [`${TIME} a\n\tb\n\n c\n${LATER} d\n`],
      [
        [TIME, 'a\n\tb\n\n c'],
        [LATER, 'd'],
      ],
    ],
    [
      'a message that ends with a newline',
      [`${TIME} a\n\n${LATER} b\n`],
      [
        [TIME, 'a\n'],
        [LATER, 'b'],
      ],
    ],
    ['a message that starts with spaces', [`${TIME}   a\n`], [[TIME, '  a']]],
    ['a carriage return', [`${TIME} a\r\n`], [[TIME, 'a\r']]],
    ['no newline at the end', [`${TIME} a`], [[TIME, 'a']]],
    [
      'a message that continues in the next object',
      [`${TIME} a\n`, `b\n${LATER} c\n`],
      [
        [TIME, 'a\nb'],
        [LATER, 'c'],
      ],
    ],
    ['a line with another time format', [`${TIME} a\n2026-10-05 10:00:00 b\n`], [[TIME, 'a\n2026-10-05 10:00:00 b']]],
    [
      'a line with an offset',
      [`${TIME} a\n2026-10-05T10:00:00.000+09:00 b\n`],
      [[TIME, 'a\n2026-10-05T10:00:00.000+09:00 b']],
    ],
    [
      'a line with an impossible time',
      [`${TIME} a\n2026-10-05T24:00:00.000Z b\n`],
      [[TIME, 'a\n2026-10-05T24:00:00.000Z b']],
    ],
    [
      'a line with an impossible month',
      [`${TIME} a\n2026-13-05T10:00:00.000Z b\n`],
      [[TIME, 'a\n2026-13-05T10:00:00.000Z b']],
    ],
    ['a timestamp that a letter follows', [`${TIME} a\n${TIME}x b\n`], [[TIME, `a\n${TIME}x b`]]],
    ['a timestamp within a message', [`${TIME} ${LATER} a\n`], [[TIME, `${LATER} a`]]],
    ['several bytes per character', [`${TIME} 日本語 \u{1F600}\n`], [[TIME, '日本語 \u{1F600}']]],
  ])('parses %s, in chunks of any size', (_, objects, expected) => {
    for (const chunkBytes of [1, 2, 7, 25, 1_000_000]) {
      expect(parse(objects, chunkBytes)).toEqual(expected);
    }
  });

  test('rejects an object that does not start with a timestamp', () => {
    expect(() => parse(['Permission Check Successful\n'])).toThrow(
      'objects of task/stream/ must start with a timestamp and a message, got "Permission Check Successful"',
    );
  });

  test('rejects an endless event', () => {
    const parser = new EventParser('task/stream/');
    const chunk = Buffer.alloc(1_024 * 1_024, 'x');
    expect(() => {
      for (let index = 0; index < 20; index++) {
        [...parser.parse(chunk)];
      }
    }).toThrow('an event of task/stream/ must be at most 16777216 bytes long, got more');
  });
});
