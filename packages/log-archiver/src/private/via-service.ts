import { type Stack, Token } from 'aws-cdk-lib';

/**
 * Returns the value or values of `kms:ViaService` for services in a Region, such as that of a stack.
 *
 * In China, AWS does not document whether the value ends with `amazonaws.com` or with the URL suffix of the partition,
 * so both are listed. An environment-agnostic stack can be deployed there.
 * https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
 */
export function viaServices(
  { region, urlSuffix }: Pick<Stack, 'region' | 'urlSuffix'>,
  ...services: string[]
): string | string[] {
  const mayBeInChina = Token.isUnresolved(region) || region.startsWith('cn-');
  const suffixes = mayBeInChina ? ['amazonaws.com', urlSuffix] : [urlSuffix];
  const values = services.flatMap((service) => suffixes.map((suffix) => `${service}.${region}.${suffix}`));
  return values.length === 1 ? (values[0] as string) : values;
}
