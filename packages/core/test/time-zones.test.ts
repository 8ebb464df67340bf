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
  ])('takes %s', (timeZone) => {
    expect(() => validateTimeZone(timeZone)).not.toThrow();
  });

  it('takes every time zone that Node lists', () => {
    expect(() => Intl.supportedValuesOf('timeZone').forEach(validateTimeZone)).not.toThrow();
  });

  it.each([
    ['an offset', '+09:00'],
    ['an offset behind a name', 'UTC+9'],
    ['an abbreviation', 'JST'],
    ['another abbreviation', 'PST'],
    ['a name nobody knows', 'Foo/Bar'],
    ['an empty text', ''],
    ['lower case', 'asia/tokyo'],
    ['upper case', 'ASIA/TOKYO'],
    ['a wrong case in the middle', 'Asia/tokyo'],
    ['a wrong case of UTC', 'Utc'],
    ['a space in front', ' Asia/Tokyo'],
    ['a space behind', 'Asia/Tokyo '],
    ['a line behind', 'Asia/Tokyo\n'],
  ])('refuses %s', (_, timeZone) => {
    expect(() => validateTimeZone(timeZone)).toThrow(
      namedError(
        'InvalidArchiveRequest',
        `timeZone must be a time zone of the IANA database such as 'Asia/Tokyo' or 'UTC', got ${JSON.stringify(timeZone)}`,
      ),
    );
  });

  it.each([
    [undefined, 'nothing'],
    [null, 'null'],
    [9, '9'],
  ])('refuses %p, which is no text', (timeZone, got) => {
    expect(() => validateTimeZone(timeZone as unknown as string)).toThrow(
      namedError(
        'InvalidArchiveRequest',
        `timeZone must be a time zone of the IANA database such as 'Asia/Tokyo' or 'UTC', got ${got}`,
      ),
    );
  });
});
