/**
 * Protocols as handlers. No I/O model is named here: whoever starts a server chooses one.
 *
 * <p>Start at {@link fivefold.services.Services}.
 */
package fivefold.services;
