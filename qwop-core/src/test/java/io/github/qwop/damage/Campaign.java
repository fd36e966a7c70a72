package io.github.qwop.damage;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Gives damaged inputs to entry points, and judges what comes of each. */
final class Campaign {

    /** What came of an input; the last four are findings. */
    enum Outcome {
        ACCEPTED,
        REFUSED,
        EXCEPTION,
        HANG,
        HEAP,
        LOST;

        boolean isFinding() {
            return this != ACCEPTED && this != REFUSED;
        }
    }

    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** Without using the processor, on a machine that others use too: waits for something that never comes. */
    private static final long MOST_WAITING_MILLIS = 20_000;

    /** All that is allocated in the course of a reading, which is no less than what it needs at once. */
    private static final long MOST_BYTES = 512L << 20;

    /** One input in so many is no file, or one without end. */
    private static final int KINDS_EVERY = 25;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Path folder;
    private final List<EntryPoint> entryPoints;
    private final Map<String, Map<Outcome, Integer>> counts = new LinkedHashMap<>();

    /** The first of each kind. */
    private final Map<String, String> findings = new LinkedHashMap<>();

    /**
     * A campaign that has not begun.
     *
     * @param folder where inputs are laid; those of findings stay there
     */
    Campaign(Path folder, List<EntryPoint> entryPoints) {
        this.folder = folder;
        this.entryPoints = entryPoints;
        entryPoints.forEach(one -> counts.put(one.name(), new EnumMap<>(Outcome.class)));
    }

    /** What is refused though nothing is wrong with it: damaged copies of that would try nothing. */
    List<String> refusedWhole() throws IOException, InterruptedException {
        List<String> refused = new ArrayList<>();
        for (EntryPoint entryPoint : entryPoints) {
            for (Seed seed : entryPoint.seeds()) {
                Judged judged = read(entryPoint, lay(seed));
                if (judged.outcome() != Outcome.ACCEPTED) {
                    refused.add(entryPoint.name() + ", " + seed.victim() + ": " + judged.thrown());
                }
            }
        }
        return refused;
    }

    /** Gives every entry point so many inputs. */
    void round(Random random, int inputs) throws IOException, InterruptedException {
        for (EntryPoint entryPoint : entryPoints) {
            for (int i = 0; i < inputs; i++) {
                input(entryPoint, random.nextLong());
            }
        }
    }

    /** What was found: the first of each kind. */
    List<String> findings() {
        return List.copyOf(findings.values());
    }

    private void input(EntryPoint entryPoint, long number) throws IOException, InterruptedException {
        Random random = new Random(number);
        Seed seed = entryPoint.seeds().get(random.nextInt(entryPoint.seeds().size()));
        Path input = lay(seed);
        Path victim = input.resolve(seed.victim());
        Files.deleteIfExists(victim);
        if (random.nextInt(KINDS_EVERY) > 0) {
            Files.write(victim, new Damage(random).to(seed.files().getOrDefault(seed.victim(), new byte[0])));
        } else {
            kind(random, victim);
        }
        Map<Path, byte[]> before = contents(input);

        Judged judged = read(entryPoint, input);
        if (!judged.outcome().isFinding() && isLost(entryPoint, input, before)) {
            judged = new Judged(Outcome.LOST, null);
        }
        counts.getOrDefault(entryPoint.name(), Map.of()).merge(judged.outcome(), 1, Integer::sum);
        if (judged.outcome().isFinding()) {
            keep(entryPoint, number, seed, input, judged);
        }
    }

    private Path lay(Seed seed) throws IOException {
        Path input = Files.createDirectories(folder.resolve("input"));
        clear(input);
        for (Map.Entry<String, byte[]> file : seed.files().entrySet()) {
            Path path = input.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        return input;
    }

    /** What lies where a file should. */
    private void kind(Random random, Path victim) throws IOException, InterruptedException {
        switch (random.nextInt(5)) {
            case 0 -> Files.createDirectory(victim);
            case 1 -> Files.createFile(victim);
            case 2 -> {
                try (RandomAccessFile file = new RandomAccessFile(victim.toFile(), "rw")) {
                    file.setLength(3L << 30);
                }
            }
            case 3 -> link(victim, Path.of("/dev/zero"));
            default -> link(victim, pipe());
        }
    }

    private static void link(Path victim, Path to) throws IOException {
        if (Files.exists(to)) {
            Files.createSymbolicLink(victim, to);
        }
    }

    /** A pipe into which nobody writes; where there are none, a name without a file. */
    private Path pipe() throws IOException, InterruptedException {
        Path pipe = folder.resolve("pipe");
        if (!Files.exists(pipe)) {
            try {
                new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
            } catch (IOException e) {
                return pipe;
            }
        }
        return pipe;
    }

    private record Judged(Outcome outcome, @Nullable Throwable thrown) {}

    private static Judged read(EntryPoint entryPoint, Path input) throws InterruptedException {
        Throwable[] thrown = new Throwable[1];
        long[] bytes = new long[1];
        Thread reader = new Thread(
                () -> {
                    long before = THREADS.getThreadAllocatedBytes(
                            Thread.currentThread().getId());
                    try {
                        entryPoint.reading().of(input);
                    } catch (Throwable e) {
                        thrown[0] = e;
                    }
                    bytes[0] = THREADS.getThreadAllocatedBytes(
                                    Thread.currentThread().getId())
                            - before;
                },
                "reader");
        reader.setDaemon(true);
        reader.start();
        long begun = System.nanoTime();
        reader.join(100);
        while (reader.isAlive()) {
            long waited = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
            if (THREADS.getThreadCpuTime(reader.getId()) > MOST_NANOS || waited > MOST_WAITING_MILLIS) {
                Throwable where = new Throwable("at work still");
                where.setStackTrace(reader.getStackTrace());
                return new Judged(Outcome.HANG, where);
            }
            reader.join(100);
        }
        Throwable failure = thrown[0];
        if (bytes[0] > MOST_BYTES || failure instanceof OutOfMemoryError) {
            return new Judged(Outcome.HEAP, failure);
        }
        if (failure == null) {
            return new Judged(Outcome.ACCEPTED, null);
        }
        return new Judged(entryPoint.refuses(failure) ? Outcome.REFUSED : Outcome.EXCEPTION, failure);
    }

    /** Whether any file that lay there is gone or altered, unless the entry point writes it anew. */
    private static boolean isLost(EntryPoint entryPoint, Path input, Map<Path, byte[]> before) throws IOException {
        Map<Path, byte[]> after = contents(input);
        return before.entrySet().stream()
                .filter(file -> !entryPoint
                        .rewrites()
                        .contains(String.valueOf(file.getKey().getFileName())))
                .anyMatch(file -> after.values().stream().noneMatch(there -> Arrays.equals(there, file.getValue())));
    }

    private static Map<Path, byte[]> contents(Path folder) throws IOException {
        Map<Path, byte[]> contents = new LinkedHashMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(one -> Files.isRegularFile(one, LinkOption.NOFOLLOW_LINKS))
                    .toList()) {
                if (Files.size(file) < 1 << 28) {
                    contents.put(folder.relativize(file), Files.readAllBytes(file));
                }
            }
        }
        return contents;
    }

    private void keep(EntryPoint entryPoint, long number, Seed seed, Path input, Judged judged) throws IOException {
        Throwable thrown = judged.thrown();
        List<String> trace = thrown == null
                ? List.of()
                : Arrays.stream(thrown.getStackTrace())
                        .map(StackTraceElement::toString)
                        .filter(frame -> frame.contains("io.github.qwop"))
                        .toList();
        String kind = entryPoint.name()
                + judged.outcome()
                + (thrown == null ? "" : thrown.getClass())
                + trace.stream().limit(1).toList();
        if (findings.containsKey(kind)) {
            return;
        }
        Path kept = folder.resolve(entryPoint.name().replaceAll("\\W+", "-") + "-" + findings.size());
        clear(kept);
        Files.deleteIfExists(kept);
        Files.move(input, kept);
        findings.put(
                kind,
                String.format(
                        Locale.ROOT,
                        "%s: %s, %s damaged, input %d, kept in %s: %.300s at %s",
                        entryPoint.name(),
                        judged.outcome().name().toLowerCase(Locale.ROOT),
                        seed.victim(),
                        number,
                        kept,
                        thrown,
                        String.join(" < ", trace.subList(0, Math.min(4, trace.size())))));
    }

    private static void clear(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    if (!file.equals(folder)) {
                        Files.delete(file);
                    }
                }
            }
        }
    }

    /** What came of it all, in Markdown. */
    String table() {
        StringBuilder text = new StringBuilder("""
                | entry point | inputs | accepted | refused | other exceptions | over 5 s | over 512 MB | lost |
                |---|---|---|---|---|---|---|---|
                """);
        Map<Outcome, Integer> all = new EnumMap<>(Outcome.class);
        counts.forEach((name, count) -> {
            text.append(row(name, count));
            count.forEach((outcome, inputs) -> all.merge(outcome, inputs, Integer::sum));
        });
        return text.append(row("all", all)).toString();
    }

    private static String row(String name, Map<Outcome, Integer> count) {
        int inputs = count.values().stream().mapToInt(Integer::intValue).sum();
        StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "| %s | %,d", name, inputs));
        for (Outcome outcome : Outcome.values()) {
            row.append(String.format(Locale.ROOT, " | %,d", count.getOrDefault(outcome, 0)));
        }
        return row.append(" |\n").toString();
    }
}
