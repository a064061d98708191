import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'
import type { IconName } from './icons.ts'

export type NoticeTone = 'info' | 'success' | 'warning' | 'error'

const TONES: Record<NoticeTone, { box: string; mark: string; icon: IconName }> = {
  info: { box: 'border-line-strong bg-subtle', mark: 'text-ink-muted', icon: 'info' },
  success: { box: 'border-up/30 bg-up-subtle', mark: 'text-up', icon: 'circle-check' },
  warning: { box: 'border-degraded/35 bg-degraded-subtle', mark: 'text-degraded', icon: 'triangle-alert' },
  // Amber with another shape: red stays the colour of what is down now.
  error: { box: 'border-degraded/60 bg-degraded-subtle', mark: 'text-degraded', icon: 'octagon-x' },
}

/** One thing to know about this page: what happened and what to do. `live` announces it when it appears. */
export function Notice(props: {
  tone: NoticeTone
  title?: string
  children?: ReactNode
  live?: boolean
  action?: ReactNode
}) {
  const tone = TONES[props.tone]
  return (
    <div role={props.live ? 'status' : undefined} className={`flex gap-2.5 rounded-md border px-3 py-2.5 ${tone.box}`}>
      <Icon name={tone.icon} className={`mt-0.5 ${tone.mark}`} />
      <div className="min-w-0 flex-1 [overflow-wrap:anywhere]">
        {props.title && <p className="font-medium">{props.title}</p>}
        {props.children && <div className="text-ink">{props.children}</div>}
      </div>
      {props.action}
    </div>
  )
}

/**
 * What became of a form. Stays where the eye is instead of flying in as a toast, and its region exists before the message does:
 * a screen reader only announces a change inside a region that it already knows.
 */
export function FormResult({ result }: { result: { tone: NoticeTone; message: string } | null | undefined }) {
  return (
    <div role="status" className="empty:hidden">
      {result && <Notice tone={result.tone}>{result.message}</Notice>}
    </div>
  )
}
