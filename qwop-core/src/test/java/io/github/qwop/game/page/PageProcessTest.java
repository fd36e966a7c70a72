package io.github.qwop.game.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qwop.game.Game;
import io.github.qwop.game.Keys;
import io.github.qwop.game.TrajectoryHash;
import io.github.qwop.game.Trigonometry;
import io.github.qwop.game.twin.Twin;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page in a process of its own is played like one in this. */
class PageProcessTest {

    private static final int FRAMES = 500;

    @Test
    void everyBitIsTheTwins() {
        try (PageProcess page = new PageProcess(Trigonometry.FDLIBM, null)) {
            Twin twin = new Twin();

            assertThat(TrajectoryHash.of(page, page::reset, FRAMES))
                    .isEqualTo(TrajectoryHash.of(twin, twin::reset, FRAMES));

            page.reset();
            twin.reset();
            assertThat(page.step(Keys.O, 60)).isEqualTo(twin.step(Keys.O, 60));
            double[] here = new double[Game.BODY_VALUES];
            double[] there = new double[Game.BODY_VALUES];
            page.readBodies(here, 0);
            twin.readBodies(there, 0);
            assertThat(here).containsExactly(there);
            assertThat(page.score()).isEqualTo(twin.score());
            assertThat(page.scoreTime()).isEqualTo(twin.scoreTime());
            assertThat(page.fallen()).isTrue();
            assertThat(page.gameEnded()).isTrue();
            assertThat(page.jumped()).isFalse();
            assertThat(page.jumpLanded()).isFalse();
            assertThat(page.step(Keys.O, 1)).isZero();

            assertThatThrownBy(() -> page.step(16, 1)).hasMessageStartingWith("keys is 16: ");
            assertThatThrownBy(() -> page.step(Keys.NONE, 0)).hasMessageStartingWith("frames is 0: ");
        }
    }

    @Test
    void aClosedOneIsGone() {
        PageProcess page = new PageProcess(Trigonometry.FDLIBM, null);
        page.close();

        assertThatThrownBy(page::reset)
                .isInstanceOf(PageException.class)
                .hasMessageStartingWith("A page's process has ended");
    }

    /** As in a goal that runs in Maven's own JVM. */
    @Test
    void classesAreFoundWhereTheirLoaderFindsThem(@TempDir Path folder) throws IOException {
        Path blank = folder.resolve("a jar.jar");
        URL[] urls = {blank.toUri().toURL(), folder.resolve("classes").toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(urls)) {
            assertThat(PageProcess.classPath(loader)).isEqualTo(blank + File.pathSeparator + folder.resolve("classes"));
        }
        assertThat(PageProcess.classPath(ClassLoader.getSystemClassLoader()))
                .isEqualTo(System.getProperty("java.class.path"));
    }

    @Test
    void whatTheProcessIsRefusedIsToldHere(@TempDir Path folder) {
        Path nowhere = folder.resolve("nowhere");

        assertThatThrownBy(() -> new PageProcess(Trigonometry.FDLIBM, nowhere))
                .isInstanceOf(PageException.class)
                .hasMessage("There is no folder " + nowhere + ": put the genuine game's QWOP.min.js and"
                        + " assetbundle.parcel there.");
    }
}
