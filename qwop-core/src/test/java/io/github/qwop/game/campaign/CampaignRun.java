package io.github.qwop.game.campaign;

import io.github.qwop.game.page.GenuineFolder;
import io.github.qwop.game.page.GenuineInChromium;
import io.github.qwop.game.page.GenuineInHtmlUnit;
import io.github.qwop.game.page.GenuinePage;
import io.github.qwop.game.page.PageException;
import io.github.qwop.random.RandomStream;
import io.github.qwop.run.Silence;
import io.github.qwop.run.policy.TrainedPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Plays a fresh campaign on the twin and on the genuine script and compares all numbers after every operation: see the
 * site's page on campaigns. The result depends on the seed alone, not on how many browsers play.
 */
public final class CampaignRun {

    private static final List<String> POLICIES = List.of("record-10m/policy.onnx", "ci-gate/policy.zip");

    /** So many updates are played on a page before it is loaded again. */
    private static final int PAGE_UPDATES = 1 << 14;

    private static final double NANOS = 1e9;

    private final Settings settings;
    private final GenuineFolder folder;
    private final Comparison comparison = new Comparison();
    private final AtomicInteger nextPage = new AtomicInteger();
    private final int pageUpdates;
    private final int pages;

    private CampaignRun(Settings settings) {
        this.settings = settings;
        folder = GenuineFolder.read(settings.genuine());
        pageUpdates = Math.min(PAGE_UPDATES, settings.updates());
        pages = (settings.updates() + pageUpdates - 1) / pageUpdates;
    }

    /** Plays; ends with status 1 if anything differs or a setting cannot be used. */
    public static void main(String[] arguments) throws Exception {
        try {
            System.exit(new CampaignRun(Settings.read(name -> System.getProperty(name, ""))).isEqual() ? 0 : 1);
        } catch (IllegalArgumentException | PageException e) {
            System.out.println(e.getMessage());
            System.exit(1);
        }
    }

    private boolean isEqual() throws Exception {
        long before = System.nanoTime();
        playAll();
        double seconds = (System.nanoTime() - before) / NANOS;
        try (GenuinePage genuine = open()) {
            System.out.println("campaign " + settings.name() + ", seed " + settings.seed()
                    + ", twin against the genuine script in " + genuine);
            comparison.summary().forEach(System.out::println);
            System.out.printf(
                    Locale.ROOT,
                    "  %.0f updates/s in %d browsers, %.0f s%n",
                    comparison.updates() / seconds,
                    settings.browsers(),
                    seconds);
            comparison.differences(genuine).forEach(System.out::println);
        }
        if (settings.out() != null) {
            Files.createDirectories(settings.out());
            comparison.campaign(settings.name()).write(settings.out());
        }
        return comparison.isEqual();
    }

    private GenuinePage open() throws IOException {
        return settings.browser().isPresent()
                ? new GenuineInChromium(folder, settings.browser().get())
                : new GenuineInHtmlUnit(folder);
    }

    private void playAll() throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(settings.browsers());
        try {
            List<Future<?>> parts = new ArrayList<>();
            for (int i = 0; i < settings.browsers(); i++) {
                parts.add(threads.submit(() -> {
                    playSome();
                    return null;
                }));
            }
            for (Future<?> part : parts) {
                part.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof PageException told) {
                throw told;
            }
            throw e;
        } finally {
            nextPage.set(pages);
            threads.shutdown();
        }
    }

    private void playSome() throws IOException {
        try (GenuinePage genuine = open();
                TrainedPolicy first = policy(0);
                TrainedPolicy second = policy(1)) {
            List<Runner> runners = List.of(Runner.of(first), Runner.of(second));
            for (int number = nextPage.getAndIncrement(); number < pages; number = nextPage.getAndIncrement()) {
                Page page = new Author(RandomStream.of(settings.seed(), "page-" + number), runners)
                        .write(number, settings.scenes(), pageUpdates);
                comparison.add(page, genuine.hashes(page.operations()));
                System.out.println(comparison.updates() + " updates of " + settings.updates());
            }
        }
    }

    private static TrainedPolicy policy(int index) {
        return TrainedPolicy.open(Path.of("..", "examples").resolve(POLICIES.get(index)), new Silence());
    }
}
