package dev.thaw.launcher.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class VictimTest {
  @Test
  void everyServerIsKilledBeforeOneIsKilledAgain() {
    List<Victim> drawn = Victim.draw(20, 7);
    assertThat(drawn).hasSize(20).startsWith(Victim.draw(3, 7).toArray(new Victim[0]));
    assertThat(drawn.subList(0, 8)).containsExactlyInAnyOrder(Victim.values());
    assertThat(drawn.subList(8, 16)).containsExactlyInAnyOrder(Victim.values());
  }

  @Test
  void anyOfThemMayBeTheFirstAndTheLast() {
    List<List<Victim>> bags = LongStream.range(0, 200).mapToObj(s -> Victim.draw(8, s)).toList();
    Set<Victim> first = bags.stream().map(bag -> bag.get(0)).collect(Collectors.toSet());
    Set<Victim> last = bags.stream().map(bag -> bag.get(7)).collect(Collectors.toSet());
    assertThat(first).containsExactlyInAnyOrder(Victim.values());
    assertThat(last).containsExactlyInAnyOrder(Victim.values());
  }
}
