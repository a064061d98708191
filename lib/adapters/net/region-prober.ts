import type { Seen } from '../../domain/probe/quorum.ts'
import { type RegionAnswer, regionAnswerSchema } from '../../domain/probe/schema-region.ts'
import { SECOND } from '../../domain/time/instant.ts'
import type { RegionProbe, RegionProber } from '../../ports/region-prober.ts'

/** For the way there and back, a function that starts cold, and a look at the control targets. */
export const REGION_MARGIN_MS = 5 * SECOND
/** Fifty outcomes with their excerpts stay far below it; more is not read. */
const ANSWER_MAX_BYTES = 2_000_000

export interface RegionProberOptions {
  /** Addresses of probers by region. The operator's own, so they pass no guard: a prober may stand in a private network. */
  addresses: ReadonlyMap<string, string>
  /** Proves to them who asks. */
  secret: string
  marginMs?: number
}

/** Asks probers in other places over HTTP: one request a batch, and whatever goes wrong with it is unknown, with the reason. */
export function createRegionProber({
  addresses,
  secret,
  marginMs = REGION_MARGIN_MS,
}: RegionProberOptions): RegionProber {
  return {
    async probe(region, probes) {
      const address = addresses.get(region)
      if (address === undefined) return unknown(probes, 'no prober of that name is configured')
      const { may, mayNot } = splitBySecrets(address, probes)
      const refused = unknown(mayNot, 'its prober is reached over plain http, and the probe needs secrets')
      if (may.length === 0) return refused
      const timeoutMs = Math.max(...may.map((probe) => probe.timeoutMs)) + marginMs
      const answer = await ask(address, secret, may, timeoutMs)
      const seen = typeof answer === 'string' ? unknown(may, answer) : judge(region, may, answer)
      return new Map([...seen, ...refused])
    },
  }
}

/** Secrets travel in the clear inside the request, so only where nobody reads along. */
function splitBySecrets(address: string, probes: readonly RegionProbe[]) {
  const { protocol, hostname } = new URL(address)
  const isPrivate = protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
  const may = probes.filter(({ secrets }) => isPrivate || Object.keys(secrets).length === 0)
  return { may, mayNot: probes.filter((probe) => !may.includes(probe)) }
}

/** The answer, or why there is none. */
async function ask(
  address: string,
  secret: string,
  probes: readonly RegionProbe[],
  timeoutMs: number,
): Promise<RegionAnswer | string> {
  const body = JSON.stringify({
    probes: probes.map(({ id, target: { kind, config }, secrets, timeoutMs: ms }) => ({
      id,
      target: { kind, config },
      secrets,
      timeoutMs: ms,
    })),
  })
  try {
    const response = await fetch(address, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      body,
      // A prober that sends elsewhere is none: the secret must not travel on.
      redirect: 'error',
      cache: 'no-store',
      signal: AbortSignal.timeout(timeoutMs),
    })
    if (!response.ok) {
      await response.body?.cancel()
      return response.status === 401 ? 'its prober has another secret' : `its prober answered ${response.status}`
    }
    const parsed = regionAnswerSchema.safeParse(JSON.parse(await readLimited(response)))
    return parsed.success ? parsed.data : 'its prober answered something else than results'
  } catch (error) {
    if (error instanceof Error && error.name === 'TimeoutError') return `did not answer in ${timeoutMs / SECOND} s`
    return error instanceof SyntaxError
      ? 'its prober answered something else than results'
      : 'its prober cannot be reached'
  }
}

async function readLimited(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength
    if (size > ANSWER_MAX_BYTES) throw new SyntaxError('the answer is too long')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function judge(region: string, probes: readonly RegionProbe[], answer: RegionAnswer): ReadonlyMap<string, Seen> {
  // Vercel runs a function elsewhere where the plan does not allow its region: that says nothing about the region.
  if (answer.region !== region) return unknown(probes, `its prober runs in ${answer.region}`)
  const asked = new Set(probes.map(({ id }) => id))
  if (answer.outcomes.some(({ id }) => !asked.has(id))) {
    return unknown(probes, 'its prober answered for monitors that it was not asked about')
  }
  const told = new Map(answer.outcomes.map(({ id, outcome }) => [id, outcome]))
  return new Map(
    probes.map(({ id }): [string, Seen] => {
      const outcome = told.get(id)
      if (outcome === undefined) return [id, { unknown: 'its prober told nothing' }]
      return [id, outcome.verdict === 'down' && answer.doubt !== null ? { unknown: answer.doubt } : { outcome }]
    }),
  )
}

function unknown(probes: readonly RegionProbe[], reason: string): ReadonlyMap<string, Seen> {
  return new Map(probes.map(({ id }) => [id, { unknown: reason }]))
}
