import org.jspecify.annotations.NullMarked;

/** Time, echo and chat: handlers only. */
@NullMarked
module fivefold.services {
  requires static org.jspecify;
  requires transitive fivefold.net;
  requires com.h2database.mvstore;

  exports fivefold.services;
  exports fivefold.services.chat;
  exports fivefold.services.operator;
}
