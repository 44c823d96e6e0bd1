/** Bytes on their way to the browser. */
export interface Preview {
  status: 200 | 206 | 304 | 416
  /** Only what describes these bytes; nothing else of the storage's answer. */
  headers: Record<string, string>
  body: ReadableStream<Uint8Array> | null
}
