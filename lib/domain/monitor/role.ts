/** What a member may do; each may do all that the ones before it may: read, handle incidents, configure, manage people. */
export const ROLES = ['viewer', 'responder', 'admin', 'owner'] as const
export type Role = (typeof ROLES)[number]

/** Whether a role may do what is asked of `floor`. */
export function isRoleAtLeast(role: Role, floor: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(floor)
}
