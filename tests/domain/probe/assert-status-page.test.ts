import { describe, expect, test } from 'vitest'
import { evaluateStatusPage } from '../../../lib/domain/probe/assert-status-page.ts'
import type { ComponentStatus, Indicator, StatusPageSummary } from '../../../lib/domain/probe/status-page.ts'

const PAGE: StatusPageSummary = {
  indicator: 'minor',
  description: 'Partially Degraded Service',
  components: [
    { id: 'auth', name: 'Auth', status: 'operational', groupName: 'Europe' },
    { id: 'auth2', name: 'Auth', status: 'major_outage', groupName: 'Asia' },
    { id: 'dash', name: 'Dashboard', status: 'degraded_performance', groupName: null },
  ],
  incidents: [
    { name: 'Asia is dark', impact: 'critical', url: 'https://stspg.io/asia', componentIds: ['auth2'] },
    { name: 'Slow dashboard', impact: 'minor', url: null, componentIds: ['dash'] },
  ],
}

const evaluate = (components: string[], page: Partial<StatusPageSummary> = {}) =>
  evaluateStatusPage({ url: 'https://status.example.com', components }, { ...PAGE, ...page }, 120)

describe('without components the indicator decides', () => {
  test.each<[Indicator, string, string | null]>([
    ['none', 'up', null],
    ['minor', 'degraded', 'health_degraded'],
    ['maintenance', 'degraded', 'health_degraded'],
    ['major', 'down', 'assertion'],
    ['critical', 'down', 'assertion'],
  ])('%s is %s', (indicator, verdict, cause) => {
    expect(evaluate([], { indicator })).toMatchObject({ verdict, cause })
  })
})

describe('named components decide alone', () => {
  test.each<[ComponentStatus, string]>([
    ['operational', 'up'],
    ['degraded_performance', 'degraded'],
    ['under_maintenance', 'degraded'],
    ['partial_outage', 'down'],
    ['major_outage', 'down'],
  ])('%s is %s', (status, verdict) => {
    const components = [{ id: 'a', name: 'API', status, groupName: null }]
    expect(evaluate(['API'], { components, indicator: 'critical' })).toMatchObject({ verdict })
  })

  test.each([
    ['auth', 'down'],
    ['  DASHBOARD ', 'degraded'],
    ['Europe / Auth', 'up'],
    ['asia / auth', 'down'],
    ['auth2', 'down'],
  ])('%j finds its component, and the worst of several counts', (name, verdict) => {
    expect(evaluate([name])).toMatchObject({ verdict })
  })

  test('a name that the page does not have is down and lists those that it has', () => {
    expect(evaluate(['Dashboard', 'Storage'])).toMatchObject({
      verdict: 'down',
      cause: 'assertion',
      message: expect.stringContaining('the page has no component "Storage", expected one of Auth, Dashboard'),
      failures: [
        { subject: 'component Storage', expected: 'one of Auth, Dashboard', got: 'nothing' },
        { subject: 'component Dashboard' },
      ],
    })
  })
})

describe('the evidence names the incident', () => {
  test('the worst one of the page, with its link', () => {
    expect(evaluate([]).failures).toEqual([
      {
        subject: 'status page',
        expected: 'operational',
        got: 'Partially Degraded Service: Asia is dark (https://stspg.io/asia)',
      },
    ])
  })
  test('that of the component, and none that is about others', () => {
    expect(evaluate(['Dashboard']).failures[0]?.got).toBe('degraded performance: Slow dashboard')
    expect(evaluate(['Dashboard'], { incidents: PAGE.incidents.slice(0, 1) }).failures[0]?.got).toBe(
      'degraded performance',
    )
  })
  test('what was seen is listed in any verdict, incidents with their links', () => {
    expect(evaluate(['Europe / Auth'])).toMatchObject({
      verdict: 'up',
      message: 'says Auth: operational, answered in 120 ms',
      seen: [
        { subject: 'status page', value: 'Partially Degraded Service' },
        { subject: 'component Auth', value: 'operational' },
      ],
    })
    expect(evaluate([]).seen).toContainEqual({
      subject: 'incident',
      value: 'Asia is dark',
      url: 'https://stspg.io/asia',
    })
  })
  test('a page of thousands of components shows twenty rows and a short message', () => {
    const components = Array.from({ length: 3_000 }, (_, index) => ({
      id: `c${index}`,
      name: `Component ${index} ${'x'.repeat(400)}`,
      status: 'major_outage' as const,
      groupName: null,
    }))
    const evaluation = evaluate(['none of them'], { components })
    expect(evaluation.message.length).toBeLessThan(500)
    expect(evaluate([], { components }).seen).toHaveLength(20)
  })
})
