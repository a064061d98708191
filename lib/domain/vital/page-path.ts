/** Longer ones are cut: nobody reads them in a table. */
const PATH_LENGTH_MAX = 200

/** Numbers, UUIDs, and hexadecimal from sixteen digits on (Mongo's ids, digests). Words with a number in them are names of pages. */
const ID = /^(\d+|[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}|[\da-f]{16,})$/i

/**
 * The page of an address, so that all orders are one page: without query and fragment, ids as `:id`, no slash at the end. A full address
 * counts by its path. Runs in the browser before anything is sent, and again where it arrives.
 */
export function pageOf(address: string): string {
  const path = address.replace(/^[a-z][a-z\d+.-]*:\/\/[^/]*/i, '').replace(/[?#].*$/s, '')
  const parts = path.split('/').filter((part) => part !== '')
  return `/${parts.map((part) => (ID.test(part) ? ':id' : part)).join('/')}`.slice(0, PATH_LENGTH_MAX)
}
