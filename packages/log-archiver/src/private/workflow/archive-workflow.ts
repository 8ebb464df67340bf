import type {
  ArchivePage,
  ArchiveParameters,
  LogGroupSelector,
  LogGroupTarget,
  PlanArchiveRequest,
} from '@log-archiver/core';
import { Lazy, Stack } from 'aws-cdk-lib';
import { type IRole, Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import {
  type Chain,
  Choice,
  Condition,
  DistributedMap,
  type StateMachine,
  StateMachineType,
  Wait,
  WaitTime,
} from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { ArchiveDestination } from '../destination/archive-destination';
import type { ArchiveFunctions } from '../functions/archive-functions';
import type { LogGroupList } from '../log-group-list';
import type { Settings } from '../settings';
import { ARCHIVER_NAME } from './archiver-name';
import { InvokeFunction } from './invoke-function';
import { createItemStates, type ItemData } from './item-states';
import { notifyOfFailure } from './notify-states';
import { type PayloadOf, pathInto } from './payload';
import { createAnotherRunState, createReportStates } from './report-states';
import * as retry from './retry-policies';
import { createConfigureState, type RunData } from './run-data';
import { createRunLog } from './run-log';
import { createStateMachine } from './state-machine';
import { WorkflowKey } from './workflow-key';

export interface ArchiveWorkflowProps extends Settings {
  readonly functions: ArchiveFunctions;
  readonly destination: ArchiveDestination;
  /** Log groups and selections, read when the template is written: both can be added to until then. */
  readonly logGroups: LogGroupList;
}

/** State machine of the archiver. It holds all parameters, and does all waiting and retrying. */
export class ArchiveWorkflow extends Construct {
  public readonly stateMachine: StateMachine;
  public readonly logGroup: LogGroup;
  private readonly key?: WorkflowKey;

  constructor(scope: Construct, id: string, props: ArchiveWorkflowProps) {
    super(scope, id);
    const { encryptionKey, functions } = props;
    this.logGroup = createRunLog(this, props);
    this.key = encryptionKey && new WorkflowKey(this, 'Key', encryptionKey);
    this.stateMachine = createStateMachine(this, {
      comment: 'Archives the log groups and periods without a receipt, page by page, one export at a time',
      definition: createConfigureState(this, this.createParameters(props)).next(this.createPageStates(props)),
      logGroup: this.logGroup,
      rolePath: props.rolePath,
      ...this.key?.stateMachineProps,
    });
    this.key?.grantRun(this.stateMachine);
    this.grantFindRuns(functions.planArchive.role);
  }

  /**
   * Allows a role to find active runs.
   *
   * The permission is in a policy of its own, on which the function does not depend: the state machine depends on the
   * functions. It is attached when it is complete, also for a precreated role.
   */
  private grantFindRuns(role: IRole) {
    const findRuns = new Policy(this, 'FindRuns', {
      statements: [
        new PolicyStatement({ actions: ['states:ListExecutions'], resources: [this.stateMachine.stateMachineArn] }),
        ...(this.key?.readStatements ?? []),
      ],
    });
    this.stateMachine.grantExecution(findRuns, 'states:DescribeExecution');
    role.attachInlinePolicy(findRuns);
  }

  /** Returns the parameters that an execution's input cannot override. */
  private createParameters(props: ArchiveWorkflowProps): ArchiveParameters {
    const { account, region } = Stack.of(this);
    return {
      account,
      region,
      s3BucketName: props.destination.bucket.bucketName,
      keyPrefix: props.keyPrefix,
      timeZone: props.timeZone.timezoneName,
      frequency: props.granularity,
      settleHours: props.settleTime.toHours(),
      lookback: props.lookbackPeriods,
      archiver: ARCHIVER_NAME,
    };
  }

  /** The loop over the pages. Each of at most 1,000 pages takes 16 of the 25,000 events of the execution's history. */
  private createPageStates(props: ArchiveWorkflowProps): Chain {
    const planArchive = this.createPlanState(props);
    const wait = new Wait(this, 'WaitUntilExportable', {
      time: WaitTime.timestampPath(pathInto<RunData>('$.page.waitUntil')),
    });
    const isNext = (value: ArchivePage['next']) => Condition.stringEquals(pathInto<RunData>('$.page.next'), value);
    const moreToArchive = new Choice(this, 'MoreToArchive?')
      .when(isNext('ARCHIVE'), this.createMapState(props.functions).next(planArchive))
      .when(isNext('PLAN'), planArchive)
      .when(isNext('WAIT'), wait.next(planArchive))
      .when(isNext('REPORT'), createReportStates(this, props.notificationTopic))
      .when(isNext('STAND_ASIDE'), createAnotherRunState(this));
    return planArchive.next(moreToArchive);
  }

  /** Without a topic, a run whose planner fails ends with the planner's error and cause. */
  private createPlanState(props: ArchiveWorkflowProps): InvokeFunction {
    const { functions, logGroups, notificationTopic } = props;
    const planArchive = new InvokeFunction(this, 'PlanArchive', {
      function: functions.planArchive.function,
      payload: {
        'parameters.$': '$.run.parameters',
        'execution.$': '$.run.execution',
        'input.$': '$.input',
        logGroups: Lazy.any({ produce: () => logGroups.targets }) as unknown as LogGroupTarget[],
        selectors: Lazy.any({ produce: () => logGroups.selectors }) as unknown as LogGroupSelector[],
        ownLogGroupNames: [...functions.logGroups, this.logGroup].map(({ logGroupName }) => logGroupName),
        'page.$': '$.page.number',
        'outcomes.$': '$.page.items',
      } satisfies PayloadOf<PlanArchiveRequest, RunData>,
      resultPath: pathInto<RunData>('$.page'),
      retries: [retry.NEVER, retry.UNTIL_AWS_RECOVERS],
    });
    if (notificationTopic) {
      // The error replaces the data of the run, because a long cause might not fit beside it.
      planArchive.addCatch(
        notifyOfFailure(this, notificationTopic, {
          id: 'TellOperatorOfNoPlan',
          ends: ['NotPlanned', 'PlanArchiveFailed'],
          subject: 'LogArchiver: planning a run failed',
          failed: 'LogArchiver could not plan the run',
          consequence: 'The run archived nothing more',
          next: 'The next daily run retries.',
          article: 'planarchive-failed',
        }),
      );
    }
    return planArchive;
  }

  /**
   * Creates the state that archives a page, one item at a time.
   *
   * CloudWatch Logs runs one export task at a time per account and Region. The Map is distributed: each item has an
   * execution of its own with 25,000 events of history. So the history does not limit the length of a run. An item
   * whose execution crashed has no outcome, which `PlanArchive` detects, and does not stop the other items.
   *
   * The label is part of the ARNs of these executions and of their metrics. Without one, AWS generates it.
   */
  private createMapState(functions: ArchiveFunctions): DistributedMap {
    const map = new DistributedMap(this, 'ArchiveEachLogGroup', {
      label: 'ArchiveEachLogGroup',
      maxConcurrency: 1,
      mapExecutionType: StateMachineType.STANDARD,
      toleratedFailurePercentage: 100,
      itemsPath: pathInto<RunData>('$.page.items'),
      itemSelector: {
        'item.$': '$$.Map.Item.Value',
        'run.$': '$.run',
        'task.$': '$.notStarted.task',
        'error.$': '$.notStarted.error',
      } satisfies PayloadOf<ItemData, RunData>,
      resultPath: pathInto<RunData>('$.page.items'),
    });
    map.itemProcessor(createItemStates(this, functions));
    return map;
  }
}
