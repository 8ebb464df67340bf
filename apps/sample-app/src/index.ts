export * from './sample-stack';
