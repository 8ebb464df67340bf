import type {
  ArchivePage,
  ArchiveParameters,
  LogGroupSelector,
  LogGroupTarget,
  PlanArchiveRequest,
} from '@log-archiver/core';
import { Lazy } from 'aws-cdk-lib';
import { type IRole, Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import {
  type Chain,
  Choice,
  Condition,
  DefinitionBody,
  DistributedMap,
  LogLevel,
  StateMachine,
  StateMachineType,
  Wait,
  WaitTime,
} from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { InvokeFunction } from './invoke-function';
import { archiveOneItem, type ItemData, type ItemFunctions } from './item-states';
import { tellOfNoPlan } from './notify-states';
import { type PayloadOf, pathInto } from './payload';
import { reportRun, standAside } from './report-states';
import * as retry from './retry-policies';
import { configureRun, type RunData } from './run-data';
import { runLog } from './run-log';
import { WorkflowKey } from './workflow-key';

export interface ArchiveWorkflowProps extends ItemFunctions {
  readonly planFunction: IFunction;
  /** What no execution can override. */
  readonly parameters: ArchiveParameters;
  /** Asked when the template is written, as are the selectors: both can be added to until then. */
  readonly logGroups: () => LogGroupTarget[];
  readonly selectors: () => LogGroupSelector[];
  /** Those of the functions. */
  readonly ownLogGroupNames: string[];
  /** Where the operator is told. @default - nowhere */
  readonly topic?: ITopic;
  /** @default - none of a customer */
  readonly encryptionKey?: IKey;
}

/** The state machine: it holds the parameters, and does all waiting and retrying. */
export class ArchiveWorkflow extends Construct {
  public readonly stateMachine: StateMachine;
  public readonly logGroup: LogGroup;
  private readonly key?: WorkflowKey;

  constructor(scope: Construct, id: string, props: ArchiveWorkflowProps) {
    super(scope, id);
    const { encryptionKey } = props;
    this.logGroup = runLog(this, encryptionKey);
    this.key = encryptionKey && new WorkflowKey(this, 'Key', encryptionKey);
    this.stateMachine = new StateMachine(this, 'StateMachine', {
      stateMachineType: StateMachineType.STANDARD,
      comment: 'Archives what is not archived yet of a set of log groups, page by page, one export at a time',
      definitionBody: DefinitionBody.fromChainable(
        configureRun(this, props.parameters).next(this.archivePageByPage(props)),
      ),
      tracingEnabled: true,
      logs: { destination: this.logGroup, level: LogLevel.ALL, includeExecutionData: true },
      ...this.key?.stateMachineProps,
    });
    this.key?.letRun(this.stateMachine);
  }

  /**
   * Lets a role find the runs that are at work. In a policy of its own, which its function does not wait for: the state
   * machine waits for the functions.
   */
  public letFindRuns(role: IRole) {
    const findRuns = new Policy(this, 'FindRuns', {
      roles: [role],
      statements: [
        new PolicyStatement({ actions: ['states:ListExecutions'], resources: [this.stateMachine.stateMachineArn] }),
        ...(this.key?.readStatements ?? []),
      ],
    });
    this.stateMachine.grantExecution(findRuns, 'states:DescribeExecution');
  }

  /** What is left to do is asked before every page; there are at most 1,000, of 16 events in the history's 25,000. */
  private archivePageByPage(props: ArchiveWorkflowProps): Chain {
    const planArchive = this.planArchive(props);
    const wait = new Wait(this, 'WaitUntilExportable', {
      time: WaitTime.timestampPath(pathInto<RunData>('$.page.waitUntil')),
    });
    const next = (value: ArchivePage['next']) => Condition.stringEquals(pathInto<RunData>('$.page.next'), value);
    const moreToArchive = new Choice(this, 'MoreToArchive?')
      .when(next('ARCHIVE'), this.archiveEachLogGroup(props).next(planArchive))
      .when(next('WAIT'), wait.next(planArchive))
      .when(next('REPORT'), reportRun(this, props.topic))
      .when(next('STAND_ASIDE'), standAside(this));
    return planArchive.next(moreToArchive);
  }

  /** A run that cannot be planned ends red, with the error and the cause that it was told. */
  private planArchive(props: ArchiveWorkflowProps): InvokeFunction {
    const planArchive = new InvokeFunction(this, 'PlanArchive', {
      function: props.planFunction,
      payload: {
        'parameters.$': '$.run.parameters',
        'execution.$': '$.run.execution',
        'input.$': '$.input',
        logGroups: Lazy.any({ produce: props.logGroups }) as unknown as LogGroupTarget[],
        selectors: Lazy.any({ produce: props.selectors }) as unknown as LogGroupSelector[],
        ownLogGroupNames: [...props.ownLogGroupNames, this.logGroup.logGroupName],
        'page.$': '$.page.number',
        'outcomes.$': '$.outcomes',
      } satisfies PayloadOf<PlanArchiveRequest, RunData>,
      resultPath: pathInto<RunData>('$.page'),
      retries: [retry.NEVER, retry.UNTIL_AWS_IS_WELL],
    });
    if (props.topic) {
      // The error takes the place of the run's data, beside which a long cause might have no room.
      planArchive.addCatch(tellOfNoPlan(this, props.topic));
    }
    return planArchive;
  }

  /**
   * One at a time: CloudWatch Logs runs one export task an account. Distributed: each item then has an execution, and so
   * 25,000 events of history, of its own; a run that takes days cannot die of its length. What died with its execution
   * has no outcome, which `PlanArchive` sees; it does not take the others along.
   */
  private archiveEachLogGroup(functions: ItemFunctions): DistributedMap {
    const map = new DistributedMap(this, 'ArchiveEachLogGroup', {
      maxConcurrency: 1,
      mapExecutionType: StateMachineType.STANDARD,
      toleratedFailurePercentage: 100,
      itemsPath: pathInto<RunData>('$.page.items'),
      itemSelector: {
        'item.$': '$$.Map.Item.Value',
        'run.$': '$.run',
        'task.$': '$.notStarted.task',
        'recorded.$': '$.notStarted.recorded',
      } satisfies PayloadOf<ItemData, RunData>,
      resultPath: pathInto<RunData>('$.outcomes'),
    });
    map.itemProcessor(archiveOneItem(this, functions));
    return map;
  }
}
