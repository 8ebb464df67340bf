/** Articles of the runbook to which messages and alarms link, by their anchors in `docs/runbook.md`. */
export const RUNBOOK_ARTICLES = [
  'archiveincomplete',
  'archiveloss',
  'warnings',
  'planarchive-failed',
  'run-timed-out',
  'run-aborted',
  'run-not-started',
  'unreported-failure',
  'no-successful-run',
  'oldest-incomplete',
  'log-groups-at-risk',
  'errors',
  'archivenotverified',
  'verification-failed',
] as const;

export type RunbookArticle = (typeof RUNBOOK_ARTICLES)[number];

/** Returns the link to an article of the runbook. */
export function runbookLink(article: RunbookArticle): string {
  return `https://github.com/log-archiver/cdk-log-archiver/blob/main/docs/runbook.md#${article}`;
}
