package fivefold.cli;

import fivefold.net.StreamHandler;
import java.util.function.Supplier;

/**
 * What a service serves on a second port, in all else as on its first.
 *
 * @param name for the line that says it listens
 */
record Beside(String name, int port, Supplier<? extends StreamHandler> handlers) {}
