import { isIP } from 'node:net'
import type { AddressPolicy } from './address-policy.ts'
import { type NetFailure, netFailure } from './net-failure.ts'
import type { HostLookup, ResolvedAddress } from './resolve-host.ts'

/** What every outgoing connection needs: whom it may reach and how names are resolved. */
export interface Network {
  policy: AddressPolicy
  lookup: HostLookup
  /** PEM of the authorities to trust in place of the machine's; undefined for the machine's (with NODE_EXTRA_CA_CERTS). */
  ca: string | undefined
}

const DNS_ERRORS: Record<string, string> = {
  ENOTFOUND: 'the name does not exist',
  ENODATA: 'the name has no address',
  ESERVFAIL: 'the name server failed',
  EREFUSED: 'the name server refused the question',
  ETIMEOUT: 'the name server did not answer',
  EAI_AGAIN: 'the name server did not answer',
  ECONNREFUSED: 'no name server can be reached',
}

/** Strips the brackets that a URL puts around an IPv6 address. */
export function unbracket(hostname: string): string {
  return hostname.startsWith('[') ? hostname.slice(1, -1) : hostname
}

/**
 * The addresses that may be connected to. The caller connects to exactly these and never resolves the name again, so that
 * a name cannot point elsewhere between check and use (DNS rebinding). One refused address refuses the name: an attacker's
 * record set would otherwise reach it by the fallback to the next address. Addresses in place of names are checked too:
 * `net.connect` asks no lookup for them.
 */
export async function lookupGuarded(network: Network, host: string): Promise<ResolvedAddress[] | NetFailure> {
  const family = isIP(host)
  const addresses =
    family === 0 ? await lookupOrFailure(network.lookup, host) : [{ address: host, family: family as 4 | 6 }]
  if ('failed' in addresses) return addresses
  for (const { address } of addresses) {
    const refusal = network.policy.findRefusal(address)
    if (refusal === null) continue
    const subject = family === 0 ? `${host} resolves to ${address}, ${refusal}` : `${host} is ${refusal}`
    return netFailure('blocked', `${subject}; the operator can allow it with VIGIE_ALLOW_TARGETS`)
  }
  return addresses
}

async function lookupOrFailure(lookup: HostLookup, host: string): Promise<ResolvedAddress[] | NetFailure> {
  try {
    const addresses = await lookup(host)
    return addresses.length > 0 ? addresses : describeDnsError('ENODATA', host)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
    return describeDnsError(code, host)
  }
}

/** A name that could not be resolved, as a failure with cause `dns`. */
export function describeDnsError(code: string, host: string): NetFailure {
  return netFailure('dns', `${host} could not be resolved: ${DNS_ERRORS[code] ?? 'the resolver failed'} (${code})`)
}
