package dev.thaw.models.rolling;

import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.views.RollingAggregate;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which events count for a feature; features of one view with the same conditions share it. */
final class EventFilter {
  private record Condition(EventFields.TextField field, Set<String> allowed) {}

  private final Set<String> types;
  private final List<Condition> conditions = new ArrayList<>();
  private final double minValue;
  private final boolean positive;
  private final DomainDefinitions domains;

  EventFilter(RollingAggregate rolling, DomainDefinitions domains) {
    this.types = Set.copyOf(rolling.types());
    rolling
        .where()
        .forEach(
            (field, allowed) ->
                conditions.add(new Condition(EventFields.text(field), Set.copyOf(allowed))));
    Double least = rolling.minValue();
    this.minValue = least == null ? Double.NEGATIVE_INFINITY : least;
    this.positive = rolling.positive();
    this.domains = domains;
  }

  /** The conditions in one fixed spelling; equal for equal filters, in every process. */
  static String spell(RollingAggregate rolling) {
    TreeMap<String, List<String>> where = new TreeMap<>();
    rolling
        .where()
        .forEach((field, allowed) -> where.put(field, allowed.stream().sorted().toList()));
    return "types="
        + rolling.types().stream().sorted().toList()
        + " where="
        + where
        + " min="
        + rolling.minValue()
        + " positive="
        + rolling.positive();
  }

  boolean accepts(Event event, @Nullable Embedding itemVector) {
    if (!types.isEmpty() && !types.contains(event.type().name())) {
      return false;
    }
    if (minValue != Double.NEGATIVE_INFINITY) {
      Double value = event.value();
      if (value == null || value < minValue) {
        return false;
      }
    }
    for (int i = 0; i < conditions.size(); i++) {
      Condition condition = conditions.get(i);
      String value = condition.field().read(event, itemVector);
      if (value == null || !condition.allowed().contains(value)) {
        return false;
      }
    }
    return !positive || domains.isPositive(event);
  }
}
