import { describe, expect, test } from 'vitest'
import { createReportRenderer, renderReportHtml } from '../../../lib/adapters/report/create-report-renderer.tsx'
import { plotLatency } from '../../../lib/adapters/report/plot-latency.ts'
import { plotUptime } from '../../../lib/adapters/report/plot-uptime.ts'
import { rasterise } from '../../../lib/adapters/report/rasterise.ts'
import { writeReport } from '../../../lib/domain/report/write-report.ts'
import type { Locale } from '../../../lib/domain/time/locale.ts'
import { sampleReport } from './sample-report.ts'

const url = 'https://vigie.example.com'
const renderer = createReportRenderer({ url })
const visible = (html: string) => html.replace(/<!--.*?-->/gs, '').replace(/<div style="display:none.*?<\/div>/s, '')

describe.each(['en', 'fr'] as Locale[])('the mail in %s', (locale) => {
  const text = writeReport(sampleReport({ locale }), null)
  const rendered = renderer.render(sampleReport({ locale }), null)

  test('is 600 px wide, begins with the fact, and has one button', async () => {
    const { subject, html } = await rendered
    expect(subject).toBe(text.subject)
    expect(html).toContain(`lang="${locale}"`)
    expect(html).toContain('max-width:600px')
    expect(visible(html)).toMatch(/<body.*?<p[^>]*>[^<]+<\/p><h1[^>]*>Acme /s)
    expect(html).toContain(text.headline)
    expect(html.split('<a ').length - 1).toBe(1)
    expect(html).toContain(`href="${url}/acme"`)
    expect(html.length).toBeLessThan(102_400)
  })

  test('shows both plots from its own attachments, with the figures as alternative text', async () => {
    const { html, attachments } = await rendered
    expect(attachments.map(({ contentId, contentType }) => [contentId, contentType])).toEqual([
      ['report-uptime', 'image/png'],
      ['report-latency', 'image/png'],
    ])
    for (const { contentId, content } of attachments) {
      expect(html).toContain(`src="cid:${contentId}"`)
      expect([...content.slice(1, 4)]).toEqual([...Buffer.from('PNG')])
    }
    expect(html).toContain(`alt="${text.uptimePlot.alt}"`)
    expect(html).toContain(`alt="${text.latencyPlot.alt}"`)
    expect(text.uptimePlot.alt).toContain(locale === 'en' ? 'Tue 10 96.26%' : 'mar. 10 96,26')
  })

  test('keeps places for what is not connected', async () => {
    const { html, text: plain } = await rendered
    const word = locale === 'en' ? 'not connected' : 'non connecté'
    expect(html.split(word).length - 1).toBe(1)
    expect(plain.split(word).length - 1).toBe(1)
  })

  test('rendered twice is the same bytes', async () => {
    expect(await renderer.render(sampleReport({ locale }), null)).toEqual(await rendered)
  })
})

test('a page for the dashboard has its pictures inside', async () => {
  const html = await renderReportHtml(sampleReport(), { plots: 'data', url })
  expect(html).not.toContain('cid:')
  expect(html.split('src="data:image/png;base64,').length - 1).toBe(2)
})

test('nothing that a person named is read as markup, in the mail or in a plot', async () => {
  const { html } = await renderer.render(sampleReport({ name: '<script>alert(1)</script>' }), null)
  expect(html).not.toContain('<script')
  const { uptimePlot } = writeReport(sampleReport(), null)
  const hostile = { ...uptimePlot, days: [{ label: '</text><script>', value: '&', downShare: 0 }] }
  expect(plotUptime(hostile)).toContain('&lt;/text&gt;&lt;script&gt;')
})

test('a day without data is hatched and cuts the lines', () => {
  const { uptimePlot, latencyPlot } = writeReport(sampleReport(), null)
  const gap = { ...latencyPlot, days: latencyPlot.days.with(3, { label: 'Thu 12', p50Ms: null, p95Ms: null }) }
  const svg = plotLatency(gap, 'en')
  expect(svg.split('<polyline').length - 1).toBe(4)
  expect(svg).toContain('url(#hatch)')
  const blank = { ...uptimePlot, days: uptimePlot.days.with(3, { label: 'Thu 12', value: 'no data', downShare: null }) }
  expect(plotUptime(blank)).toContain('no data')
})

test('a week without any measurement, or with a single day, is drawn too', () => {
  const { latencyPlot } = writeReport(sampleReport(), null)
  const none: typeof latencyPlot.days = latencyPlot.days.map(({ label }) => ({ label, p50Ms: null, p95Ms: null }))
  for (const days of [none, none.with(2, { label: 'Wed 11', p50Ms: 0.4, p95Ms: 0.4 }), []]) {
    const svg = plotLatency({ ...latencyPlot, days }, 'fr')
    expect(svg).not.toMatch(/NaN|Infinity|undefined/)
    expect(rasterise(svg).length).toBeGreaterThan(500)
  }
})
