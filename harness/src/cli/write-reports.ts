import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { htmlFile, htmlFolder } from '../report/html/html-report.ts'
import { jsonReport } from '../report/json-report.ts'
import { junitReport } from '../report/junit-report.ts'
import { markdownReport } from '../report/markdown-report.ts'
import type { RunResult } from '../run.ts'

/** Where each report goes. */
export interface ReportFiles {
  json?: string
  junit?: string
  markdown?: string
  /** A file when it ends in `.html`, else a folder. */
  html?: string
}

/** Writes the reports that were asked for. */
export async function writeReports(run: RunResult, files: ReportFiles): Promise<void> {
  if (files.json !== undefined) await writeFile(files.json, jsonReport(run))
  if (files.junit !== undefined) await writeFile(files.junit, junitReport(run))
  if (files.markdown !== undefined) await writeFile(files.markdown, markdownReport(run))
  if (files.html !== undefined) await writeHtml(run, files.html)
}

async function writeHtml(run: RunResult, path: string): Promise<void> {
  if (/\.html?$/i.test(path)) {
    await writeFile(path, await htmlFile(run))
    return
  }
  await mkdir(path, { recursive: true })
  for (const [name, content] of await htmlFolder(run)) await writeFile(join(path, name), content)
}
