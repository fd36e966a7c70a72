package io.github.qwop.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The runs that had to give way to another of the same name: they lie beside it, as {@code <name>.old1},
 * {@code <name>.old2} and so on.
 *
 * @param run the one that has their place
 */
public record DisplacedRuns(RunDirectory run) {

    /** All of them, in the order of their names' numbers. */
    public List<RunDirectory> all() throws IOException {
        Path folder = run.path().toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            return List.of();
        }
        String name = run.path().getFileName().toString();
        Pattern displaced = Pattern.compile(Pattern.quote(name) + "\\.old[0-9]{1,9}");
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(path ->
                            displaced.matcher(path.getFileName().toString()).matches())
                    .map(path -> new RunDirectory(
                            run.path().resolveSibling(path.getFileName().toString())))
                    .sorted(Comparator.comparingInt(one -> number(one, name)))
                    .filter(one -> one.isOf(name))
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static int number(RunDirectory displaced, String name) {
        return Integer.parseInt(displaced.path().getFileName().toString().substring(name.length() + ".old".length()));
    }

    /**
     * The one that a training of these settings would be, as {@link RunDirectory#holds} compares them: a finished one
     * if there is one, else the one that came farthest.
     */
    public Optional<RunDirectory> like(Map<String, String> settings, Map<String, String> inputs) throws IOException {
        RunDirectory best = null;
        for (RunDirectory one : all()) {
            boolean comes = best == null
                    || (!best.isFinished() && (one.isFinished() || one.checkpointSteps() > best.checkpointSteps()));
            if (comes && one.holds(settings, inputs)) {
                best = one;
            }
        }
        return Optional.ofNullable(best);
    }

    /**
     * Puts a displaced run back into its place; what lies there is moved aside first.
     *
     * @return a sentence's part on what was done
     * @throws io.github.qwop.run.settings.SettingException if what lies there is no run
     */
    public String takeBack(RunDirectory displaced) throws IOException {
        String instead = "";
        if (run.exists()) {
            instead = ", and what took its place is now in " + run.moveAside();
        }
        // An empty folder may stand there.
        Files.deleteIfExists(run.path());
        Files.move(displaced.path(), run.path());
        return "it is back from " + displaced.path() + instead;
    }
}
