import type { Cause } from '../probe/outcome.ts'
import type { Locale } from '../time/locale.ts'

/** How a message looks and what it is about at a glance; the word for it is in `Words.tones`. */
export type Tone = 'down' | 'degraded' | 'up' | 'critical' | 'warning' | 'normal' | 'acknowledged' | 'test' | 'digest'

/** What a failing result says of itself, already cut to length. `failure` is the first assertion that did not hold. */
export interface FailureFacts {
  cause: string | null
  statusCode: number | null
  latencyMs: number | null
  failure: { subject: string; expected: string; got: string } | null
  /** The prober's own sentence, in English. */
  message: string
}

/** Times and lengths arrive worded (`03:12`, `4 min`); each language only orders them. */
export interface HeadlineFacts {
  name: string
  /** Clause of `describeFailure`, or empty. */
  why: string
  since: string
  lasted: string
  number: number
}

/** Figures arrive worded (`2.4 s, limit 2 s`). `name` holds the group. */
export interface RuleFacts {
  name: string
  /** What was found against the limit, or since when there is no data; empty where neither is a figure. */
  why: string
  since: string
  lasted: string
  number: number
}

export interface MassFacts {
  count: number
  total: number | null
  since: string
  lasted: string
}

/** One language. Both are written by hand, sentence by sentence, so a sentence is a function and never a glued pattern. */
export interface Words {
  locale: Locale
  /** Between a label and its value. */
  colon: string
  tones: Record<Tone, string>
  headlines: {
    down(facts: HeadlineFacts): string
    degraded(facts: HeadlineFacts): string
    flapping(facts: HeadlineFacts): string
    acknowledged(facts: HeadlineFacts): string
    resolved(facts: HeadlineFacts): string
    /** Closed by hand while the monitor still fails. */
    resolvedWhileDown(facts: HeadlineFacts): string
    steadyAgain(facts: HeadlineFacts): string
    recovered(facts: HeadlineFacts): string
    ruleCritical(facts: RuleFacts): string
    ruleWarning(facts: RuleFacts): string
    ruleFlapping(facts: RuleFacts): string
    ruleEased(facts: RuleFacts): string
    ruleNormal(facts: RuleFacts): string
    ruleSteady(facts: RuleFacts): string
    ruleClosed(facts: RuleFacts): string
    ruleRetired(facts: RuleFacts): string
    massDown(facts: MassFacts): string
    massAcknowledged(facts: MassFacts & { number: number }): string
    massResolved(facts: MassFacts): string
    test: string
  }
  notes: { flapping: string; ruleFlapping: string; repeated: string; massDown: string; test(project: string): string }
  causes: Record<Cause, (facts: FailureFacts) => string>
  /** Behind a clause of `causes`: in how many of the regions that could tell. */
  inRegions(spread: { count: number; total: number }): string
  labels: Record<
    | 'monitor'
    | 'rule'
    | 'group'
    | 'project'
    | 'since'
    | 'until'
    | 'lasted'
    | 'acknowledgedAt'
    | 'found'
    | 'severity'
    | 'told'
    | 'alsoAffected'
    | 'deployment'
    | 'runbook'
    | 'incident'
    | 'results',
    string
  >
  severities: Record<'low' | 'medium' | 'high' | 'critical', string>
  verdicts: Record<'up' | 'degraded' | 'down', string>
  buttons: { acknowledge: string; openIncident: string; openMonitor: string; openRule: string }
  /** `status 503, expected 200`. */
  found(failure: { subject: string; expected: string; got: string }): string
  /** `2.4 s, limit 2 s`. */
  figure(value: string, limit: string | null): string
  noData(since: string | null): string
  deployment(name: string, before: string, at: string): string
  andMore(count: number): string
  footer(project: string): string
}
