/**
 * The Content-Security-Policy of every page: scripts of this deployment alone, started by the nonce of this very answer; nothing may frame
 * a page, and no form may send elsewhere. Styles may stand inline, because React writes the sizes of charts as attributes.
 * `errorTracker` is the origin that the browser may tell errors to; null for none.
 */
export function contentSecurityPolicy(
  nonce: string,
  { isDevelopment, errorTracker }: { isDevelopment: boolean; errorTracker: string | null },
): string {
  // Hot reload evaluates what changed.
  const development = isDevelopment ? " 'unsafe-eval'" : ''
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    `connect-src 'self'${errorTracker === null ? '' : ` ${errorTracker}`}${isDevelopment ? ' ws:' : ''}`,
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}
