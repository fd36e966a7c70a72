package io.github.qwop.goal;

import io.github.qwop.env.Recording;
import io.github.qwop.env.StartNoise;
import io.github.qwop.game.Trigonometry;
import io.github.qwop.game.web.Ghost;
import io.github.qwop.play.ReplayException;
import io.github.qwop.play.Replayer;
import io.github.qwop.run.RecordingFile;
import io.github.qwop.run.settings.SettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A recording that runs beside another, or beside a person. */
final class GhostFile {

    private static final String SUFFIX = ".qwop";

    private GhostFile() {}

    /**
     * Reads a ghost, whose name says what it came to, and what it began with and whose sine it ran with where that is
     * not the usual: its clock counts from the canonical start, and it is computed with its own sine.
     *
     * @param file the recording; null for nobody
     * @throws SettingException if it is missing, no recording, leads elsewhere than it says, or is too long
     */
    static @Nullable Ghost read(@Nullable String file) {
        if (file == null) {
            return null;
        }
        Path path = Path.of(file);
        if (!Files.isRegularFile(path)) {
            throw new SettingException("ghost is " + path + ", which is no file: give a recording that ends in "
                    + SUFFIX + ", as qwop:evaluate, qwop:record, qwop:search and qwop:play write them.");
        }
        try {
            Recording recording = RecordingFile.read(path);
            return new Ghost(name(path, recording), Replayer.keys(recording).keys(), recording.trigonometry());
        } catch (IOException | ReplayException | IllegalArgumentException e) {
            throw new SettingException("The ghost " + path + " cannot be raced. " + e.getMessage(), e);
        }
    }

    private static String name(Path path, Recording recording) {
        String file = path.getFileName().toString();
        StringBuilder name =
                new StringBuilder(file.endsWith(SUFFIX) ? file.substring(0, file.length() - SUFFIX.length()) : file);
        name.append(
                recording.finished()
                        ? String.format(Locale.ROOT, ", 100 m in %.2f s", recording.scoreTime())
                        : String.format(
                                Locale.ROOT, ", %.1f m in %.1f s", recording.distance(), recording.scoreTime()));
        if (!recording.startNoise().equals(StartNoise.NOTHING)) {
            name.append(", start noise ").append(recording.startNoise());
        }
        if (recording.trigonometry() != Trigonometry.FDLIBM) {
            name.append(", ").append(recording.trigonometry().text()).append("'s sine");
        }
        return name.toString();
    }
}
