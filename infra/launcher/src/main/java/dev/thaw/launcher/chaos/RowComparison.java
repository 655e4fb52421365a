package dev.thaw.launcher.chaos;

import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.online.OnlineReader;
import dev.thaw.featuredefinitions.online.OnlineReader.Read;
import dev.thaw.featuredefinitions.views.FeatureView;
import dev.thaw.flinkjobs.trainbridge.TrainBridge;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Rows of two stores beside each other: what one has, the other must have. */
final class RowComparison {
  private static final int AT_ONCE = 500;

  private final OnlineReader store;
  private final OnlineReader reference;
  private final Entities entities;
  private final List<String> differences = new ArrayList<>();
  private final Map<String, Integer> rows = new LinkedHashMap<>();

  RowComparison(OnlineReader store, OnlineReader reference, Entities entities) {
    this.store = store;
    this.reference = reference;
    this.entities = entities;
  }

  /** Every view that streaming jobs write, for every entity. */
  Guarantee run() {
    for (FeatureView view : entities.features().views()) {
      if (view.name().equals(TrainBridge.VIEW)) {
        continue;
      }
      rows.put(view.name(), 0);
      List<EntityKey> keys = entities.keys(view);
      for (int from = 0; from < keys.size(); from += AT_ONCE) {
        compare(view.name(), keys.subList(from, Math.min(keys.size(), from + AT_ONCE)));
      }
    }
    if (rows.values().stream().allMatch(number -> number == 0)) {
      differences.add("the uninterrupted run has no row, so this says nothing");
    }
    return new Guarantee("rows equal those of an uninterrupted run", "rows " + rows, differences);
  }

  private void compare(String view, List<EntityKey> keys) {
    List<Read> reads = keys.stream().map(key -> new Read(view, key)).toList();
    List<Optional<FeatureRow>> here = store.read(reads);
    List<Optional<FeatureRow>> there = reference.read(reads);
    for (int i = 0; i < keys.size(); i++) {
      compare(view + " of " + name(keys.get(i)), here.get(i), there.get(i));
      rows.merge(view, there.get(i).isPresent() ? 1 : 0, Integer::sum);
    }
  }

  private static String name(EntityKey key) {
    return key.joinKeys().values().stream()
        .map(value -> value instanceof FeatureValue.Text text ? text.value() : value.toString())
        .toList()
        .toString();
  }

  private void compare(String name, Optional<FeatureRow> here, Optional<FeatureRow> there) {
    if (here.isEmpty() || there.isEmpty()) {
      if (here.isPresent() != there.isPresent()) {
        differences.add(name + (here.isPresent() ? " should not be there" : " is missing"));
      }
      return;
    }
    TreeSet<String> features = new TreeSet<>(here.get().features().keySet());
    features.addAll(there.get().features().keySet());
    for (String feature : features) {
      FeatureValue value = value(here.get(), feature);
      FeatureValue wanted = value(there.get(), feature);
      if (!ValueDifference.isSame(value, wanted)) {
        differences.add(name + ": " + feature + " is " + value + ", not " + wanted);
      }
    }
  }

  private static FeatureValue value(FeatureRow row, String feature) {
    return row.features().getOrDefault(feature, FeatureValue.MISSING);
  }
}
