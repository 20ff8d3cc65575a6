/**
 * The asynchronous model: the thread says what is to be done with which memory, and is told when it
 * has been done. Both phases of I/O, waiting for data and copying it, are the kernel's.
 */
package fivefold.net.asynchronous;
