/** Longest key that `keySchema` takes. */
const KEY_MAX_LENGTH = 63

/**
 * A key made from a name: `Équipe d’astreinte` → `equipe-d-astreinte`. Empty when the name has no letter or digit that a key may hold, and
 * for `new`, which no key may be; the schema then asks for one.
 */
export function suggestKey(name: string): string {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  const dashed = plain.replace(/[^a-z0-9]+/g, '-').slice(0, KEY_MAX_LENGTH)
  const key = dashed.replace(/^-+|-+$/g, '')
  return key === 'new' ? '' : key
}
