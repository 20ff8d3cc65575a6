/**
 * The public API: a handler written once, served on every I/O model.
 *
 * <p>Start at {@link fivefold.net.Server} and {@link fivefold.net.StreamHandler}.
 */
package fivefold.net;
