package dev.thaw.flinkjobs.keyed;

import dev.thaw.flinkjobs.streams.SerializerTypeInfo;
import dev.thaw.models.bandit.linear.LinearCells;
import dev.thaw.models.history.HistoryState;
import dev.thaw.models.history.ProfiledHistory;
import dev.thaw.models.rolling.RollingState;
import dev.thaw.models.rolling.SeenEvents;
import dev.thaw.models.statistics.ImpressionRewards;
import dev.thaw.models.statistics.PopularItems;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** The type information of the states of folds. */
public final class StateTypes {
  public static final TypeInformation<RollingState> ROLLING =
      new SerializerTypeInfo<>(RollingState.class, RollingStateSerializer.INSTANCE);
  public static final TypeInformation<SeenEvents> SEEN_EVENTS =
      new SerializerTypeInfo<>(SeenEvents.class, SeenEventsSerializer.INSTANCE);
  public static final TypeInformation<HistoryState> HISTORY =
      new SerializerTypeInfo<>(HistoryState.class, HistoryStateSerializer.INSTANCE);
  public static final TypeInformation<ProfiledHistory> PROFILED_HISTORY =
      new SerializerTypeInfo<>(ProfiledHistory.class, ProfiledHistorySerializer.INSTANCE);
  public static final TypeInformation<PopularItems> POPULAR_ITEMS =
      new SerializerTypeInfo<>(PopularItems.class, PopularItemsSerializer.INSTANCE);
  public static final TypeInformation<ImpressionRewards> IMPRESSION_REWARDS =
      new SerializerTypeInfo<>(ImpressionRewards.class, ImpressionRewardsSerializer.INSTANCE);
  public static final TypeInformation<LinearCells> LINEAR_CELLS =
      new SerializerTypeInfo<>(LinearCells.class, LinearCellsSerializer.INSTANCE);

  private StateTypes() {}
}
