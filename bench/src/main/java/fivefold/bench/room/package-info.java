/** A chat room of Fivefold beside one of Netty: one message, many members. */
package fivefold.bench.room;
