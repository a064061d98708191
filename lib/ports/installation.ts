/** What a test of one part of the installation found. */
export interface TestResult {
  ok: boolean
  /** One English sentence with the facts: "Answered 200 in 85 ms." Holds no secret. */
  detail: string
}

/** What this installation runs with. Facts about secrets are whether they are set, never what they are. */
export interface InstallationFacts {
  isLocal: boolean
  /** Where people reach the dashboard. */
  url: string
  /** Host of the database's API. */
  databaseHost: string
  /** Sender of mails; null when Resend is not configured. */
  resendFrom: string | null
  /** Sending number; null when Twilio is not configured. */
  twilioFrom: string | null
  /** SLACK_WEBHOOK_URL is set: channels without an address of their own post there. */
  hasSlackAddress: boolean
  hasSentry: boolean
  hasDeadman: boolean
  /** CIDR ranges that probes may reach besides public addresses. */
  allowTargets: string[]
  platform: 'vercel' | 'local' | 'other'
}

/** A wrong or missing environment variable. `message` ends a sentence that begins with the name, and never holds the value. */
export interface InstallationProblem {
  name: string
  message: string
}

/** Parts that can be tried out from the set-up page. */
export type InstallationTest = 'database' | 'url' | 'deadman' | 'mail'

/** Knows the installation, and tries out its parts. */
export interface Installation {
  problems: InstallationProblem[]
  /** Null while the environment has problems. */
  facts: InstallationFacts | null
  testDatabase(): Promise<TestResult>
  /** Asks for the health page at the public address, as the outside would. */
  testUrl(): Promise<TestResult>
  /** Sends one ping to the dead man's switch. */
  testDeadman(): Promise<TestResult>
  testMail(mail: { to: string; projectId: string; subject: string; text: string }): Promise<TestResult>
}
