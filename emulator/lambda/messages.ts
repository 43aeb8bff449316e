/** What a worker is started with. Both ends of these messages are ours. */
export interface WorkerSettings {
  readonly taskRoot: string;
  readonly handler: string;
  readonly functionName: string;
  readonly functionArn: string;
  readonly memoryMb: number;
  readonly logFile: string;
  readonly jsonLog: boolean;
  /** See Clock.sharedTime. */
  readonly sharedTime: SharedArrayBuffer;
}

export interface Invocation {
  readonly requestId: string;
  /** JSON text. */
  readonly payload: string;
  readonly timeoutMs: number;
}

/**
 * `ready` and `unready` come once, for the start; then one `answer` or `failure` an invocation.
 * `fallen` (thrown where nobody catches) and `tooBig` (out of memory) are last words.
 */
export interface WorkerMessage {
  readonly kind: 'ready' | 'unready' | 'answer' | 'failure' | 'fallen' | 'tooBig';
  /** JSON text; empty with `ready` and `tooBig`. */
  readonly payload: string;
}
