import { validateTimeZone } from '../src/time-zones';
import { namedError } from './named-error';

describe('validateTimeZone', () => {
  it.each([
    'UTC',
    'Asia/Tokyo',
    'Asia/Kolkata',
    'Asia/Calcutta',
    'America/Argentina/Buenos_Aires',
    'America/Port-au-Prince',
    'Antarctica/DumontDUrville',
    'Etc/GMT+12',
    'EST5EDT',
    'GMT',
    'US/Pacific',
  ])('accepts %s', (timeZone) => {
    expect(() => validateTimeZone(timeZone)).not.toThrow();
  });

  it('accepts every time zone that Node lists', () => {
    expect(() => Intl.supportedValuesOf('timeZone').forEach(validateTimeZone)).not.toThrow();
  });

  it.each([
    ['an offset', '+09:00'],
    ['an offset after a name', 'UTC+9'],
    ['an abbreviation', 'JST'],
    ['another abbreviation', 'PST'],
    ['an unknown name', 'Foo/Bar'],
    ['an empty string', ''],
    ['lower case', 'asia/tokyo'],
    ['upper case', 'ASIA/TOKYO'],
    ['a wrong case in the middle', 'Asia/tokyo'],
    ['a wrong case of UTC', 'Utc'],
    ['a leading space', ' Asia/Tokyo'],
    ['a trailing space', 'Asia/Tokyo '],
    ['a trailing newline', 'Asia/Tokyo\n'],
  ])('rejects %s', (_, timeZone) => {
    expect(() => validateTimeZone(timeZone)).toThrow(
      namedError(
        'InvalidArchiveRequest',
        `timeZone must be an IANA time zone such as 'Asia/Tokyo' or 'UTC', got ${JSON.stringify(timeZone)}`,
      ),
    );
  });

  it.each([
    [undefined, 'undefined'],
    [null, 'null'],
    [9, '9'],
  ])('rejects %p, which is not a string', (timeZone, got) => {
    expect(() => validateTimeZone(timeZone as unknown as string)).toThrow(
      namedError(
        'InvalidArchiveRequest',
        `timeZone must be an IANA time zone such as 'Asia/Tokyo' or 'UTC', got ${got}`,
      ),
    );
  });
});
