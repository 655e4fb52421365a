package dev.thaw.serving.explain;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.models.bridge.GateDecision;
import dev.thaw.serving.catalogue.ServedItem;
import dev.thaw.serving.snapshot.DomainModels;
import dev.thaw.serving.snapshot.DomainRanks;
import dev.thaw.serving.snapshot.ServedBridge;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says of an item why it is in the answer, from the very figures that put it there. Pure. */
public final class Explainer {
  /** Sources whose order a mapped vector has a part in. */
  private static final Set<String> OF_VECTORS = Set.of("cross-domain", "fused", "factors");

  private Explainer() {}

  /**
   * What is to be explained.
   *
   * @param source what proposed the item
   * @param drawn whether the bandit drew it into its slot
   * @param gate weight of the learned vector; NaN where no vector scored
   * @param segment of the user, null if none
   * @param liked items the user liked, newest first
   * @param isLiking whether the item-to-item model knows anything that the user likes
   * @param mappedFrom domain the user's vector was mapped from, null if none was used
   */
  public record Case(
      ServedItem item,
      String source,
      double score,
      boolean drawn,
      double propensity,
      double gate,
      @Nullable String segment,
      @Nullable String mappedFrom,
      List<ServedItem> liked,
      boolean isLiking) {}

  /**
   * @param posterior what the bandit knew of the item when it drew it, by name
   */
  public static Explanation explain(
      Case item, DomainRanks ranks, Map<String, Object> posterior, DomainModels models) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("source", item.source());
    details.put("score", item.score());
    ServedItem nearest = nearest(item, models);
    if (nearest != null) {
      details.put("nearest_liked_item", nearest.id().value());
    }
    if (item.segment() != null) {
      details.put("segment", item.segment());
    }
    if (!Double.isNaN(item.gate())) {
      details.put("learned_weight", item.gate());
    }
    if (item.mappedFrom() != null && OF_VECTORS.contains(item.source())) {
      addBridge(item.mappedFrom(), models, details);
    }
    details.put("popularity", (double) ranks.popularity(item.item().number()));
    if (item.drawn()) {
      details.putAll(posterior);
      details.put("propensity", item.propensity());
    }
    return new Explanation(sentence(item, nearest), details);
  }

  /** What the gate of the bridge measured when it let users pass. */
  private static void addBridge(String source, DomainModels models, Map<String, Object> details) {
    ServedBridge bridge = models.bridges().get(DomainId.of(source));
    if (bridge != null) {
      GateDecision gate = bridge.decision();
      details.put("bridge_from", source);
      details.put("bridge_" + gate.metric(), gate.bridged());
      details.put("fallback_" + gate.metric(), gate.targetOnly());
      // earlier versions of the gate kept no p-value
      if (gate.test().pairs() > 0) {
        details.put("bridge_p_value", gate.test().p());
        details.put("bridge_p_value_among_pairs", gate.test().adjusted());
        details.put("bridge_pairs", gate.test().pairs());
      }
    }
  }

  private static String sentence(Case item, @Nullable ServedItem nearest) {
    StringBuilder text = new StringBuilder(because(item));
    if (nearest != null) {
      text.append("; nearest to ").append(name(nearest)).append(", which you liked");
    }
    if (!Double.isNaN(item.gate()) && item.gate() < 0.5) {
      text.append("; new here, so judged mostly by its description");
    }
    if (item.drawn()) {
      text.append(
          String.format(
              Locale.ROOT,
              "; drawn into this slot with probability %.3f to learn",
              item.propensity()));
    }
    return text.append('.').toString();
  }

  private static String because(Case item) {
    return switch (item.source()) {
      case "item-to-item" ->
          item.isLiking()
              ? "Liked by those who like what you like"
              : "Liked by those who answered as you did";
      case "fused" ->
          "Liked by those who like what you like, and fits "
              + (item.mappedFrom() == null
                  ? "what you chose"
                  : "your taste in " + item.mappedFrom());
      case "factors" -> "Fits what you rated and chose here";
      case "meta-learned" -> "Popular here, and by your few ratings something for you";
      case "sequential" -> "Often liked next after what you liked last";
      case "cross-domain" -> "Fits your taste in " + item.mappedFrom();
      case "content" -> "Close in content to what you like";
      case "popularity-segment" -> "Popular among people like you (" + item.segment() + ")";
      case "exploration" -> "Hardly known here yet";
      default -> "Popular in " + item.item().record().domain();
    };
  }

  private static String name(ServedItem item) {
    String title = item.record().title();
    return title.isBlank() ? "item " + item.id() : "\"" + title + "\"";
  }

  /** By the factor model if it knows both, else by shared categories. */
  private static @Nullable ServedItem nearest(Case item, DomainModels models) {
    ServedItem best = null;
    double bestSimilarity = 0.05;
    for (ServedItem liked : item.liked()) {
      double similarity = similarity(item.item(), liked, models);
      if (similarity > bestSimilarity) {
        bestSimilarity = similarity;
        best = liked;
      }
    }
    return best;
  }

  private static double similarity(ServedItem a, ServedItem b, DomainModels models) {
    DomainModels.Factors factors = models.factors();
    double cosine = factors == null ? Double.NaN : factors.items().cosine(a.number(), b.number());
    if (!Double.isNaN(cosine)) {
      return cosine;
    }
    long shared = a.categories().stream().filter(b.categories()::contains).count();
    int all = a.categories().size() + b.categories().size();
    return all == 0 ? 0 : 2.0 * shared / all;
  }
}
