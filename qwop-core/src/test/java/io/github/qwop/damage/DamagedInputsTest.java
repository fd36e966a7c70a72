package io.github.qwop.damage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Whatever is given to an entry point is accepted or refused by the exception that it promises, with a sentence, in
 * time and in little memory, and no file that lay there is altered or gone. See the site's page on damaged inputs.
 */
class DamagedInputsTest {

    private static final int ROUNDS = 20;

    /** For more than a build should take: {@code -Dqwop.campaign.inputs=50000}. */
    private static final int INPUTS = Integer.getInteger("qwop.campaign.inputs", 2700);

    /** More than so many are of a few kinds, in all likelihood. */
    private static final int MOST_FINDINGS = Integer.getInteger("qwop.campaign.findings", 30);

    @SuppressWarnings("NullAway.Init")
    private static Campaign campaign;

    private static int inputsEach;

    @BeforeContainer
    static void makeWholeInputs() throws Exception {
        Path folder = Files.createDirectories(Path.of("target", "damage"));
        Path seeds = Files.createTempDirectory("qwop-seeds");
        EntryPoints entryPoints = new EntryPoints(seeds);
        campaign = new Campaign(folder.toAbsolutePath(), entryPoints.all());
        inputsEach = Math.max(1, INPUTS / ROUNDS / entryPoints.all().size());
    }

    @Example
    void whatIsWholeIsAccepted() throws IOException, InterruptedException {
        assertThat(campaign.refusedWhole()).isEmpty();
    }

    @Property(tries = ROUNDS, seed = "17", shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void everyInputIsAcceptedOrRefusedWithASentence(@ForAll Random random) throws IOException, InterruptedException {
        if (campaign.findings().size() < MOST_FINDINGS) {
            campaign.round(random, inputsEach);
        }
    }

    @AfterContainer
    static void nothingWasFound() {
        System.out.println(campaign.table());
        assertThat(campaign.findings()).isEmpty();
    }
}
