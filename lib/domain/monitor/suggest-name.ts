/** So many letters may be wrong before a guess annoys more than it helps. */
const MAX_DISTANCE = 2
/** `intervalSeconds` means `interval`; shorter common beginnings mean nothing. */
const MIN_PREFIX = 3

/** The known name that was probably meant; null when none is near. */
export function suggestName(given: string, known: readonly string[]): string | null {
  const lower = given.toLowerCase()
  const ranked = known
    .map((name) => ({ name, distance: rank(lower, name.toLowerCase()) }))
    .filter(({ name, distance }) => distance <= Math.min(MAX_DISTANCE, name.length - 1))
    .sort((a, b) => a.distance - b.distance)
  return ranked[0]?.name ?? null
}

function rank(given: string, name: string): number {
  const isPrefix =
    Math.min(given.length, name.length) >= MIN_PREFIX && (given.startsWith(name) || name.startsWith(given))
  return isPrefix ? 1 : editDistance(given, name)
}

/** Levenshtein's distance: insertions, deletions and replacements of one letter. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
