"""python3 watch.py PEER LEFT WARM SECONDS: the rate at which a peer's queue is emptied, seen from outside and for all alike.

LEFT jobs are there at the start. The clock runs from the moment at which WARM of them are done until none is left, so that
the start of a process and what it compiles or loads first are no part of the figure.
"""
import os
import sys
import time

import redis

peer, jobs, warm, patience = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])
server = redis.Redis(port=int(os.environ['REDIS_PORT']), password=os.environ['REDISCLI_AUTH'], db=int(os.environ['PEER_DB']))
prefix = os.environ.get('PEER_PREFIX', '')
left = {
    'bullmq': lambda: server.llen('bull:trivial:wait') + server.llen('bull:trivial:active'),
    'sidekiq': lambda: server.llen('queue:default'),
    'celery': lambda: server.llen('celery') + server.hlen('unacked'),
    'console': lambda: jobs - int(server.get(prefix + 'stats:succeeded') or 0),
}[peer]

end = time.monotonic() + patience
since = first = None
while time.monotonic() < end:
    now = left()
    if since is None and now <= jobs - warm:
        since, first = time.perf_counter(), now
    if now == 0:
        print('drain', round(first / (time.perf_counter() - since)))
        sys.exit()
    time.sleep(0.005)
sys.exit('%s left %d of %d jobs after %.0f s' % (peer, left(), jobs, patience))
