import type { LogGroupFilter } from '@log-archiver/core';
import { ArnFormat, Stack, Token } from 'aws-cdk-lib';
import { type IRole, ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

export interface LogGroupPermissionsProps {
  readonly role: IRole;
  readonly action: 'logs:CreateExportTask' | 'logs:FilterLogEvents';
}

/** A managed policy holds 6,144 characters, the inline policies of a role 10,240: statements of this size fit either. */
const MAX_CHARACTERS = 4_000;
/** The quota of managed policies on a role, unless somebody had it raised. */
const MAX_MANAGED_POLICIES = 10;
const LONGEST_ARN_START = 'arn:aws-us-gov:logs:ap-southeast-1:123456789012:log-group:'.length;
/** What is not known yet is counted as. */
const TOKEN_CHARACTERS = 100;

/**
 * The right to an action on the log groups that are archived, and on no other. What does not fit in the role's inline
 * policy goes into managed policies: the CDK's own splitting knows neither the length of a token nor the quota. What a
 * selection excludes is not denied: the run leaves it out.
 */
export class LogGroupPermissions extends Construct {
  private readonly role: IRole;
  private readonly action: string;
  private policies = 0;
  /** The policy that is being filled; the role's inline one while there is no other. */
  private managedPolicy?: ManagedPolicy;
  /** Of the statements in that policy. */
  private characters = 0;
  /** The statement in that policy that log groups are added to by name. */
  private named?: PolicyStatement;

  constructor(scope: Construct, id: string, { role, action }: LogGroupPermissionsProps) {
    super(scope, id);
    this.role = role;
    this.action = action;
    this.node.addValidation({ validate: () => this.validateSize() });
  }

  public add(filter: LogGroupFilter) {
    switch (filter.by) {
      case 'NAME':
        filter.logGroupNames.forEach((name) => {
          this.addNamed(name);
        });
        break;
      case 'PREFIX':
        this.addNamed(`${filter.prefix}*`);
        break;
      case 'PATTERN':
        this.addNamed(`*${filter.pattern}*`);
        break;
      case 'TAG':
        this.addTagged(filter.key, filter.values);
        break;
      case 'ALL':
        this.addNamed('*');
    }
  }

  private addNamed(name: string) {
    const resources = this.arnsOf(name);
    const characters = resources.length * (LONGEST_ARN_START + charactersOf(name) + '"",'.length) + ':*'.length;
    if (this.named === undefined || this.characters + characters > MAX_CHARACTERS) {
      const statement = new PolicyStatement({ actions: [this.action] });
      this.put(statement, JSON.stringify(statement.toJSON()).length + characters);
      this.named = statement;
    } else {
      this.characters += characters;
    }
    this.named.addResources(...resources);
  }

  /** Each tag in a statement of its own: of one statement, all conditions have to be met. */
  private addTagged(key: string, values: string[]) {
    const tag = `aws:ResourceTag/${key}`;
    const resources = this.arnsOf('*');
    const conditions = values.length > 0 ? { StringEquals: { [tag]: values } } : { Null: { [tag]: 'false' } };
    const rest = new PolicyStatement({ actions: [this.action], conditions: { Null: { [tag]: 'false' } } });
    const characters =
      JSON.stringify(rest.toJSON()).length +
      resources.length * (LONGEST_ARN_START + '"*:*",'.length) +
      values.reduce((sum, value) => sum + charactersOf(value) + '"",'.length, 'StringEquals'.length);
    this.put(new PolicyStatement({ actions: [this.action], resources, conditions }), characters);
  }

  /** The forms with and without the log streams: AWS does not say which of them it asks for. */
  private arnsOf(logGroupName: string): string[] {
    const arn = Stack.of(this).formatArn({
      service: 'logs',
      resource: 'log-group',
      resourceName: logGroupName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    return [arn, `${arn}:*`];
  }

  private put(statement: PolicyStatement, characters: number) {
    if (this.policies === 0 || this.characters + characters > MAX_CHARACTERS) {
      this.startPolicy();
    }
    this.characters += characters;
    if (this.managedPolicy === undefined) {
      this.role.addToPrincipalPolicy(statement);
    } else {
      this.managedPolicy.addStatements(statement);
    }
  }

  private startPolicy() {
    this.policies += 1;
    this.characters = 0;
    this.named = undefined;
    if (this.policies > 1) {
      this.managedPolicy = new ManagedPolicy(this, `LogGroups${this.policies}`, {
        description: `Lets LogArchiver call ${this.action} on some of its log groups`,
        roles: [this.role],
      });
    }
  }

  private validateSize(): string[] {
    const managedPolicies = this.policies - 1;
    return managedPolicies > MAX_MANAGED_POLICIES
      ? [
          `the log groups' names and selections must fit the policies of one role, an inline one and ` +
            `${MAX_MANAGED_POLICIES} managed ones, got ${managedPolicies} managed ones; ` +
            'select by a prefix, or spread the log groups over several archivers',
        ]
      : [];
  }
}

function charactersOf(text: string): number {
  return Token.isUnresolved(text) ? TOKEN_CHARACTERS : text.length;
}
