import { formatCount } from '../rollup/format-figures.ts'
import type { ReportWords } from './words.ts'

const counted = (count: number, one: string, many: string): string =>
  `${count === 0 ? 'no' : count} ${count === 1 ? one : many}`
const incidentsIn = (count: number): string => counted(count, 'incident', 'incidents')

export const wordsEn: ReportWords = {
  locale: 'en',
  colon: ':',
  subject: ({ name, uptime, incidents, days, isSoFar }) =>
    `${name}: ${uptime} uptime, ${incidentsIn(incidents)} (${days}${isSoFar ? ', so far' : ''})`,
  subjectWithoutData: ({ name, days }) => `${name}: nothing was measured (${days})`,
  kicker: (name, days, isSoFar) => `${name} · Weekly report · ${days}${isSoFar ? ', so far' : ''}`,
  headline: ({ name, uptime, before, incidents, critical, isSoFar }) => {
    const week = isSoFar ? 'the same part of the week before' : 'the week before'
    const compared =
      before === null
        ? ''
        : before.change === 'same'
          ? `, the same as in ${week},`
          : `, ${before.change} than in ${week} (${before.uptime}),`
    const graves = critical === 0 ? '' : critical === incidents ? ', critical' : `, ${critical} of them critical`
    return `${name} answered ${uptime} of its checks${isSoFar ? ' so far this week' : ''}${compared} and had ${incidentsIn(incidents)}${graves}.`
  },
  headlineWithoutData:
    'Nothing was measured in this week. See in the dashboard whether the monitors are paused and when the last check ran.',
  notes: {
    soFar: (moment) =>
      `The week is not over: these are the figures until ${moment}, beside the same part of the week before.`,
    clockChange: (hours) => `The clocks changed: this week had ${hours} hours.`,
    maintenance: (checks) =>
      `${checks === 1 ? 'One check' : `${formatCount(checks, 'en')} checks`} during planned maintenance ${checks === 1 ? 'counts' : 'count'} neither as up nor as down.`,
    gaps: (coverage) => `Only ${coverage} of the checks were made; the rest counts neither as up nor as down.`,
  },
  figures: {
    title: 'The week in figures',
    columns: {
      figure: 'Figure',
      week: 'This week',
      before: 'Week before',
      change: 'Change',
      weekSoFar: 'So far',
      beforeSoFar: 'Same part before',
    },
    uptime: 'Uptime',
    coverage: (share) => `${share} of checks made`,
    average: 'Response time, average',
    p95: 'Response time, p95',
    p95Note: '95 of 100 answers were faster',
    errors: 'Errors',
    errorsNote: 'failed checks',
    critical: 'Critical incidents (P0)',
    major: 'Major incidents (P1)',
    minor: 'Minor incidents (P2, P3)',
    acknowledge: 'Time to acknowledge',
    resolve: 'Time to resolve',
    medianNote: 'median',
    deployments: 'Deployments',
    deploymentsNote: 'to production',
    deploymentCounts: (succeeded, failed) => `${succeeded} live, ${failed} failed`,
    satisfaction: 'User satisfaction',
    answers: (count, before) =>
      `${counted(count, 'answer', 'answers')}${before === null ? '' : `, ${before === 0 ? 'none' : before} before`}`,
    ofFive: (rating) => `${rating} of 5`,
    notConnected: 'not connected',
    none: 'none',
  },
  changes: {
    better: 'better',
    worse: 'worse',
    same: 'the same',
    similar: 'about the same',
    no_week_before: 'no week before',
    not_comparable: '–',
  },
  uptimePlot: {
    title: (lowest) =>
      lowest === null ? 'No failed check on any day' : `Lowest uptime on ${lowest.day}: ${lowest.uptime}`,
    alt: 'Uptime by day',
    axisTop: '100%',
  },
  latencyPlot: {
    title: (slowest) =>
      slowest === null ? 'No response time was measured' : `Slowest on ${slowest.day}: p95 ${slowest.p95}`,
    alt: 'Response time by day, p50 and p95',
    p50: 'p50',
    p95: 'p95',
  },
  noData: 'no data',
  monitors: {
    title: (shown, total) => (shown === total ? 'Monitors, worst first' : `The ${shown} worst of ${total} monitors`),
    columns: { name: 'Monitor', uptime: 'Uptime', p95: 'p95', errors: 'Errors', change: 'Change' },
    isNew: 'new',
    more: (count) => `and ${count} more`,
    coverage: (share) => `${share} of checks made`,
  },
  incidents: {
    title: 'Incidents',
    none: 'No incident began in this week.',
    more: (count) => `and ${count} more`,
    lasted: (duration) => `lasted ${duration}`,
    lasting: 'not resolved yet',
    classes: { P0: 'P0, critical', P1: 'P1, major', P2: 'P2, minor', P3: 'P3, minor' },
  },
  button: 'Open the dashboard',
  footer: {
    span: (from, until) => `From ${from} until ${until}.`,
    monday: 'Vigie sends this every Monday at 09:00. An admin of the project chooses who gets it, in its settings.',
    onRequest: (by) => `Sent because ${by} asked for it. The report of Monday 09:00 is sent all the same.`,
  },
}
