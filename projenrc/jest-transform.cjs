/** Transforms sources for Jest. esbuild only removes the types; the target `typecheck` checks them. */
const { transformSync } = require('esbuild');

module.exports = {
  process(source, sourcefile) {
    const loader = sourcefile.endsWith('.ts') ? 'ts' : 'js';
    return transformSync(source, { sourcefile, loader, format: 'cjs', target: 'node20', sourcemap: 'inline' });
  },
};
