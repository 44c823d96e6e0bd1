/** Who speaks in a check: the browser the harness plays, the BFF, and what stands behind it. */
export type Party = 'browser' | 'bff' | 'conduit' | 'storage'

export type ShownHeaders = readonly [name: string, value: string][]

/** A body as far as a report shows it. */
export interface ShownBody {
  /** Bytes on the wire. */
  bytes: number
  /** Media type; empty when none was named. */
  type: string
  /** The beginning of a textual body. */
  text?: string
}

/** One request and what became of it. Everything in it is fit to be shown: no secret is left. */
export interface WireCall {
  from: Party
  to: Party
  /** `i1`, `i2` …: the instance of the BFF that took or made it. */
  instance: string
  method: string
  /** Path with the query. */
  path: string
  /** Origin that the path belongs to. */
  origin: string
  requestHeaders: ShownHeaders
  requestBody: ShownBody
  /** 0 when there was no answer. */
  status: number
  responseHeaders: ShownHeaders
  responseBody: ShownBody
  /** Milliseconds since 1970. */
  startedAt: number
  /** Undefined while it was still open when the check ended. */
  endedAt: number | undefined
  /** Why it did not end well: `reset`, `client-aborted` … */
  failure?: string
  /** What the harness did to it on purpose: `fault`, `held`. */
  provoked: readonly string[]
}

/** Everything that went over the wire during one check, in order of time. */
export interface Evidence {
  calls: readonly WireCall[]
  /** Why something is missing. */
  incomplete?: string
}
