package fivefold.services.chat;

import fivefold.net.Group;
import fivefold.net.Message;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Members that hear the same, each in its form: made once for each form, and shared. Only the
 * {@link Sequencer}'s thread touches it.
 */
final class Audience {
  private final Map<ChatForm, Group> forms = new LinkedHashMap<>(2);

  void add(Member member) {
    forms.computeIfAbsent(member.form, _ -> new Group()).add(member.connection);
  }

  /** False when it was not there. */
  boolean remove(Member member) {
    Group group = forms.get(member.form);
    if (group == null) {
      return false;
    }
    // One that has closed has left its group already.
    boolean wasThere = group.remove(member.connection);
    if (group.size() == 0) {
      forms.remove(member.form);
    }
    return wasThere;
  }

  boolean isEmpty() {
    return forms.isEmpty();
  }

  /** What is on its way to them; see {@link Group#backlogBytes}. */
  long undeliveredBytes() {
    long most = 0;
    for (Group each : forms.values()) {
      most = Math.max(most, each.backlogBytes());
    }
    return most;
  }

  /** How many it is on its way to. */
  int tell(ChatEvent event) {
    int taken = 0;
    for (Map.Entry<ChatForm, Group> form : forms.entrySet()) {
      taken += form.getValue().broadcast(Message.of(form.getKey().bytes(event)));
    }
    return taken;
  }
}
