-- A deployment restarts what it deploys: a short mute after it keeps that from paging, and a longer soak names it as the suspect.

alter table public.projects
  add column mute_after_deploy_seconds integer not null default 0
    constraint projects_mute_after_deploy_seconds_check check (mute_after_deploy_seconds between 0 and 3600),
  add column soak_minutes integer not null default 15 constraint projects_soak_minutes_check check (soak_minutes between 0 and 1440);
comment on column public.projects.mute_after_deploy_seconds is 'Nobody is told of an alert that begins so soon after a production deployment, unless it outlasts this; 0 for no such mute.';
comment on column public.projects.soak_minutes is 'An alert that fires so soon after a production deployment is compared with the time before it, and the deployment is named; 0 for never.';
