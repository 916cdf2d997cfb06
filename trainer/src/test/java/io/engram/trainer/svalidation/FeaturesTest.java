package io.engram.trainer.svalidation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class FeaturesTest {
  @Test
  void saysWhatIsWrong() {
    assertThatThrownBy(() -> new Features(2, 2, new float[] {0, 1, 2, Float.NaN}))
        .isInstanceOf(SValidationException.class)
        .hasMessage("feature 1 of row 1 is NaN, must be finite");
    assertThatThrownBy(() -> new Features(1, 1, new float[] {Float.NEGATIVE_INFINITY}))
        .hasMessage("feature 0 of row 0 is -Infinity, must be finite");
    assertThatThrownBy(() -> new Features(2, 2, new float[3]))
        .hasMessage("features are 3 values, must be 2 rows × 2 columns = 4");
    assertThatThrownBy(() -> new Features(0, 2, new float[0]))
        .hasMessage("features are 0 rows × 2 columns, must be at least 1 × 1");
  }

  @Test
  void diagnostics() {
    Features features =
        new Features(4, 4, new float[] {1, 7, 2, 0, 2, 7, 4, -0f, 3, 7, 6, 0, 1, 7, 2, 0});
    FeatureDiagnostics found = FeatureDiagnostics.of(features);
    assertThat(found.units()).isEqualTo(4);
    assertThat(found.deadUnits()).isEqualTo(2);
    assertThat(found.rows()).isEqualTo(4);
    assertThat(found.distinctRows()).isEqualTo(3);
    assertThat(found.meanAbsoluteCorrelation()).isCloseTo(1, within(1e-12));
  }

  /** R: cor(c(1, 2, 4), c(2, 1, 1)), and with the third column; mean of the absolute values. */
  @Test
  void correlationIsMeanOfAbsoluteValues() {
    Features features = new Features(3, 3, new float[] {1, 2, 0, 2, 1, 0, 4, 1, 3});
    double ab = -0.7559289460;
    double ac = 0.9449111825;
    double bc = -0.5;
    assertThat(FeatureDiagnostics.of(features).meanAbsoluteCorrelation())
        .isCloseTo((Math.abs(ab) + ac + Math.abs(bc)) / 3, within(1e-9));
    assertThat(FeatureDiagnostics.of(new Features(2, 1, new float[2])).meanAbsoluteCorrelation())
        .isNaN();
  }
}
