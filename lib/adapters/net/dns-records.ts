import type dns from 'node:dns'
import ipaddr from 'ipaddr.js'
import type { DnsConfig } from '../../domain/monitor/config.ts'
import type { DnsRecord } from '../../domain/probe/assert-dns.ts'

type Resolver = dns.promises.Resolver
type Query = (resolver: Resolver, host: string) => Promise<DnsRecord[]>

const record = (text: string, ...alsoKnownAs: string[]): DnsRecord => ({ text, alsoKnownAs })

/** Record data as a zone file writes it (RFC 1035 section 5.1), one entry per type. */
const QUERIES: Record<DnsConfig['recordType'], Query> = {
  A: async (resolver, host) => (await resolver.resolve4(host)).map((address) => record(address)),
  AAAA: async (resolver, host) =>
    // People write the same IPv6 address shortened or with all its groups.
    (await resolver.resolve6(host)).map((address) => record(address, ipaddr.parse(address).toNormalizedString())),
  CNAME: async (resolver, host) => (await resolver.resolveCname(host)).map((name) => record(name)),
  MX: async (resolver, host) =>
    (await resolver.resolveMx(host)).map(({ priority, exchange }) => record(`${priority} ${exchange}`, exchange)),
  NS: async (resolver, host) => (await resolver.resolveNs(host)).map((name) => record(name)),
  TXT: async (resolver, host) => (await resolver.resolveTxt(host)).map((parts) => record(parts.join(''))),
  SOA: async (resolver, host) => {
    const { nsname, hostmaster, serial, refresh, retry, expire, minttl } = await resolver.resolveSoa(host)
    return [record([nsname, hostmaster, serial, refresh, retry, expire, minttl].join(' '), nsname, String(serial))]
  },
  SRV: async (resolver, host) =>
    (await resolver.resolveSrv(host)).map(({ priority, weight, port, name }) =>
      record(`${priority} ${weight} ${port} ${name}`, `${name}:${port}`, name),
    ),
  CAA: async (resolver, host) =>
    (await resolver.resolveCaa(host)).map(({ critical, ...property }) => {
      const [tag = '', value = ''] = Object.entries(property)[0] ?? []
      return record(`${critical} ${tag} "${value}"`, `${critical} ${tag} ${value}`, String(value))
    }),
}

/** Rejects with a Node DNS error. */
export function queryRecords(
  resolver: Resolver,
  host: string,
  recordType: DnsConfig['recordType'],
): Promise<DnsRecord[]> {
  return QUERIES[recordType](resolver, host)
}
