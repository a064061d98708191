/** Matches a URL path and names its parts; null when it does not match. */
export type PathMatcher = (path: string) => Record<string, string> | null

const SEGMENT = /^:(\w+)([*+?]?)$/

/**
 * The patterns of vercel.json rewrites that this project uses: literal segments, `:name` for one, `:name?` for none or one,
 * `:name+` for one or more and `:name*` for any number. Throws on anything else, so that a pattern that would work on
 * Vercel alone is noticed here.
 */
export function compilePathPattern(pattern: string): PathMatcher {
  const names: string[] = []
  const source = pattern
    .split('/')
    .filter(Boolean)
    .map((segment) => {
      const [, name, repeat] = SEGMENT.exec(segment) ?? []
      if (!name) {
        if (/[:()*?+]/.test(segment)) throw new Error(`the local stack does not know the pattern ${pattern}`)
        return `/${segment.replace(/[.$^|\\[\]{}]/g, '\\$&')}`
      }
      names.push(name)
      if (repeat === '*') return '(?:/(.+))?'
      if (repeat === '+') return '/(.+)'
      return repeat === '?' ? '(?:/([^/]+))?' : '/([^/]+)'
    })
    .join('')
  const expression = new RegExp(`^${source}/?$`)
  return (path) => {
    const match = expression.exec(path)
    if (!match) return null
    return Object.fromEntries(names.map((name, index) => [name, decode(match[index + 1] ?? '')]))
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
