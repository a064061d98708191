/** Roles of the signed-in person, as row level security shows them. */
export interface OwnRoles {
  listOwnRoles(userId: string): Promise<string[]>
}
