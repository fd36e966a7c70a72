package io.github.qwop.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.qwop.goal.Goals;
import io.github.qwop.run.RunSpec;
import io.github.qwop.run.Silence;
import io.github.qwop.run.fork.ForkMessage;
import io.github.qwop.run.fork.ForkRequest;
import io.github.qwop.run.fork.ForkedJvm;
import io.github.qwop.run.metrics.MetricsLog;
import io.github.qwop.run.settings.Settings;
import io.github.qwop.run.study.StudyFile;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real cluster of Spark's, a master and two workers, made of Maven's artifacts alone: a sweep on it gives what it
 * gives on this machine and what single goals give, bit for bit, whoever is killed in the middle. Behind the profile
 * {@code spark}, because it downloads 230 MB and takes minutes.
 */
@Tag("training")
@SuppressWarnings("NullAway.Init")
class SparkClusterTest {

    private static final String LOOPBACK = "127.0.0.1";
    private static final long PATIENCE_SECONDS = 240;

    /** Of processor time: an executor has begun with its tasks by then. */
    private static final Duration BEGUN = Duration.ofSeconds(6);

    /** Seconds each on one core. */
    private static final Map<String, String> TRAINING = Map.ofEntries(
            Map.entry("algorithm", "qr-dqn"),
            Map.entry("totalTimesteps", "6000"),
            Map.entry("nEnvs", "2"),
            Map.entry("nCheckpoints", "30"),
            Map.entry("logInterval", "1000"),
            Map.entry("learner.learningStarts", "200"),
            Map.entry("learner.bufferSize", "2000"),
            Map.entry("learner.batchSize", "32"),
            Map.entry("learner.nQuantiles", "20"),
            Map.entry("learner.netArch", "64,64"),
            Map.entry("guard.evalFreq", "1000"),
            Map.entry("guard.evalEpisodes", "2"),
            Map.entry("environment.maxEpisodeSteps", "200"));

    private static final Map<String, String> STUDY = Map.of(
            "seeds", "2",
            "grid.learner.gamma", "0.9,0.95,0.999",
            "pruning.reduction", "3",
            "pruning.minSteps", "2000",
            "episodes", "20");

    @TempDir
    private Path folder;

    private List<String> spark = List.of();
    private List<String> library = List.of();
    private int port;
    private final List<Process> processes = new ArrayList<>();

    @BeforeEach
    void lookForSpark() throws IOException {
        String file = System.getProperty("qwop.spark");
        assumeTrue(file != null, "There is no Spark here: run mvn -Pspark -pl qwop-core test -Dtest=SparkClusterTest.");
        spark = List.of(
                Files.readString(Path.of(Objects.requireNonNull(file))).strip().split(File.pathSeparator, -1));
        Path core = folder.resolve("qwop-core.jar");
        jar(Path.of("target", "classes"), core);
        List<String> own = new ArrayList<>(List.of(core.toString()));
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path", ""));
        Stream.of(classPath.split(File.pathSeparator, -1))
                .filter(entry -> entry.endsWith(".jar"))
                .forEach(own::add);
        library = own;
        Path home = Files.createDirectories(folder.resolve("spark/jars"));
        for (String jar : spark) {
            Path from = Path.of(jar);
            Files.createSymbolicLink(home.resolve(from.getFileName()), from);
        }
        Files.createFile(home.resolveSibling("RELEASE"));
        port = freePort();
    }

    private static void jar(Path classes, Path jar) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(
                        new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, out);
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @AfterEach
    void end() {
        for (Process process : processes) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private Map<String, String> environment() {
        return Map.of(
                "SPARK_HOME",
                folder.resolve("spark").toString(),
                "SPARK_SCALA_VERSION",
                "2.13",
                "SPARK_LOCAL_IP",
                LOOPBACK);
    }

    private static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    private Process daemon(String name, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(java().toString(), "-Xmx256m"));
        command.addAll(ClusterSpec.JVM_ARGUMENTS);
        command.addAll(List.of("-cp", String.join(File.pathSeparator, spark)));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment());
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start();
        processes.add(process);
        return process;
    }

    private String master() {
        return "spark://" + LOOPBACK + ":" + port;
    }

    private Process worker(String name) throws IOException {
        return daemon(
                name,
                "org.apache.spark.deploy.worker.Worker",
                "--host",
                LOOPBACK,
                "--cores",
                "1",
                "--memory",
                "1G",
                "--webui-port",
                "0",
                "--work-dir",
                folder.resolve(name).toString(),
                master());
    }

    private void startMaster() throws Exception {
        daemon(
                "master",
                "org.apache.spark.deploy.master.Master",
                "--host",
                LOOPBACK,
                "--port",
                Integer.toString(port),
                "--webui-port",
                "0");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!answers()) {
            assertThat(System.nanoTime()).as("the master answers").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private void sweep(Path runs, String master, boolean shared) throws Exception {
        Map<String, String> settings = new HashMap<>(TRAINING);
        settings.putAll(STUDY);
        settings.put("cluster.shared", Boolean.toString(shared));
        fork("sweep", runs, settings, master);
    }

    /** The committed policy, some fifteen seconds of one core. */
    private void evaluate(Path runs, String master) throws Exception {
        fork("evaluate", runs, evaluation(), master);
    }

    private static Map<String, String> evaluation() {
        String policy = Path.of("..", "examples", "record", "policy.onnx")
                .toAbsolutePath()
                .toString();
        // Executors read settings of none too, and keys that fail make the episodes differ.
        return new HashMap<>(Map.of(
                "runId", "evaluated",
                "policy", policy,
                "episodes", "2000",
                "environment.startNoise", "none",
                "environment.dropped", "0.1"));
    }

    /** As the plugin forks a goal. */
    private void fork(String goal, Path runs, Map<String, String> settings, String master) throws Exception {
        settings.put("cluster.master", master);
        if (!master.startsWith("local")) {
            settings.put(
                    "cluster.conf",
                    "spark.driver.host=127.0.0.1,spark.driver.bindAddress=127.0.0.1,spark.executor.memory=512m");
        }
        settings.put("task.classPath", Settings.join(library));
        List<Path> classPath = new ArrayList<>();
        spark.forEach(entry -> classPath.add(Path.of(entry)));
        library.stream()
                .filter(entry -> !entry.contains("slf4j-jdk14") && !entry.contains("hadoop"))
                .forEach(entry -> classPath.add(Path.of(entry)));
        ForkMessage outcome = new ForkedJvm(java(), classPath, ClusterSpec.JVM_ARGUMENTS, environment())
                .run(
                        new ForkRequest(
                                goal,
                                runs.toString(),
                                settings,
                                Goals.named(goal).endsItself()),
                        message -> System.out.println(message instanceof ForkMessage.Log log ? log.text() : message));
        assertThat(outcome).as("%s", outcome).isInstanceOf(ForkMessage.Done.class);
    }

    /** Kills an executor while it plays: it has done more than a JVM and Spark do to begin. */
    private static Thread killerOfPlayers(Path runs, Process worker, AtomicBoolean killed) {
        Thread killer = new Thread(() -> {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (System.nanoTime() < end && worker.children().noneMatch(SparkClusterTest::isAtWork)) {
                Thread.onSpinWait();
            }
            killed.set(!Files.exists(runs.resolve("evaluated/evaluation.json")) && killExecutors(worker));
        });
        killer.start();
        return killer;
    }

    private static boolean isAtWork(ProcessHandle executor) {
        return executor.info().totalCpuDuration().orElse(Duration.ZERO).compareTo(BEGUN) > 0;
    }

    /** Kills an executor while it trains, and later a whole worker with its executor. */
    private Thread killer(Path runs, Process first, Process second, AtomicBoolean killed) {
        Thread killer = new Thread(() -> {
            awaitTrainings(runs, 1);
            killed.set(killExecutors(first));
            awaitTrainings(runs, 4);
            killed.compareAndSet(
                    true, second.isAlive() && !Files.exists(runs.resolve("study/default-s1/evaluation.json")));
            List<ProcessHandle> executors = second.descendants().toList();
            second.destroyForcibly();
            executors.forEach(ProcessHandle::destroyForcibly);
        });
        killer.start();
        return killer;
    }

    private static boolean killExecutors(Process worker) {
        List<ProcessHandle> executors = worker.children().toList();
        executors.forEach(ProcessHandle::destroyForcibly);
        return !executors.isEmpty();
    }

    /** Waits until so many trainings have written a checkpoint. */
    private static void awaitTrainings(Path runs, int count) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (System.nanoTime() < end) {
            try (Stream<Path> files = Files.walk(runs)) {
                if (files.filter(file -> file.getFileName().toString().startsWith("model_"))
                                .map(file -> runs.relativize(file).getName(1))
                                .distinct()
                                .count()
                        >= count) {
                    return;
                }
                TimeUnit.MILLISECONDS.sleep(50);
            } catch (IOException | UncheckedIOException e) {
                // Written at this moment.
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    @Test
    void anEvaluationIsTheSameWhereverItIsPlayedAndWhoeverIsKilled() throws Exception {
        Path single = Files.createDirectories(folder.resolve("single"));
        Goals.run("evaluate", single, evaluation(), new Silence(), () -> false);
        Path local = Files.createDirectories(folder.resolve("local"));
        evaluate(local, "local[*]");
        assertSameEvaluation(local, single);
        startMaster();
        Process first = worker("worker1");
        worker("worker2");

        Path killed = Files.createDirectories(folder.resolve("killed"));
        AtomicBoolean wasKilled = new AtomicBoolean();
        Thread killer = killerOfPlayers(killed, first, wasKilled);
        evaluate(killed, master());
        killer.join();
        assertThat(wasKilled).as("an executor was killed").isTrue();
        assertSameEvaluation(killed, single);
    }

    private static void assertSameEvaluation(Path runs, Path expected) throws IOException {
        Path here = runs.resolve("evaluated");
        Path there = expected.resolve("evaluated");
        JsonObject evaluation = evaluation(here);
        assertThat(evaluation.getAsJsonArray("episodes")).hasSize(2000);
        assertThat(evaluation).isEqualTo(evaluation(there));
        for (String file : List.of("recordings/best.qwop", "recordings/median.qwop")) {
            assertThat(here.resolve(file)).as(file).hasSameBinaryContentAs(there.resolve(file));
        }
    }

    /** Without the date and the digest of settings, which name where it was played. */
    private static JsonObject evaluation(Path run) throws IOException {
        JsonObject evaluation = JsonParser.parseString(Files.readString(run.resolve("evaluation.json")))
                .getAsJsonObject();
        evaluation.remove("provenance");
        return evaluation;
    }

    @Test
    void aSweepGivesTheSameWhereverItRunsAndWhoeverIsKilled() throws Exception {
        Path local = Files.createDirectories(folder.resolve("local"));
        sweep(local, "local[2]", false);
        startMaster();
        Process first = worker("worker1");
        Process second = worker("worker2");

        Path sent = Files.createDirectories(folder.resolve("sent"));
        sweep(sent, master(), false);
        assertSame(sent, local);

        Path killed = Files.createDirectories(folder.resolve("killed"));
        AtomicBoolean wasKilled = new AtomicBoolean();
        Thread killer = killer(killed, first, second, wasKilled);
        sweep(killed, master(), true);
        killer.join();
        assertThat(wasKilled).as("an executor and a worker were killed").isTrue();
        assertThat(second.isAlive()).isFalse();
        assertSame(killed, local);

        assertSame(singleGoals(StudyFile.read(local.resolve("study"))), local);
    }

    /** Every training that went to its end, by the goal train alone. */
    private Path singleGoals(StudyFile study) throws Exception {
        Path all = folder.resolve("single");
        Path single = all.resolve("study");
        for (StudyFile.Trial trial : study.trials()) {
            for (StudyFile.Seed seed : trial.seeds()) {
                if (trial.state() == StudyFile.State.FINISHED) {
                    Map<String, String> settings = new HashMap<>(TRAINING);
                    settings.putAll(trial.settings());
                    settings.put("seed", Long.toString(seed.seed()));
                    settings.put("runId", seed.run());
                    Goals.run("train", single, RunSpec.of(settings).settings(), new Silence(), () -> false);
                    Goals.run(
                            "evaluate",
                            single,
                            Map.of("runId", seed.run(), "episodes", "20"),
                            new Silence(),
                            () -> false);
                }
            }
        }
        return all;
    }

    private static void assertSame(Path runs, Path expected) throws IOException {
        StudyFile study = StudyFile.read(expected.resolve("study"));
        assertThat(study.trials()).hasSize(4);
        int compared = 0;
        for (StudyFile.Trial trial : study.trials()) {
            for (StudyFile.Seed seed : trial.seeds()) {
                if (trial.state() != StudyFile.State.FINISHED) {
                    continue;
                }
                Path here = runs.resolve("study").resolve(seed.run());
                Path there = expected.resolve("study").resolve(seed.run());
                for (String file : List.of("model.zip", "best.zip", "recordings/best.qwop")) {
                    assertThat(here.resolve(file)).as(file).hasSameBinaryContentAs(there.resolve(file));
                }
                assertThat(withoutTimes(here)).isEqualTo(withoutTimes(there));
                compared++;
            }
        }
        assertThat(compared).isEqualTo(4);
        if (Files.exists(runs.resolve("study").resolve(StudyFile.NAME))) {
            assertThat(figures(StudyFile.read(runs.resolve("study")))).isEqualTo(figures(study));
        }
    }

    private static List<Map<String, Double>> withoutTimes(Path run) throws IOException {
        List<Map<String, Double>> rows = MetricsLog.rows(run);
        rows.forEach(row -> row.keySet().removeIf(name -> name.startsWith("time/") && !name.endsWith("timesteps")));
        return rows;
    }

    private static List<@Nullable Object> figures(StudyFile study) {
        List<@Nullable Object> figures = new ArrayList<>();
        for (StudyFile.Trial trial : study.trials()) {
            figures.add(trial.trial() + " " + trial.state());
            for (StudyFile.Seed seed : trial.seeds()) {
                figures.add(seed.score());
                figures.add(seed.curve());
                figures.add(seed.evaluation());
            }
        }
        return figures;
    }
}
