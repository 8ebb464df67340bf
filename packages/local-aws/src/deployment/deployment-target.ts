import type { Alarms } from '../cloudwatch/alarms';
import type { LogMetrics } from '../cloudwatch/log-metrics';
import type { Metrics } from '../cloudwatch/metrics';
import type { EventBus } from '../events/event-bus';
import type { Access } from '../iam/access';
import type { Keys } from '../kms/keys';
import type { LambdaHost } from '../lambda/lambda-host';
import type { LogGroups } from '../logs/stores/log-groups';
import type { Buckets } from '../s3/storage/buckets';
import type { Topics } from '../sns/topics';
import type { InterpreterSettings } from '../step-functions/limited-interpreter';
import type { StepFunctions } from '../step-functions/step-functions';
import type { Environment } from '../template/references';
import type { SynthesizedStack } from '../template/synthesized-stack';

/** Parts of a local AWS that a stack is deployed to. */
export interface DeploymentTarget extends Environment, LambdaHost {
  readonly buckets: Buckets;
  /** Deployed stacks, by name. */
  readonly stacks: Map<string, SynthesizedStack>;
  readonly logs: { readonly logGroups: LogGroups };
  readonly metrics: Metrics;
  readonly logMetrics: LogMetrics;
  readonly alarms: Alarms;
  readonly eventBus: EventBus;
  readonly topics: Topics;
  readonly stepFunctions: StepFunctions;
  readonly keys: Keys;
  readonly mapSettings: InterpreterSettings;
  /** @default - policies are not enforced */
  readonly access?: Access;
}
