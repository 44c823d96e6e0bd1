/** Runs once at start: a misconfigured server must not come up. */
export async function register(): Promise<void> {
  if (process.env['NEXT_RUNTIME'] === 'nodejs')
    (await import('./lib/refuse-bad-start')).refuseBadStart()
}
