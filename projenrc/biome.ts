/** Configuration of Biome: format, style, and the rules that keep the packages apart. */
export const biomeConfig = {
  $schema: './node_modules/@biomejs/biome/configuration_schema.json',
  vcs: { enabled: true, clientKind: 'git', useIgnoreFile: true },
  files: { includes: ['**/*.ts', '**/*.mjs'] },
  formatter: { indentStyle: 'space', indentWidth: 2, lineWidth: 120 },
  javascript: { formatter: { quoteStyle: 'single', trailingCommas: 'all' } },
  linter: {
    rules: {
      preset: 'recommended',
      style: { useImportType: 'error', useNodejsImportProtocol: 'error' },
      suspicious: {
        noExplicitAny: 'error',
        noSkippedTests: 'error',
        noFocusedTests: 'error',
        // Type imports count: a reader has to follow them as well.
        noImportCycles: { level: 'error', options: { ignoreTypes: false } },
        // `${…}` is also what IAM calls a policy variable, and GitHub an expression.
        noTemplateCurlyInString: 'off',
      },
      correctness: {
        noUnusedVariables: 'error',
        noUnusedImports: 'error',
        // A package imports only what .projenrc.ts declares for it.
        noUndeclaredDependencies: {
          level: 'error',
          // The published command contains its dependencies.
          options: { devDependencies: ['**/test/**', '**/testing.ts', '**/cli/src/**'] },
        },
      },
      nursery: { noFloatingPromises: 'error', noMisusedPromises: 'error' },
    },
  },
};
