/**
 * Chat servers that are one, through NATS JetStream: every room spans them, and what is said has
 * one order, that of a stream.
 *
 * <p>Start at {@link fivefold.cluster.Cluster}. Who reads the code begins at {@code StreamOrder},
 * what happens to a message, and {@code NatsNeighbours}, who is where.
 */
package fivefold.cluster;
