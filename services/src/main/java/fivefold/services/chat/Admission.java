package fivefold.services.chat;

/** What a client's handler turns to. */
record Admission(Door door, Sequencer sequencer, Floor floor, Commands commands) {}
