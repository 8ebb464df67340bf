import type { Access } from '../iam/access';
import type { LambdaHost } from '../lambda/lambda-host';
import type { LogGroups } from '../logs/stores/log-groups';
import type { Buckets } from '../s3/storage/buckets';
import type { Topics } from '../sns/topics';
import type { ItemOrder } from '../step-functions/limits/item-order';
import type { StepFunctions } from '../step-functions/step-functions';
import type { Environment } from '../template/references';

/** Parts of a local AWS that a stack is deployed to. */
export interface DeploymentTarget extends Environment, LambdaHost {
  readonly buckets: Buckets;
  readonly logs: { readonly logGroups: LogGroups };
  readonly topics: Topics;
  readonly stepFunctions: StepFunctions;
  readonly itemOrder: ItemOrder;
  /** @default - policies are not enforced */
  readonly access?: Access;
}
