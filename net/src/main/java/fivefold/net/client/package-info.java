/** Connections to others: by a handler, or in straight lines; one at a time, or from a pool. */
package fivefold.net.client;
