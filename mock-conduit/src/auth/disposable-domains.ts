interface Lists {
  hosts: ReadonlySet<string>
  /** Refused with all that is under them. */
  zones: ReadonlySet<string>
}

let loading: Promise<Lists> | undefined

/**
 * The lists of hosts of throw-away addresses, read when they are first asked for. The backend carries a snapshot of the two lists that
 * these packages publish, so a host that was listed since is refused here and not there. Source: A/utils/emailRestrictions.ts:5.
 */
async function load(): Promise<Lists> {
  const [{ disposableEmailBlocklistSet }, { default: zones }] = await Promise.all([
    import('disposable-email-domains-js'),
    import('disposable-email-domains/wildcard.json', { with: { type: 'json' } }),
  ])
  return { hosts: disposableEmailBlocklistSet(), zones: new Set(zones) }
}

/** Whether mail to this host, in lower case, is thrown away. Source: A/utils/emailRestrictions.ts (isDisposableDomain). */
export async function isDisposable(host: string): Promise<boolean> {
  const { hosts, zones } = await (loading ??= load())
  const labels = host.split('.')
  const above = labels.slice(1, -1).map((_, at) => labels.slice(at + 1).join('.'))
  return hosts.has(host) || [host, ...above].some((zone) => zones.has(zone))
}
