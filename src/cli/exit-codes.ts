/** What every command returns to the shell. */
export const exitCodes = {
  fine: 0,
  /** Findings, differences or a failed check. */
  findings: 1,
  /** Wrong usage or unreadable input. */
  usage: 2,
  /** A fault of ours. */
  fault: 3,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
