const { name, version }: { name: string; version: string } = require('../../../package.json');

/** Name and version of the construct in receipts and reports: `cdk-log-archiver 1.2.3`. */
export const ARCHIVER_NAME = `${name} ${version}`;
