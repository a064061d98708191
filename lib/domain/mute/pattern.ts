/** Longest pattern that is taken. */
const PATTERN_LENGTH = 200
/** Each of them multiplies the work of the worst case, so that a few bound it: `.*` and its like, `?`, groups. */
const LIMITS = { repeats: 3, options: 5, groups: 3 }
/** Longer values do not match a pattern: what labels are called is short. */
const VALUE_LENGTH = 256

export type Pattern = { ok: true; matches: (value: string) => boolean } | { ok: false; message: string }

/**
 * A regular expression that holds for a whole value, as in Prometheus. Written by people and run against every alert, it is limited to what
 * cannot run for ever: no references, no look-around, repeats of one character or class only, and few of everything.
 */
export function compilePattern(text: string): Pattern {
  if (text.length > PATTERN_LENGTH) return refuse(`must have at most ${PATTERN_LENGTH} characters`)
  const fault = findFault(text)
  if (fault !== null) return refuse(fault)
  try {
    const compiled = new RegExp(`^(?:${text})$`, 'su')
    return { ok: true, matches: (value) => value.length <= VALUE_LENGTH && compiled.test(value) }
  } catch {
    return refuse('is not a regular expression')
  }
}

function refuse(message: string): Pattern {
  return { ok: false, message }
}

function findFault(text: string): string | null {
  const counts = { repeats: 0, options: 0, groups: 0 }
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at)
    if (character === '\\') {
      at++
      if (/[1-9kpP]/.test(text.charAt(at))) return 'may not refer back to a group or name a Unicode property'
    } else if (character === '[') {
      const end = endOfClass(text, at)
      if (end < 0) return 'is not a regular expression'
      at = end
    } else if (character === '(') {
      counts.groups++
      if (text.charAt(at + 1) === '?') {
        if (text.charAt(at + 2) !== ':') return 'may not look around'
        at += 2
      }
    } else if (character === ')' && '*+{'.includes(text.charAt(at + 1) || ' ')) {
      return 'may not repeat a group: only one character or class, such as .* or [a-z]+'
    } else if (character === '?') {
      counts.options++
    } else if ('*+{'.includes(character)) {
      counts.repeats++
    }
  }
  if (counts.repeats > LIMITS.repeats) return `may repeat at most ${LIMITS.repeats} times (*, + or {})`
  if (counts.options > LIMITS.options) return `may have at most ${LIMITS.options} question marks`
  return counts.groups > LIMITS.groups ? `may have at most ${LIMITS.groups} groups` : null
}

function endOfClass(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    if (text.charAt(at) === '\\') at++
    else if (text.charAt(at) === ']') return at
  }
  return -1
}
