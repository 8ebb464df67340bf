const { name, version }: { name: string; version: string } = require('../../../package.json');

/** What receipts and reports call the construct that deployed their archiver: `cdk-log-archiver 1.2.3`. */
export const ARCHIVER_NAME = `${name} ${version}`;
