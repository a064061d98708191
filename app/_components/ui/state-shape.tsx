import type { ReactNode } from 'react'
import type { ShownState } from '../../../lib/domain/monitor/monitor.ts'

/**
 * One outline per state, told apart in black and white and at 12 px: a disc is fine, a triangle warns, a square stands still,
 * a broken ring is not known.
 */
const SHAPES: Record<ShownState, ReactNode> = {
  up: <circle cx="6" cy="6" r="4" fill="currentColor" />,
  degraded: <path d="M6 1.2 11.4 10.8H.6z" fill="currentColor" />,
  down: (
    <>
      <path d="M3.6.6h4.8l3 3v4.8l-3 3H3.6l-3-3V3.6z" fill="currentColor" />
      <path d="m4.2 4.2 3.6 3.6m0-3.6L4.2 7.8" stroke="var(--surface)" strokeWidth="1.4" strokeLinecap="round" />
    </>
  ),
  unknown: (
    <circle cx="6" cy="6" r="4.2" fill="none" stroke="currentColor" strokeWidth="1.8" strokeDasharray="2.6 1.8" />
  ),
  maintenance: <path d="M6 .8 11.2 6 6 11.2.8 6z" fill="currentColor" />,
  paused: <path d="M2.5 2h2.4v8H2.5zM7.1 2h2.4v8H7.1z" fill="currentColor" />,
  pending: <circle cx="6" cy="6" r="4.2" fill="none" stroke="currentColor" strokeWidth="1.4" />,
}

/** The mark of a state, always beside its word. */
export function StateShape({ state }: { state: ShownState }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 12 12" className="size-3 shrink-0">
      {SHAPES[state]}
    </svg>
  )
}
