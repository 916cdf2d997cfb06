package io.engram.trainer.dataset;

import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the known data sets can be had, by the addresses of their authors or of the mirrors that
 * TensorFlow Datasets, Keras and PyTorch use.
 *
 * <p>Lengths and SHA-256 are those that TensorFlow Datasets publishes ({@code
 * tensorflow_datasets/url_checksums}) for these very files. The authors themselves publish MD5
 * alone (Fashion-MNIST, CIFAR-10) or nothing (MNIST).
 */
final class Mirrors {
  static final List<RemoteFile> MNIST =
      List.of(
          mnist(
              "train-images-idx3-ubyte.gz",
              9_912_422,
              "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
          mnist(
              "train-labels-idx1-ubyte.gz",
              28_881,
              "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"));

  static final List<RemoteFile> FASHION_MNIST =
      List.of(
          fashion(
              "train-images-idx3-ubyte.gz",
              26_421_880,
              "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"),
          fashion(
              "train-labels-idx1-ubyte.gz",
              29_515,
              "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"),
          fashion(
              "t10k-images-idx3-ubyte.gz",
              4_422_102,
              "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"),
          fashion(
              "t10k-labels-idx1-ubyte.gz",
              5_148,
              "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5"));

  static final RemoteFile CIFAR_10 =
      file(
          "cifar-10-binary.tar.gz",
          170_052_171,
          "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
          "https://www.cs.toronto.edu/~kriz/",
          "https://cave.cs.toronto.edu/kriz/");

  private Mirrors() {}

  private static RemoteFile mnist(String name, long bytes, String sha256) {
    return file(
        name,
        bytes,
        sha256,
        "https://storage.googleapis.com/cvdf-datasets/mnist/",
        "https://ossci-datasets.s3.amazonaws.com/mnist/");
  }

  private static RemoteFile fashion(String name, long bytes, String sha256) {
    return file(
        name,
        bytes,
        sha256,
        "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
        "https://storage.googleapis.com/tensorflow/tf-keras-datasets/");
  }

  private static RemoteFile file(String name, long bytes, String sha256, String... folders) {
    return new RemoteFile(
        name, bytes, sha256, Stream.of(folders).map(folder -> URI.create(folder + name)).toList());
  }
}
