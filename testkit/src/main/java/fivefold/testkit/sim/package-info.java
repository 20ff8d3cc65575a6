/**
 * A network that is not there: the real reactor, its connections, outboxes and timers, over
 * simulated sockets and a virtual clock. One seed is one run, with the same delays, pieces and
 * faults every time, so that a failure can be looked at again.
 */
package fivefold.testkit.sim;
