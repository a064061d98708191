import Link from 'next/link'

export interface LinkChoice {
  href: string
  label: string
  current: boolean
  /** How many things stand behind the link, when that helps to choose. */
  count?: number | undefined
}

/** Views of one page as links, so that each has an address of its own and the back button works. */
export function LinkTabs({ label, items }: { label: string; items: readonly LinkChoice[] }) {
  return (
    <nav aria-label={label} className="-mx-4 overflow-x-auto border-b border-line px-4 sm:mx-0 sm:px-0">
      <ul className="flex gap-4">
        {items.map((item) => (
          <li key={item.href}>
            <Link
              href={item.href}
              prefetch={false}
              aria-current={item.current ? 'page' : undefined}
              className="-mb-px flex h-10 items-center gap-1.5 border-b-2 border-transparent whitespace-nowrap text-ink-muted hover:text-ink focus-visible:-outline-offset-2 aria-[current]:border-ink aria-[current]:font-medium aria-[current]:text-ink"
            >
              {item.label}
              {item.count !== undefined && <span className="text-sm text-ink-faint tabular-nums">{item.count}</span>}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** A few exclusive choices in one row, such as the range of a chart. Links, for the same reason. */
export function SegmentedLinks({ label, items }: { label: string; items: readonly LinkChoice[] }) {
  return (
    <nav aria-label={label}>
      <ul className="inline-flex rounded-md border border-line-strong bg-surface p-0.5">
        {items.map((item) => (
          <li key={item.href}>
            <Link
              href={item.href}
              prefetch={false}
              aria-current={item.current ? 'true' : undefined}
              scroll={false}
              className="flex h-7 items-center gap-1.5 rounded-sm px-2.5 text-sm whitespace-nowrap text-ink-muted hover:text-ink aria-[current]:bg-subtle aria-[current]:font-medium aria-[current]:text-ink"
            >
              {item.label}
              {item.count !== undefined && <span className="text-ink-faint tabular-nums">{item.count}</span>}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
