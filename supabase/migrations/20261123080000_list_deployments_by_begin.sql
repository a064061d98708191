-- The list of deployments goes by when they began. It went by when they were first heard of, which is not the same for those that a platform
-- or a script tells late, and put a deployment of last month above one of this morning.

create index deployments_project_id_created_at_id_idx on public.deployments (project_id, created_at desc, id desc);
-- Both are served by the new one: nothing asks by id any more, and the figures of the weekly report ask for a span of created_at.
drop index public.deployments_project_id_id_idx;
drop index public.deployments_project_id_created_at_idx;
