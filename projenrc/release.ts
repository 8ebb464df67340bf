import { relative } from 'node:path';
import { Component, type Task } from 'projen';
import { JobPermission } from 'projen/lib/github/workflows-model';
import { Release, ReleaseTrigger } from 'projen/lib/release';
import { LANGUAGE_TOOLS } from './construct-library';
import type { Monorepo } from './monorepo';
import type { TypeScriptPackage } from './typescript-package';
import * as versions from './versions';
import { installWith, languageTools } from './workflow';

export interface PackageReleaseOptions {
  /** The construct, which is published for every language. */
  readonly construct: TypeScriptPackage;
  /** The command, which is published to npm only. */
  readonly command: TypeScriptPackage;
}

/**
 * The release workflow: a maintainer starts it, and it publishes both packages with the same version.
 *
 * The version follows from the commits since the last tag, and so do the notes of the GitHub release.
 */
export class PackageRelease extends Component {
  constructor(
    private readonly root: Monorepo,
    { construct, command }: PackageReleaseOptions,
  ) {
    super(root);
    const build = root.tasks.tryFind('build') as Task;
    const release = new Release(root, {
      tasks: [build, this.addPackTask(construct, command)],
      versionFile: 'package.json',
      artifactsDirectory: 'dist',
      branch: 'main',
      releaseTrigger: ReleaseTrigger.workflowDispatch(),
      // A maintainer has to approve the jobs that publish.
      releaseEnvironment: 'release',
      // Before 1.0, the first release is 0.1.0. Without a tag, projen would publish 0.0.0.
      nextVersionCommand: '[ "$VERSION" != 0.0.0 ] || echo minor',
      releaseWorkflowSetupSteps: [...installWith(22), ...languageTools],
      workflowNodeVersion: '24',
      workflowPermissions: { contents: JobPermission.READ },
      // These two run with the rights to publish.
      jsiiReleaseVersion: versions.publib.split('@')[1],
      bumpPackage: versions.commitAndTagVersion,
    });
    release.publisher.publishToNpm({ trustedPublishing: true, npmProvenance: true });
    release.publisher.publishToPyPi({ trustedPublishing: true });
    release.publisher.publishToNuget({ trustedPublishing: true });
    // Maven Central has no trusted publishing.
    release.publisher.publishToMaven();
    // The module of Go is a repository of its own: the key can write to this one only.
    release.publisher.publishToGo({ githubUseSsh: true });
    root.gitignore.exclude('/dist/');
  }

  /** Packs with the version that `bump` has chosen, and collects the packages where publib looks for them. */
  private addPackTask(construct: TypeScriptPackage, command: TypeScriptPackage): Task {
    const workspaces = [construct, command].map(({ package: { packageName } }) => `-w ${packageName}`).join(' ');
    const [from, commandFrom] = [construct, command].map(({ outdir }) => relative(this.root.outdir, outdir));
    const setVersion = (version: string) =>
      `npm version ${version} ${workspaces} --no-git-tag-version --no-workspaces-update --allow-same-version`;
    return this.root.addTask('release:pack', {
      description: 'Packs the construct for every language, and the command, with the version of dist/version.txt',
      steps: [
        { exec: setVersion('$(cat dist/version.txt)') },
        ...[from, commandFrom].map((folder) => ({ exec: `cp dist/changelog.md ${folder}/CHANGELOG.md` })),
        { exec: 'npx nx run-many -t package package-all' },
        { exec: setVersion('0.0.0') },
        ...Object.keys(LANGUAGE_TOOLS).map((language) => ({
          exec: `mkdir -p dist && cp -r ${from}/dist/${language} dist/`,
        })),
        { exec: `cp ${commandFrom}/dist/js/*.tgz dist/js/` },
      ],
    });
  }
}
