package io.github.qwop.run;

import io.github.qwop.env.Recording;
import io.github.qwop.env.RecordingFormat;
import io.github.qwop.file.InputFile;
import io.github.qwop.run.settings.SettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads recordings from files. */
public final class RecordingFile {

    private RecordingFile() {}

    /**
     * Reads a recording.
     *
     * @param file the file; null for the run's best episode
     * @throws SettingException if it is missing or no recording
     */
    public static Recording read(RunDirectory run, @Nullable String file) {
        Path path = file == null ? run.bestRecording() : Path.of(file);
        if (!Files.isRegularFile(path)) {
            throw new SettingException("The recording " + path + " " + InputFile.fault(path)
                    + ": run qwop:evaluate first, or set recording to a file of a run's recordings.");
        }
        try {
            return read(path);
        } catch (IOException e) {
            throw new SettingException("The recording " + path + " cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * Reads a recording that a setting names.
     *
     * @param setting the setting, for the message
     * @throws SettingException if it is missing or no recording
     */
    public static Recording named(String setting, String file) {
        Path path = Path.of(file);
        if (!Files.isRegularFile(path)) {
            throw new SettingException(
                    setting + " is " + path + ", which " + InputFile.fault(path)
                            + ": give a recording that ends in .qwop, as qwop:search, qwop:record and qwop:evaluate write them.");
        }
        try {
            return read(path);
        } catch (IOException e) {
            throw new SettingException(setting + " is " + path + ", which cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * Reads a recording in our format.
     *
     * @throws IOException if the file cannot be read or is no recording; the message names the line or the field
     */
    public static Recording read(Path file) throws IOException {
        // Bytes that are no UTF-8 become characters that no recording has, and are refused with the line they stand in.
        return RecordingFormat.read(InputFile.text(file));
    }
}
