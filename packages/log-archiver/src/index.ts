export * from './archive-bucket';
export * from './archive-bucket-props';
export * from './archive-retention';
export * from './granularity';
export * from './log-archiver';
export * from './log-archiver-props';
export * from './log-group-selection';
