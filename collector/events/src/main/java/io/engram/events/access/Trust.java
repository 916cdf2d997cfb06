package io.engram.events.access;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Whom one side of an encrypted connection trusts, and what it shows of itself. */
public final class Trust {
  private Trust() {}

  /**
   * Trusts the servers that an authority of a team's own vouches for, and nobody else.
   *
   * @param authority PEM file with one or more certificates
   * @throws IllegalArgumentException if it cannot be read or holds no certificate, naming it
   */
  public static SSLContext in(Path authority) {
    return context(null, authority);
  }

  /**
   * Shows a certificate, and trusts those that the authority vouches for, and nobody else.
   *
   * @param tls with an authority
   * @throws IllegalArgumentException if a file cannot be read, or does not hold what it must,
   *     naming it
   */
  public static SSLContext between(TlsFiles tls) {
    if (tls.authority() == null) {
      throw new IllegalArgumentException("TLS: no authority is given that vouches for the others");
    }
    return context(PemKey.managers(tls), Path.of(tls.authority()));
  }

  private static SSLContext context(KeyManager @Nullable [] own, Path authority) {
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      for (Certificate each : PemKey.certificates(authority)) {
        trusted.setCertificateEntry("authority-" + trusted.size(), each);
      }
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(own, managers.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "%s cannot be read as certificates: %s".formatted(authority, e.getMessage()), e);
    }
  }
}
