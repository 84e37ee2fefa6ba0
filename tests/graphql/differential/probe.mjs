// The engine, asked over a pipe: tests/graphql/engine_probe.cpp.

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export class Probe {
  constructor(path) {
    this.process = spawn(path, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.waiting = [];
    createInterface({ input: this.process.stdout }).on('line', (line) => this.waiting.shift().resolve(line));
    this.process.on('exit', (code, signal) => {
      for (const { reject } of this.waiting) reject(new Error(`The probe ended: ${signal ?? code}`));
    });
  }

  /** The answer to one request, both JSON values. */
  async ask(request) {
    const line = await new Promise((resolve, reject) => {
      this.waiting.push({ resolve, reject });
      this.process.stdin.write(`${JSON.stringify(request)}\n`);
    });
    return JSON.parse(line);
  }

  end() {
    this.process.stdin.end();
  }
}
