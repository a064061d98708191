import type { OwnRoles } from '../../ports/own-roles.ts'

/** Whether the person administers any project: who may try out the installation itself. */
export async function isAdminAnywhere(roles: OwnRoles, userId: string): Promise<boolean> {
  return (await roles.listOwnRoles(userId)).some((role) => role === 'owner' || role === 'admin')
}
