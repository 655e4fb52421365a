package dev.thaw.serving.featureserver;

import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.online.OnlineReader.Read;
import dev.thaw.serving.api.CallerFault;
import dev.thaw.serving.featureserver.schema.Projection;
import dev.thaw.serving.featureserver.schema.ServedFeatures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rows that an answer needs, each once, however often a request names its entity. */
final class ReadPlan {
  private final Selection selection;
  private final Map<String, List<FeatureValue>> joinKeys;
  private final Map<Read, Integer> reads = new LinkedHashMap<>();

  /** Position among the reads, by projection and row. */
  private final int[][] positions;

  private ReadPlan(Selection selection, EntityRows rows, ServedFeatures known) {
    this.selection = selection;
    this.joinKeys = rows.known(known, selection.projections());
    this.positions = new int[selection.projections().size()][rows.size()];
    Map<List<String>, List<EntityKey>> keys = new LinkedHashMap<>();
    for (int i = 0; i < positions.length; i++) {
      Projection projection = selection.projections().get(i);
      // views of the same entities share their keys
      List<EntityKey> ofView =
          keys.computeIfAbsent(signature(projection), columns -> rows.keys(projection));
      for (int row = 0; row < ofView.size(); row++) {
        Read read = new Read(projection.view().name(), ofView.get(row));
        positions[i][row] = reads.computeIfAbsent(read, each -> reads.size());
      }
    }
  }

  private static List<String> signature(Projection projection) {
    return projection.view().joinKeys().stream()
        .map(key -> key + " from " + projection.requestKey(key))
        .toList();
  }

  /**
   * @throws CallerFault naming what can't be read
   */
  static ReadPlan of(
      FeatureRequest request, ServedFeatures known, AnswerNames names, FeatureLimits limits) {
    Selection selection = Selection.of(request, known, names, limits.features());
    EntityRows rows = new EntityRows(request.entities(), known, limits.rows());
    long cells = (long) rows.size() * selection.outputs().size();
    if (cells > limits.cells()) {
      throw CallerFault.of(
          "entities",
          rows.size() + " rows of " + selection.outputs().size() + " features",
          "at most " + limits.cells() + " values together");
    }
    return new ReadPlan(selection, rows, known);
  }

  List<Read> reads() {
    return new ArrayList<>(reads.keySet());
  }

  /**
   * @param found as many as reads, in their order
   */
  FeatureAnswer answer(List<Optional<FeatureRow>> found, Instant now) {
    List<ViewRows> views = new ArrayList<>();
    for (int i = 0; i < positions.length; i++) {
      List<Optional<FeatureRow>> rows = new ArrayList<>(positions[i].length);
      for (int position : positions[i]) {
        rows.add(found.get(position));
      }
      views.add(new ViewRows(rows, selection.projections().get(i).view().ttl(), now));
    }
    return new FeatureAnswer(joinKeys, selection.outputs(), views);
  }
}
