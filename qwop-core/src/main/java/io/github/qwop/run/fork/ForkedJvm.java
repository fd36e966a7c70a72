package io.github.qwop.run.fork;

import io.github.qwop.file.Fault;
import io.github.qwop.parallel.Collector;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A JVM of its own for a goal: native libraries are loaded once per process and are bound to one class loader, and only
 * a process of its own can be given memory-allocator settings.
 *
 * @param java the {@code java} executable
 * @param classPath jars and folders, the core and DJL's native library among them
 * @param jvmArgs arguments put after the default ones, so that they win
 * @param environment variables put over the default ones and those of this JVM
 */
public record ForkedJvm(Path java, List<Path> classPath, List<String> jvmArgs, Map<String, String> environment)
        implements GoalJvm {

    /** By name: what is forked knows this package, not the other way round. */
    static final String MAIN = "io.github.qwop.goal.ForkMain";

    /** Seconds that a stopped goal has to write its checkpoint. */
    public static final long GRACE_SECONDS = 60;

    /** Seconds for the last lines of a fork that has ended. */
    private static final long DRAIN_SECONDS = 5;

    /** The engines' settings: nothing is fetched by them, and one thread each, so that equal runs stay equal. */
    static final Map<String, String> PROPERTIES = Map.of(
            "ai.djl.offline", "true",
            "ai.djl.pytorch.num_threads", "1",
            "ai.djl.pytorch.num_interop_threads", "1",
            "ai.djl.onnx.disable_alternative", "true",
            "java.awt.headless", "true");

    /**
     * For native libraries: glibc keeps freed tensors instead of returning them to the system at each update; other
     * systems ignore that.
     */
    private static final Map<String, String> NATIVE = Map.of(
            "MALLOC_MMAP_THRESHOLD_", "1073741824",
            "MALLOC_TRIM_THRESHOLD_", "4294967296",
            "MALLOC_TOP_PAD_", "268435456",
            // Our own threads share the work: each with a team of its own would be in the others' way.
            "OMP_NUM_THREADS", "1",
            "MKL_NUM_THREADS", "1");

    /** The launcher reads its argument files as the system writes its own texts, which need not be UTF-8. */
    private static final Charset LAUNCHER_CHARSET = Charset.forName(
            System.getProperty("native.encoding", Charset.defaultCharset().name()));

    /** What systems add to the number of the signal that ended a process. */
    private static final int SIGNAL = 128;

    private static final String TEMPORARY = "-Djava.io.tmpdir=";

    /** Copies what it is given. */
    public ForkedJvm {
        classPath = List.copyOf(classPath);
        jvmArgs = List.copyOf(jvmArgs);
        environment = Map.copyOf(environment);
    }

    @Override
    public ForkMessage run(ForkRequest request, Consumer<ForkMessage> listener)
            throws IOException, InterruptedException {
        ForkFolder folder = folder();
        try {
            Path requestFile = folder.path().resolve("request.json");
            Path arguments = folder.path().resolve("java.args");
            ProcessBuilder builder = new ProcessBuilder(java.toString(), "@" + arguments);
            NATIVE.forEach(builder.environment()::putIfAbsent);
            builder.environment().putAll(environment);
            try {
                request.write(requestFile);
                Files.write(arguments, javaArguments(requestFile, builder.environment()), LAUNCHER_CHARSET);
            } catch (IOException e) {
                throw unusable(temporary(), e);
            }
            return converse(builder.start(), new Conversation(listener), folder);
        } finally {
            remove(folder);
        }
    }

    private ForkFolder folder() throws IOException {
        try {
            return ForkFolder.create(temporary());
        } catch (IOException e) {
            throw unusable(temporary(), e);
        }
    }

    private static IOException unusable(Path temporary, IOException e) {
        return new IOException(
                "The temporary folder " + temporary + " cannot be written (" + Fault.of(e)
                        + "): make it, or make room there, or name another one with"
                        + " -Dqwop.fork.jvmArgs=-Djava.io.tmpdir=<folder>.",
                e);
    }

    private static void remove(ForkFolder folder) {
        try {
            folder.close();
        } catch (IOException e) {
            // A later fork removes it.
        }
    }

    /** Where the fork's own temporary folder is made: where its arguments want it, else where this JVM has its own. */
    private Path temporary() {
        return jvmArgs.stream()
                .filter(argument -> argument.startsWith(TEMPORARY))
                .reduce((first, last) -> last)
                .map(argument -> Path.of(argument.substring(TEMPORARY.length())))
                .orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir")))
                .toAbsolutePath();
    }

    /**
     * Lines of the argument file.
     *
     * @param requestFile in the folder that is to be the fork's temporary one
     * @param variables that the fork has
     */
    List<String> javaArguments(Path requestFile, Map<String, String> variables) {
        List<String> arguments = new ArrayList<>();
        PROPERTIES.forEach((name, value) -> arguments.add("-D" + name + "=" + value));
        arguments.add("--enable-native-access=ALL-UNNAMED");
        arguments.addAll(Collector.arguments(jvmArgs, variables));
        arguments.addAll(jvmArgs);
        arguments.add(TEMPORARY + requestFile.toAbsolutePath().getParent());
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

    private static ForkMessage converse(Process process, Conversation conversation, ForkFolder folder)
            throws IOException, InterruptedException {
        // Two threads, because a pipe that nobody reads stops whoever writes to it.
        Thread reports = reader(process.getInputStream(), conversation, "qwop-fork-reports");
        Thread errors = reader(process.getErrorStream(), conversation, "qwop-fork-errors");
        // A fork must not outlive a Maven that is told to end: closing its input asks it to stop.
        Thread hook = new Thread(
                () -> {
                    conversation.stopping();
                    stop(process);
                    drain(reports);
                    remove(folder);
                },
                "qwop-fork-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        int status;
        try {
            status = process.waitFor();
        } finally {
            stop(process);
            drain(reports);
            drain(errors);
            removeHook(hook);
        }
        return conclude(conversation, status);
    }

    /**
     * What came of a fork that has ended.
     *
     * @param status its own
     * @throws InterruptedException if it was stopped before it was done
     * @throws IOException if it did not say
     */
    static ForkMessage conclude(Conversation conversation, int status) throws IOException, InterruptedException {
        // What is served until it is stopped comes to its end by that.
        Optional<ForkMessage> done = conversation.outcome().filter(ForkMessage.Done.class::isInstance);
        if (conversation.isStopping() && done.isPresent()) {
            return done.get();
        }
        if (conversation.isStopping()) {
            throw new InterruptedException("This JVM was told to end; the fork has stopped.");
        }
        List<String> lastLines = conversation.lastLines();
        return conversation
                .outcome()
                .orElseThrow(() -> new IOException("the forked JVM " + ended(status)
                        + (lastLines.isEmpty() ? "" : " Its last lines:\n  " + String.join("\n  ", lastLines))));
    }

    /**
     * How it came to its end, and what to do.
     *
     * @param status a signal's number and 128 where one ended it
     */
    private static String ended(int status) {
        String goesOn = " A training or a search goes on from where it was last saved when it is run again.";
        return switch (status) {
            case SIGNAL + 9 ->
                "was killed (status " + status + "), as systems do when memory runs out: close other"
                        + " programs, give the machine or its container more memory, or need less, with fewer"
                        + " threads, processes or nEnvs, a smaller learner.bufferSize or search.width, or"
                        + " -Dqwop.fork.jvmArgs=-Xmx1g." + goesOn;
            case SIGNAL + 15 -> "was told to end by another process (status " + status + ")." + goesOn;
            case SIGNAL + 6, SIGNAL + 11 ->
                "broke down in native code (status " + status
                        + "): the file hs_err_pid<number>.log in this folder, if there is one, says where." + goesOn;
            default ->
                "ended with status " + status + " and no result"
                        + (status == 1 ? ": if it did not start, correct <fork> or -Dqwop.fork.jvmArgs." : ".");
        };
    }

    private static Thread reader(InputStream stream, Consumer<String> into, String name) {
        Thread reader = new Thread(
                () -> {
                    try (BufferedReader lines =
                            new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                        String line = lines.readLine();
                        while (line != null) {
                            into.accept(line);
                            line = lines.readLine();
                        }
                    } catch (IOException e) {
                        // The fork was ended by force, and its streams with it.
                    }
                },
                name);
        reader.setDaemon(true);
        reader.start();
        return reader;
    }

    /** A process of the fork's own may hold its streams open: nobody waits for that. */
    private static void drain(Thread reader) {
        try {
            reader.join(TimeUnit.SECONDS.toMillis(DRAIN_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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

    static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // This JVM is already going down, and the hook with it.
        }
    }
}
