package io.github.qwop.run.fork;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A JVM of its own for a goal: native libraries are loaded once per process and are bound to one class loader, and only
 * a process of its own can be given memory-allocator settings.
 *
 * @param java the {@code java} executable
 * @param classPath jars and folders, the core and DJL's native library among them
 * @param jvmArgs arguments put after the default ones, so that they win
 * @param environment variables put over the default ones and those of this JVM
 */
public record ForkedJvm(Path java, List<Path> classPath, List<String> jvmArgs, Map<String, String> environment) {

    /** By name: what is forked knows this package, not the other way round. */
    private static final String MAIN = "io.github.qwop.goal.ForkMain";

    /** Seconds that a stopped fork has to write its checkpoint. */
    private static final long GRACE_SECONDS = 60;

    /** glibc keeps freed tensors instead of returning them to the system at each update; other systems ignore these. */
    private static final Map<String, String> ALLOCATOR = Map.of(
            "MALLOC_MMAP_THRESHOLD_", "1073741824",
            "MALLOC_TRIM_THRESHOLD_", "4294967296",
            "MALLOC_TOP_PAD_", "268435456");

    /** Copies what it is given. */
    public ForkedJvm {
        classPath = List.copyOf(classPath);
        jvmArgs = List.copyOf(jvmArgs);
        environment = Map.copyOf(environment);
    }

    /**
     * Runs a request to its end.
     *
     * @param listener hears every message but the last, and every other line as {@link ForkMessage.Level#DEBUG}
     * @return the outcome: {@link ForkMessage.Done}, {@link ForkMessage.GateFell} or {@link ForkMessage.Refused}
     * @throws IOException if the fork cannot be started, or ends without an outcome
     * @throws InterruptedException if this thread is interrupted; the fork is then stopped and has written its
     *     checkpoint
     */
    public ForkMessage run(ForkRequest request, Consumer<ForkMessage> listener)
            throws IOException, InterruptedException {
        Path requestFile = request.write();
        Path arguments = Files.createTempFile("qwop-", ".args");
        try {
            Files.write(arguments, javaArguments(requestFile), StandardCharsets.UTF_8);
            ProcessBuilder builder = new ProcessBuilder(java.toString(), "@" + arguments);
            ALLOCATOR.forEach(builder.environment()::putIfAbsent);
            builder.environment().putAll(environment);
            builder.redirectErrorStream(true);
            Process process = builder.start();
            // A fork must not outlive a Maven that is told to end: closing its input asks it to stop.
            Thread hook = new Thread(() -> stop(process), "qwop-fork-stop");
            Runtime.getRuntime().addShutdownHook(hook);
            try {
                return converse(process, listener);
            } finally {
                stop(process);
                removeHook(hook);
            }
        } finally {
            Files.deleteIfExists(requestFile);
            Files.deleteIfExists(arguments);
        }
    }

    private List<String> javaArguments(Path requestFile) {
        List<String> arguments = new ArrayList<>(List.of(
                "-Dai.djl.offline=true",
                "-Dai.djl.pytorch.num_threads=1",
                "-Dai.djl.pytorch.num_interop_threads=1",
                "-Dai.djl.onnx.disable_alternative=true",
                "-Djava.awt.headless=true",
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC"));
        arguments.addAll(jvmArgs);
        arguments.add("-cp");
        List<String> entries = new ArrayList<>();
        for (Path entry : classPath) {
            entries.add(entry.toString());
        }
        arguments.add(String.join(File.pathSeparator, entries));
        arguments.add(MAIN);
        arguments.add(requestFile.toString());
        // Quoted as the java launcher's argument files want it: a path may have spaces and back-slashes.
        return arguments.stream()
                .map(argument -> '"' + argument.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .toList();
    }

    private static ForkMessage converse(Process process, Consumer<ForkMessage> listener)
            throws IOException, InterruptedException {
        ForkMessage outcome = null;
        List<String> lastLines = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = readLine(lines, process);
            while (line != null) {
                ForkMessage message = ForkMessage.fromLine(line).orElse(null);
                if (message == null) {
                    message = new ForkMessage.Log(ForkMessage.Level.DEBUG, line);
                    lastLines.add(line);
                    if (lastLines.size() > 20) {
                        lastLines.remove(0);
                    }
                }
                if (message instanceof ForkMessage.Log || message instanceof ForkMessage.Progress) {
                    listener.accept(message);
                } else {
                    outcome = message;
                }
                line = readLine(lines, process);
            }
        }
        int status = process.waitFor();
        if (outcome == null) {
            throw new IOException("The forked JVM ended with status " + status + " and no result"
                    + (lastLines.isEmpty() ? "." : "; its last lines:\n  " + String.join("\n  ", lastLines)));
        }
        return outcome;
    }

    private static @Nullable String readLine(BufferedReader lines, Process process)
            throws IOException, InterruptedException {
        if (Thread.interrupted()) {
            stop(process);
            throw new InterruptedException("The goal was interrupted; its fork has stopped.");
        }
        return lines.readLine();
    }

    private static void stop(Process process) {
        if (!process.isAlive()) {
            return;
        }
        try {
            process.getOutputStream().close();
            if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroy();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // This JVM is already going down, and the hook with it.
        }
    }
}
