const BLOCK = 'rounded-sm bg-subtle motion-safe:animate-pulse'

/** Placeholders in the final shape of a page, so that nothing moves when it arrives. Silent to screen readers. */
export function SkeletonHeader() {
  return (
    <div aria-hidden="true" className="flex flex-col gap-2">
      <div className={`${BLOCK} h-7 w-64 max-w-full`} />
      <div className={`${BLOCK} h-4 w-96 max-w-full`} />
    </div>
  )
}

export function SkeletonTable({ rows = 8 }: { rows?: number }) {
  return (
    <div aria-hidden="true" className="divide-y divide-line border-y border-line">
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are identical and never change place
        <div key={row} className="flex h-10 items-center gap-6">
          <div className={`${BLOCK} h-4 w-16`} />
          <div className={`${BLOCK} h-4 flex-1`} />
          <div className={`${BLOCK} h-4 w-24 max-sm:hidden`} />
        </div>
      ))}
    </div>
  )
}

/** A page that is its title and one table. */
export function SkeletonList({ rows = 10 }: { rows?: number }) {
  return (
    <div className="flex flex-col gap-6">
      <SkeletonHeader />
      <SkeletonTable rows={rows} />
    </div>
  )
}

export function SkeletonChart({ height = 240 }: { height?: number }) {
  return <div aria-hidden="true" className={`${BLOCK} w-full`} style={{ height }} />
}
