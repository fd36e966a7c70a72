package io.github.qwop.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qwop.env.Upright;
import io.github.qwop.play.FilteredGame;
import io.github.qwop.play.KeyLog;
import io.github.qwop.schedule.Schedule;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExtensionTest {

    /** Some class with nested ones that needs none but the JDK's, recompiled with another text in it. */
    @Test
    void noticesAChangedClassAndAChangedNestedOne(@TempDir Path folder) throws IOException {
        String unchanged = digest(folder, Schedule.class, "const_", "const_");

        assertThat(digest(folder, Schedule.class, "const_", "konst_")).isNotEqualTo(unchanged);
        assertThat(digest(folder, Schedule.class, "is not understood", "is misunderstood."))
                .isNotEqualTo(unchanged);
        assertThat(digest(folder, Schedule.class, "const_", "const_")).isEqualTo(unchanged);
        assertThat(Extension.digest("no.such.Shaper")).isEmpty();
    }

    /** A reward shaper of someone's own that uses a schedule of their own. */
    @Test
    void noticesAChangedHelper(@TempDir Path folder) throws IOException {
        copy(folder, Upright.class, "", "");
        String alone = digest(folder, Upright.class);
        copy(folder, Schedule.class, "", "");
        String unchanged = digest(folder, Upright.class);

        copy(folder, Schedule.class, "const_", "konst_");
        assertThat(digest(folder, Upright.class)).isNotEqualTo(unchanged);

        copy(folder, Schedule.class, "", "");
        assertThat(digest(folder, Upright.class)).isEqualTo(unchanged);
        assertThat(Extension.isSame(alone, unchanged))
                .as("a run of before helpers counted")
                .isTrue();
        assertThat(Extension.isSame(unchanged, alone)).isFalse();
    }

    @Test
    void noticesAChangedSuperclass(@TempDir Path folder) throws IOException {
        copy(folder, KeyLog.class, "", "");
        copy(folder, FilteredGame.class, "", "");
        String unchanged = digest(folder, KeyLog.class);

        copy(folder, FilteredGame.class, "restart", "RESTART");
        assertThat(digest(folder, KeyLog.class)).isNotEqualTo(unchanged);
    }

    @Test
    void thisLibrarysOwnClassesAndTheJdksAreNoHelpers() throws IOException {
        assertThat(Extension.digest(Upright.class.getName()).orElseThrow()).doesNotContain("+");
    }

    private static String digest(Path folder, Class<?> copied, String text, String instead) throws IOException {
        copy(folder, copied, text, instead);
        return digest(folder, copied);
    }

    /** Puts a class and those nested in it into a folder, as if compiled from another source. */
    private static void copy(Path folder, Class<?> copied, String text, String instead) throws IOException {
        Path classes =
                Files.createDirectories(folder.resolve(copied.getPackageName().replace('.', '/')));
        for (Class<?> member : copied.getNestMembers()) {
            String file = member.getName().substring(member.getPackageName().length() + 1) + ".class";
            try (InputStream in = copied.getResourceAsStream(file)) {
                String bytes = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
                Files.write(classes.resolve(file), bytes.replace(text, instead).getBytes(StandardCharsets.ISO_8859_1));
            }
        }
    }

    /** The checksum of a class that is looked for in the folder first, and then in this library. */
    private static String digest(Path folder, Class<?> copied) throws IOException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        URL library = Extension.class.getProtectionDomain().getCodeSource().getLocation();
        URL[] classPath = {folder.toUri().toURL(), library};
        try (URLClassLoader own = new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader())) {
            thread.setContextClassLoader(own);
            return Extension.digest(copied.getName()).orElseThrow();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
