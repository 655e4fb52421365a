package dev.thaw.serving.security;

import com.linecorp.armeria.common.TlsKeyPair;
import dev.thaw.featuredefinitions.config.TlsConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/** Certificates and keys that {@code thaw.yaml} names. Faults name field and file. */
public final class TlsFiles {
  private static final String CERTIFICATE = "security.tls.certificate";
  private static final String KEY = "security.tls.key";

  private TlsFiles() {}

  /**
   * @throws IllegalArgumentException if a file can't be used, or key and certificate are no pair
   */
  public static TlsKeyPair pair(TlsConfig tls) {
    List<X509Certificate> chain = certificates(CERTIFICATE, tls.certificate());
    PrivateKey key = key(tls);
    if (!arePair(key, chain.get(0).getPublicKey())) {
      throw new IllegalArgumentException(
          KEY + " must be that of the certificate in " + tls.certificate() + ", was " + tls.key());
    }
    return TlsKeyPair.of(key, chain);
  }

  /**
   * @param field of {@code thaw.yaml} that names the file
   * @throws IllegalArgumentException if the file can't be used
   */
  public static List<X509Certificate> certificates(String field, Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      List<X509Certificate> read =
          CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (read.isEmpty()) {
        throw new CertificateException("it holds none");
      }
      return read;
    } catch (IOException | CertificateException e) {
      throw unusable(field, "certificates", file, e);
    }
  }

  private static PrivateKey key(TlsConfig tls) {
    try (InputStream key = Files.newInputStream(tls.key());
        InputStream chain = Files.newInputStream(tls.certificate())) {
      return TlsKeyPair.of(key, chain).privateKey();
    } catch (IOException | IllegalArgumentException e) {
      throw unusable(KEY, "a private key without a password", tls.key(), e);
    }
  }

  private static boolean arePair(PrivateKey key, PublicKey certified) {
    try {
      byte[] text = "a pair".getBytes(StandardCharsets.UTF_8);
      Signature signature = Signature.getInstance(algorithm(key));
      signature.initSign(key);
      signature.update(text);
      byte[] signed = signature.sign();
      signature.initVerify(certified);
      signature.update(text);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) { // also keys of different kinds
      return false;
    }
  }

  private static String algorithm(PrivateKey key) {
    return switch (key.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> key.getAlgorithm();
    };
  }

  private static IllegalArgumentException unusable(
      String field, String what, Path file, Exception e) {
    // the message of these is no more than the path
    String why = e instanceof FileSystemException ? e.getClass().getSimpleName() : e.getMessage();
    return new IllegalArgumentException(
        field + " must be a PEM file with " + what + ", was " + file + ": " + why, e);
  }
}
