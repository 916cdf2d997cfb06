package io.engram.trainer.dataset;

import java.net.URI;
import java.util.List;

/**
 * A file that can be downloaded.
 *
 * @param name of the file
 * @param bytes its length
 * @param sha256 its hash, lower-case hexadecimal
 * @param mirrors where it is, in the order in which they are tried
 */
record RemoteFile(String name, long bytes, String sha256, List<URI> mirrors) {}
