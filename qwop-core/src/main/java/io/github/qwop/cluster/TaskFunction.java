package io.github.qwop.cluster;

import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.fork.ForkMessage;
import io.github.qwop.run.fork.ForkRequest;
import io.github.qwop.run.fork.ForkedJvm;
import io.github.qwop.run.study.Task;
import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.spark.SparkFiles;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;

/**
 * Does a task where an executor is: in a JVM of its own, as goals are done. That JVM stops in good order when the
 * executor is killed, because its standard input ends then.
 *
 * @param jvm to start
 * @param sends whether the class path and the run's files are sent to the executor
 * @param attempts how often a task is tried
 */
record TaskFunction(TaskJvm jvm, boolean sends, int attempts)
        implements Function<TaskFunction.Sent, TaskFunction.Returned> {

    private static final long serialVersionUID = 1L;

    /** Goals at work in this JVM's children. */
    static final AtomicInteger AT_WORK = new AtomicInteger();

    private static final long LOOK_MILLIS = 200;

    /**
     * What an executor is given.
     *
     * @param files of the run, by path in its folder; none if they are shared
     */
    record Sent(Task task, Map<String, byte[]> files) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    /**
     * What it gives back.
     *
     * @param files of the run, likewise
     */
    record Returned(Task.Result result, Map<String, byte[]> files) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public Returned call(Sent sent) throws IOException, InterruptedException {
        Task task = sent.task();
        AT_WORK.incrementAndGet();
        try {
            if (!sends) {
                Path directory = Path.of(task.directory());
                awaitEnd(new RunDirectory(directory.resolve(task.runId())));
                return new Returned(result(task, directory), Map.of());
            }
            Path directory = Files.createTempDirectory("qwop-task-");
            try {
                RunFiles.write(directory.resolve(task.runId()), sent.files());
                Task.Result result = result(task, directory);
                return new Returned(result, RunFiles.all(directory.resolve(task.runId())));
            } finally {
                remove(directory);
            }
        } finally {
            AT_WORK.decrementAndGet();
        }
    }

    /** The child of an executor that was killed may still be writing its last checkpoint. */
    private static void awaitEnd(RunDirectory run) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        while (run.isAtWork() && System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(ForkedJvm.GRACE_SECONDS)) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    private Task.Result result(Task task, Path directory) throws IOException, InterruptedException {
        ForkRequest request = new ForkRequest(task.goal(), directory.toString(), task.settings(), task.endsItself());
        try {
            return result(task, fork().run(request, message -> {}));
        } catch (IOException e) {
            if (TaskContext.get().attemptNumber() + 1 < attempts) {
                throw e;
            }
            return new Task.Result(
                    task.runId(), Task.End.FAILED, "tried " + attempts + " times, and " + e.getMessage(), Map.of());
        }
    }

    private static Task.Result result(Task task, ForkMessage outcome) {
        if (outcome instanceof ForkMessage.Done done) {
            return new Task.Result(task.runId(), Task.End.DONE, done.summary(), done.data());
        }
        if (outcome instanceof ForkMessage.Stopped stopped) {
            return new Task.Result(task.runId(), Task.End.STOPPED, stopped.summary(), Map.of());
        }
        String text = outcome instanceof ForkMessage.Refused refused
                ? refused.reason()
                : outcome instanceof ForkMessage.GateFell fell ? fell.reason() : outcome.toString();
        return new Task.Result(task.runId(), Task.End.FAILED, text, Map.of());
    }

    private ForkedJvm fork() {
        List<Path> classPath = new ArrayList<>();
        for (String entry : jvm.classPath()) {
            classPath.add(sends ? Path.of(SparkFiles.get(new File(entry).getName())) : Path.of(entry));
        }
        Map<String, String> environment = new LinkedHashMap<>();
        for (String variable : jvm.environment()) {
            int equals = variable.indexOf('=');
            environment.put(variable.substring(0, equals), variable.substring(equals + 1));
        }
        // The executor's own java: paths of the driver's machine mean nothing here.
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return new ForkedJvm(java, classPath, jvm.jvmArgs(), environment);
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
