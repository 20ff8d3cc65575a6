/** The nonblocking model: asking again and again. */
package fivefold.net.nonblocking;
