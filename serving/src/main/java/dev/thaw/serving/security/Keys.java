package dev.thaw.serving.security;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.RequestHeaders;
import dev.thaw.featuredefinitions.config.ApiKey;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds who calls. How long that takes says nothing of the keys there are. */
final class Keys {
  private static final String BEARER = "bearer ";
  private static final String OWN_HEADER = "x-api-key";

  private final List<Known> known;

  private record Known(ApiKey key, byte[] hash) {}

  Keys(List<ApiKey> keys) {
    this.known =
        keys.stream().map(key -> new Known(key, HexFormat.of().parseHex(key.hash()))).toList();
  }

  /**
   * By {@code Authorization: Bearer KEY} or {@code X-API-Key: KEY}, which gRPC calls metadata.
   * Empty if there is none, or one that is not known.
   */
  Optional<ApiKey> holder(RequestHeaders headers) {
    String presented = presented(headers);
    if (presented == null) {
      return Optional.empty();
    }
    byte[] hash = ApiKey.sha256(presented);
    ApiKey found = null;
    for (Known each : known) {
      // no early end: each key is compared whether one was found or not
      boolean same = MessageDigest.isEqual(each.hash, hash);
      found = same ? each.key : found;
    }
    return Optional.ofNullable(found);
  }

  private static @Nullable String presented(RequestHeaders headers) {
    String authorization = headers.get(HttpHeaderNames.AUTHORIZATION);
    if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return authorization.substring(BEARER.length()).trim();
    }
    return headers.get(OWN_HEADER);
  }
}
