import type { Deployment } from './deployment.ts'

/** As long as people write a commit, and as GitHub shows it. */
const SHORT = 7

/** The commit as people write it; empty without one. */
export function shortCommit(commit: string): string {
  return commit.slice(0, SHORT)
}

/** How a sentence names a deployment: `shop 3f1c9a2`. */
export function nameDeployment(deployment: Pick<Deployment, 'service' | 'branch' | 'commit' | 'externalId'>): string {
  const { service, branch, commit, externalId } = deployment
  const name = [service, shortCommit(commit) || branch].filter((part) => part !== '').join(' ')
  return name === '' ? externalId.slice(0, 40) : name
}
