import {
  type AlarmState,
  type Datapoint,
  getEvaluationRange,
  judgeDatapoints,
  type TreatMissingData,
} from '../../src/cloudwatch/judge-datapoints';

const TREATMENTS: TreatMissingData[] = ['missing', 'ignore', 'breaching', 'notBreaching'];
const DATAPOINTS: Record<string, Datapoint> = { '0': { isBreaching: false }, X: { isBreaching: true } };

/** Parses datapoints in the notation of AWS: 0 is not breaching, X is breaching, and - is missing. */
const parse = (text: string) => text.split(' ').map((each) => DATAPOINTS[each]);

type Row = [datapoints: string, datapointsToAlarm: number, ...(AlarmState | 'RETAINED')[]];

const SAME = (state: AlarmState) => [state, state, state, state];

// Tables of https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
it.each<Row>([
  ['0 - X - X', 3, ...SAME('OK')],
  ['- - - - 0', 3, ...SAME('OK')],
  ['- - - - -', 3, 'INSUFFICIENT_DATA', 'RETAINED', 'ALARM', 'OK'],
  ['0 X X - X', 3, ...SAME('ALARM')],
  ['- - X - -', 3, 'ALARM', 'RETAINED', 'ALARM', 'OK'],
  ['- - - X -', 3, 'OK', 'RETAINED', 'ALARM', 'OK'],
  ['- - - - X', 3, 'OK', 'RETAINED', 'ALARM', 'OK'],
  ['0 - X - X', 2, ...SAME('ALARM')],
  ['0 0 X 0 X', 2, ...SAME('ALARM')],
  ['X X 0 0 0', 2, ...SAME('OK')],
  ['0 - X - -', 2, 'OK', 'OK', 'ALARM', 'OK'],
  ['- - - - 0', 2, 'OK', 'OK', 'ALARM', 'OK'],
  ['- - - X -', 2, 'ALARM', 'RETAINED', 'ALARM', 'OK'],
])('judges %s of 3 periods with %i breaching datapoints to alarm', (text, datapointsToAlarm, ...expected) => {
  const judge = (treatMissingData: TreatMissingData) =>
    judgeDatapoints(parse(text), { evaluationPeriods: 3, datapointsToAlarm, treatMissingData }) ?? 'RETAINED';

  expect(TREATMENTS.map(judge)).toEqual(expected);
});

it('retrieves two datapoints more than the evaluation periods', () => {
  expect(getEvaluationRange({ evaluationPeriods: 3, datapointsToAlarm: 2, treatMissingData: 'missing' })).toBe(5);
});
