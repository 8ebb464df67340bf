export * from './log-archive-stack';
export * from './workload-stack';
