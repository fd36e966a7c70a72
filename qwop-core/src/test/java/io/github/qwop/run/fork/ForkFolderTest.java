package io.github.qwop.run.fork;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForkFolderTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path temporary;

    @Test
    void goesWithAllThatIsInIt() throws IOException {
        ForkFolder folder = ForkFolder.create(temporary);
        Files.createDirectories(folder.path().resolve("onnxruntime-java1"));
        Files.writeString(folder.path().resolve("onnxruntime-java1/libonnxruntime.so"), "library");
        folder.close();
        folder.close();

        assertThat(temporary).isEmptyDirectory();
    }

    /** One that was killed leaves its folder: it stays while it lives, and while its fork does. */
    @Test
    void removesWhatAKilledOneLeft() throws IOException, InterruptedException {
        Process killed = start("create");
        Path left = Path.of(line(killed));
        assertThat(left).isDirectory();
        Process fork = start("hold", left.resolve("request.json").toString());
        assertThat(line(fork)).isEqualTo("held");

        ForkFolder.create(temporary).close();
        assertThat(left).as("while the first of the two lives").isDirectory();
        killed.destroyForcibly().waitFor();
        ForkFolder.create(temporary).close();
        assertThat(left).as("while the second lives").isDirectory();
        fork.destroyForcibly().waitFor();
        ForkFolder.create(temporary).close();
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void leavesAloneWhatIsNotProvablyOurs() throws IOException {
        Path unmarked = Files.createDirectory(temporary.resolve("qwop-fork-1-unmarked"));
        Path other = Files.createDirectory(temporary.resolve("qwop-fork-1-other"));
        Files.writeString(other.resolve("fork.lock"), "something else");
        Path arguments = old(Files.writeString(temporary.resolve("qwop-other.args"), "\"-cp\"\n\"some.other.Main\"\n"));
        ForkFolder.create(temporary).close();

        assertThat(unmarked).exists();
        assertThat(other.resolve("fork.lock")).exists();
        assertThat(arguments).exists();
    }

    /** Earlier versions wrote a request and arguments beside each other. */
    @Test
    void removesFilesOfEarlierVersions() throws IOException {
        Path request = Files.writeString(temporary.resolve("qwop-train-123.json"), "{}");
        String lines = "\"-cp\"\n\"a.jar\"\n\"io.github.qwop.goal.ForkMain\"\n\"" + request + "\"\n";
        old(Files.writeString(temporary.resolve("qwop-456.args"), lines));
        Path starting = Files.writeString(temporary.resolve("qwop-789.args"), lines);
        ForkFolder.create(temporary).close();

        assertThat(temporary).isDirectoryContaining(starting::equals);
        try (var files = Files.list(temporary)) {
            assertThat(files).containsExactly(starting);
        }
    }

    private static Path old(Path file) throws IOException {
        return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(1, ChronoUnit.DAYS)));
    }

    private static String line(Process process) throws IOException {
        BufferedReader lines = process.inputReader();
        return String.valueOf(lines.readLine());
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                temporary.toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Makes or holds a folder until it is killed. */
    static final class Holder {

        private Holder() {}

        public static void main(String[] arguments) throws IOException {
            if (arguments[1].equals("create")) {
                System.out.println(ForkFolder.create(Path.of(arguments[0])).path());
            } else {
                ForkFolder.hold(Path.of(arguments[2]));
                System.out.println("held");
            }
            while (System.in.read() >= 0) {
                // Until it is killed.
            }
        }
    }
}
