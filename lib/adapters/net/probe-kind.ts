import type { MonitorKind, MonitorSecrets, MonitorTarget } from '../../domain/monitor/config.ts'
import type { Exposition } from '../../domain/probe/exposition.ts'
import { concludeFindings, type Evaluation } from '../../domain/probe/finding.ts'
import type { Phases, ProbeOutcome } from '../../domain/probe/outcome.ts'
import type { Instant } from '../../domain/time/instant.ts'
import type { TargetFormats } from '../../ports/target-format.ts'
import type { Deadline } from './deadline.ts'
import type { Network } from './guarded-lookup.ts'
import type { NetFailure } from './net-failure.ts'

/** Heartbeats report by themselves; everything else is probed. */
export type ProbedKind = Exclude<MonitorKind, 'heartbeat'>
export type ConfigOf<K extends ProbedKind> = Extract<MonitorTarget, { kind: K }>['config']

/** One running probe: what every kind is given. */
export interface ProbeRun {
  network: Network
  secrets: MonitorSecrets
  deadline: Deadline
  startedAt: Instant
  /** Who reads what is not plain. */
  formats: TargetFormats
  /** Takes what a scrape read; undefined when nobody keeps it. */
  onExposition: ((exposition: Exposition) => void) | undefined
}

/** A kind of monitor: one function from its configuration to an outcome. Rejects only when the caller aborts. */
export type ProbeKind<K extends ProbedKind> = (run: ProbeRun, config: ConfigOf<K>) => Promise<ProbeOutcome>

type Facts = Partial<Pick<ProbeOutcome, 'statusCode' | 'remoteAddress' | 'bytes' | 'certificate' | 'bodyExcerpt'>>

/** Assembles an outcome; facts that were not learnt are null. Whole milliseconds with three decimals, as the clock gives. */
export function outcomeOf(run: ProbeRun, phases: Phases, evaluation: Evaluation, facts: Facts): ProbeOutcome {
  return {
    verdict: evaluation.verdict,
    cause: evaluation.cause,
    message: evaluation.message,
    failures: evaluation.failures,
    startedAt: run.startedAt,
    durationMs: roundMs(run.deadline.elapsedMs()),
    phases: roundPhases(phases),
    statusCode: facts.statusCode ?? null,
    remoteAddress: facts.remoteAddress ?? null,
    bytes: facts.bytes ?? null,
    certificate: facts.certificate ?? null,
    bodyExcerpt: facts.bodyExcerpt ?? null,
  }
}

/** A probe that got no answer to judge. */
export function failedOutcome(
  run: ProbeRun,
  phases: Phases,
  { cause, message }: NetFailure,
  facts: Facts = {},
): ProbeOutcome {
  const failure = { subject: cause, expected: 'an answer', got: message }
  return outcomeOf(run, phases, concludeFindings([{ verdict: 'down', cause, failure, sentence: message }], ''), facts)
}

function roundMs(durationMs: number): number {
  return Math.round(durationMs * 1_000) / 1_000
}

/** Written out, as `for … in` over the phases alone cost 4 % of a probe. */
function roundPhases({ dns, tcp, tls, ttfb, transfer }: Phases): Phases {
  const rounded: Phases = {}
  if (dns !== undefined) rounded.dns = roundMs(dns)
  if (tcp !== undefined) rounded.tcp = roundMs(tcp)
  if (tls !== undefined) rounded.tls = roundMs(tls)
  if (ttfb !== undefined) rounded.ttfb = roundMs(ttfb)
  if (transfer !== undefined) rounded.transfer = roundMs(transfer)
  return rounded
}
