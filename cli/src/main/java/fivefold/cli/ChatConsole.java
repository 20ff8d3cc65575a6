package fivefold.cli;

import fivefold.cli.console.ConsoleAction;
import fivefold.services.chat.Chat;
import fivefold.services.chat.ChatStats;
import fivefold.services.chat.MemberInfo;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;

/** What the operator of a chat can type. */
final class ChatConsole {
  private static final int LIMIT_LINES = 100;

  private final Chat chat;

  private ChatConsole(Chat chat) {
    this.chat = chat;
  }

  static List<ConsoleAction> actions(Chat chat) {
    ChatConsole console = new ChatConsole(chat);
    return List.of(
        new ConsoleAction("rooms", "", "the rooms, and how many are in them", console::rooms),
        new ConsoleAction(
            "members", "[ROOM]", "who is here, and what waits for them", console::members),
        new ConsoleAction("say", "[#ROOM] TEXT", "speak to a room, or to all", console::say),
        new ConsoleAction("kick", "NAME", "close a member's connection", console::kick),
        new ConsoleAction(
            "ban", "[NAME]", "keep an address out; alone: those that are", console::ban),
        new ConsoleAction("unban", "ADDRESS", "let it in again", console::unban),
        new ConsoleAction("stats", "", "counts of the chat", console::stats));
  }

  private void rooms(String arguments, PrintWriter out) {
    var rooms = chat.rooms();
    rooms.stream()
        .limit(LIMIT_LINES)
        .forEach(room -> out.printf("#%-30s %,d%n", room.name(), room.members()));
    more(rooms.size(), out);
    out.println("rooms: " + rooms.size());
  }

  private void members(String room, PrintWriter out) {
    String wanted = room.startsWith("#") ? room.substring(1) : room;
    List<MemberInfo> members =
        chat.members().stream()
            .filter(each -> wanted.isEmpty() || each.rooms().contains(wanted))
            .toList();
    members.stream().limit(LIMIT_LINES).forEach(each -> out.println(line(each)));
    more(members.size(), out);
    out.println("members: " + members.size());
  }

  private static String line(MemberInfo member) {
    return member.name()
        + (member.name().equals(member.address()) ? "" : " (" + member.address() + ")")
        + "  #"
        + String.join(" #", member.rooms())
        + (member.outboxBytes() > 0 ? "  " + member.outboxBytes() + " bytes wait for it" : "");
  }

  private static void more(int count, PrintWriter out) {
    if (count > LIMIT_LINES) {
      out.println("... and " + (count - LIMIT_LINES) + " more");
    }
  }

  private void say(String arguments, PrintWriter out) {
    boolean oneRoom = arguments.startsWith("#");
    String[] words = arguments.split("\\s+", 2);
    String text = oneRoom ? (words.length > 1 ? words[1] : "") : arguments;
    if (text.isBlank()) {
      out.println("expected say [#ROOM] TEXT");
      return;
    }
    int rooms = chat.say(oneRoom ? words[0].substring(1) : null, text);
    out.println(rooms == 0 ? "nobody is there to hear it" : "said in rooms: " + rooms);
  }

  private void kick(String name, PrintWriter out) {
    if (name.isEmpty()) {
      out.println("expected kick NAME");
    } else {
      out.println(chat.kick(name) ? name + " is sent away" : nobody(name));
    }
  }

  private void ban(String who, PrintWriter out) {
    if (who.isEmpty()) {
      chat.banned().forEach(out::println);
      out.println("banned: " + chat.banned().size());
      return;
    }
    Optional<String> banned = chat.ban(who);
    out.println(banned.map(address -> address + " is banned").orElseGet(() -> nobody(who)));
  }

  private void unban(String address, PrintWriter out) {
    out.println(
        chat.unban(address)
            ? address + " may come in again"
            : "'" + address + "' is not banned; 'ban' lists those that are");
  }

  private static String nobody(String name) {
    return "nobody is called '" + name + "'; 'members' lists all";
  }

  private void stats(String arguments, PrintWriter out) {
    ChatStats stats = chat.stats();
    count(out, "members", chat.members().size());
    count(out, "messages", stats.messages());
    count(out, "deliveries", stats.deliveries());
    count(out, "batches written", stats.batches());
    count(out, "dropped members", stats.slowMembers());
  }

  private static void count(PrintWriter out, String what, long count) {
    out.printf("%-20s %,d%n", what, count);
  }
}
