/** For `toThrow`: an input that is refused, with exactly this message. */
export function invalidRequest(message: string): Error {
  return expect.objectContaining({ name: 'InvalidArchiveRequest', message });
}
