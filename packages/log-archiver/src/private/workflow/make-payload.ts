import { Pass, type PassProps, type QueryLanguage } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';

export interface MakePayloadProps extends Omit<PassProps, 'parameters'> {
  /** Parameters of the state, written unchanged. */
  readonly payload: object;
}

/** Pass state whose parameters may contain `null`, which the CDK's `Pass` omits. */
export class MakePayload extends Pass {
  private readonly payload: object;

  constructor(scope: Construct, id: string, { payload, ...props }: MakePayloadProps) {
    super(scope, id, props);
    this.payload = payload;
  }

  public override toStateJson(queryLanguage?: QueryLanguage): object {
    return { ...super.toStateJson(queryLanguage), Parameters: this.payload };
  }
}
