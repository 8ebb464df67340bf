import type { LogGroupFilter } from '@log-archiver/core';
import { ArnFormat, Stack, Token } from 'aws-cdk-lib';
import { type IRole, ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

export interface LogGroupPermissionsProps {
  readonly role: IRole;
  readonly actions: string[];
}

/**
 * Maximum size of the statements in one policy.
 *
 * A managed policy holds 6,144 characters, and the inline policies of a role hold 10,240: this size fits in both.
 */
const MAX_CHARACTERS = 4_000;
/** Default quota of managed policies per role. */
const MAX_MANAGED_POLICIES = 10;
const LONGEST_ARN_START_CHARACTERS = 'arn:aws-us-gov:logs:ap-southeast-1:123456789012:log-group:'.length;
/** Assumed length of a value that is not known yet. */
const TOKEN_CHARACTERS = 100;

/**
 * Permission for some actions, on the archived log groups only.
 *
 * Statements that do not fit in the role's inline policy go into managed policies. The CDK's own splitting knows
 * neither the length of a token nor the quota. Log groups that a selection excludes are not denied, because the planner
 * leaves them out.
 */
export class LogGroupPermissions extends Construct {
  /** Resources of the statements. */
  public readonly arns: string[] = [];
  private readonly role: IRole;
  private readonly actions: string[];
  private policies = 0;
  /** Policy that is being filled; `undefined` for the role's inline policy. */
  private managedPolicy?: ManagedPolicy;
  /** Size of the statements in that policy. */
  private characters = 0;
  /** Statement in that policy to which log groups are added by name. */
  private named?: PolicyStatement;

  constructor(scope: Construct, id: string, { role, actions }: LogGroupPermissionsProps) {
    super(scope, id);
    this.role = role;
    this.actions = actions;
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

  /**
   * Whether the role is precreated (`Role.customizeRoles`), so that the template has no policies.
   *
   * Such a role copies each statement into a report when the statement is added, without resources that are added later.
   */
  private get isPrecreated(): boolean {
    return this.role.node.defaultChild === undefined;
  }

  private addNamed(name: string) {
    const resources = this.formatArns(name);
    if (this.isPrecreated) {
      this.role.addToPrincipalPolicy(new PolicyStatement({ actions: this.actions, resources }));
      return;
    }
    const characters =
      resources.length * (LONGEST_ARN_START_CHARACTERS + countCharacters(name) + '"",'.length) + ':*'.length;
    if (this.named === undefined || this.characters + characters > MAX_CHARACTERS) {
      const statement = new PolicyStatement({ actions: this.actions });
      this.addStatement(statement, JSON.stringify(statement.toJSON()).length + characters);
      this.named = statement;
    } else {
      this.characters += characters;
    }
    this.named.addResources(...resources);
  }

  /** Adds a statement for each tag, because all conditions of one statement must match. */
  private addTagged(key: string, values: string[]) {
    const tag = `aws:ResourceTag/${key}`;
    const resources = this.formatArns('*');
    const conditions = values.length > 0 ? { StringEquals: { [tag]: values } } : { Null: { [tag]: 'false' } };
    const rest = new PolicyStatement({ actions: this.actions, conditions: { Null: { [tag]: 'false' } } });
    const characters =
      JSON.stringify(rest.toJSON()).length +
      resources.length * (LONGEST_ARN_START_CHARACTERS + '"*:*",'.length) +
      values.reduce((sum, value) => sum + countCharacters(value) + '"",'.length, 'StringEquals'.length);
    this.addStatement(new PolicyStatement({ actions: this.actions, resources, conditions }), characters);
  }

  /** Records and returns the ARN with and without log streams: AWS does not document which form it checks. */
  private formatArns(logGroupName: string): string[] {
    const arn = Stack.of(this).formatArn({
      service: 'logs',
      resource: 'log-group',
      resourceName: logGroupName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    const arns = [arn, `${arn}:*`];
    this.arns.push(...arns);
    return arns;
  }

  private addStatement(statement: PolicyStatement, characters: number) {
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
        description: `Allows LogArchiver to call ${this.actions.join(', ')} on some of its log groups`,
        roles: [this.role],
      });
    }
  }

  private validateSize(): string[] {
    const managedPolicies = this.policies - 1;
    return managedPolicies > MAX_MANAGED_POLICIES
      ? [
          `the log groups need ${managedPolicies} managed policies; a role can have ${MAX_MANAGED_POLICIES}. Select ` +
            'by prefix, or split the archiver',
        ]
      : [];
  }
}

function countCharacters(text: string): number {
  return Token.isUnresolved(text) ? TOKEN_CHARACTERS : text.length;
}
