/**
 * The event loop: one thread, one poller, many descriptors.
 *
 * <p>{@link fivefold.net.loop.EventLoop} runs {@link fivefold.net.loop.EventHandler}s over a {@link
 * fivefold.net.loop.Poller}; the mechanisms themselves are in the rooms of the I/O models.
 */
package fivefold.net.loop;
