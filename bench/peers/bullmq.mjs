// node bullmq.mjs make JOBS ONES | work CONCURRENCY
// BullMQ's part: makes ONES jobs one by one and JOBS in bulk, or runs jobs until it is told to end.
import { createRequire } from 'node:module';

// The packages lie where run.sh has installed them, not beside this file.
const { Queue, Worker } = createRequire(process.env.PEERS_MODULES + '/')('bullmq');
const connection = { host: '127.0.0.1', port: Number(process.env.REDIS_PORT), password: process.env.REDISCLI_AUTH, db: Number(process.env.PEER_DB), maxRetriesPerRequest: null };
const [verb, ...numbers] = process.argv.slice(2);

async function timed(name, jobs, make) {
  const since = performance.now();
  await make();
  console.log(name, Math.round(jobs / (performance.now() - since) * 1000));
}

if (verb === 'make') {
  const [jobs, ones] = numbers.map(Number);
  const queue = new Queue('trivial', { connection });
  await queue.waitUntilReady();
  await timed('one', ones, async () => {
    for (let n = 0; n < ones; n++) await queue.add('count', { n });
  });
  await timed('bulk', jobs, async () => {
    for (let n = 0; n < jobs; n += 1000)
      await queue.addBulk(Array.from({ length: Math.min(1000, jobs - n) }, (_, i) => ({ name: 'count', data: { n: n + i } })));
  });
  await queue.close();
} else {
  const worker = new Worker('trivial', async () => {}, { connection, concurrency: Number(numbers[0]) });
  process.once('SIGTERM', async () => {
    await worker.close();
    process.exit(0);
  });
}
