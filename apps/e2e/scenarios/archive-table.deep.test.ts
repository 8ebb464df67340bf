import { DuckDbCatalog } from '../duckdb-catalog';
import { archiveDays, DAILY, DAYS, EVENTS_OF_A_DAY, findEvents, readTables, toRows } from './archive-table';

it('finds each event once when AWS could export a day only by hour', async () => {
  const account = await archiveDays({ runningSeconds: 25 * 3_600 });
  const catalog = await DuckDbCatalog.open(readTables(DAILY), account.aws.buckets, DAYS);
  try {
    expect(await findEvents(catalog)).toEqual(toRows(EVENTS_OF_A_DAY));
    // The log group exists since noon.
    expect(await catalog.query('SELECT count(*) AS tasks FROM tasks')).toEqual([{ tasks: '12' }]);
  } finally {
    catalog.close();
  }
});
