package dev.thaw.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A data folder whose domains are each other's sources; every domain has the same items. */
final class SmallFolder {
  private static final int ITEMS = 24;

  private final List<String> domains;
  private final List<String> events = new ArrayList<>();

  SmallFolder(String... domains) {
    this.domains = List.of(domains);
  }

  /** The first so many users rate ten items of a domain, most of them of their own taste. */
  SmallFolder users(int users, String domain) {
    for (int u = 0; u < users; u++) {
      for (int n = 0; n < 10; n++) {
        boolean own = n % 5 != 4;
        int item = (2 * (n + 5 * (u / 2)) + (own ? u : u + 1) % 2) % ITEMS;
        events.add(
            ("{\"event_id\":\"%s-%d-%d\",\"user_id\":\"u%d\",\"item_id\":\"%s-%d\",\"domain\":\"%s\","
                    + "\"type\":\"rating\",\"value\":%s,\"time\":\"2024-01-01T%02d:%02d:00Z\"}")
                .formatted(domain, u, n, u, domain, item, domain, own ? "5" : "2", n, u % 60));
      }
    }
    return this;
  }

  Path write(Path folder) throws IOException {
    Files.createDirectories(folder);
    List<String> yaml = new ArrayList<>(List.of("version: 1", "event_types: []", "domains:"));
    List<String> items = new ArrayList<>();
    for (String domain : domains) {
      yaml.add("- name: " + domain);
      yaml.add("  rating: {min: 1, max: 5}");
      yaml.add("  positive: {rating_at_least: 4, types: [like, purchase, click]}");
      yaml.add("  attributes: []");
      yaml.add(
          domains.stream()
              .filter(other -> !other.equals(domain))
              .collect(Collectors.joining(", ", "  sources: [", "]")));
      for (int i = 0; i < ITEMS; i++) {
        items.add("{\"item_id\":\"%s-%d\",\"domain\":\"%s\"}".formatted(domain, i, domain));
      }
    }
    Files.write(folder.resolve("domains.yaml"), yaml);
    Files.write(folder.resolve("items.jsonl"), items);
    Files.write(folder.resolve("events.jsonl"), events);
    return folder;
  }
}
