// Prints what failed, a line each, and last "N passed, N failed" from the JSON report of vitest, with skipped ones where there are any.
import { readFileSync } from 'node:fs'
import { relative } from 'node:path'

function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return null
  }
}

/** The names of what failed in a file. A file that does not even load has no failed test of its own. */
function listFailures(file) {
  const path = relative(process.cwd(), file.name)
  const failures = file.assertionResults.filter((test) => test.status === 'failed')
  if (file.status === 'failed' && file.assertionResults.length === 0) return [`${path}: ${firstLine(file.message)}`]
  return failures.map((test) => `${path} › ${test.fullName}: ${firstLine(test.failureMessages?.[0])}`)
}

const firstLine = (message) => (message ?? '').split('\n', 1)[0]

const report = readReport(process.argv[2])
const failures = report?.testResults.flatMap(listFailures) ?? ['the tests left no report']
for (const failure of failures) console.log(`✗ ${failure}`)
const passed = report?.numPassedTests ?? 0
const skipped = (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0)
console.log(`${passed} passed, ${failures.length} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
