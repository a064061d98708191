import type { ReportText } from './report-text.ts'

/** The report for readers without HTML: the same facts in the same order, one a line. */
export function writePlainReport(text: ReportText, url: string): string {
  const figures = text.figures.rows.map(({ label, value, before, change, isConnected }) =>
    isConnected
      ? `- ${label}${text.colon} ${value} | ${before} | ${joinWords(change.mark, change.word)}`
      : `- ${label}${text.colon} ${value}`,
  )
  const monitors = text.monitors.rows.map(
    ({ name, uptime, coverage, p95, errors, change }) =>
      `- ${name}${text.colon} ${[uptime, coverage, p95, errors, joinWords(change.mark, change.word)].filter((part) => part !== null).join(' | ')}`,
  )
  const incidents = text.incidents.rows.map(({ title, detail }) => `- ${title} (${detail})`)
  const blocks = [
    [text.kicker],
    [text.headline, ...text.notes],
    [text.figures.title, text.figures.columns.join(' | '), ...figures],
    [text.uptimePlot.title, text.uptimePlot.alt],
    [text.latencyPlot.title, text.latencyPlot.alt],
    [text.incidents.title, ...incidents, text.incidents.more ?? text.incidents.none],
    text.monitors.rows.length === 0
      ? []
      : [text.monitors.title, text.monitors.columns.join(' | '), ...monitors, text.monitors.more],
    [`${text.button}${text.colon} ${url}`],
    text.footer,
  ]
  return blocks
    .map((lines) => lines.filter((line) => line !== null).join('\n'))
    .filter((block) => block !== '')
    .join('\n\n')
}

function joinWords(mark: string, word: string): string {
  return mark === '' ? word : `${mark} ${word}`
}
