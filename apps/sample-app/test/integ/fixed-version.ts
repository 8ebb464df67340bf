/** The definitions of state machines name the version of the construct. A release must not change the snapshots. */
const manifest: { version: string } = require('cdk-log-archiver/package.json');
manifest.version = '0.0.0';
