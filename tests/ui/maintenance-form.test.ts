import { expect, test } from 'vitest'
import { readMaintenance } from '@/app/(console)/[project]/maintenance/_parts/read-maintenance.ts'

function startOf(startDate: string, repeat: string): string {
  const form = new FormData()
  form.set('startDate', startDate)
  form.set('repeat', repeat)
  form.set('recurrence', 'FREQ=WEEKLY;BYDAY=MO')
  return readMaintenance(form).startDate
}

test.each([
  ['a Friday', '2026-11-20', 'workdays', '2026-11-20'],
  ['a Saturday', '2026-11-21', 'workdays', '2026-11-23'],
  ['a Sunday, the last of the year', '2028-12-31', 'workdays', '2029-01-01'],
  ['a Sunday, every week', '2026-11-22', 'weekly', '2026-11-22'],
  ['a Sunday, by a rule of its own', '2026-11-22', 'custom', '2026-11-22'],
  ['no day at all', 'soon', 'workdays', 'soon'],
])('maintenance planned from %s on (%s, %s) begins on %s', (_name, startDate, repeat, expected) => {
  expect(startOf(startDate, repeat)).toBe(expected)
})
