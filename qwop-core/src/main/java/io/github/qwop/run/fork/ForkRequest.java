package io.github.qwop.run.fork;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import io.github.qwop.file.InputFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a fork is asked to do.
 *
 * @param goal the goal's name, such as {@code train}
 * @param directory where the goal's runs lie, an absolute path
 * @param settings its settings by dotted name
 * @param endsItself whether the goal is worth waiting for when it is stopped: it ends by itself, in good order
 */
public record ForkRequest(String goal, String directory, Map<String, String> settings, boolean endsItself) {

    /**
     * Reads a request that {@link #write} wrote.
     *
     * @throws IOException if it is something else, or cannot be read
     */
    public static ForkRequest read(Path file) throws IOException {
        String text;
        try {
            text = InputFile.text(file);
        } catch (IOException e) {
            throw new IOException("The request " + file + " cannot be read: " + e.getMessage() + ".", e);
        }
        try {
            RequestFile request = new Gson().fromJson(text, RequestFile.class);
            if (request != null
                    && request.goal() != null
                    && request.goal().indexOf('\0') < 0
                    && request.directory() != null
                    && request.directory().indexOf('\0') < 0
                    && request.settings() != null
                    && !request.settings().containsValue(null)) {
                return new ForkRequest(request.goal(), request.directory(), request.settings(), request.endsItself());
            }
        } catch (JsonParseException | NumberFormatException e) {
            throw unreadable(file, e);
        }
        throw unreadable(file, null);
    }

    private static IOException unreadable(Path file, @Nullable Exception cause) {
        return new IOException(
                "The request " + file + " does not name a goal, a directory and settings in JSON: it is damaged; start"
                        + " the goal again.",
                cause);
    }

    /** A request as it may lie in a file. */
    private record RequestFile(
            @Nullable String goal,
            @Nullable String directory,
            @Nullable Map<String, @Nullable String> settings,
            boolean endsItself) {}

    /** Writes the request to a file. */
    public void write(Path file) throws IOException {
        Files.write(file, new Gson().toJson(this).getBytes(StandardCharsets.UTF_8));
    }
}
