package fivefold.web;

import fivefold.services.chat.Arrival;

/** What the page asks for. */
sealed interface ClientRequest {

  /** To be let in. */
  record Enter(String password, Arrival arrival) implements ClientRequest {}

  /** To say a line in a room, or, with a slash, to do something there. */
  record Say(String room, String text) implements ClientRequest {}

  /** To be in a room; and what followed a message there, or the last ones with 0. */
  record Join(String room, long id) implements ClientRequest {}

  /** What followed a message. */
  record Missed(String room, long id) implements ClientRequest {}

  /** What preceded a message. */
  record Earlier(String room, long id) implements ClientRequest {}

  /** Which rooms there are. */
  record Rooms() implements ClientRequest {}
}
