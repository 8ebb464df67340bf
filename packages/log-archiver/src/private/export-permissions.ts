import { ArnFormat, Stack, Token } from 'aws-cdk-lib';
import { type IRole, ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

/** A managed policy holds 6,144 characters, the inline policies of a role 10,240: a statement of this size fits either. */
const MAX_STATEMENT_CHARACTERS = 4_000;
/** The quota of managed policies on a role, unless somebody had it raised. */
const MAX_MANAGED_POLICIES = 10;
const LONGEST_ARN_START = 'arn:aws-us-gov:logs:ap-southeast-1:123456789012:log-group:'.length;
/** What a name that is not known yet is counted as. */
const TOKEN_CHARACTERS = 100;

/**
 * The right to export the named log groups and no other. What does not fit in the role's inline policy goes into
 * managed policies, one statement each: the CDK's own splitting knows neither the length of a token nor the quota.
 */
export class ExportPermissions extends Construct {
  private statement?: PolicyStatement;
  private characters = 0;
  private statements = 0;

  constructor(
    scope: Construct,
    id: string,
    private readonly role: IRole,
  ) {
    super(scope, id);
    this.node.addValidation({ validate: () => this.validateSize() });
  }

  public add({ logGroupName }: ILogGroup) {
    const resources = [this.arnOf(logGroupName), `${this.arnOf(logGroupName)}:*`];
    const nameCharacters = Token.isUnresolved(logGroupName) ? TOKEN_CHARACTERS : logGroupName.length;
    const characters = resources.length * (LONGEST_ARN_START + nameCharacters + '"",'.length) + ':*'.length;
    if (this.statement === undefined || this.characters + characters > MAX_STATEMENT_CHARACTERS) {
      this.statement = this.nextStatement();
      this.characters = JSON.stringify(this.statement.toJSON()).length;
    }
    this.statement.addResources(...resources);
    this.characters += characters;
  }

  private arnOf(logGroupName: string): string {
    return Stack.of(this).formatArn({
      service: 'logs',
      resource: 'log-group',
      resourceName: logGroupName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  }

  private nextStatement(): PolicyStatement {
    const statement = new PolicyStatement({ actions: ['logs:CreateExportTask'] });
    this.statements += 1;
    if (this.statements === 1) {
      this.role.addToPrincipalPolicy(statement);
    } else {
      new ManagedPolicy(this, `LogGroups${this.statements}`, {
        description: 'Lets LogArchiver export some of its log groups',
        statements: [statement],
        roles: [this.role],
      });
    }
    return statement;
  }

  private validateSize(): string[] {
    const managedPolicies = this.statements - 1;
    return managedPolicies > MAX_MANAGED_POLICIES
      ? [
          `the log groups' names must fit the policies of one role, an inline one and ${MAX_MANAGED_POLICIES} managed ones, ` +
            `got names for ${managedPolicies} managed ones; spread the log groups over several archivers`,
        ]
      : [];
  }
}
