import { NextIntlClientProvider } from 'next-intl'
import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { LatencyChart } from '../../app/_components/charts/latency-chart.tsx'
import { layOutLatency } from '../../app/_components/charts/latency-layout.ts'
import { bandPath, linePath } from '../../app/_components/charts/line-path.ts'
import { PhaseBar } from '../../app/_components/charts/phase-bar.tsx'
import { Sparkline } from '../../app/_components/charts/sparkline.tsx'
import { toStateSpans } from '../../app/_components/charts/state-spans.ts'
import type { LatencyPoint, SeriesState, StripCell } from '../../app/_components/charts/types.ts'
import { stripPaths, UptimeStrip } from '../../app/_components/charts/uptime-strip.tsx'
import charts from '../../messages/en/charts.json' with { type: 'json' }
import states from '../../messages/en/states.json' with { type: 'json' }

const render = (node: ReactNode) =>
  renderToStaticMarkup(
    <NextIntlClientProvider locale="en" messages={{ charts, states }} timeZone="UTC">
      {node}
    </NextIntlClientProvider>,
  )

const point = (at: number, p50: number | null, p95 = p50, state: SeriesState = 'up'): LatencyPoint => ({
  at,
  p50,
  p95,
  state,
})

describe('gaps stay gaps', () => {
  test('a line lifts its pen where nothing was measured', () => {
    expect(linePath([[0, 1], [1, 2], null, [3, 4], [4, 5]])).toBe('M0 1L1 2M3 4L4 5')
  })

  test('a point alone between two gaps is a dot', () => expect(linePath([null, [2, 3], null])).toBe('M2 3h0'))

  test('a band closes before a gap and begins anew after it', () => {
    const upper = [[0, 5], [1, 5], null, [3, 5], [4, 5]] as const
    const lower = [[0, 1], [1, 1], null, [3, 1], [4, 1]] as const
    expect(bandPath(upper, lower).match(/Z/g)).toHaveLength(2)
  })

  test('a bucket that is missing altogether is a gap too', () => {
    const layout = layOutLatency(
      [point(0, 10), point(60, 10), point(300, 10), point(360, 10)],
      60,
      { fromAt: 0, toAt: 420 },
      'linear',
    )
    expect(layout.p50.match(/M/g)).toHaveLength(2)
  })
})

describe('the spans of a series', () => {
  test('neighbours of one state are one span', () => {
    const points = [
      point(0, 1),
      point(10, 1),
      point(20, null, null, 'down'),
      point(30, null, null, 'down'),
      point(40, 1),
    ]
    expect(toStateSpans(points, 10, 0, 50)).toEqual([
      { fromAt: 0, toAt: 20, state: 'up' },
      { fromAt: 20, toAt: 40, state: 'down' },
      { fromAt: 40, toAt: 50, state: 'up' },
    ])
  })

  test('what no bucket covers is unknown, at both ends and between', () => {
    expect(toStateSpans([point(10, 1), point(40, 1)], 10, 0, 60).map(({ state, fromAt }) => [fromAt, state])).toEqual([
      [0, 'unknown'],
      [10, 'up'],
      [20, 'unknown'],
      [40, 'up'],
      [50, 'unknown'],
    ])
  })

  test('a range without any bucket is one unknown', () => {
    expect(toStateSpans([], 10, 0, 60)).toEqual([{ fromAt: 0, toAt: 60, state: 'unknown' }])
  })
})

describe('an uptime strip', () => {
  const cells: StripCell[] = Array.from({ length: 90 }, (_, at) => ({
    at,
    state: (['up', 'degraded', 'down', 'unknown', 'maintenance', 'paused'] as const)[at % 6] ?? 'up',
  }))

  test('draws one path for each state that occurs, however many bars there are', () => {
    expect(stripPaths(cells)).toHaveLength(6)
    expect(stripPaths(cells.map((cell) => ({ ...cell, state: 'up' as const })))).toHaveLength(1)
  })

  test('tells every pair of states apart by height or by hatching, not by colour alone', () => {
    const looks = stripPaths(cells).map(({ state, height }) => `${height} ${state === 'unknown'}`)
    expect(new Set(looks).size).toBe(6)
  })

  test('draws neighbours of one state with one stroke, and leaves out what was not there yet', () => {
    const states = [null, 'up', 'up', 'down', 'up'] as const
    const drawn = stripPaths(states.map((state, at) => ({ at, state })))
    expect(drawn.map(({ state, d }) => `${state} ${d}`)).toEqual(['up M5 17h9M20 17h4', 'down M15 12h4'])
  })

  test('says its finding to who cannot see it', () => {
    const html = render(<UptimeStrip cells={cells} label="up 23 h of 24 h" />)
    expect(html).toContain('role="img"')
    expect(html).toContain('<title>up 23 h of 24 h</title>')
    expect(html).toContain('stroke="url(#vigie-hatch)"')
  })

  test('an empty strip is still a picture', () =>
    expect(render(<UptimeStrip cells={[]} label="no data" />)).toContain('no data'))
})

test('a sparkline is one path', () => {
  const html = render(<Sparkline values={[1, 2, null, 3]} label="p95" />)
  expect(html.match(/<path/g)).toHaveLength(1)
  expect(html).not.toMatch(/NaN|Infinity/)
})

test('a sparkline of nothing draws nothing and does not fail', () => {
  expect(render(<Sparkline values={[null, null]} label="no data" />)).not.toMatch(/NaN|Infinity/)
  expect(render(<Sparkline values={[]} label="no data" />)).not.toMatch(/NaN|Infinity/)
})

describe('a latency chart', () => {
  const day = 86_400_000
  const chart = (points: LatencyPoint[], scale?: 'linear' | 'log') =>
    render(
      <LatencyChart
        points={points}
        stepMs={day / 24}
        fromAt={0}
        toAt={day}
        timeZone="Europe/Paris"
        label="the finding"
        scale={scale}
      />,
    )
  const hours = Array.from({ length: 24 }, (_, hour) => point((hour * day) / 24, 100, 180 + hour))

  test('shows the highest p95, the last of both lines, and the zone once', () => {
    const html = chart(hours)
    expect(html).toContain('highest 203\u00a0ms')
    expect(html).toContain('100\u00a0ms')
    expect(html.match(/Europe\/Paris/g)).toHaveLength(1)
    expect(html).toContain('aria-label="the finding"')
  })

  test('hatches what is unknown and names what was down', () => {
    const html = chart([
      ...hours.slice(0, 6),
      ...hours.slice(6, 12).map((p) => ({ ...p, p50: null, p95: null, state: 'down' as const })),
    ])
    expect(html).toContain('hatched')
    expect(html).toMatch(/Down<!-- --> |Down 6 h/)
    expect(html).toMatch(/Unknown/)
  })

  test('a range without data is an axis with one hatched band, on either scale', () => {
    for (const scale of ['linear', 'log'] as const) {
      const html = chart([], scale)
      expect(html).toContain('hatched')
      expect(html).not.toMatch(/NaN|Infinity/)
    }
  })
})

test('a phase that was not reached says so instead of showing zero', () => {
  const html = render(<PhaseBar phases={{ dns: 4, tcp: 12 }} />)
  expect(html.match(/not reached/g)).toHaveLength(3)
  expect(html).toContain('12\u00a0ms')
})
