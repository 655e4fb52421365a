package dev.thaw.serving.snapshot;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The segment of a user of whom only attributes are known. */
public interface UserSegments {

  UserSegments NONE =
      new UserSegments() {
        @Override
        public @Nullable String of(Map<String, String> attributes) {
          return null;
        }

        @Override
        public List<String> all() {
          return List.of();
        }
      };

  /** Null where nothing can be inferred, or the segment is too thin. */
  @Nullable String of(Map<String, String> attributes);

  /** Segments that may have popularity lists. */
  List<String> all();
}
