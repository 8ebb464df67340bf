import { disableStackTraces } from '../october-scenario';
import { prepareArchiver } from './falling-behind';

describe('three log groups whose days take 10 hours of export time each', () => {
  disableStackTraces();

  it('are warned of in the first run that archives a day, before anything is lost', async () => {
    const archiver = await prepareArchiver();
    const { end, report, messages } = await archiver.runOn('2026-10-03');
    expect([end, report?.newLosses]).toEqual(['SUCCEEDED', []]);
    expect(report?.forecast).toEqual({
      exportHoursPerDay: expect.closeTo(30, 1),
      message: expect.stringMatching(
        /^a day of logs takes 30\.\d+ hours of export time: this archiver cannot keep up$/,
      ),
    });
    expect(report?.warnings).toMatchObject([{ type: 'ExportsTooSlow', subject: '' }]);
    expect(messages).toEqual([expect.stringContaining('ExportsTooSlow: a day of logs takes 30.')]);
  });
});
