import type { ReactNode } from 'react'

/** What would be here, and the one step to get it. */
export function EmptyState(props: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="flex flex-col items-start gap-3 rounded-lg border border-dashed border-line-strong px-5 py-8">
      <div className="w-full min-w-0">
        <p className="font-medium">{props.title}</p>
        {props.children && <div className="mt-1 max-w-[64ch] text-ink-muted">{props.children}</div>}
      </div>
      {props.action}
    </div>
  )
}
