/** The load generator: many connections, one thread, every reply compared with what is due. */
package fivefold.lab.load;
