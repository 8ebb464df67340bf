let handler: (() => void | Promise<void>) | undefined;

/** Sets what happens before a signal ends the process. @default - nothing */
export function setSignalHandler(onSignal?: () => void | Promise<void>): void {
  handler = onSignal;
}

/** The process ends afterwards. A second signal does not wait for it. */
export async function handleSignal(): Promise<void> {
  await handler?.();
}
