'use client'
import { useSyncExternalStore } from 'react'
import type { Instant } from '../../../lib/domain/time/instant.ts'

const TICK_MS = 1_000

let timer: ReturnType<typeof setInterval> | undefined
const listeners = new Set<() => void>()

/**
 * How far this machine's clock is ahead of the server's. The smallest difference seen is the best guess: a page that took
 * long to arrive, or came back from the router's cache, only makes the difference larger.
 */
let skewMs = Number.POSITIVE_INFINITY

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  if (listeners.size === 1) timer = setInterval(notifyAll, TICK_MS)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) clearInterval(timer)
  }
}

function notifyAll(): void {
  for (const notify of listeners) notify()
}

/**
 * A word or number that follows from the present, such as "12 s ago", derived anew every second by one timer for the whole
 * page; a component draws again only when its own value changed. The first value is made of the server's `now`, so that
 * hydration writes what the server wrote.
 */
export function useDerivedFromNow<T extends string | number>(serverNow: Instant, derive: (now: Instant) => T): T {
  return useSyncExternalStore(
    subscribe,
    () => {
      skewMs = Math.min(skewMs, Date.now() - serverNow)
      return derive(Math.max(serverNow, Date.now() - skewMs))
    },
    () => derive(serverNow),
  )
}
