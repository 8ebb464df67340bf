import {
  ArchiveEmpty,
  ExportSlotBusy,
  ExportSlotUnavailable,
  ExportTaskGivenUp,
  ExportTaskNotCompleted,
  ExportTaskNotFound,
  InvalidArchiveRequest,
  LogGroupNotFound,
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

describe('InvalidArchiveRequest', () => {
  it('is named InvalidArchiveRequest whatever its class is called', () => {
    const Renamed = class a extends InvalidArchiveRequest {};

    expect(new Renamed('period', '2026', 'a month').name).toBe('InvalidArchiveRequest');
  });

  it.each([
    ['a text, in quotes', '2026-13', 'period must be a month, got "2026-13"'],
    ['an empty text', '', 'period must be a month, got ""'],
    ['a text with a quote in it', 'a"b', 'period must be a month, got "a\\"b"'],
    ['null', null, 'period must be a month, got null'],
    ['a number', 2026, 'period must be a month, got 2026'],
    ['an object', { year: 2026 }, 'period must be a month, got {"year":2026}'],
    ['a list', ['2026-10'], 'period must be a month, got ["2026-10"]'],
    ['a field that is missing', undefined, 'period must be a month, got nothing'],
  ])('says the field, what is allowed and %s', (_, value, message) => {
    expect(new InvalidArchiveRequest('period', value, 'a month').message).toBe(message);
  });
});
