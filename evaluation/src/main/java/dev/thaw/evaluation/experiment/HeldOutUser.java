package dev.thaw.evaluation.experiment;

import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.history.History;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A user of whom no interaction in the target domain was trained on.
 *
 * @param inOrder all interactions in the target domain, oldest first
 * @param support number of leading interactions a split gives to the model, null where the protocol
 *     chooses
 */
public record HeldOutUser(UserId user, List<History.Entry> inOrder, @Nullable Integer support) {
  public HeldOutUser {
    inOrder = List.copyOf(inOrder);
    if (support != null && (support < 0 || support > inOrder.size())) {
      throw new IllegalArgumentException(
          "support of user " + user + " must be in [0, " + inOrder.size() + "], was " + support);
    }
  }

  /** The first k interactions, newest first. */
  public History support(int k) {
    List<History.Entry> known = new ArrayList<>(inOrder.subList(0, Math.min(k, inOrder.size())));
    Collections.reverse(known);
    return new History(known.size(), known);
  }

  /** What follows the first k interactions. */
  public List<History.Entry> query(int k) {
    return inOrder.subList(Math.min(k, inOrder.size()), inOrder.size());
  }
}
