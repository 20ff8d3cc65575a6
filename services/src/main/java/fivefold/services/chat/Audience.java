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
    if (group == null || !group.remove(member.connection)) {
      return false;
    }
    if (group.size() == 0) {
      forms.remove(member.form);
    }
    return true;
  }

  boolean isEmpty() {
    return forms.isEmpty();
  }

  /** How many outboxes have taken it. */
  int tell(ChatEvent event) {
    int taken = 0;
    for (Map.Entry<ChatForm, Group> form : forms.entrySet()) {
      taken += form.getValue().broadcast(Message.of(form.getKey().bytes(event)));
    }
    return taken;
  }
}
