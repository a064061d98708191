import { isRoleAtLeast, type Role } from '../../domain/monitor/role.ts'
import { type CommandResult, refuse } from '../../ports/command-result.ts'
import type { Installation, InstallationTest, TestResult } from '../../ports/installation.ts'

/** Tries out one part. No row of the database guards this, so the role is checked here: a test sends in the installation's name. */
export async function testInstallation(
  installation: Installation,
  role: Role,
  part: InstallationTest,
  mail: { to: string; projectId: string; subject: string; text: string },
): Promise<CommandResult<TestResult>> {
  if (!isRoleAtLeast(role, 'admin')) return refuse(null, 'PT403', 'this needs the role admin in the project')
  const tests: Record<InstallationTest, () => Promise<TestResult>> = {
    database: () => installation.testDatabase(),
    url: () => installation.testUrl(),
    deadman: () => installation.testDeadman(),
    mail: () => installation.testMail(mail),
  }
  // Whoever calls an action chooses its arguments: a part that does not exist is not run.
  const run = Object.hasOwn(tests, part) ? tests[part] : null
  if (run === null) return refuse('part', 'PT422', 'there is no such part')
  return { ok: true, value: await run() }
}
