export * from './archive-bucket';
export * from './archive-bucket-props';
export * from './archive-retention';
export * from './frequency';
export * from './log-archiver';
export * from './log-archiver-props';
export * from './log-group-selection';
