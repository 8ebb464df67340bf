export { AwsError } from './aws-error';
export { BucketFiles } from './bucket-files';
export { type Clock, realTime } from './clock';
export type { DeployedStack } from './cloudformation/deploy';
export { referencesOf } from './cloudformation/references';
export { functionsOf, type SynthesizedFunction, type SynthesizedStack } from './cloudformation/synthesized-stack';
export { cutSocket, lostAnswer, unresolvedName } from './faults/broken-connections';
export {
  dies,
  diesAfterItsCall,
  lambdaUnwell,
  timesOut,
  timesOutAfterItsCall,
  tooManyInvocations,
} from './faults/failed-invocations';
export type { Fault, FaultScope } from './faults/fault';
export { Faults } from './faults/faults';
export { tasksHiddenFor } from './faults/hidden-tasks';
export { type FaultName, NAMED_FAULTS, type NamedFault } from './faults/named-faults';
export { cancelByHand, strangerHoldsSlot } from './faults/other-hands';
export {
  answers,
  bucketPolicyInvalid,
  bucketPolicyMissing,
  proxyPage,
  refuses,
  throttled,
  unavailable,
} from './faults/wrong-answers';
export { type LogsServer, type ServeLogsOptions, serveLogs } from './http/serve-logs';
export { Access, type AccessQuestion } from './iam/access';
export type { Decision } from './iam/evaluate';
export { evaluateAsDocumented } from './iam/evaluate-as-documented';
export type { NamedPolicy, PolicyDocument, Statement } from './iam/policy-document';
export { policiesOf, type ResourcePolicy, type StackPolicies } from './iam/stack-policies';
export { LambdaRuntime, type LambdaRuntimeOptions } from './lambda/lambda-runtime';
export { LocalAws, type LocalAwsOptions } from './local-aws';
export type { ExportCourse } from './logs/export-course';
export type { LogEvent } from './logs/log-group';
export { AwsRequestHandler, type Call } from './request-handler';
export type { PublishedMessage } from './sns/topics';
export type { Execution, ExecutionResult } from './step-functions/execution';
export type { ExecutionEvent } from './step-functions/execution-event';
export { StateMachine } from './step-functions/state-machine';
export { VirtualClock } from './virtual-clock';
