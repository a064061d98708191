import type { ReactNode } from 'react'

/** The one `h1` of a page, what the page is for or what it found, and its one primary action at the right. */
export function PageHeader(props: {
  title: ReactNode
  description?: ReactNode
  /** Stands before the title: a state, a priority. */
  badge?: ReactNode
  action?: ReactNode
}) {
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          {props.badge}
          <h1 className="min-w-0 text-xl font-semibold tracking-tight [overflow-wrap:anywhere]">{props.title}</h1>
        </div>
        {props.description && <div className="mt-1 max-w-[72ch] text-ink-muted">{props.description}</div>}
      </div>
      {props.action && <div className="flex items-center gap-2">{props.action}</div>}
    </header>
  )
}

/** A titled part of a page. */
export function Section(props: { title: string; description?: ReactNode; action?: ReactNode; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-3">
      <div className="flex flex-wrap items-end justify-between gap-x-4 gap-y-1">
        <div>
          <h2 className="text-base font-semibold">{props.title}</h2>
          {props.description && <p className="text-sm text-ink-muted">{props.description}</p>}
        </div>
        {props.action}
      </div>
      {props.children}
    </section>
  )
}
