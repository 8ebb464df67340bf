/** Namespace of the metrics of archivers and verifiers. */
export const METRIC_NAMESPACE = 'LogArchiver';

/** Dimension of the metrics that functions write. Its value is the name of the state machine. */
export const METRIC_DIMENSION = 'StateMachine';
