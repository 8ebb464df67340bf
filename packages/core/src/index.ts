export * from './archive-keys';
export * from './contract';
export * from './errors';
export * from './keys';
export * from './periods';
export * from './retention';
export * from './task-name';
export * from './time-zones';
