import { type Column, countArchivable, SMALL_COLUMNS } from '../src/columns';

const find = (id: string) => SMALL_COLUMNS.find((each) => each.id === id) as Column;

describe('the log-normal column', () => {
  const seconds = [...find('log-normal').runningSeconds].sort((one, other) => one - other);

  it('has a median of about a minute', () => {
    expect([seconds.length, seconds[100]]).toEqual([200, 70]);
  });

  it('has a few exports of more than 20 minutes', () => {
    expect(seconds.filter((each) => each > 1_200)).toHaveLength(5);
  });
});

describe('a column', () => {
  it.each<[id: string, archivable: number]>([
    ['d20', 30],
    ['bad', 27],
  ])('%s has %d log groups that can be archived', (id, archivable) => {
    expect(countArchivable(find(id))).toBe(archivable);
  });
});
