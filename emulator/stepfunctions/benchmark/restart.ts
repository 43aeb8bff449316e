/** Starts the engine on a file and prints how long that took and what the process holds. */
import { Post } from './loads.ts';

const began = performance.now();
const post = await Post.open(process.argv[2] ?? ':memory:');
await post.sfn.idle();
const restartMs = performance.now() - began;
console.log(JSON.stringify({ restartMs, residentMb: process.memoryUsage().rss / 1_048_576 }));
await post.sfn.close();
