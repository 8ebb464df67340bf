/** Namespace of the metrics of archivers. */
export const METRIC_NAMESPACE = 'LogArchiver';

/** Dimension of the metrics that the planner writes. Its value is the name of the state machine. */
export const METRIC_DIMENSION = 'StateMachine';
