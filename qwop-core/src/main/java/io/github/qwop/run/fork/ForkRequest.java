package io.github.qwop.run.fork;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a fork is asked to do.
 *
 * @param goal the goal's name, such as {@code train}
 * @param directory where the goal's runs lie, an absolute path
 * @param settings its settings by dotted name
 * @param endsItself whether the goal is worth waiting for when it is stopped: it ends by itself, in good order
 */
public record ForkRequest(String goal, String directory, Map<String, String> settings, boolean endsItself) {

    /** Reads a request that {@link #write} wrote. */
    public static ForkRequest read(Path file) throws IOException {
        try {
            return new Gson().fromJson(Files.readString(file), ForkRequest.class);
        } catch (JsonParseException e) {
            throw new IOException("The request " + file + " is not readable JSON.", e);
        }
    }

    /** Writes the request to a file. */
    public void write(Path file) throws IOException {
        Files.write(file, new Gson().toJson(this).getBytes(StandardCharsets.UTF_8));
    }
}
