package dev.thaw.flinkjobs.itemstatistics;

import static dev.thaw.flinkjobs.TestEvents.click;
import static dev.thaw.flinkjobs.TestEvents.rating;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.vocabulary.RequestId;
import dev.thaw.models.statistics.ItemStatisticsFold;
import dev.thaw.models.statistics.StatisticsPrior;
import java.time.Duration;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class ItemStateTest {
  private static final ItemStatisticsFold FOLD = new ItemStatisticsFold(StatisticsPrior.DEFAULT);

  private static void add(ItemState state, int user) {
    FOLD.add(
        state.statistics,
        click("c" + user, "u" + user, "m1", Duration.ofSeconds(user))
            .inResponseTo(RequestId.of("r" + user), 0, null));
    FOLD.add(state.statistics, rating("r" + user, "u" + user, "m1", 4, Duration.ofSeconds(user)));
  }

  @Test
  void flinkKeepsItAsAPlainPojoAndACopyIsIndependent() throws Exception {
    SerializerConfigImpl config = new SerializerConfigImpl();
    config.setGenericTypes(false);
    TypeSerializer<ItemState> serializer =
        TypeInformation.of(ItemState.class).createSerializer(config);
    ItemState state = new ItemState();
    for (int user = 0; user < 1_000; user++) {
      add(state, user);
    }
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(state, out);
    byte[] bytes = out.getCopyOfBuffer();
    assertThat(bytes.length).as("the bound of its docstring").isLessThan(16 * 1_024 + 512);
    ItemState read = serializer.deserialize(new DataInputDeserializer(bytes));
    ItemState copy = serializer.copy(state);
    assertThat(read).usingRecursiveComparison().isEqualTo(state);
    add(state, 1_001);
    assertThat(copy).usingRecursiveComparison().isEqualTo(read).isNotEqualTo(state);
  }
}
