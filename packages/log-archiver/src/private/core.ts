import type * as Core from '@log-archiver/core';

/**
 * The rules that the Lambda functions apply at run time, for what can be checked at synth: the same code, published
 * inside this package as a bundle beside theirs, since jsii packages cannot depend on packages that are not published.
 */
const core: typeof Core = require('../../assets/core');

export const { defaultS3Prefix, destinationPrefix, validateKeyPrefix, validateTimeZone } = core;
