package fivefold.net;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@link IoModel#auto()} chose, and why none of the others.
 *
 * <pre>{@code
 * ModelChoice choice = IoModel.auto();
 * choice.passedOver().forEach(System.err::println);
 * Server.tcp(7007, () -> Connection::send).model(choice.model()).start();
 * }</pre>
 *
 * @param model what to run; it is available here
 * @param order what stood to choice, the preferred first
 * @param passedOver all others of {@code order}, in that order
 */
public record ModelChoice(IoModel model, List<IoModel> order, List<PassedOver> passedOver) {

  public ModelChoice {
    order = List.copyOf(order);
    passedOver = List.copyOf(passedOver);
  }

  /**
   * A model that was not taken.
   *
   * @param reason why, in one line
   * @param remedy what lets it be taken, in one line; null where nothing is to be mended, because
   *     it would run here and only stands behind
   */
  public record PassedOver(IoModel model, String reason, @Nullable String remedy) {
    @Override
    public String toString() {
      return model + ": " + reason + (remedy == null ? "" : "; " + remedy);
    }
  }
}
