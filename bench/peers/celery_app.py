"""python3 celery_app.py make JOBS ONES, or the application that `celery -A celery_app worker` loads."""
import os
import sys
import time

from celery import Celery

app = Celery(
    'celery_app',
    broker='redis://:%s@127.0.0.1:%s/%s' % (os.environ['REDISCLI_AUTH'], os.environ['REDIS_PORT'], os.environ['PEER_DB']),
)
app.conf.update(task_ignore_result=True, worker_send_task_events=False, task_send_sent_event=False)


@app.task(name='trivial')
def trivial(number):
    return None


def main():
    # Celery has no call that makes many jobs: what stands for bulk is one producer that keeps its connection.
    jobs, ones = int(sys.argv[2]), int(sys.argv[3])
    trivial.delay(0)
    since = time.perf_counter()
    for number in range(1, ones):
        trivial.delay(number)
    print('one', round((ones - 1) / (time.perf_counter() - since)), flush=True)
    with app.producer_pool.acquire(block=True) as producer:
        since = time.perf_counter()
        for number in range(jobs):
            trivial.apply_async((number,), producer=producer)
        print('bulk', round(jobs / (time.perf_counter() - since)), flush=True)


if __name__ == '__main__':
    main()
