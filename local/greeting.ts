import { ROLE_WORDS } from '../domain/roles/shape.js';
import type { RunFile } from './run-file.js';
import { type TokenRole, tokenRoles } from './token-roles.js';

const roleName = (role: TokenRole) => (role === 'client' ? 'API 客户端' : ROLE_WORDS[role].zh);

/** What a person sees when all is ready: addresses, tokens, and a first order to paste. `today` is an instant. */
export function composeGreeting(run: RunFile, runFile: string, today: string, zone: string): string {
  const addresses = [
    ['API', run.api],
    ['API documentation', `${run.api}/docs`],
    ['Mailbox', run.mailbox],
    ['Temporal UI', run.temporal.ui],
    ['Temporal', `${run.temporal.address}, namespace ${run.temporal.namespace}`],
    ['The same for scripts', runFile],
  ].filter(([, address]) => address);
  const width = Math.max(...tokenRoles.map((role) => role.length));
  return [
    '',
    'Redmark 红标 is ready.',
    '',
    ...addresses.map(([name, address]) => `  ${`${name}`.padEnd(22)}${address}`),
    '',
    'A development token a role, for this machine alone:',
    '',
    ...tokenRoles.map((role) => `  ${role.padEnd(width)}  ${run.tokens[role]}  ${roleName(role)}`),
    '',
    'A first urgent order:',
    '',
    composeFirstOrder(run, today, zone),
    '',
    'Ctrl-C stops everything; the next start goes on where this one ended.',
    '',
  ].join('\n');
}

/** Nine days for a shaft whose normal lead time is thirty: urgent, of the highest grade. */
function composeFirstOrder(run: RunFile, today: string, zone: string): string {
  const inNineDays = new Date(Date.parse(today) + 9 * 86_400_000);
  const requestedDelivery = new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(inNineDays);
  const order = {
    channel: 'online',
    customer: { name: '上海浦江机电有限公司', email: 'caigou@pujiang.example' },
    lines: [{ sku: 'RM-SHAFT-45', quantity: 1 }],
    requestedDelivery,
    shipTo: { name: '陈静', country: 'CN', region: '上海市', city: '上海市', line1: '世纪大道 100 号' },
  };
  return [
    `curl -sS ${run.api}/v1/orders \\`,
    `  -H 'Authorization: Bearer ${run.tokens.client}' \\`,
    "  -H 'Content-Type: application/json' \\",
    `  -d '${JSON.stringify(order)}'`,
  ].join('\n');
}
