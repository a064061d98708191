// Prints "N passed, N failed" from the JSON report of vitest, with skipped ones where there are any.
import { readFileSync } from 'node:fs'

function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return null
  }
}

const report = readReport(process.argv[2])
const passed = report?.numPassedTests ?? 0
const skipped = (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0)
// A file that does not even load has no failed test of its own, and a run without a report failed as a whole.
const unloaded = report?.testResults?.filter(
  (file) => file.status === 'failed' && file.assertionResults.length === 0,
).length
const failed = report ? report.numFailedTests + unloaded : 1
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
