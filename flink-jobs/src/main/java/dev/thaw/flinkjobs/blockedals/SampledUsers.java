package dev.thaw.flinkjobs.blockedals;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.binary.Hash64;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * Some of the users of one block with all their entries, for what is chosen or learnt in one task:
 * those whose ids have the smallest hashes, so that the same data gives the same sample, and such
 * without entries last.
 *
 * @param model see {@link Models}
 * @param block of users
 * @param users ids of the sample
 * @param items ids that the block knows
 * @param start first entry of each user and the end of the last
 * @param item place in {@code items}, by entry
 * @param strength by entry
 * @param time by entry, as {@link Interactions#rowTime}
 * @param rows users of the block that have entries
 * @param hash of all that the block has
 */
public record SampledUsers(
    int model,
    int block,
    String[] users,
    String[] items,
    int[] start,
    int[] item,
    float[] strength,
    long[] time,
    int rows,
    String hash) {
  public static final TypeInformation<SampledUsers> TYPE = TypeInformation.of(SampledUsers.class);

  /**
   * @param data of the block
   * @param quota users at most
   */
  static SampledUsers of(int model, int block, Interactions data, int quota) {
    int[] all = IntStream.range(0, data.users().size()).toArray();
    int[] chosen =
        Arrays.stream(all)
            .boxed()
            .sorted(
                Comparator.<Integer, Boolean>comparing(u -> data.rowLength(u) == 0)
                    .thenComparing(u -> Hash64.of("sample " + data.users().get(u))))
            .limit(quota)
            .mapToInt(Integer::intValue)
            .toArray();
    int size = Arrays.stream(chosen).map(data::rowLength).sum();
    int[] start = new int[chosen.length + 1];
    int[] item = new int[size];
    float[] strength = new float[size];
    long[] time = new long[size];
    int n = 0;
    for (int i = 0; i < chosen.length; i++) {
      for (int at = data.rowStart(chosen[i]); at < data.rowStart(chosen[i] + 1); at++) {
        item[n] = data.rowItem(at);
        strength[n] = data.rowStrength(at);
        time[n++] = data.rowTime(at);
      }
      start[i + 1] = n;
    }
    return new SampledUsers(
        model,
        block,
        Arrays.stream(chosen).mapToObj(u -> data.users().get(u).value()).toArray(String[]::new),
        data.items().all().stream().map(ItemId::value).toArray(String[]::new),
        start,
        item,
        strength,
        time,
        data.rows(),
        data.dataHash());
  }

  /** The samples of all blocks of a model. */
  public static Interactions together(DomainId domain, List<SampledUsers> samples) {
    InteractionsBuilder builder = Interactions.builder(domain);
    for (SampledUsers sample : samples) {
      ItemId[] items = Arrays.stream(sample.items).map(ItemId::of).toArray(ItemId[]::new);
      Arrays.stream(items).forEach(builder::addItem);
      for (int i = 0; i < sample.users.length; i++) {
        UserId user = UserId.of(sample.users[i]);
        builder.addUser(user);
        for (int at = sample.start[i]; at < sample.start[i + 1]; at++) {
          builder.add(user, items[sample.item[at]], sample.strength[at], sample.time[at]);
        }
      }
    }
    return builder.build();
  }
}
