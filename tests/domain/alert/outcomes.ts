import {
  type AlertState,
  type AlertTransition,
  evolveAlert,
  type SeenOutcome,
} from '../../../lib/domain/alert/life-cycle.ts'
import type { AlertPolicy } from '../../../lib/domain/alert/policy.ts'
import { type Instant, MINUTE } from '../../../lib/domain/time/instant.ts'

export const T0 = Date.UTC(2026, 10, 23, 9)

/** One letter an evaluation: what it found. */
export type Letter = '-' | 'w' | 'c' | 'n' | 'a' | 'x'

const LEVEL = { '-': null, w: 'warning', c: 'critical' } as const

export function outcomeOf(letter: Letter): SeenOutcome {
  switch (letter) {
    case 'n':
      return { kind: 'no_data', group: [], since: null, reason: 'no samples' }
    case 'a':
      return { kind: 'absent' }
    case 'x':
      return { kind: 'failed', reason: 'the read timed out' }
    default:
      return { kind: 'judged', group: [], level: LEVEL[letter], value: 1, limit: 2, reason: `found ${letter}` }
  }
}

export const PLAIN: AlertPolicy = { forMs: 0, keepFiringForMs: 0, noData: 'resolve', intervalMs: MINUTE }

/** `fire critical`, `resolve` … */
export function nameOf(transition: AlertTransition): string {
  switch (transition.op) {
    case 'pend':
    case 'fire':
      return `${transition.op} ${transition.level}`
    case 'change_level':
      return `${transition.from} to ${transition.to}`
    case 'resolve':
      return 'resolve'
  }
}

/** The worst status of any level: `F`, `P` or `-`. */
export function statusOf(state: AlertState | null): 'F' | 'P' | '-' {
  const statuses = [state?.critical.status, state?.warning.status]
  if (statuses.includes('firing')) return 'F'
  return statuses.includes('pending') ? 'P' : '-'
}

export interface Walk {
  state: AlertState | null
  /** One letter an evaluation. */
  statuses: string
  /** By evaluation, counted from 0; those without a transition are left out. */
  transitions: Record<number, string>
}

/** Evaluates one letter after the other, `stepMs` apart. */
export function walk(
  letters: readonly Letter[],
  policy: Partial<AlertPolicy> = {},
  stepMs = MINUTE,
  from: Instant = T0,
): Walk {
  const full = { ...PLAIN, intervalMs: stepMs, ...policy }
  const done: Walk = { state: null, statuses: '', transitions: {} }
  for (const [index, letter] of letters.entries()) {
    const step = evolveAlert(done.state, outcomeOf(letter), from + index * stepMs, full)
    done.state = step.state
    done.statuses += statusOf(step.state)
    if (step.transitions.length > 0) done.transitions[index] = step.transitions.map(nameOf).join(', ')
  }
  return done
}
