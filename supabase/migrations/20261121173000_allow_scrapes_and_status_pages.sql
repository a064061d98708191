-- Two more kinds of monitors: scrapes of Prometheus metrics, and status pages of third parties.

alter table public.monitors drop constraint monitors_kind_check;
alter table public.monitors add constraint monitors_kind_check
  check (kind in ('http', 'tcp', 'dns', 'tls', 'postgres', 'prometheus', 'status_page', 'heartbeat'));
