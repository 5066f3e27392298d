/** A wrong command line, of whichever command; the message says what is wrong with it. */
export class UsageError extends Error {}
