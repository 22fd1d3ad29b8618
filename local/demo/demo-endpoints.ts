import type { EndpointInput } from '../../domain/endpoints/shape.js';

/** Where the parts of an instance answer; null where a part was replaced by the user's own. */
export interface PartAddresses {
  /** Origin of the API. */
  api: string;
  mailbox: string | null;
  /** `host:port`. */
  temporal: string;
  /** Any address of the database: of it only host and port are used. */
  database: string;
}

/** The four parts that everything here stands on, as endpoints to be probed. */
export function makeDemoEndpoints({ api, mailbox, temporal, database }: PartAddresses): EndpointInput[] {
  const { hostname, port } = new URL(database);
  const common = { owner: 'dong.chao', active: true };
  const endpoints: (EndpointInput | undefined)[] = [
    {
      ...common,
      id: 'redmark-api',
      name: '订单接口',
      kind: 'http',
      address: `${api}/health/live`,
      intervalSeconds: 10,
      serves: '受理订单、办理任务、客户查询',
      severityHint: 3,
    },
    mailbox === null
      ? undefined
      : {
          ...common,
          id: 'mailbox',
          name: '邮箱',
          kind: 'http',
          address: mailbox,
          intervalSeconds: 30,
          serves: '通知邮件',
          severityHint: 2,
        },
    {
      ...common,
      id: 'temporal',
      name: '流程引擎 Temporal',
      kind: 'tcp',
      address: `tcp://${temporal}`,
      intervalSeconds: 10,
      serves: '订单与突发情况的流程、时限',
      severityHint: 3,
    },
    {
      ...common,
      id: 'postgresql',
      name: '数据库 PostgreSQL',
      kind: 'postgres',
      address: `postgres://${hostname}:${port || '5432'}`,
      intervalSeconds: 10,
      serves: '订单与全部记录',
      severityHint: 3,
    },
  ];
  return endpoints.filter((endpoint) => endpoint !== undefined);
}
