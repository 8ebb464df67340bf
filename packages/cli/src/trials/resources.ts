import { CancelExportTaskCommand, CreateLogGroupCommand, DeleteLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
} from '@aws-sdk/client-s3';
import { CreateStateMachineCommand, DeleteStateMachineCommand } from '@aws-sdk/client-sfn';
import { ROLE_PATH, type StateMachineKind, type TrialNames } from './names';
import { createBucketPolicy, createCallerPolicy, createMachinePolicy, createTrustPolicy } from './policies';
import { createDefinitions } from './state-machines';
import type { TrialAccount } from './trial-account';

/** A resource that the trials create and remove. */
export interface Resource {
  /** Kind and name, for people. */
  readonly label: string;
  create(account: TrialAccount): Promise<void>;
  remove(account: TrialAccount): Promise<void>;
  /** Returns the commands of the AWS CLI that remove the resource, without the options for the account and Region. */
  listRemoveCommands(account: TrialAccount): string[];
}

const POLICY_NAME = 'trial';
/** Errors of resources that do not exist. */
const MISSING = ['ResourceNotFoundException', 'NoSuchBucket', 'NoSuchEntityException', 'NoSuchEntity'];
const REMOVAL_ATTEMPTS = 12;
const RETRY_INTERVAL_MS = 10_000;

/** Returns everything that the trials create, in this order. They are removed in the reverse order. */
export function listResources(names: TrialNames): Resource[] {
  return [
    createLogGroup(names.logGroup, 'STANDARD'),
    createLogGroup(names.infrequentAccessLogGroup, 'INFREQUENT_ACCESS'),
    createBucket(names.bucket, true),
    createBucket(names.policyBucket, false),
    createRole(names.callerRole, createCallerPolicy, ({ partition, accountId }) => ({
      AWS: `arn:${partition}:iam::${accountId}:root`,
    })),
    createRole(names.machineRole, createMachinePolicy, () => ({ Service: 'states.amazonaws.com' })),
    ...(Object.keys(names.stateMachines) as StateMachineKind[]).map((kind) => createStateMachine(names, kind)),
  ];
}

/** Removes a resource, which may not exist. Retries while it is in use, because an export may still write. */
export async function removeResource(resource: Resource, account: TrialAccount): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await resource.remove(account);
    } catch (error) {
      if (MISSING.includes((error as Error).name)) {
        return;
      }
      if (attempt === REMOVAL_ATTEMPTS || !/NotEmpty|Conflict|OperationAborted/.test((error as Error).name)) {
        throw error;
      }
    }
    await account.wait(RETRY_INTERVAL_MS);
  }
}

/** Cancels the export task that was started last, unless it has ended. */
export async function cancelActiveTask({ logs, activeTaskId }: TrialAccount): Promise<void> {
  if (activeTaskId !== undefined) {
    // The task may end by itself. If it does not, the removal of the bucket fails, which is reported.
    await logs.send(new CancelExportTaskCommand({ taskId: activeTaskId })).catch(() => undefined);
  }
}

function createLogGroup(logGroupName: string, logGroupClass: 'STANDARD' | 'INFREQUENT_ACCESS'): Resource {
  return {
    label: `log group ${logGroupName}`,
    create: async ({ logs }) => {
      await logs.send(new CreateLogGroupCommand({ logGroupName, logGroupClass }));
    },
    remove: async ({ logs }) => {
      await logs.send(new DeleteLogGroupCommand({ logGroupName }));
    },
    listRemoveCommands: () => [`aws logs delete-log-group --log-group-name ${logGroupName}`],
  };
}

function createBucket(Bucket: string, isDestination: boolean): Resource {
  return {
    label: `bucket ${Bucket}`,
    create: async ({ s3, region, arns }) => {
      const LocationConstraint = region as 'eu-central-1';
      await s3.send(
        new CreateBucketCommand({
          Bucket,
          ...(region === 'us-east-1' ? {} : { CreateBucketConfiguration: { LocationConstraint } }),
        }),
      );
      if (isDestination) {
        await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: createBucketPolicy(arns) }));
      }
    },
    remove: async (account) => {
      await emptyBucket(account, Bucket);
      await account.s3.send(new DeleteBucketCommand({ Bucket }));
    },
    listRemoveCommands: () => [`aws s3 rb --force s3://${Bucket}`],
  };
}

async function emptyBucket({ s3 }: TrialAccount, Bucket: string): Promise<void> {
  for (;;) {
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
    if (Contents.length === 0) {
      return;
    }
    for (const { Key } of Contents) {
      await s3.send(new DeleteObjectCommand({ Bucket, Key }));
    }
  }
}

function createRole(
  RoleName: string,
  createPolicy: (arns: TrialAccount['arns']) => string,
  trust: (arns: TrialAccount['arns']) => Record<string, string>,
): Resource {
  return {
    label: `IAM role ${RoleName}`,
    create: async ({ iam, arns }) => {
      const AssumeRolePolicyDocument = createTrustPolicy(trust(arns));
      await iam.send(new CreateRoleCommand({ RoleName, Path: ROLE_PATH, AssumeRolePolicyDocument }));
      const PolicyDocument = createPolicy(arns);
      await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: POLICY_NAME, PolicyDocument }));
    },
    remove: async ({ iam }) => {
      await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: POLICY_NAME })).catch((error: Error) => {
        if (!MISSING.includes(error.name)) {
          throw error;
        }
      });
      await iam.send(new DeleteRoleCommand({ RoleName }));
    },
    listRemoveCommands: () => [
      `aws iam delete-role-policy --role-name ${RoleName} --policy-name ${POLICY_NAME}`,
      `aws iam delete-role --role-name ${RoleName}`,
    ],
  };
}

function createStateMachine(names: TrialNames, kind: StateMachineKind): Resource {
  const name = names.stateMachines[kind];
  return {
    label: `state machine ${name}`,
    create: async (account) => {
      const { arns, sfn } = account;
      const definition = createDefinitions(names.bucket, arns)[kind];
      const command = new CreateStateMachineCommand({ name, definition, roleArn: arns.machineRole });
      await account.untilAllowed(() => sfn.send(command));
    },
    remove: async ({ sfn, arns }) => {
      await sfn.send(new DeleteStateMachineCommand({ stateMachineArn: arns.stateMachines[kind] }));
    },
    listRemoveCommands: ({ arns }) => [
      `aws stepfunctions delete-state-machine --state-machine-arn ${arns.stateMachines[kind]}`,
    ],
  };
}
