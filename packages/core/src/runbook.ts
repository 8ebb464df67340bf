/** Articles of the runbook that a message or alarm can link to, by their anchors in `docs/runbook.md`. */
export type RunbookArticle =
  | 'archiveincomplete'
  | 'planarchive-failed'
  | 'run-timed-out'
  | 'run-aborted'
  | 'run-not-started'
  | 'unreported-failure'
  | 'no-successful-run'
  | 'errors';

/** Returns the link to an article of the runbook. */
export function runbookLink(article: RunbookArticle): string {
  return `https://github.com/log-archiver/cdk-log-archiver/blob/main/docs/runbook.md#${article}`;
}
