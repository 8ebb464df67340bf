import fc from 'fast-check';
import type { Granularity } from '../src/contract';

/** Generates instants after the launch of CloudWatch Logs, with up to nine fractional digits. */
export function anyInstant(): fc.Arbitrary<string> {
  const milliseconds = fc.integer({ min: Date.parse('2014-07-10T00:00:00Z'), max: Date.parse('2100-01-01T00:00:00Z') });
  const furtherDigits = fc.stringMatching(/^\d{0,6}$/);
  return fc
    .tuple(milliseconds, furtherDigits)
    .map(([time, digits]) => new Date(time).toISOString().replace('Z', `${digits}Z`));
}

export function anyTimeZone(): fc.Arbitrary<string> {
  return fc.constantFrom(...Intl.supportedValuesOf('timeZone'), 'UTC', 'Etc/GMT+12', 'Asia/Kolkata');
}

export function anyGranularity(): fc.Arbitrary<Granularity> {
  return fc.constantFrom<Granularity>('MONTHLY', 'DAILY');
}
