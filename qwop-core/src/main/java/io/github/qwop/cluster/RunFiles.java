package io.github.qwop.cluster;

import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.checkpoint.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A run's files as bytes, for machines that do not share them. */
final class RunFiles {

    private RunFiles() {}

    /**
     * Reads what another machine needs to go on with a run.
     *
     * @param training whether it trains: then the newest checkpoint is of the files, and else none
     * @return by path in the run's folder, with slashes
     */
    static Map<String, byte[]> toGoOn(Path folder, boolean training) throws IOException {
        RunDirectory run = new RunDirectory(folder);
        List<Path> checkpoints = run.checkpointFiles();
        Map<String, byte[]> files = all(folder);
        files.keySet().removeIf(name -> name.startsWith(folder.relativize(run.checkpoints()) + "/"));
        if (training && !checkpoints.isEmpty()) {
            files.put(name(folder, checkpoints.get(0)), Files.readAllBytes(checkpoints.get(0)));
        }
        return files;
    }

    /** Reads all of a folder that need not exist. */
    static Map<String, byte[]> all(Path folder) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> paths = Files.walk(folder)) {
                for (Path path : paths.filter(Files::isRegularFile).toList()) {
                    files.put(name(folder, path), Files.readAllBytes(path));
                }
            }
        }
        return files;
    }

    private static String name(Path folder, Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }

    /** Writes them; the end of a training is said last. */
    static void write(Path folder, Map<String, byte[]> files) throws IOException {
        Path end = new RunDirectory(folder).model();
        for (Map.Entry<String, byte[]> one : files.entrySet()) {
            Path file = folder.resolve(one.getKey());
            if (!file.equals(end)) {
                write(file, one.getValue());
            }
        }
        byte[] model = files.get(name(folder, end));
        if (model != null) {
            write(end, model);
        }
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        Path temporary = AtomicFile.temporary(file);
        Files.write(temporary, bytes);
        AtomicFile.move(temporary, file);
    }
}
