export * from './frequency';
export * from './log-archiver';
export * from './log-archiver-props';
export * from './log-group-selection';
