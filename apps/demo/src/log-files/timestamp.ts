import { validateTimeZone } from '@log-archiver/core';
import { Temporal } from 'temporal-polyfill';
import { findOffset } from './time-zone-abbreviations';

/** A date and a time of day, in brackets or not. An hour may have one digit, after one blank or two. */
const DATE_TIME = /^[[(]?(\d{4})([-/])(\d{2})\2(\d{2})(?:[Tt]| {1,2})(\d{1,2})(:\d{2}(?::\d{2}(?:[.,]\d+)?)?)/;

const MONTH = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*';
const WEEKDAY = '(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? )?';
const TIME = '[T ,:_-]*[0-2]?\\d:?[0-5]\\d';

/** Starts of lines with a date, in common formats. In most of them, only a time of day makes numbers a date. */
const DATES = [
  '\\d{4}[-/.] ?\\d{1,2}[-/.] ?\\d',
  `(?:19|20)\\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])${TIME}`,
  `\\d{1,2}[-/. ](?:\\d{1,2}|${MONTH})[-/. ]\\d{2,4}[ ,:]+\\d{1,2}:\\d{2}`,
  `${WEEKDAY}${MONTH} {1,2}\\d{1,2}(?:,? \\d{4})?[ ,]+\\d{1,2}:\\d{2}`,
  `${WEEKDAY}\\d{1,2} ${MONTH} \\d{4}`,
];
const DATE = new RegExp(`^[[(]?(?:${DATES.join('|')})`);

/** An offset from UTC, directly after the time or after blanks. */
const OFFSET = /^[ \t]*[[(]?(?:(?:UTC|GMT|UT)([+-]\d{1,2})|([+-]\d{2}))(?::?(\d{2}))?(?![\w.:])/i;
/** Start of an offset that is not one, such as UTC+9:5. */
const BROKEN_OFFSET = /^(?:[+-]\d|[ \t]*[[(]?(?:UTC|GMT|UT)[+-]\d)/i;

/** A word directly after the time or after blanks, such as UTC, INFO, Asia/Tokyo or Etc/GMT+9. */
const WORD = /^[ \t]*[[(]?([A-Za-z]+(?:[/_-][A-Za-z]+)*(?:[+-]\d+)?)(?![\w/])/;

const MAX_QUOTED_CHARACTERS = 60;
const MAX_OFFSET_HOURS = 14;

/**
 * Parses the timestamp at the start of a line, in milliseconds since the epoch. `undefined`: the line has none.
 *
 * Throws an error if the line starts with a date, and the date, the time or the time zone is invalid.
 *
 * Without a time zone it is local time. Of an hour that occurs twice, it is the first one. A skipped time is moved forward.
 */
export function parseTimestamp(line: string, timeZone: string): number | undefined {
  const [text, year, , month, day, hour = '', minute] = DATE_TIME.exec(line) ?? [];
  if (text === undefined) {
    if (DATE.test(line)) {
      throw unreadable(line);
    }
    return undefined;
  }
  const zone = parseZone(line.slice(text.length));
  if (zone === null) {
    throw unreadable(line);
  }
  const timestamp = toEpochMilliseconds(`${year}-${month}-${day}T${hour.padStart(2, '0')}${minute}`, zone ?? timeZone);
  if (!(timestamp >= 0)) {
    throw new Error(`timestamp must be a valid date and time since 1970, got "${text}"`);
  }
  return timestamp;
}

/** Parses the time zone after a time. `undefined`: there is none. `null`: the text is no time zone, and belongs to the time. */
function parseZone(rest: string): string | undefined | null {
  const [, utcHours, hours = utcHours, minutes = '00'] = OFFSET.exec(rest) ?? [];
  if (hours !== undefined) {
    const offset = `${hours[0]}${hours.slice(1).padStart(2, '0')}:${minutes}`;
    if (Math.abs(Number(hours)) > MAX_OFFSET_HOURS) {
      throw new Error(`offset must be from -${MAX_OFFSET_HOURS}:00 to +${MAX_OFFSET_HOURS}:00, got ${offset}`);
    }
    return offset;
  }
  if (BROKEN_OFFSET.test(rest)) {
    return null;
  }
  const [, word] = WORD.exec(rest) ?? [];
  const zone = word === undefined ? undefined : (findOffset(word) ?? findTimeZone(word));
  return zone === undefined && /^\w/.test(rest) ? null : zone;
}

function findTimeZone(word: string): string | undefined {
  if (!word.includes('/')) {
    return undefined;
  }
  try {
    validateTimeZone(word);
    return word;
  } catch {
    return undefined;
  }
}

function toEpochMilliseconds(dateTime: string, zone: string): number {
  try {
    return /^[+-]/.test(zone)
      ? Temporal.Instant.from(`${dateTime}${zone}`).epochMilliseconds
      : Temporal.PlainDateTime.from(dateTime).toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds;
  } catch {
    return Number.NaN;
  }
}

function unreadable(line: string): Error {
  return new Error(
    'a line that starts with a date must start with a timestamp such as 2026-10-31T12:00:00Z or 2026-10-31 12:00:00, ' +
      `got ${quote(line)}`,
  );
}

export function quote(line: string): string {
  return JSON.stringify(line.slice(0, MAX_QUOTED_CHARACTERS));
}
