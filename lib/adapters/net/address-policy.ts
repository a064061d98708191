import ipaddr from 'ipaddr.js'

/** Decides which addresses the product may connect to on behalf of its users. */
export interface AddressPolicy {
  /** Null when the address is allowed, else what it is: "a loopback address". */
  findRefusal(address: string): string | null
}

type Range = [ipaddr.IPv4 | ipaddr.IPv6, number]

/** Public by its range, yet the host agent of every Azure machine. */
const DENIED = new Set(['168.63.129.16'])

/**
 * All that IANA gives out of IPv6 (RFC 4291 section 2.4). `ipaddr.js` calls the rest unicast too, and with it `::7f00:1`, which is
 * 127.0.0.1 in the deprecated IPv4-compatible form.
 */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3')

const RANGE_WORDS: Record<string, string> = {
  loopback: 'a loopback address',
  private: 'a private address',
  uniqueLocal: 'a private address',
  linkLocal: 'a link-local address',
  carrierGradeNat: 'a carrier-grade NAT address',
  multicast: 'a multicast address',
  broadcast: 'a broadcast address',
  unspecified: 'the unspecified address',
}

/**
 * Allows only what `ipaddr.js` calls unicast, which is the public range alone, and the ranges that the operator names.
 * Addresses are read as IPv4 where they carry one (`::ffff:127.0.0.1`), so that no spelling slips past. Throws on a
 * range that is none; `explainRange` tells beforehand.
 */
export function createAddressPolicy(allowedRanges: readonly string[]): AddressPolicy {
  const allowed = allowedRanges.map((text) => {
    const wrong = explainRange(text)
    if (wrong !== null) throw new Error(`VIGIE_ALLOW_TARGETS: ${wrong}`)
    return parseRange(text)
  })
  return { findRefusal: (address) => findRefusal(address, allowed) }
}

/** Splits `VIGIE_ALLOW_TARGETS`: `127.0.0.0/8, ::1/128`. */
export function splitRanges(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

/** What is wrong with a range, or null: for validating the environment at start. */
export function explainRange(text: string): string | null {
  try {
    parseRange(text)
    return null
  } catch {
    return `${JSON.stringify(text)} is not an address range such as 10.0.0.0/8, 127.0.0.1/32 or ::1/128`
  }
}

function parseRange(text: string): Range {
  return text.includes('/') ? ipaddr.parseCIDR(text) : singleAddress(ipaddr.parse(text))
}

function singleAddress(address: ipaddr.IPv4 | ipaddr.IPv6): Range {
  return [address, address.kind() === 'ipv4' ? 32 : 128]
}

function findRefusal(text: string, allowed: readonly Range[]): string | null {
  if (!ipaddr.isValid(text)) return 'not an IP address'
  const address = ipaddr.process(text)
  for (const [base, bits] of allowed) {
    if (address.kind() === base.kind() && address.match(base, bits)) return null
  }
  if (DENIED.has(address.toString())) return 'a metadata address of a cloud'
  const range = address.range()
  if (range === 'unicast' && address.kind() === 'ipv6' && !address.match(GLOBAL_UNICAST))
    return 'a reserved address (outside 2000::/3)'
  return range === 'unicast' ? null : (RANGE_WORDS[range] ?? `a reserved address (${range})`)
}
