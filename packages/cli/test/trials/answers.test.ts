import {
  answersOtherwise,
  type LocalAws,
  type LocalAwsOptions,
  refuses,
  requiresEvaluator,
} from '@log-archiver/local-aws';
import { AUTOMATED } from '../../src/trials/trials';
import { createAccount, listRemains, runTrial } from './trial-run';

/** Changes how AWS behaves. */
type Change = (aws: LocalAws) => void;

interface Answer {
  /** @default - AWS behaves as the code assumes */
  readonly options?: Partial<LocalAwsOptions>;
  readonly change?: Change;
  readonly status: string;
  readonly answer: string;
}

/** Changes the permission that is checked for an action. */
function checks(action: string, change: (resource: string) => string): Change {
  return ({ access }) => {
    if (access) {
      access.changeQuestion = (question) =>
        question.action === action ? { ...question, resource: change(question.resource) } : question;
    }
  };
}

/** Changes the context of the writes of some principals. */
function writesWith(context: Record<string, string>, isPrincipal: (principal: string) => boolean): Change {
  return ({ access }) => {
    if (access) {
      access.changeQuestion = (question) =>
        question.action === 's3:PutObject' && isPrincipal(question.principal)
          ? { ...question, context: { ...question.context, ...context } }
          : question;
    }
  };
}

/** Changes the output of executions of a state machine. */
function outputs(stateMachine: string, output: unknown): Change {
  return ({ faults }) =>
    faults.inject(
      answersOtherwise((answer: { executionArn: string; output?: string }) =>
        answer.output !== undefined && answer.executionArn.includes(stateMachine)
          ? { ...answer, output: JSON.stringify(output) }
          : answer,
      ),
      { of: 'DescribeExecution' },
    );
}

/** AWS answers as the code assumes to the calls before. */
const works = <T>(makeCall: () => Promise<T>) => makeCall();

const ANSWERS: [number, Answer][] = [
  [1, { status: 'HOLDS', answer: 'INCLUSIVE' }],
  [1, { options: { rangeEnd: 'EXCLUSIVE' }, status: 'HOLDS', answer: 'EXCLUSIVE' }],
  [
    1,
    {
      change: ({ logs }) => {
        logs.exportTasks.exportedBy = 'INGESTION_TIME';
      },
      status: 'DOES_NOT_HOLD',
      answer: 'LATER',
    },
  ],
  [2, { status: 'HOLDS', answer: 'EVENT_TIME' }],
  [
    2,
    {
      change: ({ logs }) => {
        logs.exportTasks.exportedBy = 'INGESTION_TIME';
      },
      status: 'DOES_NOT_HOLD',
      answer: 'INGESTION_TIME',
    },
  ],
  [3, { status: 'HOLDS', answer: 'NEWEST_FIRST' }],
  [
    3,
    {
      change: ({ faults }) =>
        faults.inject(
          answersOtherwise(({ exportTasks }: { exportTasks: object[] }) => ({
            exportTasks: exportTasks.toReversed(),
          })),
          { of: 'DescribeExportTasks' },
        ),
      status: 'DOES_NOT_HOLD',
      answer: 'OLDEST_FIRST',
    },
  ],
  [4, { status: 'HOLDS', answer: 'WITH_SUFFIX' }],
  [
    4,
    {
      change: checks('logs:CreateExportTask', (arn) => arn.replace(/:\*$/, '')),
      status: 'HOLDS',
      answer: 'WITHOUT_SUFFIX',
    },
  ],
  [7, { status: 'HOLDS', answer: 'WRITE_TEST' }],
  [
    7,
    {
      change: checks('s3:PutObject', (arn) => arn.replace('aws-logs-write-test', 'TASK/')),
      status: 'HOLDS',
      answer: 'UNDER_YEAR',
    },
  ],
  [
    7,
    {
      change: checks('s3:PutObject', (arn) => arn.replace(/\/.*/, '/aws-logs-write-test')),
      status: 'DOES_NOT_HOLD',
      answer: 'OUTSIDE_YEAR',
    },
  ],
  [8, { status: 'HOLDS', answer: 'LOG_GROUP' }],
  [8, { change: checks('logs:GetQueryResults', () => '*'), status: 'DOES_NOT_HOLD', answer: 'ALL_RESOURCES' }],
  [
    8,
    {
      change: ({ faults }) =>
        faults.inject(refuses('MalformedQueryException', 'unexpected symbol'), { of: 'StartQuery' }),
      status: 'DOES_NOT_HOLD',
      answer: 'QUERY_REFUSED',
    },
  ],
  [9, { status: 'HOLDS', answer: 'ONLY_SLASH' }],
  [
    9,
    {
      change: ({ logs }) => {
        logs.exportTasks.formatFolder = (name) => name.replaceAll(/[^\w-]/g, '-');
      },
      status: 'DOES_NOT_HOLD',
      answer: 'MORE_CHARACTERS',
    },
  ],
  [10, { status: 'HOLDS', answer: 'WITHIN_ONE_HOUR' }],
  [
    10,
    {
      change: ({ faults }) =>
        faults.inject(
          answersOtherwise(({ logStreams }: { logStreams: { lastEventTimestamp: number }[] }) => ({
            logStreams: logStreams.map((stream) => ({ ...stream, lastEventTimestamp: 1 })),
          })),
          { of: 'DescribeLogStreams' },
        ),
      status: 'DOES_NOT_HOLD',
      answer: 'LATER',
    },
  ],
  [13, { status: 'HOLDS', answer: 'STATUS_ERROR_CAUSE' }],
  [13, { change: outputs('-children', [{ error: 'TrialError' }, null, {}]), status: 'DOES_NOT_HOLD', answer: 'OTHER' }],
  [14, { status: 'HOLDS', answer: 'SUCCEEDED' }],
  [14, { options: { emptyMap: 'FAILS' }, status: 'HOLDS', answer: 'FAILED' }],
  [21, { status: 'HOLDS', answer: 'MEASURED_AS_WRITTEN, NOT_PUBLIC' }],
  [
    21,
    {
      change: ({ buckets }) => {
        buckets.policySize = 'AS_ARNS';
      },
      status: 'DOES_NOT_HOLD',
      answer: 'MEASURED_AS_ARNS, NOT_PUBLIC',
    },
  ],
  [
    21,
    {
      change: ({ faults }) =>
        // The first policy is the one of the destination.
        faults.injectNext('PutBucketPolicy', works, works, works, refuses('AccessDenied', 'public policies', 403)),
      status: 'DOES_NOT_HOLD',
      answer: 'MEASURED_AS_WRITTEN, PUBLIC',
    },
  ],
  [24, { status: 'HOLDS', answer: 'WITH_PATH' }],
  [
    24,
    {
      change: writesWith({ 'aws:PrincipalArn': 'arn:aws:iam::123456789012:role/caller' }, (principal) =>
        principal.startsWith('arn:'),
      ),
      status: 'DOES_NOT_HOLD',
      answer: 'WITHOUT_PATH',
    },
  ],
  [25, { status: 'HOLDS', answer: 'NOT_SENT' }],
  [
    25,
    {
      change: writesWith({ 's3:x-amz-server-side-encryption-aws-kms-key-id': 'alias/aws/s3' }, (principal) =>
        principal.startsWith('logs.'),
      ),
      status: 'DOES_NOT_HOLD',
      answer: 'SENT',
    },
  ],
  [26, { status: 'HOLDS', answer: 'ALLOWED' }],
  [
    26,
    {
      change: outputs('-nested', [
        { Status: 'FAILED', Error: 'AccessDeniedException', Cause: 'states:StartExecution' },
      ]),
      status: 'DOES_NOT_HOLD',
      answer: 'DENIED',
    },
  ],
  [27, { status: 'HOLDS', answer: 'ONLY_PREFIX' }],
  [
    27,
    {
      change: ({ functionFaults }) =>
        functionFaults.inject(async (list) => [...((await list()) as object[]), { Key: 'trial-27/b/1' }], {
          of: 's3:listObjectsV2',
        }),
      status: 'DOES_NOT_HOLD',
      answer: 'MORE',
    },
  ],
  [35, { status: 'HOLDS', answer: 'MAP_RUN' }],
  [
    35,
    {
      change: checks('states:ListExecutions', (arn) => arn.replace(':mapRun:', ':stateMachine:').replace(/\/.*/, '')),
      status: 'HOLDS',
      answer: 'STATE_MACHINE',
    },
  ],
];

function findTrial(number: number) {
  const trial = AUTOMATED.find((each) => each.number === number);
  if (trial === undefined) {
    throw new Error(`there is no automated trial ${number}`);
  }
  return trial;
}

requiresEvaluator(describe)('a trial', () => {
  test.each(ANSWERS)('%i reports what AWS does: %j', async (number, { options, change, status, answer }) => {
    const aws = createAccount(options);
    change?.(aws);
    const { cli, result } = await runTrial(aws, findTrial(number));
    expect({ number: result.number, status: result.status, answer: result.answer, error: cli.stderr }).toEqual({
      ...{ number, status, answer },
      error: expect.not.stringContaining('error'),
    });
    expect(cli.exitCode).toBe(status === 'HOLDS' ? 0 : 1);
    expect(listRemains(aws)).toEqual([]);
  });

  test('has a test under at least two answers', () => {
    const tested = AUTOMATED.map(({ number }) => {
      const answers = ANSWERS.filter(([each]) => each === number).map(([, { answer }]) => answer);
      return [number, new Set(answers).size >= 2];
    });
    expect(tested).toEqual(AUTOMATED.map(({ number }) => [number, true]));
  });
});
