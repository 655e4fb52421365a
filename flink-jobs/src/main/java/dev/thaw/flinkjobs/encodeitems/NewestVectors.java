package dev.thaw.flinkjobs.encodeitems;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What was made of the contents encoded last, by content hash: a text that comes back needs no
 * second encoding, nor does an item that turns warm before its row is written. Losing it costs time
 * only. At most {@value #MAX} entries, about 2 KB each at 384 dimensions.
 */
final class NewestVectors {
  private static final int MAX = 8_192;

  private final Map<String, ContentEncoding.Encoded> byHash =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ContentEncoding.Encoded> eldest) {
          return size() > MAX;
        }
      };

  Optional<ContentEncoding.Encoded> find(String hash) {
    return Optional.ofNullable(byHash.get(hash));
  }

  void add(ContentEncoding.Encoded encoded) {
    byHash.put(encoded.hash(), encoded);
  }
}
