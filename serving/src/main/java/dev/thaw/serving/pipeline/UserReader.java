package dev.thaw.serving.pipeline;

import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.history.History;
import dev.thaw.serving.breaker.Degradation;
import dev.thaw.serving.catalogue.DomainCatalogue;
import dev.thaw.serving.pipeline.FeatureReader.UserRows;
import dev.thaw.serving.pipeline.UserState.MappedVector;
import dev.thaw.serving.pipeline.UserState.UserVector;
import dev.thaw.serving.snapshot.ActiveSet;
import dev.thaw.serving.snapshot.DomainModels;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Rows of the store to a {@link UserState} under one artefact set. A vector of another space than
 * the set's counts as missing unless it is the previous one beside it; a row older than its view
 * allows is left out where it describes the present, and named stale.
 */
final class UserReader {
  private static final Degradation STALE = new Degradation("features", "stale");

  private final Function<String, Duration> timeToLive;

  /**
   * @param timeToLive of a view's rows
   */
  UserReader(Function<String, Duration> timeToLive) {
    this.timeToLive = timeToLive;
  }

  UserState read(
      UserRows rows,
      Map<String, String> context,
      DomainCatalogue catalogue,
      ActiveSet models,
      Instant now,
      Consumer<Degradation> report) {
    DomainModels domain = models.domain(catalogue.domain());
    Map<String, String> attributes = new HashMap<>(context);
    rows.profile().ifPresent(profile -> addAttributes(profile, attributes));
    return new UserState(
        rows.history().map(History::of).orElse(History.EMPTY),
        inDomain(rows.recent(), catalogue),
        rows.factors().map(row -> vector(row, domain, "interactions")).orElse(null),
        rows.mapped().map(row -> mapped(row, domain)).orElse(null),
        attributes,
        rows.profile().map(profile -> likes(profile, catalogue.domain())).orElse(List.of()),
        rows.activity().map(row -> taste(row, now, report)).orElse(null),
        domain.segments().of(attributes));
  }

  private static Set<ItemId> inDomain(Set<ItemId> items, DomainCatalogue catalogue) {
    Set<ItemId> inside = new HashSet<>();
    for (ItemId each : items) {
      if (catalogue.find(each) != null) {
        inside.add(each);
      }
    }
    return inside;
  }

  private static @Nullable UserVector vector(
      FeatureRow row, DomainModels models, String countedIn) {
    DomainModels.Factors factors = models.factors();
    if (factors == null) {
      return null;
    }
    String wanted = factors.space().key();
    for (String prefix : List.of("", "previous_")) {
      float[] vector = floats(row, prefix + "vector");
      if (vector != null
          && vector.length == factors.items().rank()
          && wanted.equals(text(row, prefix + "space"))) {
        return new UserVector(
            vector, number(row, prefix + "bias", 0), (long) number(row, countedIn, 0));
      }
    }
    return null;
  }

  private static @Nullable MappedVector mapped(FeatureRow row, DomainModels models) {
    UserVector vector = vector(row, models, "source_interactions");
    String source = text(row, "source_domain");
    if (vector == null || source == null) {
      return null;
    }
    DomainId from = DomainId.of(source);
    return new MappedVector(
        vector, from, models.bridgeEnabled(from), models.bridgeConfidence(vector.interactions()));
  }

  private float @Nullable [] taste(FeatureRow row, Instant now, Consumer<Degradation> report) {
    if (row.eventTime().plus(timeToLive.apply("user_domain_activity")).isBefore(now)) {
      report.accept(STALE);
      return null;
    }
    return floats(row, "taste");
  }

  private static void addAttributes(FeatureRow profile, Map<String, String> attributes) {
    for (String pair : texts(profile, "attributes")) {
      int at = pair.indexOf('=');
      if (at > 0) {
        attributes.put(pair.substring(0, at), pair.substring(at + 1));
      }
    }
  }

  private static List<ItemId> likes(FeatureRow profile, DomainId domain) {
    List<String> domains = texts(profile, "onboarding_domains");
    List<String> items = texts(profile, "onboarding_items");
    long[] liked =
        profile
            .get("onboarding_liked")
            .map(value -> ((FeatureValue.Int64s) value).toArray())
            .orElse(new long[0]);
    return java.util.stream.IntStream.range(
            0, Math.min(liked.length, Math.min(domains.size(), items.size())))
        .filter(i -> liked[i] == 1 && domains.get(i).equals(domain.value()))
        .mapToObj(i -> ItemId.of(items.get(i)))
        .toList();
  }

  static List<String> texts(FeatureRow row, String feature) {
    return row.get(feature)
        .map(value -> value instanceof FeatureValue.Texts t ? t.values() : List.<String>of())
        .orElse(List.of());
  }

  private static @Nullable String text(FeatureRow row, String feature) {
    return row.get(feature)
        .map(value -> value instanceof FeatureValue.Text t ? t.value() : null)
        .orElse(null);
  }

  private static float @Nullable [] floats(FeatureRow row, String feature) {
    return row.get(feature)
        .map(value -> value instanceof FeatureValue.Float32s f ? f.toArray() : null)
        .filter(values -> values.length > 0)
        .orElse(null);
  }

  private static double number(FeatureRow row, String feature, double absent) {
    FeatureValue value = row.get(feature).orElse(null);
    return value instanceof FeatureValue.Float64 d
        ? d.value()
        : value instanceof FeatureValue.Int64 n ? n.value() : absent;
  }
}
