package dev.thaw.vectorindex.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.base.Throwables;
import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.vocabulary.Metric;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import dev.thaw.vectorindex.VectorIndexException;
import dev.thaw.vectorindex.VectorIndexes;
import dev.thaw.vectorindex.opening.VectorIndexFactory;
import io.milvus.v2.service.rbac.request.CreateUserReq;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that asks who comes. */
class MilvusCredentialsIT {
  private static final VectorSpace SPACE = new VectorSpace("content", "v1", 16, Metric.COSINE);

  /** Of the user that every new server has. */
  private static final String FIRST = "root:Milvus";

  @TempDir Path folder;

  @Test
  void usersComeInByTheirPasswordAndNobodyElse() throws Exception {
    try (MilvusServer server = MilvusServer.asking(folder, FIRST)) {
      try (MilvusCalls owner = new MilvusCalls(server.uri(FIRST))) {
        owner.call(
            "create a user",
            client -> {
              client.createUser(
                  CreateUserReq.builder().userName("thaw").password("Right:secret@1").build());
              return "";
            });
      }
      try (VectorIndexes known = open(server.uri("thaw:Right%3Asecret%401"))) {
        assertThat(known.active("content")).isEmpty();
        // without a role of its own a user may look, and is told what it may not
        assertThatThrownBy(() -> known.openOrCreate(SPACE))
            .isInstanceOf(VectorIndexException.class)
            .hasMessageContaining("PrivilegeCreateCollection")
            .satisfies(e -> assertThat(shown(e)).doesNotContain("Right"));
      }
      try (VectorIndexes root = open(server.uri(FIRST))) {
        assertThat(root.openOrCreate(SPACE).size()).isZero();
      }
      for (String user :
          new String[] {"root:planted-wrong", "nobody:planted-wrong", "thaw:planted"}) {
        assertRefused(server, server.uri(user), "auth check failure");
      }
      assertRefused(server, server.uri(), "missing authorization");
    }
  }

  private static void assertRefused(MilvusServer server, String uri, String why) {
    try (VectorIndexes stranger = open(uri)) {
      assertThatThrownBy(() -> stranger.active("content"))
          .isInstanceOf(VectorIndexException.class)
          .hasMessageContaining("Milvus at " + server.uri().substring("http://".length()))
          .hasMessageContaining(why)
          .satisfies(e -> assertThat(shown(e)).doesNotContain("planted"));
    }
  }

  private static String shown(Throwable e) {
    return Throwables.getStackTraceAsString(e);
  }

  private static VectorIndexes open(String uri) {
    return VectorIndexFactory.open(new ThawConfig.Index("milvus", uri));
  }
}
