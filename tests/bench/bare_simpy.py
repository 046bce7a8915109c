"""What a story is beside: processes that wake every ten seconds and set a value. Prints the seconds of
the processor that it took. Usage: bare_simpy.py PROCESSES TIMES"""
import sys
import time

from SimPy.Simulation import Process, activate, hold, initialize, simulate


class Pulse(Process):
    def run(self, world):
        while True:
            yield hold, self, 10.0
            world["pulse"] = "high"


processes, times = int(sys.argv[1]), int(sys.argv[2])
initialize()
for number in range(processes):
    pulse = Pulse(name="pulse %d" % number)
    activate(pulse, pulse.run({}))
begin = time.process_time()
simulate(until=10 * times)
print(time.process_time() - begin)
