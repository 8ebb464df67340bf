/**
 * Prints a resolved value with its references as in the IDs of cdk-nag: `arn:<AWS::Partition>:s3:::<Bucket.Arn>`.
 *
 * https://github.com/cdklabs/cdk-nag/blob/main/src/utils/flatten-cfn-reference.ts
 */
export function printReference(value: unknown): string {
  if (typeof value === 'string') {
    return value.replaceAll('${', '<').replaceAll('}', '>');
  }
  const { Ref: ref, ...functions } = value as Record<string, unknown>;
  const join = functions['Fn::Join'] as [string, unknown[]] | undefined;
  const getAtt = functions['Fn::GetAtt'] as [string, unknown] | undefined;
  if (ref !== undefined) {
    return `<${printReference(ref)}>`;
  }
  if (join !== undefined) {
    return join[1].map(printReference).join(join[0]);
  }
  if (getAtt !== undefined) {
    return `<${getAtt.map(printReference).join('.')}>`;
  }
  const substituted = functions['Fn::Sub'];
  if (substituted !== undefined) {
    return printReference(substituted);
  }
  const imported = functions['Fn::ImportValue'];
  return imported === undefined ? JSON.stringify(value) : printReference(imported);
}
