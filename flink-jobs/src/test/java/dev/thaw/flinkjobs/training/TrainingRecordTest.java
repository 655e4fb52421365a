package dev.thaw.flinkjobs.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import dev.thaw.flinkjobs.Collected;
import dev.thaw.flinkjobs.JobRun;
import dev.thaw.flinkjobs.TestEvents;
import dev.thaw.flinkjobs.streams.Change;
import dev.thaw.flinkjobs.streams.StreamTypes;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TrainingRecordTest {
  private static final int USERS = 2_000;
  private static final int PARTITIONS = 2;

  @TempDir Path folder;

  private static Change<UserProfile> profile(long number) {
    String user = "u" + number;
    return new Change<>(
        user, new UserProfile(new UserId(user), Map.of(), List.of(), TestEvents.START));
  }

  @Test
  void noTombstoneOvertakesItsRecordWhereThereAreMoreTasksThanPartitions() throws Exception {
    JobRun run = new JobRun(folder, "hashmap");
    run.env.setParallelism(2 * PARTITIONS);
    DataStream<Change<UserProfile>> profiles =
        run.env
            .fromSequence(1, USERS)
            .setParallelism(PARTITIONS)
            .<Change<UserProfile>>flatMap(
                (number, out) -> {
                  out.collect(profile(number));
                  out.collect(new Change<>("u" + number, null));
                })
            .returns(Change.type(StreamTypes.PROFILE))
            .setParallelism(PARTITIONS);
    Collected<Integer> left = new Collected<>();
    TrainingOperator.apply(
            "training",
            TrainingRecord.ofProfiles(profiles),
            DomainDefinitions.shipped(),
            (data, out) -> out.accept(data.profiles().size()),
            Types.INT)
        .sinkTo(left);
    run.env.execute();
    assertThat(left.all()).containsExactly(0);
  }
}
