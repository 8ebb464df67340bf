import { CfnParameter, Duration, type Stack, TimeZone } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { Granularity } from '../../src';
import { newArchiver, newStack } from '../archiver-stack';
import { getDefinition } from '../definition';

function getParameters(stack: Stack, archiverId: string) {
  return getDefinition(stack, archiverId).States.Configure.Parameters.run.parameters;
}

describe('settleTime and lookbackPeriods', () => {
  it.each([
    Duration.hours(11),
    Duration.minutes(12 * 60 + 1),
    Duration.seconds(0),
    Duration.minutes(719),
    Duration.hours(349),
    Duration.days(10_000),
  ])('reject a settleTime of %s', (settleTime) => {
    expect(() => newArchiver(newStack(), { settleTime })).toThrow(
      new Error(
        'settleTime must be a whole number of hours from 12 to 348 (CloudWatch Logs accepts events that are up to 14 days ' +
          `old, and exports them up to 12 hours later), got ${settleTime.toHumanString()}`,
      ),
    );
  });

  it.each([12, 348])('accept a settleTime of %d hours', (hours) => {
    const stack = newStack();
    newArchiver(stack, { settleTime: Duration.hours(hours) });
    expect(getParameters(stack, 'Archiver').settleHours).toBe(hours);
  });

  it('reject a settleTime that is a token', () => {
    const stack = newStack();
    const hours = new CfnParameter(stack, 'Hours', { type: 'Number' }).valueAsNumber;
    expect(() => newArchiver(stack, { settleTime: Duration.hours(hours) })).toThrow(
      new Error('settleTime must be known at synthesis, got a token'),
    );
  });

  it.each([0, -1, 37, 1.5, Number.NaN])('reject %d lookbackPeriods', (lookbackPeriods) => {
    expect(() => newArchiver(newStack(), { lookbackPeriods })).toThrow(
      new Error(`lookbackPeriods must be a whole number from 1 to 36, got ${lookbackPeriods}`),
    );
  });

  it('reject lookbackPeriods that are a token', () => {
    const stack = newStack();
    const lookbackPeriods = new CfnParameter(stack, 'Periods', { type: 'Number' }).valueAsNumber;
    expect(() => newArchiver(stack, { lookbackPeriods })).toThrow(
      new Error('lookbackPeriods must be known at synthesis, got a token'),
    );
  });

  it.each([1, 36])('accept %d lookbackPeriods', (lookbackPeriods) => {
    const stack = newStack();
    newArchiver(stack, { lookbackPeriods });
    expect(getParameters(stack, 'Archiver').lookback).toBe(lookbackPeriods);
  });
});

describe('scheduleHour', () => {
  it.each([-1, 24, 2.5, Number.NaN])('rejects %d', (scheduleHour) => {
    expect(() => newArchiver(newStack(), { scheduleHour })).toThrow(
      new Error(`scheduleHour must be a whole number from 0 to 23, got ${scheduleHour}`),
    );
  });

  it('rejects a token', () => {
    const stack = newStack();
    const scheduleHour = new CfnParameter(stack, 'Hour', { type: 'Number' }).valueAsNumber;
    expect(() => newArchiver(stack, { scheduleHour })).toThrow(
      new Error('scheduleHour must be known at synthesis, got a token'),
    );
  });
});

it.each(['WEEKLY', 'monthly', ''])('rejects the granularity %p of an app in JavaScript', (granularity) => {
  expect(() => newArchiver(newStack(), { granularity: granularity as Granularity })).toThrow(
    new Error(`granularity must be one of MONTHLY, DAILY, got ${JSON.stringify(granularity)}`),
  );
});

describe('timeZone', () => {
  it.each(['asia/tokyo', 'Asia/tokyo', 'ASIA/TOKYO', '+09:00', 'JST', 'Asia/Edo', ''])('rejects %p', (name) => {
    expect(() => newArchiver(newStack(), { timeZone: TimeZone.of(name) })).toThrow(
      new Error(`timeZone must be an IANA time zone such as 'Asia/Tokyo' or 'UTC', got ${JSON.stringify(name)}`),
    );
  });

  it.each(['UTC', 'Etc/UTC', 'Asia/Tokyo', 'America/Argentina/Buenos_Aires', 'Pacific/Kiritimati'])(
    'accepts %p',
    (name) => {
      const stack = newStack();
      newArchiver(stack, { timeZone: TimeZone.of(name) });
      Template.fromStack(stack).hasResourceProperties('AWS::Scheduler::Schedule', { ScheduleExpressionTimezone: name });
    },
  );

  it('accepts a parameter of the stack', () => {
    const stack = newStack();
    newArchiver(stack, { timeZone: TimeZone.of(new CfnParameter(stack, 'Zone').valueAsString) });
    Template.fromStack(stack).hasResourceProperties('AWS::Scheduler::Schedule', {
      ScheduleExpressionTimezone: { Ref: 'Zone' },
    });
    expect(getParameters(stack, 'Archiver').timeZone).toBe('${Zone}');
  });
});
