/**
 * Where to go after signing in: a path of this site, or `/`. Whatever a browser could read as another site is refused:
 * `//evil.example`, `/\evil.example`, `https:…`, and control characters, which browsers drop before they parse
 * (WHATWG URL, §4.4).
 */
export function safeNextPath(next: unknown): string {
  if (typeof next !== 'string' || !next.startsWith('/') || next.length > 2_048) return '/'
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/^\/[/\\]|[\u0000-\u001f\u007f\\]/.test(next)) return '/'
  const { host, pathname, search } = new URL(next, 'http://own.invalid')
  // Looked at again once its dots are resolved: `/a/..//evil.example` only then shows its two slashes.
  return host === 'own.invalid' && !pathname.startsWith('//') ? `${pathname}${search}` : '/'
}
