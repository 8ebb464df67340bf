export type { AlarmState } from './cloudwatch/judge-datapoints';
export type { MetricId, PutMetricDataInput } from './cloudwatch/metrics';
export type { DeployedStack } from './deployment/deploy';
export { cutSocket, lostAnswer, unresolvedName } from './faults/broken-connections';
export type { Fault, FaultScope } from './faults/fault';
export { Faults } from './faults/faults';
export {
  accessDenied,
  answers,
  answersOtherwise,
  proxyPage,
  refuses,
  throttled,
  unavailable,
} from './faults/wrong-answers';
export { Access, type AccessQuestion } from './iam/access';
export type { AccessDecision } from './iam/evaluate';
export { evaluateAsDocumented } from './iam/evaluate-as-documented';
export { isEvaluatorInstalled, requiresEvaluator } from './iam/evaluator';
export type { NamedPolicy, PolicyDocument, Statement } from './iam/policy-document';
export { canMatch } from './iam/relevant-statements';
export { type ResourcePolicy, readPolicies, type StackPolicies } from './iam/stack-policies';
export { foreignTaskHoldsSlot, operatorCancelsTask } from './incidents/external-actors';
export { type FaultName, NAMED_FAULTS, type NamedFault } from './incidents/named-faults';
export {
  crashes,
  crashesAfterItsCall,
  serviceError,
  timesOut,
  timesOutAfterItsCall,
  tooManyInvocations,
} from './lambda/failed-invocations';
export type { FunctionLogLine } from './lambda/function-logs';
export { LambdaRuntime, type LambdaRuntimeOptions } from './lambda/lambda-runtime';
export { LocalAws, type LocalAwsOptions } from './local-aws';
export { bucketPolicyInvalid, bucketPolicyMissing, tasksHiddenFor } from './logs/exports/export-faults';
export type { ScriptedExport } from './logs/exports/scripted-export';
export type { ScriptedQuery } from './logs/queries/queries';
export type { RangeEnd } from './logs/range-end';
export type { LogEvent } from './logs/stores/log-group';
export { AwsError } from './protocol/aws-error';
export { AwsRequestHandler, type RecordedCall } from './request-handler';
export { Buckets } from './s3/storage/buckets';
export { makeFolder } from './server/make-folder';
export { type LogsServer, type ServeLogsOptions, serveLogs } from './server/serve';
export type { RefusedMessage } from './sns/service-publisher';
export type { PublishedMessage } from './sns/topics';
export type { Execution } from './step-functions/execution';
export type { ExecutionEvent } from './step-functions/interpreter/execution-event';
export type { ExecutionResult } from './step-functions/interpreter/execution-result';
export { StateMachine } from './step-functions/state-machine';
export { findReferences } from './template/references';
export { resolve } from './template/resolve';
export { readFunctions, type SynthesizedFunction, type SynthesizedStack } from './template/synthesized-stack';
export { type Clock, realTime } from './time/clock';
export { VirtualClock } from './time/virtual-clock';
