import type { ArchiveRun, LogGroupTarget } from '@log-archiver/core';
import { Names, RemovalPolicy } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import {
  Chain,
  DefinitionBody,
  DistributedMap,
  LogLevel,
  StateMachine,
  StateMachineType,
} from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { archiveOneLogGroup, type LogGroupData } from './archive-one-log-group';
import { configureRun, type RunData, refuseNoLogGroups } from './configure-run';
import { type PayloadOf, pathInto } from './payload';
import { type OutcomesData, reportOutcomes } from './report-outcomes';

export interface ArchiveWorkflowProps {
  readonly exportFunction: IFunction;
  readonly checkFunction: IFunction;
  /** What no execution can override. */
  readonly parameters: Pick<ArchiveRun, 's3BucketName' | 'keyPrefix' | 'timeZone' | 'frequency'>;
  /** Asked when the template is written. */
  readonly logGroups: () => LogGroupTarget[];
}

/** The state machine: it holds the parameters, and does all waiting and retrying. */
export class ArchiveWorkflow extends Construct {
  public readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, props: ArchiveWorkflowProps) {
    super(scope, id);
    const archive = Chain.start(this.archiveEachLogGroup(props)).next(reportOutcomes(this));
    this.stateMachine = new StateMachine(this, 'StateMachine', {
      stateMachineType: StateMachineType.STANDARD,
      comment: 'Archives one period of a set of log groups, one log group at a time',
      definitionBody: DefinitionBody.fromChainable(
        configureRun(this, props.logGroups).next(refuseNoLogGroups(this, archive)),
      ),
      tracingEnabled: true,
      logs: { destination: this.logGroup(), level: LogLevel.ALL, includeExecutionData: true },
    });
  }

  /**
   * One at a time: CloudWatch Logs runs one export task an account. Distributed: each log group then has an execution,
   * and so 25,000 events of history, of its own; a run that takes days cannot die of its length.
   */
  private archiveEachLogGroup({ exportFunction, checkFunction, parameters }: ArchiveWorkflowProps): DistributedMap {
    const map = new DistributedMap(this, 'ArchiveEachLogGroup', {
      maxConcurrency: 1,
      mapExecutionType: StateMachineType.STANDARD,
      itemsPath: pathInto<RunData>('$.request.logGroups'),
      itemSelector: {
        // Without a field the states inside would die of a path that leads nowhere, and the other log groups with them.
        'target.$': `States.JsonMerge(${pathInto<RunData>('$.notGiven')}, $$.Map.Item.Value, false)`,
        run: {
          ...parameters,
          'scheduledTime.$': '$.request.scheduledTime',
          'period.$': '$.request.period',
          'startedAt.$': '$.startedAt',
        } satisfies PayloadOf<ArchiveRun, RunData>,
        'task.$': '$.notStarted',
      } satisfies { [K in keyof Pick<LogGroupData, 'target' | 'task'> as `${K}.$`]: string } & {
        [K in keyof Pick<LogGroupData, 'run'>]: object;
      },
      resultPath: pathInto<OutcomesData>('$.outcomes'),
    });
    map.itemProcessor(archiveOneLogGroup(this, exportFunction, checkFunction));
    return map;
  }

  /**
   * Under `/aws/vendedlogs/states/`: elsewhere every state machine adds to the account's resource policy for log
   * deliveries, which is full after a few. A log group of a given name would be in the way of the next deployment if it
   * outlived its stack.
   */
  private logGroup(): LogGroup {
    return new LogGroup(this, 'LogGroup', {
      logGroupName: `/aws/vendedlogs/states/${Names.uniqueResourceName(this, { maxLength: 200, separator: '-' })}`,
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }
}
