package io.engram.trainer.experiment.paper;

import java.util.List;

/**
 * A claim of a paper.
 *
 * @param id as in the list of claims
 * @param figure where it stands
 * @param statement what is claimed, short
 * @param larger which sizes might decide it where small ones do not
 */
record PaperClaim(String id, String figure, String statement, String larger) {
  private static final String ARPIT = "Arpit et al. 2017, ";
  private static final String NETO = "Chaibub Neto 2018, ";
  private static final String WIDE =
      "the paper's are 50,000 examples, two layers of 4,096 units and 1,000 epochs";
  private static final String LONG = "the paper trains for 100,000 epochs (convolutional: 10,000)";
  private static final String CNN = "the paper trains its convolutional network on all of CIFAR-10";

  /** All of both papers, Arpit et al. first. */
  static final List<PaperClaim> ALL =
      List.of(
          arpit("A1", "Fig. 1", "real examples differ in how easily they are learned", WIDE),
          arpit(
              "A2",
              "Fig. 1",
              "random inputs are learned as if all were alike, random labels are not",
              WIDE),
          arpit(
              "A3",
              "Fig. 2",
              "first-layer filters of a network on random labels look ordered",
              CNN),
          arpit(
              "A4",
              "Fig. 3 left",
              "loss-sensitivity sits on fewer examples if they are real",
              WIDE),
          arpit("A5", "Fig. 3 right", "also where every example is a class of its own", WIDE),
          arpit(
              "A6",
              "Fig. 4",
              "a class's loss depends most on its own examples, more so for random data",
              WIDE),
          arpit("A7", "Fig. 5", "the width needed grows with noise", WIDE),
          arpit(
              "A8", "Fig. 6 left", "width shortens fitting more, the more inputs are random", WIDE),
          arpit(
              "A9",
              "Fig. 6 right",
              "more examples lengthen fitting more, the more inputs are random",
              WIDE),
          new PaperClaim(
              "A10",
              "Krueger et al. 2017",
              "random labels take longer to be fitted than real ones",
              WIDE),
          arpit(
              "A11",
              "Figs. 7, 8",
              "with random labels validation accuracy peaks before they are fitted, and falls",
              CNN),
          arpit(
              "A12",
              "Figs. 7, 8",
              "critical samples grow after that peak, and with the share of random labels",
              CNN),
          arpit("A13", "Figs. 7, 8", "critical samples grow with the share of random inputs", CNN),
          arpit(
              "A14",
              "Fig. 9",
              "critical samples are more for random data than for real, and grow, then stay",
              CNN),
          arpit("A15", "footnote 5", "around training examples they rise, then fall", CNN),
          arpit(
              "A16",
              "Figs. 10, 11",
              "dropout, more so with adversarial training, hinders fitting random labels for free;"
                  + " weight decay less",
              CNN),
          neto("N1", "Figs. 1, 2", "the null falls with the share of shuffled pixels"),
          neto("N2", "Fig. 1", "with all pixels shuffled everything is at chance"),
          neto("N3", "Fig. 1", "the observed score lies above the null"),
          neto("N4", "Figs. 1, 5", "validation accuracy is above chance on real images only"),
          neto("N5", "Fig. 1", "more hidden layers, lower null"),
          neto("N6", "Fig. 1", "dropout, lower null"),
          neto("N7", "Fig. 1", "lower nulls do not go with better validation accuracy"),
          neto("N8", "Fig. 1", "convolutional networks: higher null and better validation"),
          neto("N9", "Fig. 3", "more images: slightly lower null, slightly better validation"),
          neto(
              "N10", "Fig. 1", "the null rises for hundreds of epochs and declines over thousands"),
          neto("N11", "Fig. 4", "RmsProp: other dynamics"),
          neto("N12", "Fig. 5", "Gaussian inputs, no dropout: memorized, observed above the null"),
          neto("N13", "§7", "Gaussian inputs, dropout: observed begins within the null"));

  private static PaperClaim arpit(String id, String figure, String statement, String larger) {
    return new PaperClaim(id, ARPIT + figure, statement, larger);
  }

  private static PaperClaim neto(String id, String figure, String statement) {
    return new PaperClaim(id, NETO + figure, statement, LONG);
  }
}
