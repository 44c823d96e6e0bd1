interface Lists {
  hosts: ReadonlySet<string>
  /** Refused with all that is under them. */
  zones: ReadonlySet<string>
}

let loading: Promise<Lists> | undefined

/** The backend's lists of hosts of throw-away addresses, read when they are first asked for. Source: A/data/disposable-email-domains.json. */
async function load(): Promise<Lists> {
  const { default: lists } = await import('./disposable-domains.json', { with: { type: 'json' } })
  return { hosts: new Set(lists.domains), zones: new Set(lists.wildcards) }
}

/** Whether mail to this host, in lower case, is thrown away. Source: A/utils/emailRestrictions.ts (isDisposableDomain). */
export async function isDisposable(host: string): Promise<boolean> {
  const { hosts, zones } = await (loading ??= load())
  const labels = host.split('.')
  const above = labels.slice(1, -1).map((_, at) => labels.slice(at + 1).join('.'))
  return hosts.has(host) || [host, ...above].some((zone) => zones.has(zone))
}
