/** Tells the people who run Vigie about its own errors. */
export interface ErrorReporter {
  /** `where` says what failed (`GET /api/v1/monitors`). Never rejects, and waits no longer than a few seconds. */
  report(error: unknown, where: string, requestId: string): Promise<void>
}
