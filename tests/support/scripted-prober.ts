import type { MonitorTarget } from '../../lib/domain/monitor/config.ts'
import type { Cause, ProbeOutcome, Verdict } from '../../lib/domain/probe/outcome.ts'
import type { Instant } from '../../lib/domain/time/instant.ts'
import type { Clock } from '../../lib/ports/clock.ts'
import type { Prober } from '../../lib/ports/prober.ts'

/** How a target behaves at an instant; `latencyMs` is how long the probe takes. */
export interface Behaviour {
  verdict: Verdict
  cause?: Cause
  message?: string
  latencyMs?: number
}

export type Script = (at: Instant) => Behaviour | Verdict

export interface ScriptedProber extends Prober {
  /** Sets how a monitor's target behaves from now on. Targets without a script are up. */
  behave(key: string, script: Script | Behaviour | Verdict): void
  /** Every probe that was started, in order. */
  probes: { key: string; at: Instant }[]
}

const LATENCY_MS = 40

/** Probes targets that exist on paper: `http://<monitor key>.test/`. Takes virtual time, never real time. */
export function createScriptedProber(clock: Clock): ScriptedProber {
  const scripts = new Map<string, Script>()
  const probes: ScriptedProber['probes'] = []
  return {
    probes,
    behave: (key, script) => void scripts.set(key, typeof script === 'function' ? script : () => script),
    async probe({ target }) {
      const key = keyOf(target)
      const startedAt = clock.now()
      probes.push({ key, at: startedAt })
      const said = scripts.get(key)?.(startedAt) ?? 'up'
      const behaviour: Behaviour = typeof said === 'string' ? { verdict: said } : said
      const durationMs = behaviour.latencyMs ?? LATENCY_MS
      await clock.sleep(durationMs)
      return toOutcome(behaviour, startedAt, durationMs)
    },
  }
}

function keyOf(target: MonitorTarget): string {
  if (target.kind !== 'http') throw new Error(`no script for a target of kind ${target.kind}`)
  return new URL(target.config.url).hostname.replace(/\.test$/, '')
}

function toOutcome({ verdict, cause, message }: Behaviour, startedAt: Instant, durationMs: number): ProbeOutcome {
  const told: Record<Verdict, string> = { up: 'answered 200', degraded: 'answered slowly', down: 'answered 503' }
  const causes: Record<Verdict, Cause | null> = { up: null, degraded: 'latency', down: 'status' }
  return {
    verdict,
    cause: cause ?? causes[verdict],
    message: message ?? told[verdict],
    startedAt,
    durationMs,
    phases: { dns: 1, tcp: 2, ttfb: 30, transfer: 1 },
    statusCode: verdict === 'down' ? 503 : 200,
    remoteAddress: '192.0.2.1',
    bytes: 2,
    failures: [],
    certificate: null,
    bodyExcerpt: verdict === 'up' ? null : 'oops',
  }
}
