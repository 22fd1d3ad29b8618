import type { Database } from '../connect.js';

// Whole rows are copied and then changed by name, so that a column that is added later comes along.
const copySql = `
insert into notices
select (jsonb_populate_record(source, jsonb_build_object(
  'key', (source).key || '/' || channel, 'recipient', 'group:' || channel, 'channel', channel,
  'facts', (source).facts - 'task', 'state', 'queued', 'address', null, 'subject', null, 'message_id', null,
  'attempts', 0, 'last_error', null, 'sent_at', null, 'read_at', null))).*
from (
  select distinct on (n.template, n.facts - 'task') n source from notices n
  where n.step = $1 and n.recipient like 'person:%' and (n.template = any($2) or (n.template = 'playbookNotice'
    and n.facts ->> 'audience' = 'team' and exists (
      select from incidents i join playbooks b on b.type = i.type and b.revision = i.playbook_revision
        cross join jsonb_array_elements(b.playbook -> 'steps') s
      where i.number = n.incident_number and s ->> 'key' = n.facts ->> 'step' and s ->> 'urgent' = 'true')))
  order by n.template, n.facts - 'task', n.key
) copied cross join unnest($3::text[]) channel
on conflict do nothing`;

/**
 * Adds to the notices of a step a copy for each group chat of those that are told there as well: one of each template
 * and its facts, whichever of our people it goes to. A notice of a playbook's step is told there where the step says
 * that it is urgent. Adds nothing that is there already, so it may run with every try.
 */
export async function addGroupCopies(
  db: Database,
  step: string,
  { templates, channels }: { templates: readonly string[]; channels: readonly string[] },
): Promise<void> {
  await db.$client.query({ name: 'copy-notices', text: copySql, values: [step, templates, channels] });
}
