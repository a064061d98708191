/** The last character of a number is one of the 32 from here on, and those before it are of the 32 from `GOES_ON`. */
const LAST = 93
const GOES_ON = 35
/** What one character holds. */
const RADIX = 32

/**
 * Reads as many buckets as both lists have room for, as `private.pack_buckets` of the database writes them: of each the step from the key
 * before it (2·step, or -2·step - 1 when it is negative) and its count, five bits a character and the lowest first. Throws when the text ends
 * before.
 */
export function unpackBuckets(text: string, keys: Int16Array, counts: Float64Array): void {
  const total = keys.length
  let place = 0
  const next = () => {
    let number = 0
    for (let weight = 1; place < text.length; weight *= RADIX) {
      const code = text.charCodeAt(place)
      place += 1
      if (code >= LAST) return number + (code - LAST) * weight
      number += (code - GOES_ON) * weight
    }
    throw new Error(`packed buckets end before the last of ${total}`)
  }
  let key = 0
  for (let index = 0; index < total; index += 1) {
    const step = next()
    key += step % 2 === 0 ? step / 2 : -(step + 1) / 2
    keys[index] = key
    counts[index] = next()
  }
}
