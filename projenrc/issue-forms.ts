const text = (id: string, label: string, description?: string, required = true) => ({
  type: 'textarea',
  id,
  attributes: { label, ...(description ? { description } : {}) },
  validations: { required },
});

/** Forms of GitHub for new issues, by file name. */
export const issueForms = {
  config: {
    blank_issues_enabled: false,
    contact_links: [
      {
        name: 'Security',
        url: 'https://github.com/log-archiver/cdk-log-archiver/security/policy',
        about: 'Report a vulnerability in private.',
      },
    ],
  },
  'lost-logs': {
    name: 'Logs are missing, or an archive is complete by mistake',
    description: 'The archiver said COMPLETE, and an event is not in the archive. These issues come first.',
    labels: ['bug', 'lost-logs'],
    body: [
      text('expected', 'Which events are missing?', 'Log group, log stream, time with zone. No log messages, please.'),
      text(
        'period',
        'The status of the period',
        'The file `_log-archiver/periods/….json`, or the output of `log-archiver status`.',
      ),
      text(
        'receipt',
        'The receipt of the log group',
        'The output of `log-archiver show`, if there is a receipt.',
        false,
      ),
      text('export', 'The export task', 'The output of `aws logs describe-export-tasks --task-id …`.', false),
      text('versions', 'Versions', 'cdk-log-archiver, aws-cdk-lib, Region.'),
    ],
  },
  bug: {
    name: 'Bug',
    description: 'An error, a wrong result, or a misleading text.',
    labels: ['bug'],
    body: [
      text('input', 'What did you do?', 'The construct with its props, the command, or the input of the execution.'),
      text('actual', 'What happened?', "The whole message, and the execution's error and cause."),
      text('expected', 'What did you expect?'),
      text('versions', 'Versions', 'cdk-log-archiver, aws-cdk-lib, Node or the language, Region.'),
    ],
  },
  feature: {
    name: 'Feature',
    description: 'Something that the archiver cannot do.',
    labels: ['enhancement'],
    body: [
      text('task', 'What do you want to achieve?', 'The task, before a solution: who needs it, and how often.'),
      text('today', 'How do you do it today?', undefined, false),
    ],
  },
  'aws-differs': {
    name: 'AWS behaves differently',
    description: 'A result of `npx log-archiver trials`, or anything that AWS does differently from docs/runbook.md.',
    labels: ['aws'],
    body: [
      text(
        'item',
        'Which assumption?',
        'The number in docs/runbook.md, "To try first on a real account", or a link to the text.',
      ),
      text(
        'observed',
        'What did AWS do?',
        'The output of `npx log-archiver trials`, or the response of AWS. Remove account ids.',
      ),
      text('region', 'Region and date'),
    ],
  },
};
