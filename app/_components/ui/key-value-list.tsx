import type { ReactNode } from 'react'

/** Facts as a definition list: the name at the left, the fact at the right; one above the other on a phone. */
export function KeyValueList({ items }: { items: readonly { key: string; value: ReactNode }[] }) {
  return (
    <dl className="divide-y divide-line border-y border-line">
      {items.map((item) => (
        <div key={item.key} className="grid grid-cols-1 gap-x-4 py-2 sm:grid-cols-[10rem_1fr]">
          <dt className="text-sm text-ink-muted sm:text-base">{item.key}</dt>
          <dd className="min-w-0 [overflow-wrap:anywhere]">{item.value}</dd>
        </div>
      ))}
    </dl>
  )
}
