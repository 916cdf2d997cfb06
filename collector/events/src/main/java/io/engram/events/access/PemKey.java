package io.engram.events.access;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/** Keys and certificates as PEM files hold them. */
final class PemKey {
  private static final Pattern PRIVATE =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
  private static final List<String> KINDS = List.of("EC", "RSA", "Ed25519");

  private PemKey() {}

  /**
   * The certificates of a file, in its order.
   *
   * @throws IllegalArgumentException if it cannot be read or holds none, naming it
   */
  static Collection<? extends Certificate> certificates(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      Collection<? extends Certificate> all =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (all.isEmpty()) {
        throw new IllegalArgumentException(file + " holds no certificate");
      }
      return all;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "%s cannot be read as certificates: %s".formatted(file, e.getMessage()), e);
    }
  }

  /**
   * What shows the certificate of these files.
   *
   * @throws IllegalArgumentException if a file cannot be read, or does not hold what it must,
   *     naming it
   */
  static KeyManager[] managers(TlsFiles tls) {
    tls.check();
    char[] password = new char[0];
    Certificate[] chain = certificates(Path.of(tls.certificate())).toArray(Certificate[]::new);
    PrivateKey key = key(Path.of(tls.key()));
    try {
      KeyStore own = KeyStore.getInstance("PKCS12");
      own.load(null, null);
      own.setKeyEntry("own", key, password, chain);
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(own, password);
      return managers.getKeyManagers();
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "%s and %s are no certificate and key: %s"
              .formatted(tls.certificate(), tls.key(), e.getMessage()),
          e);
    }
  }

  private static PrivateKey key(Path file) {
    try {
      Matcher pem = PRIVATE.matcher(Files.readString(file, StandardCharsets.US_ASCII));
      if (pem.find()) {
        byte[] encoded = Base64.getMimeDecoder().decode(pem.group(1));
        for (String kind : KINDS) {
          try {
            return KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(encoded));
          } catch (InvalidKeySpecException e) {
            // perhaps of another kind
          }
        }
      }
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s cannot be read as a private key: %s".formatted(file, e.getMessage()), e);
    }
    throw new IllegalArgumentException(
        file + " holds no private key: PEM, PKCS #8, not encrypted, EC, RSA or Ed25519");
  }
}
