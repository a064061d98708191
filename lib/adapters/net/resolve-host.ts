import dns from 'node:dns'
import { readFileSync } from 'node:fs'

export interface ResolvedAddress {
  address: string
  family: 4 | 6
}

/** Resolves a name to all its addresses; rejects with a Node DNS error. Replaceable, so that tests can rebind names. */
export type HostLookup = (hostname: string) => Promise<ResolvedAddress[]>

const HOSTS_FILE = process.platform === 'win32' ? 'C:\\Windows\\System32\\drivers\\etc\\hosts' : '/etc/hosts'
/** c-ares' own limits; the probe's deadline usually comes first. */
const QUERY_TIMEOUT_MS = 3_000
const QUERY_TRIES = 2
/** The name is not known to DNS, or there is no server to ask: the system may still know it by other means. */
const FALL_BACK_ON = new Set(['ENOTFOUND', 'ENODATA', 'ECONNREFUSED', 'EREFUSED', 'EFORMERR', 'ENOTIMP', 'EBADNAME'])

/**
 * Asks DNS directly (c-ares), and the system's resolver only for names that DNS does not hold: `localhost`, single labels, the
 * hosts file (read once), names of a VPN. `dns.lookup` alone would do all of this on Node's four pool threads, where four
 * monitors with a dead name server would hold up the resolution of every other one past its deadline.
 */
export function createHostLookup(): HostLookup {
  const resolver = new dns.promises.Resolver({ timeout: QUERY_TIMEOUT_MS, tries: QUERY_TRIES })
  const localNames = readHostsFile()
  return async (hostname) => {
    const name = hostname.toLowerCase().replace(/\.$/, '')
    if (!name.includes('.') || name.endsWith('.localhost') || localNames.has(name)) return lookupSystem(name)
    const [v4, v6] = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)])
    const addresses: ResolvedAddress[] = []
    // IPv4 first: serverless hosts have no IPv6 route, and Node tries the families in turn anyway.
    if (v4.status === 'fulfilled') for (const address of v4.value) addresses.push({ address, family: 4 })
    if (v6.status === 'fulfilled') for (const address of v6.value) addresses.push({ address, family: 6 })
    if (addresses.length > 0) return addresses
    const reasons = [v4, v6].flatMap((result) => (result.status === 'rejected' ? [result.reason] : []))
    const firm = reasons.find((reason) => !FALL_BACK_ON.has(String(reason?.code)))
    if (firm !== undefined) throw firm
    return lookupSystem(name)
  }
}

async function lookupSystem(hostname: string): Promise<ResolvedAddress[]> {
  const addresses = await dns.promises.lookup(hostname, { all: true, verbatim: true })
  return addresses.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }))
}

function readHostsFile(): ReadonlySet<string> {
  try {
    const lines = readFileSync(HOSTS_FILE, 'utf8').split('\n')
    return new Set(lines.flatMap((line) => line.replace(/#.*/, '').trim().toLowerCase().split(/\s+/).slice(1)))
  } catch {
    // A machine without one has no local names.
    return new Set()
  }
}
