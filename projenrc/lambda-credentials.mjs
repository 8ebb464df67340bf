// What the bundles of Lambda functions have in place of the SDK's chain of credential providers.
export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';
