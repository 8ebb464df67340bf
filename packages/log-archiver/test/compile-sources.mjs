// Compiles sources of this package, some of them replaced or added, and prints the errors of each source.
//
// Runs in a process of its own, because TypeScript is twice as fast outside Jest.
// Argument: the configuration, a file of the package.
// Input on stdin: a list of runs { rootNames, texts }, where `texts` has contents by absolute path.
// Without `rootNames`, the roots are the sources of the package.
// Output: a list with the errors by absolute path for each run.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

const PACKAGE = join(import.meta.dirname, '..');
const CONFIG = join(PACKAGE, process.argv[2]);
const { config } = ts.readConfigFile(CONFIG, ts.sys.readFile);
const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, dirname(CONFIG));
const host = ts.createCompilerHost(options);
const parsed = new Map();
let lastProgram;

function compile({ rootNames = fileNames, texts }) {
  const program = ts.createProgram(
    rootNames,
    { ...options, rootDir: undefined, noEmit: true },
    {
      ...host,
      fileExists: (name) => name in texts || host.fileExists(name),
      readFile: (name) => texts[name] ?? host.readFile(name),
      getSourceFile: (name, version) => {
        if (name in texts) {
          return ts.createSourceFile(name, texts[name], version, true);
        }
        if (!parsed.has(name)) {
          parsed.set(name, host.getSourceFile(name, version));
        }
        return parsed.get(name);
      },
    },
    lastProgram,
  );
  lastProgram = program;
  return Object.fromEntries(
    rootNames.map((name) => {
      const source = program.getSourceFile(name);
      const diagnostics = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
      return [name, diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))];
    }),
  );
}

console.log(JSON.stringify(JSON.parse(readFileSync(0, 'utf8')).map(compile)));
