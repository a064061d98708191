/** Rows per page of a list. */
export const PAGE_SIZE = 50

/** Where a page of a keyset-paged list begins: below a key (older), above one (newer), or at the newest. */
export interface KeysetPosition {
  below: number | null
  above: number | null
}

export interface KeysetPage<Row> {
  /** Newest first. */
  rows: Row[]
  /** Key above which the next newer page begins; null when this page has the newest. */
  newerAbove: number | null
  /** Key below which the next older page begins; null when this page has the oldest. */
  olderBelow: number | null
}

/** What a reader is asked for: one row more than is shown tells whether there is a further page. */
export function askFor(position: KeysetPosition, size = PAGE_SIZE): KeysetPosition & { limit: number } {
  return { ...position, limit: size + 1 }
}

/** Cuts the answer to `askFor` into a page. Rows read upwards arrive oldest first and are turned around. */
export function cutPage<Row>(
  found: readonly Row[],
  position: KeysetPosition,
  keyOf: (row: Row) => number,
  size = PAGE_SIZE,
): KeysetPage<Row> {
  const hasMore = found.length > size
  const kept = found.slice(0, size)
  const isUpwards = position.above !== null
  const rows = isUpwards ? kept.toReversed() : kept
  const first = rows[0]
  const last = rows.at(-1)
  if (first === undefined || last === undefined) return { rows, newerAbove: null, olderBelow: null }
  const hasNewer = isUpwards ? hasMore : position.below !== null
  const hasOlder = isUpwards || hasMore
  return {
    rows,
    newerAbove: hasNewer ? keyOf(first) : null,
    olderBelow: hasOlder ? keyOf(last) : null,
  }
}
