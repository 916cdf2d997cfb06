package io.engram.events.access;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A small authority for a team's certificates, made by the JDK's own {@code keytool}: elliptic keys
 * (P-256), its certificate for ten years, those it vouches for as long as asked. It lives in a PKCS
 * #12 file; what servers and clients need are PEM files.
 */
public final class CertificateAuthority {
  private static final String ALIAS = "authority";
  private static final String YEARS_IN_DAYS = "3650";
  private static final long SECONDS = 60;
  private static final int LINE = 64;
  private static final Set<PosixFilePermission> MINE = PosixFilePermissions.fromString("rw-------");

  private final Path dir;
  private final Path store;
  private final Path password;

  private CertificateAuthority(Path dir) {
    this.dir = dir;
    this.store = dir.resolve("ca.p12");
    this.password = dir.resolve("ca.password");
  }

  /**
   * The authority of a folder, made when there is none; its certificate is {@code ca.pem}.
   *
   * @throws IOException if the folder cannot be written, or there is no keytool
   */
  public static CertificateAuthority in(Path dir) throws IOException {
    Files.createDirectories(dir);
    CertificateAuthority authority = new CertificateAuthority(dir);
    if (!Files.exists(authority.store)) {
      byte[] random = new byte[24];
      new SecureRandom().nextBytes(random);
      writePrivate(authority.password, HexFormat.of().formatHex(random));
      authority.keytool(
          "-genkeypair",
          "-alias",
          ALIAS,
          "-dname",
          "CN=Engram authority",
          "-keyalg",
          "EC",
          "-groupname",
          "secp256r1",
          "-validity",
          YEARS_IN_DAYS,
          "-ext",
          "bc:c=ca:true,pathlen:0",
          "-ext",
          "ku:c=keyCertSign,cRLSign");
      restrict(authority.store);
      authority.writeChain(ALIAS, dir.resolve("ca.pem"));
    }
    return authority;
  }

  /**
   * Makes a key and a certificate, {@code NAME.pem} and {@code NAME-key.pem}, for a server or a
   * client; those of that name before are replaced.
   *
   * @param name of the files: letters, digits and hyphens
   * @param hosts names and addresses under which others reach it; at least one
   * @param days for which it holds, at least 1
   * @throws IllegalArgumentException if a value is out of its range, naming it
   * @throws IOException if it cannot be made or written
   */
  public void issue(String name, List<String> hosts, int days) throws IOException {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9-]{0,62}") || name.equals("ca") || name.equals(ALIAS)) {
      throw new IllegalArgumentException(
          "certificate name '%s': use letters, digits and hyphens, and not 'ca'".formatted(name));
    }
    if (hosts.isEmpty() || days < 1) {
      throw new IllegalArgumentException(
          "certificate %s: needs at least one host, and one day".formatted(name));
    }
    Path request = dir.resolve(name + ".csr");
    Path signed = dir.resolve(name + ".crt");
    try {
      keytool(
          "-genkeypair",
          "-alias",
          name,
          "-dname",
          "CN=" + name,
          "-keyalg",
          "EC",
          "-groupname",
          "secp256r1",
          "-validity",
          Integer.toString(days));
      keytool("-certreq", "-alias", name, "-file", request.toString());
      keytool(
          "-gencert",
          "-alias",
          ALIAS,
          "-infile",
          request.toString(),
          "-outfile",
          signed.toString(),
          "-validity",
          Integer.toString(days),
          "-ext",
          "san=" + names(hosts),
          "-ext",
          "eku=serverAuth,clientAuth",
          "-ext",
          "ku:c=digitalSignature");
      keytool("-importcert", "-alias", name, "-file", signed.toString(), "-noprompt");
      writeChain(name, dir.resolve(name + ".pem"));
      writeKey(name, dir.resolve(name + "-key.pem"));
      keytool("-delete", "-alias", name);
    } finally {
      Files.deleteIfExists(request);
      Files.deleteIfExists(signed);
    }
  }

  private static String names(List<String> hosts) {
    return String.join(
        ",",
        hosts.stream()
            .map(host -> (host.matches("[0-9.]+|.*:.*") ? "ip:" : "dns:") + host)
            .toList());
  }

  private void keytool(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(Arrays.asList(arguments));
    command.addAll(
        List.of(
            "-keystore",
            store.toString(),
            "-storetype",
            "PKCS12",
            "-storepass:file",
            password.toString()));
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new IOException("certificates need the JDK's keytool: " + e.getMessage(), e);
    }
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IOException("keytool failed: " + said.strip());
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while keytool worked", e);
    }
  }

  private void writeChain(String alias, Path file) throws IOException {
    try {
      StringBuilder pem = new StringBuilder();
      for (Certificate certificate : read().getCertificateChain(alias)) {
        pem.append(pem("CERTIFICATE", certificate.getEncoded()));
      }
      Files.writeString(file, pem);
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private void writeKey(String alias, Path file) throws IOException {
    try {
      writePrivate(file, pem("PRIVATE KEY", read().getKey(alias, password()).getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private KeyStore read() throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, password());
    }
    return keys;
  }

  private char[] password() throws IOException {
    return Files.readString(password).toCharArray();
  }

  private static String pem(String what, byte[] content) {
    String text =
        Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII))
            .encodeToString(content);
    return "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(what, text, what);
  }

  private static void writePrivate(Path file, String text) throws IOException {
    Files.deleteIfExists(file);
    FileAttribute<?>[] attributes =
        file.getFileSystem().supportedFileAttributeViews().contains("posix")
            ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(MINE)}
            : new FileAttribute<?>[0];
    Files.createFile(file, attributes);
    Files.writeString(file, text, StandardOpenOption.WRITE);
  }

  private static void restrict(Path file) throws IOException {
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(file, MINE);
    }
  }
}
