# ruby sidekiq.rb make JOBS ONES, or required by sidekiq itself as the application that holds the job.
require 'sidekiq'

# This version of Sidekiq would fill the log with warnings of this version of its Redis client.
Redis.sadd_returns_boolean = false if Redis.respond_to?(:sadd_returns_boolean=)

server = { url: "redis://127.0.0.1:#{ENV.fetch('REDIS_PORT')}/#{ENV.fetch('PEER_DB')}", password: ENV.fetch('REDISCLI_AUTH') }
Sidekiq.configure_client { |config| config.redis = server }
Sidekiq.configure_server { |config| config.redis = server }

class Trivial
  include Sidekiq::Worker

  def perform(number); end
end

def timed(name, jobs)
  since = Process.clock_gettime(Process::CLOCK_MONOTONIC)
  yield
  puts "#{name} #{(jobs / (Process.clock_gettime(Process::CLOCK_MONOTONIC) - since)).round}"
end

if ARGV.first == 'make'
  jobs, ones = ARGV[1].to_i, ARGV[2].to_i
  timed('one', ones) { ones.times { |number| Trivial.perform_async(number) } }
  timed('bulk', jobs) do
    (0...jobs).each_slice(1000) { |numbers| Sidekiq::Client.push_bulk('class' => Trivial, 'args' => numbers.map { |number| [number] }) }
  end
end
