/** Typed client of the control API, over HTTP or over an in-process `fetch`. */
export interface ControlClient {
  readonly baseUrl: string
}

export function createControlClient(
  baseUrl: string,
  _fetch: (request: Request) => Promise<Response> = fetch,
): ControlClient {
  return { baseUrl }
}
