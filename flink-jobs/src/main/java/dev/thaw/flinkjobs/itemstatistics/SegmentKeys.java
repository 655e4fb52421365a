package dev.thaw.flinkjobs.itemstatistics;

import dev.thaw.featuredefinitions.wire.UserSegment;
import dev.thaw.flinkjobs.streams.Change;

/** Keys of the topic {@code user-segments}: {@code <user id>/<domain>}. */
final class SegmentKeys {
  private SegmentKeys() {}

  static String userOf(Change<UserSegment> change) {
    UserSegment segment = change.record;
    if (segment != null) {
      return segment.userId().value();
    }
    int slash = change.key.lastIndexOf('/');
    return slash < 0 ? change.key : change.key.substring(0, slash);
  }

  static String domainOf(String key) {
    return key.substring(key.lastIndexOf('/') + 1);
  }
}
