let handler: (() => void) | undefined;

/** Sets what happens before a signal ends the process. @default - nothing */
export function setSignalHandler(onSignal?: () => void): void {
  handler = onSignal;
}

/** Must only do synchronous work, because the process ends afterwards. */
export function handleSignal(): void {
  handler?.();
}
