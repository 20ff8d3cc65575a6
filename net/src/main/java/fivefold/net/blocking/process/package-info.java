/**
 * A process for each connection, the oldest model: a worker JVM is started with the accepted socket
 * as its descriptor 0, takes it by {@link System#inheritedChannel}, serves it as the blocking
 * models do, and ends.
 *
 * <p>The server's side: {@link fivefold.net.blocking.process.ProcessEngine} has one thread, the
 * {@link fivefold.net.blocking.process.Supervisor}, which accepts, starts, and reaps. The worker's
 * side begins in {@link fivefold.net.blocking.process.WorkerMain}. Between the two are the socket,
 * two pipes ({@link fivefold.net.blocking.process.Pipes}) and SIGTERM.
 */
package fivefold.net.blocking.process;
