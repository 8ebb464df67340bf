import {
  ArchiveEmpty,
  ArchivePartial,
  EvidenceRefused,
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

describe('named errors', () => {
  const NAMED_ERRORS: [string, new (message: string) => Error][] = [
    ['LogGroupNotFound', LogGroupNotFound],
    ['ExportSlotBusy', ExportSlotBusy],
    ['ExportSlotUnavailable', ExportSlotUnavailable],
    ['ExportTaskNotFound', ExportTaskNotFound],
    ['ExportTaskGivenUp', ExportTaskGivenUp],
    ['ArchiveEmpty', ArchiveEmpty],
    ['ArchivePartial', ArchivePartial],
    ['EvidenceRefused', EvidenceRefused],
    ['InvalidArchiveRequest', InvalidArchiveRequest],
  ];

  it.each(NAMED_ERRORS)('keeps the name %s when its class is renamed', (name, NamedError) => {
    const Renamed = class a extends NamedError {};

    const error = new Renamed('a message');

    expect(error).toBeInstanceOf(Error);
    expect(error.name).toBe(name);
    expect(error.message).toBe('a message');
  });
});

describe('ExportTaskNotCompleted', () => {
  const STATUSES: UncompletedStatus[] = ['PENDING', 'RUNNING', 'PENDING_CANCEL', 'FAILED', 'CANCELLED'];

  it.each(STATUSES)('takes the status %s as its name', (status) => {
    const error = new ExportTaskNotCompleted(status, 'a message');

    expect(error).toBeInstanceOf(Error);
    expect(error.name).toBe(status);
    expect(error.message).toBe('a message');
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
