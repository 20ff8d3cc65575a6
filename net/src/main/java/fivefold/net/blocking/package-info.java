/**
 * The blocking model: a thread for each connection waits in read. Who the thread is, a platform
 * thread, one of a pool, or a virtual thread, is the only difference between its models.
 *
 * <p>Over java.nio's blocking channels: a virtual thread that reads from one is parked, where a
 * native call would hold its carrier.
 */
package fivefold.net.blocking;
