package dev.thaw.serving.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.featuredefinitions.config.SecurityConfig;
import dev.thaw.featuredefinitions.config.TestCertificate;
import dev.thaw.featuredefinitions.config.TlsConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsFilesTest {
  @TempDir static Path folder;
  private static TestCertificate one;
  private static TestCertificate other;
  private static Path missing;
  private static Path noPem;

  @BeforeAll
  static void make() throws Exception {
    one = TestCertificate.make(folder, "one");
    other = TestCertificate.make(folder, "other");
    missing = folder.resolve("missing.pem");
    noPem = Files.writeString(folder.resolve("no.pem"), "planted text");
  }

  @Test
  void aPairIsRead() {
    assertThat(TlsFiles.pair(one.tls()).certificateChain())
        .isEqualTo(TlsFiles.certificates("any", one.certificate()));
  }

  @Test
  void faultsNameFieldAndFile() {
    assertFault(missing, one.key(), null, "security.tls.certificate must be", missing);
    assertFault(noPem, one.key(), null, "security.tls.certificate must be", noPem);
    assertFault(one.key(), one.key(), null, "security.tls.certificate must be", one.key());
    assertFault(folder, one.key(), null, "security.tls.certificate must be", folder);
    assertFault(one.certificate(), missing, null, "security.tls.key must be", missing);
    assertFault(one.certificate(), noPem, null, "security.tls.key must be", noPem);
    assertFault(
        one.certificate(), one.certificate(), null, "security.tls.key must be", one.certificate());
    assertFault(
        one.certificate(),
        other.key(),
        null,
        "security.tls.key must be that of the certificate in " + one.certificate(),
        other.key());
    assertFault(one.certificate(), one.key(), missing, "security.tls.client_ca must be", missing);
  }

  private static void assertFault(
      Path certificate, Path key, Path clientCa, String field, Path named) {
    TlsConfig tls = new TlsConfig(certificate, key, clientCa);
    assertThatThrownBy(() -> Listening.of(SecurityConfig.OPEN.withTls(tls)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(field)
        .hasMessageContaining("was " + named)
        .satisfies(
            e -> assertThat(e.getMessage()).doesNotContain("planted", "BEGIN").hasLineCount(1));
  }
}
