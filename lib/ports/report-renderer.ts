import type { WeeklyReport } from '../domain/report/weekly-report.ts'
import type { MailMessage } from './channel.ts'

/** Turns a report into a mail with its plots attached. The same report gives the same bytes. */
export interface ReportRenderer {
  /** `requestedBy` is null for the report of Monday. */
  render(
    report: WeeklyReport,
    requestedBy: string | null,
  ): Promise<Pick<MailMessage, 'subject' | 'html' | 'text' | 'attachments'>>
}
