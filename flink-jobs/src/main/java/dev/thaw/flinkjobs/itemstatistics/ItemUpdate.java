package dev.thaw.flinkjobs.itemstatistics;

import dev.thaw.featuredefinitions.wire.ItemFlag;
import dev.thaw.flinkjobs.streams.StreamTypes;
import dev.thaw.flinkjobs.streams.ViewRow;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.jspecify.annotations.Nullable;

/** A row of an item, and its flag where that changed. A plain Flink POJO. */
public final class ItemUpdate {
  static final TypeInformation<ItemUpdate> TYPE =
      Types.POJO(
          ItemUpdate.class, Map.of("row", StreamTypes.VIEW_ROW, "flag", StreamTypes.ITEM_FLAG));

  public @Nullable ViewRow row;
  public @Nullable ItemFlag flag;

  /** For Flink. */
  public ItemUpdate() {}

  ItemUpdate(ViewRow row, @Nullable ItemFlag flag) {
    this.row = row;
    this.flag = flag;
  }
}
