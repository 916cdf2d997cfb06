/** Named architectures, optimizers and regularizers as DeepLearning4J networks. */
@NullMarked
package io.engram.trainer.model;

import org.jspecify.annotations.NullMarked;
