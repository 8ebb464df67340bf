// Invokes a bundled function once, as Lambda does: the event comes on standard input, and the answer goes to descriptor 3.
// usage: node invoke.cjs BUNDLE
const { readFileSync, writeSync } = require('node:fs');

const answer = (fields) => {
  writeSync(3, JSON.stringify(fields));
  process.exit(0);
};
require(process.argv[2])
  .handler(JSON.parse(readFileSync(0, 'utf8')))
  .then(
    (payload) => answer({ payload: payload ?? null }),
    ({ name, message }) => answer({ error: { errorType: name, errorMessage: message, trace: [] } }),
  );
