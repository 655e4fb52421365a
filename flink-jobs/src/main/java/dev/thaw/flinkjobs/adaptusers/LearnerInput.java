package dev.thaw.flinkjobs.adaptusers;

import dev.thaw.featuredefinitions.domains.DomainDefinition;
import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import dev.thaw.flinkjobs.keyed.ViewKeys;
import dev.thaw.flinkjobs.streams.Change;
import dev.thaw.flinkjobs.streams.StreamTypes;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.jspecify.annotations.Nullable;

/**
 * What is heard of a user in a domain: an interaction, a profile, or, with neither, that the
 * profile was deleted. A plain Flink POJO; not changed after it was made.
 */
public final class LearnerInput {
  public static final TypeInformation<LearnerInput> TYPE =
      Types.POJO(
          LearnerInput.class,
          Map.of("key", Types.STRING, "event", StreamTypes.EVENT, "profile", StreamTypes.PROFILE));

  /** Of the user in the domain, see {@link ViewKeys}. */
  public String key = "";

  public @Nullable Event event;
  public @Nullable UserProfile profile;

  /** For Flink. */
  public LearnerInput() {}

  LearnerInput(String key, @Nullable Event event, @Nullable UserProfile profile) {
    this.key = key;
    this.event = event;
    this.profile = profile;
  }

  /** The interactions among events. */
  static DataStream<LearnerInput> ofEvents(DataStream<Event> events, ViewKeys keys) {
    return events
        .filter(event -> event.type().isInteraction())
        .name("interactions")
        .map(event -> new LearnerInput(keys.textOf(event), event, null))
        .returns(TYPE)
        .name("of-interactions");
  }

  /** Each profile once for every domain, in the order of its key. */
  static DataStream<LearnerInput> ofProfiles(
      DataStream<Change<UserProfile>> profiles, ViewKeys keys, DomainDefinitions domains) {
    List<DomainId> names = domains.all().stream().map(DomainDefinition::name).toList();
    return profiles
        .<LearnerInput>flatMap(
            (change, out) ->
                names.forEach(
                    domain ->
                        out.collect(
                            new LearnerInput(
                                keys.join(domain.value(), change.key), null, change.record))))
        .returns(TYPE)
        .name("of-profiles")
        .setParallelism(profiles.getParallelism());
  }
}
