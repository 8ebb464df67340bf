/** Shows in the report of a failed property why it failed: the runner does not print the causes of errors. */
require('fast-check').configureGlobal({ includeErrorInReport: true });
