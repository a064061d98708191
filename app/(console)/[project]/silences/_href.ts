/** Either of them, as one matcher: `rule="a"`, or `rule=~"a|b"` of several. Keys are plain words, whose points alone mean more in a pattern. */
function matcherOf(label: 'monitor' | 'rule', keys: readonly string[]): string {
  const [first = ''] = keys
  if (keys.length === 1) return `${label}=${JSON.stringify(first)}`
  return `${label}=~${JSON.stringify(keys.map((key) => key.replaceAll('.', '\\.')).join('|'))}`
}

/** The form for a silence, filled in for alerts of these monitors or rules; null where there is none to be silent about. */
export function silenceHref(slug: string, label: 'monitor' | 'rule', keys: readonly string[]): string | null {
  const named = [...new Set(keys)]
  if (named.length === 0) return null
  return `/${slug}/silences/new?${new URLSearchParams({ matcher: matcherOf(label, named) })}`
}
