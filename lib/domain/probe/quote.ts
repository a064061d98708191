/** Longest piece of a target's answer that a message repeats: enough to recognise it, short enough for an SMS. */
const QUOTE_MAX_CHARS = 100
/** Shorter secrets are not searched for: hiding every "ab" would garble the message and protect nothing. */
const HIDDEN_MIN_CHARS = 4
const HIDDEN_MARK = '[hidden]'

/**
 * Replaces every occurrence of a secret. Needed because a target may answer with what it was sent: an echo service, or an
 * error page that dumps its request headers. Secrets are also searched for as they look inside JSON and inside a URL.
 */
export function hideSecrets(text: string, secrets: readonly string[]): string {
  let shown = text
  for (const secret of secrets) {
    if (secret.length < HIDDEN_MIN_CHARS) continue
    for (const spelling of new Set([secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)])) {
      shown = shown.replaceAll(spelling, HIDDEN_MARK)
    }
  }
  return shown
}

/**
 * First characters of a text, at most `maxChars`, without a secret. Hiding comes before cutting, or a secret that the cut
 * divides would show its first half; for the same reason the end of a text that is itself a beginning (`isPartial`) is dropped.
 */
export function excerptText(text: string, secrets: readonly string[], maxChars: number, isPartial = false): string {
  const longest = secrets.reduce((max, secret) => Math.max(max, 3 * secret.length), 0)
  if (longest === 0) return text.slice(0, maxChars)
  const window = maxChars + longest
  const hidden = hideSecrets(text.slice(0, window), secrets)
  const isCut = isPartial || text.length > window
  return (isCut ? hidden.slice(0, Math.max(0, hidden.length - longest)) : hidden).slice(0, maxChars)
}

/**
 * A value of an answer as a message shows it: JSON, without secrets, shortened. Lists and objects are only named: to
 * print a hostile one, megabytes long or nested ten thousand deep, would cost seconds or overflow the stack.
 */
export function quoteValue(value: unknown, secrets: readonly string[]): string {
  if (typeof value === 'string') {
    const text = excerptText(value, secrets, QUOTE_MAX_CHARS)
    return JSON.stringify(value.length > QUOTE_MAX_CHARS ? `${text.slice(0, QUOTE_MAX_CHARS - 1)}…` : text)
  }
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (typeof value === 'object' && value !== null) return 'an object'
  return String(value)
}

/** `850 ms`, `2 s`, `1.25 s`. */
export function describeMs(durationMs: number): string {
  if (durationMs < 1_000) return `${Math.round(durationMs)} ms`
  return `${Number((durationMs / 1_000).toFixed(2))} s`
}
