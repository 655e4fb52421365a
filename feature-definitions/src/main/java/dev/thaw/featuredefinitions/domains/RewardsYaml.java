package dev.thaw.featuredefinitions.domains;

import dev.thaw.featuredefinitions.domains.RewardDefinition.AtLeast;
import dev.thaw.featuredefinitions.domains.RewardDefinition.Measure;
import dev.thaw.featuredefinitions.domains.RewardDefinition.UpTo;
import dev.thaw.featuredefinitions.domains.RewardDefinition.Whole;
import dev.thaw.featuredefinitions.vocabulary.EventType;
import dev.thaw.featuredefinitions.yaml.Durations;
import dev.thaw.featuredefinitions.yaml.YamlMapping;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rewards of a domain in {@code domains.yaml}. */
final class RewardsYaml {
  private RewardsYaml() {}

  static List<RewardDefinition> read(YamlMapping domain, Set<EventType> types) {
    if (!domain.has("rewards")) {
      return List.of(RewardDefinition.POSITIVE);
    }
    return domain.mappings("rewards").stream().map(each -> reward(each, types)).toList();
  }

  private static RewardDefinition reward(YamlMapping entry, Set<EventType> known) {
    entry.only("name", "types", "of", "at_least", "up_to", "window", "half_life");
    List<EventType> types = entry.has("types") ? entry.texts("types", EventType::new) : List.of();
    for (EventType type : types) {
      if (!known.contains(type)) {
        throw entry.fault("types", "must be among " + known + ", was \"" + type + '"');
      }
    }
    return entry.build(
        () ->
            new RewardDefinition(
                entry.text("name"),
                types,
                measure(entry, types),
                duration(entry, "window"),
                duration(entry, "half_life")));
  }

  private static @Nullable Duration duration(YamlMapping entry, String key) {
    return entry.has(key) ? entry.duration(key) : null;
  }

  private static Measure measure(YamlMapping entry, List<EventType> types) {
    if (entry.has("at_least") && entry.has("up_to")) {
      throw entry.fault("up_to", "must be left out where at_least is given");
    }
    String field = entry.text("of", RewardDefinition.VALUE);
    boolean measured = entry.has("at_least") || entry.has("up_to");
    if (measured
        && field.equals(RewardDefinition.VALUE)
        && !RewardDefinition.VALUED.containsAll(types)) {
      throw entry.fault(
          "of",
          "must be a key of the events' context where types are others than "
              + RewardDefinition.VALUED
              + ", was "
              + RewardDefinition.VALUE);
    }
    if (entry.has("at_least")) {
      return new AtLeast(field, entry.number("at_least"));
    }
    if (entry.has("up_to")) {
      return new UpTo(field, entry.number("up_to"));
    }
    if (entry.has("of")) {
      throw entry.fault("of", "must be left out where neither at_least nor up_to is given");
    }
    return new Whole();
  }

  static List<Map<String, Object>> entries(List<RewardDefinition> rewards) {
    return rewards.stream().map(RewardsYaml::entry).toList();
  }

  private static Map<String, Object> entry(RewardDefinition reward) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("name", reward.name());
    if (!reward.types().isEmpty()) {
      entry.put("types", reward.types().stream().map(EventType::name).toList());
    }
    if (reward.measure() instanceof AtLeast atLeast) {
      entry.put("of", atLeast.field());
      entry.put("at_least", atLeast.bound());
    } else if (reward.measure() instanceof UpTo upTo) {
      entry.put("of", upTo.field());
      entry.put("up_to", upTo.bound());
    }
    Duration window = reward.window();
    if (window != null) {
      entry.put("window", Durations.format(window));
    }
    Duration halfLife = reward.halfLife();
    if (halfLife != null) {
      entry.put("half_life", Durations.format(halfLife));
    }
    return entry;
  }
}
