import { httpConfigSchema } from '../domain/monitor/config.ts'
import { type Instant, SECOND } from '../domain/time/instant.ts'
import type { Clock } from '../ports/clock.ts'
import type { Prober } from '../ports/prober.ts'
import type { Controls } from '../ports/region-prober.ts'

/** They are chosen to answer always and fast, and a page waits for them. */
const CONTROL_TIMEOUT_MS = 2 * SECOND
/** All failures of a moment share one look; the look after a hold is a new one. */
const FRESH_FOR_MS = 5 * SECOND

export interface ControlDeps {
  prober: Prober
  clock: Pick<Clock, 'now'>
  /** Addresses that answer whenever the network of the prober works. */
  targets: readonly string[]
  region: string
}

/** Looks at the control targets of this place. Any answer will do, an error of theirs too: it came over the network. */
export function createControls({ prober, clock, targets, region }: ControlDeps): Controls {
  let last: { at: Instant; doubt: Promise<string | null> } | null = null
  const look = async (): Promise<string | null> => {
    const answered = await Promise.all(targets.map((url) => answers(prober, url)))
    return answered.includes(true) ? null : `${region} is cut off: its control targets do not answer`
  }
  return {
    findDoubt() {
      if (targets.length === 0) return Promise.resolve(null)
      const now = clock.now()
      if (last === null || now - last.at > FRESH_FOR_MS) last = { at: now, doubt: look() }
      return last.doubt
    },
  }
}

async function answers(prober: Prober, url: string): Promise<boolean> {
  const config = httpConfigSchema.parse({
    url,
    redirects: { follow: false, max: 0 },
    expect: { status: ['1xx', '2xx', '3xx', '4xx', '5xx'], healthBody: false, certificateDays: 0 },
  })
  const { statusCode } = await prober.probe({
    target: { kind: 'http', config },
    secrets: {},
    timeoutMs: CONTROL_TIMEOUT_MS,
  })
  return statusCode !== null
}
