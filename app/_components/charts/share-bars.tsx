interface Share {
  key: string | number
  label: string
  /** Of the longest bar, 0 to 1. */
  length: number
  /** Stands behind the bar: the figure with its unit. */
  value: string
}

/** A bar for each of a few kinds, with its name before it and its figure behind it: nothing has to be looked up elsewhere. */
export function ShareBars({ bars, label }: { bars: readonly Share[]; label: string }) {
  return (
    <div
      role="img"
      aria-label={label}
      className="grid grid-cols-[auto_1fr_auto] items-center gap-x-3 gap-y-2.5 tabular-nums"
    >
      {bars.map((bar) => (
        <div key={bar.key} className="contents text-sm">
          <span className="text-ink-muted">{bar.label}</span>
          <svg viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true" className="h-3 w-full">
            <path d="M0 11.5H100" vectorEffect="non-scaling-stroke" className="stroke-line" />
            <rect width={bar.length * 100} height="12" fill="var(--series-1)" />
          </svg>
          <span className="text-right">{bar.value}</span>
        </div>
      ))}
    </div>
  )
}
