import { VALUE_LENGTH_MAX } from '../limits.ts'
import { cleanText, cutText } from '../text.ts'

/** Paths that no function and no file answers are made up by whoever asks for them: scanners try thousands. */
export const NOT_FOUND_ROUTE = ':not_found'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const NUMBER = /^\d+$/
/** Mongo's and Git's ids, hashes: sixteen hexadecimal digits or more. */
const HEXADECIMAL = /^(?=.*\d)[0-9a-f]{16,}$/i

/** What each build of Next.js names anew. */
const BUILT: readonly (readonly [RegExp, string])[] = [
  [/^\/_next\/static\/.*$/, '/_next/static/:file'],
  [/^\/_next\/data\/[^/]+\//, '/_next/data/:build/'],
]

/** The path without query and fragment. Both may hold secrets, and neither says which page was asked for. */
export function pathOf(address: string): string {
  return cleanText(address.split(/[?#]/, 1)[0] ?? '')
}

/** A path with `:id` where a part only says which thing: `/orders/42/items?all` → `/orders/:id/items`. */
export function toRoute(address: string): string {
  const path = BUILT.reduce((text, [pattern, by]) => text.replace(pattern, by), pathOf(address))
  const parts = path.split('/').map((part) => (isId(part) ? ':id' : part))
  return cutText(parts.join('/'), VALUE_LENGTH_MAX) || '/'
}

function isId(part: string): boolean {
  return NUMBER.test(part) || UUID.test(part) || HEXADECIMAL.test(part)
}
