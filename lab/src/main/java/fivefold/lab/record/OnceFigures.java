package fivefold.lab.record;

import org.jspecify.annotations.Nullable;

/**
 * What is measured once for a server, between the warm-up and the rounds, since measuring it costs.
 * What could not be measured is null.
 *
 * @param systemCalls of all the server's threads per request
 * @param heapBytesPerConnection heap in use after a collection, with all connections less without
 *     any
 * @param rssBytesPerConnection the same of resident memory
 */
public record OnceFigures(
    @Nullable Double systemCalls,
    @Nullable Double heapBytesPerConnection,
    @Nullable Double rssBytesPerConnection) {}
