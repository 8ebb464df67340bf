import { MAX_MESSAGE_CHARACTERS } from '../limits';

/** Truncates a message. The last character of a truncated message is an ellipsis. */
export function truncate(message: string, maxCharacters = MAX_MESSAGE_CHARACTERS): string {
  return message.length <= maxCharacters ? message : `${message.slice(0, maxCharacters - 1)}…`;
}
