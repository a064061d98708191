'use client'
import Link from 'next/link'
import { useSyncExternalStore } from 'react'
import { type PulseLevel, pulseLevel } from '../../../lib/domain/monitor/pulse.ts'
import { formatDuration } from '../../../lib/domain/time/format-duration.ts'
import type { Instant } from '../../../lib/domain/time/instant.ts'
import type { Locale } from '../../../lib/domain/time/locale.ts'
import { formatRelative } from '../ui/format-relative.ts'
import { useDerivedFromNow } from '../ui/now.client.ts'
import type { PulseFacts } from './types.ts'

/** Sentences with `{age}` in them. */
export type PulseTexts = Record<
  'checked' | 'never' | 'late' | 'stalled' | 'offline' | 'lateReason' | 'stalledReason',
  string
>

export interface PulseProps {
  pulse: PulseFacts
  texts: PulseTexts
  locale: Locale
  setupHref: string
}

const TONES: Record<PulseLevel, { text: string; mark: string }> = {
  never: { text: 'text-ink-muted', mark: 'rounded-full border border-current' },
  fresh: { text: 'text-ink-muted', mark: 'rounded-full bg-up-strip' },
  late: { text: 'text-degraded', mark: 'bg-degraded-strip [clip-path:polygon(50%_0,100%_100%,0_100%)]' },
  stalled: { text: 'font-medium text-down', mark: 'bg-down-strip' },
}

/** "Checked 12 s ago": whoever looks at green must know how old the green is. Leads to the set-up page, which tells why. */
export function Pulse({ pulse, texts, locale, setupHref }: PulseProps) {
  const level = useDerivedFromNow(pulse.now, (now) => pulseLevel(pulse.lastTickAt, now))
  const text = useDerivedFromNow(pulse.now, (now) => sentence(pulse.lastTickAt, now, texts, locale))
  const reason = level === 'late' ? (pulse.reason ?? texts.lateReason) : undefined
  return (
    <Link
      href={setupHref}
      prefetch={false}
      title={reason}
      className={`flex min-w-0 items-center gap-2 rounded-sm text-sm whitespace-nowrap tabular-nums hover:underline ${TONES[level].text}`}
    >
      <span aria-hidden="true" className={`size-2 shrink-0 ${TONES[level].mark}`} />
      <span className="truncate">{text}</span>
      {reason && <span className="sr-only">. {reason}</span>}
    </Link>
  )
}

/** A line across the page when nothing is being watched, or when this browser has lost the network. Silent otherwise. */
export function PulseBanner({ pulse, texts, locale, setupHref }: PulseProps) {
  const isOnline = useSyncExternalStore(
    subscribeToNetwork,
    () => navigator.onLine,
    () => true,
  )
  const isStalled =
    useDerivedFromNow(pulse.now, (now) => String(pulseLevel(pulse.lastTickAt, now) === 'stalled')) === 'true'
  const age = useDerivedFromNow(pulse.now, (now) => formatRelative(pulse.now, now, locale))
  return (
    <div role="status" className="empty:hidden">
      {!isOnline && (
        <p className="border-b border-line bg-unknown-subtle px-4 py-2 lg:px-6">
          {texts.offline.replace('{age}', age)}
        </p>
      )}
      {isOnline && isStalled && (
        <p className="border-b border-line bg-down-subtle px-4 py-2 text-down lg:px-6">
          <Link href={setupHref} prefetch={false} className="underline underline-offset-4">
            {pulse.reason ?? texts.stalledReason}
          </Link>
        </p>
      )}
    </div>
  )
}

function sentence(lastTickAt: Instant | null, now: Instant, texts: PulseTexts, locale: Locale): string {
  if (lastTickAt === null) return texts.never
  const level = pulseLevel(lastTickAt, now)
  if (level === 'stalled') return texts.stalled.replace('{age}', formatDuration(now - lastTickAt, locale))
  return (level === 'late' ? texts.late : texts.checked).replace('{age}', formatRelative(lastTickAt, now, locale))
}

function subscribeToNetwork(listener: () => void): () => void {
  window.addEventListener('online', listener)
  window.addEventListener('offline', listener)
  return () => {
    window.removeEventListener('online', listener)
    window.removeEventListener('offline', listener)
  }
}
