package io.engram.trainer.experiment.paper;

import io.engram.trainer.spec.InvalidSettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of a report: holds one scale, named in its file {@code scale}. */
public final class PaperFolder {
  private final Path folder;

  private PaperFolder(Path folder) {
    this.folder = folder;
  }

  /** The folder, which need not be there. */
  public static PaperFolder at(Path folder) {
    return new PaperFolder(folder);
  }

  /**
   * Makes it the folder of a scale.
   *
   * @throws InvalidSettingException if it is that of another, or cannot be written to
   */
  public void requireScale(String scale) {
    Path file = folder.resolve("scale");
    try {
      if (Files.exists(file)) {
        String there = Files.readString(file).strip();
        if (!there.equals(scale)) {
          throw new InvalidSettingException(
              "--out",
              "%s holds runs of scale %s, must be a folder for scale %s"
                  .formatted(folder, there, scale));
        }
        return;
      }
      Files.createDirectories(folder);
      Files.writeString(file, scale + "\n");
    } catch (IOException e) {
      throw new InvalidSettingException(
          "--out", "%s cannot be used, must be a folder: %s".formatted(folder, e));
    }
  }

  /**
   * Whose folder it is.
   *
   * @throws InvalidSettingException if nothing was run there
   */
  public String scale() {
    try {
      return Files.readString(folder.resolve("scale")).strip();
    } catch (IOException e) {
      throw new InvalidSettingException(
          "", "%s is not a folder that engram experiment all has written".formatted(folder));
    }
  }
}
