// Resolves aws-cdk-lib and constructs to their newest versions, for the target `test-newest`.
const Module = require('node:module');

const resolve = Module._resolveFilename;
Module._resolveFilename = function (request, ...rest) {
  return resolve.call(this, request.replace(/^(aws-cdk-lib|constructs)(?=\/|$)/, '$1-newest'), ...rest);
};
