package fivefold.services.chat;

import java.util.List;

/**
 * A member at one moment.
 *
 * @param name the nickname, or the address of who has none
 * @param address with its port
 * @param rooms by name
 * @param outboxBytes what waits for it
 */
public record MemberInfo(String name, String address, List<String> rooms, long outboxBytes) {
  static MemberInfo of(Member member) {
    return new MemberInfo(
        member.name(),
        member.address,
        member.rooms.stream().map(room -> room.name).toList(),
        member.connection.outboxBytes());
  }
}
