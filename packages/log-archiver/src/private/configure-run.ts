import type { ArchiveRequest, LogGroupTarget } from '@log-archiver/core';
import { Lazy } from 'aws-cdk-lib';
import { Chain, Choice, Condition, Fail } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import type { LogGroupData } from './archive-one-log-group';
import { MakePayload } from './make-payload';
import { type PayloadOf, pathInto } from './payload';

interface InputData {
  defaults: Required<ArchiveRequest>;
  input: ArchiveRequest;
}

/** The data of a run, before and while its log groups are archived. */
export interface RunData {
  request: Required<ArchiveRequest>;
  startedAt: string;
  /** In place of the fields that an item of `logGroups` lacks: values that the export function refuses by name. */
  notGiven: { [K in keyof LogGroupTarget]: LogGroupTarget[K] | null };
  /** In place of the task of a log group whose export has not been started. */
  notStarted: LogGroupData['task'];
}

/** The definition's defaults, overridden by the execution's input: after this every field is present. */
export function configureRun(scope: Construct, logGroups: () => LogGroupTarget[]): Chain {
  const defaults = new MakePayload(scope, 'Defaults', {
    payload: {
      defaults: {
        'scheduledTime.$': '$$.Execution.StartTime',
        period: null,
        // Asked when the template is written: log groups can be added until then.
        logGroups: Lazy.any({ produce: logGroups }) as unknown as LogGroupTarget[],
      } satisfies PayloadOf<InputData['defaults'], never>,
      'input.$': '$',
    },
  });
  const configure = new MakePayload(scope, 'Configure', {
    payload: {
      'request.$': 'States.JsonMerge($.defaults, $.input, false)',
      'startedAt.$': '$$.Execution.StartTime',
      notGiven: { logGroupName: null, s3Prefix: '' },
      notStarted: {
        logGroupName: null,
        s3BucketName: null,
        s3Prefix: null,
        taskId: null,
        from: null,
        to: null,
        destinationPrefix: null,
      },
    } satisfies PayloadOf<RunData, InputData>,
  });
  return Chain.start(defaults).next(configure);
}

/** An execution for no log group at all would succeed and archive nothing. */
export function refuseNoLogGroups(scope: Construct, otherwise: Chain): Chain {
  const refuse = new Fail(scope, 'NoLogGroups', {
    error: 'InvalidArchiveRequest',
    cause: 'logGroups must be a list of at least one { "logGroupName": …, "s3Prefix": … or null }',
  });
  const choice = new Choice(scope, 'AnyLogGroup?')
    .when(Condition.isPresent(`${pathInto<RunData>('$.request.logGroups')}[0]`), otherwise)
    .otherwise(refuse);
  return Chain.start(choice);
}
