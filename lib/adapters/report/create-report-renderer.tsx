import { render } from 'react-email'
import { writePlainReport } from '../../domain/report/plain-text.ts'
import type { ReportText } from '../../domain/report/report-text.ts'
import type { WeeklyReport } from '../../domain/report/weekly-report.ts'
import { writeReport } from '../../domain/report/write-report.ts'
import type { ReportRenderer } from '../../ports/report-renderer.ts'
import { plotLatency } from './plot-latency.ts'
import { plotUptime } from './plot-uptime.ts'
import { rasterise } from './rasterise.ts'
import { ReportMail } from './report-mail.tsx'

const UPTIME_ID = 'report-uptime'
const LATENCY_ID = 'report-latency'

/** Renders reports as mails. `url` is where people reach the dashboard, without a slash at the end. */
export function createReportRenderer({ url }: { url: string }): ReportRenderer {
  return {
    async render(report, requestedBy) {
      const text = writeReport(report, requestedBy)
      const pictures = drawPlots(text)
      const dashboardUrl = addressOf(url, report)
      const plots = { uptime: `cid:${UPTIME_ID}`, latency: `cid:${LATENCY_ID}` }
      return {
        subject: text.subject,
        html: await render(<ReportMail text={text} plots={plots} dashboardUrl={dashboardUrl} />),
        text: writePlainReport(text, dashboardUrl),
        attachments: [attach(UPTIME_ID, pictures.uptime), attach(LATENCY_ID, pictures.latency)],
      }
    },
  }
}

/**
 * The same mail as one page that needs nothing beside itself, for a preview in the dashboard (in a sandboxed frame). With
 * `plots: 'data'` the pictures are inside; what is seen is what would be sent.
 */
export async function renderReportHtml(
  report: WeeklyReport,
  { url, requestedBy = null }: { plots: 'data'; url: string; requestedBy?: string | null },
): Promise<string> {
  const text = writeReport(report, requestedBy)
  const pictures = drawPlots(text)
  const plots = { uptime: toDataUrl(pictures.uptime), latency: toDataUrl(pictures.latency) }
  return render(<ReportMail text={text} plots={plots} dashboardUrl={addressOf(url, report)} />)
}

function drawPlots({ uptimePlot, latencyPlot, locale }: ReportText): { uptime: Uint8Array; latency: Uint8Array } {
  return { uptime: rasterise(plotUptime(uptimePlot)), latency: rasterise(plotLatency(latencyPlot, locale)) }
}

function addressOf(url: string, { project }: WeeklyReport): string {
  return `${url}/${project.slug}`
}

function attach(contentId: string, content: Uint8Array) {
  return { filename: `${contentId}.png`, contentId, contentType: 'image/png', content }
}

function toDataUrl(png: Uint8Array): string {
  return `data:image/png;base64,${Buffer.from(png).toString('base64')}`
}
