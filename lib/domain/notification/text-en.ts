import { formatLatency } from '../rollup/format-figures.ts'
import type { FailureFacts, HeadlineFacts, MassFacts, Words } from './words.ts'

function since({ why, since: at, lasted }: HeadlineFacts): string {
  // A clause with a comma in it would otherwise run into the time: `expected "healthy" since 03:12`.
  const clause = why === '' ? '' : `${why}${why.includes(', ') ? ', ' : ' '}`
  return `${clause}since ${at} (${lasted})`
}

const monitors = ({ count, total }: MassFacts): string =>
  total === null ? `${count} monitors` : `${count} of ${total} monitors`

/** The failed assertion as a clause (`json $.status is "degraded", expected "healthy"`), or the plain sentence when there is none. */
function failed({ failure }: FailureFacts, otherwise: string): string {
  if (failure === null) return otherwise
  const { subject, expected, got } = failure
  if (subject === 'keyword')
    return got === 'found' ? 'its answer holds a forbidden word' : `its answer lacks ${expected}`
  // A status page speaks in words of its own, in which no value is expected.
  if (expected === 'operational') return `${subject} says ${got}`
  return got === 'nothing' ? `${subject} is absent` : `${subject} is ${got}, expected ${expected}`
}

export const wordsEn: Words = {
  locale: 'en',
  colon: ':',
  tones: {
    down: 'Down',
    degraded: 'Degraded',
    up: 'Up',
    critical: 'Critical',
    warning: 'Warning',
    normal: 'Back to normal',
    acknowledged: 'Acknowledged',
    test: 'Test',
    digest: 'KPIs',
  },
  headlines: {
    down: (facts) => `${facts.name} is down${facts.why === '' ? ' ' : ': '}${since(facts)}`,
    degraded: (facts) => `${facts.name} is degraded${facts.why === '' ? ' ' : ': '}${since(facts)}`,
    flapping: (facts) => `${facts.name} keeps going down and up${facts.why === '' ? ' ' : ': '}${since(facts)}`,
    acknowledged: ({ name, number, since: at }) =>
      `Someone is on it: ${name}, incident #${number}, failing since ${at}`,
    resolved: ({ name, lasted }) => `${name} is up again after ${lasted}`,
    resolvedWhileDown: ({ name, number, lasted }) =>
      `Incident #${number} was closed after ${lasted}, but ${name} still fails`,
    steadyAgain: ({ name, lasted }) => `${name} is steady again after going down and up for ${lasted}`,
    recovered: ({ name }) => `${name} is back to normal`,
    ruleCritical: (facts) => `${facts.name} is critical${facts.why === '' ? ' ' : ': '}${since(facts)}`,
    ruleWarning: (facts) => `${facts.name} needs a look${facts.why === '' ? ' ' : ': '}${since(facts)}`,
    ruleFlapping: (facts) => `${facts.name} keeps crossing its limit${facts.why === '' ? ' ' : ': '}${since(facts)}`,
    ruleEased: ({ name, lasted }) => `${name} is not critical any more after ${lasted}, but still needs a look`,
    ruleNormal: ({ name, lasted }) => `${name} is back to normal after ${lasted}`,
    ruleSteady: ({ name, lasted }) => `${name} is steady again after crossing its limit for ${lasted}`,
    ruleClosed: ({ name, number, lasted }) =>
      `Incident #${number} was closed after ${lasted}, but ${name} is still critical`,
    ruleRetired: ({ name, lasted }) => `${name} is not watched any more, after ${lasted}`,
    massDown: (facts) => `${monitors(facts)} are down since ${facts.since} (${facts.lasted})`,
    massAcknowledged: (facts) =>
      `Someone is on it: ${monitors(facts)}, incident #${facts.number}, failing since ${facts.since}`,
    massResolved: ({ count, lasted }) => `The failure of ${count} monitors is over after ${lasted}`,
    test: 'Test message from Vigie: this channel works',
  },
  notes: {
    flapping: 'It switches between up and down. Single swings are not sent; the next message says when it is steady.',
    ruleFlapping: 'It keeps crossing its limit. Single swings are not sent; the next message says when it is steady.',
    repeated: 'Nobody has acknowledged it yet, so this is a reminder.',
    massDown:
      'They failed in the same run, were checked again, and still fail. Look first at what they share: network, DNS, host.',
    test: (project) =>
      `Somebody pressed “Send test” in project ${project}. Nothing is wrong and there is nothing to do.`,
  },
  causes: {
    dns: () => 'its name does not resolve',
    tcp: () => 'no connection',
    tls: () => 'its TLS connection fails',
    timeout: () => 'no answer in time',
    status: ({ statusCode }) => (statusCode === null ? 'wrong status' : `answered ${statusCode}`),
    assertion: (facts) => failed(facts, 'its answer is not as expected'),
    body_too_large: () => 'its answer is too large',
    blocked: () => 'its address is not allowed',
    redirect: () => 'its redirects lead nowhere',
    protocol: (facts) => (facts.failure?.subject.startsWith('line ') ? failed(facts, '') : 'its answer makes no sense'),
    latency: ({ latencyMs }) => (latencyMs === null ? 'too slow' : `took ${formatLatency(latencyMs, 'en')}`),
    health_degraded: (facts) => failed(facts, 'its own health report says degraded'),
    certificate_expiring: ({ failure }) =>
      failure === null ? 'its certificate expires soon' : `certificate ${failure.got}`,
    query: () => 'its query fails',
    missed_heartbeat: () => 'no heartbeat',
    reported_failure: () => 'it reported a failure',
  },
  inRegions: ({ count, total }) => `in ${count} of ${total} ${total === 1 ? 'region' : 'regions'}`,
  labels: {
    monitor: 'Monitor',
    rule: 'Rule',
    group: 'Group',
    project: 'Project',
    since: 'Since',
    until: 'Until',
    lasted: 'Lasted',
    acknowledgedAt: 'Acknowledged',
    found: 'Found',
    severity: 'Severity',
    told: 'Told',
    alsoAffected: 'Also affected',
    deployment: 'Last deployment',
    runbook: 'Runbook',
    incident: 'Incident',
    results: 'Results that decided',
  },
  severities: { low: 'low', medium: 'medium', high: 'high', critical: 'critical' },
  verdicts: { up: 'up', degraded: 'degraded', down: 'down' },
  buttons: {
    acknowledge: 'Acknowledge',
    openIncident: 'Open incident',
    openMonitor: 'Open monitor',
    openRule: 'Open rule',
  },
  found: ({ subject, expected, got }) => `${subject} ${got}, expected ${expected}`,
  figure: (value, limit) => (limit === null ? value : `${value}, limit ${limit}`),
  noData: (at) => (at === null ? 'no data so far' : `no data since ${at}`),
  deployment: (name, before, at) => (before === '' ? `${name}, at ${at}` : `${name}, ${before} before, at ${at}`),
  andMore: (count) => `and ${count} more`,
  footer: (project) => `Sent by Vigie for project ${project}.`,
}
