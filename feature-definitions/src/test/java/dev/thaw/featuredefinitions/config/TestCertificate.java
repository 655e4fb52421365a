package dev.thaw.featuredefinitions.config;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A certificate of 127.0.0.1 and localhost that nobody but itself vouches for (RFC 5280, ECDSA on
 * P-256), made in this process as a tool takes seconds.
 *
 * @param certificate in PEM
 * @param key in PEM
 */
public record TestCertificate(Path certificate, Path key) {
  public static final String PASSWORD = "changeit";

  private static final int INTEGER = 0x02;
  private static final int BITS = 0x03;
  private static final int OCTETS = 0x04;
  private static final int TEXT = 0x0c;
  private static final int TIME = 0x17;
  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;

  private static final byte[] ECDSA_WITH_SHA256 = hex("300a06082a8648ce3d040302");
  private static final byte[] COMMON_NAME = hex("0603550403");
  private static final byte[] ALTERNATIVE_NAMES = hex("0603551d11");

  /** Files of that name with the endings {@code .crt} and {@code .key}. */
  public static TestCertificate make(Path folder, String name)
      throws IOException, GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    KeyPair pair = generator.generateKeyPair();
    return new TestCertificate(
        pem(folder.resolve(name + ".crt"), "CERTIFICATE", certificate(name, pair)),
        pem(folder.resolve(name + ".key"), "PRIVATE KEY", pair.getPrivate().getEncoded()));
  }

  private static byte[] certificate(String name, KeyPair pair) throws GeneralSecurityException {
    byte[] who =
        der(SEQUENCE, der(SET, der(SEQUENCE, COMMON_NAME, der(TEXT, name.getBytes(US_ASCII)))));
    byte[] names =
        der(
            SEQUENCE,
            der(0x82, "localhost".getBytes(US_ASCII)),
            der(0x87, new byte[] {127, 0, 0, 1}));
    byte[] content =
        der(
            SEQUENCE,
            der(0xa0, der(INTEGER, new byte[] {2})),
            der(INTEGER, new byte[] {1}),
            ECDSA_WITH_SHA256,
            who,
            der(
                SEQUENCE,
                der(TIME, "200101000000Z".getBytes(US_ASCII)),
                der(TIME, "491231235959Z".getBytes(US_ASCII))),
            who,
            pair.getPublic().getEncoded(),
            der(0xa3, der(SEQUENCE, der(SEQUENCE, ALTERNATIVE_NAMES, der(OCTETS, names)))));
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(pair.getPrivate());
    signature.update(content);
    return der(SEQUENCE, content, ECDSA_WITH_SHA256, der(BITS, new byte[] {0}, signature.sign()));
  }

  /** A value as ASN.1 writes it: tag, length, content. */
  private static byte[] der(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    int length = content.size();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(tag);
    if (length >= 0x100) {
      all.write(0x82);
      all.write(length >> 8);
    } else if (length >= 0x80) {
      all.write(0x81);
    }
    all.write(length);
    all.writeBytes(content.toByteArray());
    return all.toByteArray();
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  private static Path pem(Path file, String what, byte[] content) throws IOException {
    return Files.writeString(
        file,
        "-----BEGIN %s-----\n%s\n-----END %s-----\n"
            .formatted(
                what, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content), what));
  }

  /** For a server that takes any caller. */
  public TlsConfig tls() {
    return new TlsConfig(certificate, key, null);
  }

  /** A PKCS #12 file of {@link #PASSWORD} for a JVM that trusts the certificate. */
  public Path trustStore() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry(
        "trusted",
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(certificate))));
    Path file = certificate.resolveSibling(certificate.getFileName() + ".p12");
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD.toCharArray());
    }
    return file;
  }
}
