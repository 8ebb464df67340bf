export * from './frequency';
export * from './log-archiver';
