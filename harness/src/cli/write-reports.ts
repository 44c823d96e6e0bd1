import { writeFile } from 'node:fs/promises'
import { jsonReport } from '../report/json-report.ts'
import { junitReport } from '../report/junit-report.ts'
import type { RunResult } from '../run.ts'

/** Where each report goes. */
export interface ReportFiles {
  json?: string
  junit?: string
}

/** Writes the reports that were asked for. */
export async function writeReports(run: RunResult, files: ReportFiles): Promise<void> {
  if (files.json !== undefined) await writeFile(files.json, jsonReport(run))
  if (files.junit !== undefined) await writeFile(files.junit, junitReport(run))
}
