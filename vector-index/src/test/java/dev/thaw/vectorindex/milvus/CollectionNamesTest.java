package dev.thaw.vectorindex.milvus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CollectionNamesTest {
  private final CollectionNames names = new CollectionNames("thaw");

  @Test
  void namesAreValidAndDifferentForDifferentIds() {
    String longName = "x".repeat(255);
    List<String> ids = List.of("a.b", "a_b", "a-b", "ä.b", longName + "a", longName + "b", "1");
    Set<String> made = new HashSet<>();
    for (String space : ids) {
      for (String version : ids) {
        String name = names.collection(space, version);
        assertThat(name).matches("[A-Za-z_][A-Za-z0-9_]{0,254}").startsWith(names.allOf(space));
        made.add(name);
      }
      made.add(names.activeAlias(space));
    }
    assertThat(made).hasSize(ids.size() * ids.size() + ids.size());
  }
}
