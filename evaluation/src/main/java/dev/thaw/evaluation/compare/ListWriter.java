package dev.thaw.evaluation.compare;

import dev.thaw.evaluation.Cases;
import dev.thaw.evaluation.UsersByK;
import dev.thaw.evaluation.measure.RankedUsers;
import dev.thaw.evaluation.methods.RankingMethod;
import dev.thaw.models.interactions.ItemDictionary;
import dev.thaw.models.ranking.TopItems;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes the lists of methods of our own in the form that {@link ListReader} reads, {@value
 * RankedUsers#LIST} places each. A user a method has no answer for gets none.
 */
public record ListWriter(UsersByK protocol, ItemDictionary items) {
  static final String COLUMNS = "k\tuser\trank\titem\tmethod\n";

  /**
   * @param methods each of another name
   */
  public void write(List<RankingMethod> methods, Path file) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write(COLUMNS);
      float[] scores = new float[items.size()];
      for (int k : protocol.counts()) {
        for (Cases.Case user : protocol.ranked(k)) {
          for (RankingMethod method : methods) {
            if (method.score(user.evidence(), scores)) {
              write(k, user, method, scores, out);
            }
          }
        }
      }
    }
  }

  private void write(
      int k, Cases.Case user, RankingMethod method, float[] scores, BufferedWriter out)
      throws IOException {
    int[] list =
        TopItems.of(scores, RankedUsers.LIST, item -> !user.asked().hidden().contains(item));
    for (int at = 0; at < list.length; at++) {
      out.write(
          k
              + "\t"
              + user.evidence().user()
              + '\t'
              + (at + 1)
              + '\t'
              + items.get(list[at])
              + '\t'
              + method.name()
              + '\n');
    }
  }
}
