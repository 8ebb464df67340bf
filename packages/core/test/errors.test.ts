import {
  ArchiveEmpty,
  ExportSlotBusy,
  ExportSlotUnavailable,
  ExportTaskGivenUp,
  ExportTaskNotCompleted,
  ExportTaskNotFound,
  InvalidArchiveRequest,
  LogGroupNotFound,
  show,
  type UncompletedStatus,
} from '../src/errors';

describe('an error with a message', () => {
  const NAMED_ERRORS: [string, new (message: string) => Error][] = [
    ['LogGroupNotFound', LogGroupNotFound],
    ['ExportSlotBusy', ExportSlotBusy],
    ['ExportSlotUnavailable', ExportSlotUnavailable],
    ['ExportTaskNotFound', ExportTaskNotFound],
    ['ExportTaskGivenUp', ExportTaskGivenUp],
    ['ArchiveEmpty', ArchiveEmpty],
    ['InvalidArchiveRequest', InvalidArchiveRequest],
  ];

  it.each(NAMED_ERRORS)('is named %s whatever its class is called', (name, NamedError) => {
    const Renamed = class a extends NamedError {};

    const error = new Renamed('what happened');

    expect(error).toBeInstanceOf(Error);
    expect(error.name).toBe(name);
    expect(error.message).toBe('what happened');
  });
});

describe('ExportTaskNotCompleted', () => {
  const STATUSES: UncompletedStatus[] = ['PENDING', 'RUNNING', 'PENDING_CANCEL', 'FAILED', 'CANCELLED'];

  it.each(STATUSES)('is named %s after the status', (status) => {
    const error = new ExportTaskNotCompleted(status, 'what happened');

    expect(error).toBeInstanceOf(Error);
    expect(error.name).toBe(status);
    expect(error.message).toBe('what happened');
  });
});

describe('show', () => {
  it.each([
    ['a string in quotes', '2026-13', '"2026-13"'],
    ['an empty string', '', '""'],
    ['a string that contains a quote', 'a"b', '"a\\"b"'],
    ['null', null, 'null'],
    ['a number', 2026, '2026'],
    ['an object', { year: 2026 }, '{"year":2026}'],
    ['an array', ['2026-10'], '["2026-10"]'],
    ['a missing value', undefined, 'undefined'],
  ])('formats %s', (_, value, expected) => {
    expect(show(value)).toBe(expected);
  });
});
